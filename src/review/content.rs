//! The content of a report as its readers see it: headings, paragraphs, notes, tables, figures, page furniture.

use std::collections::HashMap;

use crate::figures::{FigureId, PublishedTables, RowId, RowRole};
use crate::report_spec::CellKind;
use crate::unit::Digest;

use super::read::{Child, Element, Glyph, Reading, Sheet};
use super::repeated;
use super::setting::{Setter, lines};

/// A place on a page: its number from 0, and left, top, right and bottom in points from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Spot {
    /// Number of the page, from 0.
    pub page: usize,
    /// Left, top, right, bottom.
    pub area: [f32; 4],
}

/// How most of a text is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Style {
    pub font: String,
    pub size: f32,
    pub rgb: [u8; 3],
}

/// A text without its note markers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Text {
    pub words: String,
    /// Numbers of its notes.
    pub markers: Vec<String>,
    pub spot: Option<Spot>,
    pub style: Style,
    /// Baselines of its lines on its first page.
    pub lines: Vec<f32>,
}

/// A row of a table: its label, and its cells in the order of the columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub label: Text,
    pub cells: Vec<Text>,
    /// What the attached tables call it.
    pub id: Option<RowId>,
}

impl Row {
    /// Tells whether it takes in the small categories, by the attached tables.
    pub fn is_merged(&self) -> bool {
        self.id.as_ref().is_some_and(|id| id.role == RowRole::Merged)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// Heads of the columns; the first is the title.
    pub heads: Vec<Text>,
    pub rows: Vec<Row>,
    /// Its name, and what its columns hold, by the attached tables.
    pub attached: Option<(String, Vec<CellKind>)>,
}

impl Table {
    pub fn title(&self) -> &str {
        self.heads.first().map_or("", |head| head.words.as_str())
    }

    /// Names a row, by the attached tables.
    pub fn row(&self, row: &Row) -> Option<FigureId> {
        let (table, _) = self.attached.as_ref()?;
        Some(FigureId::Row { table: table.clone(), row: row.id.clone()? })
    }

    /// Names a cell beside the label of a row, by the attached tables.
    pub fn cell(&self, row: &Row, at: usize) -> Option<FigureId> {
        let (table, columns) = self.attached.as_ref()?;
        Some(FigureId::Cell { table: table.clone(), row: row.id.clone()?, column: *columns.get(at + 1)? })
    }
}

/// A piece of a report.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    Heading(Text),
    Paragraph(Text),
    /// A figure with its label.
    Counter {
        value: String,
        label: String,
        text: Text,
        /// What the attached tables call it.
        figure: Option<FigureId>,
    },
    Note {
        number: String,
        text: Text,
    },
    Table(Table),
    Figure {
        alternative: String,
        page: Option<usize>,
    },
}

impl Block {
    /// The text that stands for the block's place.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Counter { text, .. } | Self::Note { text, .. } => {
                Some(text)
            }
            Self::Table(table) => table.heads.first(),
            Self::Figure { .. } => None,
        }
    }
}

/// A report, read.
pub(super) struct Content {
    pub blocks: Vec<Block>,
    /// Lines of page furniture of each page.
    pub furniture: Vec<Vec<Text>>,
    /// Lines of each page but its furniture, in the order they are drawn.
    pub lines: Vec<Vec<Text>>,
    pub is_tagged: bool,
    /// The published tables that are attached.
    pub tables: Option<PublishedTables>,
    pub reading: Reading,
}

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

impl Content {
    /// The pictures of a page.
    pub(super) fn pictures_of(&self, page: Option<usize>) -> Option<Digest> {
        Some(self.reading.pages.get(page?)?.pictures)
    }

    /// Where the pictures of a page stand.
    pub(super) fn pictured(&self, page: Option<usize>) -> Option<Spot> {
        let area = self.reading.pages.get(page?)?.pictured;
        Some(Spot { page: page?, area: area.unwrap_or_default() })
    }
}

/// Tells whether a text is a figure: digits with their separators, and a percent sign perhaps.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim().trim_end_matches('%').trim_end();
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}' | '\'' | ' '))
}

/// Reads the number of a figure; what parts thousands is skipped, and the last point or comma before one or two digits
/// is the decimal sign.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    if !is_figure(text) {
        return None;
    }
    let decimal = text.rfind(['.', ',']).filter(|at| (1..=2).contains(&(text.len() - at - 1)));
    let digits: String = text
        .char_indices()
        .filter_map(|(at, c)| if Some(at) == decimal { Some('.') } else { c.is_ascii_digit().then_some(c) })
        .collect();
    digits.parse().ok()
}

/// Finds glyphs by their marked content.
struct Finder<'a> {
    pages: &'a [Sheet],
    marked: HashMap<(usize, i32), Vec<&'a Glyph>>,
}

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
            }
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
            let mut texts: Vec<Text> = cells.iter().map(|cell| self.text(cell)).collect();
            if is_head && rows.is_empty() {
                heads = texts;
            } else if !texts.is_empty() {
                let label = texts.remove(0);
                rows.push(Row { label, cells: texts, id: None });
            }
        }
        Table { heads, rows, attached: None }
    }

    fn text(&self, element: &Element) -> Text {
        let mut pieces = Vec::new();
        collect(element, element.raised > 0.0, &mut pieces);
        self.of(&pieces)
    }

    fn of(&self, pieces: &[Piece]) -> Text {
        let mut setter = Setter::default();
        for piece in pieces {
            let glyphs = self.marked.get(&(piece.page, piece.mcid)).map(Vec::as_slice).unwrap_or_default();
            if piece.raised {
                let marker: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
                let marker = marker.trim().to_owned();
                if !marker.is_empty() {
                    setter.text.markers.push(marker);
                }
                continue;
            }
            glyphs.iter().for_each(|glyph| setter.push(piece.page, glyph, &self.pages[piece.page]));
        }
        setter.finish()
    }
}

/// Lists the marked content of an element in reading order.
fn collect(element: &Element, raised: bool, out: &mut Vec<Piece>) {
    for child in &element.children {
        match child {
            Child::Content { page, mcid } => out.push(Piece { page: *page, mcid: *mcid, raised }),
            Child::Element(child) => collect(child, raised || child.raised > 0.0, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_words_and_read_as_numbers() {
        for (text, value) in
            [("49", 49.0), ("1,234", 1234.0), ("24.6%", 24.6), ("1.234", 1234.0), ("12,5 %", 12.5), ("0", 0.0)]
        {
            assert!(is_figure(text) && number(text) == Some(value), "{text}");
        }
        for text in ["", "N/A", "Fewer than Three", "31st", "2-3", "%"] {
            assert!(!is_figure(text) && number(text).is_none(), "{text}");
        }
    }
}
