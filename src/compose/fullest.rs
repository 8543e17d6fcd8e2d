//! One document that needs as much room as any of several.

use super::document::{Block, CounterItem, Document, Inline, Line, NoteText, TableRow};

/// Tells whether two documents have the same blocks in the same order, whatever these say.
pub fn are_alike(first: &Document, second: &Document) -> bool {
    let is_alike = |(block, other): (&Block, &Block)| match (block, other) {
        (Block::Heading(_), Block::Heading(_)) | (Block::Break, Block::Break) => true,
        (Block::Notes(_), Block::Notes(_)) | (Block::Figure(_), Block::Figure(_)) => true,
        (Block::Paragraph(role, _), Block::Paragraph(other, _)) => role == other,
        (Block::Counters(items), Block::Counters(others)) => items.len() == others.len(),
        (Block::Table(table), Block::Table(other)) => table.id == other.id && table.kinds == other.kinds,
        _ => false,
    };
    (first.notice.is_some(), first.revision.is_some()) == (second.notice.is_some(), second.revision.is_some())
        && first.blocks.len() == second.blocks.len()
        && first.blocks.iter().zip(&second.blocks).all(is_alike)
}

/// Makes a document of the longest texts of documents that are [alike](are_alike); none of none.
pub fn fullest(documents: &[&Document]) -> Option<Document> {
    let (first, others) = documents.split_first()?;
    let mut fullest = (*first).clone();
    for other in others {
        longer(&mut fullest.head.0, &other.head.0);
        longer(&mut fullest.head.1, &other.head.1);
        for (text, other) in [(&mut fullest.notice, &other.notice), (&mut fullest.revision, &other.revision)] {
            if let (Some(text), Some(other)) = (text, other) {
                longer(text, other);
            }
        }
        fullest.blocks.iter_mut().zip(&other.blocks).for_each(|(block, other)| widen(block, other));
    }
    Some(fullest)
}

fn widen(block: &mut Block, other: &Block) {
    match (block, other) {
        (Block::Heading(line), Block::Heading(other)) | (Block::Paragraph(_, line), Block::Paragraph(_, other)) => {
            longer_line(line, other);
        }
        (Block::Counters(items), Block::Counters(others)) => each(items, others, |item: &mut CounterItem, other| {
            longer(&mut item.value, &other.value);
            longer(&mut item.label, &other.label);
            item.note = item.note.max(other.note);
        }),
        (Block::Table(table), Block::Table(other)) => {
            each(&mut table.columns, &other.columns, longer_line);
            each(&mut table.rows, &other.rows, |row: &mut TableRow, other| {
                each(&mut row.cells, &other.cells, |cell, other| longer_line(&mut cell.line, &other.line));
            });
        }
        (Block::Notes(notes), Block::Notes(others)) => {
            each(notes, others, |note: &mut NoteText, other| longer_line(&mut note.text, &other.text));
        }
        _ => {}
    }
}

/// Widens each of a list by its counterpart, and takes over those that have none.
fn each<T: Clone>(list: &mut Vec<T>, others: &[T], widen: impl Fn(&mut T, &T)) {
    list.iter_mut().zip(others).for_each(|(a, b)| widen(a, b));
    list.extend(others.iter().skip(list.len()).cloned());
}

fn longer(text: &mut String, other: &String) {
    if need(other) > need(text) {
        text.clone_from(other);
    }
}

fn longer_line(line: &mut Line, other: &Line) {
    let need = |line: &Line| need(&line.iter().map(words).collect::<String>());
    if need(other) > need(line) {
        line.clone_from(other);
    }
}

fn words(inline: &Inline) -> &str {
    match inline {
        Inline::Text { text, .. } => text,
        Inline::Note { .. } => "",
    }
}

/// Weighs the room that a text needs: its letters, those of its longest word more, since it may not break.
fn need(text: &str) -> usize {
    let longest = text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    text.chars().count() + 8 * longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        vec![Inline::Text { text: text.to_owned(), bold: false }]
    }

    fn document(blocks: Vec<Block>) -> Document {
        let day = chrono::NaiveDate::default();
        let meta = super::super::document::Meta {
            edition: String::new(),
            jurisdiction: String::new(),
            title: String::new(),
            author: String::new(),
            subject: String::new(),
            keywords: Vec::new(),
            language: "en".into(),
            region: None,
            period: (day, day),
            data_date: day,
            file_name: String::new(),
        };
        Document { meta, head: ("S".into(), "L".into()), notice: None, revision: None, blocks, figures: Vec::new() }
    }

    #[test]
    fn the_longest_of_each_text_is_taken() {
        let notes = |texts: &[&str]| {
            let notes = texts.iter().enumerate();
            Block::Notes(notes.map(|(index, text)| NoteText { number: index as u32 + 1, text: line(text) }).collect())
        };
        let one = document(vec![Block::Heading(line("Ohio")), notes(&["a long note", "b"])]);
        let other = document(vec![Block::Heading(line("Connecticut")), notes(&["a", "b", "c"])]);
        assert!(are_alike(&one, &other));
        let fullest = fullest(&[&one, &other]).unwrap();
        assert_eq!(fullest.blocks, [Block::Heading(line("Connecticut")), notes(&["a long note", "b", "c"])]);
    }

    #[test]
    fn documents_of_other_blocks_are_not_alike() {
        let heading = || Block::Heading(line("x"));
        let paragraph = |role| Block::Paragraph(role, line("x"));
        let (body, notice) = (super::super::Role::Body, super::super::Role::Notice);
        assert!(!are_alike(&document(vec![heading()]), &document(vec![paragraph(body)])));
        assert!(!are_alike(&document(vec![paragraph(notice)]), &document(vec![paragraph(body)])));
        assert!(!are_alike(&document(vec![heading()]), &document(vec![heading(), heading()])));
    }

    #[test]
    fn a_text_with_a_long_word_needs_more_room_than_one_with_a_few_letters_more() {
        assert!(need("Massachusetts") > need("New York State"));
    }
}
