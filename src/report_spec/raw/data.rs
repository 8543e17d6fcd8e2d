//! Case data: sources, columns, code lists, populations, conditions.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// A file of published reference figures: CSV with the columns `population,jurisdiction,count`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    /// The file.
    pub file: String,
    /// The code that stands for the nation in its column `jurisdiction`.
    #[serde(default = "nation")]
    pub nation: String,
}

fn nation() -> String {
    "US".into()
}

/// A source table of case data.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Source {
    /// The file; or several files of the same columns: a pattern with `*`, or a folder with all that lies below it.
    ///
    /// Text may be compressed, in files that end in `.csv.gz` or `.csv.zst`. In patterns and folders, names that begin
    /// with a point or an underscore are left out. A folder named `column=value` gives that value to all records below
    /// it, where `columns` names the column.
    ///
    /// Data may stand outside of the project: by an absolute path, or one that begins with a variable of the environment
    /// (`"${NAME}/cases.csv"`). With `--data DIR` the folder takes the place of the project.
    pub file: String,
    /// Format; told from the ending of each file when left out.
    #[serde(default)]
    pub format: Option<Format>,
    /// Columns by name. Each must be in the file; further columns of the file are not read.
    pub columns: IndexMap<String, Column>,
    /// How much memory a piece of a file may take.
    #[serde(default)]
    pub limits: Limits,
}

/// How much memory a piece of a file may take, in KiB; what takes more is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// A record of a CSV file.
    #[schemars(range(min = 1, max = 8192))]
    pub record_kib: u32,
    /// A value of a record.
    #[schemars(range(min = 1, max = 8192))]
    pub field_kib: u32,
    /// A page of a Parquet file, unpacked. All pages and dictionaries that are read together take at most six times as
    /// much.
    #[schemars(range(min = 1, max = 1_048_576))]
    pub page_kib: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record_kib: 4096, field_kib: 1024, page_kib: 16_384 }
    }
}

/// Format of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values with a header row, UTF-8 (RFC 4180).
    Csv,
    /// Apache Parquet.
    Parquet,
}

/// A column of a source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Column {
    /// What its values are.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// May be empty.
    #[serde(default)]
    pub optional: bool,
    /// May not be empty where this holds, though it is optional.
    #[serde(default)]
    pub required_where: Option<Condition>,
    /// For `code`: the list of its codes.
    #[serde(default)]
    pub list: Option<String>,
    /// For `code`: the column that holds the parent's code.
    #[serde(default)]
    pub parent: Option<String>,
    /// For `date`: must lie in the report's period.
    #[serde(default)]
    pub in_period: bool,
    /// For `reference`: the source whose id it holds.
    #[serde(default)]
    pub source: Option<String>,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// Identifier of the record, unique in its source.
    Id,
    /// Identifier of a record of another source.
    Reference,
    /// Code of a jurisdiction.
    Jurisdiction,
    /// Code of a code list.
    Code,
    /// `true` or `false`, also as `True` and `TRUE`.
    Boolean,
    /// A date, `2016-03-08`.
    Date,
    /// Five-digit GEOID of a county.
    County,
    /// Degrees east of Greenwich, −180 to 180.
    Longitude,
    /// Degrees north of the equator, −90 to 90.
    Latitude,
}

/// A code of a code list; lists are in canonical order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Code {
    /// The code as it stands in the data; empty for an empty value.
    pub code: String,
    /// The label that is printed, as it is, in one line; no template. Every code needs one, save an alias.
    #[serde(default)]
    pub label: Option<String>,
    /// The code of this list, below the same parent, that this one counts as: another spelling in the data, with no row of
    /// its own.
    #[serde(default)]
    pub alias_of: Option<String>,
    /// Code of the parent, in a list whose codes belong to those of another column.
    #[serde(default)]
    pub parent: Option<String>,
    /// Note whose marker follows the label.
    #[serde(default)]
    pub note: Option<String>,
    /// Comes last among its siblings, whatever its count.
    #[serde(default)]
    pub last: bool,
}

/// A set of records that figures are counted over.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Population {
    /// The source of its records.
    pub source: String,
    /// The column that says to which jurisdiction a record counts.
    pub jurisdiction: String,
    /// Which records belong to it; all when left out.
    #[serde(default, rename = "where")]
    pub filter: Option<Condition>,
    /// How its total is published.
    pub small_counts: FigureRule,
}

/// How a single figure under the threshold is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureRule {
    /// As it is.
    Show,
    /// As the words of `small_counts`, and with it all that would tell it.
    Mask,
}

/// A condition on a record. Exactly one form: `is`, `in`, `from`/`to` or `empty` with `column`; or `all`, `any`, `not`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition {
    /// The column that is tested.
    #[serde(default)]
    pub column: Option<String>,
    /// Its value equals this one.
    #[serde(default)]
    pub is: Option<Literal>,
    /// Its value is one of these.
    #[serde(default, rename = "in")]
    pub one_of: Option<Vec<Literal>>,
    /// Its date is this day or later.
    #[serde(default)]
    pub from: Option<String>,
    /// Its date is this day or earlier.
    #[serde(default)]
    pub to: Option<String>,
    /// It has no value (`true`), or it has one (`false`).
    #[serde(default)]
    pub empty: Option<bool>,
    /// All of these hold.
    #[serde(default)]
    pub all: Option<Vec<Self>>,
    /// At least one of these holds.
    #[serde(default)]
    pub any: Option<Vec<Self>>,
    /// This does not hold.
    #[serde(default)]
    pub not: Option<Box<Self>>,
}

/// A value in a condition: a boolean or a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Literal {
    /// `true` or `false`.
    Boolean(bool),
    /// A code.
    Text(String),
}
