//! What the rows of a table disclose.

use crate::confidential::disclose::audit::Audit;
use crate::confidential::disclose::figure::is_small;
use crate::confidential::disclose::group::Protected;
use crate::figures::{FigureId, RowId, RowRole};
use crate::report_spec::{Code, CodeId, DisclosureKind, Rule, RuleKind, TiSlice};

use super::Builder;

/// Categories beside each other.
pub(super) struct Siblings<'s> {
    /// Their codes.
    pub list: &'s TiSlice<CodeId, Code>,
    /// What their rows are.
    pub role: RowRole,
    /// The codes above them.
    pub parent: Vec<String>,
}

impl<'s> Siblings<'s> {
    /// Categories below no other.
    pub fn top(list: &'s TiSlice<CodeId, Code>, role: RowRole) -> Self {
        Self { list, role, parent: Vec::new() }
    }

    fn row(&self, code: CodeId) -> RowId {
        RowId::category(self.role, &self.parent, &self.list[code].code)
    }
}

impl Builder<'_> {
    /// Lists what a group of rows that add up discloses.
    pub(super) fn audit(&self, rule: &Rule, siblings: &Siblings<'_>, protected: &Protected, audit: &mut Audit) {
        if !self.total_shown {
            return;
        }
        self.audit_shown(rule, siblings, protected, audit);
        let sum: u64 = protected.hidden.iter().map(|member| member.count.get()).sum();
        let mut add = |kind| audit.add(kind, self.code(), FigureId::Table(self.table.name.clone()));
        match rule.kind {
            RuleKind::Merge => {
                if sum > 0 && sum < rule.threshold {
                    add(DisclosureKind::MergedSumSmall);
                }
                if protected.discloses {
                    add(DisclosureKind::MergedRowTells);
                }
            }
            RuleKind::Mask | RuleKind::Suppress if protected.discloses => add(DisclosureKind::DifferenceTells),
            _ => {}
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
