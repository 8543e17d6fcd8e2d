//! Any system of integer rows: branch and bound, with propagation and an exact relaxation at every node.
//!
//! A world is confirmed by adding up; that there is none follows from leaves which each hold an exact contradiction. Worlds
//! near a known one are tried first, because most answers are near.

use crate::propagate::Propagator;
use crate::ratio::{GaveUp, Ratio};
use crate::repair;
use crate::simplex::{End, Outcome, Simplex};
use crate::system::{LARGEST, System};

/// How much work one question may take before its answer is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub nodes: u64,
    pub pivots: u64,
}

/// Says what was found of a variable's end.
#[derive(Debug)]
pub(crate) enum Extreme {
    Endless,
    At(i64, Vec<i64>),
    /// Not within the limit: no world lies beyond the bound, if there is one; the farthest that was found, if any was.
    Unknown(Option<i64>, Option<Vec<i64>>),
}

/// Answers questions about one system.
pub(crate) struct Branching {
    system: System,
    propagator: Propagator,
    simplex: Option<Simplex>,
    limit: Limit,
    /// Branchings and pivots that all questions together may still take.
    pub work_left: u64,
    nodes_left: u64,
    depth: usize,
    /// Values from which the tableau starts.
    start: Vec<i64>,
}

/// Branchings within each other: deeper ones only follow a variable that has no end.
const DEEPEST: usize = 256;

enum Goal {
    Any,
    Extreme { variable: usize, upwards: bool },
}

impl Goal {
    /// Tells whether `value` goes further than `best`.
    fn beats(&self, value: i128, best: Option<&(i64, Vec<i64>)>) -> bool {
        match (self, best) {
            (_, None) => true,
            (Self::Any, Some(_)) => false,
            (Self::Extreme { upwards, .. }, Some(&(best, _))) => {
                if *upwards {
                    value > best.into()
                } else {
                    value < best.into()
                }
            }
        }
    }
}

impl Branching {
    pub(crate) fn new(system: System, limit: Limit) -> Self {
        let propagator = Propagator::new(&system);
        let start = system.lower.clone();
        Self { system, propagator, simplex: None, limit, work_left: u64::MAX, nodes_left: 0, depth: 0, start }
    }

    /// Starts the search from values that are almost a world.
    #[must_use]
    pub(crate) fn starting_near(self, start: Vec<i64>) -> Self {
        Self { start, simplex: None, ..self }
    }

    /// Limits the work of all questions together; what is asked when it is used up stays unknown.
    #[must_use]
    pub(crate) fn with_work(self, work_left: u64) -> Self {
        Self { work_left, ..self }
    }

    /// Replaces the bounds of a variable for all questions to come.
    pub(crate) fn bound(&mut self, variable: usize, lower: i64, upper: Option<i64>) {
        (self.system.lower[variable], self.system.upper[variable]) = (lower, upper);
    }

    /// Finds a world, near `base` if one is known, in which a variable has a value, if one is asked for.
    ///
    /// # Errors
    /// [`GaveUp`] if the limit of work left the question open.
    pub(crate) fn world(
        &mut self,
        wanted: Option<(usize, i64)>,
        base: Option<&[i64]>,
    ) -> Result<Option<Vec<i64>>, GaveUp> {
        let saved = (self.system.lower.clone(), self.system.upper.clone());
        let found = self.world_within(wanted, base);
        (self.system.lower, self.system.upper) = saved;
        found
    }

    /// Finds a world in which a variable is greater than a value.
    ///
    /// # Errors
    /// [`GaveUp`] if the limit of work left the question open.
    pub(crate) fn world_above(&mut self, variable: usize, value: i64) -> Result<Option<Vec<i64>>, GaveUp> {
        let saved = (self.system.lower.clone(), self.system.upper.clone());
        self.system.lower[variable] = self.system.lower[variable].max(value.saturating_add(1));
        let is_empty = self.system.upper[variable].is_some_and(|upper| upper < self.system.lower[variable])
            || self.propagator.narrow_from(&mut self.system, variable).is_err();
        let found = if is_empty { Ok(None) } else { self.world_within(None, None) };
        (self.system.lower, self.system.upper) = saved;
        found
    }

    fn world_within(&mut self, wanted: Option<(usize, i64)>, base: Option<&[i64]>) -> Result<Option<Vec<i64>>, GaveUp> {
        if let Some((variable, value)) = wanted {
            if value < self.system.lower[variable] || self.system.upper[variable].is_some_and(|upper| value > upper) {
                return Ok(None);
            }
            (self.system.lower[variable], self.system.upper[variable]) = (value, Some(value));
            if self.propagator.narrow_from(&mut self.system, variable).is_err() {
                return Ok(None);
            }
            if let Some(base) = base
                && let Some(near) = repair::near(&mut self.system, &self.propagator, base, |_| 0)
            {
                return Ok(Some(near));
            }
        }
        let mut best = None;
        self.start();
        let outcome = self.descend(&Goal::Any, &mut best);
        self.finish(&outcome);
        match (best, outcome) {
            (Some((_, world)), _) => Ok(Some(world)),
            (None, outcome) => outcome.map(|_| None),
        }
    }

