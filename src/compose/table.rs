//! Tables with their labels and markers.

use crate::confidential::{RowLabel, SafeCell, SafeRow};
use crate::diag::Finding;
use crate::figures::{RowId, RowRole};
use crate::report_spec::{CellKind, Code, Rows, Table, TableId};

use super::composer::Composer;
use super::document::{Cell, Inline, Line, TableBlock, TableRow};

/// Composes a table: heads first, then row by row, so that notes are numbered in reading order.
pub(super) fn compose(composer: &mut Composer<'_>, id: TableId) -> Result<TableBlock, Finding> {
    let spec = composer.spec;
    let table = &spec.tables[id];
    let mut columns = Vec::new();
    for (_, head) in &table.columns {
        columns.push(composer.line(head)?);
    }
    let safe = &composer.published.tables()[id];
    let mut rows: Vec<TableRow> = Vec::new();
    let mut parent: Vec<String> = Vec::new();
    for row in safe.rows() {
        let id = row_id(table, composer, row, &parent);
        if row.role() == RowRole::Subtotal {
            parent.clone_from(&id.codes);
        }
        let mut cells = Vec::new();
        for (kind, _) in &table.columns {
            cells.push(match kind {
                CellKind::Label => label(composer, table, row)?,
                CellKind::Count => figure(composer, row.count(), row.count_note()),
                CellKind::Percent => figure(composer, row.percent(), None),
            });
        }
        let level = u8::from(
            row.role() == RowRole::Child
                || matches!((row.label(), &table.rows), (RowLabel::Merged(_), Rows::Tree { .. })),
        );
        rows.push(TableRow { id, level, cells });
    }
    Ok(TableBlock {
        id: table.name.clone(),
        kinds: table.columns.iter().map(|(kind, _)| *kind).collect(),
        columns,
        rows,
    })
}

fn label(composer: &mut Composer<'_>, table: &Table, row: &SafeRow) -> Result<Cell, Finding> {
    let mut line = match (row.label(), code(composer, table, row)) {
        (_, Some(code)) => {
            let mut line = words(&code.label);
            line.extend(code.note.as_ref().map(|note| Inline::Note { note: composer.numbering.number(note) }));
            line
        }
        (RowLabel::Merged(parent), _) => match table.rule.merged.get(parent.map_or(0, usize::from)) {
            Some(prose) => composer.line_under(prose, table.rule.threshold)?,
            None => Line::new(),
        },
        (RowLabel::MergedParents, _) => {
            match table.parents.as_ref().and_then(|rule| rule.merged.first().zip(Some(rule))) {
                Some((prose, rule)) => composer.line_under(prose, rule.threshold)?,
                None => Line::new(),
            }
        }
        _ => match &table.total {
            Some(total) => composer.line(&total.label)?,
            None => Line::new(),
        },
    };
    line.extend(row.label_note().map(|note| Inline::Note { note: composer.numbering.number(note) }));
    Ok(Cell { line, value: None, hidden: false })
}

fn code<'a>(composer: &Composer<'a>, table: &'a Table, row: &SafeRow) -> Option<&'a Code> {
    let lists = &composer.spec.lists;
    match (row.label(), &table.rows) {
        (RowLabel::Code(index), rows) => lists[rows.list()].codes.get(*index),
        (RowLabel::Child(index), Rows::Tree { child_list, .. }) => lists[*child_list].codes.get(*index),
        _ => None,
    }
}

/// Names a row within its table.
fn row_id(table: &Table, composer: &Composer<'_>, row: &SafeRow, parent: &[String]) -> RowId {
    let above = if matches!(row.role(), RowRole::Child | RowRole::Merged) { parent } else { &[] };
    match row.label() {
        RowLabel::Merged(_) => RowId::merged(above),
        RowLabel::MergedParents => RowId::merged(&[]),
        RowLabel::Total => RowId::total(),
        RowLabel::Code(_) | RowLabel::Child(_) => {
            let code = code(composer, table, row).map(|code| code.code.as_str()).unwrap_or_default();
            RowId::category(row.role(), above, code)
        }
    }
}

fn figure(composer: &mut Composer<'_>, cell: &SafeCell, note: Option<&str>) -> Cell {
    let (value, hidden) = match cell {
        SafeCell::Shown { value, .. } => (*value, false),
        SafeCell::Hidden { .. } => (None, true),
        SafeCell::Empty => (None, false),
    };
    let mut line = words(cell.text());
    if let Some(note) = note {
        // The marker hangs beside the words; the space between belongs to them.
        if let Some(Inline::Text { text, .. }) = line.last_mut() {
            text.push(' ');
        }
        line.push(Inline::Note { note: composer.numbering.number(note) });
    }
    Cell { line, value, hidden }
}

fn words(text: &str) -> Line {
    if text.is_empty() { Line::new() } else { vec![Inline::Text { text: text.to_owned(), bold: false }] }
}
