//! Texts with placeholders.
//!
//! A template of the spec becomes rich text in two steps: minijinja fills the placeholders, then
//! `**` is read as bold and note markers are taken out. What a placeholder puts in is data: it is
//! fenced off by two private-use characters, so that no `**` in a label or a name is markup.
//!
//! Figures are opaque. The engine never sees their words: a figure's placeholder puts in its number among the
//! figures of the report, and its words take that place when the text is read. So whatever a template computes, it
//! cannot compute with a figure; and [`grammar`] refuses every attempt where it is written.

mod context;
mod engine;
mod grammar;
#[cfg(test)]
mod opaque;
mod paths;
mod spans;
mod vocabulary;

pub use context::Context;
pub(super) use engine::Checked;
pub use engine::Engine;

use crate::diag::Place;

use super::language::Language;
use super::number_words::NumberWords;

/// Characters with a meaning between the two steps; a spec that holds one is refused.
pub(super) const RESERVED: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{E003}';

const NOTE_START: char = '\u{E000}';
const NOTE_END: char = '\u{E001}';
const DATA_START: char = '\u{E002}';
const DATA_END: char = '\u{E003}';

/// A template and the place where it is written.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The template.
    pub text: String,
    /// Where it stands in the spec.
    pub place: Option<Place>,
}

/// A piece of rich text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Set in bold.
        bold: bool,
    },
    /// The marker of a note, by its name in the spec.
    Note(String),
}

/// Rich text.
pub type Rich = Vec<Span>;

/// What `threshold` stands for in prose.
pub(super) fn threshold_words(language: &Language, numbers: &NumberWords, threshold: u64) -> minijinja::value::Value {
    let number = language.count(threshold);
    match numbers.of(threshold) {
        Some(words) => minijinja::context! { threshold => minijinja::context! { number => number, in_words => words } },
        None => minijinja::context! { threshold => minijinja::context! { number => number } },
    }
}

/// Makes rich text of plain words.
pub fn plain(text: impl Into<String>) -> Rich {
    vec![Span::Text { text: text.into(), bold: false }]
}
