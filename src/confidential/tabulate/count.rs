//! Runs a plan over batches of records.

use crate::boundaries::Geography;
use crate::confidential::data::{Batch, Reference};
use crate::diag::Findings;
use crate::report_spec::{JurisdictionId, SourceId, Spec, TRUE, TiVec};
use crate::unit::Count;

use super::counts::{Counts, TableCounts};
use super::locations::Locations;
use super::places::Places;
use super::plan::{CountPlan, Key, TablePlan, Tally, TallyId};
use super::test::mark;

/// The sums of a plan so far.
pub(super) struct Counter<'a> {
    spec: &'a Spec,
    plan: &'a CountPlan,
    /// One dense array for each tally: jurisdiction × key.
    cells: TiVec<TallyId, Vec<u64>>,
    places: Places<'a>,
}

impl<'a> Counter<'a> {
    pub(super) fn new(spec: &'a Spec, plan: &'a CountPlan, geography: Option<&'a Geography>) -> Self {
        let jurisdictions = spec.jurisdictions.len();
        let cells = plan.tallies.iter().map(|tally| vec![0; jurisdictions * tally.key.width()]);
        Self { spec, plan, cells: cells.collect(), places: Places::new(spec, geography) }
    }

    /// Adds a batch of records to every sum of its source.
    pub(super) fn add(&mut self, source: SourceId, batch: &Batch) {
        let mut marks = Vec::new();
        for (tally, cells) in self.plan.tallies.iter().zip(&mut self.cells).filter(|(tally, _)| tally.source == source)
        {
            mark(tally, batch, &mut marks);
            add(tally, batch, &marks, cells);
        }
        self.places.add(source, batch);
    }

    /// Gives a nation the sum of all jurisdictions; no record bears its code.
    fn add_up_nation(&mut self) {
        let Some(nation) = self.spec.jurisdictions.position(|jurisdiction| jurisdiction.nation) else { return };
        for (tally, cells) in self.plan.tallies.iter().zip(&mut self.cells) {
            let width = tally.key.width();
            for key in 0..width {
                cells[usize::from(nation) * width + key] = cells.iter().skip(key).step_by(width).sum();
            }
        }
    }

    /// Returns the counts, and what there is to tell of locations.
    pub(super) fn finish(mut self) -> Result<(Counts, Locations), Findings> {
        self.add_up_nation();
        let (maps, locations) = self.places.finish()?;
        let jurisdictions = || self.spec.jurisdictions.keys();
        let slice = |tally: TallyId, jurisdiction: JurisdictionId| -> Vec<Count> {
            let width = self.plan.tallies[tally].key.width();
            self.cells[tally][usize::from(jurisdiction) * width..][..width]
                .iter()
                .map(|count| Count::new(*count))
                .collect()
        };
        let single = |tally: TallyId| {
            jurisdictions().map(|jurisdiction| slice(tally, jurisdiction)[0]).collect::<TiVec<_, Count>>()
        };
        let table = |plan: &TablePlan, jurisdiction: JurisdictionId| TableCounts {
            total: slice(plan.total, jurisdiction)[0],
            rows: slice(plan.rows, jurisdiction).into(),
            children: plan.children.map(|tally| slice(tally, jurisdiction).into()).unwrap_or_default(),
        };
        let counts = Counts {
            populations: self.plan.populations.iter().map(|tally| single(*tally)).collect(),
            counters: self.plan.counters.iter().map(|row| row.iter().map(|tally| single(*tally)).collect()).collect(),
            tables: self
                .plan
                .tables
                .iter()
                .map(|plan| jurisdictions().map(|jurisdiction| table(plan, jurisdiction)).collect())
                .collect(),
            maps,
            reference: Reference::default(),
        };
        Ok((counts, locations))
    }
}

/// Adds the marked records to the cells of a sum; a record without jurisdiction or key counts nowhere.
fn add(tally: &Tally, batch: &Batch, marks: &[bool], cells: &mut [u64]) {
    let jurisdictions = &batch.columns[tally.jurisdiction];
    let width = tally.key.width();
    let marked =
        jurisdictions.iter().zip(marks).enumerate().filter(|(_, (jurisdiction, mark))| **mark && **jurisdiction > 0);
    let base = |jurisdiction: u32| (jurisdiction as usize - 1) * width;
    match &tally.key {
        Key::Nothing => marked.for_each(|(_, (jurisdiction, _))| cells[base(*jurisdiction)] += 1),
        Key::Code { column, .. } => {
            let codes = &batch.columns[*column];
            for (record, (jurisdiction, _)) in marked {
                if codes[record] > 0 {
                    cells[base(*jurisdiction) + codes[record] as usize - 1] += 1;
                }
            }
        }
        Key::Flags(columns) => {
            for (record, (jurisdiction, _)) in marked {
                for (flag, column) in columns.iter().enumerate() {
                    cells[base(*jurisdiction) + flag] += u64::from(batch.columns[*column][record] == TRUE);
                }
            }
        }
    }
}
