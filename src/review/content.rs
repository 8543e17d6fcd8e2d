//! The content of a report as its readers see it: headings, paragraphs, notes, tables, figures, page furniture.

use std::sync::Arc;

use crate::figures::{FigureId, PublishedTables, RowId, RowRole};
use crate::report_spec::CellKind;
use crate::unit::Digest;

use super::read::{Reading, Sight};
pub(super) use super::spot::{Spot, enclosing};

/// How a text is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Style {
    pub font: Arc<str>,
    pub size: f32,
    pub rgb: [u8; 3],
    /// How much it covers, in percent.
    pub opacity: u8,
    pub sight: Sight,
}

/// A word, as it is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Word {
    pub text: String,
    /// How its letters are set, and from which one on.
    pub styles: Vec<(usize, Style)>,
    pub spot: Option<Spot>,
    /// How many glyphs it is made of.
    pub glyphs: usize,
    /// It begins a line.
    pub begins: bool,
    /// It goes on in the next line, after a hyphen.
    pub is_broken: bool,
}

impl Word {
    /// Tells whether no reader sees any of it.
    pub(super) fn is_hidden(&self) -> bool {
        !self.styles.is_empty() && self.styles.iter().all(|(_, style)| style.sight != Sight::Seen)
    }
}

/// A text without its note markers.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Text {
    pub words: String,
    /// Numbers of its notes.
    pub markers: Vec<String>,
    /// How they are set.
    pub marked: Vec<Word>,
    pub spot: Option<Spot>,
    /// How most of it is set.
    pub style: Style,
    /// Baselines of its lines on its first page.
    pub lines: Vec<f32>,
    /// The words one by one.
    pub set: Vec<Word>,
    /// The same words on other pages: a head that is repeated there.
    pub again: Vec<Self>,
}

#[cfg(test)]
impl Text {
    /// A text of words that stand nowhere.
    pub(super) fn of_words(words: &str) -> Self {
        let word = |word: &str| Word { text: word.to_owned(), ..Word::default() };
        Self { words: words.to_owned(), set: words.split_whitespace().map(word).collect(), ..Self::default() }
    }
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
    pub(super) fn is_merged(&self) -> bool {
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
    pub(super) fn title(&self) -> &str {
        self.heads.first().map_or("", |head| head.words.as_str())
    }

    /// Names a row, by the attached tables.
    pub(super) fn row(&self, row: &Row) -> Option<FigureId> {
        let (table, _) = self.attached.as_ref()?;
        Some(FigureId::Row { table: table.clone(), row: row.id.clone()? })
    }

    /// Names a cell beside the label of a row, by the attached tables.
    pub(super) fn cell(&self, row: &Row, at: usize) -> Option<FigureId> {
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
    pub(super) fn text(&self) -> Option<&Text> {
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
#[derive(Default)]
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

/// Signs that stand for minus before a digit.
pub(super) const MINUS: [char; 4] = ['-', '\u{2212}', '\u{2010}', '\u{2013}'];

/// Tells whether a text is a figure: digits with their separators, a minus sign and a percent sign perhaps.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim().trim_end_matches('%').trim_end();
    let text = text.strip_prefix(MINUS).unwrap_or(text);
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
    let (sign, text) = text.strip_prefix(MINUS).map_or((1.0, text), |rest| (-1.0, rest));
    let decimal = text.rfind(['.', ',']).filter(|at| (1..=2).contains(&(text.len() - at - 1)));
    let digits: String = text
        .char_indices()
        .filter_map(|(at, c)| if Some(at) == decimal { Some('.') } else { c.is_ascii_digit().then_some(c) })
        .collect();
    Some(sign * digits.parse::<f64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_words_and_read_as_numbers() {
        for (text, value) in [
            ("49", 49.0),
            ("1,234", 1234.0),
            ("24.6%", 24.6),
            ("1.234", 1234.0),
            ("12,5 %", 12.5),
            ("0", 0.0),
            ("-12", -12.0),
            ("\u{2212}1,5%", -1.5),
        ] {
            assert!(is_figure(text) && number(text) == Some(value), "{text}");
        }
        for text in ["", "N/A", "Fewer than Three", "31st", "2-3", "%"] {
            assert!(!is_figure(text) && number(text).is_none(), "{text}");
        }
    }
}
