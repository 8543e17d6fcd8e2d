//! Texts that are missing on the pages.
//!
//! Pages are read as runs in the order in which they are drawn, white space left out: lines break at spaces, and a break
//! takes the space. A text of one direction stands there letter by letter. One that holds letters from right to left is
//! drawn in another order than it is read in, line by line, so there its letters are counted. One that breaks over pages
//! stands there in pieces, and around them whatever stands on top of a page and in the other columns.

use std::collections::BTreeMap;
use std::ops::Range;

use typst::text::is_default_ignorable;

use crate::diag::{Finding, code};

use super::super::script::is_right_to_left;
use super::copy::{Copy, excerpt};
use crate::typeset::runs::Run;

/// Finds the first text that the pages lack.
pub(super) fn lost(pages: &[Vec<Run<'_>>], copy: &Copy<'_>) -> Option<Finding> {
    let pages = Letters::of(pages.iter().map(|runs| runs.iter().map(|run| run.item.text.as_str())));
    let is_there = |text: &&String| pages.find(&letters(text), 0, copy.right_to_left).is_some();
    let mut at = 0;
    let lost = copy.around.iter().find(|text| !is_there(text)).or_else(|| {
        copy.in_order.iter().find(|text| match pages.find(&letters(text), at, copy.right_to_left) {
            Some(next) => {
                at = next;
                false
            }
            None => true,
        })
    })?;
    let message = format!("the pages of {} lack `{}`, or print it out of its order", copy.name, excerpt(lost));
    let help = "the layout must print each text of a block once, as it is and in order".to_owned();
    Some(Finding::error(code::typeset::LOST_TEXT, message).help(help))
}

/// Returns the letters of a text that are seen.
fn letters(text: &str) -> Vec<char> {
    let is_seen = |c: &char| match c.is_ascii() {
        true => c.is_ascii_graphic(),
        false => !c.is_whitespace() && !c.is_control() && !is_default_ignorable(*c),
    };
    text.chars().filter(is_seen).collect()
}

/// The letters of all pages.
struct Letters {
    all: Vec<char>,
    /// Where each page stands among them.
    pages: Vec<Range<usize>>,
}

impl Letters {
    fn of<'a>(pages: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> Self {
        let mut letters = Self { all: Vec::new(), pages: Vec::new() };
        for runs in pages {
            let start = letters.all.len();
            runs.for_each(|run| letters.all.extend(self::letters(run)));
            letters.pages.push(start..letters.all.len());
        }
        letters
    }

    /// Finds a text from a place on, and returns the place behind it.
    ///
    /// The first place is taken each time, so what follows is looked for no later than it stands.
    fn find(&self, text: &[char], from: usize, right_to_left: bool) -> Option<usize> {
        if text.is_empty() {
            return Some(from);
        }
        if right_to_left || text.iter().any(|c| is_right_to_left(*c)) {
            return self.permuted(text, from).or_else(|| self.scattered(text, from));
        }
        position(&self.all[from..], text).map(|at| from + at + text.len()).or_else(|| self.in_pieces(text, from))
    }

    /// Finds the first stretch that has a text's letters in any order.
    fn permuted(&self, text: &[char], from: usize) -> Option<usize> {
        let letters = self.all.get(from..)?;
        if letters.len() < text.len() {
            return None;
        }
        let mut missing = Tally::default();
        for c in text {
            missing.add(*c, 1);
        }
        for (index, letter) in letters.iter().enumerate() {
            missing.add(*letter, -1);
            if let Some(before) = index.checked_sub(text.len()) {
                missing.add(letters[before], 1);
            }
            if missing.is_even() {
                return Some(from + index + 1);
            }
        }
        None
    }

    /// Tells whether all letters of a text stand from a place on; such a text breaks over pages.
    fn scattered(&self, text: &[char], from: usize) -> Option<usize> {
        let mut there = BTreeMap::<char, usize>::new();
        self.all[from..].iter().for_each(|c| *there.entry(*c).or_default() += 1);
        let is_there = |c: &char| there.get_mut(c).and_then(|count| count.checked_sub(1).map(|rest| *count = rest));
        text.iter().map(is_there).all(|letter| letter.is_some()).then_some(from)
    }

    /// Finds a text that breaks over pages, and returns the place behind its first letter: what stands beside it comes
    /// between its pieces.
    fn in_pieces(&self, text: &[char], from: usize) -> Option<usize> {
        let first = self.pages.iter().position(|page| from < page.end)?;
        self.pages.iter().enumerate().skip(first).find_map(|(page, range)| {
            let starts = range.start.max(from)..range.end;
            let begins = |start: &usize| {
                let piece = common(text, &self.all[*start..range.end]);
                piece > 0 && self.goes_on(&text[piece..], page + 1)
            };
            starts.into_iter().find(begins).map(|start| start + 1)
        })
    }

    /// Tells whether the rest of a text stands on a page and those after it. The longest piece leaves the shortest rest,
    /// and that is there whenever a longer one is.
    fn goes_on(&self, rest: &[char], page: usize) -> bool {
        if rest.is_empty() {
            return true;
        }
        let Some(range) = self.pages.get(page) else { return false };
        let longest = range.clone().map(|start| common(rest, &self.all[start..range.end])).max();
        longest.is_some_and(|piece| piece > 0 && self.goes_on(&rest[piece..], page + 1))
    }
}

