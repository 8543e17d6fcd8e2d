//! Dates, and the forms that are none.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

/// Days of the common era that a date can name: those of the years 1 to 9999.
pub(super) const DAYS: RangeInclusive<u32> = 1..=3_652_059;

/// Reads a date as ISO 8601 writes it in full, `2016-12-31`, and no other.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok())?
    };
    let is_dashed = text.len() == 10 && [4, 7].iter().all(|at| text.as_bytes()[*at] == b'-');
    // 0000 is no year of the common era, and its days would have no number.
    let year = i32::try_from(number(0..4)?).ok().filter(|year| *year > 0)?;
    if is_dashed { NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?) } else { None }
}

pub(super) fn day(date: NaiveDate) -> u32 {
    u32::try_from(date.num_days_from_ce()).unwrap_or(0)
}

/// Says what form a text has that is no date, without telling the date.
pub(super) fn form(text: &str) -> Option<&'static str> {
    let shape = shape(text);
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_ascii_lowercase();
    Some(match shape.as_str() {
        _ if text.trim() != text && date(text.trim()).is_some() => "a date with blanks around it",
        "9999-99-99" => "a day that no calendar has",
        "9/9/9999" | "99/9/9999" | "9/99/9999" | "99/99/9999" => "a date with slashes, like 12/31/2016",
        "9/9/99" | "99/9/99" | "9/99/99" | "99/99/99" => "a date with slashes and a year of two digits, like 12/31/16",
        "9999/9/9" | "9999/99/9" | "9999/9/99" | "9999/99/99" => "a date with slashes, like 2016/12/31",
        "9.9.9999" | "99.9.9999" | "9.99.9999" | "99.99.9999" => "a date with points, like 31.12.2016",
        "9-9-9999" | "99-9-9999" | "9-99-9999" | "99-99-9999" => "a date that ends with its year, like 12-31-2016",
        "9999-9-9" | "9999-99-9" | "9999-9-99" => "a date without leading zeros, like 2016-1-5",
        "99999" | "99999.9" => "the serial number of a day, as spreadsheets keep dates (42735 is 2016-12-31)",
        "99999999" => "a date without hyphens, like 20161231",
        shape if shape.starts_with("9999-99-99T") || shape.starts_with("9999-99-99 ") => {
            "a date with a time of day, like 2016-12-31 00:00:00"
        }
        shape if shape.starts_with('9') && shape.contains("/9") && shape.contains(':') => {
            "a date with slashes and a time of day, like 12/31/2016 0:00"
        }
        _ if text.len() <= 40 && months.iter().any(|month| lower.contains(month)) && shape.contains('9') => {
            "a date with the name of its month"
        }
        _ => return None,
    })
}

/// Writes every digit as 9, the first 24 characters of a text at most; digits behind a point as one.
fn shape(text: &str) -> String {
    let shape: String = text.chars().take(24).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    match shape.strip_prefix("99999.") {
        Some(fraction) if fraction.bytes().all(|byte| byte == b'9') => "99999.9".to_owned(),
        _ => shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_ten_characters_of_iso_8601() {
        assert_eq!(date("2016-02-29"), NaiveDate::from_ymd_opt(2016, 2, 29));
        assert_eq!(
            ["0001-01-01", "9999-12-31"].map(|text| date(text).map(day)),
            [Some(*DAYS.start()), Some(*DAYS.end())]
        );
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
            "0000-01-01",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_date_is_told_by_its_form() {
        for (text, words) in [
            ("03/14/2016", "a date with slashes, like 12/31/2016"),
            ("3/4/2016", "a date with slashes, like 12/31/2016"),
            ("3/4/16", "a date with slashes and a year of two digits, like 12/31/16"),
            ("3/14/2016 0:00", "a date with slashes and a time of day, like 12/31/2016 0:00"),
            ("42443", "the serial number of a day, as spreadsheets keep dates (42735 is 2016-12-31)"),
            ("42443.25", "the serial number of a day, as spreadsheets keep dates (42735 is 2016-12-31)"),
            ("20160314", "a date without hyphens, like 20161231"),
            ("2016-02-30", "a day that no calendar has"),
            ("2016-03-14T00:00:00Z", "a date with a time of day, like 2016-12-31 00:00:00"),
            ("2016-03-14 00:00:00", "a date with a time of day, like 2016-12-31 00:00:00"),
            ("14.03.2016", "a date with points, like 31.12.2016"),
            ("2016-3-4", "a date without leading zeros, like 2016-1-5"),
            ("14-Mar-2016", "a date with the name of its month"),
            (" 2016-03-14", "a date with blanks around it"),
        ] {
            assert_eq!(form(text), Some(words), "{text}");
        }
        for text in ["", "x", "1987", "Marker", "－", "2016"] {
            assert_eq!(form(text), None, "{text}");
        }
    }

    #[test]
    fn serial_numbers_of_days_begin_with_1900() {
        // Day 60 of spreadsheets is a 29 February 1900 that was none; from 1 March on, day 0 is 30 December 1899.
        let zero = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
        assert_eq!(zero + chrono::Days::new(42_735), NaiveDate::from_ymd_opt(2016, 12, 31).unwrap());
    }
}
