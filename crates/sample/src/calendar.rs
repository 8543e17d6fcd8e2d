//! The days of the period, some weekdays more frequent than others.

use chrono::{Datelike, NaiveDate};

use crate::draw::Draw;
use crate::targets::Period;

/// The days of a period with their relative frequency.
pub(crate) struct Calendar {
    days: Vec<NaiveDate>,
    weights: Vec<u64>,
}

impl Calendar {
    /// Lists the days of a period; `weekdays` are the relative frequencies of Monday to Sunday.
    pub(crate) fn new(period: &Period, weekdays: &[u64; 7]) -> Self {
        let days: Vec<NaiveDate> = period.first.iter_days().take_while(|day| *day <= period.last).collect();
        let weights = days.iter().map(|day| weekdays[day.weekday().num_days_from_monday() as usize]).collect();
        Self { days, weights }
    }

    /// Draws a day.
    pub(crate) fn day(&self, draw: &mut Draw) -> NaiveDate {
        self.days[draw.weighted(&self.weights)]
    }
}
