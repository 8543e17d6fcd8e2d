//! The compact protocol of Apache Thrift, in which Parquet's headers are written.

use std::io::Cursor;

use thrift::protocol::{TCompactInputProtocol, TInputProtocol, TType};
use thrift::{Error, Result, TransportErrorKind};

/// Reads a structure from bytes; returns how many bytes it takes as well.
pub(super) fn read<T>(bytes: &[u8], read: impl FnOnce(&mut dyn TInputProtocol) -> Result<T>) -> Result<(T, usize)> {
    let mut cursor = Cursor::new(bytes);
    let read = read(&mut TCompactInputProtocol::new(&mut cursor))?;
    Ok((read, usize::try_from(cursor.position()).unwrap_or(usize::MAX)))
}

/// Reads the fields of a structure by their number and type; those that are not taken are skipped.
pub(super) fn fields(
    input: &mut dyn TInputProtocol,
    mut take: impl FnMut(&mut dyn TInputProtocol, i16, TType) -> Result<bool>,
) -> Result<()> {
    input.read_struct_begin()?;
    loop {
        let field = input.read_field_begin()?;
        if field.field_type == TType::Stop {
            return input.read_struct_end();
        }
        if !take(input, field.id.unwrap_or_default(), field.field_type)? {
            input.skip(field.field_type)?;
        }
    }
}

/// Tells whether the bytes end before the structure does.
pub(super) fn is_short(error: &Error) -> bool {
    matches!(error, Error::Transport(error) if error.kind == TransportErrorKind::EndOfFile)
}
