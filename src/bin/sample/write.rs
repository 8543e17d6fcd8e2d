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
pub fn all(folder: &Path, targets: &Targets, records: &Records) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    for (name, rows) in files(targets, records) {
        let path = folder.join(name);
        save(&path, &rows).map_err(|cause| Error::Write(path.clone(), cause))?;
        written.push(path);
    }
    Ok(written)
}

/// The rows of a file, its header first.
pub type Rows = Vec<Vec<String>>;

/// Lists the files, each with its name and rows.
pub fn files(targets: &Targets, records: &Records) -> [(&'static str, Rows); 3] {
    [
        ("signals.csv", rows(signal_header(), &records.signals, signal_row)),
        ("cases.csv", rows(case_header(targets.cases.demographics.columns()), &records.cases, case_row)),
        ("case_locations.csv", rows(location_header(), &records.locations, location_row)),
    ]
}

fn rows<T>(header: Vec<String>, records: &[T], row: fn(&T) -> Vec<String>) -> Rows {
    std::iter::once(header).chain(records.iter().map(row)).collect()
}

/// Encodes rows as CSV.
///
/// # Errors
/// When the rows differ in length.
pub fn encode(rows: &Rows) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// Writes a file aside and renames it, so that nobody reads half of it.
fn save(path: &Path, rows: &Rows) -> io::Result<()> {
    let aside = aside(path);
    fs::write(&aside, encode(rows)?)?;
    fs::rename(&aside, path)
}

fn header<'a>(columns: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    columns.into_iter().map(str::to_owned).collect()
}

fn signal_header() -> Vec<String> {
    header([
        "signal_id",
        "received_on",
        "state",
        "caller_state",
        "channel",
        "related",
        "substantive",
        "caller_type",
        "how_found",
    ])
}

fn signal_row(signal: &Signal) -> Vec<String> {
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

fn case_header<'a>(demographics: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let columns = ["case_id", "state", "opened_on", "reason", "trafficking_type", "venue"];
    header(columns.into_iter().chain(demographics))
}

fn case_row(case: &Case) -> Vec<String> {
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

fn location_header() -> Vec<String> {
    header(["case_id", "county_geoid", "longitude", "latitude"])
}

fn location_row(location: &Location) -> Vec<String> {
    let (longitude, latitude) = match location.point {
        Some((longitude, latitude)) => (longitude.to_string(), latitude.to_string()),
        None => (String::new(), String::new()),
    };
    vec![location.case_id.clone(), location.county_geoid.clone(), longitude, latitude]
}

/// Writes records as they are made; the files take their places when all is written.
pub struct Writer {
    files: [(PathBuf, csv::Writer<fs::File>); 3],
}

impl Writer {
    /// Begins the three files in a folder, each aside.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn create(folder: &Path, demographics: &[&str]) -> Result<Self, Error> {
        let begin = |name: &str, header: Vec<String>| {
            let path = folder.join(name);
            let file = fs::File::create(aside(&path)).map_err(|cause| Error::Write(path.clone(), cause))?;
            let mut writer = csv::Writer::from_writer(file);
            record(&path, &mut writer, &header)?;
            Ok((path, writer))
        };
        Ok(Self {
            files: [
                begin("signals.csv", signal_header())?,
                begin("cases.csv", case_header(demographics.iter().copied()))?,
                begin("case_locations.csv", location_header())?,
            ],
        })
    }

    /// Writes some records.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(&mut self, signals: &[Signal], cases: &[Case], locations: &[Location]) -> Result<(), Error> {
        let [signal_file, case_file, location_file] = &mut self.files;
        signals.iter().try_for_each(|one| record(&signal_file.0, &mut signal_file.1, &signal_row(one)))?;
        cases.iter().try_for_each(|one| record(&case_file.0, &mut case_file.1, &case_row(one)))?;
        locations.iter().try_for_each(|one| record(&location_file.0, &mut location_file.1, &location_row(one)))
    }

    /// Puts the files into their places; returns their paths.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(self) -> Result<Vec<PathBuf>, Error> {
        let mut written = Vec::new();
        for (path, mut writer) in self.files {
            let done = writer.flush().and_then(|()| fs::rename(aside(&path), &path));
            done.map_err(|cause| Error::Write(path.clone(), cause))?;
            written.push(path);
        }
        Ok(written)
    }
}

fn record(path: &Path, writer: &mut csv::Writer<fs::File>, row: &[String]) -> Result<(), Error> {
    writer.write_record(row).map_err(|cause| Error::Write(path.to_path_buf(), cause.into()))
}

fn aside(path: &Path) -> PathBuf {
    path.with_extension("csv.new")
}
