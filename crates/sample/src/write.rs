//! The CSV files of the case data contract: UTF-8, a header row, `true` and `false`, ISO dates, line feeds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cases::Case;
use crate::connecticut::Records;
use crate::diags::Error;
use crate::locations::Location;
use crate::signals::Signal;
use crate::targets::Targets;

/// Writes all files into `folder`; returns their paths.
///
/// # Errors
/// When a file cannot be written.
pub(crate) fn all(folder: &Path, targets: &Targets, records: &Records) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    for (name, rows) in files(targets, records) {
        let path = folder.join(name);
        save(&path, &rows).map_err(|cause| Error::Write(path.clone(), cause))?;
        written.push(path);
    }
    Ok(written)
}

/// The rows of a file, its header first.
pub(crate) type Rows = Vec<Vec<String>>;

/// Lists the files, each with its name and rows.
pub(crate) fn files(targets: &Targets, records: &Records) -> [(&'static str, Rows); 3] {
    [
        ("signals.csv", table(SIGNAL_COLUMNS, records.signals.iter().map(signal))),
        ("cases.csv", table(case_columns(targets), records.cases.iter().map(case))),
        ("case_locations.csv", table(LOCATION_COLUMNS, records.locations.iter().map(location))),
    ]
}

/// Encodes rows as CSV.
///
/// # Errors
/// When the rows differ in length.
pub(crate) fn encode(rows: &Rows) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// Writes a file aside and renames it, so that nobody reads half of it.
fn save(path: &Path, rows: &Rows) -> io::Result<()> {
    let aside = path.with_extension("csv.new");
    fs::write(&aside, encode(rows)?)?;
    fs::rename(&aside, path)
}

/// The columns of `signals.csv`.
pub(crate) const SIGNAL_COLUMNS: [&str; 9] = [
    "signal_id",
    "received_on",
    "state",
    "caller_state",
    "channel",
    "related",
    "substantive",
    "caller_type",
    "how_found",
];

/// The columns of `case_locations.csv`.
pub(crate) const LOCATION_COLUMNS: [&str; 4] = ["case_id", "county_geoid", "longitude", "latitude"];

/// Lists the columns of `cases.csv`, the demographics of the targets last.
pub(crate) fn case_columns(targets: &Targets) -> impl Iterator<Item = &str> {
    let columns = ["case_id", "state", "opened_on", "reason", "trafficking_type", "venue"];
    columns.into_iter().chain(targets.cases.demographics.columns())
}

/// Writes out the row of a signal.
pub(crate) fn signal(signal: &Signal) -> Vec<String> {
    vec![
        signal.id.clone(),
        signal.received_on.to_string(),
        signal.state.clone(),
        signal.caller_state.clone(),
        signal.channel.clone(),
        signal.related.to_string(),
        signal.substantive.to_string(),
        signal.caller_type.clone(),
        signal.how_found.clone(),
    ]
}

/// Writes out the row of a case.
pub(crate) fn case(case: &Case) -> Vec<String> {
    let mut row = vec![
        case.id.clone(),
        case.state.clone(),
        case.opened_on.to_string(),
        case.reason.clone(),
        case.trafficking_type.clone(),
        case.venue.clone(),
    ];
    row.extend(case.flags.iter().map(bool::to_string));
    row
}

/// Writes out the row of a location.
pub(crate) fn location(location: &Location) -> Vec<String> {
    let (longitude, latitude) = match location.point {
        Some((longitude, latitude)) => (longitude.to_string(), latitude.to_string()),
        None => (String::new(), String::new()),
    };
    vec![location.case_id.clone(), location.county_geoid.clone(), longitude, latitude]
}

/// Puts a header before rows.
fn table<'a>(columns: impl IntoIterator<Item = &'a str>, rows: impl Iterator<Item = Vec<String>>) -> Rows {
    let header = columns.into_iter().map(str::to_owned).collect();
    std::iter::once(header).chain(rows).collect()
}
