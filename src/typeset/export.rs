//! From laid-out pages to the bytes of a PDF.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::compose::Document;
use crate::diag::{Finding, Findings, code};

use super::diags;
use super::world::ReportWorld;

/// Writes the access copy: PDF/A-3a (ISO 19005-3) together with PDF/UA-1 (ISO 14289-1).
pub(super) fn access(world: &ReportWorld<'_>, pages: &PagedDocument, document: &Document) -> Result<Vec<u8>, Findings> {
    let identity = format!("{} {}", document.meta.edition, document.meta.jurisdiction);
    let options = options(&[PdfStandard::A_3a, PdfStandard::Ua_1], identity, true)?;
    typst_pdf::pdf(pages, &options).map_err(|errors| diags::findings(world, &errors))
}

/// Writes press pages: PDF 1.6 in device CMYK, untagged, with bleed and trim boxes.
pub(super) fn press(world: &ReportWorld<'_>, pages: &PagedDocument, document: &Document) -> Result<Vec<u8>, Findings> {
    let identity = format!("{} {} press", document.meta.edition, document.meta.jurisdiction);
    let options = options(&[PdfStandard::V_1_6], identity, false)?;
    typst_pdf::pdf(pages, &options).map_err(|errors| diags::findings(world, &errors))
}

/// Writes a review: PDF/UA-1 alone, for it bears no date, and an archive wants one.
pub(super) fn review(world: &ReportWorld<'_>, pages: &PagedDocument) -> Result<Vec<u8>, Findings> {
    let options = options(&[PdfStandard::Ua_1], "review".to_owned(), true)?;
    typst_pdf::pdf(pages, &options).map_err(|errors| diags::findings(world, &errors))
}

/// The identifier depends on what the document is, not on when it was made.
fn options(standards: &[PdfStandard], identity: String, tagged: bool) -> Result<PdfOptions, Finding> {
    let standards = PdfStandards::new(standards)
        .map_err(|error| Finding::error(code::internal::STANDARDS, error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some(concat!("platen ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged,
        pretty: false,
    })
}
