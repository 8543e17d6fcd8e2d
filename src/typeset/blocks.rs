//! The virtual files of a report: one for the document, one for each block.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::foundations::Bytes;

use crate::compose::{Block, CounterItem, Document, Inline, Line, Role, TableBlock};
use crate::figures::RowRole;
use crate::unit::Pt;

use super::script::runs_right_to_left;

/// A picture with the size at which it is placed.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The picture as PNG.
    pub png: Vec<u8>,
    /// Width on the page.
    pub width: Pt,
    /// Height on the page.
    pub height: Pt,
}

/// A picture in ink with the size at which it is placed.
#[derive(Debug, Clone)]
pub struct PressPicture {
    /// The picture as a PDF of one page, CMYK throughout.
    pub pdf: Vec<u8>,
    /// Width on the page.
    pub width: Pt,
    /// Height on the page.
    pub height: Pt,
}

/// A picture of either export.
pub(super) struct Picture<'a> {
    /// The end of its file name, by which the typesetter knows its format.
    ending: &'static str,
    content: &'a [u8],
    width: Pt,
    height: Pt,
}

impl<'a> From<&'a Placed> for Picture<'a> {
    fn from(placed: &'a Placed) -> Self {
        Self { ending: "png", content: &placed.png, width: placed.width, height: placed.height }
    }
}

impl<'a> From<&'a PressPicture> for Picture<'a> {
    fn from(placed: &'a PressPicture) -> Self {
        Self { ending: "pdf", content: &placed.pdf, width: placed.width, height: placed.height }
    }
}

/// A file attached to the PDF.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: &'static str,
    /// What it holds.
    pub description: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// Which export the layout makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Export {
    /// The accessible archival copy.
    Access,
    /// Pages for the press.
    Press,
}

#[derive(Serialize)]
struct DocumentFile<'a> {
    export: Export,
    title: &'a str,
    language: &'a str,
    region: Option<&'a str>,
    right_to_left: bool,
    author: &'a str,
    description: &'a str,
    keywords: &'a [String],
    date: Date,
    head: Head<'a>,
    notice: Option<&'a str>,
    revision: Option<&'a str>,
    blocks: Vec<String>,
    attachments: Vec<AttachmentFile<'a>>,
}

#[derive(Serialize)]
struct Date {
    year: i32,
    month: u32,
    day: u32,
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

#[derive(Serialize)]
struct Head<'a> {
    series: &'a str,
    line: &'a str,
}

#[derive(Serialize)]
struct AttachmentFile<'a> {
    path: String,
    name: &'a str,
    mime: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum BlockFile<'a> {
    Heading { text: LineFile<'a> },
    Paragraph { text: LineFile<'a>, role: Role },
    Counters { items: &'a [CounterItem] },
    Table { id: &'a str, columns: Vec<LineFile<'a>>, lengths: [usize; 2], figure: usize, rows: Vec<RowFile<'a>> },
    Notes { items: Vec<NoteFile<'a>> },
    Figure { path: String, alt: &'a str, width_pt: f64, height_pt: f64 },
    Break,
}

#[derive(Serialize)]
struct RowFile<'a> {
    role: RowRole,
    level: u8,
    cells: Vec<LineFile<'a>>,
    lengths: [usize; 2],
}

#[derive(Serialize)]
struct NoteFile<'a> {
    number: u32,
    text: LineFile<'a>,
}

type LineFile<'a> = Vec<Span<'a>>;

/// A piece of a line, with what tells the layout cheaply that its words have room and break where they should.
#[derive(Serialize)]
#[serde(untagged)]
enum Span<'a> {
    Text {
        text: &'a str,
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        bold: bool,
        /// Letters of the longest word.
        word: usize,
        /// A sign stands beside a space.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        signs: bool,
    },
    Note {
        note: u32,
    },
}

impl<'a> From<&'a Inline> for Span<'a> {
    fn from(inline: &'a Inline) -> Self {
        match inline {
            Inline::Note { note } => Self::Note { note: *note },
            Inline::Text { text, bold } => Self::Text {
                text,
                bold: *bold,
                word: text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0),
                signs: has_sign_beside_space(text),
            },
        }
    }
}

fn line(line: &Line) -> LineFile<'_> {
    line.iter().map(Span::from).collect()
}

fn has_sign_beside_space(text: &str) -> bool {
    let letters = text.chars().zip(text.chars().skip(1));
    letters.into_iter().any(|(letter, next)| {
        let is_sign = |c: char| c != ' ' && !c.is_alphanumeric();
        (letter == ' ' && is_sign(next)) || (next == ' ' && is_sign(letter))
    })
}

