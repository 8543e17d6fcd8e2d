//! Stage `data`: files of case data become batches of numbered values, checked against the spec.
//!
//! Takes the resolved spec; gives each source's records in batches of columns, one pass over each
//! file, so that memory does not grow with the number of records (save for identifiers, which must
//! be unique). Reports every violation with file, line and column name; those of one column that read alike
//! once with their number, and the first hundred of each kind with the total. Of a record's content nothing but its code and its id is ever told.

mod batch;
pub mod csv;
mod decode;
mod file;
mod intake;
mod open;
mod parquet;
mod reference;
mod registry;
mod whole;

pub(super) use batch::Batch;
pub(super) use reference::Reference;
pub use reference::read_reference;
pub use whole::RecordId;
pub(super) use whole::{Whole, read_whole};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::boundaries::CountyIndex;
use crate::diag::{Findings, Tally};
use crate::report_spec::{Format, Source, SourceId, Spec};

use self::csv::read as read_csv;
use self::parquet::read as read_parquet;
use decode::Decoder;
use intake::Intake;
use registry::{Ids, Registry};

/// A file of a source.
pub struct DataFile<'a> {
    /// The source.
    pub source: &'a Source,
    /// Where it is.
    pub path: PathBuf,
    /// The name by which it may be told in public.
    pub told: String,
}

/// Lists the files of all sources, in the order of the spec, with the names by which they may be told in public.
///
/// Of an absolute path that is its last name; where two files would have one name, each is told with its source.
///
/// # Errors
/// Says which folder cannot be read, and which pattern no file fits.
pub fn files(spec: &Spec) -> Result<Vec<DataFile<'_>>, Findings> {
    let (mut files, mut findings) = (Vec::new(), Findings::new());
    for source in &spec.sources {
        match file::of(source, &spec.root) {
            Ok(parts) => files.extend(parts.into_iter().map(|part| (source, part.path, part.raw))),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let mut named: BTreeMap<&str, BTreeSet<&Path>> = BTreeMap::new();
    for (_, path, name) in &files {
        named.entry(name).or_default().insert(path);
    }
    let shared: BTreeSet<String> =
        named.iter().filter(|(_, paths)| paths.len() > 1).map(|(name, _)| (*name).to_owned()).collect();
    let told = files.into_iter().map(|(source, path, name)| {
        let told = if shared.contains(&name) { format!("{}/{name}", source.name) } else { name };
        DataFile { source, path, told }
    });
    Ok(told.collect())
}

/// Reads every source once and hands its records on in batches.
///
/// `counties` holds the counties that a GEOID may name; without it only its form is checked. A
/// source that others refer to comes before them, and its records are numbered in order.
///
/// # Errors
/// Returns all violations; what was handed on is then worth nothing.
pub fn read(
    spec: &Spec,
    counties: Option<&CountyIndex>,
    consume: impl FnMut(SourceId, &Batch),
) -> Result<(), Findings> {
    read_registering(spec, counties, consume).map(|_| ())
}

/// As [`read`]; returns the identifiers as well.
fn read_registering(
    spec: &Spec,
    counties: Option<&CountyIndex>,
    mut consume: impl FnMut(SourceId, &Batch),
) -> Result<Registry, Findings> {
    let mut registry: Registry = spec.sources.iter().map(|_| Ids::default()).collect();
    let mut tally = Tally::default();
    for (index, source) in spec.sources.iter_enumerated() {
        let parts = match file::of(source, &spec.root) {
            Ok(parts) => parts,
            Err(finding) => {
                tally.add(finding.code, || finding);
                registry[index].is_incomplete = true;
                continue;
            }
        };
        let mut decoder = Decoder::new(spec, index, counties, &mut registry);
        for part in parts {
            let mut sink = |batch: &Batch| consume(index, batch);
            let unit = if part.format == Format::Parquet { "row" } else { "line" };
            let intake = Intake::new(&part.name, unit, &mut decoder, &mut tally, &mut sink);
            match part.format {
                Format::Csv => read_csv(&part, intake),
                Format::Parquet => read_parquet(&part, intake),
            }
        }
    }
    if tally.is_empty() { Ok(registry) } else { Err(tally.into_findings()) }
}
