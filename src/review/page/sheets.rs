//! The pages that the changes of a report stand on.

use std::collections::BTreeSet;

use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_syntax::Pdf;

use crate::diag::catch_panic;
use crate::unit::Digest;

use super::super::draw;
use super::super::read::with_room;
use super::super::shown::Pair;
use super::drawing::{Drawing, drawing};

/// Pixels for each point, where a page is no drawing: 144 to the inch.
const SCALE: f32 = 2.0;
/// Most pages of a file that are drawn.
const MOST: usize = 40;

/// A page.
pub(super) struct Drawn {
    pub width: f32,
    pub height: f32,
    pub look: Option<Look>,
}

/// How a page looks.
pub(super) enum Look {
    Drawing(Drawing),
    /// As PNG.
    Picture(Vec<u8>),
}

/// The pages of a file.
pub(super) struct Sheets {
    pub name: String,
    pub digest: Digest,
    pub pages: Vec<Drawn>,
}

/// Draws the pages of both files that a change stands on, and those of the same number in the other file.
pub(super) fn of_pair(pair: &Pair<'_>) -> [Option<Sheets>; 2] {
    let spots = pair.changes.iter().flat_map(|(change, _)| [change.place.old, change.place.new]).flatten();
    let mut wanted: BTreeSet<usize> = spots.map(|spot| spot.page).collect();
    // What stands nowhere is shown beside the first page.
    wanted.insert(0);
    let wanted: Vec<usize> = wanted.into_iter().take(MOST).collect();
    pair.files.each_ref().map(|file| file.as_ref().map(|(name, bytes)| sheets(name, bytes, &wanted)))
}

fn sheets(name: &str, bytes: &[u8], wanted: &[usize]) -> Sheets {
    // A page that the engine cannot draw stays without a picture; its changes are listed all the same.
    let pages = with_room(|| catch_panic(|| pages(bytes, wanted))).flatten().unwrap_or_default();
    Sheets { name: name.to_owned(), digest: Digest::of(bytes), pages }
}

fn pages(bytes: &[u8], wanted: &[usize]) -> Vec<Drawn> {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return Vec::new() };
    let cache = InterpreterCache::new();
    let pages = pdf.pages().iter().enumerate();
    let drawn = pages.map(|(at, page)| {
        let (width, height) = page.render_dimensions();
        let look = || match drawing(page, &cache) {
            Some(drawing) => Some(Look::Drawing(drawing)),
            None => draw::pixels(&pdf, at, SCALE)?.png().map(Look::Picture),
        };
        Drawn { width, height, look: wanted.contains(&at).then(look).flatten() }
    });
    drawn.collect()
}
