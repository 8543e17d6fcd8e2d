//! The cheapest pattern of further hidden cells, by trying all: for small cases, and to measure heuristics by.

use crate::check::Promise;
use crate::diags::AuditError;
use crate::model::Model;
use crate::reader::{Settings, audit};

/// Is the outcome of a search through all patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimal {
    /// How many further cells suffice.
    pub further_cells: usize,
    /// How many patterns of so many cells do.
    pub patterns: usize,
    /// Those among them whose published counts add up to least, each in the order of the candidates.
    pub cheapest: Vec<Vec<usize>>,
    /// What they add up to.
    pub cheapest_value: i64,
}

/// Tries all patterns of 0, 1, 2 … candidates and stops at the first number that keeps the promise.
///
/// Nothing if none does, or if none was found within `patterns` trials. Candidates are hidden as secondary cells.
///
/// # Errors
/// As [`audit`].
pub fn cheapest_patterns(
    model: &Model,
    candidates: &[usize],
    promise: Promise,
    settings: &Settings,
    patterns: usize,
) -> Result<Option<Minimal>, AuditError> {
    if let Some(&cell) = candidates.iter().find(|cell| **cell >= model.cells().len()) {
        return Err(AuditError::UnknownCell { cell });
    }
    let settings = Settings { intervals: false, ..*settings };
    let mut left = patterns;
    for size in 0..=candidates.len() {
        let mut safe: Vec<(i64, Vec<usize>)> = Vec::new();
        let mut pick: Vec<usize> = (0..size).collect();
        loop {
            let Some(next) = left.checked_sub(1) else { return Ok(None) };
            left = next;
            let pattern: Vec<usize> = pick.iter().map(|&place| candidates[place]).collect();
            if keeps(model, &pattern, promise, &settings)? {
                let value = pattern.iter().filter_map(|&cell| model.cells()[cell].value).sum();
                safe.push((value, pattern));
            }
            if !advance(&mut pick, candidates.len()) {
                break;
            }
        }
        if let Some(cheapest_value) = safe.iter().map(|(value, _)| *value).min() {
            let patterns = safe.len();
            let cheapest = safe.into_iter().filter(|(value, _)| *value == cheapest_value).map(|(_, pattern)| pattern);
            return Ok(Some(Minimal { further_cells: size, patterns, cheapest: cheapest.collect(), cheapest_value }));
        }
    }
    Ok(None)
}

fn keeps(model: &Model, pattern: &[usize], promise: Promise, settings: &Settings) -> Result<bool, AuditError> {
    let mut model = model.clone();
    for &cell in pattern {
        model.hide(cell);
    }
    let report = audit(&model, settings)?;
    Ok(match promise {
        Promise::FullRange => report.is_full(),
        Promise::NoExact => report.is_safe_from_exact(),
    })
}

/// Goes to the next choice of so many places out of `of`; false after the last.
fn advance(pick: &mut [usize], of: usize) -> bool {
    let size = pick.len();
    let Some(place) = (0..size).rev().find(|&place| pick[place] < of - size + place) else { return false };
    pick[place] += 1;
    for next in place + 1..size {
        pick[next] = pick[next - 1] + 1;
    }
    true
}
