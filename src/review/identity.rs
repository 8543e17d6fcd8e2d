//! What a change is known by, in decisions too.

use serde::Serialize;

use crate::unit::ContentKey;

use super::change::{Change, Place};
use super::kind::Kind;
use super::spot::Spot;

/// What identifies a change of a report: what it says, and where.
#[derive(Serialize)]
struct ChangeKey<'a> {
    report: &'a str,
    kind: Kind,
    heading: Option<&'a str>,
    table: Option<&'a str>,
    row: Option<&'a str>,
    column: Option<&'a str>,
    old: Option<Spot>,
    new: Option<Spot>,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

impl ContentKey for ChangeKey<'_> {
    const FORM: &'static str = "platen change 1";
}

/// Identifies a change of a report by what it says and where; the same in every review of the same files.
pub(super) fn identity(report: &str, change: &Change) -> String {
    const BYTES: usize = 8;
    // A decision names the figures itself; size and group follow from the words, and causes and records are no part of the files.
    let Change {
        kind,
        place,
        figures: _,
        covered: _,
        before,
        after,
        size: _,
        group: _,
        places: _,
        causes: _,
        records: _,
    } = change;
    let Place { heading, table, row, column, old, new } = place;
    let key = ChangeKey {
        report,
        kind: *kind,
        heading: heading.as_deref(),
        table: table.as_deref(),
        row: row.as_deref(),
        column: column.as_deref(),
        old: *old,
        new: *new,
        before: before.as_deref(),
        after: after.as_deref(),
    };
    key.digest().short(BYTES)
}
