//! The published tables of a report, read back from what was published.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diag::{Finding, code};

/// The published tables of one report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Tables {
    /// Whose they are.
    pub jurisdiction: Jurisdiction,
    /// Figures in prose; none of an older program, which did not publish them.
    #[serde(default)]
    pub figures: Option<Vec<Figure>>,
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
    /// The words around it.
    #[serde(default)]
    pub around: Option<String>,
}

impl Figure {
    /// Tells whether it is a rank, which is printed only where it is shown.
    pub(super) fn is_rank(&self) -> bool {
        self.id.starts_with("ranks.")
    }
}

/// A single figure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Counter {
    /// Name of its row in the spec; an older program wrote none.
    #[serde(default)]
    pub row: String,
    /// What it counts, whatever its number; likewise.
    #[serde(default)]
    pub name: String,
    /// As printed.
    pub value: String,
    /// The count, where it is shown.
    #[serde(default)]
    pub count: Option<u64>,
    /// Words stand for it.
    #[serde(default)]
    pub hidden: bool,
    /// Its label.
    pub label: String,
}

impl Counter {
    /// Tells whether words stand for a hidden figure.
    pub fn is_hidden(&self) -> bool {
        // An older program wrote no count.
        self.hidden || (self.count.is_none() && !self.value.contains(|letter: char| letter.is_ascii_digit()))
    }

    /// Tells whether another is the same counter, of another publication.
    fn is_same(&self, other: &Self) -> bool {
        (&self.row, &self.name) == (&other.row, &other.name)
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

impl Row {
    /// Tells whether another is the same row, of another publication: by its codes and its role, whatever it is called.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.key == other.key && self.role == other.role
    }

    /// Returns its label.
    pub(super) fn label(&self) -> String {
        self.cells.first().map(|cell| cell.text.clone()).unwrap_or_default()
    }
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
        let printed = |figures: &[Figure]| -> Vec<(String, String, bool)> {
            figures.iter().map(|one| (one.id.clone(), one.text.clone(), one.hidden)).collect()
        };
        let have_same_prose = match (&self.figures, &other.figures) {
            (Some(own), Some(other)) => printed(own) == printed(other),
            // An older program did not publish them: there is nothing to compare.
            _ => true,
        };
        let are_same = |(own, other): (&Counter, &Counter)| {
            (&own.value, &own.label, own.is_hidden()) == (&other.value, &other.label, other.is_hidden())
        };
        have_same_prose
            && self.counters.len() == other.counters.len()
            && self.counters.iter().zip(&other.counters).all(are_same)
            && (&self.tables, &self.maps) == (&other.tables, &other.maps)
    }

    /// Pairs the counters with those of a later publication, in the order of that; what only this one has comes last.
    ///
    /// Counters are paired by their names, for a spec may exchange two of them; those without a partner by their places.
    pub(super) fn counters_with<'a>(&'a self, later: &'a Self) -> Vec<(Option<&'a Counter>, Option<&'a Counter>)> {
        let mut partners: Vec<Option<usize>> = vec![None; later.counters.len()];
        let mut is_free = vec![true; self.counters.len()];
        for (partner, counter) in partners.iter_mut().zip(&later.counters) {
            let named = |at: &usize| is_free[*at] && !counter.name.is_empty() && self.counters[*at].is_same(counter);
            *partner = (0..self.counters.len()).find(named);
            partner.iter().for_each(|at| is_free[*at] = false);
        }
        for (at, partner) in partners.iter_mut().enumerate() {
            if partner.is_none() && is_free.get(at) == Some(&true) {
                *partner = Some(at);
                is_free[at] = false;
            }
        }
        let pairs = partners.into_iter().zip(&later.counters);
        let pairs = pairs.map(|(partner, counter)| (partner.map(|at| &self.counters[at]), Some(counter)));
        let gone =
            self.counters.iter().zip(is_free).filter_map(|(counter, is_free)| is_free.then_some((Some(counter), None)));
        pairs.chain(gone).collect()
    }

    /// Reads the tables of a report from the JSON that is published.
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
