//! What differs between the published tables of two editions, cell by cell.

use std::fmt;

use crate::compose::{Change, Corrected};

use super::tables::{Cell, Counter, Map, Row, Table, Tables};

/// A figure that crosses the threshold between two editions: a reader of both learns from that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossing {
    /// Name of the table, map, row of counters or, in prose, population.
    pub table: String,
    /// Label of the row; in prose the figure's name.
    pub row: String,
    /// It stands in prose.
    pub in_prose: bool,
    /// How the old edition has it.
    pub before: Seen,
    /// How the new edition has it.
    pub after: Seen,
}

/// How an edition has a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is printed.
    Shown,
    /// Words stand for it, or it is within a merged row.
    Hidden,
    /// It has no row: nothing was counted.
    Absent,
}

impl Seen {
    fn shown(is_shown: bool) -> Self {
        if is_shown { Self::Shown } else { Self::Hidden }
    }

    fn of(table: &Table, row: &Row) -> Self {
        match table.rows.iter().find(|other| is_same(other, row)) {
            Some(own) => Self::shown(!own.cells.iter().any(|cell| cell.hidden)),
            None if is_merged_in(table, row) => Self::Hidden,
            None => Self::Absent,
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Absent => "absent",
        })
    }
}

/// Lists every published figure that differs, in the order of the new edition; rows that are gone come last.
pub fn changes(old: &Tables, new: &Tables) -> Vec<Corrected> {
    let mut groups = Vec::new();
    let counters = counters(&old.counters, &new.counters);
    if !counters.is_empty() {
        groups.push(Corrected { table: None, title: String::new(), changes: counters });
    }
    let empty = |like: &Table| Table { rows: Vec::new(), ..like.clone() };
    for table in &new.tables {
        let before = old.tables.iter().find(|other| other.id == table.id).cloned().unwrap_or_else(|| empty(table));
        groups.extend(group(&before, table));
    }
    for table in old.tables.iter().filter(|table| !new.tables.iter().any(|other| other.id == table.id)) {
        groups.extend(group(table, &empty(table)));
    }
    groups
}

/// Lists the figures that are shown, hidden or absent in one edition and not so in the other: masked cells, rows that come
/// or go, categories that enter or leave a merged row, counties that enter or leave the classes of a map.
pub fn crossings(old: &Tables, new: &Tables) -> Vec<Crossing> {
    let mut crossings = Vec::new();
    for table in &new.tables {
        let Some(before) = old.tables.iter().find(|other| other.id == table.id) else { continue };
        let gone = before.rows.iter().filter(|row| !table.rows.iter().any(|other| is_same(other, row)));
        for row in table.rows.iter().chain(gone) {
            let (seen, is_seen) = (Seen::of(before, row), Seen::of(table, row));
            if seen != is_seen {
                crossings.push(Crossing {
                    table: table.id.clone(),
                    row: label(row),
                    in_prose: false,
                    before: seen,
                    after: is_seen,
                });
            }
        }
    }
    for figure in &new.figures {
        let Some(before) = old.figures.iter().find(|other| other.id == figure.id) else { continue };
        if before.hidden != figure.hidden {
            let [before, after] = [before, figure].map(|one| Seen::shown(!one.hidden));
            let population = figure.id.split_once('.').map_or(figure.id.as_str(), |(_, name)| name);
            crossings.push(Crossing {
                table: population.into(),
                row: figure.id.clone(),
                in_prose: true,
                before,
                after,
            });
        }
    }
    for map in &new.maps {
        let Some(before) = old.maps.iter().find(|other| other.id == map.id) else { continue };
        let only = |one: &Map, other: &Map, is_new: bool| -> Vec<Crossing> {
            let counties = one.counties.keys().filter(|county| !other.counties.contains_key(*county));
            let crossing = |county: &String| Crossing {
                table: map.id.clone(),
                row: county.clone(),
                in_prose: false,
                before: Seen::shown(!is_new),
                after: Seen::shown(is_new),
            };
            counties.map(crossing).collect()
        };
        crossings.extend(only(map, before, true));
        crossings.extend(only(before, map, false));
    }
    crossings
}

/// Lists the counters that one edition hides and the other shows, each with its place among them.
pub fn counter_crossings(old: &Tables, new: &Tables) -> Vec<(usize, Crossing)> {
    let pairs = old.counters.iter().zip(&new.counters).enumerate();
    let crossed = pairs.filter(|(_, (old, new))| old.is_hidden() != new.is_hidden());
    let crossing = |(at, (old, new)): (usize, (&Counter, &Counter))| {
        let [before, after] = [old, new].map(|counter| Seen::shown(!counter.is_hidden()));
        (at, Crossing { table: String::new(), row: new.label.clone(), in_prose: false, before, after })
    };
    crossed.map(crossing).collect()
}

/// Tells whether a category would stand in a merged row of a table where it has no row of its own.
fn is_merged_in(table: &Table, row: &Row) -> bool {
    let parent = |row: &Row| row.key.split_last().map(|(_, parent)| parent.to_vec());
    row.role != "merged" && table.rows.iter().any(|one| one.role == "merged" && parent(one) == parent(row))
}

fn counters(old: &[Counter], new: &[Counter]) -> Vec<Change> {
    // Labels follow the number, as "1 Email" and "2 Emails": counters are told apart by their places.
    let printed = |counter: Option<&Counter>| counter.map(|counter| counter.value.clone());
    let pairs = (0..old.len().max(new.len())).map(|at| (old.get(at), new.get(at)));
    let changed = pairs.filter(|(old, new)| printed(*old) != printed(*new));
    changed
        .filter_map(|(old, new)| {
            let row = new.or(old)?.label.clone();
            Some(Change { row, column: String::new(), before: printed(old), after: printed(new) })
        })
        .collect()
}

