//! All faults and remarks of a piece of work.

use std::fmt;

use super::finding::{Finding, Severity};
use super::render::render;
use super::source::Sources;

/// All that a piece of work has to report, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(pub(super) Vec<Finding>);

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
