//! Why a Parquet file cannot be read.

use std::fmt;
use std::io;
use std::sync::Arc;

use parquet::errors::ParquetError;

use crate::diag::{Finding, Place, code, describe_io_error};
use crate::report_spec::Source;

/// How many largest pages the pages that are read together may take, and the footer.
pub(super) const TOGETHER_PAGES: u32 = 6;
pub(super) const FOOTER_PAGES: u32 = 4;

/// Why a Parquet file cannot be read; the library's own words could hold parts of its content.
#[derive(Debug)]
pub(super) enum Fault {
    Damaged,
    Encrypted,
    LargeFooter,
    LargePage,
    /// Pages and dictionaries of all columns together.
    LargePages,
    LargeValue,
    Checksum,
    TooMany,
    Packing(&'static str),
    Io(io::Error),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file cannot be read as Parquet")
    }
}

impl std::error::Error for Fault {}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Damaged } else { Self::Io(error) }
    }
}

impl From<thrift::Error> for Fault {
    fn from(_: thrift::Error) -> Self {
        Self::Damaged
    }
}

impl From<Fault> for ParquetError {
    fn from(fault: Fault) -> Self {
        Self::External(Box::new(fault))
    }
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(error) => error.downcast::<Self>().map_or(Self::Damaged, |fault| *fault),
            _ => Self::Damaged,
        }
    }
}

/// Reports a file that cannot be read.
pub(super) fn finding(name: &Arc<str>, source: &Source, fault: &Fault) -> Finding {
    let page_kib = source.limits.page_kib;
    let setting = format!("what is meant to be so large needs a larger `page_kib` under `limits` of `{}`", source.name);
    let again = "write it again".to_owned();
    let (code, message, help) = match fault {
        Fault::Damaged => (
            code::data::NOT_PARQUET,
            "the file cannot be read as Parquet".to_owned(),
            "it is another kind of file, or was cut off: write it again".to_owned(),
        ),
        Fault::Encrypted => (
            code::data::NOT_PARQUET,
            "the Parquet file is encrypted".to_owned(),
            "write it without encryption, where only the project can read it".to_owned(),
        ),
        Fault::Packing(codec) => (
            code::data::NOT_PARQUET,
            format!("the Parquet file is compressed by {codec}"),
            "write it uncompressed, or compressed by Snappy, Zstandard, gzip, LZ4 or Brotli".to_owned(),
        ),
        Fault::Checksum => (
            code::data::NOT_PARQUET,
            "a page of the file is not what its checksum says".to_owned(),
            "it was damaged after it was written: get it anew".to_owned(),
        ),
        Fault::LargeFooter => (
            code::data::TOO_LARGE,
            format!("the footer of the file takes more than {} KiB of memory", FOOTER_PAGES * page_kib),
            setting,
        ),
        Fault::LargePage => {
            (code::data::TOO_LARGE, format!("a page of the file takes more than {page_kib} KiB"), setting)
        }
        Fault::LargePages => (
            code::data::TOO_LARGE,
            format!("the pages that are read together take more than {} KiB", TOGETHER_PAGES * page_kib),
            setting,
        ),
        Fault::LargeValue => (
            code::data::TOO_LARGE,
            format!("a value of the file takes more than {} KiB", source.limits.field_kib),
            format!("what is meant to be so large needs a larger `field_kib` under `limits` of `{}`", source.name),
        ),
        Fault::TooMany => (
            code::data::TOO_MANY,
            "the file says that it holds more than 4 billion rows".to_owned(),
            "a source holds at most so many".to_owned(),
        ),
        Fault::Io(error) => {
            (code::data::UNREADABLE, format!("cannot read the file: {}", describe_io_error(error)), again)
        }
    };
    Finding::error(code, message).in_file(name.clone()).help(help)
}

/// Reports a column that holds lists or groups.
pub(super) fn nested(name: &Arc<str>, column: &str) -> Finding {
    let place = Place::Record { file: name.clone(), line: 1, column: Some(column.to_owned()) };
    Finding::error(code::data::WRONG_TYPE, "the column holds lists or groups, and single values are needed").at(place)
}
