//! The values of one column, as cells.

use std::sync::Arc;

use parquet::basic::Type;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::errors::Result as ParquetResult;
use parquet::schema::types::ColumnDescriptor;
use uuid::Uuid;

use crate::confidential::data::decode::Cell;

use super::fault::Fault;
use super::meaning::{Meaning, decimal_bytes, half, int96, meaning, number, text, whole};
use super::pages::Pages;

/// Values as the library gives them, those that are there.
enum Values {
    Boolean(Vec<bool>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Int96(Vec<Int96>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<ByteArray>),
    Fixed(Vec<FixedLenByteArray>),
}

/// Reads a column some records at a time.
pub(super) struct Column {
    reader: ColumnReader,
    meaning: Meaning,
    max_level: i16,
    levels: Vec<i16>,
    values: Values,
    /// Where the value of each record stands among those that are there.
    places: Vec<Option<usize>>,
    /// Values that are printed otherwise than they are stored.
    texts: Vec<String>,
}

impl Column {
    pub(super) fn new(descriptor: Arc<ColumnDescriptor>, pages: Pages) -> Self {
        let values = match descriptor.physical_type() {
            Type::BOOLEAN => Values::Boolean(Vec::new()),
            Type::INT32 => Values::Int32(Vec::new()),
            Type::INT64 => Values::Int64(Vec::new()),
            Type::INT96 => Values::Int96(Vec::new()),
            Type::FLOAT => Values::Float(Vec::new()),
            Type::DOUBLE => Values::Double(Vec::new()),
            Type::BYTE_ARRAY => Values::Bytes(Vec::new()),
            Type::FIXED_LEN_BYTE_ARRAY => Values::Fixed(Vec::new()),
        };
        Self {
            meaning: meaning(&descriptor),
            max_level: descriptor.max_def_level(),
            reader: get_column_reader(descriptor, Box::new(pages)),
            levels: Vec::new(),
            values,
            places: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Reads the next records, exactly so many; each value may take so many bytes.
    pub(super) fn fill(&mut self, records: usize, bound: usize) -> Result<(), Fault> {
        self.levels.clear();
        let (levels, max) = (&mut self.levels, self.max_level);
        let read = match (&mut self.reader, &mut self.values) {
            (ColumnReader::BoolColumnReader(reader), Values::Boolean(values)) => fill(reader, records, levels, values),
            (ColumnReader::Int32ColumnReader(reader), Values::Int32(values)) => fill(reader, records, levels, values),
            (ColumnReader::Int64ColumnReader(reader), Values::Int64(values)) => fill(reader, records, levels, values),
            (ColumnReader::Int96ColumnReader(reader), Values::Int96(values)) => fill(reader, records, levels, values),
            (ColumnReader::FloatColumnReader(reader), Values::Float(values)) => fill(reader, records, levels, values),
            (ColumnReader::DoubleColumnReader(reader), Values::Double(values)) => fill(reader, records, levels, values),
            (ColumnReader::ByteArrayColumnReader(reader), Values::Bytes(values)) => {
                fill(reader, records, levels, values)
            }
            (ColumnReader::FixedLenByteArrayColumnReader(reader), Values::Fixed(values)) => {
                fill(reader, records, levels, values)
            }
            _ => return Err(Fault::Damaged),
        };
        if read? != records {
            return Err(Fault::Damaged);
        }
        self.places.clear();
        let mut next = 0..;
        match max {
            0 => self.places.extend((0..records).map(Some)),
            max => self.places.extend(self.levels.iter().map(|level| (*level == max).then(|| next.next()).flatten())),
        }
        self.check(bound)?;
        self.print();
        Ok(())
    }

    fn check(&self, bound: usize) -> Result<(), Fault> {
        let longest = match &self.values {
            Values::Bytes(values) => values.iter().map(ByteArray::len).max(),
            Values::Fixed(values) => values.iter().map(|value| value.len()).max(),
            _ => None,
        };
        if longest.is_some_and(|longest| longest > bound) { Err(Fault::LargeValue) } else { Ok(()) }
    }

    /// Writes the identifiers of 16 bytes as they are printed (RFC 9562).
    fn print(&mut self) {
        self.texts.clear();
        if let (Meaning::Uuid, Values::Fixed(values)) = (self.meaning, &self.values) {
            let uuids = values
                .iter()
                .map(|value| Uuid::from_slice(value.data()).expect("the values of a UUID column have 16 bytes"));
            self.texts.extend(uuids.map(|uuid| uuid.to_string()));
        }
    }

    /// Returns the value of one of the records read.
    pub(super) fn cell(&self, record: usize) -> Cell<'_> {
        let Some(at) = self.places.get(record).copied().flatten() else { return Cell::Empty };
        match (&self.values, self.meaning) {
            (_, Meaning::Other) => Cell::Other,
            (Values::Boolean(values), _) => Cell::Boolean(values[at]),
            (Values::Int32(values), Meaning::Unsigned) => Cell::Number(f64::from(values[at] as u32)),
            (Values::Int32(values), meaning) => whole(i64::from(values[at]), meaning),
            (Values::Int64(values), Meaning::Unsigned) => Cell::Number(values[at] as u64 as f64),
            (Values::Int64(values), meaning) => whole(values[at], meaning),
            (Values::Int96(values), _) => int96(&values[at]),
            (Values::Float(values), _) => number(f64::from(values[at])),
            (Values::Double(values), _) => number(values[at]),
            (Values::Bytes(values), Meaning::Decimal(scale)) => decimal_bytes(values[at].data(), scale),
            (Values::Fixed(values), Meaning::Decimal(scale)) => decimal_bytes(values[at].data(), scale),
            (Values::Fixed(values), Meaning::Half) => half(values[at].data()),
            (Values::Fixed(_), Meaning::Uuid) => Cell::Text(&self.texts[at]),
            (Values::Bytes(values), _) => text(values[at].data()),
            (Values::Fixed(values), _) => text(values[at].data()),
        }
    }
}

fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    records: usize,
    levels: &mut Vec<i16>,
    values: &mut Vec<T::T>,
) -> ParquetResult<usize> {
    values.clear();
    Ok(reader.read_records(records, Some(levels), None, values)?.0)
}
