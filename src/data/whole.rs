//! All records of a source at once, with their identifiers: for a local review of what changed, never for a report.

use crate::boundaries::CountyIndex;
use crate::diag::Findings;
use crate::spec::{ColumnType, Spec};

use super::batch::Batch;

/// The records of one source: confidential.
///
/// There is no way to print or to write it as a whole.
pub struct Whole {
    /// The records in columns.
    pub batch: Batch,
    /// Identifiers by the numbers of the records, from 1; empty where the source has none.
    pub ids: Vec<Box<str>>,
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
pub fn read_whole(spec: &Spec, counties: Option<&CountyIndex>) -> Result<Vec<Whole>, Findings> {
    let empty = |columns: usize| Batch::new("".into(), columns);
    let mut wholes: Vec<Batch> = spec.sources.iter().map(|source| empty(source.columns.len())).collect();
    let registry = super::read_registering(spec, counties, |source, batch| wholes[source].append(batch))?;
    let sources = spec.sources.iter().zip(wholes).zip(registry);
    let whole = sources.map(|((source, batch), ids)| {
        let mut names = vec![Box::default(); ids.numbers.len()];
        for (id, number) in ids.numbers {
            names[number as usize - 1] = id;
        }
        let has_ids = source.column_of(ColumnType::Id).is_some();
        Whole { batch, ids: if has_ids { names } else { Vec::new() } }
    });
    Ok(whole.collect())
}
