//! The facts about hidden cells alone: what is published has become a constant.

use crate::diags::AuditError;
use crate::model::{Fact, Model, Relation};

/// No value of a world, no constant and no sum of a row's coefficients (without signs) is larger: so every sum of a row fits
/// into 128 bits, and two or three values into 64.
pub(crate) const LARGEST: i64 = 1 << 60;

/// Is `lower ≤ Σ coefficient · variable ≤ upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// In the order of variables, none twice, no coefficient 0.
    pub terms: Vec<(usize, i64)>,
    pub lower: Option<i64>,
    pub upper: Option<i64>,
}

impl Row {
    pub(crate) fn is_equation(&self) -> bool {
        self.lower.is_some() && self.lower == self.upper
    }

    /// Takes the narrower bounds of a row of the same sum; true if that tells more.
    pub(crate) fn narrow(&mut self, other: &Self) -> bool {
        let bounds = (self.lower.max(other.lower), [self.upper, other.upper].into_iter().flatten().min());
        let tells_more = bounds != (self.lower, self.upper);
        (self.lower, self.upper) = bounds;
        tells_more
    }

    /// Tells whether all numbers keep to [`LARGEST`].
    fn fits(&self) -> bool {
        let sum = self.terms.iter().try_fold(0u64, |sum, (_, coefficient)| sum.checked_add(coefficient.unsigned_abs()));
        sum.is_some_and(|sum| sum <= LARGEST.unsigned_abs())
            && [self.lower, self.upper].into_iter().flatten().all(|bound| (-LARGEST..=LARGEST).contains(&bound))
    }

    /// Tells whether the bounds leave nothing between them.
    pub(crate) fn is_crossed(&self) -> bool {
        self.lower.zip(self.upper).is_some_and(|(lower, upper)| lower > upper)
    }
}

/// Is a set of integer variables with bounds, and rows over them.
#[derive(Clone, Debug, Default)]
pub(crate) struct System {
    pub lower: Vec<i64>,
    pub upper: Vec<Option<i64>>,
    pub rows: Vec<Row>,
}

impl System {
    /// Takes the facts of a model, a variable for each cell (published ones are fixed) and a row for each fact.
    ///
    /// # Errors
    /// A number beyond [`LARGEST`], or a published sum that is wrong.
    pub(crate) fn of(model: &Model) -> Result<Self, AuditError> {
        let cells = model.cells();
        let known = |cell: usize| cells[cell].value.filter(|_| !cells[cell].is_hidden());
        let mut system = Self {
            lower: (0..cells.len()).map(|cell| known(cell).unwrap_or(cells[cell].lower)).collect(),
            upper: (0..cells.len()).map(|cell| known(cell).or(cells[cell].upper)).collect(),
            rows: Vec::with_capacity(model.facts().len()),
        };
        for fact in model.facts() {
            let overflow = || AuditError::Overflow { fact: fact.id.clone() };
            let row = row(fact, known).filter(Row::fits).ok_or_else(overflow)?;
            if row.terms.is_empty()
                && !(row.lower.is_none_or(|lower| lower <= 0) && row.upper.is_none_or(|upper| upper >= 0))
            {
                return Err(AuditError::Contradiction { facts: vec![fact.id.clone()] });
            }
            system.rows.push(row);
        }
        Ok(system)
    }

    /// Tells whether values keep all bounds and rows; false too where one is beyond [`LARGEST`] or a sum leaves 128 bits.
    pub(crate) fn holds(&self, values: &[i64]) -> bool {
        let within = values
            .iter()
            .zip(self.lower.iter().zip(&self.upper))
            .all(|(value, (lower, upper))| lower <= value && *value <= upper.unwrap_or(LARGEST).min(LARGEST));
        within
            && self.rows.iter().all(|row| {
                let sum = row.terms.iter().try_fold(0i128, |sum, &(variable, coefficient)| {
                    sum.checked_add(i128::from(coefficient) * i128::from(values[variable]))
                });
                sum.is_some_and(|sum| {
                    row.lower.is_none_or(|lower| i128::from(lower) <= sum)
                        && row.upper.is_none_or(|upper| sum <= i128::from(upper))
                })
            })
    }
}

/// The row of a fact, with published counts in its constant; nothing if a number leaves 64 bits.
fn row(fact: &Fact, known: impl Fn(usize) -> Option<i64>) -> Option<Row> {
    let mut constant = fact.constant;
    let mut terms = Vec::new();
    for &(cell, coefficient) in &fact.terms {
        match known(cell) {
            Some(value) => constant = constant.checked_sub(coefficient.checked_mul(value)?)?,
            None => terms.push((cell, coefficient)),
        }
    }
    let (lower, upper) = match fact.relation {
        Relation::Equal => (Some(constant), Some(constant)),
        Relation::AtLeast => (Some(constant), None),
        Relation::AtMost => (None, Some(constant)),
    };
    Some(Row { terms: collect(terms)?, lower, upper })
}

/// Adds up terms of the same variable and drops those that cancel; nothing if a coefficient leaves 64 bits.
pub(crate) fn collect(mut terms: Vec<(usize, i64)>) -> Option<Vec<(usize, i64)>> {
    terms.sort_unstable_by_key(|&(variable, _)| variable);
    let mut collected: Vec<(usize, i64)> = Vec::with_capacity(terms.len());
    for (variable, coefficient) in terms {
        match collected.last_mut() {
            Some((last, sum)) if *last == variable => *sum = sum.checked_add(coefficient)?,
            _ => collected.push((variable, coefficient)),
        }
    }
    collected.retain(|&(_, coefficient)| coefficient != 0);
    Some(collected)
}
