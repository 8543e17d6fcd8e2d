//! The footer of a Parquet file: its schema, and where its pages stand.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

use crate::diag::contained;

use super::fault::Fault;
use super::thrift::{Compact, LIST, STRUCT, Stop};

/// The length of the footer and the last four bytes of the file.
const TAIL: u64 = 8;

/// What the library takes for a column of the schema, for one in a group of rows, and for an element of any list.
const COLUMN: u64 = 600;
const CHUNK: u64 = 1000;
const ELEMENT: u64 = 32;

/// Reads the footer, which may take so many bytes of memory.
pub(super) fn read(file: &mut File, bound: u64) -> Result<ParquetMetaData, Fault> {
    let length = file.seek(SeekFrom::End(0))?;
    if length < TAIL + 4 {
        return Err(Fault::Damaged);
    }
    let mut tail = [0; TAIL as usize];
    file.seek(SeekFrom::Start(length - TAIL))?;
    file.read_exact(&mut tail)?;
    let [a, b, c, d, magic @ ..] = tail;
    match &magic {
        b"PAR1" => {}
        b"PARE" => return Err(Fault::Encrypted),
        _ => return Err(Fault::Damaged),
    }
    let footer = u64::from(u32::from_le_bytes([a, b, c, d]));
    if footer > length - TAIL - 4 {
        return Err(Fault::Damaged);
    }
    if footer > bound {
        return Err(Fault::LargeFooter);
    }
    file.seek(SeekFrom::Start(length - TAIL - footer))?;
    let mut bytes = vec![0; usize::try_from(footer).map_err(|_| Fault::LargeFooter)?];
    file.read_exact(&mut bytes)?;
    let size = weigh(&bytes)?;
    if size > bound {
        return Err(Fault::LargeFooter);
    }
    contained(|| ParquetMetaDataReader::decode_metadata(&bytes)).ok_or(Fault::Damaged)?.map_err(|_| Fault::Damaged)
}

/// Estimates how much memory a footer takes once it is read; lists that are longer than their bytes are refused.
fn weigh(bytes: &[u8]) -> Result<u64, Fault> {
    let mut compact = Compact::new(bytes);
    let (mut columns, mut chunks, mut last) = (0, 0, 0);
    while let Some((field, kind)) = compact.field(&mut last)? {
        match (field, kind) {
            (2, LIST) => {
                let (count, kind) = compact.list()?;
                columns += count;
                (0..count).try_for_each(|_| compact.skip_element(kind))?;
            }
            (4, LIST) => {
                let (count, kind) = compact.list()?;
                if kind != STRUCT && count > 0 {
                    return Err(Fault::Damaged);
                }
                for _ in 0..count {
                    chunks += 1 + row_group(&mut compact)?;
                }
            }
            // The algorithm of an encrypted file whose footer is legible.
            (8, STRUCT) => return Err(Fault::Encrypted),
            (_, kind) => compact.skip(kind)?,
        }
    }
    Ok(bytes.len() as u64 + COLUMN * columns + CHUNK * chunks + ELEMENT * compact.elements)
}

/// Reads a group of rows; returns the number of its columns.
fn row_group(compact: &mut Compact<'_>) -> Result<u64, Stop> {
    let (mut columns, mut last) = (0, 0);
    while let Some((field, kind)) = compact.field(&mut last)? {
        if (field, kind) == (1, LIST) {
            let (count, kind) = compact.list()?;
            columns += count;
            (0..count).try_for_each(|_| compact.skip_element(kind))?;
        } else {
            compact.skip(kind)?;
        }
    }
    Ok(columns)
}
