//! What a re-issued edition says of itself.

use schemars::JsonSchema;
use serde::Deserialize;

/// The edition is published again, with corrected figures or words.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Revision {
    /// Number of the publication; the first has none, so the least is 2.
    #[schemars(range(min = 2, max = 999))]
    pub number: u32,
    /// The day of the re-issue.
    pub date: String,
    /// Why; each changed table must have a reason.
    #[schemars(length(min = 1))]
    pub reasons: Vec<Reason>,
}

/// Why something was corrected.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// The reason, in a sentence.
    pub reason: String,
    /// Codes of the jurisdictions that it concerns; all when left out.
    #[serde(default)]
    pub jurisdictions: Option<Vec<String>>,
    /// Names of the tables and maps that it concerns; all, and single figures, when left out.
    #[serde(default)]
    pub tables: Option<Vec<String>>,
}

/// The words with which a re-issued report tells what changed. Texts are templates, with `{{ revision.number }}` and
/// `{{ revision.date }}`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Corrections {
    /// A line on every page. Template.
    pub line: String,
    /// Heading of the page of corrections. Template.
    pub heading: String,
    /// First paragraph of that page. Template.
    pub introduction: String,
    /// That paragraph where words changed and no figure did. Template.
    pub words_only: String,
    /// Head of the column that names the corrected column.
    pub column: String,
    /// Head of the column of old figures.
    pub before: String,
    /// Head of the column of new figures.
    pub after: String,
    /// Name of the group of single figures.
    pub counters: String,
    /// Name of the group of figures in running text; that of single figures when left out.
    #[serde(default)]
    pub prose: Option<String>,
    /// What stands where one of the two editions has no such row.
    pub absent: String,
    /// Words before a reason.
    pub reason: String,
}
