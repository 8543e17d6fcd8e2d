//! The worlds that are kept as proof: each shows a value that none before it shows.

use crate::part::Question;
use crate::system::System;

pub(crate) struct Shown {
    /// For each variable the values that no kept world shows yet.
    pub missing: Vec<Vec<i64>>,
    pub worlds: Vec<Vec<i64>>,
    /// For each of these worlds what it was kept for.
    shows: Vec<Values>,
}

/// Variables with the values that a world shows of them.
type Values = Vec<(usize, i64)>;

impl Shown {
    pub(super) fn new(questions: &[Question], base: &[i64]) -> Self {
        let missing = questions.iter().map(|question| question.proved.clone()).collect();
        let mut shown = Self { missing, worlds: Vec::new(), shows: Vec::new() };
        shown.take(base);
        shown
    }

    /// Crosses out what a world shows for the first time, and gives it.
    fn take(&mut self, world: &[i64]) -> Values {
        let mut new = Vec::new();
        for (variable, (missing, value)) in self.missing.iter_mut().zip(world).enumerate() {
            if let Some(place) = missing.iter().position(|other| other == value) {
                missing.swap_remove(place);
                new.push((variable, *value));
            }
        }
        new
    }

    /// Keeps a world if it shows something new.
    pub(super) fn keep(&mut self, world: Vec<i64>) {
        let shows = self.take(&world);
        if !shows.is_empty() {
            self.worlds.push(world);
            self.shows.push(shows);
        }
    }

    /// Adds up the moves of several worlds wherever the sum is a world that still shows what each was kept for.
    pub(super) fn merged(self, system: &System, base: &[i64]) -> Vec<Vec<i64>> {
        let mut merged: Vec<(Vec<i64>, Values)> = Vec::new();
        for (shows, world) in self.shows.into_iter().zip(self.worlds) {
            let joined = merged.iter_mut().find_map(|(other, others)| {
                let moves = other.iter().zip(world.iter().zip(base));
                let sum: Vec<i64> = moves.map(|(other, (value, base))| other + value - base).collect();
                let kept = others.iter().chain(&shows).all(|&(variable, value)| sum[variable] == value);
                (kept && system.holds(&sum)).then(|| (*other = sum, others.extend(&shows)))
            });
            if joined.is_none() {
                merged.push((world, shows));
            }
        }
        merged.into_iter().map(|(world, _)| world).collect()
    }
}
