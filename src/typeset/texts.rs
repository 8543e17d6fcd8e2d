//! What a document says, text by text, as it must stand on its pages.

use crate::compose::{Block, CounterItem, Document, Inline, Line};

/// Returns the texts that stand on the pages without a place in the order of reading: running head, notice, revision.
pub(super) fn around(document: &Document) -> Vec<String> {
    let head = [Some(&document.head.0), Some(&document.head.1), document.notice.as_ref(), document.revision.as_ref()];
    head.into_iter().flatten().cloned().collect()
}

/// Returns the texts of the blocks in the order of reading. What a picture says is not among them.
pub(super) fn of_blocks(document: &Document) -> Vec<String> {
    document.blocks.iter().flat_map(block).collect()
}

fn block(block: &Block) -> Vec<String> {
    match block {
        Block::Heading(text) | Block::Paragraph(_, text) => vec![line(text)],
        Block::Counters(items) => items.iter().flat_map(counter).collect(),
        Block::Table(table) => {
            let rows = table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| &cell.line));
            table.columns.iter().chain(rows).map(line).collect()
        }
        Block::Notes(notes) => notes.iter().map(|note| note.number.to_string() + &line(&note.text)).collect(),
        Block::Figure(_) | Block::Break => Vec::new(),
    }
}

fn counter(item: &CounterItem) -> [String; 2] {
    let marker = item.note.map(|note| note.to_string()).unwrap_or_default();
    [item.value.clone(), item.label.clone() + &marker]
}

fn line(line: &Line) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.clone(),
        Inline::Note { note } => note.to_string(),
    };
    line.iter().map(inline).collect()
}
