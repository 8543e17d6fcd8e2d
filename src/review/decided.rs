//! Decisions, held against the review that they are of, made again.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Finding, Findings, code};
use crate::release::{Decided, Decisions};

use super::change::Change;
use super::policy::{Policy, Weight};
use super::run::{Review, Reviewed};
use super::shown::identity;

/// Finds the changes of a review that decisions do not name.
pub fn left_out(decisions: &Decisions, path: &Path, review: &Review, policy: &Policy) -> Findings {
    let fault = |message: String| Finding::error(code::release::DECISIONS, message).in_file(path.to_string_lossy());
    let mut findings = Findings::new();
    let old = review.sides.as_ref().map(|[old, _]| old.digest);
    if old != decisions.old.manifest {
        findings.push(fault("the decisions compare with another release than the one named".to_owned()));
    }
    if policy.digest() != decisions.policy {
        let help = "name the policy of the review by `--policy`".to_owned();
        findings.push(fault("the decisions were made by another policy".to_owned()).help(help));
    }
    for reviewed in &review.reports {
        let missing = missing(decisions, reviewed, policy);
        if missing > 0 {
            findings.push(fault(format!("the decisions leave out {missing} changes of {}", reviewed.name)));
        }
    }
    findings
}

/// Counts the changes of a report that the decisions do not name; of equal ones as many must be named as there are.
fn missing(decisions: &Decisions, reviewed: &Reviewed, policy: &Policy) -> usize {
    let is_own = |decided: &&Decided| decided.jurisdiction == reviewed.jurisdiction;
    let listed = decisions.reports.iter().find(is_own).map(|decided| decided.changes.as_slice()).unwrap_or_default();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for change in listed {
        *known.entry(change.id.as_str()).or_default() += 1;
    }
    let subject = reviewed.jurisdiction.as_deref().unwrap_or(&reviewed.name);
    let mut is_named = |change: &Change| match known.get_mut(identity(subject, change).as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    let weighed = reviewed.changes.iter().filter(|change| policy.weight(change) > Weight::Ignore);
    weighed.filter(|change| !is_named(change)).count()
}