/// Letters that are still to be found, less those that are too many.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<char, i32>,
    uneven: usize,
}

impl Tally {
    fn add(&mut self, letter: char, by: i32) {
        let count = self.counts.entry(letter).or_default();
        let was = *count != 0;
        *count += by;
        match (was, *count != 0) {
            (false, true) => self.uneven += 1,
            (true, false) => self.uneven -= 1,
            _ => {}
        }
    }

    fn is_even(&self) -> bool {
        self.uneven == 0
    }
}

fn position(letters: &[char], text: &[char]) -> Option<usize> {
    letters.windows(text.len()).position(|window| window == text)
}

/// Returns how many letters two texts begin with in common.
fn common(one: &[char], other: &[char]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pages: &[&[&str]]) -> Letters {
        Letters::of(pages.iter().map(|runs| runs.iter().copied()))
    }

    /// Finds texts one after the other; tells which one is not there.
    fn first_lost<'t>(pages: &[&[&str]], texts: &[&'t str]) -> Option<&'t str> {
        let (pages, mut at) = (read(pages), 0);
        texts.iter().copied().find(|text| match pages.find(&letters(text), at, false) {
            Some(next) => {
                at = next;
                false
            }
            None => true,
        })
    }

    #[test]
    fn texts_are_found_in_order_wherever_their_lines_break() {
        let pages: &[&[&str]] = &[&["HEAD", "One two", "three", "7"], &["HEAD", "four", "7"]];
        assert_eq!(first_lost(pages, &["One two three", "7", "four", "7"]), None);
        assert_eq!(first_lost(pages, &["One two three", "four", "7", "7"]), Some("7"));
        assert_eq!(first_lost(pages, &["four", "One two three"]), Some("One two three"));
        assert_eq!(first_lost(pages, &["One two three five"]), Some("One two three five"));
    }

    #[test]
    fn a_cell_that_breaks_over_pages_is_found_around_what_stands_beside_it() {
        let pages: &[&[&str]] =
            &[&["HEAD", "a long", "12", "34.0%"], &["HEAD", "label that", "goes"], &["HEAD", "on", "next", "5"]];
        assert_eq!(first_lost(pages, &["a long label that goes on", "12", "34.0%", "next", "5"]), None);
        assert_eq!(first_lost(pages, &["a long label that stops", "12"]), Some("a long label that stops"));
        // The next cell goes on with the very letters that open the next page.
        let pages: &[&[&str]] = &[&["aaaa", "bX"], &["bbbb"]];
        assert_eq!(first_lost(pages, &["aaaa bbbb", "bX"]), None);
    }

    #[test]
    fn letters_from_right_to_left_are_found_in_any_order_but_none_may_be_missing() {
        let pages: &[&[&str]] = &[&["ABC", "24", "קו חם", "1"], &["x"]];
        assert_eq!(first_lost(pages, &["קו חם 24 ABC", "1"]), None);
        assert_eq!(first_lost(pages, &["קו חם 25 ABC"]), Some("קו חם 25 ABC"));
        let broken: &[&[&str]] = &[&["קו", "3"], &["חם"]];
        assert_eq!(first_lost(broken, &["קו חם", "3"]), None);
    }

    #[test]
    fn what_is_not_seen_is_not_looked_for() {
        assert_eq!(letters(" a\u{a0}b\u{200b}\u{ad}\tc\n"), ['a', 'b', 'c']);
    }
}
