//! One line of a derivation: an identity between facts and cells, written with what is printed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{Model, Relation};
use crate::ratio::{GaveUp, Ratio, gcd};
use crate::simplex::Identity;

/// Is a part of a model as the simplex sees it: names for its variables and rows.
pub(crate) struct Scene<'a> {
    pub model: &'a Model,
    /// Cell of each variable.
    pub cells: &'a [usize],
    /// Fact of each row.
    pub facts: &'a [usize],
    /// Bounds of each variable, assumptions included.
    pub lower: &'a [i64],
    pub upper: &'a [Option<i64>],
}

/// Says what an identity shows of its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub text: String,
    /// The bound that follows for the head.
    pub bound: i128,
}

/// The sum of a line while it is put together.
#[derive(Default)]
struct Sum {
    printed: BTreeMap<usize, i128>,
    /// Hidden cells with their coefficient and the bound that is used.
    hidden: Vec<(usize, i128, i64)>,
    constant: i128,
    total: i128,
    is_equation: bool,
}

impl Scene<'_> {
    /// Writes what an identity says of its variable `head`: at most (`upwards`) or at least so much.
    pub(crate) fn line(&self, identity: &Identity, head: usize, upwards: bool) -> Result<Option<Line>, GaveUp> {
        let Some(&(_, own)) = identity.iter().find(|&&(variable, _)| variable == head) else { return Ok(None) };
        let mut scaled = Vec::new();
        let mut common = 1i128;
        for &(variable, coefficient) in identity.iter().filter(|&&(variable, _)| variable != head) {
            let share = coefficient.div(own)?.neg()?;
            let below = share.parts().1;
            let shared = i128::try_from(gcd(common.unsigned_abs(), below.unsigned_abs())).map_err(|_| GaveUp)?;
            common = common.checked_mul(below / shared).ok_or(GaveUp)?;
            scaled.push((variable, share));
        }
        let mut sum = Sum { is_equation: true, ..Sum::default() };
        for (variable, share) in scaled {
            let (above, below) = share.parts();
            let factor = above.checked_mul(common / below).ok_or(GaveUp)?;
            if !self.add(&mut sum, variable, factor, (factor > 0) == upwards)? {
                return Ok(None);
            }
        }
        let bound = if upwards {
            sum.total.div_euclid(common)
        } else {
            -sum.total.checked_neg().ok_or(GaveUp)?.div_euclid(common)
        };
        let text = self.text(&sum, common, head, upwards, bound);
        Ok(Some(Line { text, bound }))
    }

    /// Adds a fact or a hidden cell; false if it has no bound on the side that is needed.
    fn add(&self, sum: &mut Sum, variable: usize, factor: i128, at_upper: bool) -> Result<bool, GaveUp> {
        if let Some(&cell) = self.cells.get(variable) {
            let bound = if at_upper { self.upper[variable] } else { Some(self.lower[variable]) };
            let Some(bound) = bound else { return Ok(false) };
            sum.is_equation = false;
            sum.total = added(sum.total, factor, bound)?;
            if bound != 0 {
                sum.hidden.push((cell, factor, bound));
            }
            return Ok(true);
        }
        let fact = &self.model.facts()[self.facts[variable - self.cells.len()]];
        sum.is_equation &= fact.relation == Relation::Equal;
        sum.constant = added(sum.constant, factor, fact.constant)?;
        sum.total = added(sum.total, factor, fact.constant)?;
        for &(cell, coefficient) in &fact.terms {
            let cell_of = &self.model.cells()[cell];
            if let Some(value) = cell_of.value.filter(|_| !cell_of.is_hidden()) {
                let taken = factor.checked_mul(coefficient.into()).and_then(i128::checked_neg).ok_or(GaveUp)?;
                let printed = sum.printed.entry(cell).or_default();
                *printed = printed.checked_add(taken).ok_or(GaveUp)?;
                sum.total = added(sum.total, taken, value)?;
            }
        }
        Ok(true)
    }

    fn text(&self, sum: &Sum, common: i128, head: usize, upwards: bool, bound: i128) -> String {
        let text = self.sum_text(sum, upwards);
        let name = &self.model.cells()[self.cells[head]].id;
        let times = if common == 1 { String::new() } else { format!("{common} × ") };
        let (sign, side) = if upwards { ("≥", "at most") } else { ("≤", "at least") };
        match (sum.is_equation, common) {
            (true, 1) => format!("{text} = {name} {bound}"),
            (true, _) if sum.total % common == 0 => format!("{text} = {times}{name}, so {name} = {bound}"),
            (true, _) => format!("{text} = {times}{name}, which no whole number is"),
            (false, _) => format!("{text} {sign} {times}{name}, so {name} is {side} {bound}"),
        }
    }

    /// What is printed, then what labels say of hidden cells; what is taken away comes last.
    fn sum_text(&self, sum: &Sum, upwards: bool) -> String {
        let cells = self.model.cells();
        let mut terms: Vec<(i128, String, bool)> = Vec::new();
        for (&cell, &factor) in sum.printed.iter().filter(|(_, factor)| **factor != 0) {
            let value = cells[cell].value.unwrap_or_default();
            terms.push((factor, format!("{} {value}", cells[cell].id), value == 0));
        }
        for &(cell, factor, bound) in &sum.hidden {
            let side = if (factor > 0) == upwards { "at most" } else { "at least" };
            terms.push((factor, format!("{} ({side} {bound})", cells[cell].id), false));
        }
        terms.sort_by_key(|&(factor, _, _)| factor < 0);
        // A printed 0 changes no sum; it is named only where nothing else is.
        if terms.iter().all(|&(_, _, is_zero)| is_zero) {
            terms.truncate(1);
        } else {
            terms.retain(|&(_, _, is_zero)| !is_zero);
        }
        let mut text = String::new();
        if sum.constant != 0 || terms.is_empty() {
            let _ = write!(text, "{}{}", if sum.constant < 0 { "−" } else { "" }, sum.constant.unsigned_abs());
        }
        for (factor, term, _) in terms {
            let sign = match (text.is_empty(), factor < 0) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            let times = if factor.abs() == 1 { String::new() } else { format!("{} × ", factor.unsigned_abs()) };
            let _ = write!(text, "{sign}{times}{term}");
        }
        text
    }

    /// Finds a variable of an identity by which its contradiction can be told, and tells it.
    pub(crate) fn contradiction(&self, identity: &Identity) -> Result<Option<String>, GaveUp> {
        for &(head, _) in identity.iter().filter(|&&(variable, _)| variable < self.cells.len()) {
            for upwards in [true, false] {
                let Some(line) = self.line(identity, head, upwards)? else { continue };
                let name = &self.model.cells()[self.cells[head]].id;
                let (low, high) = (i128::from(self.lower[head]), self.upper[head].map(i128::from));
                if upwards && line.bound < low {
                    return Ok(Some(format!("{}; but {name} is at least {low}", line.text)));
                }
                if let Some(high) = high.filter(|high| !upwards && line.bound > *high) {
                    return Ok(Some(format!("{}; but {name} is at most {high}", line.text)));
                }
            }
        }
        Ok(None)
    }
}

fn added(sum: i128, factor: i128, value: i64) -> Result<i128, GaveUp> {
    factor.checked_mul(value.into()).and_then(|product| sum.checked_add(product)).ok_or(GaveUp)
}

/// Facts that an identity uses.
pub(crate) fn facts_of(identity: &[(usize, Ratio)], structural: usize) -> Vec<usize> {
    let mut rows: Vec<usize> = identity.iter().filter_map(|&(variable, _)| variable.checked_sub(structural)).collect();
    rows.sort_unstable();
    rows
}
