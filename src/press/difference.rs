//! Where two PDFs begin to differ.

use lopdf::{Document, Object, ObjectId};

use crate::diag::catch_panic;

/// Finds the first page, from 1, whose content differs between two PDFs of the same making.
///
/// Returns none where all pages are alike, or where a file cannot be read as a PDF.
pub fn first_difference(one: &[u8], other: &[u8]) -> Option<u32> {
    let (one, other) = (pages(one)?, pages(other)?);
    let alike = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    (alike < one.len().max(other.len())).then(|| u32::try_from(alike + 1).unwrap_or(u32::MAX))
}

/// What each page paints: its content streams and its pictures, as they stand in the file.
fn pages(pdf: &[u8]) -> Option<Vec<Vec<Vec<u8>>>> {
    let document = catch_panic(|| Document::load_mem(pdf).ok()).flatten()?;
    Some(document.page_iter().map(|id| streams(&document, id)).collect())
}

fn streams(document: &Document, page: ObjectId) -> Vec<Vec<u8>> {
    let raw = |id: ObjectId| document.get_object(id).and_then(Object::as_stream).map(|stream| stream.content.clone());
    let mut streams: Vec<Vec<u8>> =
        document.get_page_contents(page).into_iter().map(|id| raw(id).unwrap_or_default()).collect();
    let (own, inherited) = document.get_page_resources(page).unwrap_or_default();
    let inherited = inherited.iter().filter_map(|id| document.get_dictionary(*id).ok());
    for resources in own.into_iter().chain(inherited) {
        let objects = resources.get_deref(b"XObject", document).and_then(Object::as_dict);
        for (_, object) in objects.into_iter().flat_map(lopdf::Dictionary::iter) {
            streams.extend(object.as_reference().ok().and_then(|id| raw(id).ok()));
        }
    }
    streams
}
