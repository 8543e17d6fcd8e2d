//! What to hide next, where figures tell a small count together.

use std::collections::{BTreeMap, BTreeSet};

use disclosure_audit::{Candidate, Promise, suppress};

use crate::confidential::disclose::choose::priority;
use crate::confidential::disclose::further::Row;
use crate::confidential::disclose::published::{Published, RowLabel, SafeCell};
use crate::confidential::tabulate::Counts;
use crate::diag::Finding;
use crate::report_spec::{JurisdictionId, Rows, RuleKind, Spec, TableId};

use super::model::{Release, Scope};
use super::printed::Printed;
use super::shape::Figure;
use super::{Answered, Open, SETTINGS, shapes, undecided};

/// Finds rows of multiple-response tables with which more is hidden: those without which the open figures keep their small counts.
pub(in crate::confidential::disclose) fn rows_to_hide(
    spec: &Spec,
    counts: &Counts,
    published: &[Published],
    open: &[Open],
) -> Result<BTreeSet<Row>, Finding> {
    let printed = Printed::of(spec);
    let shapes = shapes(spec, &printed)?;
    let concerned: BTreeSet<JurisdictionId> = open.iter().map(|open| open.jurisdiction).collect();
    let by_reports = open.iter().any(|open| open.by_reports);
    let own: Vec<Published> =
        published.iter().filter(|own| by_reports || concerned.contains(&own.jurisdiction())).cloned().collect();
    let release = Release { spec, shapes: &shapes, printed: &printed, published: &own, counts, margin: true };
    let scope = if by_reports { Scope::Whole } else { Scope::Reports };
    let model = release.model(scope).map_err(|error| undecided(spec, &error.to_string()))?;
    let mut rows: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for row @ (jurisdiction, table, code, _) in own.iter().flat_map(|own| printed_flags(spec, &printed, own)) {
        let cell = model.cells.get(&(jurisdiction, Figure::Row(table, code)));
        if let Some(cell) = cell.filter(|cell| !model.model.cells()[**cell].is_hidden()) {
            rows.entry(*cell).or_default().push(row);
        }
    }
    let mut order: Vec<(usize, &Vec<Row>)> = rows.iter().map(|(cell, rows)| (*cell, rows)).collect();
    order.sort_by_cached_key(|(_, rows)| rows.first().map(|row| row_priority(spec, row)));
    let candidates: Vec<Candidate> = order.iter().map(|(cell, _)| Candidate { cell: *cell, cost: 1 }).collect();
    let found = suppress(&model.model, &candidates, Promise::FullRange, &SETTINGS)
        .map_err(|error| undecided(spec, &error.to_string()))?;
    Ok(found.hidden.iter().flat_map(|cell| rows[cell].iter().copied()).collect())
}

/// Lists the rows of multiple-response tables that a report prints, in the order of the key.
pub(in crate::confidential::disclose) fn flags_in_order(spec: &Spec, published: &Published) -> Vec<Row> {
    let mut rows = printed_flags(spec, &Printed::of(spec), published);
    rows.sort_by_cached_key(|row| row_priority(spec, row));
    rows
}

fn printed_flags(spec: &Spec, printed: &Printed, published: &Published) -> Vec<Row> {
    let mut rows = Vec::new();
    for table in &printed.tables {
        let about = &spec.tables[*table];
        let own = &published.tables()[*table];
        if matches!(about.rows, Rows::Flags { .. }) && about.rule.kind == RuleKind::Mask && !own.is_withheld() {
            let shown = own.rows().iter().filter(|row| matches!(row.count(), SafeCell::Shown { .. }));
            rows.extend(shown.filter_map(|row| match row.label() {
                RowLabel::Code(code) => Some((published.jurisdiction(), *table, *code, None)),
                _ => None,
            }));
        }
    }
    rows
}

/// Tells whether a report by itself tells one of the open figures.
pub(in crate::confidential::disclose) fn tells(
    spec: &Spec,
    counts: &Counts,
    published: &Published,
    open: &[Open],
) -> Result<bool, Finding> {
    let printed = Printed::of(spec);
    let shapes = shapes(spec, &printed)?;
    let published = std::slice::from_ref(published);
    let release = Release { spec, shapes: &shapes, printed: &printed, published, counts, margin: false };
    let answered = Answered::of(release, Scope::Reports)?;
    Ok(answered.told().any(|(_, target)| {
        open.iter().any(|open| (open.jurisdiction, open.at) == (target.jurisdiction, target.hidden.at))
    }))
}

fn row_priority(spec: &Spec, (jurisdiction, table, code, _): &Row) -> (usize, u128) {
    let table = &spec.tables[*table];
    let code = spec.lists[table.rows.list()].codes[*code].code.as_str();
    priority(spec, *jurisdiction, table, &table.rule, (code, &["", code]))
}

/// Finds a table without which fewer of the open figures are told: of the nation's report first, then of the figure's own, the last
/// on the page first, and the figure's own table only where no other helps.
pub(in crate::confidential::disclose) fn table_to_leave_out(
    spec: &Spec,
    counts: &Counts,
    published: &[Published],
    open: &[Open],
) -> Result<Option<(JurisdictionId, TableId)>, Finding> {
    let printed = Printed::of(spec);
    let shapes = shapes(spec, &printed)?;
    for open in open {
        let own = open.at.table();
        let nation = spec.released.iter().copied().filter(|id| spec.jurisdictions[*id].nation && open.by_reports);
        for jurisdiction in nation.chain([open.jurisdiction]).collect::<BTreeSet<_>>() {
            let mut tables: Vec<TableId> = printed.tables.iter().rev().copied().collect();
            tables.sort_by_key(|table| jurisdiction == open.jurisdiction && Some(*table) == own);
            for table in tables {
                let mut trial = published.to_vec();
                let changed = trial.iter_mut().filter(|published| published.jurisdiction() == jurisdiction);
                if changed.map(|published| published.withhold(table)).any(|was_withheld| was_withheld) {
                    continue;
                }
                trial.retain(|own| open.by_reports || own.jurisdiction() == jurisdiction);
                let release =
                    Release { spec, shapes: &shapes, printed: &printed, published: &trial, counts, margin: false };
                let scope = if open.by_reports { Scope::Whole } else { Scope::Reports };
                let answered = Answered::of(release, scope)?;
                let is_told = answered
                    .told()
                    .any(|(_, target)| target.jurisdiction == open.jurisdiction && target.hidden.at == open.at);
                if !is_told {
                    return Ok(Some((jurisdiction, table)));
                }
            }
        }
    }
    Ok(None)
}
