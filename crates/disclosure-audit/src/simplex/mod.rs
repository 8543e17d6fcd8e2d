//! An exact simplex over fractions with bounds on every variable, after Dutertre & de Moura (2006), "A fast linear-arithmetic
//! solver for DPLL(T)".
//!
//! Rows become slack variables, so a row of the tableau is an identity between variables and facts: where the bounds
//! contradict it, its coefficients are the multipliers of Farkas' lemma, exact ones. (Solvers over floats, microlp among
//! them, give no multipliers; what they call infeasible could not be confirmed.) Bland's rule ends every loop.

mod line;

use std::cmp::Ordering;

use crate::ratio::{GaveUp, Ratio};
use crate::system::System;

use line::{Line, sum};

/// Is a linear identity `Σ coefficient · variable = 0`; variables from [`Simplex::structural`] on are rows of the system.
pub(crate) type Identity = Vec<(usize, Ratio)>;

/// Says whether the bounds can be met.
pub(crate) enum Outcome {
    Feasible,
    /// The identity that the bounds contradict.
    Infeasible(Identity),
}

/// Says how far a variable can go.
pub(crate) enum End {
    Unbounded,
    /// The end, and the identity that shows it: every other variable in it stands at a bound.
    At(Ratio, Identity),
    Infeasible,
}

/// See [`Simplex::entering`].
const SPARSE_PIVOTS: u32 = 400;

/// Is the tableau with the present bounds and values.
pub(crate) struct Simplex {
    structural: usize,
    lower: Vec<Option<Ratio>>,
    upper: Vec<Option<Ratio>>,
    value: Vec<Ratio>,
    lines: Vec<Line>,
    line_of: Vec<Option<usize>>,
    /// In how many lines each variable stands.
    uses: Vec<u32>,
    /// Pivots in a row that were chosen for sparse lines; after many of them Bland's rule takes over, so that every loop ends.
    sparse_pivots: u32,
    /// Pivots that may still be made: the measure of work, since a clock would give other answers on other machines.
    pub pivots_left: u64,
}

impl Simplex {
    /// Starts with every row basic and every variable at a value of `start` or the nearest bound: where these values are almost
    /// a solution, few pivots are needed.
    pub(crate) fn new(system: &System, start: &[i64]) -> Result<Self, GaveUp> {
        let structural = system.lower.len();
        let bounds = system.lower.iter().zip(&system.upper);
        let clamp = |(&value, (&lower, &upper)): (&i64, (&i64, &Option<i64>))| {
            Ratio::from(upper.map_or(value, |upper| value.min(upper)).max(lower))
        };
        let mut simplex = Self {
            structural,
            lower: system.lower.iter().map(|&lower| Some(lower.into())).collect(),
            upper: system.upper.iter().map(|upper| upper.map(Ratio::from)).collect(),
            value: start.iter().zip(bounds).map(clamp).collect(),
            lines: Vec::new(),
            line_of: vec![None; structural + system.rows.len()],
            uses: vec![0; structural + system.rows.len()],
            sparse_pivots: 0,
            pivots_left: u64::MAX,
        };
        for (number, row) in system.rows.iter().enumerate() {
            let terms: Vec<_> = row.terms.iter().map(|&(variable, c)| (variable, Ratio::from(c))).collect();
            let mut value = Ratio::ZERO;
            for &(variable, coefficient) in &terms {
                value = value.add(coefficient.mul(simplex.value[variable])?)?;
                simplex.uses[variable] += 1;
            }
            simplex.lower.push(row.lower.map(Ratio::from));
            simplex.upper.push(row.upper.map(Ratio::from));
            simplex.value.push(value);
            simplex.line_of[structural + number] = Some(simplex.lines.len());
            simplex.lines.push(Line { basic: structural + number, terms });
        }
        Ok(simplex)
    }

    /// The number of variables of the system; its rows follow them.
    pub(crate) fn structural(&self) -> usize {
        self.structural
    }

    pub(crate) fn value(&self, variable: usize) -> Ratio {
        self.value[variable]
    }

