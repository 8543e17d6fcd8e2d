//! Finds the content of a report in its structure tree.

use std::collections::{BTreeMap, HashMap};

use crate::figures::PublishedTables;

use super::content::{Block, Content, Row, Table, Text};
use super::read::{Child, Element, Glyph, Reading, Sheet};
use super::repeated;
use super::text_builder::{TextBuilder, lines};

/// Finds the content of a file.
pub(super) fn content(reading: Reading) -> Content {
    let tables = reading.facts.attachments.iter().find_map(|(name, content)| PublishedTables::read(name, content).ok());
    let finder = Finder::new(&reading.pages);
    let mut blocks = Vec::new();
    for element in reading.tree.iter().flatten() {
        finder.blocks(element, 0, &mut blocks);
    }
    let is_tagged = !blocks.is_empty();
    let of_pages = |wanted: &dyn Fn(&Glyph) -> bool| -> Vec<Vec<Text>> {
        reading.pages.iter().enumerate().map(|(page, sheet)| lines(page, sheet, wanted)).collect()
    };
    let (lines, furniture) = if is_tagged {
        (of_pages(&|glyph| glyph.mcid.is_some()), of_pages(&|glyph| glyph.mcid.is_none()))
    } else {
        repeated::part(of_pages(&|_| true))
    };
    Content { blocks, furniture, lines, is_tagged, tables, reading }
}

/// Finds glyphs by their marked content.
struct Finder<'a> {
    pages: &'a [Sheet],
    marked: HashMap<(usize, i32), Vec<&'a Glyph>>,
}

/// Deepest notes within texts.
const DEEPEST: usize = 60;

/// A run of marked content.
struct Piece {
    page: usize,
    mcid: i32,
    raised: bool,
}

impl<'a> Finder<'a> {
    fn new(pages: &'a [Sheet]) -> Self {
        let mut marked: HashMap<(usize, i32), Vec<&Glyph>> = HashMap::new();
        for (page, sheet) in pages.iter().enumerate() {
            for glyph in &sheet.glyphs {
                if let Some(mcid) = glyph.mcid {
                    marked.entry((page, mcid)).or_default().push(glyph);
                }
            }
        }
        Self { pages, marked }
    }

    fn blocks(&self, element: &Element, divisions: usize, out: &mut Vec<Block>) {
        let role = element.role.as_str();
        match role {
            "Table" => out.push(Block::Table(self.table(element))),
            "Figure" => {
                let alternative = element.alternative.clone().unwrap_or_default();
                let mut pieces = Vec::new();
                collect(element, false, &mut pieces);
                out.push(Block::Figure { alternative, page: pieces.first().map(|piece| piece.page) });
            }
            "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Title" => out.push(Block::Heading(self.text(element))),
            _ if role == "P" || element.children.iter().any(|child| matches!(child, Child::Content { .. })) => {
                out.extend(self.paragraph(element, divisions));
                self.notes(element, 0, out);
            }
            _ if is_note(role) => out.extend(self.note(element)),
            _ => {
                let divisions = divisions + usize::from(role == "Div");
                for child in &element.children {
                    if let Child::Element(child) = child {
                        self.blocks(child, divisions, out);
                    }
                }
            }
        }
    }

    /// Adds the notes that stand within an element.
    fn notes(&self, element: &Element, depth: usize, out: &mut Vec<Block>) {
        for child in &element.children {
            match child {
                Child::Element(child) if is_note(&child.role) => out.extend(self.note(child)),
                Child::Element(child) if depth < DEEPEST => self.notes(child, depth + 1, out),
                _ => {}
            }
        }
    }

    fn note(&self, element: &Element) -> Option<Block> {
        let text = self.text(element);
        let (number, rest) =
            text.markers.split_first().map_or((String::new(), &[][..]), |(first, rest)| (first.clone(), rest));
        let text = Text { markers: rest.to_vec(), ..text.clone() };
        (!text.words.is_empty()).then_some(Block::Note { number, text })
    }

