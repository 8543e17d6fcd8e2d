//! Sums of protected cells that follow although no single cell does.

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::diags::AuditError;
use crate::model::{Model, Status};
use crate::presolve::normalize;
use crate::reader::presolved;
use crate::system::{Row, System};

/// A sum of several primary cells that facts of these cells alone give away, and that is itself a small count. Confidential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallSum {
    /// Positions in [`Model::facts`] of those that tell this sum: one that gives it, or one that bounds it each way.
    pub facts: Vec<usize>,
    /// The primary cells that it adds up.
    pub cells: Vec<usize>,
    /// What they add up to: 1 or more, less than the threshold.
    pub sum: i64,
}

/// Finds small sums of primary cells, 1 … t−1, that facts of one sum give away (Daalmans & de Waal 2010).
///
/// A fact is read as a reader would: exact cells are taken out, factors that all terms share are divided out, and facts of the
/// same sum are put together. Not found is a sum that follows only from facts of different sums together, as from two totals
/// of which one holds the other, and one with different factors (`a + 2b`): [`fixed_small_sums`](crate::fixed_small_sums) does.
///
/// # Errors
/// Facts that no table agrees with.
pub fn small_sums(model: &Model) -> Result<Vec<SmallSum>, AuditError> {
    let settled = presolved(model)?;
    let fixed = |cell: usize| {
        let link = settled.links[cell];
        let (lower, upper) = (settled.system.lower[link.of], settled.system.upper[link.of]);
        (upper == Some(lower)).then(|| link.value(lower))
    };
    let mut sums: IndexMap<Vec<(usize, i64)>, Told> = IndexMap::new();
    for (fact, row) in System::of(model)?.rows.iter().enumerate() {
        let Some(row) = without(row, fixed).filter(|row| row.terms.len() > 1) else { continue };
        match sums.entry(row.terms.clone()) {
            Entry::Occupied(mut known) => {
                let (facts, known) = known.get_mut();
                if known.narrow(&row) {
                    facts.push(fact);
                }
            }
            Entry::Vacant(new) => {
                new.insert((vec![fact], row));
            }
        }
    }
    Ok(sums.into_values().filter_map(|(facts, row)| small_sum(model, facts, &row)).collect())
}

/// The facts that tell of one sum, and what they tell together.
type Told = (Vec<usize>, Row);

/// A row without the cells that are exact, with the factor that its terms share divided out; nothing if a number leaves 64 bits.
fn without(row: &Row, fixed: impl Fn(usize) -> Option<i64>) -> Option<Row> {
    let mut constant = 0i64;
    let mut terms = Vec::new();
    for &(cell, coefficient) in &row.terms {
        match fixed(cell) {
            Some(value) => constant = constant.checked_add(coefficient.checked_mul(value)?)?,
            None => terms.push((cell, coefficient)),
        }
    }
    let less = |bound: Option<i64>| match bound {
        Some(bound) => bound.checked_sub(constant).filter(|bound| *bound > i64::MIN).map(Some),
        None => Some(None),
    };
    let mut row = Row { terms, lower: less(row.lower)?, upper: less(row.upper)? };
    normalize(&mut row);
    Some(row)
}

fn small_sum(model: &Model, facts: Vec<usize>, row: &Row) -> Option<SmallSum> {
    let sum = row.lower.filter(|_| row.is_equation())?;
    let cells: Vec<usize> = row.terms.iter().map(|&(cell, _)| cell).collect();
    let adds_up = row.terms.iter().all(|&(_, coefficient)| coefficient == 1);
    let is_protected = cells.iter().all(|&cell| model.cells()[cell].status == Status::Primary);
    let threshold = cells.iter().map(|&cell| model.threshold_of(cell)).min()?;
    (adds_up && is_protected && (1..threshold).contains(&sum)).then_some(SmallSum { facts, cells, sum })
}
