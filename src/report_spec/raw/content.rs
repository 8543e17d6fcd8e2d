//! What the report says, in reading order.

use schemars::JsonSchema;
use serde::Deserialize;

/// The two lines at the head of every page.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RunningHead {
    /// Title of the series. Template.
    pub series: String,
    /// Jurisdiction and period. Template.
    pub line: String,
}

/// A block of the report. Exactly one of its keys, save `only_if`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Block {
    /// A heading. Template.
    #[serde(default)]
    pub heading: Option<String>,
    /// A paragraph; left out where it comes out empty. Template.
    #[serde(default)]
    pub paragraph: Option<String>,
    /// A line that states a figure; left out where it comes out empty. Template.
    #[serde(default)]
    pub statement: Option<String>,
    /// A closing notice. Template.
    #[serde(default)]
    pub notice: Option<String>,
    /// A row of counters, by name.
    #[serde(default)]
    pub counters: Option<String>,
    /// A table with its notes, by name.
    #[serde(default)]
    pub table: Option<String>,
    /// A map with its notes, by name.
    #[serde(default)]
    pub map: Option<String>,
    /// An expression; the block is left out where it is false, e.g. `jurisdiction.ranked`.
    #[serde(default)]
    pub only_if: Option<String>,
}
