//! Glyphs that stand for the same letters, and which letters each is given.

use std::ops::Range;

use typst::layout::{Em, Point};
use typst::text::{Glyph, TextItem, is_default_ignorable};

use super::super::script::is_right_to_left;

/// Glyphs side by side that stand for the same letters: a letter with its marks, or letters drawn as one.
pub(super) struct Cluster<'a> {
    /// The letters, in the order of reading.
    pub text: &'a str,
    /// From left to right, each with the place of its line above the first.
    pub glyphs: Vec<(&'a Glyph, Em)>,
    /// Its script runs from right to left.
    pub right_to_left: bool,
}

/// What a glyph stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A glyph of the cluster, by its place, with these bytes of the text.
    Glyph(usize, Range<usize>),
    /// Letters that no glyph is left for.
    Left(Range<usize>),
}

impl Part {
    /// Returns the bytes of the text that it stands for.
    pub(super) fn letters(&self) -> Range<usize> {
        match self {
            Self::Glyph(_, letters) | Self::Left(letters) => letters.clone(),
        }
    }
}

/// Tells whether each glyph of a run surely has letters of its own, as nearly always.
pub(super) fn is_plain(item: &TextItem) -> bool {
    let shares = |pair: &[Glyph]| pair[0].range == pair[1].range;
    (item.text.is_ascii() || !item.text.contains(is_right_to_left)) && !item.glyphs.windows(2).any(shares)
}

/// Divides runs that stand side by side into clusters, from left to right.
pub(super) fn of<'a>(pieces: &[(Point, &'a TextItem)]) -> Vec<Cluster<'a>> {
    let mut clusters: Vec<Cluster<'a>> = Vec::new();
    let origin = pieces.first().map(|(at, _)| at.y).unwrap_or_default();
    for (at, item) in pieces {
        let lift = Em::from_abs(origin - at.y, item.size);
        for glyph in &item.glyphs {
            let text = &item.text[glyph.range()];
            match clusters.last_mut() {
                Some(last) if last.holds(glyph, text) => last.glyphs.push((glyph, lift)),
                _ => {
                    let right_to_left = text.contains(is_right_to_left);
                    clusters.push(Cluster { text, glyphs: vec![(glyph, lift)], right_to_left });
                }
            }
        }
    }
    clusters
}

impl Cluster<'_> {
    /// Tells whether a glyph is of this cluster: it stands for letters from the same place of the source.
    fn holds(&self, glyph: &Glyph, text: &str) -> bool {
        self.text == text && self.glyphs.last().is_some_and(|(last, _)| last.span == glyph.span)
    }

    /// Tells whether letters are to be divided among glyphs.
    pub(super) fn is_shared(&self) -> bool {
        self.glyphs.len() > 1 || (self.right_to_left && letters(self.text).len() > 1)
    }

    /// Gives each glyph a letter of its own, and the last one all that are left; from left to right.
    ///
    /// A font that draws one letter with several glyphs has none to give: each of them stands for all.
    pub(super) fn parts(&self) -> Vec<Part> {
        let glyphs = self.glyphs.len();
        // A joiner or a mark of direction may have a glyph of its own, without ink.
        let characters = characters(self.text);
        let letters = if glyphs == characters.len() { characters } else { letters(self.text) };
        if glyphs > letters.len() {
            return (0..glyphs).map(|glyph| Part::Glyph(glyph, 0..self.text.len())).collect();
        }
        let (own, rest) = letters.split_at(glyphs);
        // Of glyphs from right to left, the first in the order of reading is the last one drawn.
        let place = |index| if self.right_to_left { glyphs - 1 - index } else { index };
        let mut parts: Vec<Part> =
            own.iter().enumerate().map(|(index, letter)| Part::Glyph(place(index), letter.clone())).collect();
        if self.right_to_left {
            parts.extend(rest.iter().cloned().map(Part::Left));
            parts.reverse();
        } else if let (Some(Part::Glyph(_, letters)), Some(last)) = (parts.last_mut(), rest.last()) {
            letters.end = last.end;
        }
        parts
    }
}

fn characters(text: &str) -> Vec<Range<usize>> {
    text.char_indices().map(|(at, c)| at..at + c.len_utf8()).collect()
}

/// Returns where each letter of a text stands; a character that is never seen goes with the letter beside it.
fn letters(text: &str) -> Vec<Range<usize>> {
    let is_unseen = |range: &Range<usize>| text[range.clone()].chars().all(is_default_ignorable);
    let mut letters: Vec<Range<usize>> = Vec::new();
    for range in characters(text) {
        match letters.last_mut() {
            Some(last) if is_unseen(&range) || is_unseen(last) => last.end = range.end,
            _ => letters.push(range),
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use typst::syntax::Span;

    use super::*;

    fn glyph() -> Glyph {
        let none = Em::zero();
        let span = (Span::detached(), 0);
        Glyph { id: 1, x_advance: none, x_offset: none, y_advance: none, y_offset: none, range: 0..0, span }
    }

    fn parts(text: &str, glyphs: usize) -> Vec<Part> {
        let glyph = glyph();
        let right_to_left = text.contains(is_right_to_left);
        Cluster { text, glyphs: vec![(&glyph, Em::zero()); glyphs], right_to_left }.parts()
    }

    #[test]
    fn a_letter_and_its_marks_get_a_glyph_each() {
        assert_eq!(parts("x\u{304}", 2), [Part::Glyph(0, 0..1), Part::Glyph(1, 1..3)]);
        assert_eq!(parts("x\u{304}\u{301}", 2), [Part::Glyph(0, 0..1), Part::Glyph(1, 1..5)]);
        // The mark of a letter from right to left is drawn first.
        assert_eq!(parts("م\u{64f}", 2), [Part::Glyph(0, 2..4), Part::Glyph(1, 0..2)]);
    }

    #[test]
    fn letters_drawn_as_one_are_left_over_in_scripts_from_right_to_left_alone() {
        assert_eq!(parts("لا", 1), [Part::Left(2..4), Part::Glyph(0, 0..2)]);
        assert_eq!(parts("e\u{301}", 1), [Part::Glyph(0, 0..3)]);
    }

    #[test]
    fn a_letter_of_several_glyphs_is_what_each_of_them_stands_for() {
        assert_eq!(parts("ب", 2), [Part::Glyph(0, 0..2), Part::Glyph(1, 0..2)]);
    }

    #[test]
    fn characters_without_ink_go_with_a_letter_unless_they_have_a_glyph() {
        assert_eq!(parts("\u{200c}خ", 1), [Part::Glyph(0, 0..5)]);
        assert_eq!(parts("ی\u{200c}", 2), [Part::Glyph(0, 2..5), Part::Glyph(1, 0..2)]);
    }
}
