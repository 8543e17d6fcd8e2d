//! Stage `disclose`: confidential counts become figures that may be published.
//!
//! Takes [`Counts`]; gives a [`Published`] for each report and an [`Audit`]. Applies to each figure
//! the small-count rule of the spec, hides a percent with its count, and lists what the rules leave
//! open. Nothing else can build a [`SafeTable`] or a [`SafeFigure`], and all later stages accept
//! nothing else, so an unprotected count cannot reach a page, a map, a file or a log.
//!
//! A disclosure that the spec does not accept by its code, with a reason, is an error. Terms follow
//! the Handbook on Statistical Disclosure Control (Hundepool et al. 2010): primary suppression
//! (section 4.2), secondary suppression (section 4.3), audit by the attacker's feasible interval.

mod audit;
mod choose;
mod crossings;
#[cfg(test)]
mod fibre;
mod figure;
mod further;
mod group;
mod linked;
mod loss;
mod map;
mod published;
mod rank;
mod repair;
mod report;
mod small;
mod table;

pub use audit::{Audit, Disclosure, Loss};
pub use crossings::{Crossing, Seen, crossings};
pub use published::{Published, RowLabel, SafeCell, SafeFigure, SafeMap, SafeRank, SafeRow, SafeTable};

use crate::confidential::tabulate::Counts;
use crate::diag::Findings;
use crate::report_spec::Spec;

use further::Further;
use linked::Linking;
use repair::Repair;

/// Protects the figures of every report; gives them with what they disclose, and warnings.
///
/// # Errors
/// Returns the disclosures that the spec does not accept.
pub fn disclose(spec: &Spec, counts: &Counts) -> Result<(Vec<Published>, Audit, Findings), Findings> {
    let mut further = Further::default();
    let linking = Linking::of(spec, counts)?;
    let (published, mut audit, linked) = loop {
        let mut audit = Audit::new(spec);
        let published: Vec<Published> = spec
            .released
            .iter()
            .map(|jurisdiction| report::protect(spec, counts, *jurisdiction, &further, &mut audit))
            .collect();
        let linked = linking.told(&published)?;
        let repair = Repair { spec, counts, linking: &linking, published: &published };
        if !repair.hide_more(&audit, &linked, &mut further)? {
            break (published, audit, linked);
        }
    };
    audit.add_linked(spec, linked);
    loss::list(spec, counts, &published, &mut audit);
    let doubtful = audit.doubtful();
    audit.only(spec, &spec.reports);
    let published = published.into_iter().filter(|own| spec.reports.contains(&own.jurisdiction)).collect();
    let findings = audit.unaccepted();
    if findings.is_empty() { Ok((published, audit, doubtful)) } else { Err(findings) }
}
