//! The compact protocol of Apache Thrift, as far as Parquet's headers need it.
//!
//! Headers are read here before the library reads them: it takes their sizes for true, and reserves memory for them.

/// Kinds of values on the wire.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
pub(super) const BINARY: u8 = 8;
pub(super) const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
pub(super) const STRUCT: u8 = 12;
const UUID: u8 = 13;

/// How deep structures may lie in each other; Parquet's own lie less than ten deep.
const DEPTH: usize = 32;

/// Says that the bytes end too early, or are no Thrift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Short,
    Malformed,
}

/// Reads values from bytes.
pub(super) struct Compact<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many elements of lists were read.
    pub(super) elements: u64,
}

impl<'a> Compact<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, elements: 0 }
    }

    /// Returns how many bytes were read.
    pub(super) fn read(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        let byte = *self.bytes.get(self.at).ok_or(Stop::Short)?;
        self.at += 1;
        Ok(byte)
    }

    /// Reads an unsigned number of seven bits a byte, the lowest first.
    pub(super) fn unsigned(&mut self) -> Result<u64, Stop> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Stop::Malformed)
    }

    /// Reads a signed number, the sign in the lowest bit.
    pub(super) fn signed(&mut self) -> Result<i64, Stop> {
        let number = self.unsigned()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// Reads the head of a structure's next field: its number, and the kind of its value.
    pub(super) fn field(&mut self, last: &mut i64) -> Result<Option<(i64, u8)>, Stop> {
        let head = self.byte()?;
        if head == 0 {
            return Ok(None);
        }
        *last = match head >> 4 {
            0 => self.signed()?,
            step => *last + i64::from(step),
        };
        Ok(Some((*last, head & 0x0f)))
    }

    /// Reads the head of a list: the number of its elements, and their kind.
    pub(super) fn list(&mut self) -> Result<(u64, u8), Stop> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.unsigned()?,
            count => u64::from(count),
        };
        self.elements += count;
        Ok((count, head & 0x0f))
    }

    /// Reads the boolean of a field.
    pub(super) fn boolean(kind: u8) -> bool {
        kind == TRUE
    }

    pub(super) fn skip(&mut self, kind: u8) -> Result<(), Stop> {
        self.skip_within(kind, DEPTH, false)
    }

    /// Skips an element of a list; a boolean takes a byte there.
    pub(super) fn skip_element(&mut self, kind: u8) -> Result<(), Stop> {
        self.skip_within(kind, DEPTH, true)
    }

    fn skip_within(&mut self, kind: u8, depth: usize, in_list: bool) -> Result<(), Stop> {
        let depth = depth.checked_sub(1).ok_or(Stop::Malformed)?;
        match kind {
            TRUE | FALSE if in_list => self.skip_bytes(1),
            TRUE | FALSE => Ok(()),
            BYTE => self.skip_bytes(1),
            I16 | I32 | I64 => self.unsigned().map(|_| ()),
            DOUBLE => self.skip_bytes(8),
            UUID => self.skip_bytes(16),
            BINARY => {
                let length = self.unsigned()?;
                self.skip_bytes(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                (0..count).try_for_each(|_| self.skip_within(kind, depth, true))
            }
            MAP => self.skip_map(depth),
            STRUCT => {
                let mut last = 0;
                while let Some((_, kind)) = self.field(&mut last)? {
                    self.skip_within(kind, depth, false)?;
                }
                Ok(())
            }
            _ => Err(Stop::Malformed),
        }
    }

    fn skip_map(&mut self, depth: usize) -> Result<(), Stop> {
        let count = self.unsigned()?;
        if count == 0 {
            return Ok(());
        }
        let kinds = self.byte()?;
        self.elements += count;
        (0..count).try_for_each(|_| {
            self.skip_within(kinds >> 4, depth, true)?;
            self.skip_within(kinds & 0x0f, depth, true)
        })
    }

    fn skip_bytes(&mut self, count: u64) -> Result<(), Stop> {
        let end = usize::try_from(count).ok().and_then(|count| self.at.checked_add(count));
        self.at = end.filter(|end| *end <= self.bytes.len()).ok_or(Stop::Short)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_skipped_and_lists_counted() {
        // 1: i32 7; 2: list of two booleans; 4: binary "ab"; 5: map of one pair of bytes; 6: struct of nothing.
        let bytes = [0x15, 14, 0x19, 0x21, 1, 2, 0x28, 2, b'a', b'b', 0x1b, 1, 0x33, 5, 6, 0x1c, 0, 0, 9];
        let mut compact = Compact::new(&bytes);
        compact.skip(STRUCT).unwrap();
        assert_eq!((compact.read(), compact.elements), (bytes.len() - 1, 3));
        for end in 0..bytes.len() - 1 {
            assert_eq!(Compact::new(&bytes[..end]).skip(STRUCT), Err(Stop::Short), "{end}");
        }
        assert_eq!(Compact::new(&[0x1c; 100]).skip(STRUCT), Err(Stop::Malformed));
        assert_eq!(Compact::new(&[0xff; 11]).unsigned(), Err(Stop::Malformed));
        assert_eq!(Compact::new(&[0x05]).signed(), Ok(-3));
        assert_eq!(Compact::new(&[0x04]).signed(), Ok(2));
    }
}
