//! Opening a PDF that may come from anywhere.

use lopdf::{Document, LoadOptions};

use crate::diag::Finding;

/// Most bytes that one stream may unpack to.
pub(super) const STREAM_LIMIT: usize = 256 << 20;

/// Opens a PDF.
pub(super) fn open(file: &str, pdf: &[u8]) -> Result<Document, Finding> {
    if !pdf.windows(5).take(1024).any(|start| start == b"%PDF-") {
        return Err(unreadable(file, "it does not begin as a PDF"));
    }
    let options = LoadOptions { max_decompressed_size: Some(STREAM_LIMIT), ..LoadOptions::default() };
    let document =
        Document::load_mem_with_options(pdf, options).map_err(|error| unreadable(file, &error.to_string()))?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Finding::error("preflight::encrypted", "the file is encrypted").in_file(file));
    }
    if document.page_iter().next().is_none() {
        return Err(Finding::error("preflight::no-page", "the file has no page").in_file(file));
    }
    Ok(document)
}

/// Says that a file cannot be read as a PDF.
pub(super) fn unreadable(file: &str, why: &str) -> Finding {
    Finding::error("preflight::unreadable", format!("the file cannot be read as a PDF: {why}")).in_file(file)
}
