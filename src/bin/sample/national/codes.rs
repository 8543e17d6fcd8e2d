//! Codes drawn by weight, and days.

use chrono::{Datelike, NaiveDate};

use crate::draw::Draw;
use crate::targets::Weight;

use super::targets::Targets;

/// A choice among values of different weights.
pub struct Choice<T> {
    values: Vec<T>,
    weights: Vec<u64>,
}

impl<T> Choice<T> {
    /// Makes a choice of values with their weights.
    pub fn new(pairs: impl IntoIterator<Item = (T, u64)>) -> Self {
        let (values, weights) = pairs.into_iter().unzip();
        Self { values, weights }
    }

    /// Draws a value.
    pub fn draw(&self, draw: &mut Draw) -> Option<&T> {
        self.values.get(draw.weighted(&self.weights))
    }
}

impl<'t> Choice<&'t str> {
    /// Makes a choice of codes.
    pub fn of(weights: &'t [Weight]) -> Self {
        Self::new(weights.iter().map(|one| (one.code.as_str(), one.weight)))
    }

    /// Draws a code; of no codes the empty one.
    pub fn code(&self, draw: &mut Draw) -> &'t str {
        self.draw(draw).copied().unwrap_or_default()
    }
}

/// Makes a choice of the days of the period.
pub fn days(targets: &Targets) -> Choice<NaiveDate> {
    let weight = |day: NaiveDate| targets.weekdays[day.weekday().num_days_from_monday() as usize];
    Choice::new(targets.days().map(|day| (day, weight(day))))
}
