//! The published tables for machines: what is attached to the PDF and written beside it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::boundaries::CountyIndex;

use crate::confidential::{Published, RowRole};
use crate::report_spec::{CellKind, Pictogram, Spec};

use super::document::{Block, Cell, CounterItem, Document, Inline, ProseFigure, TableBlock};

/// The published tables of one report. It holds published cells only.
#[derive(Debug, Serialize)]
pub struct PublishedTables<'a> {
    edition: &'a str,
    jurisdiction: JurisdictionName<'a>,
    period: Period,
    data_date: String,
    publisher: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    notice: Option<&'a str>,
    /// Figures that stand in prose alone, or there as well.
    figures: &'a [ProseFigure],
    counters: Vec<Counter<'a>>,
    tables: Vec<Table<'a>>,
    maps: Vec<Map<'a>>,
}

#[derive(Debug, Serialize)]
struct JurisdictionName<'a> {
    code: &'a str,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct Period {
    from: String,
    to: String,
}

#[derive(Debug, Serialize)]
struct Counter<'a> {
    row: &'a str,
    name: &'a str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hidden: bool,
    label: &'a str,
    pictogram: Option<Pictogram>,
}

#[derive(Debug, Serialize)]
struct Table<'a> {
    id: &'a str,
    title: String,
    columns: Vec<Column>,
    rows: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Column {
    kind: CellKind,
    head: String,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    key: &'a [String],
    role: RowRole,
    level: u8,
    cells: Vec<PublishedCell>,
}

#[derive(Debug, Serialize)]
struct PublishedCell {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hidden: bool,
}

#[derive(Debug, Serialize)]
struct Map<'a> {
    id: &'a str,
    classes: Vec<&'a str>,
    unshaded: &'a str,
    /// Index of the class of each shaded county.
    counties: BTreeMap<&'a str, usize>,
    /// Their names.
    names: BTreeMap<&'a str, &'a str>,
}

/// Lists the published tables of a document.
pub fn published_tables<'a>(
    spec: &'a Spec,
    published: &'a Published,
    document: &'a Document,
    counties: Option<&'a CountyIndex>,
) -> PublishedTables<'a> {
    let jurisdiction = &spec.jurisdictions[published.jurisdiction()];
    let mut all = PublishedTables {
        edition: &spec.edition,
        jurisdiction: JurisdictionName { code: &jurisdiction.code, name: &jurisdiction.name },
        period: Period { from: spec.period.0.to_string(), to: spec.period.1.to_string() },
        data_date: spec.data_date.to_string(),
        publisher: &spec.publisher,
        notice: document.notice.as_deref(),
        figures: &document.figures,
        counters: Vec::new(),
        tables: Vec::new(),
        maps: Vec::new(),
    };
    for block in &document.blocks {
        match block {
            Block::Counters(items) => all.counters.extend(items.iter().map(counter)),
            // A list of corrections is a table on the page, and none of the edition.
            Block::Table(one) => {
                all.tables.extend(spec.tables.iter().any(|own| own.name == one.id).then(|| table(one)));
            }
            Block::Figure(figure) => all.maps.push(Map {
                id: &spec.maps[figure.map].name,
                classes: figure.classes.iter().map(String::as_str).collect(),
                unshaded: &figure.unshaded,
                counties: published.maps()[figure.map]
                    .classes()
                    .iter()
                    .map(|(geoid, class)| (geoid.as_str(), *class))
                    .collect(),
                names: published.maps()[figure.map]
                    .classes()
                    .keys()
                    .filter_map(|geoid| Some((geoid.as_str(), counties?.name_of(geoid.as_str())?)))
                    .collect(),
            }),
            Block::Heading(_) | Block::Paragraph(..) | Block::Notes(_) | Block::Break => {}
        }
    }
    all
}

fn counter(item: &CounterItem) -> Counter<'_> {
    Counter {
        row: &item.row,
        name: &item.name,
        value: &item.value,
        count: item.count,
        hidden: item.count.is_none(),
        label: &item.label,
        pictogram: item.pictogram,
    }
}

fn table(table: &TableBlock) -> Table<'_> {
    let heads: Vec<String> = table.columns.iter().map(|head| words(head)).collect();
    let label = table.kinds.iter().position(|kind| *kind == CellKind::Label);
    Table {
        id: &table.id,
        title: label.map(|at| heads[at].clone()).unwrap_or_default(),
        columns: table.kinds.iter().zip(heads).map(|(kind, head)| Column { kind: *kind, head }).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| Row {
                key: &row.key,
                role: row.role,
                level: row.level,
                cells: row.cells.iter().map(cell).collect(),
            })
            .collect(),
    }
}

fn cell(cell: &Cell) -> PublishedCell {
    PublishedCell { text: words(&cell.line), value: cell.value, hidden: cell.hidden }
}

/// Writes a line without its markers.
fn words(line: &[Inline]) -> String {
    let words: String = line
        .iter()
        .map(|inline| match inline {
            Inline::Text { text, .. } => text.as_str(),
            Inline::Note { .. } => "",
        })
        .collect();
    words.trim().to_owned()
}
