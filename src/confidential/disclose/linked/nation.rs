//! What the reports say of the nation.

use std::collections::BTreeMap;

use disclosure_audit::{ModelError, Relation};

use crate::report_spec::PopulationId;

use super::model::{Builder, Cells, Place, Release};
use super::printed;
use super::seen::Seen;
use super::shape::{Figure, Group, Shape, group_of};

impl Release<'_> {
    /// The populations of a group whose national total is printed.
    fn national(self, group: Group) -> impl Iterator<Item = PopulationId> {
        let own = move |population: &PopulationId| group_of(self.spec, *population) == group;
        self.spec.in_prose.national.iter().copied().filter(own)
    }

    /// Tells whether the reports say more together than each by itself: of the nation, or of who has more.
    pub(super) fn links_reports(self) -> bool {
        let spec = self.spec;
        let is_ranked = printed::ranks(spec).any(|(_, population)| !spec.in_prose.totals.contains(&population));
        is_ranked
            || self.covers_all() && !spec.in_prose.national.is_empty()
            || spec.released.iter().any(|id| spec.jurisdictions[*id].nation)
    }

    fn covers_all(self) -> bool {
        self.spec.coverage.len() == self.spec.jurisdictions.len()
    }

    fn has_others(self) -> bool {
        let spec = self.spec;
        spec.jurisdictions.iter_enumerated().any(|(id, own)| !own.nation && !spec.released.contains(&id))
    }
}

impl Builder<'_> {
    /// Adds what the reports say of the nation: the sum of all jurisdictions, those without a report among them.
    pub(super) fn nation(&mut self, shape: &Shape, mut cells: BTreeMap<Place, Cells>) -> Result<(), ModelError> {
        let Release { spec, .. } = self.release;
        let national: Vec<PopulationId> =
            self.release.national(shape.group).filter(|_| self.release.covers_all()).collect();
        let nation =
            cells.keys().copied().find(|place| matches!(place, Place::Report(id) if spec.jurisdictions[*id].nation));
        if national.is_empty() && nation.is_none() {
            return Ok(());
        }
        if self.release.has_others() {
            let own = shape.counts.iter().map(|name| self.cell(&format!("elsewhere {name}"), &Seen::default()));
            let own = own.collect::<Result<Cells, ModelError>>()?;
            self.structure("elsewhere", shape, &own)?;
            cells.insert(Place::Elsewhere, own);
        }
        let whole = nation.and_then(|nation| cells.remove(&nation));
        for count in shape.counts.keys() {
            let Some(whole) = &whole else { break };
            let parts = cells.values().map(|own| (own[count], 1)).chain([(whole[count], -1)]).collect();
            self.fact(format!("the nation's {}", shape.counts[count]), parts, Relation::Equal, 0)?;
        }
        for population in national {
            let Some(count) = shape.figures.get(&Figure::Total(population)).copied().flatten() else { continue };
            let parts: Vec<(usize, i64)> = cells.values().map(|own| (own[count], 1)).collect();
            self.national_total(population, &parts)?;
        }
        Ok(())
    }

    fn national_total(&mut self, population: PopulationId, parts: &[(usize, i64)]) -> Result<(), ModelError> {
        let Release { spec, published, .. } = self.release;
        let Some(figure) = published.first().and_then(|published| published.national()[population]) else {
            return Ok(());
        };
        let name = format!("national {}", spec.populations[population].name);
        match figure.shown() {
            Some(total) => self.said(name, parts.to_vec(), Relation::Equal, total),
            None => self.said(name, parts.to_vec(), Relation::AtMost, spec.hidden.threshold - 1),
        }
    }
}
