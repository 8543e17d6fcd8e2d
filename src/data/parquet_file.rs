//! Case data as Apache Parquet.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::Type;

use crate::diag::{Finding, contained};

use super::decode::Cell;
use super::intake::Intake;

/// Days from the common era's first day to 1970-01-01, where Parquet's dates begin.
const UNIX_EPOCH: i64 = 719_163;

/// Reads one file; the line of a finding is the row's number, from 1.
pub(super) fn read(path: &Path, mut intake: Intake<'_, '_>) {
    match records(path, &mut intake) {
        Ok(()) => intake.finish(),
        Err(error) => {
            let finding = broken(intake.name, &error);
            intake.gap(finding.code, || finding);
        }
    }
}

fn records(path: &Path, intake: &mut Intake<'_, '_>) -> Result<(), ParquetError> {
    let file = File::open(path)?;
    let reader = contained(|| SerializedFileReader::new(file)).unwrap_or_else(damaged)?;
    let schema = reader.metadata().file_metadata().schema().clone();
    let names: Vec<&str> = schema.get_fields().iter().map(|field| field.name()).collect();
    let Some(positions) = intake.positions(&names) else { return Ok(()) };
    // Only the columns of the spec are read, in the file's order.
    let mut wanted = positions.clone();
    wanted.sort_unstable();
    let fields = wanted.iter().map(|position| schema.get_fields()[*position].clone()).collect();
    let projection = Type::group_type_builder(schema.name()).with_fields(fields).build()?;
    let mut rows = contained(|| reader.get_row_iter(Some(projection))).unwrap_or_else(damaged)?;
    let order: Vec<usize> = positions.iter().filter_map(|position| wanted.binary_search(position).ok()).collect();
    for number in 1.. {
        let Some(row) = contained(|| rows.next()).unwrap_or_else(|| Some(damaged())) else { break };
        let row = row?;
        let fields: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
        intake.record(number, order.iter().map(|at| fields.get(*at).map_or(Cell::Empty, |field| cell(field))));
    }
    Ok(())
}

/// Reads a field as a cell; a time of day other than midnight makes no date.
fn cell(field: &Field) -> Cell<'_> {
    let day = |time: i64, per_day: i64| match time % per_day {
        0 => Cell::Day(time / per_day + UNIX_EPOCH),
        _ => Cell::Other,
    };
    match field {
        Field::Null => Cell::Empty,
        Field::Str(text) if text.is_empty() => Cell::Empty,
        Field::Str(text) => Cell::Text(text),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data())
            .map_or(Cell::Other, |text| if text.is_empty() { Cell::Empty } else { Cell::Text(text) }),
        Field::Bool(value) => Cell::Boolean(*value),
        Field::Date(days) => Cell::Day(i64::from(*days) + UNIX_EPOCH),
        Field::TimestampMillis(time) => day(*time, 86_400_000),
        Field::TimestampMicros(time) => day(*time, 86_400_000_000),
        Field::Double(value) if value.is_nan() => Cell::Empty,
        Field::Double(value) => Cell::Number(*value),
        Field::Long(value) => Cell::Number(*value as f64),
        Field::Int(value) => Cell::Number(f64::from(*value)),
        Field::Float(value) if value.is_nan() => Cell::Empty,
        Field::Float(value) => Cell::Number(f64::from(*value)),
        _ => Cell::Other,
    }
}

/// Stands for a panic of the library, which has them on some damaged files.
fn damaged<T>() -> Result<T, ParquetError> {
    Err(ParquetError::General("the file is damaged".into()))
}

/// Reports a file that cannot be read; the library's own words could hold parts of its content.
fn broken(name: &Arc<str>, error: &ParquetError) -> Finding {
    let help = if error.to_string().contains("Disabled feature") {
        "write it uncompressed, or compressed by Snappy or Zstandard"
    } else {
        "it is another kind of file, or was cut off: write it again"
    };
    Finding::error("data::not-parquet", "the file cannot be read as Parquet")
        .in_file(name.clone())
        .help(help.to_owned())
}
