//! Random choices that are the same at each run and on every platform.
//!
//! Only the raw words come from a library (`ChaCha` with 8 rounds, whose output is fixed by its specification); how they become a
//! number, an order or a choice is written here, so that no new version of a library can change the data.

use std::collections::BTreeSet;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A source of random choices.
pub(crate) struct Draw(ChaCha8Rng);

/// The independent streams of one seed: a change to one kind of record leaves the others as they were.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// For `signals.csv`.
    Signals = 1,
    /// For `cases.csv`.
    Cases = 2,
    /// For `case_locations.csv`.
    Locations = 3,
    /// For the weights of counties.
    Counties = 4,
}

impl Draw {
    /// Starts a stream of a seed.
    pub(crate) fn new(seed: u64, stream: Stream) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream as u64);
        Self(generator)
    }

    /// Draws a number from 0 to `bound` − 1, each as likely as the other; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        // The words past the last whole multiple of `bound` would favour small numbers.
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let word = self.0.next_u64();
            if word < fair {
                return word % bound;
            }
        }
    }

    /// Puts items into random order (Fisher–Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let chosen = self.index(last + 1);
            items.swap(last, chosen);
        }
    }

    /// Draws an index from 0 to `len` − 1.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// Draws the index of one of `weights`, each as often as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut rest = self.below(weights.iter().sum());
        for (index, &weight) in weights.iter().enumerate() {
            if rest < weight {
                return index;
            }
            rest -= weight;
        }
        0
    }

    /// Draws `count` different numbers from 1 to `highest`, which is at least `count`; returns them ascending.
    pub(crate) fn distinct(&mut self, count: usize, highest: u64) -> Vec<u64> {
        let mut drawn = BTreeSet::new();
        while drawn.len() < count {
            drawn.insert(1 + self.below(highest));
        }
        drawn.into_iter().collect()
    }
}
