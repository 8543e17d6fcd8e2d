//! Ids of the national records: ascending with random gaps, so that none has to be remembered.

use serde::Deserialize;

use crate::draw::Draw;

/// How ids are written: a prefix, and a number that ascends by 1 to `step`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbering {
    /// The text before the number.
    pub prefix: String,
    /// The digits of the number, zeros in front.
    pub digits: usize,
    /// The widest gap from one number to the next.
    pub step: u64,
}

/// Gives one id after the other.
pub(super) struct Ids<'t> {
    numbering: &'t Numbering,
    last: u64,
}

impl<'t> Ids<'t> {
    /// Starts before the first id.
    pub(super) fn new(numbering: &'t Numbering) -> Self {
        Self { numbering, last: 0 }
    }

    /// Gives the next id.
    pub(super) fn next(&mut self, draw: &mut Draw) -> String {
        let Numbering { prefix, digits, step } = self.numbering;
        self.last += 1 + draw.below(*step);
        format!("{prefix}{number:0digits$}", number = self.last)
    }
}

/// Gives the id of a copy of a record: that of the record itself for the first, with the copy's number behind it for the others.
///
/// Copies that are written one after the other keep the file sorted by id.
pub(super) fn of_copy(id: &str, copy: u64) -> String {
    if copy == 0 { id.to_owned() } else { format!("{id}-{copy:06}") }
}
