//! The resolved spec: every reference is the place of what it names, every default filled in, every text checked.

mod data;
mod figures;
mod id;
mod revision;
mod rules;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::diag::Findings;
use crate::unit::Digest;

use super::language::Language;
use super::number_words::NumberWords;
use super::prose::Prose;

pub use super::raw::{
    AcceptedRows, Areas, CellKind, ColumnType, DisclosurePolicy, FigureRule, Format, Forms, Guard, Limits, Literal,
    Order, Outside, Pictogram, RuleKind, Tolerance,
};
pub use data::{Alias, Code, CodeList, Column, Population, Source, Test};
pub use figures::{Counter, CounterRow, FigurePlaces, Map, MapClass, ProseFigures, Rows, Table, Total};
pub use id::{
    ClassId, CodeId, CodeListId, ColumnId, CounterRowId, JurisdictionId, MapId, Named, PopulationId, SourceId, TableId,
    TiSlice, TiVec,
};
pub(crate) use id::{TRUE, ids};
pub use revision::{Reason, Revision, RevisionWords};
pub use rules::{Accept, DisclosureKind, HiddenWords, Override, Protection, Rule};

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
    /// Numbers in words.
    pub(super) numbers: NumberWords,
    /// What is not wrong and yet to be told, such as what is not known of the language.
    pub remarks: Findings,
    /// First and last day of the report.
    pub period: (NaiveDate, NaiveDate),
    /// Day on which the figures were taken.
    pub data_date: NaiveDate,
    /// All jurisdictions of the data.
    pub jurisdictions: TiVec<JurisdictionId, Jurisdiction>,
    /// Those that get a report here and now.
    pub reports: Vec<JurisdictionId>,
    /// Those that have a report in the edition, whichever were asked for.
    pub released: Vec<JurisdictionId>,
    /// Those whose records the sources hold completely.
    pub coverage: BTreeSet<JurisdictionId>,
    /// File of published reference figures, and the nation's code in it.
    pub reference: Option<(PathBuf, String)>,
    /// Source tables; one that refers to another comes after it.
    pub sources: TiVec<SourceId, Source>,
    /// Code lists.
    pub lists: TiVec<CodeListId, CodeList>,
    /// Populations.
    pub populations: TiVec<PopulationId, Population>,
    /// Ranks: name and population.
    pub ranks: IndexMap<String, PopulationId>,
    /// Where it defines its figures.
    pub places: FigurePlaces,
    /// The figures that texts name.
    pub in_prose: ProseFigures,
    /// What hidden figures look like.
    pub hidden: HiddenWords,
    /// How far small counts are protected, and what is excepted.
    pub protection: Protection,
    /// Key of the digests of case data, where the edition has a secret.
    pub data_key: Option<Digest>,
    /// Notes.
    pub notes: IndexMap<String, Prose>,
    /// Rows of counters.
    pub counters: TiVec<CounterRowId, CounterRow>,
    /// Tables.
    pub tables: TiVec<TableId, Table>,
    /// Maps.
    pub maps: TiVec<MapId, Map>,
    /// Title of the series, and the line under it.
    pub running_head: (Prose, Prose),
    /// The report in reading order.
    pub content: Vec<Block>,
    /// What a re-issued edition says of itself.
    pub revision: Option<Revision>,
}

impl Spec {
    /// Tells whether a category, below another one where it is, is hidden by judgement in a jurisdiction.
    pub fn is_overridden(
        &self,
        table: TableId,
        (code, parent): (CodeId, Option<CodeId>),
        jurisdiction: JurisdictionId,
    ) -> bool {
        let row = parent.map_or((code, None), |parent| (parent, Some(code)));
        let is_here =
            |rule: &Override| rule.table == table && rule.row == row && rule.jurisdictions.contains(&jurisdiction);
        self.protection.overrides.iter().any(is_here)
    }

    /// Returns what `threshold` stands for in prose: its number, and its words where there are any.
    pub fn threshold_words(&self, threshold: u64) -> minijinja::value::Value {
        super::prose::threshold_words(&self.language, &self.numbers, threshold)
    }
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
    /// What its counties are called, where the spec says it.
    pub areas: Option<Areas>,
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
    /// A row of counters.
    Counters(CounterRowId),
    /// A table with its notes.
    Table(TableId),
    /// A map with its notes.
    Map(MapId),
}
