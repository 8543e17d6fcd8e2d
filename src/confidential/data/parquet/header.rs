//! The header of a page.

use parquet::basic::Encoding;
use thrift::Result;
use thrift::protocol::{TInputProtocol, TType};

use super::compact;
use super::fault::Fault;

/// What stands before a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Its kind: 0 data, 1 index, 2 dictionary, 3 data of the second version.
    pub(super) kind: i32,
    pub(super) unpacked: i32,
    pub(super) packed: i32,
    /// The checksum of the page as it stands (CRC-32, ISO 3309), where its writer left one.
    pub(super) checksum: Option<u32>,
    pub(super) values: i32,
    pub(super) nulls: i32,
    pub(super) rows: i32,
    pub(super) encoding: i32,
    /// How the levels of a page of the first version are encoded.
    pub(super) levels: [i32; 2],
    /// Lengths of the levels of a page of the second version: definition, repetition.
    pub(super) level_bytes: [i32; 2],
    pub(super) is_plain: bool,
}

impl Header {
    /// Reads a header; returns how many bytes it takes as well.
    pub(super) fn read(bytes: &[u8]) -> Result<(Self, usize)> {
        compact::read(bytes, |input| {
            let mut header = Self::default();
            compact::fields(input, |input, field, kind| {
                match (field, kind) {
                    (1, TType::I32) => header.kind = input.read_i32()?,
                    (2, TType::I32) => header.unpacked = input.read_i32()?,
                    (3, TType::I32) => header.packed = input.read_i32()?,
                    (4, TType::I32) => header.checksum = Some(input.read_i32()? as u32),
                    (5 | 7 | 8, TType::Struct) => header.details(field, input)?,
                    _ => return Ok(false),
                }
                Ok(true)
            })?;
            Ok(header)
        })
    }

    /// Reads what a header says of pages of one kind.
    fn details(&mut self, of: i16, input: &mut dyn TInputProtocol) -> Result<()> {
        compact::fields(input, |input, field, kind| {
            match (of, field, kind) {
                (_, 1, TType::I32) => self.values = input.read_i32()?,
                (5 | 7, 2, TType::I32) | (8, 4, TType::I32) => self.encoding = input.read_i32()?,
                (5, 3, TType::I32) => self.levels[0] = input.read_i32()?,
                (5, 4, TType::I32) => self.levels[1] = input.read_i32()?,
                (8, 2, TType::I32) => self.nulls = input.read_i32()?,
                (8, 3, TType::I32) => self.rows = input.read_i32()?,
                (8, 5, TType::I32) => self.level_bytes[0] = input.read_i32()?,
                (8, 6, TType::I32) => self.level_bytes[1] = input.read_i32()?,
                (8, 7, TType::Bool) => self.is_plain = !input.read_bool()?,
                _ => return Ok(false),
            }
            Ok(true)
        })
    }
}

/// Returns the encoding of this number.
#[expect(deprecated, reason = "old files have it")]
pub(super) fn encoding(number: i32) -> std::result::Result<Encoding, Fault> {
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
pub(super) fn whole(number: i32) -> std::result::Result<usize, Fault> {
    usize::try_from(number).map_err(|_| Fault::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_each_kind_is_read() {
        // A data page of 5 values, 20 bytes packed to 18, a checksum of ones, plain, levels in runs, with statistics.
        let data = [
            0x15, 0, 0x15, 40, 0x15, 36, 0x15, 1, 0x1c, 0x15, 10, 0x15, 0, 0x15, 6, 0x15, 6, 0x1c, 0x18, 1, b'z', 0, 0,
            0,
        ];
        let (header, length) = Header::read(&data).unwrap();
        assert_eq!(length, data.len());
        let checksum = Some(u32::MAX);
        let expected = Header { unpacked: 20, packed: 18, checksum, values: 5, levels: [3, 3], ..Header::default() };
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
        for end in 0..second.len() {
            assert!(compact::is_short(&Header::read(&second[..end]).unwrap_err()), "{end}");
        }
        // No field has this type, and structures do not lie so deep in each other.
        assert!(!compact::is_short(&Header::read(&[0x1e, 0]).unwrap_err()));
        assert!(!compact::is_short(&Header::read(&[0x9c; 200]).unwrap_err()));
    }
}
