//! Counts worlds, part by part, as far as a limit.

use crate::diags::AuditError;
use crate::model::Model;
use crate::presolve::{Component, components};
use crate::propagate::{Before, Propagator};
use crate::reader::presolved;
use crate::system::System;

/// So much work is done for each table of the limit before the count is given up.
const WORK_PER_TABLE: u64 = 8;

/// A trial costs one, and one more for so many variables: all of them are looked through.
const VARIABLES_PER_WORK: u64 = 16;

/// Counts the tables that agree with all facts; nothing if there are more than `limit`, or if too much work is done without a
/// count.
///
/// # Errors
/// Facts that no table agrees with.
pub fn count_tables(model: &Model, limit: u64) -> Result<Option<u64>, AuditError> {
    let presolved = presolved(model)?;
    let mut total = 1u64;
    for Component { system, .. } in components(&presolved.system, &presolved.links) {
        let propagator = Propagator::new(&system);
        let work = limit.saturating_mul(WORK_PER_TABLE);
        let Some(count) = (Count { system, propagator, trail: Vec::new(), work }).tables(limit) else {
            return Ok(None);
        };
        total = total.saturating_mul(count);
        if total > limit {
            return Ok(None);
        }
    }
    Ok(Some(total))
}

struct Count {
    system: System,
    propagator: Propagator,
    /// What to put back, so that no level keeps a copy of all bounds.
    trail: Vec<Before>,
    work: u64,
}

impl Count {
    /// Nothing past the limit, or when the work is used up.
    fn tables(&mut self, limit: u64) -> Option<u64> {
        let System { lower, upper, rows } = &self.system;
        let width = |variable: usize| upper[variable].map(|upper| upper.abs_diff(lower[variable]));
        let open = (0..lower.len()).filter(|&variable| width(variable) != Some(0));
        let Some(variable) = open.min_by_key(|&variable| width(variable).unwrap_or(u64::MAX)) else {
            return Some(u64::from(self.system.holds(lower)));
        };
        let (first, last) = (lower[variable], upper[variable]?);
        if rows.is_empty() {
            let width = last.abs_diff(first).saturating_add(1);
            return (width <= limit).then_some(width);
        }
        let cost = 1 + lower.len() as u64 / VARIABLES_PER_WORK;
        let mut total = 0;
        for value in first..=last {
            self.work = self.work.checked_sub(cost)?;
            total += self.tables_with(variable, value, limit - total)?;
            if total > limit {
                return None;
            }
        }
        Some(total)
    }

    fn tables_with(&mut self, variable: usize, value: i64, limit: u64) -> Option<u64> {
        let start = self.trail.len();
        self.trail.push(Before::of(&self.system, variable));
        (self.system.lower[variable], self.system.upper[variable]) = (value, Some(value));
        let narrowed = self.propagator.narrow_on_trail(&mut self.system, variable, &mut self.trail);
        let count = if narrowed.is_ok() { self.tables(limit) } else { Some(0) };
        self.trail.drain(start..).rev().for_each(|before| before.restore(&mut self.system));
        count
    }
}
