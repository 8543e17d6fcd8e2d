//! The numbers that a text names, and the bounds among them: "fewer than three", "up to two", "1–10".
//!
//! A bound is told only where it is surely one of counts. "Under", "up to" and ranges are said of ages, places and years
//! too: beside them stands what is counted ("1–10 cases", "counts under 3"), or the whole text stands for a count.

mod phrases;
mod tokens;

use std::ops::Range;

use super::number_words::NumberWords;
use phrases::{AT_LEAST, COUNTED, COUNTS, LINKS, OR_LESS, OR_MORE, TO, UNDER, UNDER_ANYTHING, UNITS, UP_TO, phrases};
use tokens::{Token, tokens};

/// How a number bounds a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// It is less than the number.
    Under,
    /// It is the number or less.
    UpTo,
    /// It lies between another number and this one, both included.
    Through(u64),
    /// It is the number or more, or more than it.
    AtLeast,
}

/// A number that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The number.
    pub number: u64,
    /// As it is written.
    pub text: String,
    /// Where it begins, in bytes.
    pub at: usize,
    /// How it bounds a count, where it surely does.
    pub bound: Option<Bound>,
    /// The bound is said of counts by that word, as in "counts under three".
    pub of_counts: bool,
}

/// Lists the whole numbers that a text names, in digits or in words, outside of placeholders.
///
/// `is_count` says that the text stands for a count, so that each bound in it is one of counts.
pub(super) fn named(numbers: &NumberWords, text: &str, is_count: bool) -> Vec<Named> {
    let tokens = tokens(text);
    let words: Vec<String> = tokens.iter().map(|token| token.text.to_lowercase()).collect();
    let reader = Reader { numbers, tokens: &tokens, words: &words, is_count };
    let mut found: Vec<Named> = Vec::new();
    // Where the number before begins and ends.
    let mut before: Option<(usize, usize)> = None;
    let mut at = 0;
    while at < tokens.len() {
        let Some((number, length)) = reader.number(at) else {
            at += 1;
            continue;
        };
        let end = at + length;
        let opened = before.and_then(|(start, end)| reader.range(start, end, at));
        let (bound, of_counts) = match (opened, found.last_mut()) {
            (Some(start), Some(first)) => {
                first.bound = None;
                reader.sure(Bound::Through(first.number), false, start, end)
            }
            _ => reader.bound(at, end),
        };
        let raw = tokens[at].at..tokens[end - 1].at + tokens[end - 1].text.len();
        found.push(Named { number, text: text[raw].to_owned(), at: tokens[at].at, bound, of_counts });
        before = Some((at, end));
        at = end;
    }
    found
}

/// Lists the sentences of a text that say that something is hidden or not shown, by their ranges of bytes.
pub(super) fn about_hiding(text: &str) -> Vec<Range<usize>> {
    let is_last = |end: &usize| text[*end..].chars().next().is_none_or(char::is_whitespace);
    let ends = text.match_indices(['.', ';', '!', '?']).map(|(at, mark)| at + mark.len()).filter(is_last);
    let mut start = 0;
    let sentences = ends.chain([text.len()]).map(|end| std::mem::replace(&mut start, end)..end);
    let is_about = |sentence: &Range<usize>| {
        let words = text[sentence.clone()].to_lowercase();
        phrases::say_hidden(tokens(&words).iter().map(|token| token.text))
    };
    sentences.filter(is_about).collect()
}

/// The words of a text, among which numbers and their bounds are looked for.
struct Reader<'a> {
    numbers: &'a NumberWords,
    tokens: &'a [Token<'a>],
    /// The tokens in lower case.
    words: &'a [String],
    is_count: bool,
}

