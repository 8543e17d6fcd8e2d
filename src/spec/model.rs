//! The resolved spec: every reference is an index, every default filled in, every text checked.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::language::Language;
use super::prose::Prose;

pub use super::written::{CellKind, ColumnType, FigureRule, Format, Forms, Guard, Literal, Order, Pictogram, RuleKind};

/// A report spec, fully resolved and checked.
pub struct Spec {
    /// The spec's file, as findings name it.
    pub file: Arc<str>,
    /// The project root; every path of the spec lies under it.
    pub root: PathBuf,
    /// Short name of the edition.
    pub edition: String,
    /// Title of the document.
    pub title: Prose,
    /// The PDF's author.
    pub publisher: String,
    /// The PDF's subject.
    pub subject: Prose,
    /// The PDF's keywords.
    pub keywords: Vec<String>,
    /// Base name of a jurisdiction's files.
    pub output: Prose,
    /// Notice on every page.
    pub notice: Option<Prose>,
    /// Folder of the layout.
    pub layout: PathBuf,
    /// Folder of the fonts.
    pub fonts: PathBuf,
    /// Language, number and date formats.
    pub language: Language,
    /// First and last day of the report.
    pub period: (NaiveDate, NaiveDate),
    /// Day on which the figures were taken.
    pub data_date: NaiveDate,
    /// All jurisdictions of the data.
    pub jurisdictions: Vec<Jurisdiction>,
    /// Those that get a report.
    pub reports: Vec<usize>,
    /// Those whose records the sources hold completely.
    pub coverage: BTreeSet<usize>,
    /// File of published reference figures, and the nation's code in it.
    pub reference: Option<(PathBuf, String)>,
    /// Source tables; one that refers to another comes after it.
    pub sources: Vec<Source>,
    /// Code lists.
    pub lists: Vec<CodeList>,
    /// Populations.
    pub populations: Vec<Population>,
    /// Ranks: name and population.
    pub ranks: IndexMap<String, usize>,
    /// What hidden figures look like.
    pub hidden: HiddenWords,
    /// Secret key of the order in which further rows are hidden.
    pub key: [u8; 16],
    /// Accepted disclosures.
    pub accept: Vec<Accept>,
    /// Categories hidden by judgement.
    pub overrides: Vec<Override>,
    /// Notes.
    pub notes: IndexMap<String, Prose>,
    /// Rows of counters.
    pub counters: Vec<CounterRow>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Maps.
    pub maps: Vec<Map>,
    /// Title of the series, and the line under it.
    pub running_head: (Prose, Prose),
    /// The report in reading order.
    pub content: Vec<Block>,
}

/// A jurisdiction.
#[derive(Debug)]
pub struct Jurisdiction {
    /// Its code in the data.
    pub code: String,
    /// Its name in titles.
    pub name: String,
    /// Its name within a sentence.
    pub in_prose: String,
    /// Its name in file names.
    pub file_name: String,
    /// Takes part in ranks.
    pub ranked: bool,
    /// Takes in the records of all others.
    pub nation: bool,
    /// Two-digit FIPS code.
    pub fips: Option<String>,
    /// What its map shows: west, south, east, north.
    pub window: Option<[f64; 4]>,
}

/// A source table.
#[derive(Debug)]
pub struct Source {
    /// Its name in the spec.
    pub name: String,
    /// Its file, or a pattern with `*` in the last part.
    pub file: PathBuf,
    /// Its format.
    pub format: Format,
    /// Its columns.
    pub columns: Vec<Column>,
}

impl Source {
    /// Returns the index of the column of this kind, where there is one.
    pub fn column_of(&self, kind: ColumnType) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == kind)
    }
}

