//! The published tables for machines: what is attached to the PDF and written beside it.

use crate::boundaries::CountyIndex;
use crate::confidential::Published;
use crate::figures::{
    JurisdictionName, Period, PublishedCell, PublishedColumn, PublishedCounter, PublishedMap, PublishedRow,
    PublishedTable, PublishedTables,
};
use crate::report_spec::{CellKind, Spec};

use super::document::{Block, Cell, CounterItem, Document, FigureBlock, Inline, TableBlock};

/// Lists the published tables of a document.
pub fn published_tables(
    spec: &Spec,
    published: &Published,
    document: &Document,
    counties: Option<&CountyIndex>,
) -> PublishedTables {
    let jurisdiction = &spec.jurisdictions[published.jurisdiction()];
    let mut all = PublishedTables {
        edition: spec.edition.clone(),
        jurisdiction: JurisdictionName { code: jurisdiction.code.clone(), name: jurisdiction.name.clone() },
        period: Period { from: spec.period.0, to: spec.period.1 },
        data_date: spec.data_date,
        publisher: spec.publisher.clone(),
        notice: document.notice.clone(),
        figures: Some(document.figures.clone()),
        counters: Vec::new(),
        tables: Vec::new(),
        maps: Vec::new(),
    };
    for block in &document.blocks {
        match block {
            Block::Counters(items) => all.counters.extend(items.iter().map(counter)),
            // A list of corrections is a table on the page, and none of the edition.
            Block::Table(block) => {
                all.tables.extend(spec.tables.iter().any(|own| own.name == block.id).then(|| table(block)));
            }
            Block::Figure(figure) => all.maps.push(map(spec, published, figure, counties)),
            Block::Heading(_) | Block::Paragraph(..) | Block::Notes(_) | Block::Break => {}
        }
    }
    all
}

fn counter(item: &CounterItem) -> PublishedCounter {
    PublishedCounter {
        row: item.row.clone(),
        name: item.name.clone(),
        value: item.value.clone(),
        count: item.count,
        hidden: item.count.is_none(),
        label: item.label.clone(),
        pictogram: item.pictogram,
    }
}

fn table(table: &TableBlock) -> PublishedTable {
    let heads: Vec<String> = table.columns.iter().map(|head| words(head)).collect();
    let label = table.kinds.iter().position(|kind| *kind == CellKind::Label);
    let rows = table.rows.iter().map(|row| PublishedRow {
        key: row.id.codes.clone(),
        role: row.id.role,
        level: row.level,
        cells: row.cells.iter().map(cell).collect(),
    });
    PublishedTable {
        id: table.id.clone(),
        title: label.map(|at| heads[at].clone()).unwrap_or_default(),
        columns: table.kinds.iter().zip(heads).map(|(kind, head)| PublishedColumn { kind: *kind, head }).collect(),
        rows: rows.collect(),
    }
}

fn cell(cell: &Cell) -> PublishedCell {
    PublishedCell { text: words(&cell.line), value: cell.value, hidden: cell.hidden }
}

fn map(spec: &Spec, published: &Published, figure: &FigureBlock, counties: Option<&CountyIndex>) -> PublishedMap {
    let classes = published.maps()[figure.map].classes();
    let names = classes.keys().filter_map(|geoid| Some((geoid.clone(), counties?.name_of(geoid.as_str())?.to_owned())));
    PublishedMap {
        id: spec.maps[figure.map].name.clone(),
        classes: figure.classes.raw.clone(),
        unshaded: figure.unshaded.clone(),
        counties: classes.clone(),
        names: names.collect(),
    }
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
