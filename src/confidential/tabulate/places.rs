//! Cases by county, through a source that holds several places for a case.

use std::collections::{BTreeMap, HashSet};

use crate::boundaries::{Geography, Geoid};
use crate::confidential::data::Batch;
use crate::diag::Findings;
use crate::report_spec::{ColumnId, ColumnType, JurisdictionId, Map, MapId, SourceId, Spec, Test, TiVec};
use crate::unit::Count;

use super::assign::{Assigned, Home, assign};
use super::locations::{Line, Locations, Sighted};
use super::plan::{Key, Tally};
use super::test::mark;

/// Counts distinct cases by county for every map.
pub(super) struct Places<'a> {
    spec: &'a Spec,
    geography: Option<&'a Geography>,
    /// For each jurisdiction, whose locations its maps want to know.
    homes: TiVec<JurisdictionId, Option<Home<'a>>>,
    maps: TiVec<MapId, Progress>,
    broken: Option<Findings>,
}

/// What is known of one map so far.
struct Progress {
    cases: Tally,
    /// Column of the case's id in its source.
    id: Option<ColumnId>,
    /// For each case by number, its jurisdiction plus one; 0 where it is not of the population.
    members: Vec<u32>,
    seen: HashSet<(u32, u32)>,
    counts: TiVec<JurisdictionId, BTreeMap<Geoid, u64>>,
    sighted: Sighted,
}

/// Cases by county for each map and jurisdiction.
type ByCounty = TiVec<MapId, TiVec<JurisdictionId, BTreeMap<Geoid, Count>>>;

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
                counts: vec![BTreeMap::new(); spec.jurisdictions.len()].into(),
                sighted: Sighted::default(),
            }
        };
        let maps = spec.maps.iter().map(progress).collect();
        Self { spec, geography, homes: Home::of_reports(spec, geography), maps, broken: None }
    }

    /// Takes a batch of cases, or of their places; cases come first.
    pub(super) fn add(&mut self, source: SourceId, batch: &Batch) {
        for map in self.spec.maps.keys() {
            if self.maps[map].cases.source == source {
                self.maps[map].add_cases(batch);
            }
            if self.spec.maps[map].through == source && self.broken.is_none() {
                self.broken = self.add_places(map, batch).err();
            }
        }
    }

    fn add_places(&mut self, id: MapId, batch: &Batch) -> Result<(), Findings> {
        let map = &self.spec.maps[id];
        let source = &self.spec.sources[map.through];
        let cases = self.maps[id].cases.source;
        let Some(reference) = source.columns.position(|column| column.source == Some(cases)) else {
            return Ok(());
        };
        let Some(county) = source.column_of(ColumnType::County) else { return Ok(()) };
        let home = |progress: &Progress, record: usize| {
            let jurisdiction = progress.jurisdiction(batch.columns[reference][record])?;
            Some((jurisdiction, self.homes[jurisdiction]?))
        };
        if let Some(geography) = self.geography {
            let with_point = (0..batch.len()).filter(|record| batch.points[*record].is_some());
            let wanted = with_point.filter_map(|record| Some(home(&self.maps[id], record)?.1.code()));
            geography.locators_ahead(&wanted.collect());
        }
        let progress = &mut self.maps[id];
        for record in 0..batch.len() {
            let Some((jurisdiction, home)) = home(progress, record) else { continue };
            let given = (batch.columns[county][record], batch.points[record]);
            let assigned = assign(home, given, map.tolerance, self.geography)?;
            let line = || Line { file: batch.file.clone(), line: batch.lines[record] };
            progress.sighted.add(&assigned, line);
            if let Assigned::County { county, .. } = assigned {
                progress.count(batch.columns[reference][record], county, jurisdiction);
            }
        }
        Ok(())
    }

    /// Returns the counts of counties that belong to the case's jurisdiction, and what there is to tell of locations.
    pub(super) fn finish(self) -> Result<(ByCounty, Locations), Findings> {
        if let Some(findings) = self.broken {
            return Err(findings);
        }
        let (mut told, mut all) = (Vec::new(), Findings::new());
        for (progress, map) in self.maps.iter().zip(&self.spec.maps) {
            all.extend(progress.sighted.findings(map));
            told.push(progress.sighted.told(map));
        }
        let ((), warnings) = all.into_result(())?;
        let counted = |counts: BTreeMap<Geoid, u64>| {
            counts.into_iter().map(|(geoid, count)| (geoid, Count::new(count))).collect()
        };
        let of_map = |map: Progress| map.counts.into_iter().map(counted).collect();
        Ok((self.maps.into_iter().map(of_map).collect(), Locations { told, warnings }))
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

    /// The jurisdiction of a case; nothing where it is not of the population.
    fn jurisdiction(&self, case: u32) -> Option<JurisdictionId> {
        let member = self.members.get((case as usize).checked_sub(1)?)?;
        JurisdictionId::of_number(*member)
    }

    /// Counts a case once for each of its counties.
    fn count(&mut self, case: u32, county: u32, jurisdiction: JurisdictionId) {
        if !self.seen.insert((case, county)) {
            return;
        }
        if let Some(geoid) = Geoid::new(&format!("{county:05}")) {
            *self.counts[jurisdiction].entry(geoid).or_insert(0) += 1;
        }
    }
}
