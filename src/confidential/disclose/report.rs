//! One report: every figure by its rule, and what is hidden beyond.

use crate::confidential::tabulate::Counts;
use crate::report_spec::{JurisdictionId, Spec};

use super::audit::Audit;
use super::further::Further;
use super::published::Published;
use super::{figure, map, rank, table};

/// Protects the figures of a report.
pub(super) fn protect(
    spec: &Spec,
    counts: &Counts,
    jurisdiction: JurisdictionId,
    further: &Further,
    audit: &mut Audit,
) -> Published {
    let figures = figure::totals(spec, counts, jurisdiction, audit);
    let national = figure::national(spec, counts);
    let ranks = rank::ranks(spec, counts, jurisdiction, &figures, audit);
    let counters = figure::counters(spec, counts, jurisdiction, audit);
    let tables =
        spec.tables.keys().map(|id| table::protect(spec, counts, id, jurisdiction, &figures, further, audit)).collect();
    let maps = spec.maps.keys().map(|id| map::protect(spec, counts, id, jurisdiction, audit)).collect();
    Published { jurisdiction, figures, national, ranks, counters, tables, maps }
}
