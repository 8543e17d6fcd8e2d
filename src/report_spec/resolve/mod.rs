//! Turns a spec as written into a resolved one, and reports everything that does not fit together.

mod accept;
mod content;
mod data;
mod diags;
mod figures;
mod jurisdictions;
mod key;
mod language;
mod lists;
mod maps;
mod names;
mod notes;
mod revision;
mod rules;
mod tables;
mod test;
mod thresholds;
mod whole;

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::diag::{Finding, Findings, Place, code};
use crate::unit::Digest;

use super::model::{
    CodeList, CodeListId, Jurisdiction, JurisdictionId, Population, PopulationId, ProseFigures, Source, SourceId, Spec,
    TiVec,
};
use super::number_words::NumberWords;
use super::prose::{Checked, Engine, Prose};
use super::raw::{self, SpecFile};
use super::read::Yaml;
use super::root::{self, Places};

/// What is resolved so far, and what is wrong so far.
pub(super) struct Resolver<'a> {
    yaml: &'a Yaml,
    root: PathBuf,
    /// Where the key and the data are, where that is not where the spec says.
    places: &'a Places,
    engine: Engine,
    findings: Findings,
    /// Placeholders that prose may use.
    known: BTreeSet<String>,
    jurisdictions: TiVec<JurisdictionId, Jurisdiction>,
    lists: TiVec<CodeListId, CodeList>,
    sources: TiVec<SourceId, Source>,
    populations: TiVec<PopulationId, Population>,
    notes: BTreeSet<String>,
    /// Numbers in words.
    numbers: NumberWords,
    /// The edition's threshold.
    threshold: u64,
    /// The texts so far, held against the thresholds when these are known.
    texts: Vec<Prose>,
    /// The figures that texts and conditions name so far.
    in_prose: ProseFigures,
}

/// Texts of the edition as a whole.
struct Texts {
    title: Prose,
    subject: Prose,
    output: Prose,
    notice: Option<Prose>,
    running_head: (Prose, Prose),
}

/// Resolves a decoded spec.
///
/// # Errors
/// Returns every fault.
pub(super) fn resolve(raw: SpecFile, yaml: &Yaml, root: PathBuf, places: &Places) -> Result<Spec, Findings> {
    let mut resolver = Resolver {
        yaml,
        root,
        places,
        engine: Engine::new(),
        findings: Findings::new(),
        known: BTreeSet::new(),
        jurisdictions: TiVec::new(),
        lists: TiVec::new(),
        sources: TiVec::new(),
        populations: TiVec::new(),
        notes: raw.notes.keys().cloned().collect(),
        numbers: number_words(&raw.language),
        threshold: raw.small_counts.threshold,
        texts: Vec::new(),
        in_prose: ProseFigures::default(),
    };
    let spec = resolver.spec(raw);
    match spec {
        Some(spec) if !resolver.findings.has_errors() => Ok(Spec { remarks: resolver.findings, ..spec }),
        _ => Err(resolver.findings),
    }
}

fn number_words(language: &raw::Language) -> NumberWords {
    NumberWords::new(language.locale.split(['_', '-']).next().unwrap_or_default(), &language.numbers)
}

