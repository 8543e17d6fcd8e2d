//! What is grouped.

use super::super::change::Change;
use super::super::policy::Weight;

/// A change of one of the reports that are grouped.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Place of its report among those that are grouped.
    pub report: usize,
    /// Place among the changes of the report.
    pub at: usize,
    /// Name of its report.
    pub name: &'a str,
    /// What changed.
    pub change: &'a Change,
    /// How much it matters.
    pub weight: Weight,
}
