//! The report spec as it is written in YAML: one type for each mapping, with its documentation.
//!
//! The JSON Schema that `platen schema` prints and that every spec is checked against is derived
//! from these types, so a key stands in one place only. Unknown keys are refused everywhere.
//! Nothing behind [`crate::report_spec`] sees these types.

mod content;
mod data;
mod figures;
mod language;
mod revision;
mod rules;

pub(super) use content::*;
pub use data::*;
pub use figures::*;
pub use language::*;
pub(super) use revision::*;
pub use rules::*;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// A report spec: everything that one edition says.
///
/// Paths are relative to the project root, the nearest folder above the spec that holds `layouts`.
/// Texts marked *template* may hold placeholders such as `{{ jurisdiction.name }}`; an undefined
/// name is an error. `**` marks bold in prose.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "platen report spec")]
pub(super) struct SpecFile {
    /// A spec that this one extends, by its path from this file's folder; this one then holds only what differs.
    ///
    /// Mappings are laid over each other key by key; a list or a single value takes the place of the base's; an
    /// empty value (`~`) takes a key of the base away. `language.ordinals` is replaced whole.
    // Never here: it is taken out when the specs are laid over each other.
    #[serde(default, rename = "extends")]
    pub _extends: Option<String>,
    /// Short name of the edition, e.g. `nhth-2016`.
    pub edition: Name,
    /// Title of the document, shown by PDF readers. Template.
    pub title: String,
    /// Organisation that publishes the report; the PDF's author.
    pub publisher: String,
    /// What the report is about, in one sentence; the PDF's subject. Template.
    pub subject: String,
    /// Keywords of the PDF.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Base name of the files made for one jurisdiction. Template.
    pub output: String,
    /// Notice printed on every page, e.g. that the data are synthetic. Template.
    #[serde(default)]
    pub notice: Option<String>,
    /// Folder of the layout.
    pub layout: String,
    /// Folder of the fonts that may be used; no other font is.
    #[serde(default = "default_fonts")]
    pub fonts: String,
    /// Language, number and date formats.
    pub language: Language,
    /// First and last day that the report covers.
    pub period: Period,
    /// The day on which the figures were taken from the database; the PDF's date.
    pub data_date: String,
    /// Every jurisdiction code that may occur in the data.
    pub jurisdictions: IndexMap<String, Jurisdiction>,
    /// Codes of the jurisdictions that get a report; all that are not `unreported` when left out.
    #[serde(default)]
    pub reports: Option<Vec<String>>,
    /// Codes of the jurisdictions whose records the sources hold completely; all when left out.
    ///
    /// Figures of a jurisdiction outside the coverage, and national ones, come from `reference`.
    #[serde(default)]
    pub coverage: Option<Vec<String>>,
    /// File of published reference figures.
    #[serde(default)]
    pub reference: Option<Reference>,
    /// Source tables of case data, by name.
    pub sources: IndexMap<String, Source>,
    /// Lists of codes with their labels, in canonical order, by name.
    pub code_lists: IndexMap<String, Vec<Code>>,
    /// Sets of records that figures are counted over, by name.
    pub populations: IndexMap<String, Population>,
    /// Ranks among the jurisdictions, by name.
    #[serde(default)]
    pub ranks: IndexMap<String, Rank>,
    /// What a hidden figure looks like, and from which count on figures are shown.
    pub small_counts: SmallCounts,
    /// Disclosures that this edition accepts, each with its reason.
    #[serde(default)]
    pub accept: Vec<Accept>,
    /// Single categories hidden by judgement, each with its reason.
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// Notes by name. Templates; numbered in the order of their first markers.
    #[serde(default)]
    pub notes: IndexMap<String, String>,
    /// Rows of counters, by name.
    #[serde(default)]
    pub counters: IndexMap<String, Vec<Counter>>,
    /// Tables, by name.
    #[serde(default)]
    pub tables: IndexMap<String, Table>,
    /// Maps, by name.
    #[serde(default)]
    pub maps: IndexMap<String, Map>,
    /// The two lines at the head of every page.
    pub running_head: RunningHead,
    /// All that the report says, in reading order.
    pub content: Vec<Block>,
    /// The words with which a re-issued report tells what changed; a spec with a `revision` needs them.
    #[serde(default)]
    pub corrections: Option<Corrections>,
    /// The edition is published again, with corrected figures or words.
    #[serde(default)]
    pub revision: Option<Revision>,
}

fn default_fonts() -> String {
    "fonts".into()
}

/// A short name: letters, digits, `-` and `_`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct Name(#[schemars(regex(pattern = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"))] pub String);

/// First and last day, as `2016-01-01`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Period {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// A jurisdiction.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Jurisdiction {
    /// Name, as titles print it.
    pub name: String,
    /// Name within a sentence, e.g. with its article; `name` when left out.
    #[serde(default)]
    pub in_prose: Option<String>,
    /// Name as files bear it; made from `name` when left out.
    #[serde(default)]
    pub file_name: Option<String>,
    /// Takes part in ranks.
    #[serde(default)]
    pub ranked: bool,
    /// Counts in national figures only and gets no report, as unknown and overseas do.
    #[serde(default)]
    pub unreported: bool,
    /// Takes in the records of all other jurisdictions: the report of a nation.
    ///
    /// There is at most one. Its code does not occur in the data, and it has neither rank nor map.
    #[serde(default)]
    pub nation: bool,
    /// Two-digit FIPS code, the first digits of its counties' GEOIDs; none, no map.
    #[serde(default)]
    #[schemars(regex(pattern = r"^[0-9]{2}$"))]
    pub fips: Option<String>,
    /// What the map shows: west, south, east, north, in degrees; the whole when left out.
    #[serde(default)]
    pub window: Option<[f64; 4]>,
    /// What its counties are called in this language; in English told by their kind in the boundaries when left out.
    #[serde(default)]
    pub areas: Option<Areas>,
}

/// What the counties of a jurisdiction are called within a sentence: `parish` and `parishes`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Areas {
    /// One of them.
    pub one: String,
    /// Several.
    pub other: String,
}
