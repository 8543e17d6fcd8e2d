//! The spec as a whole: every part in its turn, and nothing given up before all faults are told.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::Findings;
use crate::spec::language::Language;
use crate::spec::model::{Accept, CounterRow, HiddenWords, Map, Override, Spec, Table};
use crate::spec::written::SpecFile;

use super::{Resolver, names};

/// Figures of the edition.
struct Figures {
    hidden: HiddenWords,
    tables: Vec<Table>,
    overrides: Vec<Override>,
    counters: Vec<CounterRow>,
    maps: Vec<Map>,
    ranks: IndexMap<String, usize>,
    accept: Vec<Accept>,
}

impl Resolver<'_> {
    pub(super) fn spec(&mut self, written: SpecFile) -> Option<Spec> {
        let language = self.language(&written.language);
        self.known = names::known(&written);
        let (period, data_date) = (self.period(&written.period), self.date(&["data_date"], &written.data_date));
        self.jurisdictions = self.jurisdictions(&written.jurisdictions);
        let (reports, coverage) = self.reported(&written);
        self.records(&written);
        let figures = self.figures(&written, language.as_ref());
        let notes = self.note_texts(&written.notes);
        let content = self.content(&written);
        let revision = self.revision(&written);
        let [layout, fonts] =
            [("layout", &written.layout), ("fonts", &written.fonts)].map(|(key, path)| self.folder(&[key], path));
        let keys = self.keys(written.small_counts.key_file.as_deref());
        let reference = self.reference(written.reference.as_ref());
        let texts = self.texts(&written);
        self.thresholds(&written, &figures.tables, &figures.maps);
        // Everything is looked at before anything is given up, so that all faults are told.
        let (key, data_key) = keys?;
        Some(Spec {
            file: self.yaml.name.clone(),
            root: self.root.clone(),
            edition: written.edition.0,
            title: texts.title,
            publisher: written.publisher,
            subject: texts.subject,
            keywords: written.keywords,
            output: texts.output,
            notice: texts.notice,
            layout: layout?,
            fonts: fonts?,
            language: language?,
            numbers: std::mem::take(&mut self.numbers),
            remarks: Findings::new(),
            period: period?,
            data_date: data_date?,
            reports,
            coverage,
            reference,
            ranks: figures.ranks,
            key,
            data_key,
            hidden: figures.hidden,
            accept: figures.accept,
            overrides: figures.overrides,
            notes,
            counters: figures.counters,
            tables: figures.tables,
            maps: figures.maps,
            running_head: texts.running_head,
            content,
            revision,
            jurisdictions: std::mem::take(&mut self.jurisdictions),
            sources: std::mem::take(&mut self.sources),
            lists: std::mem::take(&mut self.lists),
            populations: std::mem::take(&mut self.populations),
        })
    }

    /// Resolves figures, what they look like where they are hidden, and how they are published.
    fn figures(&mut self, written: &SpecFile, language: Option<&Language>) -> Figures {
        let hidden = self.hidden(written, language);
        let tables = self.tables(&written.tables, &hidden);
        let overrides = self.overrides(&written.overrides, &tables);
        let counters = self.counter_rows(&written.counters);
        language.iter().for_each(|language| self.label_forms(&written.counters, language));
        let maps = self.maps(&written.maps, &hidden);
        let ranks = self.ranks(&written.ranks);
        Figures { hidden, tables, overrides, counters, maps, ranks, accept: self.accepted(written) }
    }

    /// Resolves which jurisdictions have a report, and of which all records are here.
    fn reported(&mut self, written: &SpecFile) -> (Vec<usize>, BTreeSet<usize>) {
        let reports = self.reports(written.reports.as_deref(), &written.jurisdictions);
        let coverage = self.coverage(written.coverage.as_deref(), &reports);
        (reports, coverage)
    }

    /// Resolves code lists, sources, and what is counted of them; each needs those before it.
    fn records(&mut self, written: &SpecFile) {
        self.lists = self.lists(&written.code_lists);
        self.sources = self.sources(&written.sources);
        self.populations = self.populations(&written.populations);
    }
}
