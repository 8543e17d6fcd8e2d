//! A fault of a boundary file in its place.

use std::fmt;

use super::diags::BoundaryError;

/// A fault with the line on which it stands, where that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub error: BoundaryError,
    /// Line, from 1.
    pub line: Option<u64>,
    /// How many further counties of the file have a fault of this kind.
    pub more: usize,
}

impl From<BoundaryError> for Fault {
    fn from(error: BoundaryError) -> Self {
        Self { error, line: None, more: 0 }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}
