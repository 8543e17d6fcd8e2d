//! Records within a value: what a quote that was never meant to open, or one that was, takes in.

use crate::spec::{Column, ColumnType};
use crate::unit::nfc;

use super::Decoder;
use super::date::date;

/// How many values must be what their columns take.
const ENOUGH: usize = 3;

impl Decoder<'_> {
    /// Tells whether a value holds a line that is a record of this source itself: as many values as the header names,
    /// and those of the spec's columns all such as these take.
    ///
    /// A note that spans lines is none. Two quotes that are not closed close each other, and the records between them
    /// would be gone without a word.
    pub(in crate::data) fn swallows(&self, value: &str, positions: &[usize], width: usize) -> bool {
        let lines = value.split(['\n', '\r']).skip(1);
        lines.filter(|line| line.matches(',').count() + 1 == width).any(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let columns = self.source.columns.iter().zip(positions);
            let told: Vec<Option<bool>> =
                columns.map(|(column, at)| cells.get(*at).and_then(|cell| self.fits(column, cell))).collect();
            told.iter().flatten().count() >= ENOUGH && told.iter().flatten().all(|fits| *fits)
        })
    }

    /// Tells whether a text is such as a column takes; of ids, and of what may be empty and is, it cannot be told.
    fn fits(&self, column: &Column, text: &str) -> Option<bool> {
        if text.is_empty() {
            return if column.optional || column.kind == ColumnType::Code { None } else { Some(false) };
        }
        Some(match column.kind {
            ColumnType::Date => date(text).is_some(),
            ColumnType::Boolean => matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE"),
            ColumnType::Jurisdiction => self.jurisdictions.contains_key(&nfc(text)),
            ColumnType::Code => {
                let at = self.source.columns.iter().position(|one| std::ptr::eq(one, column))?;
                self.codes[at].iter().any(|codes| codes.contains_key(&nfc(text)))
            }
            ColumnType::County => text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit()),
            ColumnType::Longitude | ColumnType::Latitude => text.parse::<f64>().is_ok(),
            ColumnType::Id | ColumnType::Reference => return None,
        })
    }
}
