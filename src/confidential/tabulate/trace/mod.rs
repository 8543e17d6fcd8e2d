//! Which records a figure counts: for a local review of what changed, never for a report.

mod figure;

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::boundaries::Geography;
use crate::confidential::data::{self, RecordId, Whole};
use crate::diag::Findings;
use crate::report_spec::{CodeId, ColumnId, ColumnType, JurisdictionId, MapId, SourceId, Spec, TRUE, TiVec};

use super::assign::{Assigned, Home, assign};
use super::plan::CountPlan;

/// The records of an edition, with what each figure counts: confidential.
///
/// There is no way to print or to write it as a whole.
pub struct Trace<'a> {
    spec: &'a Spec,
    plan: CountPlan,
    wholes: TiVec<SourceId, Whole>,
    /// For each source, the place of each record by its identifier.
    places: TiVec<SourceId, HashMap<Box<str>, RecordId>>,
    /// For each map, the counties of each case by its number.
    counties: TiVec<MapId, HashMap<u32, BTreeSet<u32>>>,
}

impl std::fmt::Debug for Trace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Trace(…)")
    }
}

/// Records of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The source.
    pub source: SourceId,
    /// The records.
    pub records: Vec<RecordId>,
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
            let of_record = |record| (whole.ids[whole.value(id, record) as usize - 1].clone(), record);
            whole.records().map(of_record).collect()
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
        let reference = source.columns.position(|column| column.source == Some(cases));
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
    fn homes(&self, source: SourceId, jurisdiction: ColumnId) -> HashMap<u32, JurisdictionId> {
        let Some(id) = self.spec.sources[source].column_of(ColumnType::Id) else { return HashMap::new() };
        let columns = &self.wholes[source].batch.columns;
        let home =
            |value: u32| JurisdictionId::of_number(value).filter(|home| *home < self.spec.jurisdictions.next_key());
        let records = columns[id].iter().zip(&columns[jurisdiction]);
        records.filter_map(|(number, value)| Some((*number, home(*value)?))).collect()
    }

    /// Returns a record's identifier; none in a source without.
    pub fn id(&self, source: SourceId, record: RecordId) -> Option<&str> {
        let id = self.spec.sources[source].column_of(ColumnType::Id)?;
        let number = self.wholes[source].value(id, record) as usize;
        Some(self.wholes[source].ids.get(number.checked_sub(1)?)?)
    }

    /// Finds a record by its identifier.
    pub fn find(&self, source: SourceId, id: &str) -> Option<RecordId> {
        self.places[source].get(id).copied()
    }

    /// Returns the values of a record by column, in words; points are left out.
    pub fn values(&self, source: SourceId, record: RecordId) -> Vec<(&str, String)> {
        let columns = self.spec.sources[source].columns.iter_enumerated();
        let told = columns.filter(|(_, column)| {
            !matches!(column.kind, ColumnType::Id | ColumnType::Longitude | ColumnType::Latitude)
        });
        let value = |at: ColumnId| self.wholes[source].value(at, record);
        told.map(|(at, column)| (column.name.as_str(), self.words(source, at, value(at)))).collect()
    }

    fn words(&self, source: SourceId, column: ColumnId, value: u32) -> String {
        let column = &self.spec.sources[source].columns[column];
        let Some(at) = (value as usize).checked_sub(1) else { return String::new() };
        match column.kind {
            ColumnType::Code => {
                let code = column.list.zip(CodeId::of_number(value));
                let code = code.and_then(|(list, code)| self.spec.lists[list].codes.get(code));
                code.map(|code| code.code.clone()).unwrap_or_default()
            }
            ColumnType::Jurisdiction => self
                .spec
                .jurisdictions
                .get(JurisdictionId::from(at))
                .map(|jurisdiction| jurisdiction.code.clone())
                .unwrap_or_default(),
            ColumnType::Boolean => (value == TRUE).to_string(),
            ColumnType::Date => i32::try_from(value)
                .ok()
                .and_then(NaiveDate::from_num_days_from_ce_opt)
                .map(|date| date.to_string())
                .unwrap_or_default(),
            ColumnType::County => format!("{value:05}"),
            ColumnType::Reference => {
                let ids = column.source.map(|source| self.wholes[source].ids.as_slice()).unwrap_or_default();
                ids.get(at).map(ToString::to_string).unwrap_or_default()
            }
            ColumnType::Id | ColumnType::Longitude | ColumnType::Latitude => String::new(),
        }
    }
}
