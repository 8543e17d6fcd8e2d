//! What a reader can tell of the counts of a model.

use std::collections::{BTreeMap, BTreeSet};

use disclosure_audit::{AuditError, CellReport, Possible, Report, Settings, Status, Verdict, World, audit};

use crate::diag::{Finding, code};
use crate::report_spec::{DisclosurePolicy, Spec};

use super::model::{Release, ReleaseModel, Scope, Target};

/// Only the values that words leave open are asked for.
pub(super) const SETTINGS: Settings = Settings { intervals: false, ..Settings::DEFAULT };

/// What a reader believes or knows beside the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// That rows are not hidden for zeros alone.
    NotForZeros,
    /// That there is a case.
    OneCase,
    /// When the rule stops hiding rows.
    Order,
}

impl Guess {
    /// Returns what follows from it, as the end of a finding.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NotForZeros => "it cannot be 0, for no row that is hidden with it could be small then",
            Self::OneCase => "who knows of one case knows that there is no other",
            Self::Order => "other figures tell a row that was hidden to protect it",
        }
    }
}

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

/// Finds cells of which a reader tells more by what he believes or knows beside the facts.
fn guessed(spec: &Spec, release: &ReleaseModel, report: &Report) -> Result<BTreeMap<usize, Guess>, AuditError> {
    let mut possible = None;
    let mut found = BTreeMap::new();
    if spec.protection.insider {
        let cells = known_to_an_insider(release, report, &mut possible)?;
        found.extend(cells.into_iter().map(|cell| (cell, Guess::OneCase)));
    }
    if spec.protection.policy == DisclosurePolicy::Strict {
        let cells = beside_known(release, report, &mut possible)?;
        found.extend(cells.into_iter().map(|cell| (cell, Guess::Order)));
        let cells = nonzero(release, report, &mut possible)?;
        found.extend(cells.into_iter().map(|cell| (cell, Guess::NotForZeros)));
    }
    Ok(found)
}

/// Finds cells that are one for certain to whoever knows that they are not zero.
fn known_to_an_insider(
    release: &ReleaseModel,
    report: &Report,
    possible: &mut Option<Possible>,
) -> Result<BTreeSet<usize>, AuditError> {
    let mut found = BTreeSet::new();
    for CellReport { cell, small, .. } in &report.cells {
        let is_primary = release.model.cells()[*cell].status == Status::Primary;
        if is_primary && small.iter().filter(|count| **count > 0).count() < 2 {
            let possible = ready(possible, release)?;
            if !possible.occurs(&[(*cell, release.model.threshold_of(*cell), MANY)])? {
                found.insert(*cell);
            }
        }
    }
    Ok(found)
}

/// More than any count.
const MANY: i64 = 1 << 46;

fn ready<'p>(possible: &'p mut Option<Possible>, release: &ReleaseModel) -> Result<&'p Possible, AuditError> {
    match possible {
        Some(possible) => Ok(possible),
        None => Ok(possible.insert(Possible::new(&release.model, &SETTINGS)?)),
    }
}

/// Finds cells that cannot be zero where another row that is hidden with them must count something small. A reader may take it that
/// rows are not hidden for zeros alone.
fn nonzero(
    release: &ReleaseModel,
    report: &Report,
    possible: &mut Option<Possible>,
) -> Result<BTreeSet<usize>, AuditError> {
    let ReleaseModel { model, groups, .. } = release;
    let mut found = BTreeSet::new();
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
        let possible = ready(possible, release)?;
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

/// Finds small cells beside which a row is hidden that is not small and that a reader can tell. It protects them no longer, and the
/// rule would not have stopped where it did without it: that rules out some of their counts.
fn beside_known(
    release: &ReleaseModel,
    report: &Report,
    possible: &mut Option<Possible>,
) -> Result<BTreeSet<usize>, AuditError> {
    let mut found = BTreeSet::new();
    for group in &release.groups {
        let is_small = |cell: &usize| release.model.cells()[*cell].status == Status::Primary;
        let (small, others): (Vec<usize>, Vec<usize>) = group.iter().partition(|cell| is_small(cell));
        for cell in others.into_iter().filter(|_| !small.is_empty()) {
            if is_known(release, report, possible, cell)? {
                found.extend(&small);
            }
        }
    }
    Ok(found)
}

fn is_known(
    release: &ReleaseModel,
    report: &Report,
    possible: &mut Option<Possible>,
    cell: usize,
) -> Result<bool, AuditError> {
    let mut counts = report.worlds.iter().map(|World(counts)| counts[cell]);
    let Some(count) = counts.next().filter(|count| counts.all(|other| other == *count)) else { return Ok(false) };
    let possible = ready(possible, release)?;
    Ok(!possible.occurs(&[(cell, 0, count - 1)])? && !possible.occurs(&[(cell, count + 1, MANY)])?)
}

pub(super) fn undecided(spec: &Spec, error: &str) -> Finding {
    let message = format!("what the reports tell together could not be found out: {error}");
    Finding::error(code::disclosure::UNDECIDED, message).in_file(spec.file.clone())
}
