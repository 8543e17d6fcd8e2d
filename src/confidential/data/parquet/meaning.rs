//! What single values mean.

use half::f16;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::data_type::Int96;
use parquet::schema::types::ColumnDescriptor;

use crate::confidential::data::decode::Cell;

/// Days from the common era's first day to 1970-01-01, where Parquet's dates begin.
const UNIX_EPOCH: i64 = 719_163;

/// The Julian day of 1970-01-01, from which the days of INT96 count.
const JULIAN_EPOCH: i64 = 2_440_588;

/// The bytes of the largest decimal that is read.
const DECIMAL_BYTES: usize = 16;

/// What the numbers or bytes of a column mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
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

/// Tells what the values of a column mean.
pub(super) fn meaning(descriptor: &ColumnDescriptor) -> Meaning {
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

pub(super) fn whole<'c>(value: i64, meaning: Meaning) -> Cell<'c> {
    match meaning {
        Meaning::Date => Cell::Day(value + UNIX_EPOCH),
        Meaning::Time(per_day) if value % per_day == 0 => Cell::Day(value / per_day + UNIX_EPOCH),
        Meaning::Time(_) => Cell::Time,
        Meaning::Decimal(scale) => decimal(i128::from(value), scale),
        _ => Cell::Number(value as f64),
    }
}

pub(super) fn int96<'c>(value: &Int96) -> Cell<'c> {
    let [low, high, day] = value.data() else { return Cell::Other };
    match (low, high) {
        (0, 0) => Cell::Day(i64::from(*day) - JULIAN_EPOCH + UNIX_EPOCH),
        _ => Cell::Time,
    }
}

pub(super) fn number<'c>(value: f64) -> Cell<'c> {
    if value.is_nan() { Cell::Empty } else { Cell::Number(value) }
}

/// Reads a number of 16 bits (IEEE 754 binary16).
pub(super) fn half<'c>(bytes: &[u8]) -> Cell<'c> {
    bytes.try_into().map_or(Cell::Other, |bytes| number(f16::from_le_bytes(bytes).to_f64()))
}

/// Reads the number that its digits say, rounded once.
fn decimal<'c>(digits: i128, scale: i32) -> Cell<'c> {
    let exponent = i64::from(scale);
    format!("{digits}e{}", -exponent).parse().map_or(Cell::Other, number)
}

/// Reads a decimal of whole bytes, the highest first, in two's complement.
pub(super) fn decimal_bytes<'c>(bytes: &[u8], scale: i32) -> Cell<'c> {
    let Some(first) = bytes.first() else { return Cell::Other };
    let sign: i8 = if first & 0x80 == 0 { 0 } else { -1 };
    // Wider types hold the same numbers, with more bytes of the sign before them.
    let (more, digits) = bytes.split_at(bytes.len().saturating_sub(DECIMAL_BYTES));
    let is_whole = more.iter().all(|byte| *byte == sign as u8) && (more.is_empty() || (digits[0] as i8) >> 7 == sign);
    match is_whole {
        true => decimal(digits.iter().fold(i128::from(sign), |digits, byte| digits << 8 | i128::from(*byte)), scale),
        false => Cell::Other,
    }
}

pub(super) fn text(bytes: &[u8]) -> Cell<'_> {
    match std::str::from_utf8(bytes) {
        Ok("") => Cell::Empty,
        Ok(text) => Cell::Text(text),
        Err(_) => Cell::Other,
    }
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
        assert_eq!(value(decimal_bytes(&[&[0xff; 14][..], &[0x90, 0x34, 0xb1]].concat(), 5)), -73.26543);
        assert_eq!(value(decimal_bytes(&[&[0; 16][..], &[7]].concat(), 0)), 7.0);
        for wide in [&[&[0; 14][..], &[0xff; 16]].concat()[..], &[&[1][..], &[0; 16]].concat(), &[0xfe; 17], &[]] {
            assert!(value(decimal_bytes(wide, 0)).is_nan(), "{wide:?}");
        }
        assert_eq!(value(whole(7, Meaning::Decimal(-2))), 700.0);
        assert_eq!(value(half(&[0x00, 0xc0])), -2.0);
        assert_eq!(value(half(&[0x55, 0x35])), 0.333_251_953_125);
        assert_eq!(value(half(&[0x01, 0x00])), 2_f64.powi(-24));
        assert_eq!(value(half(&[0x00, 0xfc])), f64::NEG_INFINITY);
        assert!(matches!(half(&[0x00, 0x7e]), Cell::Empty));
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
}
