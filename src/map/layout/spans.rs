//! The room inside each county, as rows of clear pixels.

use geo::Coord;

use crate::map::id_raster::{IdRaster, SAMPLES};

/// Pixel rows from one sampled row to the next.
pub(super) const PITCH: usize = 2;

/// Stretches of pixels that lie wholly in one county, on every second row.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    /// First sampled row (row over [`PITCH`]).
    top: u32,
    /// The first pixel of each stretch and one past its last, from top to bottom.
    stretches: Vec<Stretch>,
    /// Where the stretches of each sampled row end, from the first row on.
    ends: Vec<u32>,
}

type Stretch = (u32, u32);

impl Spans {
    /// Collects the room of each county, in the order of the boundaries.
    pub(super) fn of_counties(ids: &IdRaster) -> Vec<Self> {
        let mut counties = vec![Self::default(); ids.geoids.len()];
        for row in 0..(ids.height as usize).div_ceil(PITCH) {
            for run in ids.line(row * PITCH * SAMPLES + SAMPLES / 2) {
                let first = usize::from(run.start).div_ceil(SAMPLES) as u32;
                let last = usize::from(run.end) as u32 / SAMPLES as u32;
                if first < last {
                    counties[usize::from(run.county)].push(row as u32, (first, last));
                }
            }
        }
        counties
    }

    /// Adds a stretch of a row that is not above those before.
    fn push(&mut self, row: u32, stretch: Stretch) {
        if self.ends.is_empty() {
            self.top = row;
        }
        // Rows between that have none end where the one before does.
        self.ends.resize((row - self.top + 1) as usize, self.stretches.len() as u32);
        self.stretches.push(stretch);
        if let Some(end) = self.ends.last_mut() {
            *end += 1;
        }
    }

    /// Returns the stretches of a row, counted from the first.
    fn row(&self, row: usize) -> &[Stretch] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.stretches[start as usize..self.ends[row] as usize]
    }

    /// Finds where a box of pixels lies wholly in the county, as near as can be to a given point; gives its upper
    /// left corner.
    pub(super) fn place(&self, width: u32, height: u32, middle: Coord<f64>) -> Option<(u32, u32)> {
        let rows = (height as usize).div_ceil(PITCH).max(1);
        let mut best: Option<(f64, (u32, u32))> = None;
        for first in 0..self.ends.len().saturating_sub(rows - 1) {
            let y = (self.top + first as u32) * PITCH as u32;
            let off_y = f64::from(y) + f64::from(height) / 2.0 - middle.y;
            if best.is_some_and(|(score, _)| off_y * off_y >= score) {
                continue;
            }
            let mut consider = |(left, right): (u32, u32)| {
                let wanted = (middle.x - f64::from(width) / 2.0).round();
                let x = wanted.clamp(f64::from(left), f64::from(right - width));
                let off_x = x - wanted;
                let score = off_x * off_x + off_y * off_y;
                if best.is_none_or(|(least, _)| score < least) {
                    best = Some((score, (x as u32, y)));
                }
            };
            let lines = (first..first + rows).map(|row| self.row(row));
            match common_of_single(lines.clone(), width) {
                Common::One(stretch) => consider(stretch),
                Common::None => {}
                Common::Several => common(lines, width).into_iter().for_each(consider),
            }
        }
        best.map(|(_, corner)| corner)
    }
}

/// What lines have in common, as far as each has one stretch.
enum Common {
    One(Stretch),
    None,
    /// A line has several stretches.
    Several,
}

/// Finds the stretch of at least a width that all lines have in common, where each is one stretch: as most are.
fn common_of_single<'a>(lines: impl Iterator<Item = &'a [Stretch]>, width: u32) -> Common {
    let mut kept = (0, u32::MAX);
    for line in lines {
        match line {
            [(left, right)] => kept = (kept.0.max(*left), kept.1.min(*right)),
            [] => return Common::None,
            _ => return Common::Several,
        }
        if kept.0.saturating_add(width) > kept.1 {
            return Common::None;
        }
    }
    Common::One(kept)
}

/// Returns the stretches of at least a width that all lines have in common.
fn common<'a>(mut lines: impl Iterator<Item = &'a [Stretch]>, width: u32) -> Vec<Stretch> {
    let wide = |&(left, right): &Stretch| left + width <= right;
    let mut kept: Vec<Stretch> = lines.next().into_iter().flatten().copied().filter(wide).collect();
    for line in lines {
        if kept.is_empty() {
            break;
        }
        let cut = |&(left, right): &Stretch| {
            line.iter().map(move |&(l, r)| (left.max(l), right.min(r))).filter(|(l, r)| l < r).collect::<Vec<_>>()
        };
        kept = kept.iter().flat_map(cut).filter(wide).collect();
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(stretches: impl Iterator<Item = (u32, u32, u32)>) -> Spans {
        let mut spans = Spans::default();
        stretches.for_each(|(row, left, right)| spans.push(row, (left, right)));
        spans
    }

    /// A county shaped like an L: a bar of 20 by 100 pixels, and a foot of 100 by 30 to its right.
    fn bent() -> Spans {
        spans((0..50).map(|row| (row, 0, if row < 35 { 20 } else { 100 })))
    }

    #[test]
    fn a_box_is_put_where_the_county_has_room() {
        let (spans, middle) = (bent(), Coord { x: 20.0, y: 50.0 });
        let (x, y) = spans.place(60, 20, middle).unwrap();
        assert!(y >= 70 && y + 20 <= 100 && x + 60 <= 100, "{x}, {y}");
        let (x, y) = spans.place(18, 80, middle).unwrap();
        assert!(x <= 2 && y + 80 <= 100, "{x}, {y}");
    }

    #[test]
    fn a_county_in_two_parts_takes_the_box_in_the_nearer_one() {
        let spans = spans((0..50).flat_map(|row| [(row, 0, 40), (row, 60, 100)]));
        assert_eq!(spans.place(30, 20, Coord { x: 90.0, y: 50.0 }).unwrap().0, 70);
        assert_eq!(spans.place(30, 20, Coord { x: 20.0, y: 50.0 }).unwrap().0, 5);
        assert_eq!(spans.place(50, 20, Coord { x: 20.0, y: 50.0 }), None);
    }

    #[test]
    fn a_box_that_fits_nowhere_has_no_place() {
        let middle = Coord { x: 20.0, y: 50.0 };
        assert_eq!(bent().place(60, 40, middle), None);
        assert_eq!(bent().place(200, 2, middle), None);
        assert_eq!(Spans::default().place(1, 1, middle), None);
    }

    #[test]
    fn a_row_without_room_parts_what_is_above_from_what_is_below() {
        let spans = spans((3..20).chain(21..60).map(|row| (row, 0, 100)));
        assert_eq!((spans.top, spans.ends.len(), spans.row(17)), (3, 57, [].as_slice()));
        // Rows 21 to 59 are pixels 42 to 119.
        assert_eq!(spans.place(100, 50, Coord { x: 50.0, y: 20.0 }), Some((0, 42)));
    }

    #[test]
    fn a_box_that_fits_everywhere_stands_around_the_point() {
        let spans = spans((0..50).map(|row| (row, 0, 100)));
        let (x, y) = spans.place(40, 20, Coord { x: 50.0, y: 50.0 }).unwrap();
        assert!(x == 30 && (39..=41).contains(&y), "{x}, {y}");
    }
}
