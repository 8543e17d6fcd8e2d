//! The header of a page.

use parquet::basic::Encoding;

use super::fault::Fault;
use super::thrift::{Compact, STRUCT, Stop};

/// What stands before a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Its kind: 0 data, 1 index, 2 dictionary, 3 data of the second version.
    pub(super) kind: i64,
    pub(super) unpacked: i64,
    pub(super) packed: i64,
    pub(super) values: i64,
    pub(super) nulls: i64,
    pub(super) rows: i64,
    pub(super) encoding: i64,
    /// How the levels of a page of the first version are encoded.
    pub(super) levels: [i64; 2],
    /// Lengths of the levels of a page of the second version: definition, repetition.
    pub(super) level_bytes: [i64; 2],
    pub(super) is_plain: bool,
}

impl Header {
    /// Reads a header; returns how many bytes it takes as well.
    pub(super) fn read(bytes: &[u8]) -> Result<(Self, usize), Stop> {
        let mut compact = Compact::new(bytes);
        let (mut header, mut last) = (Self::default(), 0);
        while let Some((field, kind)) = compact.field(&mut last)? {
            match field {
                1 => header.kind = compact.signed()?,
                2 => header.unpacked = compact.signed()?,
                3 => header.packed = compact.signed()?,
                5 | 7 | 8 if kind == STRUCT => header.details(field, &mut compact)?,
                _ => compact.skip(kind)?,
            }
        }
        Ok((header, compact.read()))
    }

    /// Reads what a header says of pages of one kind.
    fn details(&mut self, of: i64, compact: &mut Compact<'_>) -> Result<(), Stop> {
        let mut last = 0;
        while let Some((field, kind)) = compact.field(&mut last)? {
            match (of, field) {
                (_, 1) => self.values = compact.signed()?,
                (5 | 7, 2) | (8, 4) => self.encoding = compact.signed()?,
                (5, 3) => self.levels[0] = compact.signed()?,
                (5, 4) => self.levels[1] = compact.signed()?,
                (8, 2) => self.nulls = compact.signed()?,
                (8, 3) => self.rows = compact.signed()?,
                (8, 5) => self.level_bytes[0] = compact.signed()?,
                (8, 6) => self.level_bytes[1] = compact.signed()?,
                (8, 7) => self.is_plain = !Compact::boolean(kind),
                _ => compact.skip(kind)?,
            }
        }
        Ok(())
    }
}

/// Returns the encoding of this number.
#[expect(deprecated, reason = "old files have it")]
pub(super) fn encoding(number: i64) -> Result<Encoding, Fault> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return Err(Fault::Damaged),
    })
}

/// Returns a number that may not be negative.
pub(super) fn whole(number: i64) -> Result<usize, Fault> {
    usize::try_from(number).ok().filter(|number| *number <= i32::MAX as usize).ok_or(Fault::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_each_kind_is_read() {
        // A data page of 5 values, 20 bytes packed to 18, plain, levels in runs, with statistics.
        let data =
            [0x15, 0, 0x15, 40, 0x15, 36, 0x2c, 0x15, 10, 0x15, 0, 0x15, 6, 0x15, 6, 0x1c, 0x18, 1, b'z', 0, 0, 0];
        let (header, length) = Header::read(&data).unwrap();
        assert_eq!(length, data.len());
        let expected = Header { unpacked: 20, packed: 18, values: 5, levels: [3, 3], ..Header::default() };
        assert_eq!(header, expected);
        // A dictionary of 3 values.
        let dictionary = [0x15, 4, 0x15, 8, 0x15, 8, 0x4c, 0x15, 6, 0x15, 0, 0x11, 0, 0];
        let (header, length) = Header::read(&dictionary).unwrap();
        assert_eq!((header.kind, header.values, length), (2, 3, dictionary.len()));
        // A page of the second version: 6 values, 1 null, 6 rows, dictionary, levels of 2 and 0 bytes, not packed.
        let second =
            [0x15, 6, 0x15, 40, 0x15, 36, 0x5c, 0x15, 12, 0x15, 2, 0x15, 12, 0x15, 16, 0x15, 4, 0x15, 0, 0x12, 0, 0];
        let (header, _) = Header::read(&second).unwrap();
        let expected = Header {
            kind: 3,
            unpacked: 20,
            packed: 18,
            values: 6,
            nulls: 1,
            rows: 6,
            encoding: 8,
            level_bytes: [2, 0],
            is_plain: true,
            ..Header::default()
        };
        assert_eq!(header, expected);
        assert_eq!(Header::read(&second[..9]), Err(Stop::Short));
    }
}