/// A column of a source.
#[derive(Debug)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What its values are.
    pub kind: ColumnType,
    /// May be empty.
    pub optional: bool,
    /// May not be empty where this holds.
    pub required_where: Option<Test>,
    /// For codes: the list.
    pub list: Option<usize>,
    /// For codes: the column of the parent's code.
    pub parent: Option<usize>,
    /// For dates: must lie in the period.
    pub in_period: bool,
    /// For references: the source referred to.
    pub source: Option<usize>,
}

/// A list of codes in canonical order.
#[derive(Debug)]
pub struct CodeList {
    /// Its name in the spec.
    pub name: String,
    /// The codes.
    pub codes: Vec<Code>,
}

/// A code with its label.
#[derive(Debug)]
pub struct Code {
    /// As it stands in the data; empty for an empty value.
    pub code: String,
    /// As it is printed.
    pub label: String,
    /// Code of the parent.
    pub parent: Option<String>,
    /// Note whose marker follows the label.
    pub note: Option<String>,
    /// Comes last among its siblings.
    pub last: bool,
}

/// A set of records that figures are counted over.
#[derive(Debug)]
pub struct Population {
    /// Its name in the spec.
    pub name: String,
    /// The source.
    pub source: usize,
    /// The column that says to which jurisdiction a record counts.
    pub jurisdiction: usize,
    /// Which records belong to it.
    pub filter: Option<Test>,
    /// How its total is published.
    pub rule: FigureRule,
}

/// A typed condition on a record of one source.
///
/// Values are stored as numbers, 0 for an empty value: codes and jurisdictions as their index plus
/// one, `false` as 1 and `true` as 2, dates as days of the common era.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The value is one of these.
    In {
        /// The column.
        column: usize,
        /// The values.
        values: Vec<u32>,
    },
    /// The value is not empty and lies between these, both included.
    Between {
        /// The column.
        column: usize,
        /// The lowest.
        from: u32,
        /// The highest.
        to: u32,
    },
    /// All hold.
    All(Vec<Test>),
    /// At least one holds.
    Any(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
}

/// What hidden figures look like, and from which count on figures are shown.
#[derive(Debug, Clone)]
pub struct HiddenWords {
    /// The smallest count that is shown.
    pub threshold: u64,
    /// Zero is hidden as a small count is.
    pub hide_zero: bool,
    /// A small total in prose.
    pub prose: String,
    /// A small count in a counter.
    pub counter: String,
    /// A small count in a cell.
    pub cell: String,
    /// A hidden count in a table whose total is printed.
    pub neutral: String,
    /// The percent of a hidden count.
    pub percent: String,
}

/// An accepted disclosure.
#[derive(Debug)]
pub struct Accept {
    /// Code of the finding.
    pub code: String,
    /// Name of the figure.
    pub figure: String,
    /// Why.
    pub reason: String,
}

/// A category hidden by judgement.
#[derive(Debug)]
pub struct Override {
    /// The table.
    pub table: usize,
    /// Index of the row's code, below its parent's where there is one.
    pub row: (usize, Option<usize>),
    /// Where it is hidden.
    pub jurisdictions: BTreeSet<usize>,
    /// Why.
    pub reason: String,
}

/// A row of counters.
#[derive(Debug)]
pub struct CounterRow {
    /// Its name in the spec.
    pub name: String,
    /// The counters.
    pub counters: Vec<Counter>,
}

/// One counter.
#[derive(Debug)]
pub struct Counter {
    /// The population.
    pub population: usize,
    /// Which of its records count.
    pub filter: Option<Test>,
    /// Label by plural category.
    pub label: Forms,
    /// Pictogram.
    pub pictogram: Option<Pictogram>,
    /// Note whose marker follows the label.
    pub note: Option<String>,
    /// How a small figure is published.
    pub rule: FigureRule,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its name in the spec.
    pub name: String,
    /// The population.
    pub population: usize,
    /// Which of its records count.
    pub filter: Option<Test>,
    /// What its rows are.
    pub rows: Rows,
    /// The population whose total is the base of percents.
    pub base: usize,
    /// Columns from left to right, with their heads.
    pub columns: Vec<(CellKind, Prose)>,
    /// Order of the rows.
    pub order: Order,
    /// Rows that count nothing are printed.
    pub keep_zero: bool,
    /// The last row.
    pub total: Option<Total>,
    /// How small counts are published (in a tree: of the children).
    pub rule: Rule,
    /// How small counts of a tree's parents are published.
    pub parents: Option<Rule>,
}

