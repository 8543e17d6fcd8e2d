//! Cases by county, through a source that holds several places for a case.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::boundaries::{Geography, Geoid};
use crate::data::Batch;
use crate::diag::{Finding, Findings, Place};
use crate::spec::{ColumnType, Map, Spec, Test};
use crate::unit::Count;

use super::count::mark;
use super::plan::{Key, Tally};

/// Counts distinct cases by county for every map.
pub(super) struct Places<'a> {
    spec: &'a Spec,
    geography: Option<&'a Geography>,
    maps: Vec<Progress>,
    findings: crate::diag::Tally,
    broken: Option<Finding>,
}

/// What is known of one map so far.
struct Progress {
    cases: Tally,
    /// Column of the case's id in its source.
    id: Option<usize>,
    /// For each case by number, its jurisdiction plus one; 0 where it is not of the population.
    members: Vec<u32>,
    seen: HashSet<(u32, u32)>,
    counts: Vec<BTreeMap<Geoid, u64>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(spec: &'a Spec, geography: Option<&'a Geography>) -> Self {
        let progress = |map: &Map| {
            let population = &spec.populations[map.population];
            let tests: Vec<Test> = population.filter.iter().cloned().collect();
            Progress {
                cases: Tally {
                    source: population.source,
                    jurisdiction: population.jurisdiction,
                    tests,
                    key: Key::Nothing,
                },
                id: spec.sources[population.source].column_of(ColumnType::Id),
                members: Vec::new(),
                seen: HashSet::new(),
                counts: vec![BTreeMap::new(); spec.jurisdictions.len()],
            }
        };
        Self {
            spec,
            geography,
            maps: spec.maps.iter().map(progress).collect(),
            findings: Default::default(),
            broken: None,
        }
    }

    /// Takes a batch of cases, or of their places; cases come first.
    pub(super) fn add(&mut self, source: usize, batch: &Batch) {
        for index in 0..self.maps.len() {
            if self.maps[index].cases.source == source {
                self.maps[index].add_cases(batch);
            }
            if self.spec.maps[index].through == source {
                self.add_places(index, batch);
            }
        }
    }

    fn add_places(&mut self, index: usize, batch: &Batch) {
        let source = &self.spec.sources[self.spec.maps[index].through];
        let cases = self.maps[index].cases.source;
        let Some(reference) = source.columns.iter().position(|column| column.source == Some(cases)) else { return };
        let Some(county) = source.column_of(ColumnType::County) else { return };
        for record in 0..batch.len() {
            let case = batch.columns[reference][record];
            let member =
                case.checked_sub(1).and_then(|case| self.maps[index].members.get(case as usize)).copied().unwrap_or(0);
            let Some(jurisdiction) = member.checked_sub(1).map(|jurisdiction| jurisdiction as usize) else { continue };
            let county = match (batch.columns[county][record], batch.points[record]) {
                (0, None) => continue,
                (0, Some(point)) => self.locate(jurisdiction, point, &batch.file, batch.lines[record]),
                (county, _) => Some(county),
            };
            if let Some(county) = county {
                self.maps[index].count(case, county, jurisdiction);
            }
        }
    }

    /// Finds the county of a point; a point in no county is reported, without its coordinates.
    fn locate(
        &mut self,
        jurisdiction: usize,
        (longitude, latitude): (f64, f64),
        file: &Arc<str>,
        line: u64,
    ) -> Option<u32> {
        let (code, geography) = (self.spec.jurisdictions[jurisdiction].code.as_str(), self.geography?);
        match geography.locate(Some(code), longitude, latitude) {
            Ok(Some(geoid)) => geoid.as_str().parse().ok(),
            // It may lie in a jurisdiction that is left out: no other one counts it either.
            Ok(None) if geography.is_partial() => None,
            Ok(None) => {
                self.findings.add("data::point-nowhere", || {
                    Finding::error("data::point-nowhere", "the point lies in no county of the boundaries")
                        .at(Place::Record { file: file.clone(), line, column: None })
                        .help("give its GEOID, or leave the place empty where it is not known".to_owned())
                });
                None
            }
            Err(finding) => {
                self.broken = Some(finding);
                None
            }
        }
    }

    /// Returns the counts of counties that belong to the case's jurisdiction.
    pub(super) fn finish(self) -> Result<Vec<Vec<BTreeMap<Geoid, Count>>>, Findings> {
        if let Some(finding) = self.broken {
            return Err(finding.into());
        }
        if !self.findings.is_empty() {
            return Err(self.findings.into_findings());
        }
        let counted = |counts: BTreeMap<Geoid, u64>| {
            counts.into_iter().map(|(geoid, count)| (geoid, Count::new(count))).collect()
        };
        let spec = self.spec;
        let of_map = |map: Progress| {
            let own = map.counts.into_iter().zip(&spec.jurisdictions).map(|(mut counts, jurisdiction)| {
                counts.retain(|geoid, _| Some(geoid.state()) == jurisdiction.fips.as_deref());
                counted(counts)
            });
            own.collect()
        };
        Ok(self.maps.into_iter().map(of_map).collect())
    }
}

impl Progress {
    fn add_cases(&mut self, batch: &Batch) {
        let Some(id) = self.id else { return };
        let mut marks = Vec::new();
        mark(&self.cases, batch, &mut marks);
        for (record, marked) in marks.into_iter().enumerate() {
            let case = batch.columns[id][record] as usize;
            if marked && case > 0 {
                self.members.resize(self.members.len().max(case), 0);
                self.members[case - 1] = batch.columns[self.cases.jurisdiction][record];
            }
        }
    }

    /// Counts a case once for each of its counties.
    fn count(&mut self, case: u32, county: u32, jurisdiction: usize) {
        if !self.seen.insert((case, county)) {
            return;
        }
        if let Some(geoid) = Geoid::new(&format!("{county:05}")) {
            *self.counts[jurisdiction].entry(geoid).or_insert(0) += 1;
        }
    }
}
