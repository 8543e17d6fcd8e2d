//! What differs between the published tables of two editions, cell by cell.

use crate::compose::Correction;
use crate::figures::{FigureId, ProseFigure, PublishedCounter, PublishedRow, PublishedTable, PublishedTables};
use crate::report_spec::CellKind;

/// Lists every published figure that differs, in the order of the new edition; rows that are gone come last.
pub(super) fn corrections(old: &PublishedTables, new: &PublishedTables) -> Vec<Correction> {
    let mut corrections = counters(old, new);
    corrections.extend(prose(old, new));
    let empty = |like: &PublishedTable| PublishedTable { rows: Vec::new(), ..like.clone() };
    for table in &new.tables {
        let before = old.tables.iter().find(|other| other.id == table.id).cloned().unwrap_or_else(|| empty(table));
        corrections.extend(rows(&before, table));
    }
    for table in old.tables.iter().filter(|table| !new.tables.iter().any(|other| other.id == table.id)) {
        corrections.extend(rows(table, &empty(table)));
    }
    corrections
}

fn counters(old: &PublishedTables, new: &PublishedTables) -> Vec<Correction> {
    let pairs = old.counters_with(new).into_iter();
    let pairs = pairs.map(|(old, new)| (new.or(old), [old, new].map(|counter| Some(counter?.value.clone()))));
    let correction = |(counter, [before, after]): (Option<&PublishedCounter>, [Option<String>; 2])| {
        let counter = counter.filter(|_| before != after)?;
        let (title, column) = (String::new(), String::new());
        Some(Correction { figure: counter.figure(), title, row: counter.label.clone(), column, before, after })
    };
    pairs.filter_map(correction).collect()
}

/// Lists the figures of running text that are printed in both publications, and otherwise.
fn prose(old: &PublishedTables, new: &PublishedTables) -> Vec<Correction> {
    let (Some(before), Some(after)) = (&old.figures, &new.figures) else { return Vec::new() };
    let correction = |figure: &ProseFigure| {
        let old = before.iter().find(|old| old.id == figure.id && old.text != figure.text)?;
        Some(Correction {
            figure: FigureId::Prose(figure.id.clone()),
            title: String::new(),
            row: figure.around.clone().unwrap_or_else(|| figure.text.clone()),
            column: String::new(),
            before: Some(old.text.clone()),
            after: Some(figure.text.clone()),
        })
    };
    after.iter().filter_map(correction).collect()
}

fn rows(old: &PublishedTable, new: &PublishedTable) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for row in &new.rows {
        corrections.extend(cells(new, old.rows.iter().find(|other| other.is_same(row)), Some(row)));
    }
    for row in old.rows.iter().filter(|row| !new.rows.iter().any(|other| other.is_same(row))) {
        corrections.extend(cells(old, Some(row), None));
    }
    for correction in &mut corrections {
        correction.title.clone_from(&new.title);
    }
    corrections
}

fn cells(table: &PublishedTable, old: Option<&PublishedRow>, new: Option<&PublishedRow>) -> Vec<Correction> {
    let Some(row) = new.or(old) else { return Vec::new() };
    let printed = |row: Option<&PublishedRow>, at: usize| Some(row?.cells.get(at)?.text.clone());
    let columns = table.columns.iter().enumerate();
    let corrections = columns.filter_map(|(at, column)| {
        let (before, after) = (printed(old, at), printed(new, at));
        // A row that came or went has its label in every line of the list.
        let is_label_of_one = column.kind == CellKind::Label && (before.is_none() || after.is_none());
        (before != after && !is_label_of_one).then(|| Correction {
            figure: FigureId::Cell { table: table.id.clone(), row: row.id(), column: column.kind },
            title: String::new(),
            row: row.label().to_owned(),
            column: column.head.clone(),
            before,
            after,
        })
    });
    corrections.collect()
}

#[cfg(test)]
mod tests {
    use crate::figures::fixture::{tables, with_counters};

    use super::*;

    #[test]
    fn changed_new_and_lost_rows_are_told_by_their_printed_cells() {
        let old = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "5", false)]);
        let new = tables(&[("info", "Info", "4", false), ("tip", "Tips", "28", false)]);
        let told: Vec<String> = corrections(&old, &new)
            .into_iter()
            .map(|correction| {
                format!(
                    "{}, {} [{}]: {:?} -> {:?}",
                    correction.figure, correction.row, correction.column, correction.before, correction.after
                )
            })
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        reason/info count, Info [# OF CASES]: None -> Some("4")
        reason/tip label, Tips [REASON]: Some("Tip") -> Some("Tips")
        reason/tip count, Tips [# OF CASES]: Some("27") -> Some("28")
        reason/crisis count, Crisis [# OF CASES]: Some("5") -> None
        "#);
        assert_eq!(corrections(&old, &old), []);
    }

    #[test]
    fn a_counter_that_is_gone_is_told_last() {
        let old = with_counters(&[("Emails", Some(24)), ("Calls", Some(9))]);
        let gone = corrections(&old, &with_counters(&[("Emails", Some(24))])).pop().unwrap();
        assert_eq!(
            (gone.figure.to_string().as_str(), gone.before.as_deref(), gone.after),
            ("signals/Calls", Some("9"), None)
        );
    }
}
