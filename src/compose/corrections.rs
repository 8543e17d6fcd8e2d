//! The page of corrections of a re-issued report.

use crate::confidential::Published;
use crate::diag::{Finding, Findings, code};
use crate::figures::{FigureId, FigurePlace, RowId, RowRole};
use crate::report_spec::{CellKind, Engine, JurisdictionId, Prose, Revision, Spec};

use super::context;
use super::document::{Block, Cell, Document, Inline, Line, Role, TableBlock, TableRow};

/// A corrected figure: words that both editions print, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The figure.
    pub figure: FigureId,
    /// Title of its table, or of its map's legend; empty elsewhere.
    pub title: String,
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
    corrections: &[Correction],
) -> Result<Document, Findings> {
    let Some(revision) = &spec.revision else { return Ok(plain.clone()) };
    let (engine, (context, _)) = (Engine::new(), context::of(spec, published));
    let words = |prose: &Prose| engine.words(prose, &context);
    let mut document = plain.clone();
    document.revision = Some(words(&revision.words.line)?);
    let introduction = if corrections.is_empty() { &revision.words.words_only } else { &revision.words.introduction };
    document.blocks.push(Block::Break);
    document.blocks.push(Block::Heading(text(&words(&revision.words.heading)?)));
    document.blocks.push(Block::Paragraph(Role::Body, text(&words(introduction)?)));
    let page = Page { spec, revision, jurisdiction: published.jurisdiction() };
    let mut findings = Findings::new();
    for group in corrections.chunk_by(|correction, next| correction.figure.place() == next.figure.place()) {
        match page.group(group) {
            Ok(blocks) => document.blocks.extend(blocks),
            Err(finding) => findings.push(finding),
        }
    }
    if corrections.is_empty() {
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
    /// Makes a table of the figures that were corrected in one place, with the reasons below it.
    fn group(&self, group: &[Correction]) -> Result<Vec<Block>, Finding> {
        let words = &self.revision.words;
        let Some(first) = group.first() else { return Ok(Vec::new()) };
        let (table, title) = match first.figure.place() {
            FigurePlace::Counters => (None, &words.counters),
            FigurePlace::Prose => (None, &words.prose),
            FigurePlace::Table(name) | FigurePlace::Map(name) => (Some(name), &first.title),
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
            rows: group.iter().map(|correction| self.row(correction)).collect(),
        };
        Ok(std::iter::once(Block::Table(table)).chain(reasons.into_iter().map(|reason| self.reason(reason))).collect())
    }

    fn row(&self, correction: &Correction) -> TableRow {
        let printed = |figure: &Option<String>| figure.clone().unwrap_or_else(|| self.revision.words.absent.clone());
        let Correction { row, column, before, after, .. } = correction;
        let cells = [row.clone(), column.clone(), printed(before), printed(after)];
        TableRow {
            id: RowId { codes: Vec::new(), role: RowRole::Row },
            level: 0,
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
