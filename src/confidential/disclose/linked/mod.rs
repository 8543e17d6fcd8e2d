//! Linked tables: what the figures of a release tell together.
//!
//! Takes what every report publishes; gives the hidden figures of which a reader can tell more than their words say, each with what
//! tells it. Whoever reads one report takes its tables, counters, texts and maps together, and whoever has all reports takes them
//! together with what is said of the nation. How figures are linked is derived from the conditions of the spec ([`shape`]); what
//! stands on the pages is read from the protected figures ([`reading`]); the audit solves it in integers (`disclosure-audit`).

mod classes;
mod model;
mod printed;
mod proofs;
mod reading;
mod shape;
mod suppress;

use std::collections::{BTreeMap, BTreeSet};

use disclosure_audit::{AuditError, CellReport, Possible, Report, Settings, Status, Verdict, World, audit};

use crate::confidential::tabulate::Counts;
use crate::diag::{Finding, code};
use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, DisclosurePolicy, JurisdictionId, Spec};

use super::audit::Group;
use super::published::Published;
use model::{Release, ReleaseModel, Target};
use printed::Printed;
use shape::{Figure, Shape};

pub(super) use model::Scope;
pub(super) use proofs::Proofs;

/// A hidden figure of which a reader can tell more than its words say.
pub(super) struct Told {
    pub jurisdiction: JurisdictionId,
    pub figure: FigureId,
    /// What tells it: its own table, the report, or the release.
    pub kind: DisclosureKind,
    /// Its proof.
    pub proof: usize,
    at: Figure,
}

/// What a release tells of hidden figures, with the proofs.
#[derive(Default)]
pub(super) struct Linked {
    pub told: Vec<Told>,
    pub proofs: Proofs,
}

/// A hidden figure that other figures tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Open {
    pub jurisdiction: JurisdictionId,
    at: Figure,
    /// Other reports are needed to tell it.
    pub by_reports: bool,
}

impl Linked {
    /// Returns the groups of rows of which their own table tells something.
    pub fn groups(&self) -> impl Iterator<Item = Group> {
        let own = |told: &Told| {
            let (table, parent) = match told.at {
                Figure::Row(table, _) | Figure::TableTotal(table) => (table, None),
                Figure::Child(table, parent, _) => (table, Some(parent)),
                Figure::Total(_) | Figure::Counter(..) => return None,
            };
            Some(Group { jurisdiction: told.jurisdiction, table, parent })
        };
        self.told.iter().filter(|told| !told.is_linked()).filter_map(own)
    }

    /// Returns the hidden figures that only other tables or reports tell.
    pub fn open(&self) -> Vec<Open> {
        let open = self.told.iter().filter(|told| told.is_linked()).map(|told| Open {
            jurisdiction: told.jurisdiction,
            at: told.at,
            by_reports: told.kind == DisclosureKind::ReportsTell,
        });
        open.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl Told {
    fn is_linked(&self) -> bool {
        matches!(self.kind, DisclosureKind::TablesTell | DisclosureKind::ReportsTell)
    }
}

/// Only the values that words leave open are asked for.
const SETTINGS: Settings = Settings { intervals: false, nodes: 20_000, pivots: 200_000 };

/// How the figures of an edition are linked, whatever is published of them.
pub(super) struct Linking<'a> {
    spec: &'a Spec,
    counts: &'a Counts,
    printed: Printed,
    shapes: Vec<Shape>,
}

impl<'a> Linking<'a> {
    /// Derives from the spec how figures are linked.
    ///
    /// # Errors
    /// Names a source whose conditions are too many to be looked at together.
    pub fn of(spec: &'a Spec, counts: &'a Counts) -> Result<Self, Finding> {
        let printed = Printed::of(spec);
        let groups = Shape::groups(spec, &printed).into_iter();
        let shape = |group| Shape::of(spec, group, &printed).ok_or_else(|| too_many(spec, &spec.sources[group.0].name));
        let shapes = groups.map(shape).collect::<Result<_, _>>()?;
        Ok(Self { spec, counts, printed, shapes })
    }

    fn release<'r>(&'r self, published: &'r [Published]) -> Release<'r> {
        let Self { spec, counts, printed, shapes } = self;
        Release { spec, shapes, printed, published, counts, margin: false }
    }

