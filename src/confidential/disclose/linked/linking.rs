//! How the figures of an edition are linked, and what a release tells by it.

use std::collections::BTreeSet;

use crate::confidential::disclose::further::Group;
use crate::confidential::disclose::published::Published;
use crate::confidential::tabulate::Counts;
use crate::diag::{Finding, code};
use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, JurisdictionId, Spec};

use super::answered::{Answered, undecided};
use super::model::{Release, Scope, Target};
use super::printed::Printed;
use super::proofs::Proofs;
use super::shape::{Figure, Shape};

/// A hidden figure of which a reader can tell more than its words say.
pub(in crate::confidential::disclose) struct Told {
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
pub(in crate::confidential::disclose) struct Linked {
    pub told: Vec<Told>,
    pub proofs: Proofs,
}

/// A hidden figure that other figures tell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::confidential::disclose) struct Open {
    pub jurisdiction: JurisdictionId,
    pub(super) at: Figure,
    /// Other reports are needed to tell it.
    pub by_reports: bool,
}

impl Linked {
    /// Returns the groups of rows of which their own table tells something.
    pub(crate) fn groups(&self) -> impl Iterator<Item = Group> {
        self.told.iter().filter(|told| !told.is_linked()).filter_map(Told::group)
    }

    /// Returns the hidden figures that only other tables or reports tell.
    pub(crate) fn open(&self) -> Vec<Open> {
        let open = self.told.iter().filter(|told| told.is_linked()).map(|told| Open {
            jurisdiction: told.jurisdiction,
            at: told.at,
            by_reports: told.kind == DisclosureKind::ReportsTell,
        });
        open.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

impl Told {
    /// Returns the rows that it adds up with; none where it stands in no table.
    pub(crate) fn group(&self) -> Option<Group> {
        let (table, parent) = match self.at {
            Figure::Row(table, _) | Figure::TableTotal(table) => (table, None),
            Figure::Child(table, parent, _) => (table, Some(parent)),
            Figure::Total(_) | Figure::Counter(..) => return None,
        };
        Some(Group { jurisdiction: self.jurisdiction, table, parent })
    }

    fn is_linked(&self) -> bool {
        matches!(self.kind, DisclosureKind::TablesTell | DisclosureKind::ReportsTell)
    }
}

/// How the figures of an edition are linked, whatever is published of them.
pub(in crate::confidential::disclose) struct Linking<'a> {
    pub(super) spec: &'a Spec,
    counts: &'a Counts,
    pub(super) printed: Printed,
    shapes: Vec<Shape>,
}

impl<'a> Linking<'a> {
    /// Derives from the spec how figures are linked.
    ///
    /// # Errors
    /// Names a source whose conditions are too many to be looked at together.
    pub(crate) fn of(spec: &'a Spec, counts: &'a Counts) -> Result<Self, Finding> {
        let printed = Printed::of(spec);
        let groups = Shape::groups(spec, &printed).into_iter();
        let shape = |group| Shape::of(spec, group, &printed).ok_or_else(|| too_many(spec, &spec.sources[group.0].name));
        let shapes = groups.map(shape).collect::<Result<_, _>>()?;
        Ok(Self { spec, counts, printed, shapes })
    }

    pub(super) fn release<'r>(&'r self, published: &'r [Published]) -> Release<'r> {
        let Self { spec, counts, printed, shapes } = self;
        Release { spec, shapes, printed, published, counts, margin: false }
    }

    /// Lists what a release tells of hidden figures.
    ///
    /// # Errors
    /// Says why it could not be found out; what is not known to be safe is not.
    pub(crate) fn told(&self, published: &[Published]) -> Result<Linked, Finding> {
        let release = self.release(published);
        let whole = Answered::of(release, Scope::Whole)?;
        if whole.told().next().is_none() {
            return self.proved(Linked::default(), whole);
        }
        // What the other reports add is only of interest where something is told.
        let reports = if release.links_reports() { Some(Answered::of(release, Scope::Reports)?) } else { None };
        let mut linked = Linked::default();
        for (number, target) in whole.told() {
            // Both models have the same targets, in the same order.
            let (reports, own) = match &reports {
                Some(reports) => (reports, &reports.model.targets[number]),
                None => (&whole, target),
            };
            let found = whole.cells[&target.cell].clone();
            let mut kinds = kinds(target, &whole.promised(target), &reports.left(own), &whole.left(target));
            let guess = whole.guessed.get(&target.cell).copied().filter(|_| kinds.is_empty());
            let proof = linked.proofs.add(found, whole.model.model.threshold_of(target.cell), guess);
            if kinds.is_empty() {
                let by_report = reports.guessed.contains_key(&own.cell);
                kinds.push(if by_report { DisclosureKind::TablesTell } else { DisclosureKind::ReportsTell });
            }
            for kind in kinds {
                let (jurisdiction, hidden) = (target.jurisdiction, &target.hidden);
                linked.told.push(Told { jurisdiction, figure: hidden.figure.clone(), kind, proof, at: hidden.at });
            }
        }
        self.proved(linked, whole)
    }

    /// Keeps the worlds that prove what is not told, and adds them up.
    fn proved(&self, mut linked: Linked, whole: Answered) -> Result<Linked, Finding> {
        let told: Vec<usize> = whole.told().map(|(_, target)| target.cell).collect();
        linked.proofs.keep(whole.model, whole.worlds, &told);
        linked.proofs.check().map_err(|fault| undecided(self.spec, &fault))?;
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

fn too_many(spec: &Spec, source: &str) -> Finding {
    let message = format!("the conditions on `{source}` have too many combinations to be looked at together");
    Finding::error(code::disclosure::UNDECIDED, message)
        .in_file(spec.file.clone())
        .help("let fewer columns decide which records count".to_owned())
}
