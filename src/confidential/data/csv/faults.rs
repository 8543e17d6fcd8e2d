//! What is wrong with a CSV file. Of a record nothing but its place is told.

use std::sync::Arc;

use crate::confidential::data::open;
use crate::diag::{Finding, Place, code};
use crate::report_spec::Limits;

use super::{Broken, Fault, Record};

/// What the words of a fault name.
#[derive(Clone, Copy)]
pub(in crate::confidential::data) struct Words<'a> {
    pub(in crate::confidential::data) file: &'a Arc<str>,
    /// Where the bounds are set.
    pub(in crate::confidential::data) setting: &'a str,
    pub(in crate::confidential::data) limits: Limits,
}

/// Reports why the rest of a file cannot be cut into records.
pub(in crate::confidential::data) fn broken(words: Words<'_>, broken: &Broken) -> Finding {
    let Words { file, setting, limits } = words;
    let quotes = "close it, or write a quote within a value twice and put the value in quotes".to_owned();
    let (code, message, help) = match &broken.fault {
        Fault::Unclosed => (code::data::NOT_CSV, "a quote opens in this line and is never closed".to_owned(), quotes),
        Fault::BehindQuote => {
            let message = "in a value that begins in this line, more text stands behind the closing quote";
            (code::data::NOT_CSV, message.to_owned(), quotes)
        }
        Fault::LongField { quoted: true } => (
            code::data::NOT_CSV,
            format!("a quote opens in this line and is not closed within {} KiB", limits.field_kib),
            format!("close it; a longer value needs a larger `field_kib` under {setting}"),
        ),
        Fault::LongField { quoted: false } => (
            code::data::TOO_LARGE,
            format!("a value takes more than {} KiB", limits.field_kib),
            format!("a longer value needs a larger `field_kib` under {setting}"),
        ),
        Fault::LongRecord => (
            code::data::TOO_LARGE,
            format!("the record takes more than {} KiB", limits.record_kib),
            format!("a longer record needs a larger `record_kib` under {setting}"),
        ),
        Fault::Nul { at_start: true } => (
            code::data::NOT_CSV,
            "from here on the file holds the byte NUL in the place of records".to_owned(),
            "the file was cut off while it was written or copied: get it anew".to_owned(),
        ),
        Fault::Nul { at_start: false } => (
            code::data::NOT_CSV,
            "the record holds the byte NUL, which no text holds".to_owned(),
            "the file was cut off or damaged, or is no CSV: get it anew".to_owned(),
        ),
        Fault::Io(error) => return open::unreadable_on(file, broken.line, error),
    };
    Finding::error(code, message).at(place(file, broken.line)).help(help)
}

/// Reports why the reference figures cannot be cut into records.
pub(in crate::confidential::data) fn broken_reference(file: &Arc<str>, limits: Limits, fault: &Broken) -> Finding {
    let finding = broken(Words { file, setting: "", limits }, fault);
    match fault.fault {
        Fault::LongField { .. } | Fault::LongRecord => finding.help("a figure is three short values".to_owned()),
        _ => finding,
    }
}

/// Reports a record of too few or too many values.
pub(in crate::confidential::data) fn field_count(file: &Arc<str>, record: &Record, wanted: usize) -> Finding {
    let values = if record.len() == 1 { "1 value".to_owned() } else { format!("{} values", record.len()) };
    let message = format!("the record has {values}, and the header names {wanted}");
    let holds = |byte: u8| record.values().any(|value| value.contains(&byte));
    let help = match record.len() < wanted {
        true if holds(b'\n') => "a quote that is not closed takes in the lines after it",
        true if record.len() == 1 && holds(b',') => "quotes stand around each value, and not around the line",
        true => "a record has as many commas as the header, those of empty values too; what is no record is taken out",
        false => "a value that holds a comma must stand in quotes",
    };
    Finding::error(code::data::FIELD_COUNT, message).at(place(file, record.line())).help(help.to_owned())
}

/// Reports a value that holds records.
pub(super) fn swallowed(file: &Arc<str>, line: u64) -> Finding {
    let message = "a quote opens in this line, and what it takes in are records themselves";
    Finding::error(code::data::NOT_CSV, message)
        .at(place(file, line))
        .help("close it: a quote of a later line was taken for its end".to_owned())
}

/// Reports the mark that old programs write at the end of a text file.
pub(super) fn end_mark(file: &Arc<str>, record: &Record) -> Option<Finding> {
    (record.len() == 1 && record.values().all(|value| value.starts_with(b"\x1a"))).then(|| {
        Finding::error(code::data::NOT_CSV, "the line holds Ctrl-Z (U+001A), with which DOS ended its text files")
            .at(place(file, record.line()))
            .help("take the line out of the file".to_owned())
    })
}

/// Reports a file that holds nothing.
pub(super) fn empty(file: &Arc<str>) -> Finding {
    Finding::error(code::data::EMPTY_FILE, "the file is empty")
        .in_file(file.clone())
        .help("a source without records still has a header".to_owned())
}

/// Reports a record that is not UTF-8.
pub(in crate::confidential::data) fn not_utf8(file: &Arc<str>, record: &Record) -> Finding {
    let bytes: Vec<u8> = record.values().flatten().copied().collect();
    not_utf8_at(file, record.line(), open::guess_encoding(&bytes))
}

pub(super) fn not_utf8_at(file: &Arc<str>, line: u64, guess: &str) -> Finding {
    Finding::error(code::data::NOT_UTF8, format!("the record is not UTF-8, but probably {guess}"))
        .at(place(file, line))
        .help("save the file as UTF-8".to_owned())
}

fn place(file: &Arc<str>, line: u64) -> Place {
    Place::Record { file: file.clone(), line, column: None }
}
