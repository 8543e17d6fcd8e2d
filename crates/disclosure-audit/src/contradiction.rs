//! Which facts contradict each other, where no table agrees with all.

use crate::diags::AuditError;
use crate::line::facts_of;
use crate::model::Model;
use crate::presolve::{Component, Link, components};
use crate::simplex::{Outcome, Simplex};
use crate::system::System;

/// Names few facts that no table agrees with, each of them needed; all facts where that cannot be told over real numbers.
pub(crate) fn contradiction(model: &Model) -> AuditError {
    let facts = few(model).unwrap_or_else(|| (0..model.facts().len()).collect());
    AuditError::Contradiction { facts: facts.into_iter().map(|fact| model.facts()[fact].id.clone()).collect() }
}

fn few(model: &Model) -> Option<Vec<usize>> {
    let whole = System::of(model).ok()?;
    let links: Vec<_> = (0..whole.lower.len()).map(|of| Link { of, sign: 1, offset: 0 }).collect();
    for Component { variables, .. } in components(&whole, &links) {
        let inside = |fact: &usize| whole.rows[*fact].terms.first().is_some_and(|(cell, _)| variables.contains(cell));
        let facts: Vec<usize> = (0..whole.rows.len()).filter(inside).collect();
        let Some(mut kept) = contradicting(&whole, &facts) else { continue };
        for fact in kept.clone() {
            let fewer: Vec<usize> = kept.iter().copied().filter(|&other| other != fact).collect();
            if contradicting(&whole, &fewer).is_some() {
                kept = fewer;
            }
        }
        return Some(kept);
    }
    None
}

/// Those among some facts that a contradiction over real numbers uses.
fn contradicting(whole: &System, facts: &[usize]) -> Option<Vec<usize>> {
    let rows = facts.iter().map(|&fact| whole.rows[fact].clone()).collect();
    let system = System { lower: whole.lower.clone(), upper: whole.upper.clone(), rows };
    let Ok(Outcome::Infeasible(identity)) = Simplex::new(&system, &system.lower).ok()?.check() else { return None };
    Some(facts_of(&identity, system.lower.len()).into_iter().map(|place| facts[place]).collect())
}