/// Returns the length of a row's label and of its longest other cell, in bytes.
fn lengths<'a>(cells: impl Iterator<Item = &'a Line>) -> [usize; 2] {
    let length = |inline: &Inline| match inline {
        Inline::Text { text, .. } => text.len(),
        Inline::Note { .. } => 0,
    };
    let mut lengths = cells.map(|line| line.iter().map(length).sum());
    [lengths.next().unwrap_or(0), lengths.max().unwrap_or(0)]
}

/// Returns the most letters of a figure in the columns of figures.
fn longest_figure(table: &TableBlock) -> usize {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1)).flat_map(|cell| &cell.line);
    let figures = cells.filter_map(|inline| match inline {
        Inline::Text { text, .. } => {
            text.split(|c: char| !c.is_ascii_digit() && !".,%\u{a0}\u{202f}".contains(c)).max_by_key(|run| run.len())
        }
        Inline::Note { .. } => None,
    });
    figures.map(|figure| figure.chars().count()).max().unwrap_or(0)
}

/// Makes the virtual files of a report.
pub(super) fn files(
    document: &Document,
    pictures: &[Picture<'_>],
    attachments: &[Attachment],
    export: Export,
) -> BTreeMap<String, Bytes> {
    let mut files = BTreeMap::new();
    let mut blocks = Vec::new();
    let mut next_picture = pictures.iter().enumerate();
    for (index, block) in document.blocks.iter().enumerate() {
        let picture = if matches!(block, Block::Figure(_)) { next_picture.next() } else { None };
        if let Some((at, picture)) = picture {
            files.insert(figure_path(at, picture), Bytes::new(picture.content.to_vec()));
        }
        let path = format!("/blocks/{index:03}.json");
        if let Some(file) = block_file(block, picture) {
            files.insert(path.clone(), json(&file));
            blocks.push(path);
        }
    }
    let meta = &document.meta;
    let attached: Vec<AttachmentFile<'_>> = attachments
        .iter()
        .map(|attachment| AttachmentFile {
            path: format!("/attachments/{}", attachment.name),
            name: &attachment.name,
            mime: attachment.mime,
            description: &attachment.description,
        })
        .collect();
    for (file, attachment) in attached.iter().zip(attachments) {
        files.insert(file.path.clone(), Bytes::new(attachment.content.clone()));
    }
    let file = DocumentFile {
        export,
        title: &meta.title,
        language: &meta.language,
        region: meta.region.as_deref(),
        right_to_left: runs_right_to_left(&meta.language),
        author: &meta.author,
        description: &meta.subject,
        keywords: &meta.keywords,
        date: meta.data_date.into(),
        head: Head { series: &document.head.0, line: &document.head.1 },
        notice: document.notice.as_deref(),
        revision: document.revision.as_deref(),
        blocks,
        attachments: attached,
    };
    files.insert("/document.json".into(), json(&file));
    files
}

fn figure_path(at: usize, picture: &Picture<'_>) -> String {
    format!("/figures/{at:03}.{}", picture.ending)
}

fn block_file<'a>(block: &'a Block, picture: Option<(usize, &Picture<'_>)>) -> Option<BlockFile<'a>> {
    Some(match block {
        Block::Heading(text) => BlockFile::Heading { text: line(text) },
        Block::Paragraph(role, text) => BlockFile::Paragraph { text: line(text), role: *role },
        Block::Counters(items) => BlockFile::Counters { items },
        Block::Table(table) => BlockFile::Table {
            id: &table.id,
            columns: table.columns.iter().map(line).collect(),
            lengths: lengths(table.columns.iter()),
            figure: longest_figure(table),
            rows: table
                .rows
                .iter()
                .map(|row| RowFile {
                    role: row.id.role,
                    level: row.level,
                    cells: row.cells.iter().map(|cell| line(&cell.line)).collect(),
                    lengths: lengths(row.cells.iter().map(|cell| &cell.line)),
                })
                .collect(),
        },
        Block::Notes(items) => BlockFile::Notes {
            items: items.iter().map(|note| NoteFile { number: note.number, text: line(&note.text) }).collect(),
        },
        Block::Break => BlockFile::Break,
        Block::Figure(figure) => {
            let (at, picture) = picture?;
            BlockFile::Figure {
                path: figure_path(at, picture),
                alt: &figure.alternative,
                width_pt: picture.width.0,
                height_pt: picture.height.0,
            }
        }
    })
}

fn json(value: &impl Serialize) -> Bytes {
    Bytes::new(serde_json::to_vec(value).expect("blocks hold only text, numbers and lists"))
}
