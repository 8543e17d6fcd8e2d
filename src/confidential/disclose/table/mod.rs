//! Tables: each row listed, merged or hidden by the table's rule.

mod audit;
mod rows;

use std::cmp::Reverse;

use crate::confidential::tabulate::{Counts, TableCounts};
use crate::figures::{FigureId, RowId, RowRole};
use crate::report_spec::{
    Code, CodeId, ColumnId, DisclosureKind, DisclosurePolicy, FigureRule, JurisdictionId, Order, PopulationId, Rows,
    Rule, RuleKind, Spec, Table, TableId, TiSlice,
};
use crate::unit::Count;

use super::audit::Audit;
use super::choose::priority;
use super::further::{Further, Row};
use super::group::{self, Member, Protected, Zeros};
use super::published::{RowLabel, SafeFigure, SafeRow, SafeTable};
use super::small::is_small;

/// Protects a table of a jurisdiction.
pub(super) fn protect(
    spec: &Spec,
    counts: &Counts,
    id: TableId,
    jurisdiction: JurisdictionId,
    figures: &TiSlice<PopulationId, SafeFigure>,
    further: &Further,
    audit: &mut Audit,
) -> SafeTable {
    let table = &spec.tables[id];
    let builder = Builder {
        spec,
        table,
        id,
        jurisdiction,
        counts: &counts.tables[id][jurisdiction],
        base: None,
        total_shown: figures[table.population].shown().is_some(),
        hidden_under: None,
        further,
    };
    if further.withholds(jurisdiction, id) {
        return SafeTable { table: id, rows: Vec::new(), total_shown: builder.total_shown, is_withheld: true };
    }
    let builder = builder.with_totals(figures, audit);
    SafeTable { table: id, rows: builder.rows(audit), total_shown: builder.total_shown, is_withheld: false }
}

struct Builder<'a> {
    spec: &'a Spec,
    table: &'a Table,
    id: TableId,
    jurisdiction: JurisdictionId,
    counts: &'a TableCounts,
    /// The base of percents, where it is shown.
    base: Option<u64>,
    /// The table's total may be told; where it is hidden, so is every count of the table.
    total_shown: bool,
    /// The threshold that a hidden total is under, and with it all that it bounds.
    hidden_under: Option<u64>,
    /// What is hidden beyond the table's own rule.
    further: &'a Further,
}

