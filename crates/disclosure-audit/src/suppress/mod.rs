//! Secondary suppression: which further cells to hide so that every primary cell keeps its promise.
//!
//! For each value that a primary cell must be able to take, the cheapest move of the table is looked for that shows it: in a
//! network the shortest residual cycle (Castro 2012, shortest-path heuristics), elsewhere the least move by branch and bound
//! in a window around the cell (Fischetti & Salazar 2001). What moves is hidden; hiding more never takes a world away, so one
//! round is a fixed point. Then, dearest first, what is not needed is published again, and the audit is the judge.
//!
//! Costs come from the caller and must tell nothing: a public order of preference, a keyed one, or both. Among equal costs
//! the order of the candidates decides.
//!
//! The pattern itself can tell. It depends on the counts: which move is cheapest is found from the true table. A reader who
//! runs this program on every table that a publication leaves possible, and who knows the costs, may find that only some of
//! them lead to this pattern. The audit does not look for that: it proves what the facts leave open, not what the choice of
//! the pattern does. A caller who must exclude it draws the costs from a secret key, checks the pattern against the tables
//! that lead to it, or hides by a rule that looks at no count.
//!
//! A hidden cell keeps what its label says. Where primary and secondary cells are marked differently, a mark of the latter
//! says that its count is not small: give such candidates as `Cell::published(…).within(threshold, None)`. Where both carry one
//! neutral mark, leave the bounds of both away.

mod field;
mod window;

use crate::check::Promise;
use crate::contradiction::contradiction;
use crate::diags::AuditError;
use crate::model::{Model, Status};
use crate::presolve::{Component, Link, components, tidy};
use crate::reader::{Report, Settings, Verdict, audit, named};
use crate::system::System;

use field::{Field, Target};

/// Is a published cell that may be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Position in [`Model::cells`].
    pub cell: usize,
    /// What hiding it costs, in any unit; cells of cost 0 are hidden as readily as hidden ones are moved.
    pub cost: u32,
}

/// Is a pattern of hidden cells with its audit.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// The candidates that are hidden, in the order of the model.
    pub hidden: Vec<usize>,
    /// The model in which they are.
    pub model: Model,
    /// What a reader can tell then, with the worlds that prove it.
    pub report: Report,
    /// Primary cells that do not keep the promise although any candidate could be hidden: to be withheld in another way.
    pub exposed: Vec<usize>,
}

/// Hides candidates until every primary cell keeps its promise, as cheaply as the heuristic finds.
///
/// # Errors
/// As [`audit`].
///
/// # Example
/// ```
/// use disclosure_audit::{Candidate, Cell, Fact, Model, Promise, Settings, Status, suppress};
///
/// let mut model = Model::new(3)?;
/// let total = model.add_cell(Cell::published("total", 12))?;
/// let small = model.add_cell(Cell::hidden("a", Some(1), Status::Primary).within(0, Some(2)))?;
/// let [b, c] = [model.add_cell(Cell::published("b", 5))?, model.add_cell(Cell::published("c", 6))?];
/// model.add_fact(Fact::sum("sum", total, [small, b, c]))?;
///
/// let candidates = [Candidate { cell: b, cost: 2 }, Candidate { cell: c, cost: 1 }];
/// let found = suppress(&model, &candidates, Promise::FullRange, &Settings::default())?;
/// assert_eq!(found.hidden, [c]);
/// assert!(found.report.is_full());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn suppress(
    model: &Model,
    candidates: &[Candidate],
    promise: Promise,
    settings: &Settings,
) -> Result<Suppression, AuditError> {
    if let Some(unknown) = candidates.iter().find(|candidate| candidate.cell >= model.cells().len()) {
        return Err(AuditError::UnknownCell { cell: unknown.cell });
    }
    let mut open = model.clone();
    let mut cost = vec![None; model.cells().len()];
    for (place, candidate) in
        candidates.iter().enumerate().filter(|(_, candidate)| !model.cells()[candidate.cell].is_hidden())
    {
        open.hide(candidate.cell);
        // The place parts equal costs; together they are far below what 64 bits hold.
        cost[candidate.cell] = Some((u64::from(candidate.cost) << 24) + place as u64);
    }
    let mut system = System::of(&open)?;
    tidy(&mut system).map_err(|_| contradiction(model))?;
    let links: Vec<_> = (0..system.lower.len()).map(|of| Link { of, sign: 1, offset: 0 }).collect();
    let mut hidden = Vec::new();
    let mut work = settings.work;
    for Component { variables, system } in components(&system, &links) {
        let targets = targets(model, &variables, promise);
        if targets.is_empty() {
            continue;
        }
        let values: Vec<Option<i64>> = variables.iter().map(|&cell| model.cells()[cell].value).collect();
        let cost = variables.iter().map(|&cell| cost[cell]).collect();
        let mut field =
            Field::new(system, &values, cost, settings.limit(), work).map_err(|error| named(model, error))?;
        field.protect(&targets);
        field.publish_again();
        work = field.work_left();
        hidden.extend(field.hidden().into_iter().map(|variable| variables[variable]));
    }
    hidden.sort_unstable();
    judged(model, hidden, promise, settings)
}

/// What the primary cells of a part have to show, cell by cell.
fn targets(model: &Model, variables: &[usize], promise: Promise) -> Vec<Target> {
    let mut targets = Vec::new();
    for (variable, &cell) in variables.iter().enumerate() {
        if model.cells()[cell].status != Status::Primary {
            continue;
        }
        if promise == Promise::FullRange {
            targets.extend(model.promised(cell).map(|value| Target::Value(variable, value)));
        }
        if promise == Promise::NoExact || model.promised(cell).count() < 2 {
            targets.push(Target::Other(variable));
        }
    }
    targets
}

fn judged(model: &Model, hidden: Vec<usize>, promise: Promise, settings: &Settings) -> Result<Suppression, AuditError> {
    let mut model = model.clone();
    for &cell in &hidden {
        model.hide(cell);
    }
    let report = audit(&model, &Settings { intervals: false, ..*settings })?;
    let kept = |verdict: Verdict| match promise {
        Promise::FullRange => verdict == Verdict::Full,
        Promise::NoExact => matches!(verdict, Verdict::Full | Verdict::Narrowed),
    };
    let exposed = report.cells.iter().filter(|cell| cell.verdict.is_some_and(|verdict| !kept(verdict)));
    let exposed = exposed.map(|cell| cell.cell).collect();
    Ok(Suppression { hidden, model, report, exposed })
}
