//! Which words of two texts are the same, and how those are set.

use std::collections::BTreeMap;

use similar::DiffOp;

use super::super::change::{Change, Place};
use super::super::content::{Spot, Style, Text, Word};
use super::super::kind::Kind;
use super::super::read::Sight;
use super::sequence::align;

/// Differences of size below this many points are rounding.
pub(super) const RESIZE: f32 = 0.06;
/// Most letters of a text that are shown.
const MOST_LETTERS: usize = 80;

/// A run of words that changed.
pub(super) struct Run {
    pub old: std::ops::Range<usize>,
    pub new: std::ops::Range<usize>,
}

/// Two sequences of words, side by side.
pub(super) struct Aligned {
    /// Words that changed; runs with one word between them are one.
    pub runs: Vec<Run>,
    /// The places of words that are the same.
    pub same: Vec<(usize, usize)>,
}

impl Aligned {
    pub(super) fn of(old: &[&Word], new: &[&Word]) -> Self {
        let keys = |words: &[&Word]| words.iter().map(|word| key(&word.text)).collect::<Vec<_>>();
        let (old, new) = (keys(old), keys(new));
        if old == new {
            return Self { runs: Vec::new(), same: (0..old.len()).map(|at| (at, at)).collect() };
        }
        let mut aligned = Self { runs: Vec::new(), same: Vec::new() };
        for op in align(&old, &new) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                aligned.same.extend((0..len).map(|at| (old_index + at, new_index + at)));
                continue;
            }
            match aligned.runs.last_mut() {
                Some(last) if op.old_range().start <= last.old.end + 1 && op.new_range().start <= last.new.end + 1 => {
                    (last.old.end, last.new.end) = (op.old_range().end, op.new_range().end);
                }
                _ => aligned.runs.push(Run { old: op.old_range(), new: op.new_range() }),
            }
        }
        aligned
    }
}

/// What a word is known by: without ligatures, and without hyphens between letters, of which nobody knows whether a line's end set
/// them. Beside a digit a hyphen is a sign of its own.
fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    let letters: Vec<char> = word.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        match letter {
            '-' | '\u{2010}' if is_between_letters(&letters, at) => {}
            '\u{ad}' => {}
            '\u{fb00}' => key.push_str("ff"),
            '\u{fb01}' => key.push_str("fi"),
            '\u{fb02}' => key.push_str("fl"),
            '\u{fb03}' => key.push_str("ffi"),
            '\u{fb04}' => key.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => key.push_str("st"),
            letter => key.push(*letter),
        }
    }
    key
}

fn is_between_letters(letters: &[char], at: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphabetic());
    is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))
}

/// Tells whether a word is made of other glyphs, and its letters are the same: with ligatures, or without.
pub(super) fn is_reshaped(old: &Word, new: &Word) -> bool {
    old.glyphs != new.glyphs && !old.is_broken && !new.is_broken
}

/// Tells whether two words of one key differ in a hyphen that no line's end set.
pub(super) fn differ_in_hyphen(old: &Word, new: &Word) -> bool {
    let hyphens = |word: &Word| word.text.chars().filter(|letter| matches!(letter, '-' | '\u{2010}')).count();
    hyphens(old) != hyphens(new) && !old.is_broken && !new.is_broken
}

/// Differences in how words are set, by kind and by what it was and is. The same in many places is one.
#[derive(Default)]
pub(super) struct Setting {
    found: BTreeMap<(Kind, String, String), Change>,
}

impl Setting {
    /// Compares how words that are the same are set; words beside each other that changed alike are one place. Tells whether all are
    /// set alike.
    pub(super) fn compare(&mut self, old: &[&Word], new: &[&Word], same: &[(usize, usize)]) -> bool {
        let mut last: Vec<(Kind, String, String)> = Vec::new();
        let mut is_alike = true;
        for (a, b) in same {
            let (before, after) = (old[*a], new[*b]);
            let found = if before.styles == after.styles { Vec::new() } else { differences(before, after) };
            for (key, size) in &found {
                let goes_on = last.contains(key);
                self.note(key.clone(), *size, [before, after], goes_on);
            }
            is_alike &= found.is_empty();
            last = found.into_iter().map(|(key, _)| key).collect();
        }
        is_alike
    }

    /// Compares how the numbers of notes are set.
    pub(super) fn markers(&mut self, old: &Text, new: &Text) {
        if old.markers == new.markers && old.marked.len() == new.marked.len() {
            let (before, after): (Vec<&Word>, Vec<&Word>) = (old.marked.iter().collect(), new.marked.iter().collect());
            let same: Vec<(usize, usize)> = (0..before.len()).map(|at| (at, at)).collect();
            self.compare(&before, &after, &same);
        }
    }