    /// Finds how far a variable can go; the system must have a world.
    pub(crate) fn extreme(&mut self, variable: usize, upwards: bool) -> Extreme {
        let mut best = None;
        let saved = (self.system.lower.clone(), self.system.upper.clone());
        self.start();
        let outcome = self.descend(&Goal::Extreme { variable, upwards }, &mut best);
        self.finish(&outcome);
        (self.system.lower, self.system.upper) = saved;
        match (outcome, best) {
            (Ok(Walk::Endless), _) => Extreme::Endless,
            (Ok(Walk::Done), Some((value, world))) => Extreme::At(value, world),
            (_, best) => {
                let bound = if upwards { self.system.upper[variable] } else { Some(self.system.lower[variable]) };
                Extreme::Unknown(bound, best.map(|(_, world)| world))
            }
        }
    }

    fn start(&mut self) {
        self.nodes_left = self.limit.nodes.min(self.work_left);
        self.depth = 0;
        let pivots = self.pivots();
        if let Some(simplex) = &mut self.simplex {
            simplex.pivots_left = pivots;
        }
    }

    /// Pivots that one question may take.
    fn pivots(&self) -> u64 {
        self.limit.pivots.min(self.work_left)
    }

    /// Takes the work of a question from what is left. A tableau that was left in the middle of a step is made anew the next
    /// time.
    fn finish(&mut self, outcome: &Result<Walk, GaveUp>) {
        let nodes = self.limit.nodes.min(self.work_left) - self.nodes_left;
        let pivots = self.simplex.as_ref().map_or(0, |simplex| self.pivots() - simplex.pivots_left);
        self.work_left = self.work_left.saturating_sub(nodes.saturating_add(pivots));
        if outcome.is_err() {
            self.simplex = None;
        }
    }

    /// Takes the bounds of the system into the tableau.
    fn tableau(&mut self) -> Result<&mut Simplex, GaveUp> {
        let pivots = self.pivots();
        let simplex = match self.simplex.take() {
            Some(simplex) => simplex,
            None => {
                let mut simplex = Simplex::new(&self.system, &self.start)?;
                simplex.pivots_left = pivots;
                simplex
            }
        };
        let simplex = self.simplex.insert(simplex);
        for variable in 0..self.system.lower.len() {
            let bounds = (Some(self.system.lower[variable].into()), self.system.upper[variable].map(Ratio::from));
            if simplex.bounds(variable) != bounds {
                simplex.set_bounds(variable, bounds.0, bounds.1)?;
            }
        }
        Ok(simplex)
    }

    fn descend(&mut self, goal: &Goal, best: &mut Option<(i64, Vec<i64>)>) -> Result<Walk, GaveUp> {
        self.nodes_left = self.nodes_left.checked_sub(1).ok_or(GaveUp)?;
        let simplex = self.tableau()?;
        match *goal {
            Goal::Any => {
                if let Outcome::Infeasible(_) = simplex.check()? {
                    return Ok(Walk::Done);
                }
            }
            Goal::Extreme { variable, upwards } => match simplex.extreme(variable, upwards)? {
                End::Infeasible => return Ok(Walk::Done),
                End::Unbounded => return Ok(Walk::Endless),
                End::At(end, _) => {
                    let end = if upwards { end.floor() } else { end.ceiling() };
                    if !goal.beats(end, best.as_ref()) {
                        return Ok(Walk::Done);
                    }
                }
            },
        }
        let fractional = (0..simplex.structural()).find(|&variable| !simplex.value(variable).is_whole());
        let Some(split) = fractional else {
            self.take_world(goal, best)?;
            return Ok(Walk::Done);
        };
        let floor = i64::try_from(simplex.value(split).floor()).map_err(|_| GaveUp)?;
        if !(-LARGEST..LARGEST).contains(&floor) {
            return Err(GaveUp);
        }
        self.split(split, floor, goal, best)
    }

    fn split(
        &mut self,
        variable: usize,
        floor: i64,
        goal: &Goal,
        best: &mut Option<(i64, Vec<i64>)>,
    ) -> Result<Walk, GaveUp> {
        for below in [true, false] {
            if matches!(goal, Goal::Any) && best.is_some() {
                break;
            }
            let saved = (self.system.lower.clone(), self.system.upper.clone());
            if below {
                self.system.upper[variable] = Some(floor);
            } else {
                self.system.lower[variable] = floor + 1;
            }
            let mut walk = Ok(Walk::Done);
            if self.depth == DEEPEST {
                walk = Err(GaveUp);
            } else if self.propagator.narrow_from(&mut self.system, variable).is_ok() {
                self.depth += 1;
                walk = self.descend(goal, best);
                self.depth -= 1;
            }
            (self.system.lower, self.system.upper) = saved;
            if !matches!(walk, Ok(Walk::Done)) {
                return walk;
            }
        }
        Ok(Walk::Done)
    }

    /// Takes the values of the tableau as a world if they add up.
    fn take_world(&mut self, goal: &Goal, best: &mut Option<(i64, Vec<i64>)>) -> Result<(), GaveUp> {
        let simplex = self.tableau()?;
        let world: Option<Vec<i64>> =
            (0..simplex.structural()).map(|variable| i64::try_from(simplex.value(variable).floor()).ok()).collect();
        let world = world.filter(|world| self.system.holds(world)).ok_or(GaveUp)?;
        let value = match *goal {
            Goal::Any => 0,
            Goal::Extreme { variable, .. } => world[variable],
        };
        if goal.beats(value.into(), best.as_ref()) {
            *best = Some((value, world));
        }
        Ok(())
    }
}

enum Walk {
    Done,
    Endless,
}
