//! Findings: what is wrong, where it stands, and what to do about it.
//!
//! Every stage reports by [`Finding`]s, collected in [`Findings`] so that all faults of an input
//! are told at once. A finding has a stable kebab-case code (`spec::unknown-column`), a sentence in
//! lower case, a [`Place`] and one hint. It never holds a confidential count, and of a record
//! nothing but its code and its id.

pub(crate) mod code;
mod first;
mod gather;
mod io;
mod limit;
mod nearest;
mod panics;
mod render;
mod source;

pub use code::Code;
pub use first::first_of;
pub use gather::gather;
pub use io::{UNSYNCED, describe_io_error, unsynced};
pub use limit::Tally;
pub use nearest::nearest;
pub use panics::{catch_panic, tell_panics_by_place};
pub use render::{printable, render, steers, turns};
pub use source::{SourceText, Sources};

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// Whether a finding stops the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// The work goes on; the user is told.
    Warning,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// A range of bytes of a source text: shown with its line and a caret.
    Span {
        /// The source's name, as the user wrote its path.
        file: Arc<str>,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// A line of case data: shown by number and column name only, never with its text.
    Record {
        /// The file's name.
        file: Arc<str>,
        /// Line (CSV) or row (Parquet), from 1.
        line: u64,
        /// Name of the column, where one is at fault.
        column: Option<String>,
    },
    /// A page of a PDF, or an area of it.
    Page {
        /// The file's name.
        file: Arc<str>,
        /// The page, from 1.
        page: u32,
        /// Left, bottom, right and top in whole points from the lower left corner of the finished page.
        #[serde(skip_serializing_if = "Option::is_none")]
        area: Option<[i32; 4]>,
    },
    /// A file as a whole.
    File {
        /// The file's name.
        file: Arc<str>,
    },
}

/// One fault or remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether it stops the work.
    pub severity: Severity,
    /// Stable code, `stage::kebab-case`.
    pub code: Code,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// A few words to stand beside the caret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The character at fault, where it is one: who holds the texts can say where it is written.
    #[serde(skip)]
    pub character: Option<char>,
}

impl Finding {
    /// Makes an error without a place.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: None,
            label: None,
            help: None,
            character: None,
        }
    }

    /// Makes a warning without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Says where it stands.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// Says that it concerns a file as a whole.
    #[must_use]
    pub fn in_file(self, file: impl Into<Arc<str>>) -> Self {
        self.at(Place::File { file: file.into() })
    }

    /// Adds words to stand beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says which character is at fault.
    #[must_use]
    pub fn of_character(self, character: impl Into<Option<char>>) -> Self {
        Self { character: character.into(), ..self }
    }

    /// Adds a hint.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }
}

/// All that a piece of work has to report, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Starts with nothing to report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all findings of another piece of work.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Finding>) {
        self.0.extend(other);
    }

    /// Tells whether any finding stops the work.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Returns the value when nothing stops the work, else the findings.
    ///
    /// # Errors
    /// Returns `self` when it holds an error.
    pub fn into_result<T>(self, value: T) -> Result<(T, Self), Self> {
        if self.has_errors() { Err(self) } else { Ok((value, self)) }
    }

    /// Puts findings in the order of their places, tells each once, and of each kind the first hundred.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.0.sort_by_key(|finding| match finding.place {
            Some(Place::Span { start, .. }) => (1, start),
            _ => (0, 0),
        });
        self.0.dedup();
        let mut tally = Tally::default();
        for finding in self.0 {
            tally.add(finding.code, || finding);
        }
        tally.into_findings()
    }

    /// Iterates over the findings in order.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// Tells whether there is nothing to report.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Writes each finding with its code and place, without the source text.
impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sources = Sources::default();
        self.0.iter().try_for_each(|finding| f.write_str(&render(finding, &sources)))
    }
}

impl std::error::Error for Findings {}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}
