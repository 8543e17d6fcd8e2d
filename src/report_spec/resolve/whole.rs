//! The spec as a whole: every part in its turn, and nothing given up before all faults are told.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diag::Findings;
use crate::report_spec::language::Language;
use crate::report_spec::model::{
    CounterRow, CounterRowId, FigurePlaces, HiddenWords, JurisdictionId, Map, MapId, PopulationId, Protection, Spec,
    Table, TableId, TiVec,
};
use crate::report_spec::raw::SpecFile;

use super::diags::pointer;
use super::{Resolver, names};

/// Figures of the edition.
struct Figures {
    hidden: HiddenWords,
    tables: TiVec<TableId, Table>,
    counters: TiVec<CounterRowId, CounterRow>,
    maps: TiVec<MapId, Map>,
    ranks: IndexMap<String, PopulationId>,
    protection: Protection,
}

impl Resolver<'_> {
    pub(super) fn spec(&mut self, raw: SpecFile) -> Option<Spec> {
        let language = self.language(&raw.language);
        self.known = names::known(&raw);
        let (period, data_date) = (self.period(&raw.period), self.date(&["data_date"], &raw.data_date));
        self.jurisdictions = self.jurisdictions(&raw.jurisdictions);
        let (reports, coverage) = self.reported(&raw);
        self.records(&raw);
        let keys = self.keys(raw.small_counts.key_file.as_deref());
        let figures = self.figures(&raw, language.as_ref(), keys.map(|(key, _)| key).unwrap_or_default());
        let notes = self.note_texts(&raw.notes);
        let content = self.content(&raw);
        let revision = self.revision(&raw);
        let [layout, fonts] =
            [("layout", &raw.layout), ("fonts", &raw.fonts)].map(|(key, path)| self.folder(&[key], path));
        let reference = self.reference(raw.reference.as_ref());
        let texts = self.texts(&raw);
        let places = self.figure_places(&raw);
        self.thresholds(&raw, &figures.tables, &figures.maps);
        // Everything is looked at before anything is given up, so that all faults are told.
        let (_, data_key) = keys?;
        Some(Spec {
            file: self.yaml.name.clone(),
            root: self.root.clone(),
            edition: raw.edition.0,
            title: texts.title,
            publisher: raw.publisher,
            subject: texts.subject,
            keywords: raw.keywords,
            output: texts.output,
            notice: texts.notice,
            layout: layout?,
            fonts: fonts?,
            language: language?,
            numbers: std::mem::take(&mut self.numbers),
            remarks: Findings::new(),
            period: period?,
            data_date: data_date?,
            released: reports.clone(),
            reports,
            coverage,
            places,
            in_prose: std::mem::take(&mut self.in_prose),
            reference,
            ranks: figures.ranks,
            protection: figures.protection,
            data_key,
            hidden: figures.hidden,
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
    fn figures(&mut self, raw: &SpecFile, language: Option<&Language>, key: [u8; 16]) -> Figures {
        let hidden = self.hidden(raw, language);
        let tables = self.tables(&raw.tables, &hidden);
        let overrides = self.overrides(&raw.overrides, &tables);
        let counters = self.counter_rows(&raw.counters);
        if let Some(language) = &language {
            self.label_forms(&raw.counters, language);
        }
        let maps = self.maps(&raw.maps, &hidden);
        let ranks = self.ranks(&raw.ranks);
        let withheld = raw.small_counts.withheld.as_ref();
        let protection = Protection {
            policy: raw.small_counts.policy,
            insider: raw.small_counts.insider,
            withheld: withheld.map(|text| self.prose(&["small_counts", "withheld"], text)),
            key,
            accept: self.accepted(raw, &tables, &counters),
            overrides,
        };
        Figures { hidden, tables, counters, maps, ranks, protection }
    }

    /// Finds where the figures are defined.
    fn figure_places(&self, raw: &SpecFile) -> FigurePlaces {
        let places = |section: &str, names: Vec<&String>| {
            let place = |name: &String| Some((name.clone(), self.yaml.tree.key(&pointer(&[section, name]))?));
            names.into_iter().filter_map(place).collect()
        };
        FigurePlaces {
            tables: places("tables", raw.tables.keys().collect()),
            counters: places("counters", raw.counters.keys().collect()),
            maps: places("maps", raw.maps.keys().collect()),
            populations: places("populations", raw.populations.keys().collect()),
        }
    }

    /// Resolves which jurisdictions have a report, and of which all records are here.
    fn reported(&mut self, raw: &SpecFile) -> (Vec<JurisdictionId>, BTreeSet<JurisdictionId>) {
        let reports = self.reports(raw.reports.as_deref(), &raw.jurisdictions);
        let coverage = self.coverage(raw.coverage.as_deref(), &reports);
        (reports, coverage)
    }

    /// Resolves code lists, sources, and what is counted of them; each needs those before it.
    fn records(&mut self, raw: &SpecFile) {
        self.lists = self.lists(&raw.code_lists);
        self.sources = self.sources(&raw.sources);
        self.populations = self.populations(&raw.populations);
    }
}
