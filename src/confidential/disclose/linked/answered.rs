//! What a reader can tell of the counts of a model.

use std::collections::BTreeMap;

use disclosure_audit::{CellReport, Verdict, World, audit};

use crate::diag::{Finding, code};
use crate::report_spec::Spec;

use super::guess::{Guess, guessed};
use super::model::{Release, ReleaseModel, SETTINGS, Scope, Target};

/// A model with what a reader can tell of its cells.
pub(super) struct Answered {
    pub model: ReleaseModel,
    pub cells: BTreeMap<usize, CellReport>,
    /// Cells of which a reader tells more by what he believes or knows beside the facts.
    pub guessed: BTreeMap<usize, Guess>,
    /// Complete tables that agree with all that is said.
    pub worlds: Vec<World>,
}

impl Answered {
    pub(super) fn of(release: Release<'_>, scope: Scope) -> Result<Self, Finding> {
        let model = release.model(scope).map_err(|error| undecided(release.spec, &error.to_string()))?;
        let report = audit(&model.model, &SETTINGS).map_err(|error| undecided(release.spec, &error.to_string()))?;
        let guessed = guessed(release.spec, &model, &report);
        let guessed = guessed.map_err(|error| undecided(release.spec, &error.to_string()))?;
        let cells = report.cells.into_iter().map(|found| (found.cell, found)).collect();
        Ok(Self { model, cells, guessed, worlds: report.worlds })
    }

    /// Iterates over the small counts of which a reader knows more than the words that stand for them.
    pub(super) fn told(&self) -> impl Iterator<Item = (usize, &Target)> {
        self.model.targets.iter().enumerate().filter(|(_, target)| {
            let found = self.cells.get(&target.cell);
            let is_told = found.is_some_and(|found| found.verdict != Some(Verdict::Full));
            target.hidden.is_small && (is_told || self.guessed.contains_key(&target.cell))
        })
    }

    /// The small counts that the words leave open.
    pub(super) fn promised(&self, target: &Target) -> Vec<i64> {
        self.model.model.promised(target.cell).collect()
    }

    /// The small counts that a reader cannot rule out.
    pub(super) fn left(&self, target: &Target) -> Vec<i64> {
        self.cells.get(&target.cell).map(|found| found.small.clone()).unwrap_or_default()
    }
}

pub(super) fn undecided(spec: &Spec, error: &str) -> Finding {
    let message = format!("what the reports tell together could not be found out: {error}");
    Finding::error(code::disclosure::UNDECIDED, message).in_file(spec.file.clone())
}
