//! One linked part in which cells are hidden and published again.

use std::cell::Cell;

use crate::branch::{Branching, Extreme, Limit};
use crate::diags::AuditError;
use crate::network::{Flow, Network};
use crate::part;
use crate::propagate::Propagator;
use crate::suppress::window;
use crate::system::System;

/// Says what some world has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A variable has a value.
    Value(usize, i64),
    /// A variable has another value than in the base.
    Other(usize),
}

impl Target {
    fn variable(self) -> usize {
        match self {
            Self::Value(variable, _) | Self::Other(variable) => variable,
        }
    }

    fn is_shown_by(self, world: &[i64], base: &[i64]) -> bool {
        match self {
            Self::Value(variable, value) => world[variable] == value,
            Self::Other(variable) => world[variable] != base[variable],
        }
    }
}

/// What one question about hidden cells alone may take; an answer that takes longer is taken for none.
const CLOSED_LIMIT: Limit = Limit { nodes: 40, pivots: 2_000 };

pub(crate) struct Field {
    pub system: System,
    pub base: Vec<i64>,
    /// For each variable that is published now, what hiding it costs.
    pub cost: Vec<Option<u64>>,
    /// The costs at the start.
    candidate: Vec<Option<u64>>,
    network: Option<Network>,
    /// Where there is no network: the system in which everything published stays.
    closed: Option<Branching>,
    pub propagator: Propagator,
    limit: Limit,
    /// Branchings and pivots that questions without a limit of their own may still take together.
    work: Cell<u64>,
    targets: Vec<Target>,
    /// For each target that is reached, the variables that move where it is shown.
    moved: Vec<Option<Vec<usize>>>,
    /// For each hidden variable the target for which it was hidden.
    hidden_for: Vec<Option<usize>>,
}

impl Field {
    pub(super) fn new(
        system: System,
        values: &[Option<i64>],
        cost: Vec<Option<u64>>,
        limit: Limit,
        work: u64,
    ) -> Result<Self, AuditError> {
        let (network, propagator) = (Network::of(&system), Propagator::new(&system));
        // What is printed is known, whatever else is not: the base keeps it.
        let mut printed = system.clone();
        for (variable, value) in values.iter().enumerate().filter(|&(variable, _)| cost[variable].is_some()) {
            let Some(value) = *value else { continue };
            (printed.lower[variable], printed.upper[variable]) = (value, Some(value));
        }
        let base = part::base(&printed, values.iter().copied().collect(), limit)?;
        let closed =
            network.is_none().then(|| Branching::new(system.clone(), CLOSED_LIMIT).starting_near(base.clone()));
        let mut field = Self {
            cost: vec![None; cost.len()],
            candidate: cost,
            closed,
            targets: Vec::new(),
            moved: Vec::new(),
            hidden_for: vec![None; base.len()],
            system,
            base,
            network,
            propagator,
            limit,
            work: Cell::new(work),
        };
        (0..field.candidate.len()).for_each(|variable| field.set_cost(variable, field.candidate[variable]));
        Ok(field)
    }

    /// Publishes a variable (at a cost of hiding it) or hides it.
    fn set_cost(&mut self, variable: usize, cost: Option<u64>) {
        self.cost[variable] = cost;
        if let Some(closed) = &mut self.closed {
            match cost {
                Some(_) => closed.bound(variable, self.base[variable], Some(self.base[variable])),
                None => closed.bound(variable, self.system.lower[variable], self.system.upper[variable]),
            }
        }
    }

    /// The candidates that are hidden now.
    pub(super) fn hidden(&self) -> Vec<usize> {
        (0..self.cost.len())
            .filter(|&variable| self.candidate[variable].is_some() && self.cost[variable].is_none())
            .collect()
    }

