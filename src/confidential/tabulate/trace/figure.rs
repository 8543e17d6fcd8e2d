//! The records of a figure, by its name.

use crate::boundaries::Geoid;
use crate::confidential::data::{RecordId, Whole};
use crate::confidential::tabulate::plan::{Tally, TallyId};
use crate::confidential::tabulate::test::mark;
use crate::figures::{FigureId, ProseId, PublishedTables, RowId, RowRole};
use crate::report_spec::{
    Code, CodeId, CodeListId, ColumnId, ColumnType, CounterRowId, JurisdictionId, MapId, PopulationId, Rows, TRUE,
    TableId,
};

use super::{Members, Trace};

/// Tells whether a figure keeps a record of its population.
type Keep<'k> = Box<dyn Fn(&Whole, RecordId) -> bool + 'k>;

impl Trace<'_> {
    /// Returns the records that a figure counts in a jurisdiction, or in all of them where it is a national one; none where the
    /// spec has no such figure, and for a rank.
    ///
    /// Which categories a merged row takes in follows from what is published beside it.
    pub fn members(
        &self,
        jurisdiction: JurisdictionId,
        figure: &FigureId,
        published: Option<&PublishedTables>,
    ) -> Option<Members> {
        let (tally, keep): (TallyId, Keep<'_>) = match figure {
            FigureId::Prose(_) => (self.plan.populations[self.population(figure)?], Box::new(|_, _| true)),
            FigureId::Counter { row, name } => {
                let (row, at) = self.counter(row, name)?;
                (self.plan.counters[row][at], Box::new(|_, _| true))
            }
            FigureId::Table(table) => (self.plan.tables[self.table(table)?].total, Box::new(|_, _| true)),
            FigureId::Row { table, row } | FigureId::Cell { table, row, .. } => {
                let at = self.table(table)?;
                (self.plan.tables[at].total, self.row(at, row, published))
            }
            FigureId::County { map, county } => {
                let at = self.map(map)?;
                let population = self.spec.maps[at].population;
                let keep = move |whole: &Whole, record| self.is_in_county(at, county, whole, record);
                (self.plan.populations[population], Box::new(keep))
            }
        };
        let is_national = matches!(figure, FigureId::Prose(ProseId::National(_)));
        Some(self.kept(&self.plan.tallies[tally], (!is_national).then_some(jurisdiction), &keep))
    }

    /// The records of a sum in a jurisdiction, or in all of them, that a figure keeps.
    fn kept(&self, tally: &Tally, jurisdiction: Option<JurisdictionId>, keep: &Keep<'_>) -> Members {
        let whole = &self.wholes[tally.source];
        let mut marks = Vec::new();
        mark(tally, &whole.batch, &mut marks);
        let is_here = |record| match jurisdiction.filter(|place| !self.spec.jurisdictions[*place].nation) {
            Some(jurisdiction) => whole.value(tally.jurisdiction, record) == jurisdiction.number(),
            None => whole.value(tally.jurisdiction, record) > 0,
        };
        let marked = whole.records().zip(marks).filter(|(_, mark)| *mark).map(|(record, _)| record);
        let records = marked.filter(|record| is_here(*record) && keep(whole, *record)).collect();
        Members { source: tally.source, records }
    }

    /// Tells the records of a row from the others of its table.
    fn row<'k>(&'k self, table: TableId, row: &'k RowId, published: Option<&'k PublishedTables>) -> Keep<'k> {
        match row.role {
            RowRole::Total => Box::new(|_, _| true),
            RowRole::Merged => {
                let name = self.spec.tables[table].name.as_str();
                let published = published.and_then(|tables| tables.tables.iter().find(|table| table.id == name));
                let rows = published.into_iter().flat_map(|table| &table.rows);
                let beside = rows.filter(|other| {
                    !matches!(other.role, RowRole::Merged | RowRole::Total) && other.parent() == row.parent()
                });
                let shown: Vec<&str> = beside.filter_map(|row| row.key.last()).map(String::as_str).collect();
                Box::new(move |whole: &Whole, record| self.is_in_rest(table, row.parent(), &shown, whole, record))
            }
            RowRole::Row | RowRole::Subtotal | RowRole::Child => {
                Box::new(move |whole: &Whole, record| self.is_in_row(table, &row.codes, whole, record))
            }
        }
    }

    fn table(&self, name: &str) -> Option<TableId> {
        self.spec.tables.position(|table| table.name == name)
    }

    fn map(&self, name: &str) -> Option<MapId> {
        self.spec.maps.position(|map| map.name == name)
    }

    fn counter(&self, row: &str, name: &str) -> Option<(CounterRowId, usize)> {
        let row = self.spec.counters.position(|own| own.name == row)?;
        let mut counters = self.spec.counters[row].counters.iter();
        Some((row, counters.position(|counter| counter.name() == name)?))
    }

    /// The population that a figure counts records of.
    fn population(&self, figure: &FigureId) -> Option<PopulationId> {
        match figure {
            FigureId::Prose(ProseId::Total(name) | ProseId::National(name)) => {
                self.spec.populations.position(|population| population.name == *name)
            }
            FigureId::Prose(ProseId::Rank { .. }) => None,
            FigureId::Counter { row, name } => {
                let (row, at) = self.counter(row, name)?;
                Some(self.spec.counters[row].counters[at].population)
            }
            FigureId::Table(table) | FigureId::Row { table, .. } | FigureId::Cell { table, .. } => {
                Some(self.spec.tables[self.table(table)?].population)
            }
            FigureId::County { map, .. } => Some(self.spec.maps[self.map(map)?].population),
        }
    }

    /// The number of a code in a list, below its parent where it has one.
    fn number(&self, list: CodeListId, code: &str, parent: Option<&str>) -> Option<u32> {
        let fits = |own: &Code| own.code == code && parent.is_none_or(|parent| own.parent.as_deref() == Some(parent));
        self.spec.lists[list].codes.position(fits).map(CodeId::number)
    }

    fn is_in_row(&self, table: TableId, codes: &[String], whole: &Whole, record: RecordId) -> bool {
        let is = |column: ColumnId, number: Option<u32>| number == Some(whole.value(column, record));
        match (&self.spec.tables[table].rows, codes) {
            (Rows::Codes { column, list } | Rows::Tree { column, list, .. }, [code]) => {
                is(*column, self.number(*list, code, None))
            }
            (Rows::Tree { column, list, child_column, child_list, .. }, [parent, code]) => {
                is(*column, self.number(*list, parent, None))
                    && is(*child_column, self.number(*child_list, code, Some(parent)))
            }
            (Rows::Flags { list, columns }, [code]) => {
                let flag = self.spec.lists[*list].codes.position(|candidate| candidate.code == *code);
                flag.is_some_and(|flag| whole.value(columns[flag], record) == TRUE)
            }
            _ => false,
        }
    }

    fn is_in_rest(&self, table: TableId, parent: &[String], shown: &[&str], whole: &Whole, record: RecordId) -> bool {
        let (list, column) = match (&self.spec.tables[table].rows, parent) {
            (Rows::Codes { column, list } | Rows::Tree { column, list, .. }, []) => (*list, *column),
            (Rows::Tree { child_column, child_list, .. }, [_]) if self.is_in_row(table, parent, whole, record) => {
                (*child_list, *child_column)
            }
            _ => return false,
        };
        let (number, parent) = (whole.value(column, record), parent.first().map(String::as_str));
        number > 0 && !shown.iter().any(|code| self.number(list, code, parent) == Some(number))
    }

    fn is_in_county(&self, map: MapId, county: &Geoid, whole: &Whole, record: RecordId) -> bool {
        let source = self.spec.populations[self.spec.maps[map].population].source;
        let Some(id) = self.spec.sources[source].column_of(ColumnType::Id) else { return false };
        let Ok(county) = county.as_str().parse::<u32>() else { return false };
        self.counties[map].get(&whole.value(id, record)).is_some_and(|counties| counties.contains(&county))
    }

    /// The counties of a case, where the figure is one of a map.
    pub fn counties(&self, figure: &FigureId, record: RecordId) -> Option<Vec<String>> {
        let FigureId::County { map, .. } = figure else { return None };
        let map = self.map(map)?;
        let source = self.spec.populations[self.spec.maps[map].population].source;
        let Some(id) = self.spec.sources[source].column_of(ColumnType::Id) else { return Some(Vec::new()) };
        let case = self.wholes[source].value(id, record);
        let counties = self.counties[map].get(&case).into_iter().flatten();
        Some(counties.filter_map(|county| Some(Geoid::new(&format!("{county:05}"))?.to_string())).collect())
    }

    /// The column that says to which jurisdiction the records of a figure count.
    pub fn jurisdiction_column(&self, figure: &FigureId) -> Option<&str> {
        let population = &self.spec.populations[self.population(figure)?];
        Some(&self.spec.sources[population.source].columns[population.jurisdiction].name)
    }
}
