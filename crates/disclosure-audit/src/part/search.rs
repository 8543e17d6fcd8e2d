//! Answers about a part that is no network: value by value, by repair and by branching.

use crate::branch::{Branching, Extreme};
use crate::part::shown::Shown;
use crate::part::{Finding, Question};
use crate::ratio::GaveUp;
use crate::system::System;

pub(crate) fn findings(
    branching: &mut Branching,
    system: &System,
    questions: &[Question],
    base: &[i64],
    shown: &mut Shown,
) -> Vec<Finding> {
    let seen = base.iter().map(|&value| vec![value]).collect();
    let mut search = Search { branching, base, seen, shown };
    let answer = |(variable, question): (usize, &Question)| search.answer(system, variable, question);
    questions.iter().enumerate().map(answer).collect()
}

struct Search<'a> {
    branching: &'a mut Branching,
    base: &'a [i64],
    /// For each variable the values that it has in the worlds found so far.
    seen: Vec<Vec<i64>>,
    shown: &'a mut Shown,
}

impl Search<'_> {
    fn answer(&mut self, system: &System, variable: usize, question: &Question) -> Finding {
        let mut finding = Finding::unknown(system, variable, question);
        finding.open.clear();
        if question.ends {
            self.ends(variable, &mut finding);
        }
        for &value in &question.values {
            if value < finding.lower || finding.upper.is_some_and(|upper| value > upper) {
                continue;
            }
            match self.occurs(variable, value) {
                Ok(true) => finding.occur.push(value),
                Ok(false) => {}
                Err(GaveUp) => finding.open.push(value),
            }
        }
        if !question.ends && question.varied && self.seen[variable].len() < 2 {
            self.ends(variable, &mut finding);
        }
        finding.another = self.seen[variable].get(1).copied();
        finding
    }

    fn occurs(&mut self, variable: usize, value: i64) -> Result<bool, GaveUp> {
        if self.seen[variable].contains(&value) {
            return Ok(true);
        }
        let world = self.branching.world(Some((variable, value)), Some(self.base))?;
        let occurs = world.is_some();
        if let Some(world) = world {
            self.learn(world);
        }
        Ok(occurs)
    }

    fn learn(&mut self, world: Vec<i64>) {
        for (values, value) in self.seen.iter_mut().zip(&world) {
            if !values.contains(value) {
                values.push(*value);
            }
        }
        self.shown.keep(world);
    }

    fn ends(&mut self, variable: usize, finding: &mut Finding) {
        finding.has_exact_ends = true;
        for upwards in [true, false] {
            let (end, world) = match self.branching.extreme(variable, upwards) {
                Extreme::At(end, world) => (Some(end), Some(world)),
                Extreme::Endless => (None, self.beyond_base(variable)),
                Extreme::Unknown(bound, world) => {
                    finding.has_exact_ends = false;
                    (bound, world)
                }
            };
            if let Some(world) = world {
                self.learn(world);
            }
            if upwards {
                finding.upper = end;
            } else {
                finding.lower = end.unwrap_or(finding.lower);
            }
        }
    }

    /// A variable without an end takes values above its base: the first world with one that is found, if it shows a second value.
    fn beyond_base(&mut self, variable: usize) -> Option<Vec<i64>> {
        if self.seen[variable].len() > 1 {
            return None;
        }
        self.branching.world_above(variable, self.base[variable]).ok().flatten()
    }
}
