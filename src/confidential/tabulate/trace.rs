//! Which records a figure counts: for a local review of what changed, never for a report.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::boundaries::{Geography, Geoid};
use crate::confidential::data::{self, Whole};
use crate::diag::Findings;
use crate::report_spec::{
    CodeListId, ColumnType, CounterRowId, JurisdictionId, MapId, PopulationId, Rows, SourceId, Spec, Table, TableId,
    TiVec,
};

use super::assign::{Assigned, Home, assign};
use super::count::mark;
use super::plan::{CountPlan, Tally, TallyId};

/// A figure whose records are wanted.
#[derive(Debug, Clone)]
pub enum Figure<'a> {
    /// The total of a population, as a whole.
    Population(PopulationId),
    /// A counter, by its row and its place in it.
    Counter(CounterRowId, usize),
    /// All records that a table counts.
    Total(TableId),
    /// A row of a table, by its codes from the top down.
    Row(TableId, &'a [String]),
    /// The row that takes in what has no row of its own: the code above it, and the codes beside it.
    Rest(TableId, Option<&'a str>, Vec<&'a str>),
    /// A county of a map, by its GEOID.
    County(MapId, &'a str),
}

/// The records of an edition, with what each figure counts: confidential.
///
/// There is no way to print or to write it as a whole.
pub struct Trace<'a> {
    spec: &'a Spec,
    plan: CountPlan,
    wholes: TiVec<SourceId, Whole>,
    /// For each source, the place of each record by its identifier.
    places: TiVec<SourceId, HashMap<Box<str>, usize>>,
    /// For each map, the counties of each case by its number.
    counties: TiVec<MapId, HashMap<u32, BTreeSet<u32>>>,
}

/// Tells whether a figure keeps a record of its population.
type Keep<'k> = Box<dyn Fn(&Whole, usize) -> bool + 'k>;

impl std::fmt::Debug for Trace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trace(…)")
    }
}

/// Records of a source, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The source.
    pub source: SourceId,
    /// Their places.
    pub records: Vec<usize>,
}

impl<'a> Trace<'a> {
    /// Reads all records of an edition.
    ///
    /// # Errors
    /// Returns every violation of the data contract, and points that lie in no county.
    pub fn read(spec: &'a Spec, geography: Option<&Geography>) -> Result<Self, Findings> {
        let wholes = data::read_whole(spec, geography.map(Geography::index))?;
        let places = spec.sources.iter().zip(&wholes).map(|(source, whole)| {
            let Some(id) = source.column_of(ColumnType::Id).filter(|_| !whole.ids.is_empty()) else {
                return HashMap::new();
            };
            let numbers = whole.batch.columns[id].iter().enumerate();
            numbers.map(|(record, number)| (whole.ids[*number as usize - 1].clone(), record)).collect()
        });
        let places = places.collect();
        let mut trace = Self { spec, plan: CountPlan::of(spec), wholes, places, counties: TiVec::new() };
        trace.counties = spec.maps.keys().map(|map| trace.counties_of(map, geography)).collect::<Result<_, _>>()?;
        Ok(trace)
    }

    /// Finds the counties of the cases of a map.
    fn counties_of(&self, map: MapId, geography: Option<&Geography>) -> Result<HashMap<u32, BTreeSet<u32>>, Findings> {
        let mut counties: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        let through = self.spec.maps[map].through;
        let population = &self.spec.populations[self.spec.maps[map].population];
        let cases = population.source;
        let source = &self.spec.sources[through];
        let reference = source.columns.iter().position(|column| column.source == Some(cases));
        let (Some(reference), Some(county)) = (reference, source.column_of(ColumnType::County)) else {
            return Ok(counties);
        };
        let (homes, of_reports) = (self.homes(cases, population.jurisdiction), Home::of_reports(self.spec, geography));
        let batch = &self.wholes[through].batch;
        for record in 0..batch.len() {
            let case = batch.columns[reference][record];
            let given = (batch.columns[county][record], batch.points[record]);
            let home = homes.get(&case).and_then(|home| of_reports[*home]);
            let found = match home {
                Some(home) => match assign(home, given, self.spec.maps[map].tolerance, geography)? {
                    Assigned::County { county, .. } => Some(county),
                    _ => None,
                },
                None => Some(given.0).filter(|county| *county > 0),
            };
            counties.entry(case).or_default().extend(found);
        }
        Ok(counties)
    }

