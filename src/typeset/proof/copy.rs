//! What pages must say, and how findings quote it.

use crate::compose::Document;
use crate::typeset::script::runs_right_to_left;
use crate::typeset::texts;

/// What pages must say.
pub(in crate::typeset) struct Copy<'a> {
    /// What findings call it.
    pub name: &'a str,
    /// Texts that stand somewhere.
    pub around: Vec<String>,
    /// Texts that stand in this order.
    pub in_order: Vec<String>,
    /// Its lines run from right to left.
    pub right_to_left: bool,
}

impl<'a> Copy<'a> {
    /// Returns what the pages of a document must say.
    pub(crate) fn of(document: &'a Document) -> Self {
        Self {
            name: &document.meta.file_name,
            around: texts::around(document),
            in_order: texts::of_blocks(document),
            right_to_left: runs_right_to_left(&document.meta.language),
        }
    }
}

/// What to do about words without room.
pub(super) const SHORTEN: &str = "shorten the text that they stand in, or give it more room in the layout";

/// Returns the beginning of some words, short enough for a finding.
pub(super) fn excerpt(words: &str) -> String {
    const MOST: usize = 40;
    let words = words.trim();
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}
