//! Ranks among the jurisdictions.

use crate::confidential::tabulate::Counts;
use crate::figures::{FigureId, ProseId};
use crate::report_spec::{FigureRule, JurisdictionId, PopulationId, Spec, TiSlice};

use super::audit::Audit;
use super::figure::total;
use super::published::{SafeFigure, SafeRank};
use super::small::is_small;

/// Ranks a jurisdiction by the totals of the ranked ones: ties share a position and the next are skipped.
///
/// A jurisdiction that takes no part has no rank, and neither has one whose total is hidden.
pub(super) fn ranks(
    spec: &Spec,
    counts: &Counts,
    jurisdiction: JurisdictionId,
    figures: &TiSlice<PopulationId, SafeFigure>,
    audit: &mut Audit,
) -> Vec<Option<SafeRank>> {
    let own = &spec.jurisdictions[jurisdiction];
    let ranks = spec.ranks.iter().map(|(name, population)| {
        let shown = figures[*population].shown()?;
        if !own.ranked {
            return None;
        }
        let small =
            is_small(total(spec, counts, *population, jurisdiction), spec.hidden.threshold, spec.hidden.hide_zero);
        if small && spec.populations[*population].rule == FigureRule::Show {
            let total = ProseId::Total(spec.populations[*population].name.clone());
            audit.add_rank(&own.code, FigureId::Prose(total), name);
        }
        let others = spec.jurisdictions.iter_enumerated().filter(|(id, other)| other.ranked && *id != jurisdiction);
        let totals: Vec<u64> = others.map(|(id, _)| total(spec, counts, *population, id).get()).collect();
        let higher = totals.iter().filter(|count| **count > shown).count() as u64;
        Some(SafeRank { position: higher + 1, tied: totals.contains(&shown), among: totals.len() as u64 + 1 })
    });
    ranks.collect()
}
