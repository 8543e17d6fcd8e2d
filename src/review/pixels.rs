//! What the eye would see and no comparison of words and shapes has told: pages drawn and compared pixel by pixel.
//!
//! Both pages are drawn by one engine, at one size, as a reader shows them. A pixel that differs counts unless it lies in the area
//! of a change that is told. Where a told change made the page flow anew, the words below it are explained by it, and so are lines
//! and fills that moved with them; others are not.

use hayro::hayro_syntax::Pdf;

use super::change::{Change, Place};
use super::compare::Flow;
use super::content::{Content, Spot};
use super::draw::{Pixels, pixels};
use super::kind::Kind;
use super::outlines::{Lengths, Outlines};
use super::read::Sheet;

/// Pixels for each point.
const SCALE: f32 = 1.0;
/// Most pixels of a page.
const MOST_PIXELS: f32 = 24_000_000.0;
/// Least difference of a channel that counts at an edge, which moves by less than anybody sees.
const VISIBLE: u8 = 8;
/// A single pixel that differs by so much is seen.
const STRONG: u8 = 64;
/// Fewest pixels that make a change where none differs by so much.
const FEWEST: usize = 3;
/// Room around what is told already, in points.
const ROOM: f32 = 2.0;
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

impl Looked {
    /// Says that pages cannot be compared by what is seen.
    pub(super) fn failed() -> Self {
        let words = "the pages cannot be drawn: only their words are compared".to_owned();
        Self { found: vec![Change::new(Kind::Pixels, Place::default(), None, Some(words))], ..Self::default() }
    }
}

/// Compares the pages that look different; `told` are the changes found so far.
pub(super) fn compare(old: (&Content, &[u8]), new: (&Content, &[u8]), told: &[Change], flow: &Flow) -> Looked {
    let (before, after) = (&old.0.reading.pages, &new.0.reading.pages);
    let pairs = before.iter().zip(after).enumerate();
    let turned = |content: &Content, page: usize| content.reading.facts.rotations.get(page).copied();
    let is_wanted = |(page, (a, b)): &(usize, (&Sheet, &Sheet))| {
        a.look != b.look && have_one_size(a, b) && turned(old.0, *page) == turned(new.0, *page)
    };
    let lengths = [before, after].map(|pages| Lengths::of(pages.iter().flat_map(|page| &page.graphics)));
    let wanted: Vec<(usize, Explained)> = pairs
        .filter(is_wanted)
        .map(|(page, sheets)| (page, Explained::of(page, sheets, &lengths, told, flow)))
        .filter(|(_, explained)| !explained.is_whole_page())
        .collect();
    let mut looked = Looked::default();
    if wanted.is_empty() {
        return looked;
    }
    let (Ok(old_pdf), Ok(new_pdf)) = (Pdf::new(old.1.to_vec()), Pdf::new(new.1.to_vec())) else {
        return Looked::failed();
    };
    for (page, explained) in wanted {
        let scale = scale(&before[page]);
        let (Some(a), Some(b)) = (pixels(&old_pdf, page, scale), pixels(&new_pdf, page, scale)) else {
            looked.found.extend(Looked::failed().found);
            continue;
        };
        let differing = differing(&a, &b, scale);
        looked.found.extend(untold(&differing, page, &explained));
        let look_alike = |area: &[f32; 4]| !differing.iter().any(|pixel| holds(area, pixel.point));
        looked.alike.extend(unreadable(told, page).filter(|(_, area)| look_alike(area)).map(|(at, _)| at));
    }
    looked
}

fn have_one_size(old: &Sheet, new: &Sheet) -> bool {
    (old.width - new.width).abs() < SAME_SIZE && (old.height - new.height).abs() < SAME_SIZE
}

/// How many pixels are drawn for each point: fewer on a page that memory would not hold.
fn scale(sheet: &Sheet) -> f32 {
    SCALE.min((MOST_PIXELS / (sheet.width * sheet.height).max(1.0)).sqrt())
}

/// What of a page is explained by changes that are told.
struct Explained {
    areas: Vec<[f32; 4]>,
    /// From here down the page flows anew after a change that is told.
    from: f32,
    /// Lines and fills that did not move with the words.
    untold: Vec<[f32; 4]>,
}

