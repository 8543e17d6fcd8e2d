//! Figures: counters, tables, maps, ranks and their small-count rules.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Condition, FigureRule, Forms};

/// A rank among the ranked jurisdictions by the count of a population, 1 for the highest.
///
/// Ties share a rank and the next ones are skipped (competition ranking). Prose reads it as
/// `ranks.NAME.position` (`31st`), `.number` (`31`), `.tied` and `.among`; where a jurisdiction has no
/// rank, `ranks.NAME` is false.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// The population.
    pub of: String,
}

/// What a hidden figure looks like, and from which count on figures are shown.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmallCounts {
    /// The smallest count that is shown; a count under it is small.
    #[schemars(range(min = 1))]
    pub threshold: u64,
    /// Whether a count of zero is hidden as a small one is.
    pub zero: ZeroRule,
    /// How far the promise goes that no small count can be told.
    #[serde(default)]
    pub policy: DisclosurePolicy,
    /// Whether the reader is taken to know of one case in a hidden count: then that one must not be told from more either. Makes a
    /// difference under a threshold of 2 alone.
    #[serde(default)]
    pub insider: bool,
    /// Stands for a small total in prose. Template, with `threshold.number` and `threshold.in_words` alone; so are the others
    /// below.
    pub prose: String,
    /// Stands for a small count in a counter.
    pub counter: String,
    /// Stands for a small count in a table's cell.
    pub cell: String,
    /// Stands for any hidden count in a table whose total is printed, whether small itself or
    /// hidden only to protect a small one.
    pub neutral: String,
    /// Stands for the percent of a hidden count.
    pub percent: String,
    /// Stands where a table is left out because its figures would tell a small count of another one. Template of a paragraph.
    /// Without it such an edition is refused.
    #[serde(default)]
    pub withheld: Option<String>,
    /// File of the secret key that orders which further rows are hidden: 16 bytes or more.
    ///
    /// It may stand outside of the project: by an absolute path, or one that begins with a variable of the environment
    /// (`"${NAME}/edition.key"`); `--key-file` takes its place.
    ///
    /// Without it the order is still independent of the counts, but a reader of this program can
    /// compute it.
    #[serde(default)]
    pub key_file: Option<String>,
}

/// How far the promise goes that no small count can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisclosurePolicy {
    /// All figures of a release together leave every hidden count all its small values, zero among them where zero is hidden.
    /// Where they would not, further figures are hidden, then tables are left out, and at last the edition is refused.
    #[default]
    Strict,
    /// Each table is protected by its own rule alone, as in the published reports of 2016; the audit lists what that discloses.
    #[serde(rename = "faithful-2016")]
    Faithful2016,
}

/// Whether a count of zero is hidden as a small one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ZeroRule {
    /// Zero reads as any count under the threshold.
    Hide,
    /// Zero is printed as 0.
    Show,
}

/// A disclosure that this edition accepts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// Code of the finding, e.g. `disclosure::small-count-shown`.
    pub code: String,
    /// The table, counter row, map or population it stands in.
    pub figure: String,
    /// The rows it is accepted for; left out where the figure as a whole discloses, as the total of a population does. Without it,
    /// rows that the table's own rule discloses are accepted with a warning, as in specs of before.
    #[serde(default)]
    pub rows: Option<AcceptedRows>,
    /// Why it is accepted; kept in the audit.
    pub reason: String,
}

/// The rows that a disclosure is accepted for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(untagged)]
pub enum AcceptedRows {
    /// `all`: each row and the figure as a whole, whatever the records are. No warning says that none of them discloses.
    All(EveryRow),
    /// These: codes of rows, in a hierarchical table `parent/code`; `(total)`, `(merged)`, `parent/(merged)`; counters by their
    /// label in the plural; counties.
    These(Vec<String>),
}

/// Every row of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EveryRow {
    /// Each, whatever it is.
    All,
}

/// A category hidden by judgement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The table.
    pub table: String,
    /// The code of the row; in a hierarchical table `parent/code`.
    pub row: String,
    /// Jurisdictions it is hidden in; all when left out.
    #[serde(default)]
    pub jurisdictions: Option<Vec<String>>,
    /// Why it is hidden; kept in the audit, never printed in a report.
    pub reason: String,
}

/// One counter: a figure over its label, with a pictogram.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counter {
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
pub struct Table {
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
pub struct Rows {
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
pub struct TableColumn {
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
pub enum ZeroRows {
    /// They are left out: an open list.
    #[default]
    Drop,
    /// They are kept: a fixed list.
    Keep,
}

/// The last row of a table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Total {
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

/// How the small counts of a table are published.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRule {
    /// The rule.
    pub rule: RuleKind,
    /// The smallest count that is shown in this table; the edition's when left out.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub threshold: Option<u64>,
    /// Whether zero is hidden in this table; as in the edition when left out.
    #[serde(default)]
    pub zero: Option<ZeroRule>,
    /// For `merge`: label of the merged row. Template.
    #[serde(default)]
    pub label: Option<String>,
    /// For `merge` in a hierarchical table: label of the merged row by the parent's code. Templates.
    #[serde(default)]
    pub labels: Option<IndexMap<String, String>>,
    /// For `merge`: when a merged row may stand.
    #[serde(default)]
    pub guard: Guard,
    /// Note whose marker stands where something was hidden.
    #[serde(default)]
    pub note: Option<String>,
    /// Note in its place where what is hidden need not be small: a row that is hidden to protect another.
    #[serde(default)]
    pub neutral_note: Option<String>,
    /// Codes of the rows that are hidden first, where further rows must be hidden; the others follow in the order of the key. It
    /// stands in the spec, and so tells nothing of the records.
    #[serde(default)]
    pub hide_first: Vec<String>,
}

/// A small-count rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// Small counts are printed.
    None,
    /// Categories with small counts become one last row, whose sum is printed.
    Merge,
    /// The row stays, its cells say that the count is small: for rows that do not add up to a printed total.
    Mask,
    /// The row stays, its cells say that they are not shown, and further rows are hidden with it
    /// until the printed total no longer tells the small ones: for rows that add up.
    Suppress,
}

/// When a merged row may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guard {
    /// Only where its sum leaves every hidden category all its values; else further rows join it.
    #[default]
    FullRange,
    /// Always, as older editions did.
    AsPublished,
}

/// A county-level heat map.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Map {
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
pub struct MapClass {
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
