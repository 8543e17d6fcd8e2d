//! The counts of an edition: confidential.

use std::collections::BTreeMap;

use crate::boundaries::Geoid;
use crate::confidential::data::Reference;
use crate::report_spec::{CodeId, CounterRowId, JurisdictionId, MapId, PopulationId, TableId, TiVec};
use crate::unit::Count;

/// Every count of every jurisdiction, unprotected.
///
/// There is no way to print or to write it: no `Display`, no `Serialize`, and its `Debug` hides the
/// counts. Only `disclose` reads it.
#[derive(Default)]
pub struct Counts {
    /// Total of each population by jurisdiction.
    pub populations: TiVec<PopulationId, TiVec<JurisdictionId, Count>>,
    /// Each counter by row and jurisdiction.
    pub counters: TiVec<CounterRowId, Vec<TiVec<JurisdictionId, Count>>>,
    /// Each table by jurisdiction.
    pub tables: TiVec<TableId, TiVec<JurisdictionId, TableCounts>>,
    /// Cases by county, for each map and jurisdiction.
    pub maps: TiVec<MapId, TiVec<JurisdictionId, BTreeMap<Geoid, Count>>>,
    /// Published figures of what the sources do not cover.
    pub reference: Reference,
}

/// The counts of one table in one jurisdiction.
#[derive(Clone, Default)]
pub struct TableCounts {
    /// The records that the table counts.
    pub total: Count,
    /// By the codes of the (upper) rows.
    pub rows: TiVec<CodeId, Count>,
    /// By the codes of the rows below them; empty in a flat table.
    pub children: TiVec<CodeId, Count>,
}

impl std::fmt::Debug for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Counts(…)")
    }
}

impl std::fmt::Debug for TableCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TableCounts(…)")
    }
}

impl Counts {
    /// Adds the published reference figures.
    pub(super) fn with_reference(self, reference: Reference) -> Self {
        Self { reference, ..self }
    }
}
