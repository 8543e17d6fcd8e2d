//! Which demographics each case of a type references.
//!
//! Within a dimension (age, gender, citizenship) the flags are dealt in turn over the cases that report it: every one of these
//! gets a flag, and as many get two as there are flags over. A column with more flags than that never meets itself, because no
//! column has more flags than cases report the dimension (the targets were checked).

use crate::draw::Draw;
use crate::targets::{CaseType, Demographics};

/// Deals the flags of all columns over the cases of `kind`; returns one row of flags a case.
pub(crate) fn deal(demographics: &Demographics, kind: &CaseType, draw: &mut Draw) -> Vec<Vec<bool>> {
    let width = demographics.columns().count();
    let mut rows = vec![vec![false; width]; kind.count];
    let Some(group) = demographics.groups.get(&kind.code) else {
        return rows;
    };
    // The caller's cases are in random order already, so the silent ones may as well be the last.
    let mut speaking: Vec<usize> = (0..kind.count - group.silent).collect();
    let mut first_column = 0;
    for (dimension, columns) in &demographics.dimensions {
        let reported = group.reported.get(dimension).copied().unwrap_or(0);
        draw.shuffle(&mut speaking);
        let mut turns = speaking[..reported].iter().cycle();
        for (offset, column) in columns.iter().enumerate() {
            let flags = group.flags.get(column).copied().unwrap_or(0);
            for &case in turns.by_ref().take(flags) {
                rows[case][first_column + offset] = true;
            }
        }
        first_column += columns.len();
    }
    rows
}
