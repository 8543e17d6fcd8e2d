//! From laid-out pages to the bytes of a PDF.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::compose::Document;
use crate::diag::{Finding, Findings};

use super::diags;
use super::world::ReportWorld;

/// Writes the access copy: PDF/A-3a (ISO 19005-3) together with PDF/UA-1 (ISO 14289-1).
pub(super) fn access(world: &ReportWorld<'_>, pages: &PagedDocument, document: &Document) -> Result<Vec<u8>, Findings> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| Finding::error("internal::standards", error.message().to_string()))?;
    let options = PdfOptions {
        // The identifier depends on what the document is, not on when it was made.
        ident: Smart::Custom(format!("{} {}", document.meta.edition, document.meta.jurisdiction)),
        creator: Smart::Custom(Some(concat!("platen ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| diags::of_export(world, document, &errors))
}

/// Writes press pages: PDF 1.6 in device CMYK, untagged, with bleed and trim boxes.
pub(super) fn press(world: &ReportWorld<'_>, pages: &PagedDocument, document: &Document) -> Result<Vec<u8>, Findings> {
    let standards = PdfStandards::new(&[PdfStandard::V_1_6])
        .map_err(|error| Finding::error("internal::standards", error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {} press", document.meta.edition, document.meta.jurisdiction)),
        creator: Smart::Custom(Some(concat!("platen ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: false,
        pretty: false,
    };
    typst_pdf::pdf(pages, &options).map_err(|errors| diags::findings(world, &errors))
}