impl Builder<'_> {
    /// Protects the table's own total as that of a population is, and finds the base of percents.
    ///
    /// A total that stands nowhere, neither printed nor as a base, needs no protection of its own: what its rows tell of it is
    /// looked at row by row.
    fn with_totals(self, figures: &TiSlice<PopulationId, SafeFigure>, audit: &mut Audit) -> Self {
        let table = self.table;
        let is_told = table.base.is_none() || table.total.as_ref().is_some_and(|total| total.count);
        let is_masked = self.spec.populations[table.population].rule == FigureRule::Mask;
        let threshold = self.threshold();
        let is_small = table.filter.is_some() && is_told && self.is_small_total(threshold);
        if is_small && !is_masked && self.total_shown {
            let code = &self.spec.jurisdictions[self.jurisdiction].code;
            let figure = FigureId::Row { table: table.name.clone(), row: RowId::total() };
            audit.add(DisclosureKind::SmallCountShown, code, figure);
        }
        let total_shown = self.total_shown && !(is_small && is_masked);
        let base = match table.base {
            Some(population) => figures[population].shown(),
            None => total_shown.then(|| self.counts.total.get()),
        };
        // Where the population's total is hidden, it is under the edition's threshold.
        let under = if self.total_shown { threshold } else { self.spec.hidden.threshold };
        Self { base, total_shown, hidden_under: (!total_shown).then_some(under), ..self }
    }

    fn rules(&self) -> impl Iterator<Item = &Rule> {
        std::iter::once(&self.table.rule).chain(&self.table.parents)
    }

    /// The highest threshold that holds for the table.
    fn threshold(&self) -> u64 {
        self.rules().map(|rule| rule.threshold).fold(self.spec.hidden.threshold, u64::max)
    }

    fn is_small_total(&self, threshold: u64) -> bool {
        let hide_zero = self.spec.hidden.hide_zero || self.rules().any(|rule| rule.hide_zero);
        is_small(self.counts.total, threshold, hide_zero)
    }

    fn rows(&self, audit: &mut Audit) -> Vec<SafeRow> {
        let list = &self.spec.lists[self.table.rows.list()].codes;
        let mut rows = match &self.table.rows {
            Rows::Flags { .. } => self.flags(list, audit),
            Rows::Codes { .. } => self.codes(list, audit),
            Rows::Tree { children, child_list, .. } => {
                self.tree(list, children, &self.spec.lists[*child_list].codes, audit)
            }
        };
        rows.extend(self.total());
        rows
    }

    /// A multiple-response table: rows do not add up, each is protected for itself.
    fn flags(&self, list: &TiSlice<CodeId, Code>, audit: &mut Audit) -> Vec<SafeRow> {
        let rule = &self.table.rule;
        let members = self.members(list, &self.counts.rows, None, rule);
        let mut protected = group::protect(&members, rule, self.zeros(rule));
        self.withhold(&mut protected);
        self.audit_shown(rule, None, &protected, audit);
        let mut rows = self.shown_rows(list, &protected.listed, RowRole::Row, RowLabel::Code);
        rows.extend(
            protected.hidden.iter().map(|row| {
                (row.code, self.hidden(RowLabel::Code(row.code), RowRole::Row, rule, protected.is_small(row)))
            }),
        );
        self.in_order(list, rows)
    }

    /// A frequency table: rows add up to the total.
    fn codes(&self, list: &TiSlice<CodeId, Code>, audit: &mut Audit) -> Vec<SafeRow> {
        let members = self.members(list, &self.counts.rows, None, &self.table.rule);
        let mut protected = group::protect(&members, &self.table.rule, self.zeros(&self.table.rule));
        self.withhold(&mut protected);
        self.audit(&self.table.rule, None, &protected, audit);
        self.group_rows(list, &protected, &self.table.rule, RowRole::Row, RowLabel::Code, RowLabel::Merged(None))
    }

    /// A hierarchical table: parents add up to the total, children to their parent.
    fn tree(
        &self,
        list: &TiSlice<CodeId, Code>,
        children: &TiSlice<CodeId, Vec<CodeId>>,
        child_list: &TiSlice<CodeId, Code>,
        audit: &mut Audit,
    ) -> Vec<SafeRow> {
        let Some(rule) = &self.table.parents else { return Vec::new() };
        let members = self.members(list, &self.counts.rows, None, rule);
        let mut protected = group::protect(&members, rule, self.zeros(rule));
        self.withhold(&mut protected);
        self.audit(rule, None, &protected, audit);
        let mut groups = Vec::new();
        for parent in self.listed(list, &protected.listed) {
            let mut rows = vec![self.shown(RowLabel::Code(parent.code), RowRole::Subtotal, parent.count)];
            rows.extend(self.children(parent.code, &children[parent.code], child_list, audit));
            groups.push((parent.code, rows));
        }
        let (hidden, merged) =
            self.hidden_rows(&protected, rule, RowRole::Subtotal, RowLabel::Code, RowLabel::MergedParents);
        groups.extend(hidden.into_iter().map(|(code, row)| (code, vec![row])));
        self.in_order(list, groups).into_iter().flatten().chain(merged).collect()
    }

    fn children(
        &self,
        parent: CodeId,
        codes: &[CodeId],
        list: &TiSlice<CodeId, Code>,
        audit: &mut Audit,
    ) -> Vec<SafeRow> {
        let counts = &self.counts.children;
        let members = self.members(list, counts, Some(parent), &self.table.rule);
        let members: Vec<Member> = members.into_iter().filter(|member| codes.contains(&member.code)).collect();
        let protected = group::protect(&members, &self.table.rule, self.zeros(&self.table.rule));
        self.audit(&self.table.rule, Some(parent), &protected, audit);
        self.group_rows(
            list,
            &protected,
            &self.table.rule,
            RowRole::Child,
            RowLabel::Child,
            RowLabel::Merged(Some(parent)),
        )
    }

    /// Lists siblings in order with what was hidden of them.
    fn group_rows(
        &self,
        list: &TiSlice<CodeId, Code>,
        protected: &Protected,
        rule: &Rule,
        role: RowRole,
        label: fn(CodeId) -> RowLabel,
        merged: RowLabel,
    ) -> Vec<SafeRow> {
        let mut rows = self.shown_rows(list, &protected.listed, role, label);
        let (hidden, merged) = self.hidden_rows(protected, rule, role, label, merged);
        rows.extend(hidden);
        self.in_order(list, rows).into_iter().chain(merged).collect()
    }

    /// The rows with their counts, each with its code.
    fn shown_rows(
        &self,
        list: &TiSlice<CodeId, Code>,
        members: &[Member],
        role: RowRole,
        label: fn(CodeId) -> RowLabel,
    ) -> Vec<(CodeId, SafeRow)> {
        let listed = self.listed(list, members);
        listed.iter().map(|member| (member.code, self.shown(label(member.code), role, member.count))).collect()
    }

    /// The hidden rows, each with its code, or the one row that they are merged into.
    fn hidden_rows(
        &self,
        protected: &Protected,
        rule: &Rule,
        role: RowRole,
        label: fn(CodeId) -> RowLabel,
        merged: RowLabel,
    ) -> (Vec<(CodeId, SafeRow)>, Option<SafeRow>) {
        if rule.kind == RuleKind::Merge {
            return (Vec::new(), self.merged(&protected.hidden, rule, merged));
        }
        let row = |member: &Member| {
            let certainly_small = protected.is_small(member) && rule.kind == RuleKind::Mask;
            (member.code, self.hidden(label(member.code), role, rule, certainly_small))
        };
        (protected.hidden.iter().map(row).collect(), None)
    }

    /// Puts rows by their codes in the order of the list, where the table has that order. Hidden rows then keep their places:
    /// they tell nothing, since places do not follow from counts. By count, hidden rows stay behind the others.
    fn in_order<T>(&self, list: &TiSlice<CodeId, Code>, mut rows: Vec<(CodeId, T)>) -> Vec<T> {
        if self.table.order == Order::List {
            rows.sort_by_key(|(code, _)| (list[*code].last, *code));
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Orders the listed rows: by count or as in the list, those pinned last at the end; zero rows only where they are kept.
    fn listed(&self, list: &TiSlice<CodeId, Code>, members: &[Member]) -> Vec<Member> {
        let mut listed: Vec<Member> =
            members.iter().filter(|member| self.table.keep_zero || member.count.get() > 0).copied().collect();
        match self.table.order {
            // A stable sort: ties stay in the order of the list.
            Order::Count => listed.sort_by_key(|member| (list[member.code].last, Reverse(member.count))),
            Order::List => listed.sort_by_key(|member| list[member.code].last),
        }
        listed
    }

    fn members(
        &self,
        list: &TiSlice<CodeId, Code>,
        counts: &TiSlice<CodeId, Count>,
        parent: Option<CodeId>,
        rule: &Rule,
    ) -> Vec<Member> {
        let source = &self.spec.sources[self.spec.populations[self.table.population].source];
        let name = |column: ColumnId| source.columns[column].name.as_str();
        let member = |(code, count): (CodeId, &Count)| {
            let own = list[code].code.as_str();
            let above = list[code].parent.as_deref().unwrap_or_default();
            // Flags are columns themselves.
            let column = match (&self.table.rows, parent) {
                (Rows::Tree { child_column, .. }, Some(_)) => name(*child_column),
                (Rows::Codes { column, .. } | Rows::Tree { column, .. }, _) => name(*column),
                (Rows::Flags { .. }, _) => own,
            };
            Member {
                code,
                count: *count,
                forced: self.is_forced(code, parent),
                secondary: self.further.hides(Row { jurisdiction: self.jurisdiction, table: self.id, code, parent }),
                priority: priority(self.spec, self.jurisdiction, self.table, rule, (column, &[above, own])),
            }
        };
        counts.iter_enumerated().map(member).collect()
    }

    fn zeros(&self, rule: &Rule) -> Zeros {
        match (self.spec.protection.policy, self.table.keep_zero) {
            (DisclosurePolicy::Strict, _) if rule.hide_zero => Zeros::Protected,
            (_, true) => Zeros::Kept,
            (_, false) => Zeros::Dropped,
        }
    }

    /// Tells whether a category is hidden by judgement.
    fn is_forced(&self, code: CodeId, parent: Option<CodeId>) -> bool {
        self.spec.is_overridden(self.id, (code, parent), self.jurisdiction)
    }

    /// Hides every row where the total itself is hidden: no count can exceed it.
    fn withhold(&self, protected: &mut Protected) {
        if self.total_shown {
            return;
        }
        let keep_zero = self.table.keep_zero;
        let listed = std::mem::take(&mut protected.listed);
        protected.hidden.extend(listed);
        if !keep_zero {
            protected.hidden.clear();
        }
        protected.hidden.sort_by_key(|member| member.code);
        protected.all_small = true;
    }
}
