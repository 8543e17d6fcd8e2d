//! Opening a PDF that may come from anywhere.

use lopdf::{Document, Error, LoadOptions};

use super::limits;
use crate::diag::{Finding, code};

/// Most bytes that one stream may unpack to.
pub(super) const STREAM_LIMIT: usize = 256 << 20;

/// Opens a PDF.
pub(super) fn open(file: &str, pdf: &[u8]) -> Result<Document, Finding> {
    if !pdf.windows(5).take(1024).any(|start| start == b"%PDF-") {
        return Err(unreadable(file, "it does not begin as a PDF"));
    }
    let (loaded, is_whole) = limits::within_limits(|filter| {
        let limit = Some(limits::UNPACKED);
        Document::load_mem_with_options(pdf, LoadOptions { filter, max_decompressed_size: limit, ..Default::default() })
    });
    if !is_whole {
        let message = format!("the file has more than {} words, or packs its objects too densely", limits::WORDS);
        return Err(Finding::error(code::preflight::TOO_LARGE, message).in_file(file));
    }
    let document = match loaded {
        Ok(document) if document.is_encrypted() || document.was_encrypted() => return Err(encrypted(file)),
        Ok(document) => document,
        Err(Error::Decryption(_) | Error::InvalidPassword) => return Err(encrypted(file)),
        Err(error) => return Err(unreadable(file, &error.to_string())),
    };
    if document.page_iter().next().is_none() {
        return Err(Finding::error(code::preflight::NO_PAGE, "the file has no page").in_file(file));
    }
    Ok(document)
}

fn encrypted(file: &str) -> Finding {
    Finding::error(code::preflight::ENCRYPTED, "the file is encrypted").in_file(file)
}

/// Says that a file cannot be read as a PDF.
pub(super) fn unreadable(file: &str, why: &str) -> Finding {
    Finding::error(code::preflight::UNREADABLE, format!("the file cannot be read as a PDF: {why}")).in_file(file)
}
