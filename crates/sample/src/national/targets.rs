//! The shape of the national targets file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::check;
use super::numbering::Numbering;
use super::shares::Shares;
use crate::diags::Error;
use crate::targets::{Figure, Period, Source, Targets};

/// Everything that the national records must add up to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct National {
    /// The seed of all random choices.
    pub seed: u64,
    /// The days that records may fall on.
    pub period: Period,
    /// The relative frequency of Monday to Sunday.
    pub weekdays: [u64; 7],
    /// The ids of the records.
    pub ids: Numberings,
    /// The code of the jurisdiction whose records are counted out by targets of their own.
    pub counted_out: String,
    /// The code of records whose jurisdiction is not known.
    pub unknown: String,
    /// The figures of each jurisdiction.
    pub jurisdictions: Vec<Jurisdiction>,
    /// The targets of `signals.csv`.
    pub signals: Signals,
    /// The targets of `cases.csv`.
    pub cases: Cases,
    /// The targets of `case_locations.csv`.
    pub locations: Locations,
}

/// The ids of both kinds of records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numberings {
    /// The ids of signals.
    pub signals: Numbering,
    /// The ids of cases.
    pub cases: Numbering,
}

/// The figures of one jurisdiction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Jurisdiction {
    /// Its code.
    pub code: String,
    /// Related, substantive calls from it.
    pub calls: u64,
    /// Cases about it.
    pub cases: u64,
    /// Where both figures come from.
    pub source: Source,
}

/// The targets of `signals.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signals {
    /// All related signals.
    pub related: Figure,
    /// The channel of calls.
    pub channel: String,
    /// How many calls of 100 are about another jurisdiction than the caller's.
    pub about_elsewhere_in_100: u64,
    /// How many of 100 other signals come from another jurisdiction than they are about.
    pub from_elsewhere_in_100: u64,
    /// How many of 100 other signals with substance state caller type and how found.
    pub stated_in_100: u64,
    /// The other signals.
    pub groups: Vec<Group>,
    /// Who called.
    pub caller_type: Shares,
    /// How the caller found the hotline.
    pub how_found: Shares,
}

/// A group of signals that are not calls of the call tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    /// What they are, for readers and messages.
    pub what: String,
    /// Their channel.
    pub channel: String,
    /// Whether they are about the subject of the report.
    pub related: bool,
    /// Whether they have substance.
    pub substantive: bool,
    /// Their number.
    pub count: u64,
    /// Where the number comes from.
    pub source: Source,
}

/// The targets of `cases.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cases {
    /// Why the hotline was contacted.
    pub reason: Shares,
    /// The types of trafficking.
    pub types: Vec<CaseType>,
}

/// A type of trafficking.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseType {
    /// Its code.
    pub code: String,
    /// Its relative frequency.
    pub weight: u64,
    /// How many cases of 100 reference no demographic.
    pub silent_in_100: u64,
    /// Its venues or industries; none leave the column empty.
    #[serde(default)]
    pub venues: Shares,
    /// How many of 100 cases that are not silent reference a demographic.
    pub in_100: BTreeMap<String, u64>,
}

/// The targets of `case_locations.csv`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Locations {
    /// How many cases of 100 have no location.
    pub unknown_in_100: u64,
    /// How many located cases of 100 are in a second county.
    pub two_counties_in_100: u64,
    /// How many located cases of 100 have a second row for their first county.
    pub repeated_in_100: u64,
    /// The relative frequency of rows that give the county alone.
    pub county: u64,
    /// The relative frequency of rows that give a point alone.
    pub point: u64,
    /// The relative frequency of rows that give both.
    pub both: u64,
    /// GEOIDs of the counties with the most cases of their states, in descending order.
    pub centres: Vec<String>,
}

/// Reads the national targets and checks them against those of the jurisdiction that is counted out.
///
/// # Errors
/// When the file cannot be read or decoded, or its figures contradict each other or those of `own`.
pub(super) fn read(path: &Path, own: &Targets) -> Result<National, Error> {
    let text = fs::read_to_string(path).map_err(|cause| Error::Read(path.to_path_buf(), cause))?;
    let targets: National = serde_yaml::from_str(&text).map_err(|cause| Error::Decode(path.to_path_buf(), cause))?;
    let problems = check::problems(&targets, own);
    if problems.is_empty() { Ok(targets) } else { Err(Error::targets(path, problems)) }
}
