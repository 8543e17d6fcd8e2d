//! A document of the program's own, with a layout that is built in: no project is needed to make it.

use std::collections::BTreeMap;

use typst::foundations::Bytes;

use crate::diag::Findings;

use super::export;
use super::kit::Kit;
use super::world::{ReportWorld, compile};

/// The layout of reviews.
const REVIEW: &str = include_str!("../../layouts/review/main.typ");

/// Fonts that are built in.
const FONTS: [&[u8]; 4] = [
    include_bytes!("../../fonts/source-sans-3/SourceSans3-Regular.ttf"),
    include_bytes!("../../fonts/source-sans-3/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../fonts/noto-sans-hebrew/NotoSansHebrew-Regular.ttf"),
    include_bytes!("../../fonts/noto-sans-arabic/NotoSansArabic-Regular.ttf"),
];

/// Stands for a character that no font has.
const UNKNOWN: char = '?';

/// Typesets a review, given as the JSON that its layout reads, as PDF/UA-1 (ISO 14289-1): it bears no date, and an archive
/// wants one.
///
/// # Errors
/// Returns faults of the layout with their line.
pub fn review_sheet(data: &str) -> Result<Vec<u8>, Findings> {
    let kit = Kit::built_in(&[("/layout/main.typ", REVIEW)], &FONTS, "layouts/review");
    let known: String = data.chars().map(|letter| if is_known(&kit, letter) { letter } else { UNKNOWN }).collect();
    let files = BTreeMap::from([("/review.json".to_owned(), Bytes::from_string(known))]);
    let world = ReportWorld::new(&kit, files);
    let pages = compile(&world)?;
    export::review(&world, &pages)
}

/// Tells whether a font has a character, or needs none for it.
fn is_known(kit: &Kit, letter: char) -> bool {
    letter.is_ascii()
        || matches!(letter, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
        || (0..FONTS.len())
            .filter_map(|at| kit.fonts.font(at))
            .any(|font| font.info().coverage.contains(u32::from(letter)))
}
