//! Words that stand elsewhere, and why: they follow a change that is told, or moved by less than anybody sees.

use std::collections::BTreeMap;

use super::super::change::Change;
use super::super::content::{Spot, Word};
use super::super::kind::Kind;
use super::words::is_reshaped;

/// Shifts below this many points are rounding.
pub(super) const MOVED: f32 = 0.3;
/// Words that differ by less, in points, have not moved at all.
const STANDS: f32 = 0.02;
/// Words of a line may stand nearer to each other or farther by so much of their size: spaces are not all alike.
pub(super) const SPACES: f32 = 0.4;

/// What of the pages is explained by changes that are told, or too small to be told.
#[derive(Debug, Default)]
pub(in crate::review) struct Flow {
    /// Words that moved.
    pub explained: Vec<Spot>,
    /// From where on a page flows anew, by page.
    pub from: BTreeMap<usize, f32>,
}

/// Words that are the same and stand elsewhere, before and after.
#[derive(Default)]
pub(super) struct Moves {
    moved: Vec<[Spot; 2]>,
    /// Those of a text whose words are made of other glyphs, as with ligatures: they have other widths.
    reshaped: Vec<[Spot; 2]>,
    /// What is no change, though it is not the same: numbers of pages, and words of other glyphs.
    pub explained: Vec<Spot>,
}

impl Moves {
    /// Notes the words that moved.
    pub(super) fn note(&mut self, old: &[&Word], new: &[&Word], same: &[(usize, usize)]) {
        let reshaped = same.iter().filter(|(a, b)| is_reshaped(old[*a], new[*b]));
        let reshaped: Vec<Spot> = reshaped.flat_map(|(a, b)| [old[*a].spot, new[*b].spot]).flatten().collect();
        let is_reshaped = !reshaped.is_empty();
        self.explained.extend(reshaped);
        let moves = if is_reshaped { &mut self.reshaped } else { &mut self.moved };
        let pairs = same.iter().filter_map(|(a, b)| Some([old[*a].spot?, new[*b].spot?]));
        moves.extend(pairs.filter(|[a, b]| !stand_alike(*a, *b)));
    }

    /// Notes where the same pictures stand.
    pub(super) fn picture(&mut self, old: Option<Spot>, new: Option<Spot>) {
        self.moved.extend(old.zip(new).map(|(old, new)| [old, new]).filter(|[old, new]| !stand_alike(*old, *new)));
    }

    /// Finds what explains them among the changes that are told.
    pub(super) fn explain(self, told: &[Change]) -> Flow {
        let mut first: [BTreeMap<usize, f32>; 2] = [BTreeMap::new(), BTreeMap::new()];
        for change in told.iter().filter(|change| moves_others(change.kind)) {
            let places = [change.place.old, change.place.new];
            for side in 0..2 {
                let spots = change.covered[side].iter().copied().chain(places[side]);
                for Spot { page, area } in spots {
                    let top = first[side].entry(page).or_insert(area[1]);
                    *top = top.min(area[1]);
                }
            }
        }
        // What stands in the row of a change, below it or on a later page follows it.
        let follows = |side: usize, spot: Spot| {
            let on_page = first[side].get(&spot.page).is_some_and(|top| spot.area[3] > *top);
            on_page || first[side].range(..spot.page).next().is_some()
        };
        let mut flow = Flow { explained: self.explained, ..Flow::default() };
        let reshaped = self.reshaped.into_iter().map(|pair| (pair, true));
        for ([old, new], is_reshaped) in self.moved.into_iter().map(|pair| (pair, false)).chain(reshaped) {
            if is_reshaped || is_rounding(old, new) || follows(0, old) || follows(1, new) {
                flow.explained.extend([old, new]);
                let is_lower = old.page != new.page || (old.area[1] - new.area[1]).abs() >= MOVED;
                for spot in [old, new].into_iter().filter(|_| is_lower) {
                    // What stands round a line moves with it.
                    let [_, top, _, bottom] = spot.area;
                    let from = flow.from.entry(spot.page).or_insert(top);
                    *from = from.min(top - (bottom - top));
                }
            }
        }
        flow
    }
}

/// Tells whether a change of this kind makes others move.
fn moves_others(kind: Kind) -> bool {
    !matches!(kind, Kind::Colour | Kind::Visibility | Kind::Graphics | Kind::Boxes | Kind::Link | Kind::HiddenText)
}

/// Tells whether nobody sees that a word moved: by a fraction of a point, or within its line by less than a space.
fn is_rounding(old: Spot, new: Spot) -> bool {
    let by = |edge: usize| (old.area[edge] - new.area[edge]).abs();
    let size = new.area[3] - new.area[1];
    old.page == new.page && by(1).max(by(3)) < MOVED && by(0).max(by(2)) < SPACES * size
}

fn stand_alike(old: Spot, new: Spot) -> bool {
    old.page == new.page && farthest(old, new) < STANDS
}

fn farthest(old: Spot, new: Spot) -> f32 {
    old.area.iter().zip(new.area).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
