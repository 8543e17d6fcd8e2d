//! Case data as comma-separated values (RFC 4180).

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::diag::{Finding, Place, Tally, io_words};

use super::batch::Batch;
use super::decode::{Cell, Decoder};

/// Reads one file; a byte order mark, CRLF, quoted line breaks and a missing last line break are all right.
pub(super) fn read(
    name: &Arc<str>,
    path: &Path,
    decoder: &mut Decoder<'_>,
    tally: &mut Tally,
    hand_on: &mut dyn FnMut(&Batch),
) {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            decoder.gap();
            return unreadable(name, &error, tally);
        }
    };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(file);
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            decoder.gap();
            return broken(name, 1, &error, tally);
        }
    };
    if header.is_empty() {
        decoder.gap();
        return tally.add("data::empty-file", || {
            Finding::error("data::empty-file", "the file is empty")
                .in_file(name.clone())
                .help("a source without records still has a header".to_owned())
        });
    }
    let names: Vec<&str> = header.iter().collect();
    let Some(positions) = decoder.positions(name, &names, tally) else { return };
    let mut record = StringRecord::new();
    let mut batch = decoder.batch(name);
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(reader.position().line(), csv::Position::line);
                let goes_on = matches!(error.kind(), ErrorKind::Utf8 { .. });
                broken(name, line, &error, tally);
                decoder.gap();
                if goes_on {
                    continue;
                }
                break;
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != names.len() {
            decoder.gap();
            tally.add("data::field-count", || field_count(name, line, &record, names.len()));
            continue;
        }
        let cells = positions.iter().map(|position| match record.get(*position) {
            None | Some("") => Cell::Empty,
            Some(text) => Cell::Text(text),
        });
        decoder.push(name, line, cells, &mut batch, tally);
        if batch.is_full() {
            hand_on(&batch);
            batch.clear();
        }
    }
    hand_on(&batch);
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

pub(super) fn broken(name: &Arc<str>, line: u64, error: &csv::Error, tally: &mut Tally) {
    let (code, message) = match error.kind() {
        ErrorKind::Utf8 { .. } => ("data::not-utf8", "the record is not UTF-8".to_owned()),
        ErrorKind::Io(error) => ("data::unreadable", format!("cannot read on: {}", io_words(error))),
        _ => ("data::not-csv", "the record is no CSV".to_owned()),
    };
    let help = (code == "data::not-utf8").then(|| "save the file as UTF-8".to_owned());
    tally.add(code, || {
        Finding::error(code, message).at(Place::Record { file: name.clone(), line, column: None }).help(help)
    });
}

fn unreadable(name: &Arc<str>, error: &std::io::Error, tally: &mut Tally) {
    tally.add("data::unreadable", || {
        Finding::error("data::unreadable", format!("cannot read the file: {}", io_words(error))).in_file(name.clone())
    });
}