    /// The jurisdiction of each record of a source, by the record's number.
    fn homes(&self, source: SourceId, jurisdiction: usize) -> HashMap<u32, JurisdictionId> {
        let Some(id) = self.spec.sources[source].column_of(ColumnType::Id) else { return HashMap::new() };
        let columns = &self.wholes[source].batch.columns;
        let home =
            |value: u32| JurisdictionId::of_number(value).filter(|home| *home < self.spec.jurisdictions.next_key());
        let records = columns[id].iter().zip(&columns[jurisdiction]);
        records.filter_map(|(number, value)| Some((*number, home(*value)?))).collect()
    }

    /// Returns the records that a figure counts in a jurisdiction, or in all of them.
    pub fn members(&self, jurisdiction: Option<JurisdictionId>, figure: &Figure<'_>) -> Members {
        let (tally, keep): (&Tally, Keep<'_>) = match figure {
            Figure::Population(population) => (self.tally(self.plan.populations[*population]), Box::new(|_, _| true)),
            Figure::Counter(row, at) => (self.tally(self.plan.counters[*row][*at]), Box::new(|_, _| true)),
            Figure::Total(table) => (self.tally(self.plan.tables[*table].total), Box::new(|_, _| true)),
            Figure::Row(table, codes) => {
                let keep = move |whole: &Whole, record| self.is_in_row(*table, codes, whole, record);
                (self.tally(self.plan.tables[*table].total), Box::new(keep))
            }
            Figure::Rest(table, parent, shown) => {
                let keep = move |whole: &Whole, record| self.is_in_rest(*table, *parent, shown, whole, record);
                (self.tally(self.plan.tables[*table].total), Box::new(keep))
            }
            Figure::County(map, geoid) => {
                let population = self.spec.maps[*map].population;
                let keep = move |whole: &Whole, record| self.is_in_county(*map, geoid, whole, record);
                (self.tally(self.plan.populations[population]), Box::new(keep))
            }
        };
        let whole = &self.wholes[tally.source];
        let mut marks = Vec::new();
        mark(tally, &whole.batch, &mut marks);
        let jurisdictions = &whole.batch.columns[tally.jurisdiction];
        let is_here = |record: &usize| match jurisdiction.filter(|one| !self.spec.jurisdictions[*one].nation) {
            Some(jurisdiction) => jurisdictions[*record] == jurisdiction.number(),
            None => jurisdictions[*record] > 0,
        };
        let records = (0..marks.len()).filter(|record| marks[*record] && is_here(record) && keep(whole, *record));
        Members { source: tally.source, records: records.collect() }
    }

    fn tally(&self, at: TallyId) -> &Tally {
        &self.plan.tallies[at]
    }

    /// The number of a code in a list, below its parent where it has one.
    fn number(&self, list: CodeListId, code: &str, parent: Option<&str>) -> Option<u32> {
        let codes = self.spec.lists[list].codes.iter();
        let fits = |one: &crate::report_spec::Code| {
            one.code == code && parent.is_none_or(|parent| one.parent.as_deref() == Some(parent))
        };
        let at = codes.clone().position(fits)?;
        u32::try_from(at + 1).ok()
    }

    fn is_in_row(&self, table: TableId, codes: &[String], whole: &Whole, record: usize) -> bool {
        let is = |column: usize, number: Option<u32>| number == Some(whole.batch.columns[column][record]);
        match (&self.spec.tables[table].rows, codes) {
            (Rows::Codes { column, list }, [code]) | (Rows::Tree { column, list, .. }, [code]) => {
                is(*column, self.number(*list, code, None))
            }
            (Rows::Tree { column, list, child_column, child_list, .. }, [parent, code]) => {
                is(*column, self.number(*list, parent, None))
                    && is(*child_column, self.number(*child_list, code, Some(parent)))
            }
            (Rows::Flags { list, columns }, [code]) => {
                let flag = self.spec.lists[*list].codes.iter().position(|one| one.code == *code);
                flag.is_some_and(|flag| whole.batch.columns[columns[flag]][record] == 2)
            }
            _ => false,
        }
    }

