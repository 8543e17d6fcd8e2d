//! Stage `compose`: published figures become a [`Document`], all that the pages say and nothing of how they look.
//!
//! Takes the spec and a [`Published`]; gives blocks in reading order with prose filled in and notes
//! numbered. A document can be printed as plain text and compared without typesetting. Refuses
//! undefined names and unknown notes.

mod alternative;
mod areas;
mod around;
mod block;
mod composer;
mod context;
mod corrections;
mod document;
mod file_names;
mod fullest;
mod notes;
mod table;
mod tables;
mod text;

pub use corrections::{Correction, corrected};
pub use document::{
    Block, Cell, CounterItem, Document, FigureBlock, Inline, Line, Meta, NoteText, Role, TableBlock, TableRow,
};
pub use file_names::FileNames;
pub use fullest::{are_alike, fullest};
pub use tables::published_tables;
pub use text::to_text;

use crate::boundaries::CountyIndex;
use crate::confidential::Published;
use crate::diag::{Finding, Findings, code};
use crate::figures::ProseFigure;
use crate::report_spec::{Engine, Prose, Spec};

/// Composes the report of one jurisdiction.
///
/// # Errors
/// Returns every text that cannot be filled in.
pub fn compose(spec: &Spec, published: &Published, counties: Option<&CountyIndex>) -> Result<Document, Findings> {
    let engine = Engine::new();
    let (context, figures) = context::of(spec, published);
    let mut findings = Findings::new();
    let mut words = |prose: &Prose| {
        engine.words(prose, &context).unwrap_or_else(|finding| {
            findings.push(finding);
            String::new()
        })
    };
    let meta = Meta {
        edition: spec.edition.clone(),
        jurisdiction: spec.jurisdictions[published.jurisdiction()].code.clone(),
        title: words(&spec.title),
        author: spec.publisher.clone(),
        subject: words(&spec.subject),
        keywords: spec.keywords.clone(),
        language: spec.language.tag.0.clone(),
        region: spec.language.tag.1.clone(),
        period: spec.period,
        data_date: spec.data_date,
        file_name: words(&spec.output),
    };
    let head = (words(&spec.running_head.0), words(&spec.running_head.1));
    let notice = spec.notice.as_ref().map(&mut words);
    if !is_file_name(&meta.file_name) && !findings.has_errors() {
        let message = format!("`{}` cannot name a file", meta.file_name);
        findings.push(Finding::error(code::spec::OUTPUT, message).at(spec.output.place.clone()));
    }
    match block::blocks(spec, published, counties, &engine, &context) {
        Ok(blocks) if !findings.has_errors() => {
            let printed = figures.into_iter().filter(|(placeholder, _)| context.has_printed(placeholder));
            let around = |figure: ProseFigure| ProseFigure { around: around::of(&blocks, &figure.text), ..figure };
            let figures = printed.map(|(_, figure)| around(figure)).collect();
            Ok(Document { meta, head, notice, revision: None, blocks, figures })
        }
        Ok(_) => Err(findings),
        Err(more) => {
            findings.extend(more);
            Err(findings)
        }
    }
}

fn is_file_name(name: &str) -> bool {
    let is_bad = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    // Windows drops a dot or a space at the end, and knows these words as devices, with any ending.
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let is_port = |port: &str| stem.strip_prefix(port).is_some_and(|number| number.len() == 1);
    let is_device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || is_port("COM") || is_port("LPT");
    let ends_well = name.trim() == name && !name.starts_with('.') && !name.ends_with('.');
    !name.is_empty() && name.len() <= 120 && ends_well && !is_device && !name.contains(is_bad)
}
