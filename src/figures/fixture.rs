//! Published tables for tests.

use chrono::NaiveDate;

use crate::report_spec::CellKind;

use super::id::RowRole;
use super::tables::{
    JurisdictionName, Period, ProseFigure, PublishedCell, PublishedColumn, PublishedCounter, PublishedRow,
    PublishedTable, PublishedTables,
};

/// Tables of Connecticut with no counter, table or map, and one figure in prose.
pub(crate) fn empty() -> PublishedTables {
    let day = |month, day| NaiveDate::from_ymd_opt(2016, month, day).unwrap();
    PublishedTables {
        edition: "test-2016".into(),
        jurisdiction: JurisdictionName { code: "CT".into(), name: "Connecticut".into() },
        period: Period { from: day(1, 1), to: day(12, 31) },
        data_date: day(12, 31),
        publisher: "Test".into(),
        notice: None,
        figures: Some(vec![figure("figures.calls", "199")]),
        counters: Vec::new(),
        tables: Vec::new(),
        maps: Vec::new(),
    }
}

/// A figure in prose that is shown.
pub(crate) fn figure(id: &str, text: &str) -> ProseFigure {
    ProseFigure { id: id.parse().unwrap(), text: text.into(), hidden: false, around: None }
}

/// A table of reasons with these rows: code, label, count as printed, and whether it is hidden.
pub(crate) fn tables(rows: &[(&str, &str, &str, bool)]) -> PublishedTables {
    let rows = rows.iter().map(|(key, label, count, hidden)| row(&[key], RowRole::Row, [label, count], *hidden));
    let column = |kind, head: &str| PublishedColumn { kind, head: head.into() };
    let table = PublishedTable {
        id: "reason".into(),
        title: "REASON".into(),
        columns: vec![column(CellKind::Label, "REASON"), column(CellKind::Count, "# OF CASES")],
        rows: rows.collect(),
    };
    PublishedTables { counters: vec![counter("", "Emails", Some(24))], tables: vec![table], ..empty() }
}

/// A row with its label and its count as printed.
pub(crate) fn row(key: &[&str], role: RowRole, [label, count]: [&str; 2], hidden: bool) -> PublishedRow {
    let cell = |text: &str, hidden| PublishedCell { text: text.into(), value: None, hidden };
    PublishedRow {
        key: key.iter().map(|code| (*code).to_owned()).collect(),
        role,
        level: u8::from(key.len() > 1),
        cells: vec![cell(label, false), cell(count, hidden)],
    }
}

/// Tables with nothing but counters, by name and count; a hidden one has words with a digit.
pub(crate) fn with_counters(counters: &[(&str, Option<u64>)]) -> PublishedTables {
    let counters = counters.iter().map(|(name, count)| counter(name, name, *count));
    PublishedTables { counters: counters.collect(), ..tables(&[]) }
}

fn counter(name: &str, label: &str, count: Option<u64>) -> PublishedCounter {
    PublishedCounter {
        row: "signals".into(),
        name: name.into(),
        value: count.map_or_else(|| "Fewer than 3".to_owned(), |count| count.to_string()),
        count,
        hidden: count.is_none(),
        label: label.into(),
        pictogram: None,
    }
}
