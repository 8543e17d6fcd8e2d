//! What the reports of an edition print, whatever the figures are.

use std::collections::BTreeSet;

use crate::report_spec::{BlockKind, CounterRowId, MapId, PopulationId, Spec, TableId};

/// What stands in a report. A block that only some reports have counts as printed in all: a reader is not to know less.
pub(super) struct Printed {
    pub tables: BTreeSet<TableId>,
    pub counters: BTreeSet<CounterRowId>,
    pub maps: BTreeSet<MapId>,
}

impl Printed {
    pub(super) fn of(spec: &Spec) -> Self {
        let mut printed = Self { tables: BTreeSet::new(), counters: BTreeSet::new(), maps: BTreeSet::new() };
        for block in &spec.content {
            match block.kind {
                BlockKind::Counters(id) => {
                    printed.counters.insert(id);
                }
                BlockKind::Table(id) => {
                    printed.tables.insert(id);
                }
                BlockKind::Map(id) => {
                    printed.maps.insert(id);
                }
                BlockKind::Heading(_) | BlockKind::Paragraph(_) | BlockKind::Statement(_) | BlockKind::Notice(_) => {}
            }
        }
        printed
    }

    /// Returns the populations of which some figure is printed.
    pub(super) fn populations(&self, spec: &Spec) -> BTreeSet<PopulationId> {
        let tables = self.tables.iter().flat_map(|id| [Some(spec.tables[*id].population), spec.tables[*id].base]);
        let counters = self.counters.iter().flat_map(|id| &spec.counters[*id].counters);
        let counters = counters.map(|counter| counter.population);
        let maps = self.maps.iter().map(|id| spec.maps[*id].population);
        let prose = spec.in_prose.totals.iter().chain(&spec.in_prose.national).copied();
        let ranks = ranks(spec).map(|(_, population)| population);
        tables.flatten().chain(counters).chain(maps).chain(prose).chain(ranks).collect()
    }
}

/// The ranks that stand in some text of a report, by their place in the spec.
pub(super) fn ranks(spec: &Spec) -> impl Iterator<Item = (usize, PopulationId)> {
    let ranks = spec.ranks.iter().enumerate().filter(|(_, (name, _))| spec.in_prose.ranks.contains(*name));
    ranks.map(|(place, (_, population))| (place, *population))
}
