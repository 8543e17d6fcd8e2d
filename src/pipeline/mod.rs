//! Calls the stages in order. It holds no rule of its own.

mod draw;
mod press;
mod publish;

pub use press::{Imposed, check_pdf};
pub use publish::Written;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::boundaries::Geography;
use crate::compose::{self, Document};
use crate::diag::{Finding, Findings, Place, Sources};
use crate::disclose::{self, Audit, Published};
use crate::spec::{self, Spec};
use crate::tabulate;
use crate::typeset::{self, Attachment, Kit};

/// An edition, counted and protected: all that reports are made from.
pub struct Edition {
    /// The resolved spec.
    pub spec: Spec,
    /// Boundaries, where the spec has a map.
    pub geography: Option<Geography>,
    /// What is published of each report.
    pub published: Vec<Published>,
    /// What that discloses.
    pub audit: Audit,
    /// The spec as it is written.
    text: Option<Arc<str>>,
}

impl Edition {
    /// Reads the spec and the data, counts, and protects; `only` chooses reports by jurisdiction code.
    ///
    /// # Errors
    /// Returns every fault of the spec or of the data, and every disclosure that is not accepted.
    pub fn load(path: &Path, only: &[String], sources: &mut Sources) -> Result<Self, Findings> {
        let mut spec = spec::load(path, sources)?;
        choose(&mut spec, only)?;
        let geography = geography(&spec)?;
        let counts = tabulate::tabulate(&spec, geography.as_ref())?;
        let (published, audit) = disclose::disclose(&spec, &counts)?;
        let text = sources.text(&spec.file).cloned();
        Ok(Self { spec, geography, published, audit, text })
    }

    /// Composes a report.
    ///
    /// # Errors
    /// Returns every text that cannot be filled in.
    pub fn compose(&self, published: &Published) -> Result<Document, Findings> {
        compose::compose(&self.spec, published, self.geography.as_ref().map(Geography::index))
    }

    /// Composes all reports.
    ///
    /// # Errors
    /// Returns every text that cannot be filled in, and two reports of one file name.
    pub fn documents(&self) -> Result<Vec<Document>, Findings> {
        let mut findings = Findings::new();
        let mut documents: Vec<Document> = Vec::new();
        for published in &self.published {
            match self.compose(published) {
                Ok(document) => {
                    if documents.iter().any(|other| same_file(&other.meta.file_name, &document.meta.file_name)) {
                        let message = format!("two reports would be called `{}`", document.meta.file_name);
                        findings.push(Finding::error("spec::output", message).at(self.spec.output.place.clone()));
                    }
                    documents.push(document);
                }
                Err(more) => findings.extend(more),
            }
        }
        if findings.has_errors() { Err(findings.in_order()) } else { Ok(documents) }
    }

    /// Builds all reports and publishes them below a folder, all or none.
    ///
    /// # Errors
    /// Returns what stopped a report, and what could not be written.
    pub fn build(&self, out: &Path) -> Result<Vec<Written>, Findings> {
        let documents = self.documents()?;
        let kit = Kit::read(&self.spec.layout, &self.spec.fonts, &self.spec.root)?;
        let jobs: Vec<(&Published, &Document)> = self.published.iter().zip(&documents).collect();
        let reports: Vec<Result<Vec<publish::File>, Findings>> =
            jobs.par_iter().map(|(published, document)| self.report(&kit, published, document)).collect();
        let mut files = Vec::new();
        let mut findings = Findings::new();
        for report in reports {
            match report {
                Ok(report) => files.extend(report),
                Err(more) => findings.extend(more),
            }
        }
        if findings.has_errors() {
            return Err(findings
                .into_iter()
                .map(|finding| self.at_character(finding))
                .collect::<Findings>()
                .in_order());
        }
        publish::publish(out, files)
    }

    /// Gives a finding on a character the place in the spec where that character is written.
    fn at_character(&self, finding: Finding) -> Finding {
        if !finding.code.ends_with("::missing-character") {
            return finding;
        }
        let number = finding.message.split_once("(U+").and_then(|(_, rest)| rest.split_once(')'));
        let character = number.and_then(|(number, _)| char::from_u32(u32::from_str_radix(number, 16).ok()?));
        let found =
            self.text.as_ref().zip(character).and_then(|(text, character)| text.find(character).zip(Some(character)));
        match found {
            Some((start, character)) => {
                let end = start + character.len_utf8();
                finding.at(Place::Span { file: self.spec.file.clone(), start, end })
            }
            None => finding,
        }
    }

    fn drawing<'a>(&'a self, published: &'a Published, document: &'a Document) -> draw::Drawing<'a> {
        draw::Drawing { spec: &self.spec, geography: self.geography.as_ref(), published, document }
    }

    fn report(&self, kit: &Kit, published: &Published, document: &Document) -> Result<Vec<publish::File>, Findings> {
        let name = &document.meta.file_name;
        let tables = compose::published_tables(&self.spec, published, document);
        let mut tables = serde_json::to_vec_pretty(&tables)
            .map_err(|error| Finding::error("internal::tables", error.to_string()))?;
        tables.push(b'\n');
        let pictures = self.drawing(published, document).pictures()?;
        let attachment = Attachment {
            name: format!("{name}.json"),
            mime: "application/json",
            description: document.meta.title.clone(),
            content: tables.clone(),
        };
        let pdf = typeset::access_copy(kit, document, &pictures, &[attachment])?;
        let mut files = vec![
            publish::File { path: format!("pdf/{name}.pdf"), content: pdf },
            publish::File { path: format!("tables/{name}.json"), content: tables },
        ];
        for (index, picture) in pictures.into_iter().enumerate() {
            let suffix = if index == 0 { String::new() } else { format!("-{}", index + 1) };
            files.push(publish::File { path: format!("maps/{name}{suffix}.png"), content: picture.png });
        }
        Ok(files)
    }
}

/// Tells whether two names are one file, where capitals make no difference too.
fn same_file(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn geography(spec: &Spec) -> Result<Option<Geography>, Findings> {
    let Some(map) = spec.maps.first() else { return Ok(None) };
    let shown = map.boundaries.strip_prefix(&spec.root).unwrap_or(&map.boundaries).to_string_lossy().into_owned();
    Ok(Some(Geography::open(map.boundaries.clone(), shown, map.vintage)?))
}

/// Keeps the reports that were asked for.
fn choose(spec: &mut Spec, only: &[String]) -> Result<(), Findings> {
    if only.is_empty() {
        return Ok(());
    }
    let mut findings = Findings::new();
    let mut chosen = Vec::new();
    for code in only {
        let reported = spec.reports.iter().copied();
        match reported.clone().find(|index| spec.jurisdictions[*index].code == *code) {
            Some(index) => chosen.push(index),
            None => {
                let known: Vec<&str> = reported.map(|index| spec.jurisdictions[index].code.as_str()).collect();
                let help = match crate::diag::nearest(code, known.iter().copied()) {
                    Some(known) => Some(format!("did you mean `{known}`?")),
                    None if known.len() <= 12 => Some(format!("it has reports for `{}`", known.join("`, `"))),
                    None => None,
                };
                let message = format!("the edition has no report for `{code}`");
                findings
                    .push(Finding::error("spec::unknown-jurisdiction", message).in_file(spec.file.clone()).help(help));
            }
        }
    }
    spec.reports.retain(|index| chosen.contains(index));
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}
