//! What a reader can still tell: for every hidden cell the values that occur in some world.
//!
//! A *world* is a complete table of integers that agrees with every fact. The reader knows all facts, labels and published
//! counts, and reasons without error; integers matter, since a reader over real numbers misses cells that are exact.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::branch::Limit;
use crate::check::{World, check_world, shows_full_range, shows_two_values};
use crate::contradiction::contradiction;
use crate::diags::AuditError;
use crate::model::{Model, Status};
use crate::part::{self, Finding, PartReport, Question};
use crate::presolve::{self, Component, Presolved};
use crate::system::System;

/// Says what an audit does beyond the verdicts, and when it gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Look for both ends of every hidden cell, secondary ones too. Without it the interval of a cell is only sure to hold
    /// every count that occurs, and only primary cells are looked at.
    pub intervals: bool,
    /// Branchings that one question may take. The limit is work and not time: every machine gives the same answers.
    pub nodes: u64,
    /// Pivots that one question may take.
    pub pivots: u64,
    /// Branchings and pivots that all questions of an audit may take together; what is asked after that stays unknown. To find
    /// a first table in each part is not counted against it: without one there is no audit.
    pub work: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Settings {
    /// The default: enough for the tables of all states and the nation, and some seconds where they are made to be hard.
    pub const DEFAULT: Self = Self { intervals: true, nodes: 20_000, pivots: 200_000, work: 500_000 };

    pub(crate) fn limit(&self) -> Limit {
        Limit { nodes: self.nodes, pivots: self.pivots }
    }
}

/// Says how well the count of a primary cell is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// One value is left: the reader knows the count.
    Exact,
    /// Several are left, but not every value under the threshold that the label allows.
    Narrowed,
    /// Every value under the threshold that the label allows occurs in some world.
    Full,
    /// The limit of work was reached. To be taken as unsafe.
    Unknown,
}

/// Is what a reader can tell of one hidden cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellReport {
    /// Position in [`Model::cells`].
    pub cell: usize,
    /// No world has less.
    pub lower: i64,
    /// No world has more; nothing if there is no end.
    pub upper: Option<i64>,
    /// The values under the threshold that occur.
    pub small: Vec<i64>,
    /// Values under the threshold of which the limit of work left open whether they occur.
    pub open: Vec<i64>,
    /// For primary cells.
    pub verdict: Option<Verdict>,
    /// Whether both ends of the interval were looked for and occur.
    pub has_exact_ends: bool,
}

impl CellReport {
    /// Tells whether someone who knows of one case in the cell can tell its count: one value of 1 or more is left.
    ///
    /// Nothing if the audit did not find out: a small value stayed open, or the ends that decide were not looked for
    /// ([`Settings::intervals`]). To be taken as unsafe.
    pub fn is_exact_to_an_insider(&self, threshold: i64) -> Option<bool> {
        let small = self.small.iter().filter(|value| **value >= 1).count();
        if small > 1 {
            return Some(false);
        }
        if !self.open.is_empty() {
            return None;
        }
        let from = self.lower.max(threshold).max(1);
        if self.upper.is_some_and(|upper| upper < from) {
            return Some(small == 1);
        }
        // From here on a greater count decides, and only ends that occur tell of it.
        match (self.has_exact_ends, small, self.upper) {
            (false, _, _) => None,
            (true, 0, Some(upper)) if upper == from => Some(true),
            (true, 0, Some(_)) if self.lower < from => None,
            _ => Some(false),
        }
    }
}

/// Is the outcome of an audit. Intervals and worlds tell confidential counts.
#[derive(Clone, Debug)]
pub struct Report {
    /// One for each hidden cell, in the order of the model.
    pub cells: Vec<CellReport>,
    /// Complete tables in which the primary cells show every value that they take; see [`check_worlds`](crate::check_worlds).
    pub worlds: Vec<World>,
}

impl Report {
    /// Tells whether no primary cell is exact or unknown.
    pub fn is_safe_from_exact(&self) -> bool {
        self.verdicts().all(|verdict| matches!(verdict, Verdict::Narrowed | Verdict::Full))
    }

    /// Tells whether every primary cell takes every value under the threshold that its label allows.
    pub fn is_full(&self) -> bool {
        self.verdicts().all(|verdict| verdict == Verdict::Full)
    }

    fn verdicts(&self) -> impl Iterator<Item = Verdict> + '_ {
        self.cells.iter().filter_map(|cell| cell.verdict)
    }
}

/// Finds what a reader can tell of every hidden cell.
///
/// # Errors
/// Facts that no table agrees with, or of which no world was found within the limit of work.
pub fn audit(model: &Model, settings: &Settings) -> Result<Report, AuditError> {
    let Presolved { system, links } = presolved(model)?;
    let mut questions = vec![Question::default(); links.len()];
    for cell in (0..links.len()).filter(|&cell| model.cells()[cell].is_hidden()) {
        ask(model, cell, settings, links[cell], &mut questions[links[cell].of]);
    }
    let mut findings: Vec<Option<Finding>> = vec![None; links.len()];
    let mut parts = Vec::new();
    let mut work = settings.work;
    for Component { variables, system } in presolve::components(&system, &links) {
        let asked: Vec<Question> = variables.iter().map(|&variable| std::mem::take(&mut questions[variable])).collect();
        let known = variables.iter().map(|&variable| model.cells()[variable].value).collect();
        let report = part::audit(system, &asked, known, settings.limit(), &mut work);
        let mut report = report.map_err(|error| named(model, error))?;
        for (variable, finding) in variables.iter().zip(std::mem::take(&mut report.findings)) {
            findings[*variable] = Some(finding);
        }
        parts.push((variables, report));
    }
    let worlds = confirmed(model, joined(&links, &parts));
    let cells = (0..links.len())
        .filter(|&cell| model.cells()[cell].is_hidden())
        .filter_map(|cell| Some(cell_report(model, cell, links[cell], findings[links[cell].of].as_ref()?)))
        .map(|found| judged(model, &worlds, found))
        .collect();
    Ok(Report { cells, worlds })
}

