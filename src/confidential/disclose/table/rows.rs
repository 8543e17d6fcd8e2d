//! Rows of a table: shown, hidden, merged, and the total.

use crate::confidential::disclose::group::Member;
use crate::confidential::disclose::published::{RowLabel, SafeCell, SafeRow};
use crate::figures::RowRole;
use crate::report_spec::Rule;
use crate::unit::Count;

use super::Builder;

impl Builder<'_> {
    pub(super) fn shown(&self, label: RowLabel, role: RowRole, count: Count) -> SafeRow {
        SafeRow {
            role,
            label,
            count: self.count_cell(count),
            percent: self.percent_cell(count),
            label_note: None,
            count_note: None,
        }
    }

    pub(super) fn hidden(&self, label: RowLabel, role: RowRole, rule: &Rule, certainly_small: bool) -> SafeRow {
        let threshold = self.hidden_under.unwrap_or(rule.threshold);
        let words = if certainly_small { self.spec.hidden.cell(threshold) } else { &self.spec.hidden.neutral };
        // Words that stand for both say nothing.
        let under = (certainly_small && words != self.spec.hidden.neutral).then_some(threshold);
        SafeRow {
            role,
            label,
            count: SafeCell::Hidden { text: words.to_owned(), under },
            percent: self.hidden_percent(),
            label_note: None,
            count_note: rule.note(certainly_small).map(str::to_owned),
        }
    }

    pub(super) fn merged(&self, hidden: &[Member], rule: &Rule, label: RowLabel) -> Option<SafeRow> {
        let sum = Count::new(hidden.iter().map(|member| member.count.get()).sum());
        // Categories hidden by judgement may count nothing; a merged row of nothing is none.
        (sum.get() > 0).then(|| SafeRow { label_note: rule.note.clone(), ..self.shown(label, RowRole::Merged, sum) })
    }

    pub(super) fn total(&self) -> Option<SafeRow> {
        let total = self.table.total.as_ref()?;
        let count = match (total.count, self.total_shown) {
            (false, _) => SafeCell::Empty,
            (true, true) => self.count_cell(self.counts.total),
            (true, false) => {
                let threshold = self.hidden_under.unwrap_or(self.spec.hidden.threshold);
                SafeCell::Hidden { text: self.spec.hidden.cell(threshold).to_owned(), under: Some(threshold) }
            }
        };
        let percent = match (&total.percent, self.base) {
            (None, _) => SafeCell::Empty,
            (Some(_), None | Some(0)) => self.hidden_percent(),
            (Some(text), Some(_)) => SafeCell::Shown { value: None, text: text.clone() },
        };
        let count_note = matches!(count, SafeCell::Hidden { .. }).then(|| self.table.rule.note.clone()).flatten();
        Some(SafeRow { role: RowRole::Total, label: RowLabel::Total, count, percent, label_note: None, count_note })
    }

    fn count_cell(&self, count: Count) -> SafeCell {
        SafeCell::Shown { value: Some(count.get()), text: self.spec.language.count(count.get()) }
    }

    fn percent_cell(&self, count: Count) -> SafeCell {
        match self.base.and_then(|base| self.spec.language.percent(count.get(), base)) {
            Some(text) => SafeCell::Shown { value: None, text },
            None => self.hidden_percent(),
        }
    }

    fn hidden_percent(&self) -> SafeCell {
        SafeCell::Hidden { text: self.spec.hidden.percent.clone(), under: None }
    }
}
