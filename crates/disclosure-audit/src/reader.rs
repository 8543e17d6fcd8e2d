//! What a reader can still tell: for every hidden cell the values that occur in some world.
//!
//! A *world* is a complete table of integers that agrees with every fact. The reader knows all facts, labels and published
//! counts, and reasons without error; integers matter, since a reader over real numbers misses cells that are exact.

use serde::{Deserialize, Serialize};

use crate::branch::Limit;
use crate::check::World;
use crate::contradiction::contradiction;
use crate::diags::AuditError;
use crate::model::{Model, Status};
use crate::part::{self, Finding, PartReport, Question};
use crate::presolve::{self, Component, Presolved, Stop};
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
}

impl Default for Settings {
    fn default() -> Self {
        Self { intervals: true, nodes: 20_000, pivots: 200_000 }
    }
}

impl Settings {
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
}

impl CellReport {
    /// Tells whether someone who knows of one case in the cell can tell its count: one value of 1 or more is left.
    pub fn is_exact_to_an_insider(&self, threshold: i64) -> bool {
        // What is left open is no second value that would keep the count.
        let small = self.small.iter().filter(|value| **value >= 1).count();
        let from = self.lower.max(threshold);
        match self.upper {
            Some(upper) if upper < from => small == 1,
            Some(upper) => small == 0 && upper == from,
            None => false,
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
    for Component { variables, system } in presolve::components(&system, &links) {
        let asked: Vec<Question> = variables.iter().map(|&variable| std::mem::take(&mut questions[variable])).collect();
        let known = variables.iter().map(|&variable| model.cells()[variable].value).collect();
        let mut report = part::audit(system, &asked, known, settings.limit()).map_err(|error| named(model, error))?;
        for (variable, finding) in variables.iter().zip(std::mem::take(&mut report.findings)) {
            findings[*variable] = Some(finding);
        }
        parts.push((variables, report));
    }
    let cells = (0..links.len())
        .filter(|&cell| model.cells()[cell].is_hidden())
        .filter_map(|cell| Some(cell_report(model, cell, links[cell], findings[links[cell].of].as_ref()?)))
        .collect();
    Ok(Report { cells, worlds: joined(&links, &parts) })
}

/// Presolves the facts of a model.
pub(crate) fn presolved(model: &Model) -> Result<Presolved, AuditError> {
    presolve::presolve(System::of(model)?).map_err(|stop| match stop {
        Stop::Empty => contradiction(model),
        Stop::Overflow => AuditError::Overflow { fact: "facts together".to_owned() },
    })
}

/// Names the facts of a contradiction.
fn named(model: &Model, error: AuditError) -> AuditError {
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
    for value in (0..model.threshold_of(cell)).filter(|&value| model.cells()[cell].allows(value)) {
        push(&mut question.values, link.source(value));
        if primary {
            push(&mut question.proved, link.source(value));
        }
    }
}

fn push(values: &mut Vec<i64>, value: i64) {
    if !values.contains(&value) {
        values.push(value);
    }
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
    CellReport { cell, lower, upper, small, open, verdict }
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
