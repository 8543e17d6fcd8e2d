//! The reader over real numbers, for comparison: what linear programming alone finds, and what it misses.

use crate::contradiction::contradiction;
use crate::diags::AuditError;
use crate::model::Model;
use crate::presolve::{Component, Link, components};
use crate::ratio::{GaveUp, Ratio};
use crate::simplex::{End, Simplex};
use crate::system::System;

/// Is the interval of a cell over real numbers, each end as numerator and denominator; nothing where it has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RealInterval {
    /// Least value.
    pub lower: Option<(i128, i128)>,
    /// Greatest value.
    pub upper: Option<(i128, i128)>,
}

/// Finds the interval of every hidden cell over real numbers; nothing for those that took more than `pivots`.
///
/// # Errors
/// Facts that contradict each other over real numbers already.
pub fn real_intervals(model: &Model, pivots: u64) -> Result<Vec<(usize, Option<RealInterval>)>, AuditError> {
    let system = System::of(model)?;
    let links: Vec<_> = (0..system.lower.len()).map(|of| Link { of, sign: 1, offset: 0 }).collect();
    let mut intervals = Vec::new();
    for Component { variables, system } in components(&system, &links) {
        let mut simplex = Simplex::new(&system, &system.lower).ok();
        for (variable, &cell) in variables.iter().enumerate().filter(|(_, cell)| model.cells()[**cell].is_hidden()) {
            let interval = simplex.as_mut().and_then(|simplex| {
                simplex.pivots_left = pivots;
                interval(simplex, variable).ok()
            });
            if interval.is_none() {
                simplex = Simplex::new(&system, &system.lower).ok();
            }
            match interval {
                Some(None) => return Err(contradiction(model)),
                found => intervals.push((cell, found.flatten())),
            }
        }
    }
    intervals.sort_unstable_by_key(|&(cell, _)| cell);
    Ok(intervals)
}

/// Nothing if no values keep the bounds.
fn interval(simplex: &mut Simplex, variable: usize) -> Result<Option<RealInterval>, GaveUp> {
    let mut ends = [None, None];
    for (end, upwards) in ends.iter_mut().zip([false, true]) {
        match simplex.extreme(variable, upwards)? {
            End::Unbounded => {}
            End::At(value, _) => *end = Some(Ratio::parts(value)),
            End::Infeasible => return Ok(None),
        }
    }
    let [lower, upper] = ends;
    Ok(Some(RealInterval { lower, upper }))
}
