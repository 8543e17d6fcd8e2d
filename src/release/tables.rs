//! The published tables of a report, read back from what was published.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diag::Finding;

/// The published tables of one report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tables {
    /// Whose they are.
    pub jurisdiction: Jurisdiction,
    /// Figures in prose; an older program wrote none.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Single figures.
    pub counters: Vec<Counter>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Maps.
    pub maps: Vec<Map>,
}

/// A jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Jurisdiction {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A figure in prose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Figure {
    /// Its name in templates.
    pub id: String,
    /// As printed.
    pub text: String,
    /// Words stand for it.
    #[serde(default)]
    pub hidden: bool,
}

/// A single figure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Counter {
    /// As printed.
    pub value: String,
    /// The count, where it is shown.
    #[serde(default)]
    pub count: Option<u64>,
    /// What it counts.
    pub label: String,
}

impl Counter {
    /// Tells whether words stand for a hidden figure; older programs wrote no count.
    pub fn is_hidden(&self) -> bool {
        self.count.is_none() && !self.value.contains(|letter: char| letter.is_ascii_digit())
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Table {
    /// Its name in the spec.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Column {
    /// `label`, `count` or `percent`.
    pub kind: String,
    /// Its head.
    pub head: String,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Codes that name it, from the top down.
    pub key: Vec<String>,
    /// What it is.
    pub role: String,
    /// Depth of its label.
    pub level: u8,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Cell {
    /// As printed.
    pub text: String,
    /// The count, where it is shown.
    pub value: Option<u64>,
    /// Words stand for a hidden figure.
    #[serde(default)]
    pub hidden: bool,
}

/// A map.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Map {
    /// Its name in the spec.
    pub id: String,
    /// Words of the classes, from the lowest up.
    pub classes: Vec<String>,
    /// Words of what is not shaded.
    pub unshaded: String,
    /// Index of the class of each shaded county.
    pub counties: BTreeMap<String, usize>,
    /// Names of the shaded counties.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
}

impl Map {
    /// Returns the words of a county's class.
    pub fn class_of(&self, county: &str) -> &str {
        self.counties.get(county).and_then(|class| self.classes.get(*class)).unwrap_or(&self.unshaded)
    }

    /// Lists the counties whose class is another in a later map, by GEOID, with the words of both classes.
    pub fn reclassed<'a>(&'a self, later: &'a Self) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        let counties: BTreeSet<&String> = self.counties.keys().chain(later.counties.keys()).collect();
        let classes =
            counties.into_iter().map(|county| (county.as_str(), self.class_of(county), later.class_of(county)));
        classes.filter(|(_, before, after)| before != after)
    }
}

impl Tables {
    /// Tells whether others publish the same: figures, counters, tables and maps. What else the file says, as
    /// its notice, is no figure.
    pub(super) fn have_figures_of(&self, other: &Self) -> bool {
        (&self.figures, &self.counters, &self.tables, &self.maps)
            == (&other.figures, &other.counters, &other.tables, &other.maps)
    }

    /// Reads the tables of a report from the JSON that is published.
    ///
    /// # Errors
    /// Says that the file is of another form.
    pub fn read(path: &str, content: &[u8]) -> Result<Self, Finding> {
        serde_json::from_slice(content).map_err(|error| {
            let message = format!("line {} is no part of published tables", error.line());
            Finding::error("release::tables", message).in_file(path.to_owned())
        })
    }
}
