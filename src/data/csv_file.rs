//! Case data as comma-separated values (RFC 4180).

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};

use crate::diag::{Finding, Place, io_words};

use super::decode::Cell;
use super::intake::Intake;

/// Reads one file; a byte order mark, CRLF, quoted line breaks and a missing last line break are all right.
pub(super) fn read(path: &Path, mut intake: Intake<'_, '_>) {
    let name = intake.name.clone();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return intake.gap("data::unreadable", || unreadable(&name, &error)),
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            let finding = broken(&name, 1, &error);
            return intake.gap(finding.code, || finding);
        }
    };
    if header.is_empty() {
        return intake.gap("data::empty-file", || {
            Finding::error("data::empty-file", "the file is empty")
                .in_file(name.clone())
                .help("a source without records still has a header".to_owned())
        });
    }
    let names: Vec<&str> = header.iter().collect();
    let Some(positions) = intake.positions(&names) else { return };
    records(&mut reader, &positions, names.len(), &mut intake);
    intake.finish();
}

/// Reads the records below the header, which names so many columns.
fn records(reader: &mut Reader<File>, positions: &[usize], width: usize, intake: &mut Intake<'_, '_>) {
    let name = intake.name.clone();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(reader.position().line(), csv::Position::line);
                let finding = broken(&name, line, &error);
                intake.gap(finding.code, || finding);
                if matches!(error.kind(), ErrorKind::Utf8 { .. }) {
                    continue;
                }
                return;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != width {
            intake.gap("data::field-count", || field_count(&name, line, &record, width));
            continue;
        }
        let cells = positions.iter().map(|position| match record.get(*position) {
            None | Some("") => Cell::Empty,
            Some(text) => Cell::Text(text),
        });
        intake.record(line, cells);
    }
}

/// Reports a record of too few or too many values.
pub(super) fn field_count(name: &Arc<str>, line: u64, record: &StringRecord, wanted: usize) -> Finding {
    let values = if record.len() == 1 { "1 value".to_owned() } else { format!("{} values", record.len()) };
    let message = format!("the record has {values}, and the header names {wanted}");
    let runs_on = record.len() < wanted && record.iter().any(|value| value.contains('\n'));
    let help = if runs_on {
        "a quote that is not closed takes in the lines after it"
    } else {
        "a value that holds a comma must stand in quotes"
    };
    Finding::error("data::field-count", message)
        .at(Place::Record { file: name.clone(), line, column: None })
        .help(help.to_owned())
}

/// Reports what the CSV reader stumbled over.
pub(super) fn broken(name: &Arc<str>, line: u64, error: &csv::Error) -> Finding {
    let (code, message) = match error.kind() {
        ErrorKind::Utf8 { .. } => ("data::not-utf8", "the record is not UTF-8".to_owned()),
        ErrorKind::Io(error) => ("data::unreadable", format!("cannot read on: {}", io_words(error))),
        _ => ("data::not-csv", "the record is no CSV".to_owned()),
    };
    let help = (code == "data::not-utf8").then(|| "save the file as UTF-8".to_owned());
    Finding::error(code, message).at(Place::Record { file: name.clone(), line, column: None }).help(help)
}

fn unreadable(name: &Arc<str>, error: &std::io::Error) -> Finding {
    Finding::error("data::unreadable", format!("cannot read the file: {}", io_words(error))).in_file(name.clone())
}
