//! Values of records: from cells to the numbers of a batch, with every violation reported.

mod header;
mod value;

use std::collections::HashMap;
use std::sync::Arc;

use crate::boundaries::CountyIndex;
use crate::diag::{Tally, nearest};
use crate::spec::{Column, ColumnType, Source, Spec};

use super::Registry;
use super::batch::Batch;

pub(super) use value::{Cell, shown};

use value::{Decoded, Fault, boolean, coordinate, date, day, empty, fault, holds, missing, report};

/// Decodes the records of one source.
pub(super) struct Decoder<'a> {
    spec: &'a Spec,
    index: usize,
    source: &'a Source,
    counties: Option<&'a CountyIndex>,
    registry: &'a mut Registry,
    /// For each code column, the number of each code (below each parent).
    codes: Vec<HashMap<(u32, &'a str), u32>>,
    jurisdictions: HashMap<&'a str, u32>,
    period: (u32, u32),
    longitude: Option<usize>,
    latitude: Option<usize>,
    row: Vec<u32>,
    /// Columns of the current record whose value is reported already.
    faulty: Vec<bool>,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(
        spec: &'a Spec,
        index: usize,
        counties: Option<&'a CountyIndex>,
        registry: &'a mut Registry,
    ) -> Self {
        let source = &spec.sources[index];
        let jurisdictions = (1..)
            .zip(&spec.jurisdictions)
            .filter(|(_, one)| !one.nation)
            .map(|(number, one)| (one.code.as_str(), number));
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
            row: Vec::new(),
            faulty: Vec::new(),
        }
    }

    /// Makes an empty batch for this source.
    pub(super) fn batch(&self, file: &Arc<str>) -> Batch {
        Batch::new(file.clone(), self.source.columns.len())
    }

    /// Notes that records of this source were left unread.
    pub(super) fn gap(&mut self) {
        self.registry[self.index].has_gaps = true;
    }

    /// Finds the spec's columns in a file's header.
    pub(super) fn positions(&mut self, name: &Arc<str>, header: &[&str], tally: &mut Tally) -> Option<Vec<usize>> {
        let positions = self.columns(name, header, tally);
        if positions.is_none() {
            self.gap();
        }
        positions
    }

    /// Decodes a record and appends it to the batch; a record with a violation is left out.
    pub(super) fn push<'c>(
        &mut self,
        name: &Arc<str>,
        line: u64,
        cells: impl Iterator<Item = Cell<'c>>,
        batch: &mut Batch,
        tally: &mut Tally,
    ) {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        self.faulty.clear();
        let mut point = [None, None];
        let mut sound = true;
        for (at, cell) in cells.enumerate() {
            let column = &self.source.columns[at];
            let decoded = match column.kind {
                ColumnType::Longitude => coordinate(cell, 180.0).map(|value| point[0] = value).map(|()| 0),
                ColumnType::Latitude => coordinate(cell, 90.0).map(|value| point[1] = value).map(|()| 0),
                _ => self.decode(at, column, cell, &row),
            };
            row.push(*decoded.as_ref().unwrap_or(&0));
            self.faulty.push(decoded.is_err());
            if let Err((code, message, help)) = decoded {
                sound = false;
                report(tally, name, line, Some(&column.name), (code, message, help));
            }
        }
        sound &= self.required(name, line, &row, tally);
        let point = match point {
            [Some(longitude), Some(latitude)] => Some((longitude, latitude)),
            [None, None] => None,
            _ if self.is_faulty(self.longitude) || self.is_faulty(self.latitude) => None,
            half => {
                let missing = if half[0].is_none() { self.longitude } else { self.latitude };
                let column = missing.map(|at| self.source.columns[at].name.clone());
                let message = "a point needs both its coordinates, and one is empty".to_owned();
                report(tally, name, line, column.as_deref(), ("data::half-point", message, None));
                sound = false;
                None
            }
        };
        if sound {
            for (column, value) in batch.columns.iter_mut().zip(&row) {
                column.push(*value);
            }
            batch.points.push(point);
            batch.lines.push(line);
        }
        self.row = row;
    }

    fn is_faulty(&self, column: Option<usize>) -> bool {
        column.is_some_and(|column| self.faulty.get(column).copied().unwrap_or(false))
    }

    /// Reports columns that are empty where the spec's condition requires a value.
    fn required(&self, name: &Arc<str>, line: u64, row: &[u32], tally: &mut Tally) -> bool {
        let mut sound = true;
        for (at, column) in self.source.columns.iter().enumerate() {
            let Some(test) = &column.required_where else { continue };
            if row[at] == 0 && !self.is_faulty(Some(at)) && holds(test, row) {
                let message = "the value is empty, and this record needs one".to_owned();
                report(tally, name, line, Some(&column.name), ("data::missing-value", message, None));
                sound = false;
            }
        }
        sound
    }

    fn decode(&mut self, at: usize, column: &Column, cell: Cell<'_>, row: &[u32]) -> Decoded {
        match column.kind {
            // What belongs to an unknown parent cannot be told.
            ColumnType::Code if self.is_faulty(column.parent) => Ok(0),
            ColumnType::Code => self.code(at, column, cell, row),
            _ if matches!(cell, Cell::Empty) => empty(column),
            ColumnType::Id => self.id(cell),
            ColumnType::Reference => self.reference(column, cell),
            ColumnType::Jurisdiction => self.jurisdiction(cell),
            ColumnType::Boolean => boolean(cell),
            ColumnType::Date => self.date(column, cell),
            ColumnType::County => self.county(cell),
            ColumnType::Longitude | ColumnType::Latitude => Ok(0),
        }
    }

    fn id(&mut self, cell: Cell<'_>) -> Decoded {
        let Cell::Text(id) = cell else { return Err(fault("data::wrong-type", "an id is a text")) };
        let known = &mut self.registry[self.index].numbers;
        let number = u32::try_from(known.len() + 1)
            .map_err(|_| fault("data::too-many", "a source holds at most 4 billion records"))?;
        match known.insert(id.into(), number) {
            None => Ok(number),
            Some(_) => {
                Err(fault("data::duplicate-id", format!("the id `{}` stands in an earlier record too", shown(id))))
            }
        }
    }

    fn reference(&self, column: &Column, cell: Cell<'_>) -> Decoded {
        let Cell::Text(id) = cell else { return Err(fault("data::wrong-type", "an id is a text")) };
        let source = column.source.unwrap_or(self.index);
        let ids = &self.registry[source];
        if ids.has_gaps {
            return Ok(0);
        }
        ids.numbers.get(id).copied().ok_or_else(|| {
            fault(
                "data::unknown-reference",
                format!("`{}` has no record with the id `{}`", self.spec.sources[source].name, shown(id)),
            )
        })
    }

    fn jurisdiction(&self, cell: Cell<'_>) -> Decoded {
        let Cell::Text(code) = cell else { return Err(fault("data::wrong-type", "a jurisdiction is a code")) };
        self.jurisdictions.get(code).copied().ok_or_else(|| {
            let known = self.spec.jurisdictions.iter().filter(|one| !one.nation).map(|one| one.code.as_str());
            let message = format!("no jurisdiction has the code `{}`", shown(code));
            (
                "data::unknown-jurisdiction",
                message,
                nearest(code, known).map(|known| format!("did you mean `{known}`?")),
            )
        })
    }

    fn date(&self, column: &Column, cell: Cell<'_>) -> Decoded {
        let day = match cell {
            Cell::Text(text) => date(text).map(day),
            Cell::Day(days) => u32::try_from(days).ok(),
            _ => None,
        };
        let day = day.ok_or_else(|| fault("data::not-a-date", "the value is no date like 2016-12-31"))?;
        if column.in_period && !(self.period.0..=self.period.1).contains(&day) {
            let message = format!("the date lies outside the period {} to {}", self.spec.period.0, self.spec.period.1);
            return Err(fault("data::outside-period", message));
        }
        Ok(day)
    }

    fn county(&self, cell: Cell<'_>) -> Decoded {
        let text = match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        };
        let digits = text.filter(|text| text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()));
        let Some(geoid) = digits else {
            let short = text.filter(|text| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()));
            let help = self.counties.zip(short).and_then(|(counties, text)| counties.nearest_hint(text));
            let help = help.unwrap_or_else(|| "a GEOID is a text of five digits, and keeps its leading zero".into());
            return Err(("data::not-a-county", "the value is no county GEOID".into(), Some(help)));
        };
        if let Some(counties) = self.counties
            && !counties.knows(geoid)
        {
            let message = format!("the boundaries of {} have no county `{geoid}`", counties.vintage());
            return Err(("data::unknown-county", message, counties.nearest_hint(geoid)));
        }
        geoid.parse().map_err(|_| fault("data::not-a-county", "the value is no county GEOID"))
    }

    fn code(&self, at: usize, column: &Column, cell: Cell<'_>, row: &[u32]) -> Decoded {
        let parent = column.parent.map_or(0, |parent| row.get(parent).copied().unwrap_or(0));
        let code = match cell {
            Cell::Empty => "",
            Cell::Text(code) => code,
            _ => return Err(fault("data::wrong-type", "a code is a text")),
        };
        if let Some(number) = self.codes[at].get(&(parent, code)) {
            return Ok(*number);
        }
        if code.is_empty() {
            let has_siblings = column.parent.is_some() && self.codes[at].keys().any(|(of, _)| *of == parent);
            return if column.optional && !has_siblings { Ok(0) } else { Err(missing()) };
        }
        Err(self.unknown_code(at, column, code, parent))
    }

    fn unknown_code(&self, at: usize, column: &Column, code: &str, parent: u32) -> Fault {
        if self.codes[at].keys().any(|(_, known)| *known == code) {
            let message = format!(
                "the code `{}` does not belong to the record's `{}`",
                shown(code),
                column.parent.map_or("", |parent| &self.source.columns[parent].name)
            );
            let parents = column.list.map(|list| self.spec.lists[list].codes.as_slice()).unwrap_or_default();
            let parents: Vec<String> = parents
                .iter()
                .filter(|one| one.code == code)
                .filter_map(|one| Some(format!("`{}`", one.parent.as_deref()?)))
                .collect();
            let help = (!parents.is_empty()).then(|| format!("it belongs to {}", parents.join(" and ")));
            return ("data::wrong-parent", message, help);
        }
        let mut known: Vec<&str> = self.codes[at]
            .keys()
            .filter(|(of, code)| *of == parent && !code.is_empty())
            .map(|(_, code)| *code)
            .collect();
        known.sort_unstable();
        let message = format!("`{}` takes no code `{}`", column.name, shown(code));
        ("data::unknown-code", message, nearest(code, known).map(|known| format!("did you mean `{known}`?")))
    }
}

/// Numbers the codes of a column, each below its parent's number.
fn code_numbers<'a>(spec: &'a Spec, source: &Source, column: &Column) -> HashMap<(u32, &'a str), u32> {
    let Some(list) = column.list else { return HashMap::new() };
    let parents = column.parent.and_then(|parent| source.columns[parent].list).map(|list| &spec.lists[list].codes);
    let parent_number = |code: Option<&str>| {
        let position = parents?.iter().position(|parent| Some(parent.code.as_str()) == code)?;
        u32::try_from(position + 1).ok()
    };
    let numbered = (1..).zip(&spec.lists[list].codes);
    numbered
        .map(|(number, code)| ((parent_number(code.parent.as_deref()).unwrap_or(0), code.code.as_str()), number))
        .collect()
}
