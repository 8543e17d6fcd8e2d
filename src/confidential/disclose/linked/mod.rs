//! Linked tables: what the figures of a release tell together.
//!
//! Takes what every report publishes; gives the hidden figures of which a reader can tell more than their words say, each with what
//! tells it. Whoever reads one report takes its tables, counters, texts and maps together, and whoever has all reports takes them
//! together with what is said of the nation. How figures are linked is derived from the conditions of the spec ([`shape`]); what
//! stands on the pages is read from the protected figures ([`reading`]); the audit solves it in integers (`disclosure-audit`).

mod classes;
mod model;
mod printed;
mod reading;
mod shape;

use std::collections::BTreeMap;
use std::fmt;

use disclosure_audit::{AuditError, CellReport, Model, ModelError, Settings, Verdict, audit, derive};

use crate::confidential::tabulate::Counts;
use crate::diag::{Finding, code};
use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, JurisdictionId, Spec};

use super::published::Published;
use model::{Release, ReleaseModel, Scope, Target};
use printed::Printed;
use shape::Shape;

/// A hidden figure of which a reader can tell more than its words say.
pub(super) struct Told {
    pub jurisdiction: JurisdictionId,
    pub figure: FigureId,
    /// What tells it: its own table, the report, or the release.
    pub kind: DisclosureKind,
    /// Its proof.
    pub proof: usize,
}

/// What a release tells of hidden figures, with the proofs.
#[derive(Default)]
pub(super) struct Linked {
    pub told: Vec<Told>,
    proofs: Proofs,
}

/// From what a reader tells hidden figures: confidential.
#[derive(Default)]
pub(super) struct Proofs {
    model: Option<Model>,
    found: Vec<CellReport>,
}

impl fmt::Debug for Proofs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proofs(…)")
    }
}

impl Linked {
    pub fn into_parts(self) -> (Vec<Told>, Proofs) {
        (self.told, self.proofs)
    }
}

impl Proofs {
    /// Derives what a reader can tell, in lines that can be followed on paper; none where nothing shorter than the model tells it.
    pub fn derivation(&self, proof: usize) -> Vec<String> {
        let Some(model) = &self.model else { return Vec::new() };
        let derived = derive(model, &self.found[proof], &SETTINGS);
        let Some(derivation) = derived.ok().flatten() else { return Vec::new() };
        derivation.lines.into_iter().chain(derivation.places).collect()
    }
}

/// Only the values that words leave open are asked for.
const SETTINGS: Settings = Settings { intervals: false, nodes: 20_000, pivots: 200_000 };

/// Lists what a release tells of hidden figures.
///
/// # Errors
/// Says why it could not be found out; what is not known to be safe is not.
pub(super) fn told(spec: &Spec, published: &[Published], counts: &Counts) -> Result<Linked, Finding> {
    let printed = Printed::of(spec);
    let mut shapes = Vec::new();
    for group in Shape::groups(spec, &printed) {
        shapes.push(Shape::of(spec, group, &printed).ok_or_else(|| too_many(spec, &spec.sources[group.0].name))?);
    }
    let release = Release { spec, shapes: &shapes, printed: &printed, published, counts };
    let undecided = |error: String| undecided(spec, &error);
    let answered = |scope: Scope| -> Result<Answered, String> {
        let model = release.model(scope).map_err(|error: ModelError| error.to_string())?;
        let report = audit(&model.model, &SETTINGS).map_err(|error: AuditError| error.to_string())?;
        Ok(Answered { model, cells: report.cells.into_iter().map(|found| (found.cell, found)).collect() })
    };
    let whole = answered(Scope::Whole).map_err(undecided)?;
    let targets = whole.model.targets.iter().enumerate();
    let open: Vec<(usize, &Target)> = targets.filter(|(_, target)| whole.tells(target)).collect();
    if open.is_empty() {
        return Ok(Linked::default());
    }
    // What the nation adds is only of interest where something is told.
    let reports = if release.tells_of_the_nation() { Some(answered(Scope::Reports).map_err(undecided)?) } else { None };
    let mut linked = Linked::default();
    for (number, target) in open {
        let own = whole.cells[&target.cell].clone();
        let promised = whole.promised(target);
        let alone: Vec<i64> = promised.iter().copied().filter(|value| target.hidden.leaves(*value)).collect();
        let in_report = match &reports {
            // Both models have the same targets, in the same order.
            Some(reports) => reports.left(&reports.model.targets[number]),
            None => whole.left(target),
        };
        let in_release = whole.left(target);
        let mut kinds = Vec::new();
        if alone.len() < promised.len() || target.hidden.is_exact() {
            kinds.push(target.hidden.kind);
        }
        if in_report.len() < alone.len() {
            kinds.push(DisclosureKind::TablesTell);
        }
        if in_release.len() < in_report.len() || kinds.is_empty() {
            kinds.push(DisclosureKind::ReportsTell);
        }
        let proof = linked.proofs.found.len();
        linked.proofs.found.push(with_ends(own, whole.model.model.threshold_of(target.cell)));
        for kind in kinds {
            let (jurisdiction, figure) = (target.jurisdiction, target.hidden.figure.clone());
            linked.told.push(Told { jurisdiction, figure, kind, proof });
        }
    }
    linked.proofs.model = Some(whole.model.model);
    Ok(linked)
}

/// A model with what a reader can tell of its cells.
struct Answered {
    model: ReleaseModel,
    cells: BTreeMap<usize, CellReport>,
}

impl Answered {
    /// Tells whether a reader knows more of a small count than the words that stand for it.
    fn tells(&self, target: &Target) -> bool {
        let found = self.cells.get(&target.cell);
        target.hidden.is_small && found.is_some_and(|found| found.verdict != Some(Verdict::Full))
    }

    /// The small counts that the words leave open.
    fn promised(&self, target: &Target) -> Vec<i64> {
        self.model.model.promised(target.cell).collect()
    }

    /// The small counts that a reader cannot rule out.
    fn left(&self, target: &Target) -> Vec<i64> {
        self.cells.get(&target.cell).map(|found| found.small.clone()).unwrap_or_default()
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

fn too_many(spec: &Spec, source: &str) -> Finding {
    let message = format!("the conditions on `{source}` have too many combinations to be looked at together");
    Finding::error(code::disclosure::UNDECIDED, message)
        .in_file(spec.file.clone())
        .help("let fewer columns decide which records count".to_owned())
}

fn undecided(spec: &Spec, error: &str) -> Finding {
    let message = format!("what the reports tell together could not be found out: {error}");
    Finding::error(code::disclosure::UNDECIDED, message).in_file(spec.file.clone())
}
