//! Case data as Apache Parquet, by pages and within bounds of memory.
//!
//! Takes a file; gives cells of the spec's columns, some records at a time. Headers are read before the library sees
//! them, so that no file is unpacked or decoded to more than its bounds. Refuses what is damaged, encrypted or too
//! large; of its content nothing is told.

mod column;
mod compact;
mod delta;
mod fault;
mod footer;
mod header;
mod meaning;
mod pages;
mod unpack;

use std::fs::File;
use std::io::{Read, Seek};
use std::sync::{Arc, Mutex};

use parquet::basic::{Encoding, Repetition};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::schema::types::{SchemaDescriptor, Type as SchemaType};

use crate::diag::{Finding, catch_panic, code};
use crate::report_spec::Limits;

use super::decode::Cell;
use super::file::Part;
use super::intake::Intake;
use super::open;

use column::Column;
use fault::Fault;
use pages::{Budget, Pages, Shared};

/// How many records are read at once, and how many where each value is put together anew.
const RECORDS: usize = 1024;
const FEW: usize = 4;

/// Reads one file; the line of a finding is the row's number, from 1.
pub(super) fn read(part: &Part, mut intake: Intake<'_, '_>) {
    match open(part, &intake).and_then(|(file, metadata)| {
        let Some(layout) = Layout::of(part, &metadata, &mut intake) else { return Ok(()) };
        rows(&Arc::new(Mutex::new(file)), &metadata, &layout, &mut intake)
    }) {
        Ok(()) => intake.finish(),
        Err(Failure::Fault(fault)) => {
            let finding = fault::finding(intake.name, intake.source(), &fault);
            intake.mark_incomplete(finding);
        }
        Err(Failure::Finding(finding)) => intake.mark_incomplete(finding),
    }
}

/// Why a file is not read.
enum Failure {
    Fault(Fault),
    Finding(Finding),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

fn open(part: &Part, intake: &Intake<'_, '_>) -> Result<(File, ParquetMetaData), Failure> {
    let mut file = File::open(&part.path).map_err(Fault::Io)?;
    let mut start = Vec::new();
    (&mut file).take(4096).read_to_end(&mut start).map_err(Fault::Io)?;
    if !start.starts_with(b"PAR1") {
        // Encrypted files begin otherwise.
        if start.starts_with(b"PARE") {
            return Err(Fault::Encrypted.into());
        }
        if let Some((what, _)) = open::kind(&start) {
            let message = format!("the file is {what}, and Parquet is needed");
            let help = "write it as Parquet, or name the format that it has".to_owned();
            let finding = Finding::error(code::data::OTHER_FORMAT, message).in_file(intake.name.clone()).help(help);
            return Err(Failure::Finding(finding));
        }
    }
    file.rewind().map_err(Fault::Io)?;
    let metadata = footer::read(&mut file, kib(fault::FOOTER_PAGES * intake.source().limits.page_kib) as u64)?;
    Ok((file, metadata))
}

fn kib(number: u32) -> usize {
    number as usize * 1024
}

/// Where the spec's columns are found.
struct Layout {
    /// For each column of the spec.
    places: Vec<Place>,
    /// Leaves of the schema that are read, each once.
    leaves: Vec<usize>,
    /// Values that the folders of the file give to all its records.
    keys: Vec<String>,
    limits: Limits,
}

#[derive(Clone, Copy)]
enum Place {
    /// Among the leaves that are read.
    Leaf(usize),
    /// Among the values of folders.
    Key(usize),
}

impl Layout {
    fn of(part: &Part, metadata: &ParquetMetaData, intake: &mut Intake<'_, '_>) -> Option<Self> {
        let schema = metadata.file_metadata().schema_descr();
        let fields = schema.root_schema().get_fields();
        let mut names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
        names.extend(part.keys.iter().map(|(key, _)| key.as_str()));
        let positions = intake.positions(1, &names)?;
        let single = |at: usize| fields.get(at).and_then(|field| leaf(schema, field, at));
        let (mut places, mut leaves, mut is_sound) = (Vec::new(), Vec::new(), true);
        for at in positions {
            if let Some(key) = at.checked_sub(fields.len()) {
                places.push(Place::Key(key));
            } else if let Some(leaf) = single(at) {
                places.push(Place::Leaf(leaves.len()));
                leaves.push(leaf);
            } else {
                intake.mark_incomplete(fault::nested(intake.name, names[at]));
                is_sound = false;
            }
        }
        if !is_sound {
            return None;
        }
        // The rows are counted by a column, and not by what the footer says of them.
        if leaves.is_empty() {
            leaves.push((0..fields.len()).find_map(single).unwrap_or(0));
        }
        Some(Self {
            places,
            leaves,
            keys: part.keys.iter().map(|(_, value)| value.clone()).collect(),
            limits: intake.source().limits,
        })
    }
}

/// Finds the leaf of a field that holds single values, and neither lists nor groups.
fn leaf(schema: &SchemaDescriptor, field: &SchemaType, root: usize) -> Option<usize> {
    let info = field.get_basic_info();
    let is_list = info.has_repetition() && info.repetition() == Repetition::REPEATED;
    if is_list || !field.is_primitive() {
        return None;
    }
    (0..schema.num_columns()).find(|leaf| schema.get_column_root_idx(*leaf) == root)
}

/// Reads all groups of rows.
fn rows(
    file: &Shared,
    metadata: &ParquetMetaData,
    layout: &Layout,
    intake: &mut Intake<'_, '_>,
) -> Result<(), Failure> {
    let rows: i64 = metadata.row_groups().iter().map(RowGroupMetaData::num_rows).fold(0, i64::saturating_add);
    if rows > i64::from(u32::MAX) {
        return Err(Fault::TooMany.into());
    }
    let mut number = 1;
    for group in metadata.row_groups() {
        rows_of(file, group, layout, &mut number, intake)?;
    }
    Ok(())
}

fn rows_of(
    file: &Shared,
    group: &RowGroupMetaData,
    layout: &Layout,
    number: &mut u64,
    intake: &mut Intake<'_, '_>,
) -> Result<(), Fault> {
    let budget = Budget::new(kib(layout.limits.page_kib), kib(fault::TOGETHER_PAGES * layout.limits.page_kib));
    let mut left = usize::try_from(group.num_rows()).map_err(|_| Fault::Damaged)?;
    let (mut columns, mut step) = (Vec::new(), RECORDS);
    for leaf in &layout.leaves {
        let column = group.columns().get(*leaf).ok_or(Fault::Damaged)?;
        if column.num_values() != group.num_rows() {
            return Err(Fault::Damaged);
        }
        if column.encodings().any(|encoding| encoding == Encoding::DELTA_BYTE_ARRAY) {
            step = FEW;
        }
        columns.push(Column::new(column.column_descr_ptr(), Pages::new(file.clone(), column, budget.clone())?));
    }
    while left > 0 {
        let count = step.min(left);
        // The library panics on some damaged pages.
        let bound = kib(layout.limits.field_kib);
        let filled = catch_panic(|| columns.iter_mut().try_for_each(|column| column.fill(count, bound)));
        filled.ok_or(Fault::Damaged)??;
        for record in 0..count {
            let cells = layout.places.iter().map(|place| match place {
                Place::Leaf(at) => columns[*at].cell(record),
                Place::Key(at) => {
                    Some(layout.keys[*at].as_str()).filter(|key| !key.is_empty()).map_or(Cell::Empty, Cell::Text)
                }
            });
            intake.record(*number, cells.map(|cell| (*number, cell)));
            *number += 1;
        }
        left -= count;
    }
    Ok(())
}
