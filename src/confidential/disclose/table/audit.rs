//! What the rows of a table disclose.

use crate::confidential::disclose::audit::Audit;
use crate::confidential::disclose::further::Group;
use crate::confidential::disclose::group::Protected;
use crate::confidential::disclose::small::is_small;
use crate::figures::{FigureId, RowId};
use crate::report_spec::{CodeId, DisclosureKind, Rule, RuleKind};

use super::Builder;

impl Builder<'_> {
    /// Lists what a group of rows that add up discloses.
    pub(super) fn audit(&self, rule: &Rule, parent: Option<CodeId>, protected: &Protected, audit: &mut Audit) {
        if !self.total_shown {
            return;
        }
        self.audit_shown(rule, parent, protected, audit);
        let sum: u64 = protected.hidden.iter().map(|member| member.count.get()).sum();
        if rule.kind == RuleKind::Merge && sum > 0 && sum < rule.threshold {
            audit.add(DisclosureKind::MergedSumSmall, self.code(), self.figure(self.merged_row(parent)));
        }
        let (kind, row) = match (rule.kind, parent) {
            (RuleKind::Merge, parent) => (DisclosureKind::MergedRowTells, self.merged_row(parent)),
            (RuleKind::Mask | RuleKind::Suppress, None) => (DisclosureKind::DifferenceTells, RowId::total()),
            (RuleKind::Mask | RuleKind::Suppress, Some(parent)) => {
                (DisclosureKind::DifferenceTells, RowId::of(self.spec, self.table, parent, None))
            }
            (RuleKind::None, _) => return,
        };
        if protected.discloses {
            let group = Group { jurisdiction: self.jurisdiction, table: self.id, parent };
            audit.add_group(kind, self.code(), self.figure(row), group);
        }
    }

    fn merged_row(&self, parent: Option<CodeId>) -> RowId {
        let above = parent.map(|parent| RowId::of(self.spec, self.table, parent, None).codes);
        RowId::merged(&above.unwrap_or_default())
    }

    fn figure(&self, row: RowId) -> FigureId {
        FigureId::Row { table: self.table.name.clone(), row }
    }

    /// Lists small counts that are shown: under the table's own threshold, or under a higher one of the edition.
    pub(super) fn audit_shown(&self, rule: &Rule, parent: Option<CodeId>, protected: &Protected, audit: &mut Audit) {
        let hide_zero = rule.hide_zero && self.table.keep_zero;
        let threshold = rule.threshold.max(self.spec.hidden.threshold);
        for member in protected.listed.iter().filter(|member| is_small(member.count, threshold, hide_zero)) {
            let row = RowId::of(self.spec, self.table, member.code, parent);
            audit.add(DisclosureKind::SmallCountShown, self.code(), self.figure(row));
        }
    }

    /// Returns the code of the jurisdiction.
    fn code(&self) -> &str {
        &self.spec.jurisdictions[self.jurisdiction].code
    }
}
