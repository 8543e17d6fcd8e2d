//! A document as plain text, the way the published reports are given as text.

use super::document::{Block, Document, Inline, Line};

/// Prints a document: `**` for bold, superscript digits for markers, a tab between cells.
pub fn to_text(document: &Document) -> String {
    let mut parts = vec![document.head.0.clone(), document.head.1.clone()];
    parts.extend(document.notice.clone());
    parts.extend(document.revision.clone());
    for block in &document.blocks {
        match block {
            Block::Heading(text) | Block::Paragraph(_, text) => parts.push(line(text)),
            Block::Counters(items) => parts.extend(items.iter().map(|item| {
                format!("{} {}{}", item.value, item.label, item.note.map(superscript).unwrap_or_default())
            })),
            Block::Table(table) => {
                let mut rows = vec![row(table.columns.iter())];
                rows.extend(table.rows.iter().map(|printed| row(printed.cells.iter().map(|cell| &cell.line))));
                parts.push(rows.join("\n"));
            }
            Block::Notes(notes) => parts.extend(notes.iter().map(|note| superscript(note.number) + &line(&note.text))),
            Block::Figure(figure) => parts.push(format!("[{}]", figure.alternative)),
            Block::Break => {}
        }
    }
    parts.join("\n\n") + "\n"
}

fn row<'a>(cells: impl Iterator<Item = &'a Line>) -> String {
    cells.map(line).collect::<Vec<_>>().join("\t")
}

fn line(line: &Line) -> String {
    let inline = |inline: &Inline| match inline {
        Inline::Text { text, bold: true } => format!("**{text}**"),
        Inline::Text { text, bold: false } => text.clone(),
        Inline::Note { note } => superscript(*note),
    };
    line.iter().map(inline).collect()
}

fn superscript(number: u32) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).map_or(c, |digit| digits[digit as usize]);
    number.to_string().chars().map(digit).collect()
}
