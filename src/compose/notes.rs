//! Numbers of notes.
//!
//! One counter runs through the whole document. Within one scope (a block with the heading above it)
//! the same note has one number, shared by all its markers; in the next scope it gets a new one. The
//! number follows the first marker in reading order.

use indexmap::IndexMap;

use crate::report_spec::{Rich, Span};

use super::document::{Inline, Line};

/// Numbers the notes of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    last: u32,
    scope: IndexMap<String, u32>,
}

impl Numbering {
    /// Returns the number of a note in the current scope.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.scope.get(name) {
            return *number;
        }
        self.last += 1;
        self.scope.insert(name.to_owned(), self.last);
        self.last
    }

    /// Numbers the markers of a rich text.
    pub(super) fn line(&mut self, rich: Rich) -> Line {
        let inline = |span| match span {
            Span::Text { text, bold } => Inline::Text { text, bold },
            Span::Note(name) => Inline::Note { note: self.number(&name) },
        };
        rich.into_iter().map(inline).collect()
    }

    /// Ends the scope and returns its notes in the order of their numbers.
    pub(super) fn end_scope(&mut self) -> IndexMap<String, u32> {
        std::mem::take(&mut self.scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_note_shares_a_number_in_its_scope_and_gets_a_new_one_in_the_next() {
        let mut numbering = Numbering::default();
        assert_eq!([numbering.number("identity"), numbering.number("online"), numbering.number("identity")], [1, 2, 1]);
        assert_eq!(
            numbering.end_scope().into_iter().collect::<Vec<_>>(),
            [("identity".into(), 1), ("online".into(), 2)]
        );
        assert_eq!(numbering.number("identity"), 3);
    }
}
