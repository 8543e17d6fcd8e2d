//! What the eye would see and no comparison of words and shapes has told: pages drawn and compared pixel by pixel.
//!
//! Both pages are drawn by one engine, at one size, as a reader shows them. A pixel that differs counts unless it lies in the area
//! of a change that is told. Where a told change made the page flow anew, all below it is explained by it.

use std::collections::HashSet;

use hayro::hayro_syntax::Pdf;

use super::change::{Change, Place};
use super::compare::Flow;
use super::content::{Content, Spot};
use super::draw::{Pixels, pixels};
use super::kind::Kind;
use super::read::{Outline, Sheet};

/// Pixels for each point.
const SCALE: f32 = 1.0;
/// Least difference of a channel that counts.
const VISIBLE: u8 = 24;
/// Fewest pixels that make a change.
const FEWEST: usize = 3;
/// Room around what is told already, in points.
const ROOM: f32 = 2.0;
/// How far lines and fills that belong to a text reach beyond it, in points.
const BESIDE: f32 = 10.0;
/// Pages whose sizes differ by less, in points, have one size.
const SAME_SIZE: f32 = 0.5;

/// What the pixels say.
#[derive(Default)]
pub(super) struct Looked {
    /// What is seen and not told.
    pub found: Vec<Change>,
    /// Places among what is told of words that cannot be read, and look as they did.
    pub alike: Vec<usize>,
}

/// Compares the pages that look different; `told` are the changes found so far.
pub(super) fn compare(old: (&Content, &[u8]), new: (&Content, &[u8]), told: &[Change], flow: &Flow) -> Looked {
    let (before, after) = (&old.0.reading.pages, &new.0.reading.pages);
    let pairs = before.iter().zip(after).enumerate();
    let is_wanted = |(_, (a, b)): &(usize, (&Sheet, &Sheet))| a.look != b.look && have_one_size(a, b);
    let is_turned = told.iter().any(|change| change.kind == Kind::Rotation);
    let wanted: Vec<(usize, Explained)> = pairs
        .filter(is_wanted)
        .map(|(page, sheets)| (page, Explained::of(page, sheets, told, flow)))
        .filter(|(_, explained)| !explained.is_whole_page() && !is_turned)
        .collect();
    let mut looked = Looked::default();
    if wanted.is_empty() {
        return looked;
    }
    let (Ok(old_pdf), Ok(new_pdf)) = (Pdf::new(old.1.to_vec()), Pdf::new(new.1.to_vec())) else { return looked };
    for (page, explained) in wanted {
        let (Some(a), Some(b)) = (pixels(&old_pdf, page, SCALE), pixels(&new_pdf, page, SCALE)) else { continue };
        let differing = differing(&a, &b);
        looked.found.extend(untold(&differing, page, &explained));
        looked.alike.extend(
            unreadable(told, page)
                .filter(|(_, area)| !differing.iter().any(|point| holds(area, *point)))
                .map(|(at, _)| at),
        );
    }
    looked
}

fn have_one_size(old: &Sheet, new: &Sheet) -> bool {
    (old.width - new.width).abs() < SAME_SIZE && (old.height - new.height).abs() < SAME_SIZE
}

/// What of a page is explained by changes that are told.
struct Explained {
    areas: Vec<[f32; 4]>,
    /// From here down the page flows anew after a change that is told.
    from: f32,
}

impl Explained {
    fn of(page: usize, sheets: (&Sheet, &Sheet), told: &[Change], flow: &Flow) -> Self {
        let spots = |change: &Change| -> Vec<Spot> {
            let all: Vec<Spot> = change.covered.iter().flatten().copied().collect();
            if all.is_empty() { [change.place.old, change.place.new].into_iter().flatten().collect() } else { all }
        };
        let spots: Vec<Spot> = told.iter().filter(|change| is_drawn(change.kind)).flat_map(spots).collect();
        let moved: Vec<[f32; 4]> =
            flow.explained.iter().filter(|spot| spot.page == page).map(|spot| spot.area).collect();
        // Lines and fills move with the words that they stand beside.
        let mut outlines = if moved.is_empty() { Vec::new() } else { alike_elsewhere(sheets) };
        let own: Vec<[f32; 4]> = spots.iter().filter(|spot| spot.page == page).map(|spot| spot.area).collect();
        outlines.extend(
            only_in_one(sheets)
                .into_iter()
                .map(Outline::area)
                .filter(|area| own.iter().any(|own| is_beside(own, area))),
        );
        let from = flow.from.get(&page).copied().unwrap_or(f32::INFINITY);
        let room = |[left, top, right, bottom]: [f32; 4]| [left - ROOM, top - ROOM, right + ROOM, bottom + ROOM];
        Self { areas: own.into_iter().chain(moved).chain(outlines).map(room).collect(), from: from - ROOM }
    }

