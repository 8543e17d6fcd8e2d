//! The shape of a targets file.

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de};

/// Everything that the records of one jurisdiction must add up to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Targets {
    /// The seed of all random choices.
    pub seed: u64,
    /// The code of the jurisdiction.
    pub jurisdiction: String,
    /// The days that records may fall on.
    pub period: Period,
    /// The relative frequency of Monday to Sunday.
    pub weekdays: [u64; 7],
    /// Counts below this are hidden in the report.
    pub threshold: usize,
    /// The ids of the records.
    pub ids: Ids,
    /// The targets of `signals.csv`.
    pub signals: Signals,
    /// The targets of `cases.csv`.
    pub cases: Cases,
    /// The targets of `case_locations.csv`.
    pub locations: Locations,
}

/// A period, both days included.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Period {
    /// The first day.
    #[serde(deserialize_with = "day")]
    pub first: NaiveDate,
    /// The last day.
    #[serde(deserialize_with = "day")]
    pub last: NaiveDate,
}

/// The ids of both kinds of records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ids {
    /// The ids of signals.
    pub signals: IdSpace,
    /// The ids of cases.
    pub cases: IdSpace,
}

/// The ids that may be drawn: a prefix and a number from 1 to the highest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdSpace {
    /// The text before the number.
    pub prefix: String,
    /// The digits of the number, zeros in front.
    pub digits: usize,
    /// The highest number.
    pub highest: u64,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    /// The public report prints it.
    Published,
    /// It was made up.
    Invented,
}

/// A figure and where it comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Figure {
    /// The figure.
    pub count: usize,
    /// Where it comes from.
    pub source: Source,
}

/// The count of one category.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cell {
    /// The code of the category; empty where the data leave the column empty.
    pub code: String,
    /// The number of records.
    pub count: usize,
    /// Where the count comes from.
    pub source: Source,
}

/// The counts of a list of categories.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    /// The figure printed for all hidden categories together, if there are any.
    pub merged: Option<Figure>,
    /// One cell a category.
    pub cells: Vec<Cell>,
}

/// The targets of `signals.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signals {
    /// Related signals about the jurisdiction, by channel.
    pub overview: Vec<Cell>,
    /// Related, substantive calls from the jurisdiction.
    pub calls: Calls,
    /// How calls about and calls from the jurisdiction differ.
    pub phone: Phone,
    /// Signals of the other channels.
    pub written: Written,
    /// Signals that no table counts.
    pub unrelated: Vec<Unrelated>,
}

/// Related, substantive calls from the jurisdiction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calls {
    /// The channel whose signals are calls.
    pub channel: String,
    /// Their number.
    pub total: Figure,
    /// Who called.
    pub caller_type: Table,
    /// How the caller found the hotline.
    pub how_found: Table,
}

/// How calls about and calls from the jurisdiction differ; codes are those of jurisdictions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phone {
    /// Substantive calls about the jurisdiction, by the other jurisdiction that they come from.
    pub from_elsewhere: Vec<Cell>,
    /// Substantive calls from the jurisdiction, by the other jurisdiction that they are about.
    pub about_elsewhere: Vec<Cell>,
    /// Related calls about the jurisdiction without substance, by the jurisdiction that they come from.
    pub not_substantive: Vec<Cell>,
}

/// Signals of the other channels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// How many of 100 state caller type and how found.
    pub stated_in_100: u64,
    /// Where the writers are.
    pub writers: Vec<Weight>,
}

/// How often a code is drawn, relative to others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weight {
    /// The code.
    pub code: String,
    /// Its relative frequency.
    pub weight: u64,
}

/// A group of signals that are not related to the subject of the report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unrelated {
    /// What they are, for readers and messages.
    pub what: String,
    /// Their channel.
    pub channel: String,
    /// The jurisdiction that they are about.
    pub state: String,
    /// The jurisdiction that they come from.
    pub caller_state: String,
    /// Whether they have substance.
    pub substantive: bool,
    /// Their number.
    pub count: usize,
    /// Where the number comes from.
    pub source: Source,
}

/// The targets of `cases.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cases {
    /// The number of cases.
    pub total: Figure,
    /// Why the hotline was contacted.
    pub reasons: Table,
    /// The types of trafficking, each with its venues.
    pub types: Vec<CaseType>,
    /// Whom the cases reference.
    pub demographics: Demographics,
}

/// A type of trafficking.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseType {
    /// Its code.
    pub code: String,
    /// The number of cases.
    pub count: usize,
    /// Where the number comes from.
    pub source: Source,
    /// Its venues; without them the column stays empty.
    pub venues: Option<Table>,
}

/// Whom the cases reference; names of dimensions, tables and types are keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Demographics {
    /// The columns of each dimension.
    pub dimensions: IndexMap<String, Vec<String>>,
    /// The tables of the report.
    pub tables: IndexMap<String, DemographicTable>,
    /// How the tables divide over the types.
    pub groups: IndexMap<String, DemographicGroup>,
}

impl Demographics {
    /// Lists the columns of all dimensions in their order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        self.dimensions.values().flatten().map(String::as_str)
    }
}

/// A table of demographics.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemographicTable {
    /// The types of trafficking that it covers.
    pub types: Vec<String>,
    /// One cell a column.
    pub cells: Vec<Cell>,
}

/// The demographics of the cases of one type; what is absent is 0.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DemographicGroup {
    /// Where the numbers come from.
    pub source: Source,
    /// Cases that reference nobody.
    pub silent: usize,
    /// Cases that reference anybody, by dimension.
    pub reported: IndexMap<String, usize>,
    /// Cases that reference somebody, by column.
    pub flags: IndexMap<String, usize>,
}

/// The targets of `case_locations.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Locations {
    /// Cases without a location.
    pub unknown: usize,
    /// Cases in two counties.
    pub two_counties: usize,
    /// Cases with a second row for the same county.
    pub repeated: usize,
    /// Rows that give a point and no county.
    pub point_only: usize,
    /// Rows that give a point and its county.
    pub point_and_county: usize,
    /// The counties.
    pub counties: Vec<County>,
}

/// A county.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct County {
    /// Its code in the Census.
    pub geoid: String,
    /// Its name, for readers and messages.
    pub name: String,
    /// The number of distinct cases.
    pub cases: usize,
    /// Where the number comes from.
    pub source: Source,
    /// West, south, east and north, in degrees, of a rectangle well inside the county.
    pub inner_box: [f64; 4],
}

/// Decodes an ISO date.
fn day<'de, D: Deserializer<'de>>(decoder: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(decoder)?;
    text.parse().map_err(|cause| de::Error::custom(format!("`{text}` is no date: {cause}")))
}