    fn paragraph(&self, element: &Element, divisions: usize) -> Option<Block> {
        let text = self.text(element);
        let mut pieces = Vec::new();
        collect(element, false, &mut pieces);
        if pieces.first().is_some_and(|piece| piece.raised)
            && let Some((number, rest)) = text.markers.split_first()
        {
            let (number, text) = (number.clone(), Text { markers: rest.to_vec(), ..text.clone() });
            return Some(Block::Note { number, text });
        }
        // A figure with its label stands in boxes within boxes.
        if divisions > 1 && pieces.len() > 1 {
            let value = self.of(&pieces[..1]).words;
            let label = self.of(&pieces[1..]).words;
            return Some(Block::Counter { value, label, text, figure: None });
        }
        (!text.words.is_empty()).then_some(Block::Paragraph(text))
    }

    fn table(&self, element: &Element) -> Table {
        let (mut heads, mut rows) = (Vec::new(), Vec::new());
        let mut queue: Vec<&Element> = vec![element];
        let mut found: Vec<&Element> = Vec::new();
        while let Some(next) = queue.pop() {
            if next.role == "TR" {
                found.push(next);
                continue;
            }
            queue.extend(next.children.iter().rev().filter_map(|child| match child {
                Child::Element(child) => Some(child),
                Child::Content { .. } => None,
            }));
        }
        for row in found {
            let cells: Vec<&Element> = row
                .children
                .iter()
                .filter_map(|child| match child {
                    Child::Element(cell) if matches!(cell.role.as_str(), "TH" | "TD") => Some(cell),
                    _ => None,
                })
                .collect();
            let is_head = !cells.is_empty() && cells.iter().all(|cell| cell.role == "TH" && !cell.of_row);
            let mut texts: Vec<Text> =
                cells.iter().map(|cell| if is_head { self.head(cell) } else { self.text(cell) }).collect();
            if is_head && rows.is_empty() {
                heads = texts;
            } else if !texts.is_empty() {
                let label = texts.remove(0);
                rows.push(Row { label, cells: texts, id: None });
            }
        }
        Table { heads, rows, attached: None }
    }

    /// The text of a head; one that is drawn again on each page is read once.
    fn head(&self, element: &Element) -> Text {
        let mut pieces = Vec::new();
        collect(element, element.raised > 0.0, &mut pieces);
        let mut by_page: BTreeMap<usize, Vec<Piece>> = BTreeMap::new();
        for piece in pieces {
            by_page.entry(piece.page).or_default().push(piece);
        }
        let mut texts: Vec<Text> = by_page.values().map(|pieces| self.of(pieces)).collect();
        match texts.split_first() {
            Some((first, others)) if others.iter().all(|other| other.words == first.words) => {
                let again = texts.split_off(1);
                texts.pop().map(|first| Text { again, ..first }).unwrap_or_default()
            }
            _ => self.text(element),
        }
    }

    fn text(&self, element: &Element) -> Text {
        let mut pieces = Vec::new();
        collect(element, element.raised > 0.0, &mut pieces);
        self.of(&pieces)
    }

    fn of(&self, pieces: &[Piece]) -> Text {
        let mut builder = TextBuilder::default();
        for piece in pieces {
            let glyphs = self.marked.get(&(piece.page, piece.mcid)).map(Vec::as_slice).unwrap_or_default();
            if piece.raised {
                let mut marker = TextBuilder::default();
                for glyph in glyphs {
                    marker.push(piece.page, glyph, &self.pages[piece.page]);
                }
                let marker = marker.finish();
                if !marker.words.is_empty() {
                    builder.text.markers.push(marker.words);
                    builder.text.marked.extend(marker.set);
                }
                continue;
            }
            for glyph in glyphs {
                builder.push(piece.page, glyph, &self.pages[piece.page]);
            }
        }
        builder.finish()
    }
}

/// Tells whether an element is a note (ISO 32000-1, 14.8.4.4; ISO 32000-2 has `FENote`).
fn is_note(role: &str) -> bool {
    matches!(role, "Note" | "FENote")
}

/// Lists the marked content of an element in reading order.
fn collect(element: &Element, raised: bool, out: &mut Vec<Piece>) {
    for child in &element.children {
        match child {
            Child::Content { page, mcid } => out.push(Piece { page: *page, mcid: *mcid, raised }),
            // A note within a text is a text of its own.
            Child::Element(child) if is_note(&child.role) => {}
            Child::Element(child) => collect(child, raised || child.raised > 0.0, out),
        }
    }
}
