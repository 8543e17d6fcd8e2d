//! A document of the program's own, with a layout that is built in: no project is needed to make it.

use std::collections::BTreeMap;

use typst::foundations::Bytes;

use crate::diag::Findings;

use super::assets::LayoutAssets;
use super::compile::compile;
use super::export;
use super::proof::{self, Copy};
use super::text_layer;
use super::world::ReportWorld;

/// The layout of reviews: its own file, and how words fit their columns.
const REVIEW: [(&str, &str); 2] = [
    ("/layout/main.typ", include_str!("../../layouts/review/main.typ")),
    ("/layout/width.typ", include_str!("../../layouts/nhth-2016/width.typ")),
];

/// Fonts that are built in.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../fonts/source-sans-3/SourceSans3-Regular.ttf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../fonts/noto-sans-hebrew/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../fonts/vazirmatn/Vazirmatn-Regular.ttf"),
];

/// Stands for a character that no font has.
const UNKNOWN: char = '?';

/// Typesets a review, given as the JSON that its layout reads, as PDF/UA-1 (ISO 14289-1): it bears no date, and an archive
/// wants one.
///
/// # Errors
/// Returns faults of the layout with their line, and words that would not be seen.
pub fn review_sheet(data: &str) -> Result<Vec<u8>, Findings> {
    let assets = LayoutAssets::built_in(&REVIEW, &FONTS, "layouts/review");
    let known: String = data.chars().map(|letter| if is_known(&assets, letter) { letter } else { UNKNOWN }).collect();
    let files = BTreeMap::from([("/review.json".to_owned(), Bytes::from_string(known))]);
    let world = ReportWorld::new(&assets, files);
    let pages = text_layer::mend(compile(&world)?);
    let copy = Copy { name: "the review", around: Vec::new(), in_order: Vec::new(), right_to_left: false };
    proof::proofread(&pages, &copy)?;
    export::review(&world, &pages)
}

/// Tells whether a font has a character, or needs none for it.
fn is_known(assets: &LayoutAssets, letter: char) -> bool {
    letter.is_ascii()
        || matches!(letter, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
        || (0..FONTS.len())
            .filter_map(|at| assets.fonts.font(at))
            .any(|font| font.info().coverage.contains(u32::from(letter)))
}
