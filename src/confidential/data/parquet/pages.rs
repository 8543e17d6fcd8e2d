//! The pages of one column in one group of rows, within bounds of memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use flate2::Crc;
use parquet::basic::{Compression, Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::metadata::ColumnChunkMetaData;

use super::compact::is_short;
use super::delta;
use super::fault::Fault;
use super::header::{Header, encoding, whole};
use super::unpack::unpack;

/// How much of the file is read for a header: at first, and at most.
const HEADER: [usize; 3] = [256, 16 << 10, 1 << 20];

/// What the library takes for a text or a value of fixed length beside its bytes.
const TEXT: usize = 32;

/// A file that several columns read.
pub(super) type Shared = Arc<Mutex<File>>;

/// Memory that the pages of all columns share.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) page: usize,
    pub(super) together: usize,
    held: AtomicUsize,
}

impl Budget {
    pub(super) fn new(page: usize, together: usize) -> Arc<Self> {
        Arc::new(Self { page, together, held: AtomicUsize::new(0) })
    }
}

/// Reads the pages of a column.
pub(super) struct Pages {
    file: Shared,
    at: u64,
    end: u64,
    values_left: i64,
    codec: Compression,
    kind: Type,
    type_length: usize,
    has_levels: bool,
    encodings: Vec<Encoding>,
    budget: Arc<Budget>,
    /// What the dictionary and the page take of it.
    held: [usize; 2],
}

impl Pages {
    /// Prepares to read a column whose values may all be there, or may be null.
    pub(super) fn new(file: Shared, column: &ColumnChunkMetaData, budget: Arc<Budget>) -> Result<Self, Fault> {
        if column.file_path().is_some_and(|path| !path.is_empty()) {
            return Err(Fault::Damaged);
        }
        let offsets = [column.dictionary_page_offset().filter(|offset| *offset > 0), Some(column.data_page_offset())];
        let start = offsets.into_iter().flatten().min().and_then(|offset| u64::try_from(offset).ok());
        let (Some(start), Ok(length)) = (start, u64::try_from(column.compressed_size())) else {
            return Err(Fault::Damaged);
        };
        let descriptor = column.column_descr();
        Ok(Self {
            file,
            at: start,
            end: start.checked_add(length).ok_or(Fault::Damaged)?,
            values_left: column.num_values(),
            codec: column.compression(),
            kind: descriptor.physical_type(),
            type_length: usize::try_from(descriptor.type_length()).unwrap_or(0),
            has_levels: descriptor.max_def_level() > 0,
            encodings: column.encodings().collect(),
            budget,
            held: [0; 2],
        })
    }

