//! Why a figure is told, and why the others are not.

use std::collections::BTreeMap;
use std::fmt;

use disclosure_audit::{CellReport, Model, Promise, Proof, World, check_worlds, derive};

use crate::report_spec::{JurisdictionId, Spec};

use super::guess::Guess;
use super::model::{ReleaseModel, SETTINGS};
use super::names::figure_id;
use super::shape::Figure;

/// From what a reader tells hidden figures, and the worlds that show that he cannot tell the others: confidential.
#[derive(Default)]
pub(in crate::confidential::disclose) struct Proofs {
    model: Option<Model>,
    found: Vec<(CellReport, Option<Guess>)>,
    worlds: Vec<World>,
    cells: BTreeMap<(JurisdictionId, Figure), usize>,
}

impl fmt::Debug for Proofs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proofs(…)")
    }
}

impl Proofs {
    /// Adds what a reader can tell of a cell, by the facts or by what he believes beside them.
    pub(super) fn add(&mut self, found: CellReport, threshold: i64, guess: Option<Guess>) -> usize {
        self.found.push((with_ends(found, threshold), guess));
        self.found.len() - 1
    }

    /// Keeps the model and its worlds; of the cells that are told they prove nothing.
    pub(super) fn keep(&mut self, release: ReleaseModel, worlds: Vec<World>, told: &[usize]) {
        let mut model = release.model;
        for cell in told {
            model.waive(*cell);
        }
        (self.model, self.worlds, self.cells) = (Some(model), worlds, release.cells);
    }

    /// Checks the worlds, by adding up alone.
    pub(super) fn check(&self) -> Result<(), String> {
        let Some(model) = &self.model else { return Ok(()) };
        check_worlds(model, &self.worlds, Promise::FullRange).map_err(|fault| fault.to_string())
    }

    /// Derives what a reader can tell, in lines that can be followed on paper; none where there is no shorter proof than all facts.
    pub(crate) fn derivation(&self, proof: usize) -> Vec<String> {
        let Some(model) = &self.model else { return Vec::new() };
        let (found, guess) = &self.found[proof];
        if let Some(guess) = guess {
            return vec![guess.words().to_owned()];
        }
        let derived = derive(model, found, &SETTINGS);
        let Some(derivation) = derived.ok().flatten() else { return Vec::new() };
        derivation.lines.into_iter().chain(derivation.places).collect()
    }

    /// Makes the proof as a file, in which every count has the names of all figures that it is.
    pub(crate) fn to_file(&self, spec: &Spec) -> Option<Proof> {
        let model = self.model.as_ref()?;
        let mut names: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for ((jurisdiction, figure), cell) in &self.cells {
            let name = format!("{} {}", spec.jurisdictions[*jurisdiction].code, figure_id(spec, *figure));
            names.entry(*cell).or_default().push(name);
        }
        let named = |cell: usize| names.get(&cell).cloned().unwrap_or_default();
        Some(Proof::of(model, &self.worlds, Promise::FullRange, named))
    }
}

/// Gives a cell the ends that its small values show.
fn with_ends(mut found: CellReport, threshold: i64) -> CellReport {
    let (least, greatest) = (found.small.iter().min().copied(), found.small.iter().max().copied());
    if let Some(least) = least.filter(|_| found.open.is_empty()) {
        found.lower = found.lower.max(least);
    }
    if let (Some(greatest), true) = (greatest, found.upper.is_some_and(|upper| upper < threshold)) {
        found.upper = Some(greatest);
    }
    found
}
