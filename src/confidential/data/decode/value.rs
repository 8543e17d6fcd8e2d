//! Single values: what a cell of a file becomes, and how it is reported where it becomes nothing.

use std::sync::Arc;

use crate::diag::{Code, Finding, Place, Tally, code};
use crate::report_spec::{Column, ColumnId, SourceId, Test, TiSlice};
use crate::unit::is_unseen;

/// A value as it stands in a file.
#[derive(Clone, Copy)]
pub(in crate::confidential::data) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Boolean(bool),
    /// Days of the common era.
    Day(i64),
    /// A time of day other than midnight.
    Time,
    Number(f64),
    /// A value of a type that no column takes.
    Other,
}

/// What is wrong with a value: code, words, and where a hint is to be had.
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) hint: Hint,
}

/// Where the hint of a fault is to be had, once it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    None,
    Words(&'static str),
    /// The codes of the column below this parent.
    Codes(u32),
    /// The parents that the code belongs to.
    Parents,
    Jurisdictions,
    Counties,
}

/// What a value became.
pub(super) type Decoded = Result<u32, Fault>;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) file: &'a Arc<str>,
    pub(super) line: u64,
    pub(super) column: Option<&'a str>,
    /// What the file counts.
    pub(super) unit: &'static str,
    /// The source, which several files can belong to.
    pub(super) source: SourceId,
}

/// Tells whether a condition holds for one record.
pub(super) fn holds(test: &Test, row: &TiSlice<ColumnId, u32>) -> bool {
    match test {
        Test::In { column, values } => values.contains(&row[*column]),
        Test::Between { column, from, to } => row[*column] > 0 && (*from..=*to).contains(&row[*column]),
        Test::All(tests) => tests.iter().all(|test| holds(test, row)),
        Test::Any(tests) => tests.iter().any(|test| holds(test, row)),
        Test::Not(test) => !holds(test, row),
    }
}

pub(super) fn coordinate(cell: Cell<'_>, bound: f64) -> Result<Option<f64>, Fault> {
    let value = match cell {
        Cell::Empty => return Ok(None),
        Cell::Text(text) => text.parse::<f64>().ok(),
        Cell::Number(value) => Some(value),
        _ => None,
    };
    let within = value.filter(|value| value.abs() <= bound);
    within.map(Some).ok_or_else(|| {
        fault(code::data::NOT_A_COORDINATE, format!("the value is no number of degrees from −{bound} to {bound}"))
    })
}

pub(super) fn boolean(cell: Cell<'_>) -> Decoded {
    match cell {
        Cell::Text("true" | "True" | "TRUE") | Cell::Boolean(true) => Ok(2),
        Cell::Text("false" | "False" | "FALSE") | Cell::Boolean(false) => Ok(1),
        _ => Err(Fault {
            hint: Hint::Words("write `true` or `false`, without spaces around"),
            ..fault(code::data::NOT_A_BOOLEAN, "the value is neither `true` nor `false`")
        }),
    }
}

pub(super) fn empty(column: &Column) -> Decoded {
    if column.optional { Ok(0) } else { Err(missing()) }
}

pub(super) fn missing() -> Fault {
    fault(code::data::MISSING_VALUE, "the value is empty, and this record needs one")
}

pub(super) fn fault(code: Code, message: impl Into<String>) -> Fault {
    Fault { code, message: message.into(), hint: Hint::None }
}

/// Reports a fault; those of one column that read alike are told once, with their number.
pub(super) fn report(tally: &mut Tally, spot: Spot<'_>, fault: Fault, help: impl FnOnce() -> Option<String>) {
    let Fault { code, message, .. } = fault;
    let key = format!("{}\0{}\0{code}\0{message}", usize::from(spot.source), spot.column.unwrap_or_default());
    tally.add_repeated(code, key, spot.unit, || {
        let place = Place::Record { file: spot.file.clone(), line: spot.line, column: spot.column.map(str::to_owned) };
        Finding::error(code, message).at(place).help(help())
    });
}

/// Shows at most 40 characters of a code or an id, those that cannot be seen by their numbers.
///
/// A value with a line break or a quote may hold other values, which are never told.
pub(in crate::confidential::data) fn shown(text: &str) -> String {
    if text.contains(['\n', '\r', '"']) {
        return "…".to_owned();
    }
    let mut shown = String::new();
    for c in text.chars().take(40) {
        match c {
            ' ' => shown.push(' '),
            c if is_unseen(c) => shown += &format!("<U+{:04X}>", u32::from(c)),
            c => shown.push(c),
        }
    }
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_may_hold_others_is_not_shown() {
        assert_eq!(shown(" M"), " M");
        assert_eq!(shown("M\u{200b}\t"), "M<U+200B><U+0009>");
        assert_eq!(shown(&"é".repeat(41)), "é".repeat(40) + "…");
        assert_eq!(shown("M\nSYN-2,CT"), "…");
        assert_eq!(shown("M\rSYN-2,CT"), "…");
        assert_eq!(shown("M\",CT"), "…");
    }
}
