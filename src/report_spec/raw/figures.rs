//! Figures: counters, tables, maps and ranks.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Condition, FigureRule, Forms, TableRule};

/// A rank among the ranked jurisdictions by the count of a population, 1 for the highest.
///
/// Ties share a rank and the next ones are skipped (competition ranking). Prose reads it as
/// `ranks.NAME.position` (`31st`), `.number` (`31`), `.tied` and `.among`; where a jurisdiction has no
/// rank, `ranks.NAME` is false.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rank {
    /// The population.
    pub of: String,
}

/// One counter: a figure over its label, with a pictogram.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counter {
    /// The population.
    pub of: String,
    /// Which of its records count; all when left out.
    #[serde(default, rename = "where")]
    pub filter: Option<Condition>,
    /// Label by the plural category of the figure.
    pub label: Forms,
    /// Pictogram, one that the layout draws.
    #[serde(default)]
    pub pictogram: Option<Pictogram>,
    /// Note whose marker follows the label.
    #[serde(default)]
    pub note: Option<String>,
    /// How a figure under the threshold is published.
    pub small_counts: FigureRule,
}

/// A pictogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pictogram {
    /// A telephone.
    Phone,
    /// A letter.
    Envelope,
    /// A form with lines.
    Form,
    /// Two speech balloons.
    Chat,
    /// A mobile phone with a text.
    Text,
}

/// A table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// The population that it counts.
    pub of: String,
    /// Which of its records count; all when left out.
    #[serde(default, rename = "where")]
    pub filter: Option<Condition>,
    /// What its rows are.
    pub rows: Rows,
    /// The population whose total is the base of percents; when left out, the table's own total: of the records that it
    /// counts, by its `where`.
    #[serde(default)]
    pub percent_of: Option<String>,
    /// Columns from left to right; the first holds the labels, and no other does.
    pub columns: Vec<TableColumn>,
    /// Order of the rows.
    #[serde(default)]
    pub order: Order,
    /// Whether rows that count nothing are printed.
    #[serde(default)]
    pub zero_rows: ZeroRows,
    /// The last row.
    #[serde(default)]
    pub total: Option<Total>,
    /// How its small counts are published.
    pub small_counts: TableRule,
    /// How the small counts of the upper rows of a hierarchical table are published.
    #[serde(default)]
    pub parents: Option<TableRule>,
}

/// What the rows of a table are: `codes`, `codes` with `then`, or `flags`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    /// One row for each code of this column: a frequency table.
    #[serde(default)]
    pub codes: Option<String>,
    /// Below each of them, one row for each code of this column: a hierarchical table.
    #[serde(default)]
    pub then: Option<String>,
    /// One row for each code of this list, which counts where the boolean column of that name is
    /// true: a multiple-response table.
    #[serde(default)]
    pub flags: Option<String>,
}

/// A column of a table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableColumn {
    /// What its cells hold.
    pub cell: CellKind,
    /// Its head. Template.
    pub head: String,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellKind {
    /// The row's label.
    Label,
    /// The row's count.
    Count,
    /// The row's percent of the base.
    Percent,
}

impl CellKind {
    /// Returns its name, as a spec writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Count => "count",
            Self::Percent => "percent",
        }
    }
}

/// Order of the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By count, highest first; ties in the order of the code list.
    #[default]
    Count,
    /// In the order of the code list.
    List,
}

/// Whether rows that count nothing are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ZeroRows {
    /// They are left out: an open list.
    #[default]
    Drop,
    /// They are kept: a fixed list.
    Keep,
}

/// The last row of a table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Total {
    /// Its label. Template.
    pub label: String,
    /// What its percent cell says as it is, e.g. `100.0%`; left out together with the count, both cells are empty.
    #[serde(default)]
    pub percent: Option<String>,
    /// Prints the table's total; else its count cell is empty.
    #[serde(default = "yes")]
    pub count: bool,
}

fn yes() -> bool {
    true
}

/// A county-level heat map.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Map {
    /// The population whose records are counted by county.
    pub of: String,
    /// The source that holds the counties of its records; several rows a record.
    pub through: String,
    /// Folder of the boundaries; all maps of an edition have the same.
    pub boundaries: String,
    /// Year of the boundaries; others are refused.
    pub vintage: u16,
    /// The smallest count that is shaded; the edition's threshold when left out.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub threshold: Option<u64>,
    /// Classes from the lowest up, each beginning at a count; the first at the threshold.
    pub classes: Vec<MapClass>,
    /// Colour of counties that are not shaded.
    pub unshaded: MapClass,
    /// Title of the legend. Template.
    pub legend: String,
    /// Greatest width of the picture on the page, in points.
    pub width_pt: f64,
    /// Greatest height of the picture on the page, in points.
    pub height_pt: f64,
    /// Resolution at the placed size, in pixels per inch.
    #[serde(default = "print_resolution")]
    #[schemars(range(min = 72, max = 1200))]
    pub ppi: u32,
    /// Font file of the map's labels.
    pub font: String,
    /// Alternative text. Template, with `map.title`, `map.classes`, `map.unshaded` and `map.areas`.
    pub alternative: String,
    /// What becomes of locations that contradict their case: in another jurisdiction, in no county, or with a GEOID that
    /// is not the point's.
    #[serde(default)]
    pub outside: Outside,
    /// How far a point may lie from a county of its case's jurisdiction and still belong to it.
    #[serde(default)]
    pub tolerance: Tolerance,
}

/// What becomes of locations that contradict their case.
///
/// A location in another jurisdiction, or in no county, is on no map; a GEOID counts for more than a point that
/// contradicts it. How many there are is told on the terminal and stands in no published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outside {
    /// They stop the work.
    #[default]
    Refuse,
    /// They are told as warnings, with their lines.
    Warn,
    /// Their number is told.
    Count,
}

/// How far a point may lie from a county of its case's jurisdiction and still belong to it, in metres on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Tolerance {
    /// For a point in another jurisdiction: what boundaries and points may be off. 250 when left out.
    #[schemars(range(min = 0, max = 50_000))]
    pub line_m: f64,
    /// For a point in no county at all, as on a pier or a small island. 2500 when left out.
    #[schemars(range(min = 0, max = 50_000))]
    pub shore_m: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { line_m: 250.0, shore_m: 2500.0 }
    }
}

fn print_resolution() -> u32 {
    300
}

/// A class of a map.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapClass {
    /// The smallest count of the class; left out for the unshaded one.
    #[serde(default)]
    pub from: Option<u64>,
    /// Words of the legend. Template.
    pub label: String,
    /// Colour on screen, `#rrggbb`.
    #[schemars(regex(pattern = r"^#[0-9a-fA-F]{6}$"))]
    pub rgb: String,
    /// Ink in percent: cyan, magenta, yellow, black.
    #[schemars(inner(range(max = 100)))]
    pub cmyk: [u8; 4],
}
