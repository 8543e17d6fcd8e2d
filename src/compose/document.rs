//! The document: blocks in reading order.

use chrono::NaiveDate;
use serde::Serialize;

use crate::figures::{ProseFigure, RowId};
use crate::report_spec::{CellKind, ClassId, MapId, Pictogram, TiVec};

/// All that a report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What describes it.
    pub meta: Meta,
    /// Title of the series and the line under it, on every page.
    pub head: (String, String),
    /// Notice on every page.
    pub notice: Option<String>,
    /// Line of a re-issue on every page.
    pub revision: Option<String>,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The figures that its prose prints.
    pub figures: Vec<ProseFigure>,
}

/// What describes a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Short name of the edition.
    pub edition: String,
    /// Code of the jurisdiction.
    pub jurisdiction: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub author: String,
    /// Subject.
    pub subject: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Language, e.g. `en`.
    pub language: String,
    /// Region, e.g. `US`.
    pub region: Option<String>,
    /// First and last day.
    pub period: (NaiveDate, NaiveDate),
    /// Day on which the figures were taken.
    pub data_date: NaiveDate,
    /// Base name of its files.
    pub file_name: String,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
        /// Set in bold.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        bold: bool,
    },
    /// The marker of a note.
    Note {
        /// Its number.
        note: u32,
    },
}

/// A line of text with markers.
pub type Line = Vec<Inline>;

/// A block.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Line),
    /// A paragraph.
    Paragraph(Role, Line),
    /// A row of counters.
    Counters(Vec<CounterItem>),
    /// A table.
    Table(TableBlock),
    /// Notes, after what they belong to.
    Notes(Vec<NoteText>),
    /// A map.
    Figure(FigureBlock),
    /// What follows begins a new page.
    Break,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Running text.
    Body,
    /// A line that states a figure.
    Statement,
    /// A closing notice.
    Notice,
}

/// A counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CounterItem {
    /// Name of its row in the spec.
    #[serde(skip)]
    pub row: String,
    /// What it counts, whatever its number.
    #[serde(skip)]
    pub name: String,
    /// The figure as printed.
    pub value: String,
    /// The count, where it is shown.
    #[serde(skip)]
    pub count: Option<u64>,
    /// Its label.
    pub label: String,
    /// Its pictogram.
    pub pictogram: Option<Pictogram>,
    /// Number of the note whose marker follows the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<u32>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteText {
    /// Its number.
    pub number: u32,
    /// Its text.
    pub text: Line,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableBlock {
    /// Its name in the spec.
    pub id: String,
    /// Kinds of its columns.
    pub kinds: Vec<CellKind>,
    /// Heads of its columns.
    pub columns: Vec<Line>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// What names it within its table.
    pub id: RowId,
    /// Depth of its label, 0 or 1.
    pub level: u8,
    /// Its cells, one for each column.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// As printed.
    pub line: Line,
    /// The count, where the cell shows one.
    pub value: Option<u64>,
    /// Words stand for a hidden figure.
    pub hidden: bool,
}

/// A map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureBlock {
    /// Index of the map in the spec.
    pub map: MapId,
    /// Alternative text.
    pub alternative: String,
    /// Title of the legend.
    pub legend: String,
    /// Words of the classes from the lowest up.
    pub classes: TiVec<ClassId, String>,
    /// Words of what is not shaded.
    pub unshaded: String,
}
