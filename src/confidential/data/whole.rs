//! All records of a source at once, with their identifiers: for a local review of what changed, never for a report.

use crate::boundaries::CountyIndex;
use crate::diag::Findings;
use crate::report_spec::{ColumnId, SourceId, Spec, TiVec, ids};

use super::batch::Batch;

ids! {
    /// A record of a source, by its place among all that were read.
    RecordId,
}

/// The records of one source: confidential.
///
/// There is no way to print or to write it as a whole.
pub(crate) struct Whole {
    /// The records in columns.
    pub batch: Batch,
    /// Identifiers by the numbers of the records, from 1; empty where the source has none.
    pub ids: Vec<Box<str>>,
}

impl Whole {
    /// Iterates over the records.
    pub(crate) fn records(&self) -> impl Iterator<Item = RecordId> + use<> {
        (0..self.batch.len()).map(RecordId::from)
    }

    /// Returns a record's value in a column.
    pub(crate) fn value(&self, column: ColumnId, record: RecordId) -> u32 {
        self.batch.columns[column][usize::from(record)]
    }
}

impl std::fmt::Debug for Whole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Whole(…)")
    }
}

/// Reads all records of all sources, in the order of the spec.
///
/// # Errors
/// Returns all violations of the data contract.
pub(crate) fn read_whole(spec: &Spec, counties: Option<&CountyIndex>) -> Result<TiVec<SourceId, Whole>, Findings> {
    let empty = |columns: usize| Batch::new("".into(), columns);
    let mut wholes: TiVec<SourceId, Batch> = spec.sources.iter().map(|source| empty(source.columns.len())).collect();
    let registry = super::read_registering(spec, counties, |source, batch| wholes[source].append(batch))?;
    let sources = wholes.into_iter().zip(registry);
    Ok(sources.map(|(batch, ids)| Whole { batch, ids: ids.ids.into_iter().collect() }).collect())
}