/// Drops what the checker refuses: nothing is called safe that the worlds which are handed out do not show.
fn confirmed(model: &Model, mut worlds: Vec<World>) -> Vec<World> {
    worlds.retain(|world| check_world(model, 0, world).is_ok());
    worlds
}

/// Gives a primary cell the verdict that the worlds prove: they alone make a cell safe.
fn judged(model: &Model, worlds: &[World], mut found: CellReport) -> CellReport {
    let Some(verdict) = found.verdict else { return found };
    let promise_is_shown = shows_full_range(model, worlds, found.cell);
    found.verdict = Some(match verdict {
        Verdict::Full | Verdict::Unknown if promise_is_shown => Verdict::Full,
        Verdict::Narrowed if shows_two_values(worlds, found.cell) => Verdict::Narrowed,
        Verdict::Exact => Verdict::Exact,
        _ => Verdict::Unknown,
    });
    found
}

/// Presolves the facts of a model.
pub(crate) fn presolved(model: &Model) -> Result<Presolved, AuditError> {
    presolve::presolve(System::of(model)?).map_err(|_| contradiction(model))
}

/// Names the facts of a contradiction.
pub(crate) fn named(model: &Model, error: AuditError) -> AuditError {
    match error {
        AuditError::Contradiction { facts } if facts.is_empty() => contradiction(model),
        other => other,
    }
}

fn ask(model: &Model, cell: usize, settings: &Settings, link: presolve::Link, question: &mut Question) {
    let primary = model.cells()[cell].status == Status::Primary;
    question.ends |= settings.intervals;
    question.varied |= primary;
    if !primary && !settings.intervals {
        return;
    }
    let values: Vec<i64> = model.promised(cell).map(|value| link.source(value)).collect();
    join(&mut question.values, &values);
    if primary {
        join(&mut question.proved, &values);
    }
}

/// Adds values, each once: cells that stand for each other ask about one variable.
fn join(values: &mut Vec<i64>, others: &[i64]) {
    let known: HashSet<i64> = values.iter().copied().collect();
    values.extend(others.iter().filter(|value| !known.contains(value)));
}

fn cell_report(model: &Model, cell: usize, link: presolve::Link, finding: &Finding) -> CellReport {
    let ends = [Some(finding.lower), finding.upper].map(|end| end.map(|end| link.value(end)));
    let [lower, upper] = if link.sign > 0 { ends } else { [ends[1], ends[0]] };
    let lower = lower.unwrap_or(model.cells()[cell].lower);
    let pick = |values: &[i64]| -> Vec<i64> {
        (0..model.threshold_of(cell)).filter(|&value| values.contains(&link.source(value))).collect()
    };
    let (small, open) = (pick(&finding.occur), pick(&finding.open));
    let all_shown = model.promised(cell).all(|value| small.contains(&value));
    let verdict = match (upper == Some(lower), finding.another.is_some()) {
        (true, _) => Verdict::Exact,
        (false, true) if all_shown => Verdict::Full,
        (false, true) if open.is_empty() => Verdict::Narrowed,
        _ => Verdict::Unknown,
    };
    let verdict = (model.cells()[cell].status == Status::Primary).then_some(verdict);
    CellReport { cell, lower, upper, small, open, verdict, has_exact_ends: finding.has_exact_ends }
}

/// Joins the worlds of all parts: the first with the first, and so on; a part that has fewer stays at its base.
fn joined(links: &[presolve::Link], parts: &[(Vec<usize>, PartReport)]) -> Vec<World> {
    let count = 1 + parts.iter().map(|(_, report)| report.worlds.len()).max().unwrap_or(0);
    let mut worlds = Vec::with_capacity(count);
    for number in 0..count {
        let mut values = vec![0; links.len()];
        for (variables, report) in parts {
            let part = number.checked_sub(1).and_then(|number| report.worlds.get(number)).unwrap_or(&report.base);
            for (&variable, &value) in variables.iter().zip(part) {
                values[variable] = value;
            }
        }
        worlds.push(World(links.iter().map(|link| link.value(values[link.of])).collect()));
    }
    worlds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cell;

    #[test]
    fn nothing_is_safe_that_the_worlds_do_not_show() {
        let mut model = Model::new(3).unwrap();
        let cell = model.add_cell(Cell::hidden("a", None, Status::Primary).within(0, Some(2))).unwrap();
        let claimed = |verdict| {
            let (small, open, verdict) = (vec![0, 1, 2], Vec::new(), Some(verdict));
            CellReport { cell, lower: 0, upper: Some(2), small, open, verdict, has_exact_ends: true }
        };
        let worlds = |values: &[i64]| values.iter().map(|&value| World(vec![value])).collect::<Vec<_>>();
        let verdict = |values: &[i64], verdict| {
            let worlds = confirmed(&model, worlds(values));
            judged(&model, &worlds, claimed(verdict)).verdict
        };
        assert_eq!(verdict(&[0, 1, 2], Verdict::Full), Some(Verdict::Full));
        assert_eq!(verdict(&[0, 1, 2], Verdict::Unknown), Some(Verdict::Full));
        assert_eq!(verdict(&[0, 1, 3], Verdict::Full), Some(Verdict::Unknown));
        assert_eq!(verdict(&[1, 3], Verdict::Narrowed), Some(Verdict::Unknown));
    }
}
