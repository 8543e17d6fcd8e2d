//! What the eye would see and no comparison of words and shapes has told: pages drawn and compared pixel by pixel.
//!
//! Both pages are drawn by one engine, at one size. Only pages that stand in place are compared: on a page that
//! reflowed every pixel differs, and nothing would be learned.

use std::collections::HashSet;

use hayro::hayro_syntax::Pdf;

use super::change::{Change, Place};
use super::content::{Content, Spot};
use super::draw::{Pixels, pixels};
use super::kind::Kind;
use super::read::{Glyph, Sheet};

/// Pixels for each point.
const SCALE: f32 = 1.0;
/// Least difference of a channel that counts.
const VISIBLE: u8 = 24;
/// Fewest pixels that make a change.
const FEWEST: usize = 12;
/// Room around what is told already, in points.
const ROOM: f32 = 4.0;
/// Pages whose sizes differ by less, in points, have one size.
const SAME_SIZE: f32 = 0.5;
/// Glyphs stand where they stood to half a point, and have the size that they had to a tenth.
const PLACE_STEPS: f32 = 2.0;
const SIZE_STEPS: f32 = 10.0;
/// How far letters reach below their baseline, in sizes of the font; whatever reaches above is within its size.
const DESCENT: f32 = 0.3;

/// Compares the pages that stand in place and look different; `told` are the changes found so far.
pub(super) fn compare(old: (&Content, &[u8]), new: (&Content, &[u8]), told: &[Change]) -> Vec<Change> {
    let (before, after) = (&old.0.reading.pages, &new.0.reading.pages);
    let pages = before.iter().zip(after).enumerate();
    let wanted: Vec<usize> =
        pages.filter(|(_, (a, b))| a.look != b.look && stands(a, b)).map(|(page, _)| page).collect();
    let wanted: Vec<usize> = wanted.into_iter().filter(|page| !is_drawn_anew(*page, told)).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let (Ok(old_pdf), Ok(new_pdf)) = (Pdf::new(old.1.to_vec()), Pdf::new(new.1.to_vec())) else { return Vec::new() };
    wanted
        .into_iter()
        .filter_map(|page| {
            let known = known(page, &before[page], &after[page], told);
            difference(&pixels(&old_pdf, page, SCALE)?, &pixels(&new_pdf, page, SCALE)?, page, &known)
        })
        .collect()
}

/// Tells whether a page has not reflowed: its lines of text stand at the same heights.
fn stands(old: &Sheet, new: &Sheet) -> bool {
    let heights = |sheet: &Sheet| -> HashSet<i32> { sheet.glyphs.iter().map(|glyph| place(glyph).1).collect() };
    let same_size = (old.width - new.width).abs() < SAME_SIZE && (old.height - new.height).abs() < SAME_SIZE;
    same_size && heights(old) == heights(new)
}

fn place(glyph: &Glyph) -> (i32, i32) {
    ((glyph.x * PLACE_STEPS).round() as i32, (glyph.y * PLACE_STEPS).round() as i32)
}

/// Tells whether lines, fills or a picture of the page are told to differ, wherever they do.
fn is_drawn_anew(page: usize, told: &[Change]) -> bool {
    let is_here = |change: &Change| change.place.new.or(change.place.old).is_none_or(|spot| spot.page == page);
    told.iter().any(|change| {
        matches!(change.kind, Kind::Font | Kind::Colour | Kind::Size | Kind::Position | Kind::Graphics)
            || (matches!(change.kind, Kind::Picture | Kind::CountyClass) && is_here(change))
    })
}

/// Areas of what is told already: changes on the page, and glyphs that only one of the pages has.
fn known(page: usize, old: &Sheet, new: &Sheet, told: &[Change]) -> Vec<[f32; 4]> {
    let spots = told.iter().flat_map(|change| [change.place.old, change.place.new]).flatten();
    let mut areas: Vec<[f32; 4]> = spots.filter(|spot| spot.page == page).map(|spot| spot.area).collect();
    let key = |glyph: &Glyph| (place(glyph), glyph.text.clone(), (glyph.size * SIZE_STEPS).round() as i32, glyph.rgb);
    let keys = |sheet: &Sheet| -> HashSet<_> { sheet.glyphs.iter().map(key).collect() };
    let (a, b) = (keys(old), keys(new));
    let only = |sheet: &Sheet, other: &HashSet<_>| -> Vec<[f32; 4]> {
        let glyphs = sheet.glyphs.iter().filter(|glyph| !other.contains(&key(glyph)));
        glyphs.map(|glyph| [glyph.x, glyph.y - glyph.size, glyph.end, glyph.y + DESCENT * glyph.size]).collect()
    };
    areas.extend(only(old, &b));
    areas.extend(only(new, &a));
    areas.into_iter().map(|[left, top, right, bottom]| [left - ROOM, top - ROOM, right + ROOM, bottom + ROOM]).collect()
}

/// Finds the pixels that differ outside of what is told; one change holds them all.
fn difference(old: &Pixels, new: &Pixels, page: usize, known: &[[f32; 4]]) -> Option<Change> {
    if old.width != new.width || old.rgba.len() != new.rgba.len() {
        return None;
    }
    let (mut count, mut area) = (0_usize, [f32::INFINITY, f32::INFINITY, 0.0_f32, 0.0_f32]);
    for (at, (a, b)) in old.rgba.chunks_exact(4).zip(new.rgba.chunks_exact(4)).enumerate() {
        if a == b || a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) < VISIBLE) {
            continue;
        }
        let (x, y) = ((at % old.width) as f32 / SCALE, (at / old.width) as f32 / SCALE);
        if known.iter().any(|[left, top, right, bottom]| x >= *left && x <= *right && y >= *top && y <= *bottom) {
            continue;
        }
        count += 1;
        area = [area[0].min(x), area[1].min(y), area[2].max(x + 1.0), area[3].max(y + 1.0)];
    }
    (count >= FEWEST).then(|| {
        let spot = Some(Spot { page, area });
        let place = Place { old: spot, new: spot, ..Place::default() };
        let mut change = Change::new(Kind::Pixels, place, None, Some(format!("{count} pixels")));
        change.size = Some(count as f64);
        change
    })
}
