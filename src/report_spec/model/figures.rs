//! Counters, tables and maps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::diag::Place;

use super::{
    CellKind, ClassId, CodeId, CodeListId, ColumnId, FigureRule, Forms, Order, Outside, Pictogram, PopulationId, Prose,
    Rule, SourceId, Test, TiVec, Tolerance,
};

/// The figures that texts of an edition name: printed, or asked for their form.
#[derive(Debug, Default)]
pub struct ProseFigures {
    /// Totals of a report.
    pub totals: BTreeSet<PopulationId>,
    /// National totals.
    pub national: BTreeSet<PopulationId>,
    /// Ranks, by name.
    pub ranks: BTreeSet<String>,
}

/// Where the spec defines each of its figures, by name.
#[derive(Debug, Clone, Default)]
pub struct FigurePlaces {
    /// Tables.
    pub tables: BTreeMap<String, Place>,
    /// Rows of counters.
    pub counters: BTreeMap<String, Place>,
    /// Maps.
    pub maps: BTreeMap<String, Place>,
    /// Populations.
    pub populations: BTreeMap<String, Place>,
}

/// A row of counters.
#[derive(Debug)]
pub struct CounterRow {
    /// Its name in the spec.
    pub name: String,
    /// The counters.
    pub counters: Vec<Counter>,
}

/// One counter.
#[derive(Debug)]
pub struct Counter {
    /// The population.
    pub population: PopulationId,
    /// Which of its records count.
    pub filter: Option<Test>,
    /// Label by plural category.
    pub label: Forms,
    /// Pictogram.
    pub pictogram: Option<Pictogram>,
    /// Note whose marker follows the label.
    pub note: Option<String>,
    /// How a small figure is published.
    pub rule: FigureRule,
}

impl Counter {
    /// Returns what it is called in its row, whatever it counts: its label in the plural.
    pub fn name(&self) -> &str {
        &self.label.other
    }
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name in the spec.
    pub name: String,
    /// The population.
    pub population: PopulationId,
    /// Which of its records count.
    pub filter: Option<Test>,
    /// What its rows are.
    pub rows: Rows,
    /// The population whose total is the base of percents; none where it is the table's own total.
    pub base: Option<PopulationId>,
    /// Columns from left to right, with their heads.
    pub columns: Vec<(CellKind, Prose)>,
    /// Order of the rows.
    pub order: Order,
    /// Rows that count nothing are printed.
    pub keep_zero: bool,
    /// The last row.
    pub total: Option<Total>,
    /// How small counts are published (in a tree: of the children).
    pub rule: Rule,
    /// How small counts of a tree's parents are published.
    pub parents: Option<Rule>,
}

/// What the rows of a table are.
#[derive(Debug)]
pub enum Rows {
    /// A frequency table: one row for each code.
    Codes {
        /// The column.
        column: ColumnId,
        /// Its list.
        list: CodeListId,
    },
    /// A hierarchical table: rows for the codes of one column below those of another.
    Tree {
        /// The parents' column.
        column: ColumnId,
        /// The parents' list.
        list: CodeListId,
        /// The children's column.
        child_column: ColumnId,
        /// The children's list.
        child_list: CodeListId,
        /// For each parent, its children in the children's list.
        children: TiVec<CodeId, Vec<CodeId>>,
    },
    /// A multiple-response table: one row for each flag.
    Flags {
        /// The list of flags.
        list: CodeListId,
        /// The boolean column of each.
        columns: TiVec<CodeId, ColumnId>,
    },
}

impl Rows {
    /// Returns the list that names the (upper) rows.
    pub fn list(&self) -> CodeListId {
        match self {
            Self::Codes { list, .. } | Self::Tree { list, .. } | Self::Flags { list, .. } => *list,
        }
    }
}

/// The last row of a table.
#[derive(Debug)]
pub struct Total {
    /// Its label.
    pub label: Prose,
    /// What its percent cell says.
    pub percent: Option<String>,
    /// Its count cell holds the table's total.
    pub count: bool,
}

/// A county-level heat map.
#[derive(Debug)]
pub struct Map {
    /// Its name in the spec.
    pub name: String,
    /// The population.
    pub population: PopulationId,
    /// The source that holds the counties of its records.
    pub through: SourceId,
    /// Folder of the boundaries.
    pub boundaries: PathBuf,
    /// Year of the boundaries.
    pub vintage: u16,
    /// The smallest count that is shaded.
    pub threshold: u64,
    /// Classes from the lowest up, each with its smallest count.
    pub classes: TiVec<ClassId, (u64, MapClass)>,
    /// Counties that are not shaded.
    pub unshaded: MapClass,
    /// Title of the legend.
    pub legend: Prose,
    /// Greatest size on the page, width and height in points.
    pub size_pt: (f64, f64),
    /// Pixels per inch at the placed size.
    pub ppi: u32,
    /// Font file of the labels.
    pub font: PathBuf,
    /// Alternative text.
    pub alternative: Prose,
    /// What becomes of locations that contradict their case.
    pub outside: Outside,
    /// How far a point may lie from its county.
    pub tolerance: Tolerance,
}

/// How a class of a map looks.
#[derive(Debug)]
pub struct MapClass {
    /// Words of the legend.
    pub label: Prose,
    /// Colour on screen.
    pub rgb: [u8; 3],
    /// Ink in percent: cyan, magenta, yellow, black.
    pub cmyk: [u8; 4],
}