    fn is_in_rest(&self, table: TableId, parent: Option<&str>, shown: &[&str], whole: &Whole, record: usize) -> bool {
        let Table { rows, .. } = &self.spec.tables[table];
        let below = |parent: &str| self.is_in_row(table, &[parent.to_owned()], whole, record);
        let (list, column) = match (rows, parent) {
            (Rows::Codes { column, list }, None) => (*list, *column),
            (Rows::Tree { child_column, child_list, .. }, Some(parent)) if below(parent) => {
                (*child_list, *child_column)
            }
            _ => return false,
        };
        let number = whole.batch.columns[column][record];
        number > 0 && !shown.iter().any(|code| self.number(list, code, parent) == Some(number))
    }

    fn is_in_county(&self, map: MapId, geoid: &str, whole: &Whole, record: usize) -> bool {
        let source = self.spec.populations[self.spec.maps[map].population].source;
        let Some(id) = self.spec.sources[source].column_of(ColumnType::Id) else { return false };
        let Ok(county) = geoid.parse::<u32>() else { return false };
        self.counties[map].get(&whole.batch.columns[id][record]).is_some_and(|counties| counties.contains(&county))
    }

    /// Returns a record's identifier; none in a source without.
    pub fn id(&self, source: SourceId, record: usize) -> Option<&str> {
        let id = self.spec.sources[source].column_of(ColumnType::Id)?;
        let number = self.wholes[source].batch.columns[id][record] as usize;
        Some(self.wholes[source].ids.get(number.checked_sub(1)?)?)
    }

    /// Finds a record by its identifier.
    pub fn find(&self, source: SourceId, id: &str) -> Option<usize> {
        self.places[source].get(id).copied()
    }

    /// Returns the values of a record by column, in words; points are left out.
    pub fn values(&self, source: SourceId, record: usize) -> Vec<(&str, String)> {
        let columns = self.spec.sources[source].columns.iter().enumerate();
        let told = columns.filter(|(_, column)| {
            !matches!(column.kind, ColumnType::Id | ColumnType::Longitude | ColumnType::Latitude)
        });
        let value = |at: usize| self.wholes[source].batch.columns[at][record];
        told.map(|(at, column)| (column.name.as_str(), self.words(source, at, value(at)))).collect()
    }

    /// The counties of a case, for a map.
    pub fn counties(&self, map: MapId, record: usize) -> Vec<String> {
        let source = self.spec.populations[self.spec.maps[map].population].source;
        let Some(id) = self.spec.sources[source].column_of(ColumnType::Id) else { return Vec::new() };
        let case = self.wholes[source].batch.columns[id][record];
        let counties = self.counties[map].get(&case).into_iter().flatten();
        counties.filter_map(|county| Some(Geoid::new(&format!("{county:05}"))?.as_str().to_owned())).collect()
    }

    fn words(&self, source: SourceId, column: usize, value: u32) -> String {
        let column = &self.spec.sources[source].columns[column];
        let Some(at) = (value as usize).checked_sub(1) else { return String::new() };
        match column.kind {
            ColumnType::Code => {
                let list = column.list.map(|list| self.spec.lists[list].codes.as_slice()).unwrap_or_default();
                list.get(at).map(|code| code.code.clone()).unwrap_or_default()
            }
            ColumnType::Jurisdiction => {
                self.spec.jurisdictions.get(JurisdictionId::from(at)).map(|one| one.code.clone()).unwrap_or_default()
            }
            ColumnType::Boolean => (value == 2).to_string(),
            ColumnType::Date => i32::try_from(value)
                .ok()
                .and_then(NaiveDate::from_num_days_from_ce_opt)
                .map(|date| date.to_string())
                .unwrap_or_default(),
            ColumnType::County => format!("{value:05}"),
            ColumnType::Reference => {
                let ids = column.source.map(|source| self.wholes[source].ids.as_slice()).unwrap_or_default();
                ids.get(at).map(|id| id.to_string()).unwrap_or_default()
            }
            ColumnType::Id | ColumnType::Longitude | ColumnType::Latitude => String::new(),
        }
    }

    /// The column that says to which jurisdiction the records of a figure count.
    pub fn jurisdiction_column(&self, figure: &Figure<'_>) -> &str {
        let population = match figure {
            Figure::Population(population) => *population,
            Figure::Counter(row, at) => self.spec.counters[*row].counters[*at].population,
            Figure::Total(table) | Figure::Row(table, _) | Figure::Rest(table, ..) => {
                self.spec.tables[*table].population
            }
            Figure::County(map, _) => self.spec.maps[*map].population,
        };
        let population = &self.spec.populations[population];
        &self.spec.sources[population.source].columns[population.jurisdiction].name
    }
}
