//! The published tables of a report, as they are written and read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::boundaries::Geoid;
use crate::diag::{Finding, code};
use crate::report_spec::{CellKind, ClassId, Pictogram};

use super::id::{FigureId, RowId, RowRole};
use super::prose::ProseId;

/// The published figures of one report: what its pages print, for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedTables {
    /// Short name of the edition.
    pub edition: String,
    /// Whose they are.
    pub jurisdiction: JurisdictionName,
    /// The days that they are of.
    pub period: Period,
    /// Day on which the figures were taken from the records.
    #[serde(with = "super::date")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub data_date: NaiveDate,
    /// Who publishes them.
    pub publisher: String,
    /// Notice on every page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Figures in prose; none of an older program, which did not publish them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Vec<ProseFigure>>,
    /// Single figures.
    pub counters: Vec<PublishedCounter>,
    /// Tables.
    pub tables: Vec<PublishedTable>,
    /// Maps.
    pub maps: Vec<PublishedMap>,
}

/// A jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JurisdictionName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The days that figures are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The first.
    #[serde(with = "super::date")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub from: NaiveDate,
    /// The last.
    #[serde(with = "super::date")]
    #[schemars(with = "String", extend("format" = "date"))]
    pub to: NaiveDate,
}

/// A figure in prose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProseFigure {
    /// Its name in templates.
    pub id: ProseId,
    /// As printed.
    pub text: String,
    /// Words stand for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// The words around it where it first stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub around: Option<String>,
}

impl ProseFigure {
    /// Tells whether it is a rank, which is printed only where it is shown.
    pub fn is_rank(&self) -> bool {
        matches!(self.id, ProseId::Rank { .. })
    }
}

/// A single figure with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedCounter {
    /// Name of its row in the spec; an older program wrote none.
    #[serde(default)]
    pub row: String,
    /// What it counts, whatever its number; likewise.
    #[serde(default)]
    pub name: String,
    /// As printed.
    pub value: String,
    /// The count, where it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Words stand for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Its label.
    pub label: String,
    /// Its pictogram.
    #[serde(default)]
    pub pictogram: Option<Pictogram>,
}

impl PublishedCounter {
    /// Tells whether words stand for a hidden figure.
    pub fn is_hidden(&self) -> bool {
        // An older program wrote no count.
        self.hidden || (self.count.is_none() && !self.value.contains(|letter: char| letter.is_ascii_digit()))
    }

    /// Names it.
    pub fn figure(&self) -> FigureId {
        FigureId::Counter { row: self.row.clone(), name: self.name.clone() }
    }

    /// Tells whether another is the same counter, of another publication.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (&self.row, &self.name) == (&other.row, &other.name)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedTable {
    /// Its name in the spec.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<PublishedColumn>,
    /// Its rows.
    pub rows: Vec<PublishedRow>,
}

impl PublishedTable {
    /// Names a row of it.
    pub fn figure(&self, row: &PublishedRow) -> FigureId {
        FigureId::Row { table: self.id.clone(), row: row.id() }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedColumn {
    /// What its cells hold.
    pub kind: CellKind,
    /// Its head.
    pub head: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedRow {
    /// Codes that name it, from the top down.
    pub key: Vec<String>,
    /// What it is.
    pub role: RowRole,
    /// Depth of its label.
    pub level: u8,
    /// Its cells, one for each column.
    pub cells: Vec<PublishedCell>,
}

impl PublishedRow {
    /// Tells whether another is the same row, of another publication: by its codes and its role, whatever it is called.
    pub fn is_same(&self, other: &Self) -> bool {
        self.key == other.key && self.role == other.role
    }

    /// Returns its label.
    pub fn label(&self) -> &str {
        self.cells.first().map_or("", |cell| cell.text.as_str())
    }

    /// Names it within its table.
    pub fn id(&self) -> RowId {
        RowId { codes: self.key.clone(), role: self.role }
    }

    /// Returns the codes above its own.
    pub fn parent(&self) -> &[String] {
        self.key.split_last().map_or(&[], |(_, parent)| parent)
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedCell {
    /// As printed.
    pub text: String,
    /// The count, where it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<u64>,
    /// Words stand for a hidden figure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// A map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedMap {
    /// Its name in the spec.
    pub id: String,
    /// Words of the classes, from the lowest up.
    pub classes: Vec<String>,
    /// Words of what is not shaded.
    pub unshaded: String,
    /// Index of the class of each shaded county.
    #[schemars(with = "BTreeMap<Geoid, usize>")]
    pub counties: BTreeMap<Geoid, ClassId>,
    /// Names of the shaded counties.
    #[serde(default)]
    pub names: BTreeMap<Geoid, String>,
}

impl PublishedMap {
    /// Names a county of it.
    pub fn figure(&self, county: &Geoid) -> FigureId {
        FigureId::County { map: self.id.clone(), county: county.clone() }
    }
}

impl PublishedTables {
    /// Writes them as the JSON that is published.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("published tables hold only text and numbers");
        text.push(b'\n');
        text
    }

    /// Reads them from the JSON that is published.
    ///
    /// # Errors
    /// Returns an error if the file is of another form.
    pub fn read(path: &str, content: &[u8]) -> Result<Self, Finding> {
        serde_json::from_slice(content).map_err(|error| {
            let message = format!("line {} is no part of published tables", error.line());
            Finding::error(code::release::TABLES, message).in_file(path.to_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let tables = fixture::tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        assert_eq!(PublishedTables::read("test.json", &tables.to_json()).unwrap(), tables);
    }

    #[test]
    fn tables_of_an_older_program_are_read_and_those_of_another_form_are_not() {
        let written = fixture::tables(&[("tip", "Tip", "27", false)]).to_json();
        let mut value: serde_json::Value = serde_json::from_slice(&written).unwrap();
        value.as_object_mut().unwrap().shift_remove("figures");
        value["counters"] = serde_json::json!([{ "value": "24", "label": "Emails", "pictogram": null }]);
        let read = |value: &serde_json::Value| PublishedTables::read("test.json", value.to_string().as_bytes());
        let older = read(&value).unwrap();
        assert_eq!((older.figures, older.counters[0].is_hidden()), (None, false));
        for (pointer, other) in [("/tables/0/rows/0/role", "heading"), ("/period/from", "2016-02-30")] {
            let mut value = value.clone();
            *value.pointer_mut(pointer).unwrap() = other.into();
            assert_eq!(read(&value).unwrap_err().code, code::release::TABLES, "{pointer}");
        }
    }
}