    pub(crate) fn bounds(&self, variable: usize) -> (Option<Ratio>, Option<Ratio>) {
        (self.lower[variable], self.upper[variable])
    }

    /// Replaces the bounds of a variable.
    pub(crate) fn set_bounds(
        &mut self,
        variable: usize,
        lower: Option<Ratio>,
        upper: Option<Ratio>,
    ) -> Result<(), GaveUp> {
        (self.lower[variable], self.upper[variable]) = (lower, upper);
        if self.line_of[variable].is_some() {
            return Ok(());
        }
        for (bound, wrong) in [(lower, Ordering::Less), (upper, Ordering::Greater)] {
            if let Some(bound) = bound
                && self.value[variable].compare(bound)? == wrong
            {
                self.shift(variable, bound.sub(self.value[variable])?)?;
            }
        }
        Ok(())
    }

    /// Moves a variable that is not basic, and the basic ones with it.
    fn shift(&mut self, variable: usize, by: Ratio) -> Result<(), GaveUp> {
        self.value[variable] = self.value[variable].add(by)?;
        for line in &self.lines {
            if let Some(coefficient) = line.coefficient(variable) {
                self.value[line.basic] = self.value[line.basic].add(coefficient.mul(by)?)?;
            }
        }
        Ok(())
    }

    /// Looks for values within all bounds.
    pub(crate) fn check(&mut self) -> Result<Outcome, GaveUp> {
        self.sparse_pivots = 0;
        loop {
            let Some((line, target)) = self.violated()? else { return Ok(Outcome::Feasible) };
            let basic = self.lines[line].basic;
            let upwards = target.compare(self.value[basic])? == Ordering::Greater;
            let Some((entering, coefficient)) = self.entering(&self.lines[line].terms, upwards)? else {
                return Ok(Outcome::Infeasible(self.lines[line].identity()?));
            };
            let by = target.sub(self.value[basic])?.div(coefficient)?;
            self.shift(entering, by)?;
            self.pivot(line, entering)?;
        }
    }

    /// The first basic variable outside its bounds, and the bound.
    fn violated(&self) -> Result<Option<(usize, Ratio)>, GaveUp> {
        let mut found: Option<(usize, Ratio)> = None;
        for (number, line) in self.lines.iter().enumerate() {
            if found.is_some_and(|(other, _)| self.lines[other].basic < line.basic) {
                continue;
            }
            if let Some(bound) = self.broken_bound(line.basic)? {
                found = Some((number, bound));
            }
        }
        Ok(found)
    }

    fn broken_bound(&self, variable: usize) -> Result<Option<Ratio>, GaveUp> {
        for (bound, wrong) in [(self.lower[variable], Ordering::Less), (self.upper[variable], Ordering::Greater)] {
            if let Some(bound) = bound
                && self.value[variable].compare(bound)? == wrong
            {
                return Ok(Some(bound));
            }
        }
        Ok(None)
    }

    /// A variable of a line that can still move it in a direction: the one in fewest lines, which keeps them short, or after
    /// many pivots the first (Bland).
    fn entering(&self, terms: &[(usize, Ratio)], upwards: bool) -> Result<Option<(usize, Ratio)>, GaveUp> {
        let sparse = self.sparse_pivots < SPARSE_PIVOTS;
        let mut best: Option<(usize, Ratio)> = None;
        for &(variable, coefficient) in terms {
            let up = (coefficient.sign() > 0) == upwards;
            let (bound, wall) =
                if up { (self.upper[variable], Ordering::Less) } else { (self.lower[variable], Ordering::Greater) };
            let free = match bound {
                Some(bound) => self.value[variable].compare(bound)? == wall,
                None => true,
            };
            if free && !sparse {
                return Ok(Some((variable, coefficient)));
            }
            if free && best.is_none_or(|(other, _)| self.uses[variable] < self.uses[other]) {
                best = Some((variable, coefficient));
            }
        }
        Ok(best)
    }

