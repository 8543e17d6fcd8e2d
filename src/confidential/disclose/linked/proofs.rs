//! Why a figure is told.

use std::fmt;

use disclosure_audit::{CellReport, Model, derive};

use super::answered::SETTINGS;

/// From what a reader tells hidden figures: confidential.
#[derive(Default)]
pub(in crate::confidential::disclose) struct Proofs {
    model: Option<Model>,
    found: Vec<CellReport>,
}

impl fmt::Debug for Proofs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proofs(…)")
    }
}

impl Proofs {
    /// Adds what a reader can tell of a cell.
    pub(super) fn add(&mut self, found: CellReport, threshold: i64) -> usize {
        self.found.push(with_ends(found, threshold));
        self.found.len() - 1
    }

    /// Keeps the model that the cells are of.
    pub(super) fn keep(&mut self, model: Model) {
        self.model = Some(model);
    }

    /// Derives what a reader can tell, in lines that can be followed on paper; none where there is no shorter proof than all facts.
    pub fn derivation(&self, proof: usize) -> Vec<String> {
        let Some(model) = &self.model else { return Vec::new() };
        let derived = derive(model, &self.found[proof], &SETTINGS);
        let Some(derivation) = derived.ok().flatten() else { return Vec::new() };
        derivation.lines.into_iter().chain(derivation.places).collect()
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
