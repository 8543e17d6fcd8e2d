//! Single figures: totals, national totals, counters.

use crate::confidential::tabulate::Counts;
use crate::figures::{FigureId, ProseId};
use crate::report_spec::{CounterRowId, DisclosureKind, FigureRule, JurisdictionId, PopulationId, Spec, TiVec};
use crate::unit::Count;

use super::audit::Audit;
use super::published::SafeFigure;
use super::small::is_small;

/// Protects the totals of the populations.
pub(super) fn totals(
    spec: &Spec,
    counts: &Counts,
    jurisdiction: JurisdictionId,
    audit: &mut Audit,
) -> TiVec<PopulationId, SafeFigure> {
    let code = &spec.jurisdictions[jurisdiction].code;
    let totals = spec.populations.iter_enumerated().map(|(id, population)| {
        let count = total(spec, counts, id, jurisdiction);
        let figure = || FigureId::Prose(ProseId::Total(population.name.clone()));
        protect(spec, count, population.rule, code, figure, audit)
    });
    totals.collect()
}

/// Returns a population's total in a jurisdiction: from the data where they cover it, else as published.
pub(super) fn total(spec: &Spec, counts: &Counts, population: PopulationId, jurisdiction: JurisdictionId) -> Count {
    if spec.coverage.contains(&jurisdiction) {
        return counts.populations[population][jurisdiction];
    }
    counts.reference.get(&(population, Some(jurisdiction))).copied().unwrap_or_default()
}

/// Returns the national totals: from the data where they cover all jurisdictions, else as published.
pub(super) fn national(spec: &Spec, counts: &Counts) -> TiVec<PopulationId, Option<SafeFigure>> {
    let covers_all = spec.coverage.len() == spec.jurisdictions.len();
    let national = spec.populations.keys().map(|population| {
        let count = match covers_all {
            true => {
                let own = spec
                    .jurisdictions
                    .iter()
                    .zip(&counts.populations[population])
                    .filter(|(jurisdiction, _)| !jurisdiction.nation);
                Some(Count::new(own.map(|(_, count)| count.get()).sum()))
            }
            false => counts.reference.get(&(population, None)).copied(),
        };
        count.map(|count| {
            let small = is_small(count, spec.hidden.threshold, spec.hidden.hide_zero);
            SafeFigure((!small).then_some(count.get()))
        })
    });
    national.collect()
}

/// Protects the counters.
pub(super) fn counters(
    spec: &Spec,
    counts: &Counts,
    jurisdiction: JurisdictionId,
    audit: &mut Audit,
) -> TiVec<CounterRowId, Vec<SafeFigure>> {
    let code = &spec.jurisdictions[jurisdiction].code;
    let mut rows = TiVec::new();
    for (row, plan) in spec.counters.iter().zip(&counts.counters) {
        let figures = row.counters.iter().zip(plan).map(|(counter, counts)| {
            let name = counter.name();
            let figure = || FigureId::Counter { row: row.name.clone(), name: name.to_owned() };
            protect(spec, counts[jurisdiction], counter.rule, code, figure, audit)
        });
        rows.push(figures.collect());
    }
    rows
}

fn protect(
    spec: &Spec,
    count: Count,
    rule: FigureRule,
    jurisdiction: &str,
    figure: impl Fn() -> FigureId,
    audit: &mut Audit,
) -> SafeFigure {
    let small = is_small(count, spec.hidden.threshold, spec.hidden.hide_zero);
    if small && rule == FigureRule::Show {
        audit.add(DisclosureKind::SmallCountShown, jurisdiction, figure());
    }
    SafeFigure((!small || rule == FigureRule::Show).then_some(count.get()))
}
