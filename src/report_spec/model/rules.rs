//! How small counts are published.

use std::collections::{BTreeMap, BTreeSet};

use super::{Guard, Prose, RuleKind};

/// What hidden figures look like, and from which count on figures are shown.
#[derive(Debug, Clone)]
pub struct HiddenWords {
    /// The smallest count that is shown.
    pub threshold: u64,
    /// Zero is hidden as a small count is.
    pub hide_zero: bool,
    /// A small total in prose.
    pub prose: String,
    /// A small count in a counter.
    pub counter: String,
    /// A small count in a cell, by the threshold that it is under.
    pub cells: BTreeMap<u64, String>,
    /// A hidden count in a table whose total is printed.
    pub neutral: String,
    /// The percent of a hidden count.
    pub percent: String,
}

impl HiddenWords {
    /// Returns the words of a cell whose count is under this threshold: of the least that has words and is no less.
    pub fn cell(&self, threshold: u64) -> &str {
        let fits = self.cells.range(threshold..).next().or_else(|| self.cells.iter().next_back());
        fits.map_or("", |(_, words)| words)
    }
}

/// How small counts are published.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The rule.
    pub kind: RuleKind,
    /// The smallest count that is shown.
    pub threshold: u64,
    /// Zero is hidden as a small count is.
    pub hide_zero: bool,
    /// Label of the merged row, one for all or one for each parent.
    pub merged: Vec<Prose>,
    /// When a merged row may stand.
    pub guard: Guard,
    /// Note whose marker stands where something was hidden.
    pub note: Option<String>,
}

/// An accepted disclosure.
#[derive(Debug)]
pub struct Accept {
    /// Code of the finding.
    pub code: String,
    /// Name of the figure.
    pub figure: String,
    /// Why.
    pub reason: String,
}

/// A category hidden by judgement.
#[derive(Debug)]
pub struct Override {
    /// The table.
    pub table: usize,
    /// Index of the row's code, below its parent's where there is one.
    pub row: (usize, Option<usize>),
    /// Where it is hidden.
    pub jurisdictions: BTreeSet<usize>,
    /// Why.
    pub reason: String,
}