impl Reader<'_> {
    fn number(&self, at: usize) -> Option<(u64, usize)> {
        let first = &self.tokens[at];
        if first.text.starts_with(|c: char| c.is_ascii_digit()) {
            let digits: String = first.text.chars().filter(char::is_ascii_digit).collect();
            return digits.parse().ok().filter(|_| !first.is_fraction()).map(|number| (number, 1));
        }
        self.numbers.read(&self.words[at..])
    }

    /// Tells where a range begins whose ends are two numbers, the first at `start..end` and the second at `at`.
    fn range(&self, start: usize, end: usize, at: usize) -> Option<usize> {
        let [word] = &self.words[end..at] else { return None };
        let opened = |opening| self.longest_before(start, opening).map(|length| start - length);
        match word.as_str() {
            "and" => opened("between"),
            "y" => opened("entre"),
            word => phrases(TO).any(|to| to == word).then_some(start),
        }
    }

    /// Reads how the number at a range of words bounds what is meant, and whether it is said of counts by that word.
    fn bound(&self, at: usize, end: usize) -> (Option<Bound>, bool) {
        // The longest counts: "no more than" holds "more than".
        let before = [
            (UNDER, Bound::Under, true),
            (UNDER_ANYTHING, Bound::Under, false),
            (UP_TO, Bound::UpTo, false),
            (AT_LEAST, Bound::AtLeast, false),
        ];
        let before = before
            .into_iter()
            .filter_map(|(phrases, bound, is_sure)| Some((self.longest_before(at, phrases)?, bound, is_sure)));
        if let Some((length, bound, is_sure)) = before.max_by_key(|(length, ..)| *length) {
            return self.sure(bound, is_sure, at - length, end);
        }
        // A noun may stand between, or behind both: "two cases or fewer", "two or fewer cases".
        let behind = |all| {
            phrases(all).find_map(|phrase| {
                let start = [end, end + 1].into_iter().find(|start| self.begins(*start, phrase))?;
                Some(if start == end { end + phrase.split(' ').count() } else { end })
            })
        };
        match (behind(OR_LESS), behind(OR_MORE)) {
            (Some(end), _) => self.sure(Bound::UpTo, false, at, end),
            (_, Some(end)) => self.sure(Bound::AtLeast, false, at, end),
            _ => (None, false),
        }
    }

    /// Keeps a bound, whose phrase begins at `start` and whose number ends at `end`, where it is surely one of counts.
    fn sure(&self, bound: Bound, is_sure: bool, start: usize, end: usize) -> (Option<Bound>, bool) {
        let is_measured = phrases(UNITS).any(|unit| self.begins(end, unit));
        let is_money =
            self.words[..end].iter().rev().nth(1).is_some_and(|word| matches!(word.as_str(), "$" | "€" | "£"));
        // "Counts of fewer than", "numbers that are under".
        let linked = self.words[..start].iter().rev().find(|word| !phrases(LINKS).any(|link| link == *word));
        let of_counts = linked.is_some_and(|word| phrases(COUNTS).any(|count| count == word));
        let is_counted = || phrases(COUNTED).any(|counted| self.begins(end, counted));
        let is_bound = !is_measured && !is_money && (is_sure || self.is_count || of_counts || is_counted());
        (is_bound.then_some(bound), is_bound && of_counts)
    }

    /// Returns the number of words in the longest of some phrases that ends before a word.
    fn longest_before(&self, at: usize, all: &str) -> Option<usize> {
        let lengths = phrases(all).map(|phrase| (phrase.split(' ').count(), phrase));
        let ending = lengths.filter(|(length, phrase)| *length <= at && self.begins(at - length, phrase));
        ending.map(|(length, _)| length).max()
    }

    fn begins(&self, at: usize, phrase: &str) -> bool {
        let mut words = self.words[at.min(self.words.len())..].iter();
        phrase.split(' ').all(|word| words.next().is_some_and(|next| next == word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Bound::{AtLeast, Through, Under, UpTo};
    use indexmap::IndexMap;

    fn numbers(language: &str) -> NumberWords {
        NumberWords::new(language, &IndexMap::new())
    }

    /// The last number of a text, and its bound.
    fn last(language: &str, text: &str, is_count: bool) -> Option<(u64, Option<Bound>)> {
        named(&numbers(language), text, is_count).pop().map(|number| (number.number, number.bound))
    }

    #[test]
    fn bounds_of_counts_are_found() {
        for (language, text, number, bound) in [
            ("en", "Venues Referenced in fewer than twenty-five Cases", 25, Under),
            ("en", "counts of less than 1,000", 1000, Under),
            ("en", "<10", 10, Under),
            ("en", "counts under 3", 3, Under),
            ("en", "Values that are below 3", 3, Under),
            ("en", "cells from 1 to 2", 2, Through(1)),
            ("en", "under three times", 3, Under),
            ("en", "no more than two times", 2, UpTo),
            ("en", "counts up to 2", 2, UpTo),
            ("en", "numbers ≤2", 2, UpTo),
            ("en", "counts less than or equal to 2", 2, UpTo),
            ("en", "2 cases or less", 2, UpTo),
            ("en", "referenced two or fewer times", 2, UpTo),
            ("en", "1–10 cases", 10, Through(1)),
            ("en", "counts between 1 and 10", 10, Through(1)),
            ("en", "at least three cases", 3, AtLeast),
            ("en", "no fewer than three times", 3, AtLeast),
            ("en", "more than two cases", 2, AtLeast),
            ("es", "cifras menores que cinco", 5, Under),
            ("es", "menos de treinta y cinco veces", 35, Under),
            ("es", "por debajo de tres", 3, Under),
            ("es", "no más de dos casos", 2, UpTo),
            ("es", "dos casos o menos", 2, UpTo),
            ("es", "entre 1 y 10 veces", 10, Through(1)),
            ("es", "cifras de 1 a 2", 2, Through(1)),
            ("es", "no menos de 3 casos", 3, AtLeast),
        ] {
            assert_eq!(last(language, text, false), Some((number, Some(bound))), "{text}");
        }
    }

    #[test]
    fn of_a_text_that_stands_for_a_count_every_bound_is_one() {
        for (language, text, number, bound) in [
            ("en", "Under 11", 11, Under),
            ("en", "Up to Two", 2, UpTo),
            ("en", "two or fewer", 2, UpTo),
            ("en", "<=2", 2, UpTo),
            ("en", "1 – 2", 2, Through(1)),
            ("en", "1-10", 10, Through(1)),
            ("en", "one to two", 2, Through(1)),
            ("en", "≥ 3", 3, AtLeast),
            ("en", "Three or More", 3, AtLeast),
            ("es", "Menor de tres", 3, Under),
            ("es", "Hasta dos", 2, UpTo),
            ("es", "De 1 a 2", 2, Through(1)),
        ] {
            assert_eq!(last(language, text, true), Some((number, Some(bound))), "{text}");
        }
    }

    #[test]
    fn what_may_bound_something_else_is_left_alone() {
        for text in [
            "children under 18",
            "persons under the age of 18",
            "victims aged 1 to 17",
            "minors, ages 0–17",
            "girls below 16",
            "fewer than 3%",
            "less than 5 percent of calls",
            "less than 24 hours",
            "less than $100",
            "under 10 miles",
            "up to 2016",
            "up to five victims",
            "from 2014 to 2016",
            "between 2 and 4 in the afternoon",
            "less than 2.5 times",
            "cell phones of up to ten",
            "the number of a house, under 10",
            "one of five counters",
            "twenty-five",
            "Title 18, Section 1591",
            "1-888-373-7888",
            "fewer than {{ threshold.in_words }}",
            "los menores de 18 años",
            "niñas menores de 18",
            "menos de 5 por ciento",
            "*",
        ] {
            for language in ["en", "es"] {
                let all = named(&numbers(language), text, false);
                assert!(all.iter().all(|number| number.bound.is_none()), "{text}: {all:?}");
            }
        }
    }

    #[test]
    fn numbers_are_named_in_digits_and_in_words() {
        let all = |language: &str, text: &str| -> Vec<(u64, String)> {
            named(&numbers(language), text, false).into_iter().map(|number| (number.number, number.text)).collect()
        };
        let named = |number: u64, text: &str| (number, text.to_owned());
        assert_eq!(
            all("en", "One to 9 of Twenty-Five are not shown, under 10 of 1,204"),
            [named(1, "One"), named(9, "9"), named(25, "Twenty-Five"), named(10, "10"), named(1204, "1,204")]
        );
        assert_eq!(all("en", "of {{ threshold.in_words }} of {{ threes }} someone's 3rd or 2.5"), [named(3, "3")]);
        assert_eq!(all("fr", "moins de trois, moins de 3"), [named(3, "3")]);
    }

    #[test]
    fn sentences_about_hiding_are_found_with_their_places() {
        let found =
            |text: &'static str| -> Vec<&str> { about_hiding(text).into_iter().map(|span| &text[span]).collect() };
        assert_eq!(
            found("Calls may name fewer than three venues. Counts under 1.5 are not shown; others are."),
            [" Counts under 1.5 are not shown;"]
        );
        for text in ["No se publican cifras menores que 3", "Smaller counts are suppressed"] {
            assert_eq!(found(text), [text]);
        }
        for text in ["The map shows fewer than five counties.", "Cases in public places of fewer than three towns."] {
            assert_eq!(found(text), [""; 0]);
        }
    }
}
