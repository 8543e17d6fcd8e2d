//! Small counts: rules of the edition and of its tables, and what is accepted or hidden by judgement.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// What a hidden figure looks like, and from which count on figures are shown.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SmallCounts {
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
pub(crate) enum ZeroRule {
    /// Zero reads as any count under the threshold.
    Hide,
    /// Zero is printed as 0.
    Show,
}

/// A disclosure that this edition accepts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Accept {
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
pub(crate) struct Override {
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

/// How the small counts of a table are published.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableRule {
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
