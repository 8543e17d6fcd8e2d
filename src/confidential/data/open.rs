//! Opens files of case data, unpacks them, and says what a file is that is none.

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use crate::diag::{Finding, Place, code, describe_io_error};

/// How much of a file is looked at before it is read.
const START: usize = 64 << 10;

/// The largest window that a Zstandard stream may look back into, as a power of two: 64 MiB.
const WINDOW_LOG: u32 = 26;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A text file, unpacked and without byte order mark.
pub(super) struct Opened {
    pub(super) reader: Box<dyn Read>,
    /// Its first bytes.
    start: Vec<u8>,
    /// The file holds no more than these.
    is_all: bool,
}

/// Opens a text file: plain, or compressed where its name says so.
///
/// # Errors
/// Returns an error if it cannot be read, or is of another kind, which it names.
pub(super) fn text(path: &Path, name: &Arc<str>) -> Result<Opened, Finding> {
    let file = File::open(path).map_err(|error| unreadable(name, &error))?;
    let mut packed: Box<dyn Read> = Box::new(file);
    let start = peek(&mut packed).map_err(|error| unreadable(name, &error))?;
    let packing = Packing::of(path);
    if packing.is_some_and(|packing| !start.starts_with(packing.magic()) && !start.is_empty()) {
        let message =
            format!("the name of the file ends as if it were compressed by {}, and it is not", packing_name(packing));
        return Err(Finding::error(code::data::OTHER_FORMAT, message)
            .in_file(name.clone())
            .help("give it the name of what it is".to_owned()));
    }
    if packing.is_none() {
        known(name, &start, false)?;
    }
    let packed = Cursor::new(start).chain(packed);
    let mut reader: Box<dyn Read> = match packing {
        None => Box::new(packed),
        Some(Packing::Gzip) => Box::new(Unpacked(MultiGzDecoder::new(BufReader::new(packed)))),
        Some(Packing::Zstd) => Box::new(Unpacked(zstd(packed).map_err(|error| unreadable(name, &error))?)),
    };
    let mut start = peek(&mut reader).map_err(|error| unreadable_on(name, 1, &error))?;
    if packing.is_some() {
        known(name, &start, true)?;
    }
    if let Some(rest) = start.strip_prefix(BYTE_ORDER_MARK) {
        start = rest.to_vec();
    }
    let is_all = start.len() < START - BYTE_ORDER_MARK.len();
    Ok(Opened { reader: Box::new(Cursor::new(start.clone()).chain(reader)), start, is_all })
}

impl Opened {
    /// Returns the first line of the file's beginning that is not UTF-8, and what it probably is.
    pub(super) fn first_broken_line(&self) -> Option<(u64, &'static str)> {
        let error = std::str::from_utf8(&self.start).err()?;
        if error.error_len().is_none() && !self.is_all {
            return None;
        }
        let before = &self.start[..error.valid_up_to()];
        let breaks = before.iter().enumerate();
        let breaks = breaks.filter(|(at, byte)| match byte {
            b'\r' => true,
            b'\n' => *at == 0 || before[at - 1] != b'\r',
            _ => false,
        });
        Some((1 + breaks.count() as u64, guess_encoding(&self.start)))
    }
}

/// How a file is compressed.
#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "gz" | "gzip" => Some(Self::Gzip),
            "zst" | "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }

    fn magic(self) -> &'static [u8] {
        match self {
            Self::Gzip => b"\x1f\x8b",
            Self::Zstd => b"\x28\xb5\x2f\xfd",
        }
    }
}

fn packing_name(packing: Option<Packing>) -> &'static str {
    if matches!(packing, Some(Packing::Zstd)) { "Zstandard" } else { "gzip" }
}

fn zstd(packed: impl Read + 'static) -> io::Result<impl Read> {
    let mut decoder = zstd::stream::read::Decoder::new(packed)?;
    decoder.window_log_max(WINDOW_LOG)?;
    Ok(decoder)
}

/// A reader whose errors, but for those of the system, are the compressed stream's.
struct Unpacked<R>(R);

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        self.0.read(block).map_err(|error| match error.raw_os_error() {
            Some(_) => error,
            None if error.kind() == ErrorKind::Interrupted => error,
            None if error.to_string().contains("too much memory") => {
                io::Error::other("it looks back over more than 64 MiB: compress it without `--long`")
            }
            None => io::Error::other("it was cut off or damaged, and cannot be unpacked"),
        })
    }
}

