//! The footer of a Parquet file: its schema, and where its pages stand.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use parquet::file::metadata::{
    ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader, ParquetStatisticsPolicy,
};
use thrift::protocol::{TInputProtocol, TType};

use crate::diag::catch_panic;

use super::compact;
use super::fault::Fault;

/// The length of the footer and the last four bytes of the file.
const TAIL: u64 = 8;

/// What the library takes for a column of the schema, for one in a group of rows, for a pair of key and value, and for
/// each byte of anything else.
const COLUMN: u64 = 600;
const CHUNK: u64 = 1000;
const PAIR: u64 = 64;
const BYTE: u64 = 4;

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
    let options = ParquetMetaDataOptions::new()
        .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_encoding_stats_policy(ParquetStatisticsPolicy::SkipAll)
        .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll);
    let metadata = catch_panic(|| ParquetMetaDataReader::decode_metadata_with_options(&bytes, Some(&options)));
    metadata.ok_or(Fault::Damaged)?.map_err(|_| Fault::Damaged)
}

/// Estimates how much memory a footer takes once it is read; lists that are longer than their bytes are refused.
fn weigh(bytes: &[u8]) -> Result<u64, Fault> {
    let (mut weight, mut is_encrypted) = (BYTE * bytes.len() as u64, false);
    compact::read(bytes, |input| {
        compact::fields(input, |input, field, kind| {
            match (field, kind) {
                (2, TType::List) => weight += COLUMN * count(input)?,
                (4, TType::List) => {
                    for _ in 0..input.read_list_begin()?.size {
                        weight += CHUNK * (1 + columns(input)?);
                    }
                }
                (5, TType::List) => weight += PAIR * count(input)?,
                // The algorithm of an encrypted file whose footer is legible.
                (8, _) => {
                    is_encrypted = true;
                    return Ok(false);
                }
                _ => return Ok(false),
            }
            Ok(true)
        })
    })?;
    if is_encrypted { Err(Fault::Encrypted) } else { Ok(weight) }
}

/// Counts the elements of a list.
fn count(input: &mut dyn TInputProtocol) -> thrift::Result<u64> {
    let list = input.read_list_begin()?;
    (0..list.size).try_for_each(|_| input.skip(list.element_type))?;
    Ok(u64::try_from(list.size).unwrap_or(0))
}

/// Counts the columns of a group of rows.
fn columns(input: &mut dyn TInputProtocol) -> thrift::Result<u64> {
    let mut columns = 0;
    compact::fields(input, |input, field, kind| {
        let is_list = (field, kind) == (1, TType::List);
        columns += if is_list { count(input)? } else { 0 };
        Ok(is_list)
    })?;
    Ok(columns)
}
