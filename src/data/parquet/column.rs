//! The values of one column, as cells.

use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray, Int96};
use parquet::errors::Result as ParquetResult;
use parquet::schema::types::ColumnDescriptor;

use crate::data::decode::Cell;

use super::fault::Fault;
use super::pages::Pages;

/// Days from the common era's first day to 1970-01-01, where Parquet's dates begin.
const UNIX_EPOCH: i64 = 719_163;

/// The Julian day of 1970-01-01, from which the days of INT96 count.
const JULIAN_EPOCH: i64 = 2_440_588;

/// The most digits of a decimal that is read: those of 16 bytes.
const DECIMAL_BYTES: usize = 16;

/// What the numbers or bytes of a column mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meaning {
    Plain,
    Unsigned,
    Date,
    /// A point in time, in so many units a day.
    Time(i64),
    /// A number with so many digits behind the point.
    Decimal(i32),
    Uuid,
    Half,
    /// What no column of a spec takes.
    Other,
}

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
            self.texts.extend(values.iter().map(|value| uuid(value.data())));
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

fn meaning(descriptor: &ColumnDescriptor) -> Meaning {
    let scale = descriptor.type_scale();
    match (descriptor.logical_type_ref(), descriptor.converted_type()) {
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Meaning::Date,
        (Some(LogicalType::Timestamp(time)), _) => Meaning::Time(match time.unit {
            TimeUnit::MILLIS => 86_400_000,
            TimeUnit::MICROS => 86_400_000_000,
            TimeUnit::NANOS => 86_400_000_000_000,
        }),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Meaning::Time(86_400_000),
        (None, ConvertedType::TIMESTAMP_MICROS) => Meaning::Time(86_400_000_000),
        (Some(LogicalType::Decimal(decimal)), _) => Meaning::Decimal(decimal.scale),
        (None, ConvertedType::DECIMAL) => Meaning::Decimal(scale),
        (Some(LogicalType::Integer(integer)), _) if !integer.is_signed => Meaning::Unsigned,
        (None, ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64) => {
            Meaning::Unsigned
        }
        (Some(LogicalType::Uuid), _) if descriptor.type_length() == 16 => Meaning::Uuid,
        (Some(LogicalType::Float16), _) if descriptor.type_length() == 2 => Meaning::Half,
        (
            None,
            ConvertedType::INTERVAL | ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS | ConvertedType::BSON,
        ) => Meaning::Other,
        (
            None
            | Some(
                LogicalType::String
                | LogicalType::Enum
                | LogicalType::Json
                | LogicalType::Integer(_)
                | LogicalType::Unknown,
            ),
            _,
        ) => Meaning::Plain,
        (Some(_), _) => Meaning::Other,
    }
}

fn whole<'c>(value: i64, meaning: Meaning) -> Cell<'c> {
    match meaning {
        Meaning::Date => Cell::Day(value + UNIX_EPOCH),
        Meaning::Time(per_day) if value % per_day == 0 => Cell::Day(value / per_day + UNIX_EPOCH),
        Meaning::Time(_) => Cell::Time,
        Meaning::Decimal(scale) => decimal(i128::from(value), scale),
        _ => Cell::Number(value as f64),
    }
}

fn int96<'c>(value: &Int96) -> Cell<'c> {
    let [low, high, day] = value.data() else { return Cell::Other };
    match (low, high) {
        (0, 0) => Cell::Day(i64::from(*day) - JULIAN_EPOCH + UNIX_EPOCH),
        _ => Cell::Time,
    }
}

fn number<'c>(value: f64) -> Cell<'c> {
    if value.is_nan() { Cell::Empty } else { Cell::Number(value) }
}

/// Reads a number of 16 bits (IEEE 754 binary16).
fn half<'c>(bytes: &[u8]) -> Cell<'c> {
    let [low, high] = *bytes else { return Cell::Other };
    let bits = u16::from_le_bytes([low, high]);
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff) / 1024.0);
    let size = match exponent {
        0 => fraction * 2_f64.powi(-14),
        31 => return Cell::Empty,
        _ => (1.0 + fraction) * 2_f64.powi(exponent - 15),
    };
    Cell::Number(if bits >> 15 == 1 { -size } else { size })
}

/// Reads the number that its digits say, rounded once.
fn decimal<'c>(digits: i128, scale: i32) -> Cell<'c> {
    let exponent = i64::from(scale);
    format!("{digits}e{}", -exponent).parse().map_or(Cell::Other, number)
}

/// Reads a decimal of whole bytes, the highest first, in two's complement.
fn decimal_bytes<'c>(bytes: &[u8], scale: i32) -> Cell<'c> {
    if bytes.is_empty() || bytes.len() > DECIMAL_BYTES {
        return Cell::Other;
    }
    let sign = if bytes[0] & 0x80 == 0 { 0 } else { -1 };
    decimal(bytes.iter().fold(sign, |digits, byte| digits << 8 | i128::from(*byte)), scale)
}

fn text(bytes: &[u8]) -> Cell<'_> {
    match std::str::from_utf8(bytes) {
        Ok("") => Cell::Empty,
        Ok(text) => Cell::Text(text),
        Err(_) => Cell::Other,
    }
}

fn uuid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        text += if matches!(at, 4 | 6 | 8 | 10) { "-" } else { "" };
        text += &format!("{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(cell: Cell<'_>) -> f64 {
        match cell {
            Cell::Number(value) => value,
            Cell::Day(day) => (day - UNIX_EPOCH) as f64,
            _ => f64::NAN,
        }
    }

    #[test]
    fn numbers_mean_what_their_type_says() {
        assert_eq!(value(whole(-7_326_543, Meaning::Decimal(5))), -73.26543);
        assert_eq!(value(decimal_bytes(&[0xff, 0x90, 0x34, 0xb1], 5)), -73.26543);
        assert_eq!(value(decimal_bytes(&[1, 0], 0)), 256.0);
        assert!(value(decimal_bytes(&[0; 17], 0)).is_nan());
        assert_eq!(value(whole(7, Meaning::Decimal(-2))), 700.0);
        assert_eq!(value(half(&[0x00, 0xc0])), -2.0);
        assert_eq!(value(half(&[0x55, 0x35])), 0.333_251_953_125);
        assert_eq!(value(half(&[0x01, 0x00])), 2_f64.powi(-24));
    }

    #[test]
    fn midnight_is_a_day_in_every_unit() {
        for per_day in [86_400_000, 86_400_000_000, 86_400_000_000_000] {
            assert_eq!(value(whole(17_166 * per_day, Meaning::Time(per_day))), 17_166.0);
            assert_eq!(value(whole(-per_day, Meaning::Time(per_day))), -1.0);
            assert!(matches!(whole(17_166 * per_day + 1, Meaning::Time(per_day)), Cell::Time));
        }
        let mut midnight = Int96::new();
        midnight.set_data(0, 0, 2_440_588 + 17_166);
        assert_eq!(value(int96(&midnight)), 17_166.0);
        midnight.set_data(1, 0, 2_440_588 + 17_166);
        assert!(matches!(int96(&midnight), Cell::Time));
    }

    #[test]
    fn identifiers_of_sixteen_bytes_are_printed_as_usual() {
        let bytes: Vec<u8> = (0..16).map(|byte| byte * 17).collect();
        assert_eq!(uuid(&bytes), "00112233-4455-6677-8899-aabbccddeeff");
    }
}
