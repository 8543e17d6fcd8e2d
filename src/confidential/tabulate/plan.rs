//! What is counted, apart from the code that counts.
//!
//! A plan is a list of independent sums over one source each, `count(*) where … group by
//! jurisdiction, key`. Because counts add up, the same plan can be run on parts of the records and
//! the parts added, or be handed to a database as `GROUP BY`, which then returns counts instead of
//! records.

use crate::report_spec::{
    CodeId, ColumnId, CounterRowId, PopulationId, Rows, SourceId, Spec, TableId, Test, TiVec, ids,
};

ids! {
    /// A sum, in `CountPlan::tallies`.
    TallyId,
}

/// All sums that an edition needs.
#[derive(Debug)]
pub(crate) struct CountPlan {
    /// The sums, each with its cells.
    pub tallies: TiVec<TallyId, Tally>,
    /// The total of each population.
    pub populations: TiVec<PopulationId, TallyId>,
    /// The sum of each counter, by row.
    pub counters: TiVec<CounterRowId, Vec<TallyId>>,
    /// The sums of each table.
    pub tables: TiVec<TableId, TablePlan>,
}

/// The sums of one table.
#[derive(Debug)]
pub(crate) struct TablePlan {
    /// Its total.
    pub total: TallyId,
    /// Its (upper) rows.
    pub rows: TallyId,
    /// The rows below them, in a hierarchical table.
    pub children: Option<TallyId>,
}

/// One sum: the records of a source that pass all tests, by jurisdiction and key.
#[derive(Debug)]
pub(crate) struct Tally {
    /// The source.
    pub source: SourceId,
    /// The column of the jurisdiction.
    pub jurisdiction: ColumnId,
    /// A record counts where all of these hold.
    pub tests: Vec<Test>,
    /// The key beside the jurisdiction.
    pub key: Key,
}

/// What a sum is split by, beside the jurisdiction.
#[derive(Debug)]
pub(crate) enum Key {
    /// Nothing: one cell.
    Nothing,
    /// The code in a column: one cell for each code of its list.
    Code {
        /// The column.
        column: ColumnId,
        /// Length of its list.
        codes: usize,
    },
    /// Booleans: one cell for each column, to which a record counts where it is true.
    Flags(TiVec<CodeId, ColumnId>),
}

impl Key {
    /// Returns the number of cells.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Nothing => 1,
            Self::Code { codes, .. } => *codes,
            Self::Flags(columns) => columns.len(),
        }
    }
}

impl CountPlan {
    /// Plans every figure of a spec.
    pub(crate) fn of(spec: &Spec) -> Self {
        let mut plan =
            Self { tallies: TiVec::new(), populations: TiVec::new(), counters: TiVec::new(), tables: TiVec::new() };
        for population in spec.populations.keys() {
            let total = plan.add(spec, population, None, Key::Nothing);
            plan.populations.push(total);
        }
        for row in &spec.counters {
            let counters = row
                .counters
                .iter()
                .map(|counter| plan.add(spec, counter.population, counter.filter.as_ref(), Key::Nothing));
            let counters = counters.collect();
            plan.counters.push(counters);
        }
        for table in &spec.tables {
            let filter = table.filter.as_ref();
            let total = plan.add(spec, table.population, filter, Key::Nothing);
            let (rows, children) = match &table.rows {
                Rows::Codes { column, list } => {
                    (Key::Code { column: *column, codes: spec.lists[*list].codes.len() }, None)
                }
                Rows::Tree { column, list, child_column, child_list, .. } => (
                    Key::Code { column: *column, codes: spec.lists[*list].codes.len() },
                    Some(Key::Code { column: *child_column, codes: spec.lists[*child_list].codes.len() }),
                ),
                Rows::Flags { columns, .. } => (Key::Flags(columns.clone()), None),
            };
            let rows = plan.add(spec, table.population, filter, rows);
            let children = children.map(|key| plan.add(spec, table.population, filter, key));
            plan.tables.push(TablePlan { total, rows, children });
        }
        plan
    }

    fn add(&mut self, spec: &Spec, population: PopulationId, filter: Option<&Test>, key: Key) -> TallyId {
        let population = &spec.populations[population];
        let tests = population.filter.iter().chain(filter).cloned().collect();
        self.tallies.push_and_get_key(Tally {
            source: population.source,
            jurisdiction: population.jurisdiction,
            tests,
            key,
        })
    }
}
