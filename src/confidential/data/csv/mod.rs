//! Case data as comma-separated values (RFC 4180), read strictly.
//!
//! Takes bytes; gives records of values, each with the line where it begins, as an editor counts. Refuses a quote that
//! is never closed, anything but a comma or the end of the line behind a closing quote, and values and records that
//! take more than their bounds, so that no file takes more memory than those.

mod cutter;
mod faults;
mod record;

pub use cutter::{Bounds, Broken, Cutter, Fault};
pub use record::{NotUtf8, Record, Texts};

pub(super) use faults::{broken_reference, field_count, not_utf8};

use faults::broken;
use std::io::Read;

use crate::report_spec::{ColumnId, TiVec};

use super::decode::Cell;
use super::file::Part;
use super::intake::Intake;
use super::open;

/// Reads one file of a source; a byte order mark and a missing last line break are all right.
pub(super) fn read(part: &Part, mut intake: Intake<'_, '_>) {
    let source = intake.source();
    let opened = match open::text(&part.path, intake.name) {
        Ok(opened) => opened,
        Err(finding) => return intake.mark_incomplete(finding),
    };
    let first_broken = opened.first_broken_line();
    let setting = format!("`limits` of `{}`", source.name);
    let words = faults::Words { file: intake.name, setting: &setting, limits: source.limits };
    let mut cutter = Cutter::new(opened.reader, Bounds::of(source.limits));
    let mut record = Record::default();
    match cutter.read(&mut record) {
        Ok(true) => {}
        Ok(false) => return intake.mark_incomplete(faults::empty(intake.name)),
        Err(fault) => return intake.mark_incomplete(broken(words, &fault)),
    }
    let Ok(header) = record.texts() else { return intake.mark_incomplete(not_utf8(intake.name, &record)) };
    let mut names: Vec<&str> = header.iter().collect();
    let width = names.len();
    names.extend(part.keys.iter().map(|(key, _)| key.as_str()));
    let Some(positions) = intake.positions(record.line(), &names) else {
        // What is no CSV with commas is often no UTF-8 either, and both should be told at once.
        if let Some((line, guess)) = first_broken {
            intake.mark_incomplete(faults::not_utf8_at(intake.name, line, guess));
        }
        return;
    };
    let columns = Columns { positions, width, keys: &part.keys };
    records(&mut cutter, &columns, words, &mut intake);
    intake.finish();
}

/// Where the spec's columns are found.
struct Columns<'a> {
    /// Among the values of a record, and behind those among the keys.
    positions: TiVec<ColumnId, usize>,
    /// How many values a record has.
    width: usize,
    /// Values that the folders of the file give to all its records.
    keys: &'a [(String, String)],
}

/// Reads the records below the header.
fn records(
    cutter: &mut Cutter<impl Read>,
    columns: &Columns<'_>,
    words: faults::Words<'_>,
    intake: &mut Intake<'_, '_>,
) {
    let mut record = Record::default();
    loop {
        match cutter.read(&mut record) {
            Ok(true) => {}
            Ok(false) => return,
            Err(fault) => return intake.mark_incomplete(broken(words, &fault)),
        }
        let Ok(values) = record.texts() else {
            intake.skip_record(not_utf8(intake.name, &record));
            continue;
        };
        if record.len() != columns.width {
            if let Some(finding) = faults::end_mark(intake.name, &record) {
                return intake.mark_incomplete(finding);
            }
            intake.skip_record(field_count(intake.name, &record, columns.width));
            continue;
        }
        if record.spans_lines() {
            let swallows = |at: &usize| {
                values.get(*at).is_some_and(|value| intake.swallows(value, *at, &columns.positions, columns.width))
            };
            if let Some(at) = (0..columns.width).find(swallows) {
                return intake.mark_incomplete(faults::swallowed(intake.name, values.line(at)));
            }
        }
        let cells = columns.positions.iter().map(|at| {
            let text = values.get(*at).or_else(|| Some(columns.keys.get(at - columns.width)?.1.as_str()));
            let cell = text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::Text);
            (values.line(*at), cell)
        });
        intake.record(record.line(), cells);
    }
}
