//! Fewer documents to lay out than there are reports, so that a fault of one of these is found.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::compose::{self, Document};
use crate::unit::Pt;

use super::texts;

/// A document to lay out, with the sizes of its maps.
type Sheet<'a> = (Cow<'a, Document>, Vec<(Pt, Pt)>);

/// Returns documents that between them need all the room and all the characters that the reports need, with the sizes of their
/// maps: one for all reports that have the same blocks, made of their longest texts, and each report that has a character which
/// none of these has.
pub fn representatives<'a>(documents: &'a [Document], sizes: &[&[(Pt, Pt)]]) -> Vec<Sheet<'a>> {
    let mut sheets: Vec<Sheet<'a>> = Vec::new();
    let mut grouped = vec![false; documents.len()];
    for first in 0..documents.len() {
        if grouped[first] {
            continue;
        }
        let alike: Vec<usize> =
            (first..documents.len()).filter(|at| compose::are_alike(&documents[first], &documents[*at])).collect();
        for at in &alike {
            grouped[*at] = true;
        }
        let members: Vec<&Document> = alike.iter().map(|at| &documents[*at]).collect();
        let largest = alike.iter().map(|at| sizes[*at]).reduce(|a, b| if height(b) > height(a) { b } else { a });
        let sheet = compose::fullest(&members).zip(largest);
        sheets.extend(sheet.map(|(document, sizes)| (Cow::Owned(document), sizes.to_vec())));
    }
    let mut known: BTreeSet<char> = sheets.iter().flat_map(|(document, _)| characters(document)).collect();
    for (document, sizes) in documents.iter().zip(sizes) {
        let characters = characters(document);
        if !characters.is_subset(&known) {
            known.extend(characters);
            sheets.push((Cow::Borrowed(document), sizes.to_vec()));
        }
    }
    sheets
}

fn height(sizes: &[(Pt, Pt)]) -> f64 {
    sizes.iter().map(|(_, height)| height.0).sum()
}

/// Returns the characters that stand on the pages of a document, but for those of its pictures.
fn characters(document: &Document) -> BTreeSet<char> {
    let texts = texts::around(document).into_iter().chain(texts::of_blocks(document));
    texts.flat_map(|text| text.chars().collect::<Vec<_>>()).collect()
}
