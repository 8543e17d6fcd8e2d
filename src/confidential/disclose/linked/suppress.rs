//! What to hide next, where figures tell a small count together.

use std::collections::{BTreeMap, BTreeSet};

use disclosure_audit::{Candidate, Promise, suppress};

use crate::confidential::disclose::choose::{Priority, priority};
use crate::confidential::disclose::further::Row;
use crate::confidential::disclose::published::{Published, RowLabel, SafeCell};
use crate::diag::Finding;
use crate::report_spec::{JurisdictionId, Rows, RuleKind, TableId};

use super::answered::{Answered, undecided};
use super::linking::{Linking, Open};
use super::model::{Release, SETTINGS, Scope};
use super::shape::Figure;

impl Linking<'_> {
    /// Finds rows of multiple-response tables without which the open figures keep their small counts, with as few as may be.
    pub(crate) fn rows_to_hide(&self, published: &[Published], scope: Scope) -> Result<BTreeSet<Row>, Finding> {
        let undecided = |error: String| undecided(self.spec, &error);
        let release = Release { margin: true, ..self.release(published) };
        let model = release.model(scope).map_err(|error| undecided(error.to_string()))?;
        let mut rows: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
        for row in published.iter().flat_map(|own| self.flags(own)) {
            let cell = model.cells.get(&(row.jurisdiction, Figure::Row(row.table, row.code)));
            if let Some(cell) = cell.filter(|cell| !model.model.cells()[**cell].is_hidden()) {
                rows.entry(*cell).or_default().push(row);
            }
        }
        let mut order: Vec<(usize, &Vec<Row>)> = rows.iter().map(|(cell, rows)| (*cell, rows)).collect();
        order.sort_by_cached_key(|(_, rows)| rows.first().map(|row| self.priority(row)));
        let candidates: Vec<Candidate> = order.iter().map(|(cell, _)| Candidate { cell: *cell, cost: 1 }).collect();
        let found = suppress(&model.model, &candidates, Promise::FullRange, &SETTINGS);
        let found = found.map_err(|error| undecided(error.to_string()))?;
        Ok(found.hidden.iter().flat_map(|cell| rows[cell].iter().copied()).collect())
    }

    /// Lists the rows of multiple-response tables that a report prints, in the order of the key.
    pub(crate) fn flags_in_order(&self, published: &Published) -> Vec<Row> {
        let mut rows = self.flags(published);
        rows.sort_by_cached_key(|row| self.priority(row));
        rows
    }

    fn flags(&self, published: &Published) -> Vec<Row> {
        let mut rows = Vec::new();
        for table in &self.printed.tables {
            let about = &self.spec.tables[*table];
            let own = &published.tables()[*table];
            if matches!(about.rows, Rows::Flags { .. }) && about.rule.kind == RuleKind::Mask && !own.is_withheld() {
                let shown = own.rows().iter().filter(|row| matches!(row.count(), SafeCell::Shown { .. }));
                rows.extend(shown.filter_map(|row| match row.label() {
                    RowLabel::Code(code) => {
                        Some(Row { jurisdiction: published.jurisdiction(), table: *table, code: *code, parent: None })
                    }
                    _ => None,
                }));
            }
        }
        rows
    }

    fn priority(&self, row: &Row) -> Priority {
        let table = &self.spec.tables[row.table];
        let code = self.spec.lists[table.rows.list()].codes[row.code].code.as_str();
        priority(self.spec, row.jurisdiction, table, &table.rule, (code, &["", code]))
    }

    /// Tells whether reports tell one of the open figures.
    pub(crate) fn tells(&self, published: &[Published], open: &[Open], scope: Scope) -> Result<bool, Finding> {
        let answered = Answered::of(self.release(published), scope)?;
        let is_open = |jurisdiction: JurisdictionId, at: Figure| {
            open.iter().any(|open| (open.jurisdiction, open.at) == (jurisdiction, at))
        };
        Ok(answered.told().any(|(_, target)| is_open(target.jurisdiction, target.hidden.at)))
    }

    /// Finds a table of a report without which reports no longer tell one of the open figures: the last on the page that does, and
    /// the figure's own only where no other helps.
    pub(crate) fn table_to_leave_out(
        &self,
        published: &[Published],
        jurisdiction: JurisdictionId,
        open: &[Open],
        scope: Scope,
    ) -> Result<Option<TableId>, Finding> {
        for open in open {
            let own = open.at.table().filter(|_| open.jurisdiction == jurisdiction);
            let mut tables: Vec<TableId> = self.printed.tables.iter().rev().copied().collect();
            tables.sort_by_key(|table| Some(*table) == own);
            for table in tables {
                let mut trial = published.to_vec();
                let mut changed = trial.iter_mut().filter(|published| published.jurisdiction() == jurisdiction);
                let was_left_out = changed.any(|published| published.withhold(table));
                if !was_left_out && !self.tells(&trial, &[*open], scope)? {
                    return Ok(Some(table));
                }
            }
        }
        Ok(None)
    }
}