    fn is_whole_page(&self) -> bool {
        self.from <= 0.0
    }

    fn explains(&self, point: [f32; 2]) -> bool {
        point[1] >= self.from || self.areas.iter().any(|area| holds(area, point))
    }
}

/// Lines and fills that only one of two pages has there.
fn only_in_one<'a>((old, new): (&'a Sheet, &'a Sheet)) -> Vec<&'a Outline> {
    let all = |sheet: &'a Sheet| -> HashSet<&'a Outline> { sheet.graphics.iter().collect() };
    all(old).symmetric_difference(&all(new)).copied().collect()
}

/// Tells whether a line or fill belongs to what stands in an area: it reaches hardly beyond.
fn is_beside([left, top, right, bottom]: &[f32; 4], area: &[f32; 4]) -> bool {
    area[0] >= left - BESIDE && area[1] >= top - BESIDE && area[2] <= right + BESIDE && area[3] <= bottom + BESIDE
}

/// The areas of lines and fills that only one of two pages has there, and the other in the same colour elsewhere.
fn alike_elsewhere((old, new): (&Sheet, &Sheet)) -> Vec<[f32; 4]> {
    let only = |here: &Sheet, there: &Sheet| -> Vec<[f32; 4]> {
        let all: HashSet<&Outline> = there.graphics.iter().collect();
        let colours: HashSet<_> = there.graphics.iter().map(Outline::colour).collect();
        let moved =
            here.graphics.iter().filter(|outline| !all.contains(outline) && colours.contains(&outline.colour()));
        moved.map(Outline::area).collect()
    };
    [only(old, new), only(new, old)].concat()
}

/// Tells whether a change of this kind shows on the page at its place.
fn is_drawn(kind: Kind) -> bool {
    !matches!(kind, Kind::Boxes | Kind::Bookmark | Kind::Link | Kind::Action | Kind::HiddenText | Kind::Alternative)
}

fn holds([left, top, right, bottom]: &[f32; 4], [x, y]: [f32; 2]) -> bool {
    x >= *left && x <= *right && y >= *top && y <= *bottom
}

/// The pixels that differ, in points.
fn differing(old: &Pixels, new: &Pixels) -> Vec<[f32; 2]> {
    if old.width != new.width || old.rgba.len() != new.rgba.len() {
        return Vec::new();
    }
    let pairs = old.rgba.chunks_exact(4).zip(new.rgba.chunks_exact(4)).enumerate();
    let differing = pairs.filter(|(_, (a, b))| a != b && a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) >= VISIBLE));
    differing.map(|(at, _)| [(at % old.width) as f32 / SCALE, (at / old.width) as f32 / SCALE]).collect()
}

/// Finds the pixels that differ outside of what is told; one change holds them all.
fn untold(differing: &[[f32; 2]], page: usize, explained: &Explained) -> Option<Change> {
    let (mut count, mut area) = (0_usize, [f32::INFINITY, f32::INFINITY, 0.0_f32, 0.0_f32]);
    for [x, y] in differing.iter().filter(|point| !explained.explains(**point)) {
        count += 1;
        area = [area[0].min(*x), area[1].min(*y), area[2].max(x + 1.0), area[3].max(y + 1.0)];
    }
    (count >= FEWEST).then(|| {
        let spot = Some(Spot { page, area });
        let place = Place { old: spot, new: spot, ..Place::default() };
        let mut change = Change::new(Kind::Pixels, place, None, Some(format!("{count} pixels")));
        change.size = Some(count as f64);
        change
    })
}

/// Changes of words on a page that a font gives no letters for, each with its area.
fn unreadable(told: &[Change], page: usize) -> impl Iterator<Item = (usize, [f32; 4])> + '_ {
    let cannot_be_read =
        |words: &Option<String>| words.as_ref().is_some_and(|words| words.contains(char::REPLACEMENT_CHARACTER));
    told.iter().enumerate().filter_map(move |(at, change)| {
        let is_candidate = cannot_be_read(&change.before) || cannot_be_read(&change.after);
        let spots: Vec<&Spot> = change.covered.iter().flatten().collect();
        let area = spots
            .iter()
            .map(|spot| spot.area)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        (is_candidate && spots.iter().all(|spot| spot.page == page)).then_some((at, area))
    })
}
