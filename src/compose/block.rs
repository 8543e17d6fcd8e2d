//! Blocks, one by one.

use crate::boundaries::CountyIndex;
use crate::confidential::Published;
use crate::diag::{Finding, Findings, code};
use crate::report_spec::{BlockKind, Context, CounterRowId, Engine, Prose, Spec};

use super::alternative;
use super::composer::Composer;
use super::document::{Block, CounterItem, NoteText, Role};
use super::notes::Numbering;
use super::table;

/// Composes the blocks of a report.
pub(super) fn blocks(
    spec: &Spec,
    published: &Published,
    counties: Option<&CountyIndex>,
    engine: &Engine,
    context: &Context,
) -> Result<Vec<Block>, Findings> {
    let mut composer =
        Composer { spec, published, counties, engine, context, numbering: Numbering::default(), blocks: Vec::new() };
    let mut findings = Findings::new();
    for block in &spec.content {
        let holds = block.only_if.as_ref().map_or(Ok(true), |expression| engine.holds(expression, context));
        let done = holds.and_then(|holds| if holds { composer.block(&block.kind) } else { Ok(()) });
        if let Err(finding) = done {
            findings.push(finding);
        }
    }
    if let Err(finding) = composer.end_scope() {
        findings.push(finding);
    }
    if findings.has_errors() { Err(findings) } else { Ok(composer.blocks) }
}

impl Composer<'_> {
    fn block(&mut self, kind: &BlockKind) -> Result<(), Finding> {
        match kind {
            BlockKind::Heading(prose) => {
                let line = self.line(prose)?;
                self.blocks.push(Block::Heading(line));
                // The notes of a heading stand after the block below it.
                return Ok(());
            }
            BlockKind::Paragraph(prose) => self.paragraph(Role::Body, prose)?,
            BlockKind::Statement(prose) => self.paragraph(Role::Statement, prose)?,
            BlockKind::Notice(prose) => self.paragraph(Role::Notice, prose)?,
            BlockKind::Counters(row) => self.counters(*row),
            BlockKind::Table(id) if self.published.tables()[*id].is_withheld() => {
                if let Some(words) = &self.spec.protection.withheld {
                    self.paragraph(Role::Body, words)?;
                }
            }
            BlockKind::Table(id) => {
                let table = table::compose(self, *id)?;
                self.blocks.push(Block::Table(table));
            }
            BlockKind::Map(id) => {
                let figure = alternative::figure(self, *id)?;
                self.blocks.extend(figure.map(Block::Figure));
            }
        }
        self.end_scope()
    }

    fn paragraph(&mut self, role: Role, prose: &Prose) -> Result<(), Finding> {
        let line = self.line(prose)?;
        if !line.is_empty() {
            self.blocks.push(Block::Paragraph(role, line));
        }
        Ok(())
    }

    fn counters(&mut self, row: CounterRowId) {
        let language = &self.spec.language;
        let hidden = &self.spec.hidden.counter;
        let mut items = Vec::new();
        let written = &self.spec.counters[row];
        for (counter, figure) in written.counters.iter().zip(&self.published.counters()[row]) {
            items.push(CounterItem {
                row: written.name.clone(),
                name: counter.name().to_owned(),
                value: figure.shown().map_or_else(|| hidden.clone(), |count| language.count(count)),
                count: figure.shown(),
                label: language.form(&counter.label, figure.shown()).to_owned(),
                pictogram: counter.pictogram,
                note: counter.note.as_ref().map(|note| self.numbering.number(note)),
            });
        }
        self.blocks.push(Block::Counters(items));
    }

    /// Prints the notes of the scope and begins a new one.
    fn end_scope(&mut self) -> Result<(), Finding> {
        let scope = self.numbering.end_scope();
        if scope.is_empty() {
            return Ok(());
        }
        let mut notes = Vec::new();
        for (name, number) in scope {
            let Some(prose) = self.spec.notes.get(&name) else {
                return Err(Finding::error(code::spec::UNKNOWN_NOTE, format!("no note is called `{name}`"))
                    .in_file(self.spec.file.clone()));
            };
            let rich = self.engine.rich(prose, self.context)?;
            let mut none = Numbering::default();
            let text = none.line(rich);
            if !none.end_scope().is_empty() {
                return Err(Finding::error(
                    code::spec::NESTED_NOTE,
                    format!("the note `{name}` holds a marker itself"),
                )
                .at(prose.place.clone()));
            }
            notes.push(NoteText { number, text });
        }
        self.blocks.push(Block::Notes(notes));
        Ok(())
    }
}
