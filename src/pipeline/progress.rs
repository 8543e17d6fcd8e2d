//! What a long run tells while it works.

use serde::Serialize;

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Event<'a> {
    /// A step began.
    Step {
        /// Which.
        step: Step,
        /// How many reports it has to go through, where it goes through reports.
        #[serde(skip_serializing_if = "Option::is_none")]
        reports: Option<usize>,
    },
    /// A report is done.
    Report {
        /// Code of its jurisdiction.
        jurisdiction: &'a str,
        /// What became of it.
        outcome: Outcome,
        /// Why it was made anew: what differs from the last release.
        why: &'a [String],
        /// How many are done.
        done: usize,
        /// Of how many.
        of: usize,
    },
}

/// A step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Step {
    /// Inputs are read and compared with the last release.
    Inputs,
    /// Records are read, counted and protected.
    Counting,
    /// Maps are drawn and pages typeset.
    Typesetting,
    /// Manifest, tables and index are written, and the release takes its place.
    Publishing,
    /// Files are compared.
    Comparing,
}

impl Step {
    /// Names the step in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inputs => "inputs",
            Self::Counting => "counting",
            Self::Typesetting => "typesetting",
            Self::Publishing => "publishing",
            Self::Comparing => "comparing",
        }
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Outcome {
    /// It was made.
    Built,
    /// It stood finished in the cache.
    Reused,
    /// It could not be made.
    Failed,
}

/// Takes what a run tells; reports are told by several threads.
pub trait Progress: Sync {
    /// Takes one event.
    fn report(&self, event: &Event<'_>);
}
