//! Lines and fills that stand elsewhere: those that moved or grew with the words, and those that nothing explains.

use std::collections::{HashMap, HashSet};

use super::read::Outline;

/// Most lines and fills that are looked at one by one.
const MOST: usize = 2_000;

/// How far lines and fills that belong to a text reach beyond it, in points.
const BESIDE: f32 = 10.0;

/// How wide and how high the lines and fills of a report are, by their colours.
pub(super) struct Lengths(HashSet<(Colour, usize, i64)>);

type Colour = ([u8; 3], u8, bool);

impl Lengths {
    pub(super) fn of<'s>(outlines: impl IntoIterator<Item = &'s Outline>) -> Self {
        let keys = |outline: &Outline| [0, 1].map(|axis| (outline.colour(), axis, length(outline, axis)));
        Self(outlines.into_iter().flat_map(keys).collect())
    }

    /// Tells whether a line or fill is as wide or as high as one of the report: a rule, a bar or the ground of a row.
    fn have(&self, outline: &Outline) -> bool {
        let near = |axis: usize| {
            let length = length(outline, axis);
            (length - 1..=length + 1).any(|length| self.0.contains(&(outline.colour(), axis, length)))
        };
        near(0) || near(1)
    }
}

/// Width or height in tenths of a point.
fn length(outline: &Outline, axis: usize) -> i64 {
    let area = outline.area();
    ((area[axis + 2] - area[axis]) * 10.0).round() as i64
}

/// The lines and fills that only one of two pages has where they stand.
pub(super) struct Outlines {
    /// Areas of those that the other report has elsewhere or longer, and of those that belong to what is told.
    pub moved: Vec<[f32; 4]>,
    /// Areas of all others.
    pub untold: Vec<[f32; 4]>,
}

impl Outlines {
    /// Compares two pages; `told` are the areas of the changes that are told. Where words moved, `lengths` are those of both reports:
    /// lines and fills move and grow with the words that they stand beside.
    pub(super) fn compare(pages: [&[Outline]; 2], lengths: Option<&[Lengths; 2]>, told: &[[f32; 4]]) -> Self {
        let [gone, come] = only(pages[0], pages[1]);
        let gone = gone.into_iter().map(|outline| (outline, lengths.map(|lengths| &lengths[1])));
        let come = come.into_iter().map(|outline| (outline, lengths.map(|lengths| &lengths[0])));
        let mut found = Self { moved: Vec::new(), untold: Vec::new() };
        for (at, (outline, others)) in gone.chain(come).enumerate() {
            let area = outline.area();
            let has_moved = others.is_some_and(|others| at >= MOST || others.have(outline));
            let is_told = at < MOST && told.iter().any(|told| is_beside(*told, area));
            if has_moved || is_told { &mut found.moved } else { &mut found.untold }.push(area);
        }
        found
    }
}

/// The lines and fills that only one of two pages has, in the order they are drawn.
fn only<'s>(old: &'s [Outline], new: &'s [Outline]) -> [Vec<&'s Outline>; 2] {
    let count = |outlines: &'s [Outline]| {
        let mut counts: HashMap<&Outline, usize> = HashMap::new();
        for outline in outlines {
            *counts.entry(outline).or_default() += 1;
        }
        counts
    };
    let without = |here: &'s [Outline], mut there: HashMap<&'s Outline, usize>| -> Vec<&'s Outline> {
        let mut alone = Vec::new();
        for outline in here {
            match there.get_mut(outline).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => alone.push(outline),
            }
        }
        alone
    };
    [without(old, count(new)), without(new, count(old))]
}

/// Tells whether a line or fill belongs to what stands in an area: it reaches hardly beyond, or is the ground of that line.
fn is_beside([left, top, right, bottom]: [f32; 4], area: [f32; 4]) -> bool {
    let is_within = area[0] >= left - BESIDE && area[2] <= right + BESIDE;
    let is_ground = area[0] <= left && area[2] >= right;
    (is_within || is_ground) && area[1] >= top - BESIDE && area[3] <= bottom + BESIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(old: &[[f32; 4]], new: &[[f32; 4]], told: &[[f32; 4]]) -> [usize; 2] {
        let [old, new] = [old, new].map(|areas| areas.iter().copied().map(Outline::black).collect::<Vec<_>>());
        let lengths = [&old, &new].map(Lengths::of);
        let Outlines { moved, untold } = Outlines::compare([&old, &new], Some(&lengths), told);
        [moved.len(), untold.len()]
    }

    #[test]
    fn rules_move_and_grow_with_a_table_and_a_box_that_is_drawn_over_it_does_neither() {
        let rule = |y: f32| [10.0, y, 200.0, y + 1.0];
        let side = |bottom: f32| [10.0, 50.0, 11.0, bottom];
        assert_eq!(compare(&[rule(50.0), rule(80.0)], &[rule(50.0), rule(94.0)], &[]), [2, 0]);
        assert_eq!(compare(&[side(80.0)], &[side(94.0)], &[]), [2, 0]);
        let black = [30.0, 60.0, 90.0, 72.0];
        assert_eq!(compare(&[rule(80.0)], &[rule(94.0), black], &[]), [2, 1]);
        // What is told explains what stands in it.
        assert_eq!(compare(&[rule(80.0)], &[rule(94.0), black], &[[0.0, 55.0, 200.0, 66.0]]), [3, 0]);
    }
}
