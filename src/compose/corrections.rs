//! The page of corrections of a re-issued report.

use crate::confidential::Published;
use crate::diag::{Finding, Findings, code};
use crate::figures::RowRole;
use crate::report_spec::{CellKind, Engine, JurisdictionId, Prose, Revision, Spec};

use super::context;
use super::document::{Block, Cell, Document, Inline, Line, Role, TableBlock, TableRow};

/// The corrected figures of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// Where they stand.
    pub place: Place,
    /// The corrected cells or figures.
    pub changes: Vec<Change>,
}

/// Where corrected figures stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Among the counters.
    Counters,
    /// In running text.
    Prose,
    /// In a table or map.
    Table {
        /// Its name in the spec.
        name: String,
        /// Its title.
        title: String,
    },
}

/// A corrected cell: words that both editions print, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Label of the row; of a figure in running text the words around it.
    pub row: String,
    /// Head of the column; empty for a single figure.
    pub column: String,
    /// As printed before; none where there was no such row.
    pub before: Option<String>,
    /// As printed now; none where there is no such row.
    pub after: Option<String>,
}

/// Marks a document as re-issued: a line on every page, and a page that lists what was corrected.
///
/// # Errors
/// Says which text cannot be filled in, and which change has no reason.
pub fn corrected(
    spec: &Spec,
    published: &Published,
    plain: &Document,
    groups: &[Corrected],
) -> Result<Document, Findings> {
    let Some(revision) = &spec.revision else { return Ok(plain.clone()) };
    let (engine, (context, _)) = (Engine::new(), context::of(spec, published));
    let words = |prose: &Prose| engine.words(prose, &context);
    let mut document = plain.clone();
    document.revision = Some(words(&revision.words.line)?);
    let introduction = if groups.is_empty() { &revision.words.words_only } else { &revision.words.introduction };
    document.blocks.push(Block::Break);
    document.blocks.push(Block::Heading(text(&words(&revision.words.heading)?)));
    document.blocks.push(Block::Paragraph(Role::Body, text(&words(introduction)?)));
    let page = Page { spec, revision, jurisdiction: published.jurisdiction() };
    let mut findings = Findings::new();
    for group in groups {
        match page.group(group) {
            Ok(blocks) => document.blocks.extend(blocks),
            Err(finding) => findings.push(finding),
        }
    }
    if groups.is_empty() {
        document.blocks.extend(revision.reasons_for(page.jurisdiction, None).map(|reason| page.reason(reason)));
    }
    if findings.has_errors() { Err(findings) } else { Ok(document) }
}

struct Page<'a> {
    spec: &'a Spec,
    revision: &'a Revision,
    jurisdiction: JurisdictionId,
}

impl Page<'_> {
    /// Makes a table of the corrected cells, with the reasons below it.
    fn group(&self, group: &Corrected) -> Result<Vec<Block>, Finding> {
        let words = &self.revision.words;
        let (table, title) = match &group.place {
            Place::Counters => (None, &words.counters),
            Place::Prose => (None, &words.prose),
            Place::Table { name, title } => (Some(name.as_str()), title),
        };
        let reasons: Vec<&str> = self.revision.reasons_for(self.jurisdiction, table).collect();
        if reasons.is_empty() {
            let code = &self.spec.jurisdictions[self.jurisdiction].code;
            let message =
                format!("figures of `{title}` changed in {code}, and no reason of the revision concerns them");
            return Err(Finding::error(code::release::NO_REASON, message).in_file(self.spec.file.clone()));
        }
        let columns = [title, &words.column, &words.before, &words.after].map(|head| text(head));
        let table = TableBlock {
            id: "corrections".to_owned(),
            kinds: vec![CellKind::Label, CellKind::Count, CellKind::Count, CellKind::Count],
            columns: columns.into(),
            rows: group.changes.iter().map(|change| self.row(change)).collect(),
        };
        Ok(std::iter::once(Block::Table(table)).chain(reasons.into_iter().map(|reason| self.reason(reason))).collect())
    }

    fn row(&self, change: &Change) -> TableRow {
        let printed = |figure: &Option<String>| figure.clone().unwrap_or_else(|| self.revision.words.absent.clone());
        let cells = [change.row.clone(), change.column.clone(), printed(&change.before), printed(&change.after)];
        TableRow {
            role: RowRole::Row,
            level: 0,
            key: Vec::new(),
            cells: cells.iter().map(|words| Cell { line: text(words), value: None, hidden: false }).collect(),
        }
    }

    fn reason(&self, reason: &str) -> Block {
        let label = Inline::Text { text: format!("{} ", self.revision.words.reason), bold: true };
        let reason = Inline::Text { text: reason.to_owned(), bold: false };
        Block::Paragraph(Role::Body, vec![label, reason])
    }
}

fn text(words: &str) -> Line {
    vec![Inline::Text { text: words.to_owned(), bold: false }]
}
