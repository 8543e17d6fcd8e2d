//! Changes, weighed by a policy.

use crate::review::{self, Change, ChangeGroup, Policy, Review, Reviewed, Weight};

/// Weighs changes by a policy.
pub(super) struct Judge(pub Policy);

impl Judge {
    pub(super) fn weight(&self, change: &Change) -> Weight {
        self.0.weight(change)
    }

    /// The changes of a report that are listed, in the order of their kinds.
    pub(super) fn changes<'a>(&self, report: &'a Reviewed) -> Vec<&'a Change> {
        let mut changes: Vec<&Change> =
            report.changes.iter().filter(|change| self.weight(change) > Weight::Ignore).collect();
        changes.sort_by_key(|change| change.kind);
        changes
    }

    /// The reports with changes that are listed.
    pub(super) fn listed<'a>(&self, review: &'a Review) -> impl Iterator<Item = &'a Reviewed> {
        review.reports.iter().filter(|report| !self.changes(report).is_empty())
    }

    /// The changes that are listed, grouped by cause and form.
    pub(super) fn groups<'a>(&self, review: &'a Review) -> Vec<ChangeGroup<'a>> {
        let weighed = |change| (change, self.weight(change));
        let listed =
            |report: &'a Reviewed| report.changes.iter().map(weighed).filter(|(_, weight)| *weight > Weight::Ignore);
        review::grouped(review.reports.iter().map(|report| (report.name.as_str(), listed(report).collect())))
    }

    pub(super) fn fails(&self, report: &Reviewed) -> bool {
        report.changes.iter().any(|change| self.weight(change) == Weight::Error)
    }
}