    /// Lists what a release tells of hidden figures.
    ///
    /// # Errors
    /// Says why it could not be found out; what is not known to be safe is not.
    pub fn told(&self, published: &[Published]) -> Result<Linked, Finding> {
        let release = self.release(published);
        let whole = Answered::of(release, Scope::Whole)?;
        if whole.told().next().is_none() {
            return Ok(Linked::default());
        }
        // What the nation adds is only of interest where something is told.
        let reports = if release.tells_of_the_nation() { Some(Answered::of(release, Scope::Reports)?) } else { None };
        let mut linked = Linked::default();
        for (number, target) in whole.told() {
            // Both models have the same targets, in the same order.
            let (reports, own) = match &reports {
                Some(reports) => (reports, &reports.model.targets[number]),
                None => (&whole, target),
            };
            let found = whole.cells[&target.cell].clone();
            let proof = linked.proofs.add(found, whole.model.model.threshold_of(target.cell));
            let mut kinds = kinds(target, &whole.promised(target), &reports.left(own), &whole.left(target));
            if kinds.is_empty() {
                let by_report = reports.nonzero.contains(&own.cell);
                kinds.push(if by_report { DisclosureKind::TablesTell } else { DisclosureKind::ReportsTell });
            }
            for kind in kinds {
                let (jurisdiction, hidden) = (target.jurisdiction, &target.hidden);
                linked.told.push(Told { jurisdiction, figure: hidden.figure.clone(), kind, proof, at: hidden.at });
            }
        }
        linked.proofs.keep(whole.model.model);
        Ok(linked)
    }
}

/// Tells what narrows the small counts of a figure: its own table, what is left of them by its report, or by all reports.
fn kinds(target: &Target, promised: &[i64], in_report: &[i64], in_release: &[i64]) -> Vec<DisclosureKind> {
    let alone = promised.iter().filter(|value| target.hidden.leaves(**value)).count();
    let mut kinds = Vec::new();
    if alone < promised.len() || target.hidden.is_exact() {
        kinds.push(target.hidden.kind);
    }
    if in_report.len() < alone {
        kinds.push(DisclosureKind::TablesTell);
    }
    if in_release.len() < in_report.len() {
        kinds.push(DisclosureKind::ReportsTell);
    }
    kinds
}

/// A model with what a reader can tell of its cells.
struct Answered {
    model: ReleaseModel,
    cells: BTreeMap<usize, CellReport>,
    /// Cells that cannot be zero if another row that is hidden with them must count something small.
    nonzero: BTreeSet<usize>,
}

impl Answered {
    fn of(release: Release<'_>, scope: Scope) -> Result<Self, Finding> {
        let model = release.model(scope).map_err(|error| undecided(release.spec, &error.to_string()))?;
        let report = audit(&model.model, &SETTINGS).map_err(|error| undecided(release.spec, &error.to_string()))?;
        let nonzero = match release.spec.policy {
            DisclosurePolicy::Strict => {
                nonzero(&model, &report).map_err(|error| undecided(release.spec, &error.to_string()))?
            }
            DisclosurePolicy::Faithful2016 => BTreeSet::new(),
        };
        Ok(Self { model, cells: report.cells.into_iter().map(|found| (found.cell, found)).collect(), nonzero })
    }

    /// Iterates over the small counts of which a reader knows more than the words that stand for them.
    fn told(&self) -> impl Iterator<Item = (usize, &Target)> {
        self.model.targets.iter().enumerate().filter(|(_, target)| {
            let found = self.cells.get(&target.cell);
            let is_told = found.is_some_and(|found| found.verdict != Some(Verdict::Full));
            target.hidden.is_small && (is_told || self.nonzero.contains(&target.cell))
        })
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

/// Finds cells that cannot be zero where another row that is hidden with them must count something small. A reader may take it that
/// rows are not hidden for zeros alone.
fn nonzero(model: &ReleaseModel, report: &Report) -> Result<BTreeSet<usize>, AuditError> {
    let ReleaseModel { model, groups, .. } = model;
    let mut found = BTreeSet::new();
    let mut possible = None;
    for (group, cell) in groups.iter().flat_map(|group| group.iter().map(move |cell| (group, *cell))) {
        if model.cells()[cell].status != Status::Primary || !model.promised(cell).contains(&0) {
            continue;
        }
        let small = 1..model.threshold_of(cell);
        let others = || group.iter().copied().filter(|other| *other != cell);
        let shows = |World(counts): &World| counts[cell] == 0 && others().any(|other| small.contains(&counts[other]));
        if report.worlds.iter().any(shows) {
            continue;
        }
        let possible = match &possible {
            Some(possible) => possible,
            None => possible.insert(Possible::new(model, &SETTINGS)?),
        };
        let mut can_be_zero = false;
        for other in others() {
            can_be_zero = can_be_zero || possible.occurs(&[(cell, 0, 0), (other, small.start, small.end - 1)])?;
        }
        if !can_be_zero {
            found.insert(cell);
        }
    }
    Ok(found)
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
