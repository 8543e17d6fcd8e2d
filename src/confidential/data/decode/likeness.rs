//! Records within a value: what a quote that was never meant to open, or one that was, takes in.

use std::cmp::Ordering;

use crate::report_spec::{ColumnId, ColumnType, TiSlice};
use crate::unit::nfc;

use super::column::is_geoid;
use super::date::date;
use super::value::{boolean, coordinate};
use super::{Cell, Decoder};

/// How many values must be what their columns take.
const ENOUGH: usize = 3;

impl Decoder<'_> {
    /// Tells whether the value at this place of a record, which spans lines, took in records of this source: a line
    /// within it is one, or its first and its last line are the end of one and the beginning of another.
    ///
    /// A line is a record where it has as many values as the header names, and those of the spec's columns are all
    /// such as these take. A note that spans lines is none. Two quotes that are not closed close each other, and what
    /// stands between them would be gone without a word.
    pub(in crate::confidential::data) fn swallows<'v>(
        &self,
        value: &'v str,
        at: usize,
        positions: &TiSlice<ColumnId, usize>,
        width: usize,
    ) -> bool {
        let Some((first, rest)) = value.split_once(['\n', '\r']) else { return false };
        let cells = |line: &'v str| line.split(',').collect::<Vec<_>>();
        let is_record = |line: &'v str| {
            let cells = cells(line);
            self.is_record(positions, |place| cells.get(place).copied())
        };
        if rest.split(['\n', '\r']).filter(|line| line.matches(',').count() + 1 == width).any(is_record) {
            return true;
        }
        let (first, last) = (cells(first), cells(rest.rsplit(['\n', '\r']).next().unwrap_or_default()));
        let has_both = first.len() >= width - at && last.len() > at;
        has_both
            && self.is_record(positions, |place| match place.cmp(&at) {
                Ordering::Less => last.get(place).copied(),
                Ordering::Equal => None,
                Ordering::Greater => first.get(first.len() + place - width).copied(),
            })
    }

    /// Tells whether the cells at these positions are all such as the spec's columns take, as far as it can be told.
    fn is_record<'c>(&self, positions: &TiSlice<ColumnId, usize>, cell: impl Fn(usize) -> Option<&'c str>) -> bool {
        let told: Vec<bool> =
            positions.iter_enumerated().filter_map(|(at, place)| self.fits(at, cell(*place)?)).collect();
        told.len() >= ENOUGH && told.iter().all(|fits| *fits)
    }

    /// Tells whether a text is such as a column takes; of ids, and of what may be empty and is, it cannot be told.
    fn fits(&self, at: ColumnId, text: &str) -> Option<bool> {
        let (column, cell) = (&self.source.columns[at], Cell::Text(text));
        if text.is_empty() {
            return if column.optional || column.kind == ColumnType::Code { None } else { Some(false) };
        }
        Some(match column.kind {
            ColumnType::Date => date(text).is_some(),
            ColumnType::Boolean => boolean(cell).is_ok(),
            ColumnType::Jurisdiction => self.jurisdictions.contains_key(&nfc(text)),
            ColumnType::Code => self.codes[at].iter().any(|codes| codes.contains_key(&nfc(text))),
            ColumnType::County => is_geoid(text),
            ColumnType::Longitude | ColumnType::Latitude => coordinate(cell, 180.0).is_ok(),
            ColumnType::Id | ColumnType::Reference => return None,
        })
    }
}
