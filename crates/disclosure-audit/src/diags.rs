//! What can stop an audit. None of it prints a count.

use std::fmt;

/// Says why no audit could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditError {
    /// A sum leaves the range of integers; the fact is named.
    Overflow {
        /// The fact.
        fact: String,
    },
    /// No table agrees with these facts: the model is wrong.
    Contradiction {
        /// The facts; all that are linked where fewer are not known to suffice.
        facts: Vec<String>,
    },
    /// A position is named that no cell has.
    UnknownCell {
        /// The position.
        cell: usize,
    },
    /// Within the limit of work no table was found that agrees with all facts.
    NoWorld,
    /// More sums are the same in all worlds that were found than can be looked at.
    TooManySums,
}

impl fmt::Display for AuditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overflow { fact } => write!(f, "a sum in `{fact}` is too large to be audited"),
            Self::Contradiction { facts } => write!(f, "no table agrees with: {}", facts.join(", ")),
            Self::UnknownCell { cell } => write!(f, "there is no cell at position {cell}"),
            Self::NoWorld => write!(f, "no table that agrees with all facts was found within the limit of work"),
            Self::TooManySums => write!(f, "too many sums are the same in all tables that were found"),
        }
    }
}

impl std::error::Error for AuditError {}
