//! Words: what changed in a text, run by run, and what kind of words changed.

use std::hash::Hash;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::change::{Change, Place};
use super::super::content::{Content, Spot, Text, is_figure};
use super::super::kind::Kind;
use super::changes::{Changes, difference};

/// How far a month may stand from the word that changed.
const NEAR: usize = 3;

/// Compares two texts; `plain` is the kind of words that are nothing else.
pub(super) fn compare(old: &Text, new: &Text, plain: Kind, changes: &mut Changes) {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.words.split_whitespace().collect(), new.words.split_whitespace().collect());
    for run in runs(&before, &after) {
        let place = changes.place(old.spot, new.spot);
        changes.list.push(run.change(&before, &after, plain, place));
    }
}

/// A run of words that changed.
struct Run {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// Finds the runs of words that changed; runs with one word between them are one.
fn runs<T: Hash + Ord>(old: &[T], new: &[T]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        match runs.last_mut() {
            Some(last) if op.old_range().start <= last.old.end + 1 && op.new_range().start <= last.new.end + 1 => {
                (last.old.end, last.new.end) = (op.old_range().end, op.new_range().end);
            }
            _ => runs.push(Run { old: op.old_range(), new: op.new_range() }),
        }
    }
    runs
}

impl Run {
    fn change(&self, old: &[&str], new: &[&str], plain: Kind, place: Place) -> Change {
        let (before, after) = (&old[self.old.clone()], &new[self.new.clone()]);
        let all = |is: fn(&str) -> bool| {
            !before.is_empty() && !after.is_empty() && before.iter().chain(after).all(|word| is(word))
        };
        let kind = if all(is_rank) {
            Kind::Rank
        } else if before.iter().chain(after).any(|word| is_month(word) || is_short_date(word))
            || (all(is_number) && (near_month(old, &self.old) || near_month(new, &self.new)))
        {
            if plain == Kind::NoteText { plain } else { Kind::Date }
        } else if plain == Kind::Prose && all(is_number) {
            Kind::Figure
        } else {
            plain
        };
        let words = |words: &[&str]| (!words.is_empty()).then(|| words.join(" "));
        let mut change = Change::new(kind, place, words(before), words(after));
        if let ([before], [after]) = (before, after) {
            change.size = difference(bare(before), bare(after));
        }
        change
    }
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
}

fn is_number(word: &str) -> bool {
    is_figure(bare(word))
}

/// An ordinal: digits with a letter or sign behind them, `31st` or `31.º`.
fn is_rank(word: &str) -> bool {
    let word = bare(word);
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && matches!(rest.trim_start_matches('.'), "st" | "nd" | "rd" | "th" | "º" | "ª" | "o" | "a")
}

fn is_month(word: &str) -> bool {
    let word = bare(word).to_lowercase();
    word.chars().all(char::is_alphabetic) && word.len() > 2 && MONTH_NAMES.contains(&word.as_str())
}

/// Names of months in English and Spanish.
const MONTH_NAMES: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

fn is_short_date(word: &str) -> bool {
    let parts: Vec<&str> = bare(word).split(['/', '-', '.']).collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

fn near_month(words: &[&str], run: &std::ops::Range<usize>) -> bool {
    let around = run.start.saturating_sub(NEAR)..(run.end + NEAR).min(words.len());
    words[around].iter().any(|word| is_month(word))
}

/// Compares two files of which one has no structure: all their words in the order they are drawn, so that other line
/// and page breaks make no difference.
pub(super) fn untagged(old: &Content, new: &Content, changes: &mut Changes) {
    let words = |content: &Content| -> Vec<(String, Spot)> {
        let lines = content.lines.iter().flatten();
        lines
            .flat_map(|line| line.words.split_whitespace().map(|word| (word.to_owned(), line.spot)).collect::<Vec<_>>())
            .filter_map(|(word, spot)| Some((word, spot?)))
            .collect()
    };
    let (old, new) = (joined(words(old)), joined(words(new)));
    let keys = |words: &[(String, Spot)]| words.iter().map(|(word, _)| key(word)).collect::<Vec<_>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.iter().map(|(word, _)| word.as_str()).collect(), new.iter().map(|(word, _)| word.as_str()).collect());
    for run in runs(&old_keys, &new_keys) {
        let spot =
            |words: &[(String, Spot)], run: &std::ops::Range<usize>| words[run.clone()].first().map(|(_, spot)| *spot);
        let place = changes.place(spot(&old, &run.old), spot(&new, &run.new));
        changes.list.push(run.change(&before, &after, Kind::Prose, place));
    }
}

/// What a word is known by: without hyphens, of which nobody knows whether a line's end set them, and without ligatures.
fn key(word: &str) -> String {
    let mut key = String::new();
    for letter in word.chars() {
        match letter {
            '-' | '\u{ad}' | '\u{2010}' => {}
            '\u{fb00}' => key.push_str("ff"),
            '\u{fb01}' => key.push_str("fi"),
            '\u{fb02}' => key.push_str("fl"),
            '\u{fb03}' => key.push_str("ffi"),
            '\u{fb04}' => key.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => key.push_str("st"),
            _ => key.push(letter),
        }
    }
    // A word of hyphens alone is that word.
    if key.is_empty() { word.to_owned() } else { key }
}

/// Joins words that are broken at a line's end after a hyphen.
fn joined(words: Vec<(String, Spot)>) -> Vec<(String, Spot)> {
    let mut joined: Vec<(String, Spot)> = Vec::new();
    for (word, spot) in words {
        match joined.last_mut() {
            Some((last, _)) if last.len() > 1 && last.ends_with(['-', '\u{ad}']) => {
                let kept = last.trim_end_matches(['-', '\u{ad}']).len();
                last.truncate(kept);
                last.push_str(&word);
            }
            _ => joined.push((word, spot)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(old: &str, new: &str) -> Vec<(Kind, String, String)> {
        let text = |words: &str| Text { words: words.into(), ..Text::default() };
        let mut changes = Changes::default();
        compare(&text(old), &text(new), Kind::Prose, &mut changes);
        let words = |words: Option<String>| words.unwrap_or_default();
        changes.list.into_iter().map(|change| (change.kind, words(change.before), words(change.after))).collect()
    }

    #[test]
    fn each_run_of_words_has_its_kind() {
        let change = |old: &str, new: &str| {
            let found = kinds(old, new);
            assert_eq!(found.len(), 1, "{found:?}");
            found.into_iter().next().unwrap()
        };
        let is = |kind, before: &str, after: &str| (kind, before.to_owned(), after.to_owned());
        assert_eq!(change("the 31st highest of all", "the 29th highest of all"), is(Kind::Rank, "31st", "29th"));
        assert_eq!(change("from January 1, 2016 on", "from January 1, 2017 on"), is(Kind::Date, "2016", "2017"));
        assert_eq!(change("as of March 8, 2017.", "as of April 8, 2017."), is(Kind::Date, "March", "April"));
        assert_eq!(change("a total of 34,068 calls", "a total of 34,070 calls"), is(Kind::Figure, "34,068", "34,070"));
        assert_eq!(change("by phone or mail", "by phone, text or mail"), is(Kind::Prose, "phone", "phone, text"));
        assert_eq!(
            change("1/1/2016 – 12/31/2016", "1/1/2016 – 12/30/2016"),
            is(Kind::Date, "12/31/2016", "12/30/2016")
        );
        assert_eq!(kinds("the same words", "the same words"), []);
    }
}
