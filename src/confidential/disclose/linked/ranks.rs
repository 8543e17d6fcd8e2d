//! What ranks say of totals: who stands before whom, and who shares a position.

use std::collections::BTreeMap;

use disclosure_audit::{ModelError, Relation};

use crate::report_spec::{JurisdictionId, PopulationId};

use super::model::{Builder, Cells, Place, Release};
use super::printed;
use super::shape::{Figure, Group, Shape, group_of};

impl Release<'_> {
    fn ranks(self, group: Group) -> impl Iterator<Item = (usize, PopulationId)> {
        printed::ranks(self.spec).filter(move |(_, population)| group_of(self.spec, *population) == group)
    }
}

impl Builder<'_> {
    /// Adds the order in which the reports rank their jurisdictions.
    ///
    /// Each is compared with the next: what holds for others follows. Those without a report may stand anywhere, so how far
    /// positions are apart tells nothing.
    pub(super) fn ranks(&mut self, shape: &Shape, cells: &BTreeMap<Place, Cells>) -> Result<(), ModelError> {
        let Release { spec, published, .. } = self.release;
        for (place, population) in self.release.ranks(shape.group) {
            let Some(count) = shape.figures.get(&Figure::Total(population)).copied().flatten() else { continue };
            let mut ranked: Vec<(u64, JurisdictionId)> = published
                .iter()
                .filter_map(|published| Some((published.ranks()[place]?.position(), published.jurisdiction())))
                .collect();
            ranked.sort_unstable();
            for (&(before, high), &(after, low)) in ranked.iter().zip(ranked.iter().skip(1)) {
                let terms = vec![(cells[&Place::Report(high)][count], 1), (cells[&Place::Report(low)][count], -1)];
                let name = &spec.populations[population].name;
                let [high, low] = [high, low].map(|id| self.code(id).to_owned());
                let (words, relation, least) = match before == after {
                    true => (format!("{name}: {high} and {low} share rank {before}"), Relation::Equal, 0),
                    false => (format!("{name}: {high} has rank {before}, {low} {after}"), Relation::AtLeast, 1),
                };
                self.said(words, terms, relation, least)?;
            }
        }
        Ok(())
    }
}