    fn next_page(&mut self) -> Result<Option<Page>, Fault> {
        while self.values_left > 0 && self.at < self.end {
            let (header, length) = self.header()?;
            let packed = whole(header.packed)?;
            let body = self.at + length as u64;
            self.at = body.checked_add(packed as u64).filter(|end| *end <= self.end).ok_or(Fault::Damaged)?;
            match header.kind {
                0 | 3 => {
                    let page = self.data_page(&header, body)?;
                    return self.is_counted().then_some(Some(page)).ok_or(Fault::Damaged);
                }
                2 => return self.dictionary(&header, body).map(Some),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Tells whether the footer counts all values: those that it does not would be left unread without a word.
    fn is_counted(&self) -> bool {
        let is_over = self.values_left == 0 && self.at < self.end;
        let holds_more = |(header, _): (Header, usize)| matches!(header.kind, 0 | 3) && header.values > 0;
        self.values_left >= 0 && !(is_over && self.header().is_ok_and(holds_more))
    }

    /// Reads the header of the next page, and how many bytes it takes.
    fn header(&self) -> Result<(Header, usize), Fault> {
        for size in HEADER {
            let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let bytes = self.read(self.at, size.min(left))?;
            match Header::read(&bytes) {
                Err(error) if is_short(&error) && bytes.len() < left => {}
                read => return Ok(read?),
            }
        }
        Err(Fault::Damaged)
    }

    fn read(&self, at: u64, size: usize) -> Result<Vec<u8>, Fault> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        let mut bytes = vec![0; size];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads a page as it stands, and holds it against its checksum.
    fn body(&self, header: &Header, at: u64) -> Result<Vec<u8>, Fault> {
        let bytes = self.read(at, whole(header.packed)?)?;
        if let Some(checksum) = header.checksum {
            let mut crc = Crc::new();
            crc.update(&bytes);
            if crc.sum() != checksum {
                return Err(Fault::Checksum);
            }
        }
        Ok(bytes)
    }

    fn dictionary(&mut self, header: &Header, body: u64) -> Result<Page, Fault> {
        let (size, values) = (whole(header.unpacked)?, whole(header.values)?);
        let (least, each) = self.sizes()?;
        if values > size / least {
            return Err(Fault::Damaged);
        }
        self.hold(0, header, values * each)?;
        let page = unpack(self.codec, &self.body(header, body)?, size)?;
        Ok(Page::DictionaryPage {
            buf: Bytes::from(page),
            num_values: values as u32,
            encoding: encoding(header.encoding)?,
            is_sorted: false,
        })
    }

    /// Returns how many bytes a value takes in a dictionary at least, and how many once it is decoded.
    fn sizes(&self) -> Result<(usize, usize), Fault> {
        Ok(match self.kind {
            Type::INT32 | Type::FLOAT => (4, 4),
            Type::INT64 | Type::DOUBLE => (8, 8),
            Type::INT96 => (12, 16),
            Type::BYTE_ARRAY => (4, TEXT),
            Type::FIXED_LEN_BYTE_ARRAY if self.type_length > 0 => (self.type_length, TEXT),
            Type::FIXED_LEN_BYTE_ARRAY | Type::BOOLEAN => return Err(Fault::Damaged),
        })
    }

    fn data_page(&mut self, header: &Header, body: u64) -> Result<Page, Fault> {
        let (size, values) = (whole(header.unpacked)?, whole(header.values)?);
        let encoding_of_values = encoding(header.encoding)?;
        // Values that share their beginnings are each put together anew: they are read a few at a time.
        if encoding_of_values == Encoding::DELTA_BYTE_ARRAY && !self.encodings.contains(&encoding_of_values) {
            return Err(Fault::Damaged);
        }
        self.values_left -= i64::from(header.values);
        // The library counts the levels of values of fixed length one by one.
        let levels = if self.kind == Type::FIXED_LEN_BYTE_ARRAY { 2 * values } else { 0 };
        self.hold(1, header, levels)?;
        let bytes = self.body(header, body)?;
        let (page, start) = match header.kind {
            0 => {
                let page = unpack(self.codec, &bytes, size)?;
                let start = self.levels_of_first(&page, header)?;
                (page, start)
            }
            _ => self.second(header, &bytes, size)?,
        };
        let more = lengths(encoding_of_values, page.get(start..).ok_or(Fault::Damaged)?, values)?;
        self.hold(1, header, levels + more)?;
        let buf = Bytes::from(page);
        Ok(if header.kind == 0 {
            Page::DataPage {
                buf,
                num_values: values as u32,
                encoding: encoding_of_values,
                def_level_encoding: encoding(header.levels[0])?,
                rep_level_encoding: encoding(header.levels[1])?,
                statistics: None,
            }
        } else {
            Page::DataPageV2 {
                buf,
                num_values: values as u32,
                encoding: encoding_of_values,
                num_nulls: whole(header.nulls)? as u32,
                num_rows: whole(header.rows)? as u32,
                def_levels_byte_len: whole(header.level_bytes[0])? as u32,
                rep_levels_byte_len: whole(header.level_bytes[1])? as u32,
                is_compressed: false,
                statistics: None,
            }
        })
    }

    /// Returns where the values of a page of the first version begin.
    fn levels_of_first(&self, page: &[u8], header: &Header) -> Result<usize, Fault> {
        match (self.has_levels, encoding(header.levels[0])?) {
            (false, _) => Ok(0),
            (true, Encoding::RLE) => {
                let length = page.first_chunk::<4>().ok_or(Fault::Damaged)?;
                Ok(4 + u32::from_le_bytes(*length) as usize)
            }
            // One bit a level.
            (true, _) => Ok(whole(header.values)?.div_ceil(8)),
        }
    }

    /// Unpacks a page of the second version, whose levels stand before what is packed.
    fn second(&self, header: &Header, bytes: &[u8], size: usize) -> Result<(Vec<u8>, usize), Fault> {
        let start = whole(header.level_bytes[0])?.saturating_add(whole(header.level_bytes[1])?);
        let (Some(values), Some(rest)) = (bytes.get(start..), size.checked_sub(start)) else {
            return Err(Fault::Damaged);
        };
        let codec = if header.is_plain { Compression::UNCOMPRESSED } else { self.codec };
        let mut page = bytes[..start].to_vec();
        page.append(&mut unpack(codec, values, rest)?);
        Ok((page, start))
    }

    /// Takes memory for a dictionary or a page in the place of the last one.
    fn hold(&mut self, which: usize, header: &Header, more: usize) -> Result<(), Fault> {
        let largest = header.unpacked.max(header.packed);
        let size = whole(largest)?;
        if size > self.budget.page {
            return Err(Fault::LargePage);
        }
        let size = size.saturating_add(more);
        let before = std::mem::replace(&mut self.held[which], size);
        let all = self.budget.held.fetch_add(size, Ordering::Relaxed).saturating_add(size);
        self.budget.held.fetch_sub(before, Ordering::Relaxed);
        if all - before > self.budget.together { Err(Fault::LargePages) } else { Ok(()) }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.budget.held.fetch_sub(self.held[0] + self.held[1], Ordering::Relaxed);
    }
}

/// Returns how much memory the lengths of a page of delta encodings take, of which each value has at most one or two.
fn lengths(encoding: Encoding, values: &[u8], most: usize) -> Result<usize, Fault> {
    let (first, second) = match encoding {
        Encoding::DELTA_LENGTH_BYTE_ARRAY => (delta::count(values)?.0, 0),
        Encoding::DELTA_BYTE_ARRAY => {
            let (prefixes, suffixes) = delta::count(values)?;
            (prefixes, delta::count(suffixes)?.0)
        }
        _ => return Ok(0),
    };
    if first.max(second) > most as u64 {
        return Err(Fault::Damaged);
    }
    usize::try_from(4 * (first + second)).map_err(|_| Fault::Damaged)
}

impl Iterator for Pages {
    type Item = ParquetResult<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> ParquetResult<Option<Page>> {
        Ok(self.next_page()?)
    }

    fn peek_next_page(&mut self) -> ParquetResult<Option<PageMetadata>> {
        Err(ParquetError::NYI("pages are read in order".to_owned()))
    }

    fn skip_next_page(&mut self) -> ParquetResult<()> {
        Err(ParquetError::NYI("pages are read in order".to_owned()))
    }
}
