//! What differs between the published tables of two editions, cell by cell.

use crate::compose::{Change, Corrected, Place};
use crate::figures::{ProseFigure, PublishedCell, PublishedCounter, PublishedRow, PublishedTable, PublishedTables};
use crate::report_spec::CellKind;

/// Lists every published figure that differs, in the order of the new edition; rows that are gone come last.
pub fn changes(old: &PublishedTables, new: &PublishedTables) -> Vec<Corrected> {
    let mut groups = Vec::new();
    let counters = counters(old, new);
    if !counters.is_empty() {
        groups.push(Corrected { place: Place::Counters, changes: counters });
    }
    let prose = prose(old, new);
    if !prose.is_empty() {
        groups.push(Corrected { place: Place::Prose, changes: prose });
    }
    let empty = |like: &PublishedTable| PublishedTable { rows: Vec::new(), ..like.clone() };
    for table in &new.tables {
        let before = old.tables.iter().find(|other| other.id == table.id).cloned().unwrap_or_else(|| empty(table));
        groups.extend(group(&before, table));
    }
    for table in old.tables.iter().filter(|table| !new.tables.iter().any(|other| other.id == table.id)) {
        groups.extend(group(table, &empty(table)));
    }
    groups
}

fn counters(old: &PublishedTables, new: &PublishedTables) -> Vec<Change> {
    let printed = |counter: Option<&PublishedCounter>| counter.map(|counter| counter.value.clone());
    let changed = old.counters_with(new).into_iter().filter(|(old, new)| printed(*old) != printed(*new));
    changed
        .filter_map(|(old, new)| {
            let row = new.or(old)?.label.clone();
            Some(Change { row, column: String::new(), before: printed(old), after: printed(new) })
        })
        .collect()
}

/// Lists the figures of running text that are printed in both publications, and otherwise.
fn prose(old: &PublishedTables, new: &PublishedTables) -> Vec<Change> {
    let (Some(before), Some(after)) = (&old.figures, &new.figures) else { return Vec::new() };
    let change = |figure: &ProseFigure| {
        let old = before.iter().find(|one| one.id == figure.id && one.text != figure.text)?;
        let row = figure.around.clone().unwrap_or_else(|| figure.text.clone());
        Some(Change { row, column: String::new(), before: Some(old.text.clone()), after: Some(figure.text.clone()) })
    };
    after.iter().filter_map(change).collect()
}

fn group(old: &PublishedTable, new: &PublishedTable) -> Option<Corrected> {
    let mut changes = Vec::new();
    for row in &new.rows {
        changes.extend(row_changes(new, old.rows.iter().find(|other| other.is_same(row)), Some(row)));
    }
    for row in old.rows.iter().filter(|row| !new.rows.iter().any(|other| other.is_same(row))) {
        changes.extend(row_changes(old, Some(row), None));
    }
    let place = || Place::Table { name: new.id.clone(), title: new.title.clone() };
    (!changes.is_empty()).then(|| Corrected { place: place(), changes })
}

fn row_changes(table: &PublishedTable, old: Option<&PublishedRow>, new: Option<&PublishedRow>) -> Vec<Change> {
    let Some(row) = new.or(old) else { return Vec::new() };
    let printed = |row: Option<&PublishedRow>, at: usize| {
        row.and_then(|row| row.cells.get(at)).map(|cell: &PublishedCell| cell.text.clone())
    };
    let columns = table.columns.iter().enumerate();
    let changed = columns.filter_map(|(at, column)| {
        let (before, after) = (printed(old, at), printed(new, at));
        // A row that came or went has its label in every line of the list.
        let is_label_of_one = column.kind == CellKind::Label && (before.is_none() || after.is_none());
        (before != after && !is_label_of_one).then(|| Change {
            row: row.label().to_owned(),
            column: column.head.clone(),
            before,
            after,
        })
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use crate::figures::fixture::{tables, with_counters};

    use super::*;

    #[test]
    fn changed_new_and_lost_rows_are_told_by_their_printed_cells() {
        let old = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "5", false)]);
        let new = tables(&[("info", "Info", "4", false), ("tip", "Tips", "28", false)]);
        let told: Vec<String> = changes(&old, &new)
            .into_iter()
            .flat_map(|group| group.changes)
            .map(|one| format!("{} [{}]: {:?} -> {:?}", one.row, one.column, one.before, one.after))
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        Info [# OF CASES]: None -> Some("4")
        Tips [REASON]: Some("Tip") -> Some("Tips")
        Tips [# OF CASES]: Some("27") -> Some("28")
        Crisis [# OF CASES]: Some("5") -> None
        "#);
        assert_eq!(changes(&old, &old), []);
    }

    #[test]
    fn a_counter_that_is_gone_is_told_last() {
        let old = with_counters(&[("Emails", Some(24)), ("Calls", Some(9))]);
        let gone = changes(&old, &with_counters(&[("Emails", Some(24))])).remove(0).changes.pop().unwrap();
        assert_eq!((gone.row.as_str(), gone.before.as_deref(), gone.after), ("Calls", Some("9"), None));
    }
}