impl Explained {
    fn of(page: usize, sheets: (&Sheet, &Sheet), lengths: &[Lengths; 2], told: &[Change], flow: &Flow) -> Self {
        let spots = |change: &Change| -> Vec<Spot> {
            let all: Vec<Spot> = change.covered.iter().flatten().copied().collect();
            if all.is_empty() { [change.place.old, change.place.new].into_iter().flatten().collect() } else { all }
        };
        let spots: Vec<Spot> = told.iter().filter(|change| is_drawn(change.kind)).flat_map(spots).collect();
        let told: Vec<[f32; 4]> = spots.iter().filter(|spot| spot.page == page).map(|spot| spot.area).collect();
        let moved = flow.explained.iter().filter(|spot| spot.page == page).map(|spot| with_room(spot.area));
        let mut areas: Vec<[f32; 4]> = told.iter().copied().map(with_room).chain(moved).collect();
        let from = flow.from.get(&page).map_or(f32::INFINITY, |from| from - ROOM);
        let flows = areas.len() > told.len() || from.is_finite();
        let pages = [&sheets.0.graphics[..], &sheets.1.graphics];
        let Outlines { moved, untold } = Outlines::compare(pages, flows.then_some(lengths), &told);
        areas.extend(moved.into_iter().map(with_room));
        Self { areas, from, untold }
    }

    fn is_whole_page(&self) -> bool {
        self.from <= 0.0 && self.untold.is_empty()
    }

    fn explains(&self, point: [f32; 2]) -> bool {
        let is_within = |areas: &[[f32; 4]]| areas.iter().any(|area| holds(area, point));
        (point[1] >= self.from && !is_within(&self.untold)) || is_within(&self.areas)
    }
}

fn with_room([left, top, right, bottom]: [f32; 4]) -> [f32; 4] {
    [left - ROOM, top - ROOM, right + ROOM, bottom + ROOM]
}

/// Tells whether a change of this kind shows on the page at its place.
fn is_drawn(kind: Kind) -> bool {
    !matches!(kind, Kind::Boxes | Kind::Bookmark | Kind::Link | Kind::Action | Kind::HiddenText | Kind::Alternative)
}

fn holds([left, top, right, bottom]: &[f32; 4], [x, y]: [f32; 2]) -> bool {
    x >= *left && x <= *right && y >= *top && y <= *bottom
}

/// A pixel that differs.
struct Differing {
    /// Where, in points.
    point: [f32; 2],
    /// By how much in the channel that differs most.
    by: u8,
}

/// The pixels that differ: at an edge by what is seen, and in a plain area by anything.
fn differing(old: &Pixels, new: &Pixels, scale: f32) -> Vec<Differing> {
    let (width, a, b) = (old.width, old.rgba.as_chunks::<4>().0, new.rgba.as_chunks::<4>().0);
    if width != new.width || a.len() != b.len() {
        return Vec::new();
    }
    let is_plain = |at: usize| {
        let above = at.checked_sub(width + 1);
        above.is_some_and(|above| {
            [above, above + 1, at - 1].iter().all(|beside| a[*beside] == a[at] && b[*beside] == b[at])
        })
    };
    let by = |at: usize| a[at].iter().zip(b[at]).map(|(a, b)| a.abs_diff(b)).max().unwrap_or(0);
    let pixels = (0..a.len()).filter(|at| a[*at] != b[*at]).map(|at| (at, by(at)));
    let pixels = pixels.filter(|(at, by)| *by >= VISIBLE || is_plain(*at));
    pixels.map(|(at, by)| Differing { point: [(at % width) as f32 / scale, (at / width) as f32 / scale], by }).collect()
}

/// Finds the pixels that differ outside of what is told; one change holds them all.
fn untold(differing: &[Differing], page: usize, explained: &Explained) -> Option<Change> {
    let (mut count, mut most, mut area) = (0_usize, 0, [f32::INFINITY, f32::INFINITY, 0.0_f32, 0.0_f32]);
    for Differing { point: [x, y], by } in differing.iter().filter(|pixel| !explained.explains(pixel.point)) {
        count += 1;
        most = most.max(*by);
        area = [area[0].min(*x), area[1].min(*y), area[2].max(x + 1.0), area[3].max(y + 1.0)];
    }
    (count >= FEWEST || most >= STRONG).then(|| {
        let spot = Some(Spot { page, area });
        let place = Place { old: spot, new: spot, ..Place::default() };
        let pixels = if count == 1 { "1 pixel".to_owned() } else { format!("{count} pixels") };
        let mut change = Change::new(Kind::Pixels, place, None, Some(pixels));
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
