//! Sources, code lists and populations.

use std::path::PathBuf;

use super::{CodeId, CodeListId, ColumnId, ColumnType, FigureRule, Format, Limits, SourceId, TiVec};

/// A source table.
#[derive(Debug)]
pub struct Source {
    /// Its name in the spec.
    pub name: String,
    /// Its file, a pattern with `*`, or a folder.
    pub file: PathBuf,
    /// The same as the spec has it, which may be told: another path can be nobody's business.
    pub raw: String,
    /// Its format, where it is not told from the ending of each file.
    pub format: Option<Format>,
    /// Its columns.
    pub columns: TiVec<ColumnId, Column>,
    /// How much memory a piece of a file may take.
    pub limits: Limits,
}

impl Source {
    /// Returns the column of this kind, where there is one.
    pub fn column_of(&self, kind: ColumnType) -> Option<ColumnId> {
        self.columns.position(|column| column.kind == kind)
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
    pub list: Option<CodeListId>,
    /// For codes: the column of the parent's code.
    pub parent: Option<ColumnId>,
    /// For dates: must lie in the period.
    pub in_period: bool,
    /// For references: the source referred to.
    pub source: Option<SourceId>,
}

/// A list of codes in canonical order.
#[derive(Debug)]
pub struct CodeList {
    /// Its name in the spec.
    pub name: String,
    /// The codes, each with a row of its own.
    pub codes: TiVec<CodeId, Code>,
    /// Codes that count as one of them.
    pub aliases: Vec<Alias>,
}

impl CodeList {
    /// Iterates over all codes that data may hold, aliases among them: code, parent, and the code that it
    /// counts as.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, Option<&str>, CodeId)> {
        let own = self.codes.iter_enumerated().map(|(at, code)| (code.code.as_str(), code.parent.as_deref(), at));
        own.chain(
            self.aliases.iter().map(|alias| (alias.code.as_str(), self.codes[alias.of].parent.as_deref(), alias.of)),
        )
    }
}

/// A code that counts as another.
#[derive(Debug)]
pub struct Alias {
    /// As it stands in the data.
    pub code: String,
    /// The code that it counts as.
    pub of: CodeId,
}

/// A code with its label.
#[derive(Debug)]
pub struct Code {
    /// As it stands in the data, in normalization form C; empty for an empty value.
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
    pub source: SourceId,
    /// The column that says to which jurisdiction a record counts.
    pub jurisdiction: ColumnId,
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
        column: ColumnId,
        /// The values.
        values: Vec<u32>,
    },
    /// The value is not empty and lies between these, both included.
    Between {
        /// The column.
        column: ColumnId,
        /// The lowest.
        from: u32,
        /// The highest.
        to: u32,
    },
    /// All hold.
    All(Vec<Self>),
    /// At least one holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
}
