//! Sums of protected cells that follow although no single cell does.

use crate::diags::AuditError;
use crate::model::{Model, Status};
use crate::reader::presolved;
use crate::system::System;

/// Is a sum of several primary cells that a fact gives away and that is itself a small count. Confidential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallSum {
    /// Position of the fact in [`Model::facts`].
    pub fact: usize,
    /// The primary cells that it adds up.
    pub cells: Vec<usize>,
    /// What they add up to: 1 or more, less than the threshold.
    pub sum: i64,
}

/// Finds the facts that give away a small sum of primary cells: 1 … t−1 (Daalmans & de Waal 2010).
///
/// A sum that follows only from several facts together is found if it is given as a hidden cell of its own, with the fact that
/// it is that sum: [`audit`](crate::audit()) then treats it as any other.
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
    let mut found = Vec::new();
    for (fact, row) in System::of(model)?.rows.iter().enumerate().filter(|(_, row)| row.is_equation()) {
        let Some(mut sum) = row.lower.map(i128::from) else { continue };
        let mut cells = Vec::new();
        for &(cell, coefficient) in &row.terms {
            match fixed(cell) {
                Some(value) => sum -= i128::from(coefficient) * i128::from(value),
                None => cells.push((cell, coefficient)),
            }
        }
        let sign = cells.first().map_or(1, |&(_, coefficient)| coefficient.signum());
        let alike = cells
            .iter()
            .all(|&(cell, coefficient)| coefficient == sign && model.cells()[cell].status == Status::Primary);
        let Ok(sum) = i64::try_from(sum * i128::from(sign)) else { continue };
        let threshold = cells.iter().map(|&(cell, _)| model.threshold_of(cell)).min().unwrap_or_default();
        if alike && cells.len() > 1 && (1..threshold).contains(&sum) {
            found.push(SmallSum { fact, cells: cells.into_iter().map(|(cell, _)| cell).collect(), sum });
        }
    }
    Ok(found)
}
