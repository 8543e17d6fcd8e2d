//! Single values: what a cell of a file becomes, and how it is reported where it becomes nothing.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::diag::{Finding, Place, Tally};
use crate::spec::{Column, Test};

/// A value as it stands in a file.
#[derive(Clone, Copy)]
pub(in crate::data) enum Cell<'a> {
    Empty,
    Text(&'a str),
    Boolean(bool),
    /// Days of the common era.
    Day(i64),
    Number(f64),
    /// A value of a type that no column takes.
    Other,
}

/// A kind of violation: code, words, hint.
pub(super) type Fault = (&'static str, String, Option<String>);

/// What a value became.
pub(super) type Decoded = Result<u32, Fault>;

/// Tells whether a condition holds for one record.
pub(super) fn holds(test: &Test, row: &[u32]) -> bool {
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
        fault("data::not-a-coordinate", format!("the value is no number of degrees from −{bound} to {bound}"))
    })
}

pub(super) fn boolean(cell: Cell<'_>) -> Decoded {
    match cell {
        Cell::Text("true") | Cell::Boolean(true) => Ok(2),
        Cell::Text("false") | Cell::Boolean(false) => Ok(1),
        _ => {
            let help = "write `true` or `false` in lower case, without quotes or spaces".to_owned();
            Err(("data::not-a-boolean", "the value is neither `true` nor `false`".into(), Some(help)))
        }
    }
}

pub(super) fn empty(column: &Column) -> Decoded {
    if column.optional { Ok(0) } else { Err(missing()) }
}

pub(super) fn missing() -> Fault {
    fault("data::missing-value", "the value is empty, and this record needs one")
}

pub(super) fn fault(code: &'static str, message: impl Into<String>) -> Fault {
    (code, message.into(), None)
}

pub(super) fn report(
    tally: &mut Tally,
    name: &Arc<str>,
    line: u64,
    column: Option<&str>,
    (code, message, help): Fault,
) {
    tally.add(code, || {
        let place = Place::Record { file: name.clone(), line, column: column.map(str::to_owned) };
        Finding::error(code, message).at(place).help(help)
    });
}

/// Shows at most 40 characters of a code or an id, none of them a control.
pub(in crate::data) fn shown(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let mut shown: String = text.chars().take(40).map(clean).collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

/// Reads a date as ISO 8601 writes it in full, `2016-12-31`, and no other.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let is_dashed = text.len() == 10 && [4, 7].iter().all(|at| text.as_bytes()[*at] == b'-');
    let year = i32::try_from(number(0..4)?).ok()?;
    if is_dashed { NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?) } else { None }
}

pub(super) fn day(date: NaiveDate) -> u32 {
    u32::try_from(date.num_days_from_ce()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_ten_characters_of_iso_8601() {
        assert_eq!(date("2016-02-29"), NaiveDate::from_ymd_opt(2016, 2, 29));
        for wrong in [
            "2015-02-29",
            "2016-2-029",
            "16-12-31",
            "2016/12/31",
            "2016-12-3 ",
            "+016-12-31",
            "2016-1２-3",
            "",
            "2016-12-311",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }
}
