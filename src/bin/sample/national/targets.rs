//! The shape of the national targets file.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::Deserialize;

use crate::diags::Error;
use crate::targets::{Figure, Period, Source, Weight};

/// Everything that the national records must add up to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// The seed of all random choices.
    pub seed: u64,
    /// The days that records may fall on.
    pub period: Period,
    /// The relative frequency of Monday to Sunday.
    pub weekdays: [u64; 7],
    /// The jurisdiction that has targets of its own.
    pub exact: Exact,
    /// The ids of the records.
    pub ids: Ids,
    /// Related signals of the whole nation.
    pub related: Figure,
    /// What related signals are that are no substantive calls.
    pub kinds: Vec<Kind>,
    /// Of 1000 substantive calls, how many are about another jurisdiction than the caller's.
    pub about_elsewhere_in_1000: u64,
    /// Of 1000 emails and tips, how many state caller type and how found.
    pub stated_in_1000: u64,
    /// For 1000 related signals, how many more are not related.
    pub unrelated_to_1000: u64,
    /// All jurisdictions.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Who called.
    pub caller_type: Vec<Weight>,
    /// How the caller found the hotline.
    pub how_found: Vec<Weight>,
    /// Why the hotline was contacted.
    pub reason: Vec<Weight>,
    /// The types of trafficking.
    pub types: Vec<CaseType>,
    /// Where cases are.
    pub locations: Locations,
}

/// The jurisdiction that has targets of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exact {
    /// Its code.
    pub jurisdiction: String,
    /// Its targets file, from the folder of this one.
    pub targets: String,
}

/// The ids of both kinds of records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ids {
    /// The ids of signals.
    pub signals: IdForm,
    /// The ids of cases.
    pub cases: IdForm,
}

/// The form of an id.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdForm {
    /// The text before the number.
    pub prefix: String,
    /// The digits of the number, zeros in front.
    pub digits: usize,
}

/// A kind of related signals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its channel.
    pub channel: String,
    /// Whether it has substance.
    pub substantive: bool,
    /// Its relative frequency.
    pub weight: u64,
}

/// A jurisdiction.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// Its code.
    pub code: String,
    /// Substantive calls from it.
    pub calls: u64,
    /// Cases in it.
    pub cases: u64,
    /// Where both figures come from.
    #[expect(dead_code, reason = "it is read by people")]
    pub source: Source,
}

/// A type of trafficking.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseType {
    /// Its code.
    pub code: String,
    /// Its relative frequency.
    pub weight: u64,
    /// Its venues; without them the column stays empty.
    #[serde(default)]
    pub venues: Vec<Weight>,
    /// Of 1000 cases, how many reference each demographic.
    pub demographics: IndexMap<String, u64>,
}

/// Where cases are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locations {
    /// Of 1000 cases, how many have a known location.
    pub known_in_1000: u64,
    /// Of 1000 of these, how many have a second one.
    pub second_in_1000: u64,
    /// Of 1000 rows, how many give a point and no county.
    pub point_only_in_1000: u64,
    /// Of 1000 rows, how many give a point and its county.
    pub point_and_county_in_1000: u64,
}

impl Targets {
    /// Lists the columns of the demographics.
    pub fn demographics(&self) -> Vec<&str> {
        self.types.first().map(|kind| kind.demographics.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    /// Lists the days of the period with their relative frequency.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        self.period.first.iter_days().take_while(|day| *day <= self.period.last)
    }
}

/// Reads a targets file and checks it.
///
/// # Errors
/// When the file cannot be read or decoded, or names other demographics for one type than for another.
pub fn read(path: &Path) -> Result<Targets, Error> {
    let text = fs::read_to_string(path).map_err(|cause| Error::Read(path.to_path_buf(), cause))?;
    let targets: Targets = serde_yaml::from_str(&text).map_err(|cause| Error::Decode(path.to_path_buf(), cause))?;
    let columns = targets.demographics();
    let differs = |kind: &&CaseType| !kind.demographics.keys().eq(columns.iter().copied());
    let problems: Vec<String> = targets
        .types
        .iter()
        .filter(differs)
        .map(|kind| format!("types: `{}` has other demographics than the first", kind.code))
        .collect();
    if problems.is_empty() { Ok(targets) } else { Err(Error::targets(path, problems)) }
}
