//! Populations, ranks and counters.

use indexmap::IndexMap;

use crate::report_spec::model::{Counter, CounterRow, CounterRowId, PopulationId, Source, Test, TiVec};
use crate::report_spec::raw;

use super::Resolver;
use super::test::join;

impl Resolver<'_> {
    pub(super) fn ranks(&mut self, raw: &IndexMap<String, raw::Rank>) -> IndexMap<String, PopulationId> {
        let ranks = raw
            .iter()
            .filter_map(|(name, rank)| Some((name.clone(), self.population_index(&["ranks", name, "of"], &rank.of)?)));
        ranks.collect()
    }

    pub(super) fn population_index(&mut self, path: &[&str], name: &str) -> Option<PopulationId> {
        let known: Vec<String> = self.populations.iter().map(|population| population.name.clone()).collect();
        self.named(path, name, known.iter().map(String::as_str))
    }

    /// Runs a step with the source of a population at hand.
    pub(super) fn with_source<T>(
        &mut self,
        population: PopulationId,
        step: impl FnOnce(&mut Self, &Source) -> Option<T>,
    ) -> Option<T> {
        let sources = std::mem::take(&mut self.sources);
        let source = sources.get(self.populations[population].source);
        let resolved = source.and_then(|source| step(self, source));
        self.sources = sources;
        resolved
    }

    pub(super) fn filter(
        &mut self,
        path: &[&str],
        raw: Option<&raw::Condition>,
        population: PopulationId,
    ) -> Option<Option<Test>> {
        match raw {
            None => Some(None),
            Some(condition) => self
                .with_source(population, |this, source| this.test(&join(path, &["where"]), condition, source))
                .map(Some),
        }
    }

    pub(super) fn counter_rows(
        &mut self,
        raw: &IndexMap<String, Vec<raw::Counter>>,
    ) -> TiVec<CounterRowId, CounterRow> {
        let mut rows = TiVec::new();
        for (name, counters) in raw {
            let counters = counters
                .iter()
                .enumerate()
                .filter_map(|(at, counter)| self.counter(&["counters", name, &at.to_string()], counter));
            rows.push(CounterRow { name: name.clone(), counters: counters.collect() });
        }
        rows
    }

    fn counter(&mut self, path: &[&str], raw: &raw::Counter) -> Option<Counter> {
        let population = self.population_index(&join(path, &["of"]), &raw.of)?;
        let filter = self.filter(path, raw.filter.as_ref(), population)?;
        Some(Counter {
            population,
            filter,
            label: raw.label.clone(),
            pictogram: raw.pictogram,
            note: self.note_name(&join(path, &["note"]), raw.note.as_ref()),
            rule: raw.small_counts,
        })
    }
}