    fn note(&mut self, key: (Kind, String, String), size: Option<f64>, [old, new]: [&Word; 2], goes_on: bool) {
        let change = self.found.entry(key).or_insert_with_key(|(kind, before, after)| {
            let place = Place { row: Some(String::new()), old: old.spot, new: new.spot, ..Place::default() };
            let before = Some(before.clone()).filter(|before| !before.is_empty());
            Change { size, places: 0, ..Change::new(*kind, place, before, Some(after.clone())) }
        });
        change.places += usize::from(!goes_on || change.places == 0);
        if change.places == 1
            && let Some(words) = &mut change.place.row
            && words.len() < MOST_LETTERS
        {
            let gap = if words.is_empty() { "" } else { " " };
            *words = format!("{words}{gap}{}", new.text);
        }
        change.covered[0].extend(old.spot);
        change.covered[1].extend(new.spot);
    }

    /// Returns the changes; one that is in several places names none of them.
    pub(super) fn list(self) -> impl Iterator<Item = Change> {
        self.found.into_values().map(|mut change| {
            change.place.row = change.place.row.filter(|_| change.places == 1);
            change
        })
    }
}

/// How a word is set otherwise, letter by letter: the first difference of each kind.
fn differences(old: &Word, new: &Word) -> Vec<((Kind, String, String), Option<f64>)> {
    let mut found: Vec<((Kind, String, String), Option<f64>)> = Vec::new();
    let mut ends: Vec<usize> = old.styles.iter().chain(&new.styles).map(|(from, _)| *from).collect();
    ends.sort_unstable();
    ends.dedup();
    for letter in ends {
        let (Some(a), Some(b)) = (style(old, letter), style(new, letter)) else { continue };
        let mut add = |kind: Kind, before: String, after: String, size: Option<f64>| {
            if !found.iter().any(|((known, ..), _)| *known == kind) {
                found.push(((kind, before, after), size));
            }
        };
        if a.sight != b.sight {
            add(Kind::Visibility, a.sight.words().to_owned(), b.sight.words().to_owned(), None);
        }
        if a.font != b.font {
            add(Kind::Font, a.font.to_string(), b.font.to_string(), None);
        }
        if (a.size - b.size).abs() > RESIZE {
            let size = (f64::from(b.size - a.size) * 100.0).round() / 100.0;
            add(Kind::Size, format!("{} pt", a.size), format!("{} pt", b.size), Some(size));
        }
        if (a.rgb, a.opacity) != (b.rgb, b.opacity) && Sight::Transparent != b.sight && Sight::Transparent != a.sight {
            add(Kind::Colour, colour(a), colour(b), None);
        }
    }
    found
}

/// How a letter of a word is set.
fn style(word: &Word, letter: usize) -> Option<&Style> {
    word.styles.iter().rev().find(|(from, _)| *from <= letter).map(|(_, style)| style)
}

fn colour(style: &Style) -> String {
    let [red, green, blue] = style.rgb;
    let opacity = if style.opacity == 100 { String::new() } else { format!(" at {} %", style.opacity) };
    format!("#{red:02x}{green:02x}{blue:02x}{opacity}")
}

/// Lines that break elsewhere though no word changed.
#[derive(Default)]
pub(super) struct Breaks {
    places: usize,
    spots: [Option<Spot>; 2],
    covered: [Vec<Spot>; 2],
}

impl Breaks {
    /// Compares where the lines of a text break, of which all words are the same. Words that are made of other glyphs, as with
    /// ligatures, have other widths, and break as they must.
    pub(super) fn compare(&mut self, old: &[&Word], new: &[&Word]) {
        if old.iter().zip(new).any(|(a, b)| is_reshaped(a, b)) {
            return;
        }
        let is_otherwise = |(a, b): (&&Word, &&Word)| a.begins != b.begins || a.is_broken != b.is_broken;
        let differing = old.iter().zip(new).skip(1).filter(|(a, b)| is_otherwise((a, b))).count();
        let is_broken = old.iter().zip(new).any(|(a, b)| a.is_broken != b.is_broken);
        if differing == 0 && !is_broken {
            return;
        }
        self.places += 1;
        let spots = |words: &[&Word]| words.iter().filter_map(|word| word.spot).collect::<Vec<_>>();
        for (side, spots) in [spots(old), spots(new)].into_iter().enumerate() {
            self.spots[side] = self.spots[side].or(spots.first().copied());
            self.covered[side].extend(spots);
        }
    }

    pub(super) fn change(self) -> Option<Change> {
        let [old, new] = self.spots;
        let place = Place { old, new, ..Place::default() };
        let change = Change::new(Kind::LineBreaks, place, None, Some("the same words in other lines".to_owned()));
        (self.places > 0).then_some(Change { places: self.places, covered: self.covered, ..change })
    }
}

/// Iterates over the words of texts.
pub(super) fn words<'a>(texts: impl IntoIterator<Item = &'a Text>) -> Vec<&'a Word> {
    texts.into_iter().flat_map(|text| &text.set).collect()
}
