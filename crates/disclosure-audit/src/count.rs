//! Counts worlds, part by part, as far as a limit.

use crate::diags::AuditError;
use crate::model::Model;
use crate::presolve::{Component, components};
use crate::propagate::Propagator;
use crate::reader::presolved;
use crate::system::System;

/// Counts the tables that agree with all facts; nothing if there are more than `limit`.
///
/// # Errors
/// Facts that no table agrees with.
pub fn count_tables(model: &Model, limit: u64) -> Result<Option<u64>, AuditError> {
    let presolved = presolved(model)?;
    let mut total = 1u64;
    for Component { mut system, .. } in components(&presolved.system, &presolved.links) {
        let propagator = Propagator::new(&system);
        let mut tries = limit.saturating_mul(8);
        let Some(count) = count(&mut system, &propagator, limit, &mut tries) else { return Ok(None) };
        total = total.saturating_mul(count);
        if total > limit {
            return Ok(None);
        }
    }
    Ok(Some(total))
}

/// Nothing past the limit, or where values are tried more often than `tries`.
fn count(system: &mut System, propagator: &Propagator, limit: u64, tries: &mut u64) -> Option<u64> {
    let width = |variable: usize| system.upper[variable].map(|upper| upper.abs_diff(system.lower[variable]));
    let open = (0..system.lower.len()).filter(|&variable| width(variable) != Some(0));
    let Some(variable) = open.min_by_key(|&variable| width(variable).unwrap_or(u64::MAX)) else {
        return Some(u64::from(system.holds(&system.lower)));
    };
    let (lower, upper) = (system.lower[variable], system.upper[variable]?);
    if system.rows.is_empty() {
        let width = upper.abs_diff(lower).saturating_add(1);
        return (width <= limit).then_some(width);
    }
    let saved = (system.lower.clone(), system.upper.clone());
    let mut total = 0;
    for value in lower..=upper {
        *tries = tries.checked_sub(1)?;
        (system.lower[variable], system.upper[variable]) = (value, Some(value));
        if propagator.narrow_from(system, variable).is_ok() {
            total += count(system, propagator, limit - total, tries)?;
        }
        system.lower.copy_from_slice(&saved.0);
        system.upper.copy_from_slice(&saved.1);
        if total > limit {
            return None;
        }
    }
    Some(total)
}
