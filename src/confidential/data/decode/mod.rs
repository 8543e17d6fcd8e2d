//! Values of records: from cells to the numbers of a batch, with every violation reported.

mod column;
mod date;
mod header;
mod hint;
mod likeness;
mod value;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::boundaries::CountyIndex;
use crate::diag::{Tally, code};
use crate::report_spec::{Code, Column, ColumnId, ColumnType, Source, SourceId, Spec, TiSlice, TiVec};
use crate::unit::nfc;

use super::Registry;
use super::batch::Batch;

pub(super) use value::{Cell, shown};

use date::day;
use value::{Decoded, Fault, Spot, coordinate, fault, holds, missing, report};

/// Numbers of codes, which are in normalization form C.
type Codes<'a> = HashMap<Cow<'a, str>, u32, RandomState>;

/// Decodes the records of one source.
pub(super) struct Decoder<'a> {
    spec: &'a Spec,
    index: SourceId,
    source: &'a Source,
    counties: Option<&'a CountyIndex>,
    registry: &'a mut Registry,
    /// For each code column, below each number of its parent (0 without), the number of each code.
    codes: TiVec<ColumnId, Vec<Codes<'a>>>,
    jurisdictions: Codes<'a>,
    period: (u32, u32),
    longitude: Option<ColumnId>,
    latitude: Option<ColumnId>,
    row: TiVec<ColumnId, u32>,
    /// Columns of the current record whose value is reported already.
    faulty: TiVec<ColumnId, bool>,
}

/// Where the record being decoded stands.
#[derive(Clone, Copy)]
pub(super) struct At<'r> {
    pub(super) file: &'r Arc<str>,
    /// Its line, or its row where the file has those.
    pub(super) line: u64,
    /// What the file counts: `line` or `row`.
    pub(super) unit: &'static str,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(
        spec: &'a Spec,
        index: SourceId,
        counties: Option<&'a CountyIndex>,
        registry: &'a mut Registry,
    ) -> Self {
        let source = &spec.sources[index];
        let jurisdictions = (1..)
            .zip(&spec.jurisdictions)
            .filter(|(_, jurisdiction)| !jurisdiction.nation)
            .map(|(number, jurisdiction)| (nfc(&jurisdiction.code), number));
        Self {
            spec,
            index,
            source,
            counties,
            registry,
            codes: source.columns.iter().map(|column| code_numbers(spec, source, column)).collect(),
            jurisdictions: jurisdictions.collect(),
            period: (day(spec.period.0), day(spec.period.1)),
            longitude: source.column_of(ColumnType::Longitude),
            latitude: source.column_of(ColumnType::Latitude),
            row: TiVec::new(),
            faulty: TiVec::new(),
        }
    }

    /// Returns the source.
    pub(super) fn source(&self) -> &'a Source {
        self.source
    }

    /// Makes an empty batch for this source.
    pub(super) fn batch(&self, file: &Arc<str>) -> Batch {
        Batch::new(file.clone(), self.source.columns.len())
    }

    /// Notes that records of this source were left unread.
    pub(super) fn mark_incomplete(&mut self) {
        self.registry[self.index].is_incomplete = true;
    }

    /// Decodes a record and appends it to the batch; a record with a violation is left out.
    ///
    /// Each cell comes with the line where it begins itself.
    pub(super) fn push<'c>(
        &mut self,
        record: At<'_>,
        cells: impl Iterator<Item = (u64, Cell<'c>)>,
        batch: &mut Batch,
        tally: &mut Tally,
    ) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        self.faulty.clear();
        let mut point = [None, None];
        let mut sound = true;
        for ((at, column), (line, cell)) in self.source.columns.iter_enumerated().zip(cells) {
            let decoded = match column.kind {
                ColumnType::Longitude => coordinate(cell, 180.0).map(|value| point[0] = value).map(|()| 0),
                ColumnType::Latitude => coordinate(cell, 90.0).map(|value| point[1] = value).map(|()| 0),
                _ => self.decode(at, column, cell, &row),
            };
            row.push(*decoded.as_ref().unwrap_or(&0));
            self.faulty.push(decoded.is_err());
            if let Err(fault) = decoded {
                sound = false;
                let hint = fault.hint;
                let text = if let Cell::Text(text) = cell { text } else { "" };
                report(tally, self.spot(At { line, ..record }, Some(at)), fault, || self.help(at, hint, text));
            }
        }
        sound &= self.required(record, &row, tally);
        let point = match point {
            [Some(longitude), Some(latitude)] => Some((longitude, latitude)),
            [None, None] => None,
            _ if self.is_faulty(self.longitude) || self.is_faulty(self.latitude) => None,
            half => {
                let missing = if half[0].is_none() { self.longitude } else { self.latitude };
                let fault = fault(code::data::HALF_POINT, "a point needs both its coordinates, and one is empty");
                report(tally, self.spot(record, missing), fault, || None);
                sound = false;
                None
            }
        };
        if sound {
            for (column, value) in batch.columns.iter_mut().zip(&row) {
                column.push(*value);
            }
            batch.points.push(point);
            batch.lines.push(record.line);
        }
        self.row = row;
    }

    fn spot<'r>(&self, at: At<'r>, column: Option<ColumnId>) -> Spot<'r>
    where
        'a: 'r,
    {
        Spot {
            file: at.file,
            line: at.line,
            column: column.map(|at| self.source.columns[at].name.as_str()),
            unit: at.unit,
            source: self.index,
        }
    }

    fn is_faulty(&self, column: Option<ColumnId>) -> bool {
        column.is_some_and(|column| self.faulty.get(column).copied().unwrap_or(false))
    }

    /// Reports columns that are empty where the spec's condition requires a value.
    fn required(&self, record: At<'_>, row: &TiSlice<ColumnId, u32>, tally: &mut Tally) -> bool {
        let mut sound = true;
        for (at, column) in self.source.columns.iter_enumerated() {
            let Some(test) = &column.required_where else { continue };
            if row[at] == 0 && !self.is_faulty(Some(at)) && holds(test, row) {
                report(tally, self.spot(record, Some(at)), missing(), || None);
                sound = false;
            }
        }
        sound
    }
}

/// Numbers the codes of a column, each below its parent's number.
fn code_numbers<'a>(spec: &'a Spec, source: &Source, column: &Column) -> Vec<Codes<'a>> {
    let Some(list) = column.list else { return Vec::new() };
    let parents = column.parent.and_then(|parent| source.columns[parent].list);
    let parents = parents.map(|list| spec.lists[list].codes.raw.as_slice()).unwrap_or_default();
    let mut numbers = vec![Codes::default(); parents.len() + 1];
    for (code, parent, at) in spec.lists[list].spellings() {
        let is_parent = |code: &Code| parent == Some(code.code.as_str());
        let parent = parents.iter().position(is_parent).map_or(0, |position| position + 1);
        numbers[parent].insert(nfc(code), at.number());
    }
    numbers
}
