//! What a reader tells of small counts beside the counts themselves: by what he believes or knows, and of their sums.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use disclosure_audit::{AuditError, CellReport, Possible, Report, Status, Verdict, World, fixed_small_sums};

use crate::report_spec::{DisclosurePolicy, JurisdictionId, Spec, TableId};

use super::model::{ReleaseModel, SETTINGS};

/// What a reader believes or knows beside the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// That rows are not hidden for zeros alone.
    NotForZeros,
    /// That there is a case.
    OneCase,
    /// When the rule stops hiding rows.
    Order,
    /// None: a sum with other cells follows from the facts.
    Sum,
}

impl Guess {
    /// Returns what follows from it, as the end of a finding.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NotForZeros => "it cannot be 0, for no row that is hidden with it could be small then",
            Self::OneCase => "who knows of one case knows that there is no other",
            Self::Sum => {
                "with other hidden rows of its table it adds up to a small count that follows from the figures"
            }
            Self::Order => "other figures tell a row that was hidden to protect it",
        }
    }
}

/// More than any count.
const MANY: i64 = 1 << 46;

struct Guesses<'a> {
    release: &'a ReleaseModel,
    report: &'a Report,
    /// The model made ready for questions, when there is the first.
    possible: OnceCell<Possible>,
}

/// Finds cells of which a reader tells more by what he believes or knows beside the facts.
pub(super) fn guessed(
    spec: &Spec,
    release: &ReleaseModel,
    report: &Report,
) -> Result<BTreeMap<usize, Guess>, AuditError> {
    let guesses = Guesses { release, report, possible: OnceCell::new() };
    let mut found = BTreeMap::new();
    let mut add = |cells: BTreeSet<usize>, guess| found.extend(cells.into_iter().map(|cell| (cell, guess)));
    if spec.protection.insider {
        add(guesses.known_to_an_insider()?, Guess::OneCase);
    }
    if spec.protection.policy == DisclosurePolicy::Strict {
        add(guesses.beside_known()?, Guess::Order);
        add(guesses.nonzero()?, Guess::NotForZeros);
        add(guesses.in_small_sums()?, Guess::Sum);
    }
    Ok(found)
}

impl Guesses<'_> {
    /// Tells whether some world has all these cells within bounds, from the first number to the last.
    fn occurs(&self, bounds: &[(usize, i64, i64)]) -> Result<bool, AuditError> {
        if let Some(possible) = self.possible.get() {
            return possible.occurs(bounds);
        }
        let possible = Possible::new(&self.release.model, &SETTINGS)?;
        self.possible.get_or_init(|| possible).occurs(bounds)
    }

    fn is_small(&self, cell: usize) -> bool {
        self.release.model.cells()[cell].status == Status::Primary
    }

    /// Finds cells that are one for certain to whoever knows that they are not zero.
    fn known_to_an_insider(&self) -> Result<BTreeSet<usize>, AuditError> {
        let mut found = BTreeSet::new();
        for CellReport { cell, small, .. } in &self.report.cells {
            let is_open = small.iter().filter(|count| **count > 0).count() >= 2;
            if self.is_small(*cell)
                && !is_open
                && !self.occurs(&[(*cell, self.release.model.threshold_of(*cell), MANY)])?
            {
                found.insert(*cell);
            }
        }
        Ok(found)
    }

    /// Finds cells that cannot be zero where another row that is hidden with them must count something small. A reader may take it
    /// that rows are not hidden for zeros alone.
    fn nonzero(&self) -> Result<BTreeSet<usize>, AuditError> {
        let ReleaseModel { model, groups, .. } = self.release;
        let mut found = BTreeSet::new();
        for (group, cell) in groups.iter().flat_map(|group| group.iter().map(move |cell| (group, *cell))) {
            if !self.is_small(cell) || !model.promised(cell).contains(&0) {
                continue;
            }
            let small = 1..model.threshold_of(cell);
            let others = || group.iter().copied().filter(|other| *other != cell);
            let shows =
                |World(counts): &World| counts[cell] == 0 && others().any(|other| small.contains(&counts[other]));
            if self.report.worlds.iter().any(shows) {
                continue;
            }
            let mut can_be_zero = false;
            for other in others() {
                can_be_zero = can_be_zero || self.occurs(&[(cell, 0, 0), (other, small.start, small.end - 1)])?;
            }
            if !can_be_zero {
                found.insert(cell);
            }
        }
        Ok(found)
    }

    /// Finds small cells beside which a row is hidden that is not small and that a reader can tell. It protects them no longer, and
    /// the rule would not have stopped where it did without it: that rules out some of their counts.
    fn beside_known(&self) -> Result<BTreeSet<usize>, AuditError> {
        let mut found = BTreeSet::new();
        for group in &self.release.groups {
            let (small, others): (Vec<usize>, Vec<usize>) = group.iter().partition(|cell| self.is_small(**cell));
            for cell in others.into_iter().filter(|_| !small.is_empty()) {
                if self.is_known(cell)? {
                    found.extend(&small);
                }
            }
        }
        Ok(found)
    }

    /// Finds small cells of one table whose sum follows and is small itself.
    fn in_small_sums(&self) -> Result<BTreeSet<usize>, AuditError> {
        let mut tables: BTreeMap<(JurisdictionId, TableId), BTreeSet<usize>> = BTreeMap::new();
        let full: BTreeSet<usize> = self
            .report
            .cells
            .iter()
            .filter(|found| found.verdict == Some(Verdict::Full))
            .map(|found| found.cell)
            .collect();
        // Of the others more is told than a sum of theirs.
        for target in self.release.targets.iter().filter(|target| target.hidden.is_small && full.contains(&target.cell))
        {
            if let Some(table) = target.hidden.at.table() {
                tables.entry((target.jurisdiction, table)).or_default().insert(target.cell);
            }
        }
        let mut found = BTreeSet::new();
        for cells in tables.into_values() {
            let cells: Vec<usize> = cells.into_iter().collect();
            let sums = fixed_small_sums(&self.release.model, &cells, &self.report.worlds, &SETTINGS)?;
            found.extend(sums.into_iter().flat_map(|(parts, _)| parts));
        }
        Ok(found)
    }

    fn is_known(&self, cell: usize) -> Result<bool, AuditError> {
        let mut counts = self.report.worlds.iter().map(|World(counts)| counts[cell]);
        let Some(count) = counts.next().filter(|count| counts.all(|other| other == *count)) else { return Ok(false) };
        Ok(!self.occurs(&[(cell, 0, count - 1)])? && !self.occurs(&[(cell, count + 1, MANY)])?)
    }
}