    /// Hides what moves where targets are shown as cheaply as may be.
    pub(super) fn protect(&mut self, targets: &[Target]) {
        self.targets = targets.to_vec();
        self.moved = vec![None; targets.len()];
        for (number, &target) in targets.iter().enumerate() {
            if target.is_shown_by(&self.base, &self.base) {
                self.moved[number] = Some(Vec::new());
            } else if self.moved[number].is_none()
                && let Some(world) = self.reach(target)
            {
                let world = self.reduced(target, world);
                self.take(&world, number);
            }
        }
    }

    /// A world that shows the same and moves fewer published cells: half of them are kept still, then smaller shares.
    fn reduced(&mut self, target: Target, mut world: Vec<i64>) -> Vec<i64> {
        let mut share = self.newly_moved(&world).len().div_ceil(2);
        if self.closed.is_none() || share < 2 {
            return world;
        }
        while share > 0 {
            let moved = self.newly_moved(&world);
            for still in moved.chunks(share) {
                let present = self.newly_moved(&world);
                let free: Vec<usize> = present.into_iter().filter(|variable| !still.contains(variable)).collect();
                let costs: Vec<Option<u64>> = free.iter().map(|&variable| self.cost[variable]).collect();
                for &variable in &free {
                    self.set_cost(variable, None);
                }
                let fewer = self.shown_with_hidden(target);
                free.iter().zip(costs).for_each(|(&variable, cost)| self.set_cost(variable, cost));
                world = fewer.unwrap_or(world);
            }
            share /= 2;
        }
        world
    }

    /// The published variables that a world moves.
    fn newly_moved(&self, world: &[i64]) -> Vec<usize> {
        (0..world.len())
            .filter(|&variable| world[variable] != self.base[variable] && self.cost[variable].is_some())
            .collect()
    }

    /// Hides what a world moves, and notes all targets that it shows for the first time.
    fn take(&mut self, world: &[i64], number: usize) {
        let moved = self.moved_in(world);
        for &variable in &moved {
            if self.cost[variable].is_some() {
                self.hidden_for[variable] = Some(number);
                self.set_cost(variable, None);
            }
        }
        for (target, shown) in self.targets.iter().zip(&mut self.moved) {
            if shown.is_none() && target.is_shown_by(world, &self.base) {
                *shown = Some(moved.clone());
            }
        }
    }

    fn reach(&mut self, target: Target) -> Option<Vec<i64>> {
        if self.network.is_none()
            && let Some(world) = self.shown_with_hidden(target)
        {
            return Some(world);
        }
        match target {
            Target::Value(variable, value) => self.cheapest(variable, value),
            Target::Other(variable) => {
                let near = self.near(variable).into_iter().filter_map(|value| self.cheapest(variable, value));
                near.min_by_key(|world| self.price(world)).or_else(|| self.farthest(variable))
            }
        }
    }

    /// The values beside the base, nearest first.
    fn near(&self, variable: usize) -> [i64; 4] {
        [1, -1, 2, -2].map(|step| self.base[variable] + step)
    }

    /// A world in which a variable has an end that is not its base, or, where it has no end, a value above its base: there is one
    /// if it can move at all.
    fn farthest(&self, variable: usize) -> Option<Vec<i64>> {
        let base = self.base[variable];
        [true, false].into_iter().find_map(|upwards| {
            let end = match self.ask(self.system.clone(), |branching| branching.extreme(variable, upwards)) {
                Extreme::At(end, _) => end,
                Extreme::Endless => {
                    let above = self.ask(self.system.clone(), |branching| branching.world_above(variable, base));
                    above.ok().flatten()?[variable]
                }
                Extreme::Unknown(..) => return None,
            };
            if end == base { None } else { self.cheapest(variable, end) }
        })
    }

    /// Asks about a system within the work that is left.
    pub(super) fn ask<T>(&self, system: System, question: impl FnOnce(&mut Branching) -> T) -> T {
        let branching = Branching::new(system, self.limit).starting_near(self.base.clone());
        let mut branching = branching.with_work(self.work.get());
        let answer = question(&mut branching);
        self.work.set(branching.work_left);
        answer
    }