    /// Lets a variable take the place of the basic one of a line.
    fn pivot(&mut self, line: usize, entering: usize) -> Result<(), GaveUp> {
        self.pivots_left = self.pivots_left.checked_sub(1).ok_or(GaveUp)?;
        self.sparse_pivots = self.sparse_pivots.saturating_add(1);
        let leaving = self.lines[line].basic;
        let mut terms = std::mem::take(&mut self.lines[line].terms);
        let Ok(place) = terms.binary_search_by_key(&entering, |&(variable, _)| variable) else { return Err(GaveUp) };
        let (_, coefficient) = terms.remove(place);
        let factor = Ratio::ONE.div(coefficient)?;
        let minus = factor.neg()?;
        for (_, other) in &mut terms {
            *other = other.mul(minus)?;
        }
        let place = terms.partition_point(|&(variable, _)| variable < leaving);
        terms.insert(place, (leaving, factor));
        for other in &mut self.lines {
            if let Ok(place) = other.terms.binary_search_by_key(&entering, |&(variable, _)| variable) {
                other.terms.iter().for_each(|&(variable, _)| self.uses[variable] -= 1);
                let (_, coefficient) = other.terms.remove(place);
                other.terms = sum(&other.terms, &terms, coefficient)?;
                other.terms.iter().for_each(|&(variable, _)| self.uses[variable] += 1);
            }
        }
        self.uses[entering] = 0;
        self.uses[leaving] += 1;
        self.lines[line] = Line { basic: entering, terms };
        self.line_of[leaving] = None;
        self.line_of[entering] = Some(line);
        Ok(())
    }

    /// Moves a variable as far as the bounds of all let it.
    pub(crate) fn extreme(&mut self, variable: usize, upwards: bool) -> Result<End, GaveUp> {
        if let Outcome::Infeasible(_) = self.check()? {
            return Ok(End::Infeasible);
        }
        self.sparse_pivots = 0;
        loop {
            let own = [(variable, Ratio::ONE)];
            let terms = self.line_of[variable].map_or(&own[..], |line| &self.lines[line].terms);
            let Some((entering, coefficient)) = self.entering(terms, upwards)? else {
                let identity = match self.line_of[variable] {
                    Some(line) => self.lines[line].identity()?,
                    None => vec![(variable, Ratio::ONE)],
                };
                return Ok(End::At(self.value[variable], identity));
            };
            if !self.advance(entering, (coefficient.sign() > 0) == upwards)? {
                return Ok(End::Unbounded);
            }
        }
    }

    /// Moves a variable that is not basic until a bound stops it; false if none does.
    fn advance(&mut self, entering: usize, upwards: bool) -> Result<bool, GaveUp> {
        let bound = if upwards { self.upper[entering] } else { self.lower[entering] };
        let mut by = match bound {
            Some(bound) => Some(bound.sub(self.value[entering])?),
            None => None,
        };
        let mut stopped: Option<usize> = None;
        for (number, line) in self.lines.iter().enumerate() {
            let Some(coefficient) = line.coefficient(entering) else { continue };
            let up = (coefficient.sign() > 0) == upwards;
            let Some(bound) = (if up { self.upper[line.basic] } else { self.lower[line.basic] }) else { continue };
            let reach = bound.sub(self.value[line.basic])?.div(coefficient)?;
            let shorter = match by {
                None => true,
                Some(by) => match magnitude(reach)?.compare(magnitude(by)?)? {
                    Ordering::Less => true,
                    Ordering::Equal => stopped.is_some_and(|other| line.basic < self.lines[other].basic),
                    Ordering::Greater => false,
                },
            };
            if shorter {
                (by, stopped) = (Some(reach), Some(number));
            }
        }
        let Some(by) = by else { return Ok(false) };
        self.shift(entering, by)?;
        if let Some(line) = stopped {
            self.pivot(line, entering)?;
        }
        Ok(true)
    }
}

fn magnitude(ratio: Ratio) -> Result<Ratio, GaveUp> {
    if ratio.sign() < 0 { ratio.neg() } else { Ok(ratio) }
}
