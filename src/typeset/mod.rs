//! Stage `typeset`: a document and its pictures become a PDF.
//!
//! Takes a [`Document`], a [`LayoutAssets`] (layout and fonts) and the pictures of its maps; gives the bytes of
//! the access copy (PDF/A-3a and PDF/UA-1, tagged, with the published tables attached) or of the press pages
//! (PDF 1.6, device CMYK, bleed, untagged, nothing attached). Text reaches
//! Typst as strings in virtual JSON files, never as source text; the virtual file system holds nothing
//! else, so a layout cannot read outside its folder. No clock, no host font and no network is used.

mod assets;
mod blocks;
mod compile;
mod coverage;
mod diags;
mod export;
mod proof;
mod representatives;
mod runs;
mod script;
mod sheet;
mod text_layer;
mod texts;
mod thumbnail;
mod watch;
mod world;

pub use assets::LayoutAssets;
pub use blocks::{Attachment, Placed, PressPicture};
pub use representatives::representatives;
pub use sheet::review_sheet;
pub use watch::{TIME, memory_is_refused, watch};

use typst_layout::PagedDocument;

use crate::compose::Document;
use crate::diag::{Finding, Findings, code};
use crate::unit::Pt;

/// The access copy of a report.
pub struct AccessCopy {
    /// The PDF.
    pub pdf: Vec<u8>,
    paged: PagedDocument,
}

impl AccessCopy {
    /// Returns the number of its pages.
    pub fn pages(&self) -> usize {
        self.paged.pages().len()
    }

    /// Draws its first page at a width in pixels, as PNG.
    ///
    /// # Errors
    /// Returns an error if there is no page.
    pub fn thumbnail(&self, width: u32) -> Result<Vec<u8>, Finding> {
        let Some(page) = self.paged.pages().first() else {
            return Err(Finding::error(code::internal::THUMBNAIL, "the document has no page"));
        };
        thumbnail::png(page, width)
    }
}

/// Typesets the access copy of a report.
///
/// `pictures` holds one picture for each map of the document, in order.
///
/// # Errors
/// Returns faults of the layout with their file and line, and characters that no font of the edition has.
pub fn access_copy(
    assets: &LayoutAssets,
    document: &Document,
    pictures: &[Placed],
    attachments: &[Attachment],
) -> Result<AccessCopy, Findings> {
    let _watched = watch::Watched::begin(&assets.name, &document.meta.title);
    let pictures: Vec<_> = pictures.iter().map(blocks::Picture::from).collect();
    let files = blocks::files(document, &pictures, attachments, blocks::Export::Access);
    let world = world::ReportWorld::new(assets, files);
    let paged = set(&world, document)?;
    Ok(AccessCopy { pdf: export::access(&world, &paged, document)?, paged })
}

/// Typesets the access copy of a report with an empty picture of the given size for each map, and tells its faults.
///
/// # Errors
/// As [`access_copy`].
pub fn check(assets: &LayoutAssets, document: &Document, sizes: &[(Pt, Pt)]) -> Result<(), Findings> {
    let _watched = watch::Watched::begin(&assets.name, &document.meta.title);
    let empty = thumbnail::empty()?;
    let pictures: Vec<_> = sizes.iter().map(|&(width, height)| Placed { png: empty.clone(), width, height }).collect();
    let pictures: Vec<_> = pictures.iter().map(blocks::Picture::from).collect();
    let name = format!("{}.json", document.meta.file_name);
    let attachment = Attachment {
        name,
        mime: "application/json",
        description: document.meta.title.clone(),
        content: b"{}".to_vec(),
    };
    let files = blocks::files(document, &pictures, &[attachment], blocks::Export::Access);
    let world = world::ReportWorld::new(assets, files);
    export::access(&world, &set(&world, document)?, document).map(drop)
}

/// Returns what a layout reads of a document, but for its pictures: one JSON text for the document as a whole and one
/// for each block, in order.
pub fn pieces(document: &Document) -> Vec<Vec<u8>> {
    let files = blocks::files(document, &[], &[], blocks::Export::Access);
    let whole = files.get("/document.json").into_iter();
    let blocks = files.iter().filter(|(path, _)| path.starts_with("/blocks/")).map(|(_, content)| content);
    whole.chain(blocks).map(|content| content.to_vec()).collect()
}

/// Typesets the press pages of a report, in the same words and page breaks as its access copy.
///
/// `pictures` holds one picture in ink for each map of the document, in order.
///
/// # Errors
/// Returns faults of the layout with their file and line, and characters that no font of the edition has.
pub fn press_pages(assets: &LayoutAssets, document: &Document, pictures: &[PressPicture]) -> Result<Vec<u8>, Findings> {
    let _watched = watch::Watched::begin(&assets.name, &document.meta.title);
    let pictures: Vec<_> = pictures.iter().map(blocks::Picture::from).collect();
    let files = blocks::files(document, &pictures, &[], blocks::Export::Press);
    let world = world::ReportWorld::new(assets, files);
    let paged = set(&world, document)?;
    export::press(&world, &paged, document)
}

/// Lays out a document, mends its text layer and proofreads its pages.
fn set(world: &world::ReportWorld<'_>, document: &Document) -> Result<PagedDocument, Findings> {
    let paged = text_layer::mend(compile::compile(world)?);
    proof::proofread(&paged, &proof::Copy::of(document))?;
    Ok(paged)
}

/// How many reports later the typesetter best forgets what it kept of one: the layout stays known, the pages do not.
/// With more, memory grows, and so does the time to go through it; with less, what reports share is set anew.
pub const MEMORY: usize = 2;

/// Forgets what the typesetter memoized for documents older than the last `age` ones.
pub fn forget(age: usize) {
    typst::comemo::evict(age);
}
