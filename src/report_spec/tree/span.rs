//! Places within a text.

use std::sync::Arc;

use crate::diag::Place;

/// Makes the place of a range of bytes, within the text.
pub(crate) fn span(name: &Arc<str>, text: &str, start: usize, end: usize) -> Place {
    Place::Span { file: name.clone(), start: start.min(text.len()), end: end.min(text.len()) }
}
