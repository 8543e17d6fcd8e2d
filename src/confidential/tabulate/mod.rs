//! Stage `tabulate`: records become counts.
//!
//! Takes the resolved spec and the batches of `data`; gives [`Counts`], which are confidential. One
//! pass over each source fills every figure of every jurisdiction: a record is classified for all
//! figures of its source at once and added to dense arrays, so that the cost of a record does not
//! depend on how many rows a table has. What is counted is a value of its own, [`CountPlan`].

mod assign;
mod count;
mod counts;
mod locations;
mod places;
mod plan;
mod test;
mod trace;

pub(super) use counts::{Counts, TableCounts};
pub use locations::{Locations, Told};
pub(super) use plan::CountPlan;
pub use trace::{Members, Trace};

use crate::boundaries::Geography;
use crate::confidential::data;
use crate::diag::Findings;
use crate::report_spec::Spec;

/// Reads all sources once and counts every figure of every jurisdiction.
///
/// What there is to tell of locations is for who runs the program, and for no published file.
///
/// # Errors
/// Returns every violation of the data contract, and the locations that the spec refuses.
pub fn tabulate(spec: &Spec, geography: Option<&Geography>) -> Result<(Counts, Locations), Findings> {
    let reference = data::read_reference(spec)?;
    let plan = CountPlan::of(spec);
    let mut counter = count::Counter::new(spec, &plan, geography);
    data::read(spec, geography.map(Geography::index), |source, batch| counter.add(source, batch))?;
    let (counts, locations) = counter.finish()?;
    Ok((counts.with_reference(reference), locations))
}
