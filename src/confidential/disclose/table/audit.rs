//! What the rows of a table disclose.

use crate::confidential::disclose::audit::{Audit, group_row};
use crate::confidential::disclose::further::Group;
use crate::confidential::disclose::group::Protected;
use crate::confidential::disclose::small::is_small;
use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, Rule, RuleKind};

use super::Builder;
use super::siblings::Siblings;

impl Builder<'_> {
    /// Lists what a group of rows that add up discloses.
    pub(super) fn audit(&self, rule: &Rule, siblings: &Siblings<'_>, protected: &Protected, audit: &mut Audit) {
        if !self.total_shown {
            return;
        }
        self.audit_shown(rule, siblings, protected, audit);
        let sum: u64 = protected.hidden.iter().map(|member| member.count.get()).sum();
        let row = |kind| group_row(kind, &self.table.name, &siblings.parent);
        if rule.kind == RuleKind::Merge && sum > 0 && sum < rule.threshold {
            audit.add(DisclosureKind::MergedSumSmall, self.code(), row(DisclosureKind::MergedSumSmall));
        }
        let kind = match rule.kind {
            RuleKind::Merge => DisclosureKind::MergedRowTells,
            RuleKind::Mask | RuleKind::Suppress => DisclosureKind::DifferenceTells,
            RuleKind::None => return,
        };
        if protected.discloses {
            let group = Group { jurisdiction: self.jurisdiction, table: self.id, parent: siblings.below };
            audit.add_group(kind, self.code(), row(kind), group);
        }
    }

    /// Lists small counts that are shown: under the table's own threshold, or under a higher one of the edition.
    pub(super) fn audit_shown(&self, rule: &Rule, siblings: &Siblings<'_>, protected: &Protected, audit: &mut Audit) {
        let hide_zero = rule.hide_zero && self.table.keep_zero;
        let threshold = rule.threshold.max(self.spec.hidden.threshold);
        for member in protected.listed.iter().filter(|member| is_small(member.count, threshold, hide_zero)) {
            let figure = FigureId::Row { table: self.table.name.clone(), row: siblings.row(member.code) };
            audit.add(DisclosureKind::SmallCountShown, self.code(), figure);
        }
    }

    /// Returns the code of the jurisdiction.
    fn code(&self) -> &str {
        &self.spec.jurisdictions[self.jurisdiction].code
    }
}