/// What the rows of a table are.
#[derive(Debug)]
pub enum Rows {
    /// A frequency table: one row for each code.
    Codes {
        /// The column.
        column: usize,
        /// Its list.
        list: usize,
    },
    /// A hierarchical table: rows for the codes of one column below those of another.
    Tree {
        /// The parents' column.
        column: usize,
        /// The parents' list.
        list: usize,
        /// The children's column.
        child_column: usize,
        /// The children's list.
        child_list: usize,
        /// For each parent, its children as indices of the children's list.
        children: Vec<Vec<usize>>,
    },
    /// A multiple-response table: one row for each flag.
    Flags {
        /// The list of flags.
        list: usize,
        /// The boolean column of each.
        columns: Vec<usize>,
    },
}

impl Rows {
    /// Returns the list that names the (upper) rows.
    pub fn list(&self) -> usize {
        match self {
            Self::Codes { list, .. } | Self::Tree { list, .. } | Self::Flags { list, .. } => *list,
        }
    }
}

/// The last row of a table.
#[derive(Debug)]
pub struct Total {
    /// Its label.
    pub label: Prose,
    /// What its percent cell says.
    pub percent: Option<String>,
    /// Its count cell holds the table's total.
    pub count: bool,
}

/// How small counts are published.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The rule.
    pub kind: RuleKind,
    /// The smallest count that is shown.
    pub threshold: u64,
    /// Zero is hidden as a small count is.
    pub hide_zero: bool,
    /// Label of the merged row, one for all or one for each parent.
    pub merged: Vec<Prose>,
    /// When a merged row may stand.
    pub guard: Guard,
    /// Note whose marker stands where something was hidden.
    pub note: Option<String>,
}

/// A county-level heat map.
#[derive(Debug)]
pub struct Map {
    /// Its name in the spec.
    pub name: String,
    /// The population.
    pub population: usize,
    /// The source that holds the counties of its records.
    pub through: usize,
    /// Folder of the boundaries.
    pub boundaries: PathBuf,
    /// Year of the boundaries.
    pub vintage: u16,
    /// The smallest count that is shaded.
    pub threshold: u64,
    /// Classes from the lowest up, each with its smallest count.
    pub classes: Vec<(u64, MapClass)>,
    /// Counties that are not shaded.
    pub unshaded: MapClass,
    /// Title of the legend.
    pub legend: Prose,
    /// Greatest size on the page, width and height in points.
    pub size_pt: (f64, f64),
    /// Pixels per inch at the placed size.
    pub ppi: u32,
    /// Font file of the labels.
    pub font: PathBuf,
    /// Alternative text.
    pub alternative: Prose,
}

/// How a class of a map looks.
#[derive(Debug)]
pub struct MapClass {
    /// Words of the legend.
    pub label: Prose,
    /// Colour on screen.
    pub rgb: [u8; 3],
    /// Ink in percent: cyan, magenta, yellow, black.
    pub cmyk: [u8; 4],
}

/// A block of the report.
#[derive(Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The block is left out where this expression is false.
    pub only_if: Option<Prose>,
}

/// What a block is.
#[derive(Debug)]
pub enum BlockKind {
    /// A heading.
    Heading(Prose),
    /// A paragraph.
    Paragraph(Prose),
    /// A line that states a figure.
    Statement(Prose),
    /// A closing notice.
    Notice(Prose),
    /// A row of counters, by index.
    Counters(usize),
    /// A table with its notes, by index.
    Table(usize),
    /// A map with its notes, by index.
    Map(usize),
}