    /// The work that is left.
    pub(super) fn work_left(&self) -> u64 {
        self.work.get()
    }

    /// What newly hiding all that a world moves costs.
    pub(super) fn price(&self, world: &[i64]) -> u64 {
        let moved = (0..world.len()).filter(|&variable| world[variable] != self.base[variable]);
        moved.filter_map(|variable| self.cost[variable]).fold(0, u64::saturating_add)
    }

    fn cheapest(&self, variable: usize, value: i64) -> Option<Vec<i64>> {
        let Some(network) = &self.network else { return window::cheapest(self, variable, value) };
        let mut flow = network.flow(&self.system, &self.base).ok()?;
        let arrived = network.move_cheaply(&mut flow, variable, value, |arc, amount| match self.cost.get(arc) {
            Some(Some(cost)) if amount == self.base[arc] => *cost,
            _ => 0,
        });
        (arrived == Ok(true)).then(|| network.values(&flow))
    }

    /// Publishes again, dearest first, what is not needed: every target is still shown where the cell keeps its count.
    pub(super) fn publish_again(&mut self) {
        let mut hidden = self.hidden();
        hidden.sort_by_key(|&variable| std::cmp::Reverse(self.candidate[variable]));
        for variable in hidden {
            self.set_cost(variable, self.candidate[variable]);
            let replaced = self.replaced(variable);
            match replaced {
                Some(replaced) => replaced.into_iter().for_each(|(number, moved)| self.moved[number] = Some(moved)),
                None => self.set_cost(variable, None),
            }
        }
    }

    /// For each target that was shown by moving a variable, what moves instead; nothing if one cannot be shown any more.
    fn replaced(&mut self, variable: usize) -> Option<Vec<(usize, Vec<usize>)>> {
        let lost = |number: &usize| self.moved[*number].as_ref().is_some_and(|moved| moved.contains(&variable));
        let mut lost: Vec<usize> = (0..self.targets.len()).filter(lost).collect();
        // The target for which it was hidden is the likeliest to fail, and ends the trial.
        lost.sort_by_key(|&number| Some(number) != self.hidden_for[variable]);
        let mut worlds: Vec<Vec<i64>> = Vec::new();
        let mut replaced = Vec::with_capacity(lost.len());
        for number in lost {
            let target = self.targets[number];
            let place = match worlds.iter().position(|world| target.is_shown_by(world, &self.base)) {
                Some(place) => place,
                None => {
                    worlds.push(self.shown_with_hidden(target)?);
                    worlds.len() - 1
                }
            };
            replaced.push((number, self.moved_in(&worlds[place])));
        }
        Some(replaced)
    }

    fn moved_in(&self, world: &[i64]) -> Vec<usize> {
        (0..world.len()).filter(|&variable| world[variable] != self.base[variable]).collect()
    }

    /// A world that shows a target while everything published stays.
    fn shown_with_hidden(&mut self, target: Target) -> Option<Vec<i64>> {
        let variable = target.variable();
        let values = match target {
            Target::Value(_, value) => vec![value],
            Target::Other(_) => self.near(variable).to_vec(),
        };
        values.into_iter().find_map(|value| match (&self.network, &mut self.closed) {
            (Some(network), _) => {
                let mut flow = self.closed_flow(network)?;
                (network.move_to(&mut flow, variable, value) == Ok(true)).then(|| network.values(&flow))
            }
            (None, closed) => closed.as_mut()?.world(Some((variable, value)), Some(&self.base)).ok().flatten(),
        })
    }

    fn closed_flow(&self, network: &Network) -> Option<Flow> {
        let mut flow = network.flow(&self.system, &self.base).ok()?;
        for (locked, cost) in flow.locked.iter_mut().zip(&self.cost) {
            *locked = cost.is_some();
        }
        Some(flow)
    }
}