impl Resolver<'_> {
    fn texts(&mut self, raw: &SpecFile) -> Texts {
        Texts {
            title: self.prose(&["title"], &raw.title),
            subject: self.prose(&["subject"], &raw.subject),
            output: self.prose(&["output"], &raw.output),
            notice: raw.notice.as_ref().map(|notice| self.prose(&["notice"], notice)),
            running_head: (
                self.prose(&["running_head", "series"], &raw.running_head.series),
                self.prose(&["running_head", "line"], &raw.running_head.line),
            ),
        }
    }

    fn reference(&mut self, raw: Option<&raw::Reference>) -> Option<(PathBuf, String)> {
        let raw = raw?;
        Some((self.file(&["reference", "file"], &raw.file)?, raw.nation.clone()))
    }

    fn period(&mut self, raw: &raw::Period) -> Option<(NaiveDate, NaiveDate)> {
        let from = self.date(&["period", "from"], &raw.from);
        let to = self.date(&["period", "to"], &raw.to);
        let (from, to) = (from?, to?);
        if to < from {
            self.error(code::spec::BAD_VALUE, &["period", "to"], "the period ends before it begins");
        }
        Some((from, to))
    }

    /// Reads the edition's secret and derives its keys: of the order in which further rows are hidden, and of the
    /// digests of case data. Without a secret the order is known to all, and case data get no digest.
    fn keys(&mut self, raw: Option<&str>) -> Option<([u8; 16], Option<Digest>)> {
        let at = ["small_counts", "key_file"];
        let path = match (&self.places.key_file, raw) {
            (Some(path), _) => path.clone(),
            (None, Some(raw)) => {
                let found = root::anywhere(&self.root, raw);
                found.map_err(|message| self.error(code::spec::PATH, &at, message)).ok()?
            }
            (None, None) => return Some(([0; 16], None)),
        };
        let place = match &self.places.key_file {
            Some(path) => Some(Place::File { file: path.to_string_lossy().into() }),
            None => self.place(&at),
        };
        let bytes = match key::read(&path) {
            Ok(bytes) => bytes,
            Err(message) => {
                self.findings.push(Finding::error(code::spec::KEY, message).at(place));
                return None;
            }
        };
        for message in key::weaknesses(&path, &bytes) {
            let warning = Finding::warning(code::spec::WEAK_KEY, message).at(place.clone());
            self.findings.push(warning.help("16 random bytes or more, for their owner alone: mode 600".to_owned()));
        }
        let mut hasher = siphasher::sip128::SipHasher24::new();
        std::hash::Hasher::write(&mut hasher, &bytes);
        let order = siphasher::sip128::Hasher128::finish128(&hasher).as_bytes();
        Some((order, Some(Digest::keyed(&bytes, b"digests of case data"))))
    }

    fn date(&mut self, path: &[&str], text: &str) -> Option<NaiveDate> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if date.is_none() {
            self.error(code::spec::BAD_VALUE, path, format!("`{text}` is no date like 2016-12-31"));
        }
        date
    }

    /// Resolves the path of a file, or of a pattern of files.
    fn file(&mut self, path: &[&str], raw: &str) -> Option<PathBuf> {
        let found = self.path(path, raw)?;
        if found.is_dir() {
            self.error(code::spec::PATH, path, format!("`{raw}` is a folder, and a file is needed"));
            return None;
        }
        Some(found)
    }

    /// Resolves the path of a folder.
    fn folder(&mut self, path: &[&str], raw: &str) -> Option<PathBuf> {
        let found = self.path(path, raw)?;
        if !found.is_dir() {
            self.error(code::spec::PATH, path, format!("`{raw}` is a file, and a folder is needed"));
            return None;
        }
        Some(found)
    }

    fn path(&mut self, path: &[&str], raw: &str) -> Option<PathBuf> {
        let found = root::inside(&self.root, raw);
        found.map_err(|message| self.error(code::spec::PATH, path, message)).ok()
    }

    /// Checks a template and keeps its place.
    fn prose(&mut self, path: &[&str], text: &str) -> Prose {
        self.prose_for(None, path, text)
    }

    /// Checks a template whose text `reader`, another template, takes as a value.
    fn prose_for(&mut self, reader: Option<&str>, path: &[&str], text: &str) -> Prose {
        let prose = Prose { text: text.to_owned(), place: self.place(path) };
        let checked = self.engine.check_for(reader, &prose, &self.known);
        self.template_findings(checked);
        self.note_calls(&prose);
        self.threshold_in_words(&prose, self.threshold);
        self.texts.push(prose.clone());
        prose
    }

    /// Reports the faults of a template, each at the name that is at fault where the spec shows it, and notes the figures that it
    /// names.
    fn template_findings(&mut self, checked: Checked) {
        for fault in checked.faults {
            let mut finding = fault.finding;
            if let Some((name, nth)) = fault.name {
                finding.place = self.yaml.tree.name_in(finding.place, &name, nth);
            }
            self.findings.push(finding);
        }
        for name in checked.names {
            let mut keys = name.split('.');
            let (root, figure) = (keys.next(), keys.next().unwrap_or_default());
            let population = self.populations.position(|population| population.name == figure);
            match (root, population) {
                (Some("figures"), Some(population)) => _ = self.in_prose.totals.insert(population),
                (Some("national"), Some(population)) => _ = self.in_prose.national.insert(population),
                (Some("ranks"), _) => _ = self.in_prose.ranks.insert(figure.to_owned()),
                _ => {}
            }
        }
    }
}
