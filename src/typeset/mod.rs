//! Stage `typeset`: a document and its pictures become a PDF.
//!
//! Takes a [`Document`], a [`Kit`] (layout and fonts) and the pictures of its maps; gives the bytes of
//! the access copy (PDF/A-3a and PDF/UA-1, tagged, with the published tables attached) or of the press pages
//! (PDF 1.6, device CMYK, bleed, untagged, nothing attached). Text reaches
//! Typst as strings in virtual JSON files, never as source text; the virtual file system holds nothing
//! else, so a layout cannot read outside its folder. No clock, no host font and no network is used.

mod blocks;
mod diags;
mod export;
mod kit;
mod world;

pub use blocks::{Attachment, Placed, PressPicture};
pub use kit::Kit;

use crate::compose::Document;
use crate::diag::Findings;

/// Typesets the access copy of a report.
///
/// `pictures` holds one picture for each map of the document, in order.
///
/// # Errors
/// Returns faults of the layout with their file and line, and characters that no font of the edition has.
pub fn access_copy(
    kit: &Kit,
    document: &Document,
    pictures: &[Placed],
    attachments: &[Attachment],
) -> Result<Vec<u8>, Findings> {
    let pictures: Vec<_> = pictures.iter().map(blocks::Picture::from).collect();
    let files = blocks::files(document, &pictures, attachments, blocks::Export::Access);
    let world = world::ReportWorld::new(kit, files);
    let paged = world::compile(&world)?;
    export::access(&world, &paged, document)
}

/// Typesets the press pages of a report, in the same words and page breaks as its access copy.
///
/// `pictures` holds one picture in ink for each map of the document, in order.
///
/// # Errors
/// Returns faults of the layout with their file and line, and characters that no font of the edition has.
pub fn press_pages(kit: &Kit, document: &Document, pictures: &[PressPicture]) -> Result<Vec<u8>, Findings> {
    let pictures: Vec<_> = pictures.iter().map(blocks::Picture::from).collect();
    let files = blocks::files(document, &pictures, &[], blocks::Export::Press);
    let world = world::ReportWorld::new(kit, files);
    let paged = world::compile(&world)?;
    export::press(&world, &paged, document)
}

/// Forgets what the typesetter memoized for documents older than the last `age` ones.
pub fn forget(age: usize) {
    typst::comemo::evict(age);
}