/// Reads the beginning, as much as there is.
fn peek(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    reader.by_ref().take(START as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Beginnings of files, what they are, and what to do.
const KNOWN: [(&[u8], &str, &str); 14] = [
    (b"PK\x03\x04", "a ZIP archive", "unpack it, and name the file that it holds"),
    (b"\x1f\x8b", "compressed by gzip", "give it a name that ends in `.csv.gz`"),
    (b"\x28\xb5\x2f\xfd", "compressed by Zstandard", "give it a name that ends in `.csv.zst`"),
    (b"BZh", "compressed by bzip2", "unpack it, or compress it by gzip or Zstandard"),
    (b"\xfd7zXZ\0", "compressed by xz", "unpack it, or compress it by gzip or Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it, and name the file that it holds"),
    (b"PAR1", "Parquet", "give it a name that ends in `.parquet`, or say `format: parquet`"),
    (b"PARE", "encrypted Parquet", "write it without encryption"),
    (b"ARROW1", "an Arrow file (Feather)", "write it as Parquet or as CSV in UTF-8"),
    (b"ORC", "an ORC file", "write it as Parquet or as CSV in UTF-8"),
    (b"SQLite format 3\0", "an SQLite database", "export the table as CSV in UTF-8"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old or a protected Office file (as .xls, or .xlsx with a password)",
        "open it, and save the sheet as CSV in UTF-8",
    ),
    (b"%PDF-", "a PDF", "export the table as CSV in UTF-8"),
    (b"{\\rtf", "a text document (RTF)", "export the table as CSV in UTF-8"),
];

/// Refuses a file that begins as no text does, saying what it is.
fn known(name: &Arc<str>, start: &[u8], is_unpacked: bool) -> Result<(), Finding> {
    if let Some(finding) = utf16(name, start) {
        return Err(finding);
    }
    match kind(start) {
        Some((what, help)) => {
            let inside = if is_unpacked { "what the file holds is" } else { "the file is" };
            Err(Finding::error(code::data::OTHER_FORMAT, format!("{inside} {what}, and CSV is needed"))
                .in_file(name.clone())
                .help((!is_unpacked).then(|| help.to_owned())))
        }
        None => Ok(()),
    }
}

/// Says what a file is that begins like this, and what to do about it; text is not told apart.
pub(super) fn kind(start: &[u8]) -> Option<(&'static str, &'static str)> {
    let holds = |word: &[u8]| start.windows(word.len()).any(|window| window == word);
    let lower: Vec<u8> = start.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let markup = lower.trim_ascii_start();
    if start.starts_with(b"PK\x03\x04") && (holds(b"xl/") || holds(b"[Content_Types].xml")) {
        return Some(("an Excel workbook (.xlsx)", "open it, and save the sheet as CSV in UTF-8"));
    }
    if start.starts_with(b"PK\x03\x04") && holds(b"opendocument.spreadsheet") {
        return Some(("an OpenDocument spreadsheet (.ods)", "open it, and save the sheet as CSV in UTF-8"));
    }
    if [b"<!doctype".as_slice(), b"<html", b"<?xml", b"<table"].iter().any(|tag| markup.starts_with(tag)) {
        return Some(("a page of HTML or XML", "export the table as CSV in UTF-8"));
    }
    if start.get(257..262) == Some(b"ustar") {
        return Some(("a tar archive", "unpack it, and name the files that it holds"));
    }
    KNOWN.iter().find(|(magic, ..)| start.starts_with(magic)).map(|(_, what, help)| (*what, *help))
}

/// Reports a text of two bytes a character.
fn utf16(name: &Arc<str>, start: &[u8]) -> Option<Finding> {
    let zeros = |odd: usize| start.iter().take(64).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let big_endian = match start {
        [0xff, 0xfe, ..] => false,
        [0xfe, 0xff, ..] => true,
        _ if start.len() >= 8 && zeros(0) == 0 && zeros(1) * 4 > start.len().min(64) => false,
        _ if start.len() >= 8 && zeros(1) == 0 && zeros(0) * 4 > start.len().min(64) => true,
        _ => return None,
    };
    let units = start.chunks_exact(2).map(|pair| match big_endian {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let first_line: Vec<u16> = units.take_while(|unit| !matches!(unit, 10 | 13)).collect();
    let holds = |c: char| first_line.contains(&(c as u16));
    let separators = match () {
        () if holds(',') => "",
        () if holds('\t') => ", with tabs and not commas between its values",
        () if holds(';') => ", with semicolons and not commas between its values",
        () => "",
    };
    let order = if big_endian { "big" } else { "little" };
    let message = format!("the file is UTF-16 ({order} endian), and not UTF-8{separators}");
    let help = "save it as CSV in UTF-8 (in Excel: \"CSV UTF-8 (Comma delimited)\", not \"Unicode Text\")".to_owned();
    Some(Finding::error(code::data::NOT_UTF8, message).in_file(name.clone()).help(help))
}

/// Says in which encoding bytes probably are that are not UTF-8.
pub(super) fn guess_encoding(bytes: &[u8]) -> &'static str {
    // Latin-1 has controls there, and no text has those.
    match bytes.iter().any(|byte| (0x80..0xa0).contains(byte)) {
        true => "Windows-1252",
        false => "Latin-1 (ISO 8859-1)",
    }
}

pub(super) fn unreadable(name: &Arc<str>, error: &io::Error) -> Finding {
    Finding::error(code::data::UNREADABLE, format!("cannot read the file: {}", describe_io_error(error)))
        .in_file(name.clone())
}

/// Reports a file that cannot be read from this line on.
pub(super) fn unreadable_on(name: &Arc<str>, line: u64, error: &io::Error) -> Finding {
    Finding::error(code::data::UNREADABLE, format!("cannot read on: {}", describe_io_error(error))).at(Place::Record {
        file: name.clone(),
        line,
        column: None,
    })
}