fn group(old: &Table, new: &Table) -> Option<Corrected> {
    let mut changes = Vec::new();
    for row in &new.rows {
        changes.extend(row_changes(new, old.rows.iter().find(|other| is_same(other, row)), Some(row)));
    }
    for row in old.rows.iter().filter(|row| !new.rows.iter().any(|other| is_same(other, row))) {
        changes.extend(row_changes(old, Some(row), None));
    }
    (!changes.is_empty()).then(|| Corrected { table: Some(new.id.clone()), title: new.title.clone(), changes })
}

/// Rows are one row by their codes and their role, whatever they are called.
fn is_same(one: &Row, other: &Row) -> bool {
    one.key == other.key && one.role == other.role
}

fn row_changes(table: &Table, old: Option<&Row>, new: Option<&Row>) -> Vec<Change> {
    let Some(row) = new.or(old) else { return Vec::new() };
    let printed =
        |row: Option<&Row>, at: usize| row.and_then(|row| row.cells.get(at)).map(|cell: &Cell| cell.text.clone());
    let columns = table.columns.iter().enumerate();
    let changed = columns.filter_map(|(at, column)| {
        let (before, after) = (printed(old, at), printed(new, at));
        // A row that came or went has its label in every line of the list.
        let is_label_of_one = column.kind == "label" && (before.is_none() || after.is_none());
        (before != after && !is_label_of_one).then(|| Change {
            row: label(row),
            column: column.head.clone(),
            before,
            after,
        })
    });
    changed.collect()
}

fn label(row: &Row) -> String {
    row.cells.first().map(|cell| cell.text.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(rows: &[(&str, &str, &str, bool)]) -> Tables {
        let rows = rows.iter().map(|(key, label, count, hidden)| {
            let cells = serde_json::json!([{ "text": label }, { "text": count, "hidden": hidden }]);
            serde_json::json!({ "key": [key], "role": "row", "level": 0, "cells": cells })
        });
        let table = serde_json::json!({
            "id": "reason",
            "title": "REASON",
            "columns": [{ "kind": "label", "head": "REASON" }, { "kind": "count", "head": "# OF CASES" }],
            "rows": rows.collect::<Vec<_>>(),
        });
        let all = serde_json::json!({
            "jurisdiction": { "code": "CT", "name": "Connecticut" },
            "figures": [{ "id": "figures.calls", "text": "199" }],
            "counters": [{ "value": "24", "label": "Emails" }],
            "tables": [table],
            "maps": [],
        });
        Tables::read("test.json", all.to_string().as_bytes()).unwrap()
    }

    /// A crossing in the table of reasons.
    fn crossing(row: &str, before: Seen, after: Seen) -> Crossing {
        Crossing { table: "reason".into(), row: row.into(), in_prose: false, before, after }
    }

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
    fn a_figure_that_crosses_the_threshold_is_told_without_its_count() {
        let old = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        let new = tables(&[("tip", "Tip", "Fewer than Three", true), ("crisis", "Crisis", "4", false)]);
        let (tip, crisis) = (crossing("Tip", Seen::Shown, Seen::Hidden), crossing("Crisis", Seen::Hidden, Seen::Shown));
        assert_eq!(crossings(&old, &new), [tip, crisis]);
    }

    #[test]
    fn a_figure_in_prose_that_crosses_is_told() {
        let one = tables(&[]);
        let mut other = one.clone();
        other.figures[0].hidden = true;
        let expected = Crossing {
            table: "calls".into(),
            row: "figures.calls".into(),
            in_prose: true,
            before: Seen::Shown,
            after: Seen::Hidden,
        };
        assert_eq!(crossings(&one, &other), [expected]);
        other.figures.clear();
        assert_eq!(crossings(&one, &other), [], "a text that prints it no more tells nothing");
    }

    #[test]
    fn a_row_that_comes_or_goes_is_told() {
        let one = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        let other = tables(&[("info", "Info", "4", false), ("tip", "Tip", "27", false)]);
        let (info, crisis) =
            (crossing("Info", Seen::Absent, Seen::Shown), crossing("Crisis", Seen::Hidden, Seen::Absent));
        assert_eq!(crossings(&one, &other), [info, crisis]);
        let (crisis, info) =
            (crossing("Crisis", Seen::Absent, Seen::Hidden), crossing("Info", Seen::Shown, Seen::Absent));
        assert_eq!(crossings(&other, &one), [crisis, info]);
    }

    #[test]
    fn a_category_that_leaves_a_merged_row_is_told() {
        let with_role = |mut tables: Tables| {
            tables.tables[0].rows.last_mut().unwrap().role = "merged".into();
            tables
        };
        let old = with_role(tables(&[("tip", "Tip", "27", false), ("(merged)", "Others", "8", false)]));
        let new =
            tables(&[("tip", "Tip", "27", false), ("info", "Info", "3", false), ("(merged)", "Others", "6", false)]);
        let new = with_role(new);
        assert_eq!(crossings(&old, &new), [crossing("Info", Seen::Hidden, Seen::Shown)]);
        assert_eq!(crossings(&new, &old), [crossing("Info", Seen::Shown, Seen::Hidden)]);
        assert_eq!(crossings(&new, &new), []);
    }
}
