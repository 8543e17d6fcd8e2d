//! Derivations: why a cell is not safe, in steps that a person can follow on paper.
//!
//! First equations alone ("US 29 − TX 12 − FL 9 − NY 6 = CT 2"), then equations with what labels say, then cases ("suppose d is at
//! most 0"). Each is made as short as leaving out facts one by one can make it: what is left is needed, every line of it.

mod cases;

use std::collections::VecDeque;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::diags::AuditError;
use crate::line::{Scene, facts_of};
use crate::model::{Model, Relation};
use crate::presolve::{Component, Link, components};
use crate::propagate::Propagator;
use crate::ratio::GaveUp;
use crate::reader::{CellReport, Settings};
use crate::simplex::{End, Identity, Simplex};
use crate::system::System;

/// Is the proof that a reader can tell something of a cell. Confidential: it prints what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// Name of the cell.
    pub cell: String,
    /// The facts that it needs, in the order of the model.
    pub facts: Vec<String>,
    /// Their places, where they have one.
    pub places: Vec<String>,
    /// The steps.
    pub lines: Vec<String>,
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.lines.join("\n"))
    }
}

/// So many rows are looked through before more.
const CIRCLES: [usize; 3] = [8, 40, 200];

/// A claim about the cell.
#[derive(Clone, Copy)]
enum Claim {
    AtLeast(i64),
    AtMost(i64),
    Not(i64),
}

/// Derives what the audit found of a cell; nothing if it found no more than the label says, or within the limit of work no proof.
///
/// # Errors
/// As [`audit`](crate::audit()).
pub fn derive(model: &Model, found: &CellReport, settings: &Settings) -> Result<Option<Derivation>, AuditError> {
    let whole = System::of(model)?;
    let links: Vec<_> = (0..whole.lower.len()).map(|of| Link { of, sign: 1, offset: 0 }).collect();
    let parts = components(&whole, &links);
    let part = parts.into_iter().find_map(|Component { variables, system }| {
        let head = variables.iter().position(|&variable| variable == found.cell)?;
        Some((variables, system, head))
    });
    let Some((cells, system, head)) = part else { return Ok(None) };
    let facts: Vec<usize> = (0..model.facts().len())
        .filter(|&fact| whole.rows[fact].terms.first().is_some_and(|(cell, _)| cells.contains(cell)))
        .collect();
    let start = cells.iter().map(|&cell| model.cells()[cell].value.unwrap_or(model.cells()[cell].lower)).collect();
    let (settings, used, lines) = (*settings, Vec::new(), Vec::new());
    let mut proof = Proof { model, cells, system, facts, head, settings, used, lines, start };
    if proof.prove(found).is_err() || proof.lines.is_empty() {
        return Ok(None);
    }
    Ok(Some(proof.finish()))
}

struct Proof<'a> {
    model: &'a Model,
    cells: Vec<usize>,
    system: System,
    /// Fact of each row of the system.
    facts: Vec<usize>,
    head: usize,
    settings: Settings,
    used: Vec<usize>,
    lines: Vec<String>,
    /// Values from which relaxations start: the counts themselves where they are known.
    start: Vec<i64>,
}

impl Proof<'_> {
    fn finish(mut self) -> Derivation {
        self.used.sort_unstable();
        self.used.dedup();
        let facts = self.used.iter().map(|&row| &self.model.facts()[self.facts[row]]);
        Derivation {
            cell: self.model.cells()[self.cells[self.head]].id.clone(),
            facts: facts.clone().map(|fact| fact.id.clone()).collect(),
            places: facts.map(|fact| fact.place.clone()).filter(|place| !place.is_empty()).collect(),
            lines: self.lines,
        }
    }

    fn prove(&mut self, found: &CellReport) -> Result<(), GaveUp> {
        if found.upper == Some(found.lower) && self.prove_by_equations()? {
            return Ok(());
        }
        for claim in self.claims(found) {
            match claim {
                Claim::AtLeast(bound) if self.prove_end(false, bound)? => {}
                Claim::AtMost(bound) if self.prove_end(true, bound)? => {}
                claim => self.prove_by_cases(claim)?,
            }
        }
        Ok(())
    }

    /// What the audit found beyond what the label says.
    fn claims(&self, found: &CellReport) -> Vec<Claim> {
        let cell = &self.model.cells()[found.cell];
        let promised = self.model.promised(found.cell);
        let exact = found.upper == Some(found.lower);
        let mut claims = Vec::new();
        if found.lower > if exact { cell.lower } else { promised.start } {
            claims.push(Claim::AtLeast(found.lower));
        }
        let upper =
            found.upper.filter(|upper| if exact { cell.upper != Some(*upper) } else { *upper < promised.end - 1 });
        claims.extend(upper.map(Claim::AtMost));
        let within = |value: &i64| *value > found.lower && found.upper.is_none_or(|upper| *value < upper);
        let missing = |value: &i64| !found.small.contains(value) && !found.open.contains(value);
        claims.extend(promised.filter(within).filter(missing).map(Claim::Not));
        claims
    }

    /// The rows around the cell, in growing circles: a short proof is near, and a circle is quickly looked through.
    fn circles(&self) -> impl Iterator<Item = Vec<usize>> + use<> {
        let order = rows_by_distance(&self.system, self.head);
        let sizes = CIRCLES.into_iter().filter(|&size| size < order.len()).chain([order.len()]);
        sizes.map(|size| sorted(&order[..size])).collect::<Vec<_>>().into_iter()
    }

    fn with_rows(&self, rows: &[usize]) -> System {
        let rows = rows.iter().map(|&row| self.system.rows[row].clone()).collect();
        System { lower: self.system.lower.clone(), upper: self.system.upper.clone(), rows }
    }

    fn simplex(&self, rows: &[usize]) -> Result<Simplex, GaveUp> {
        let mut simplex = Simplex::new(&self.with_rows(rows), &self.start)?;
        simplex.pivots_left = self.settings.pivots;
        Ok(simplex)
    }

    /// Leaves out facts, the longest first, as long as the rest still proves.
    fn shorten(
        &self,
        rows: Vec<usize>,
        proves: impl Fn(&[usize]) -> Result<bool, GaveUp>,
    ) -> Result<Vec<usize>, GaveUp> {
        let mut order = rows.clone();
        order.sort_by_key(|&row| std::cmp::Reverse(self.model.facts()[self.facts[row]].terms.len()));
        let mut kept = rows;
        for row in order {
            let fewer: Vec<usize> = kept.iter().copied().filter(|&other| other != row).collect();
            if proves(&fewer)? {
                kept = fewer;
            }
        }
        Ok(kept)
    }

    fn used_by(&self, rows: &[usize], identity: &Identity) -> Vec<usize> {
        facts_of(identity, self.cells.len()).into_iter().map(|place| rows[place]).collect()
    }

    fn write(&mut self, rows: &[usize], identity: &Identity, upwards: bool) -> Result<bool, GaveUp> {
        let facts: Vec<usize> = rows.iter().map(|&row| self.facts[row]).collect();
        let System { lower, upper, .. } = &self.system;
        let scene = Scene { model: self.model, cells: &self.cells, facts: &facts, lower, upper };
        let Some(line) = scene.line(identity, self.head, upwards)? else { return Ok(false) };
        self.used.extend(rows);
        self.lines.push(line.text);
        Ok(true)
    }

    /// The identity by which equations alone give the cell.
    fn determined(&self, rows: &[usize]) -> Result<Option<Identity>, GaveUp> {
        let mut simplex = self.simplex(rows)?;
        for variable in 0..self.cells.len() {
            simplex.set_bounds(variable, None, None)?;
        }
        match simplex.extreme(self.head, true)? {
            End::At(_, identity) => Ok(Some(identity)),
            _ => Ok(None),
        }
    }

    fn prove_by_equations(&mut self) -> Result<bool, GaveUp> {
        let is_equation = |row: &usize| self.model.facts()[self.facts[*row]].relation == Relation::Equal;
        let mut found = None;
        for mut rows in self.circles() {
            rows.retain(is_equation);
            if let Some(identity) = self.determined(&rows)? {
                found = Some(self.used_by(&rows, &identity));
                break;
            }
        }
        let Some(rows) = found else { return Ok(false) };
        let rows = self.shorten(rows, |fewer| Ok(self.determined(fewer)?.is_some()))?;
        let Some(identity) = self.determined(&rows)? else { return Ok(false) };
        self.write(&rows, &identity, true)
    }

    /// The identity by which equations and labels bound the cell.
    fn bounded(&self, rows: &[usize], upwards: bool, bound: i64) -> Result<Option<Identity>, GaveUp> {
        match self.simplex(rows)?.extreme(self.head, upwards)? {
            End::At(end, identity) => {
                let end = if upwards { end.floor() } else { end.ceiling() };
                Ok((end == i128::from(bound)).then_some(identity))
            }
            _ => Ok(None),
        }
    }

    fn prove_end(&mut self, upwards: bool, bound: i64) -> Result<bool, GaveUp> {
        let mut found = None;
        for rows in self.circles() {
            if let Some(identity) = self.bounded(&rows, upwards, bound)? {
                found = Some(self.used_by(&rows, &identity));
                break;
            }
        }
        let Some(rows) = found else { return Ok(false) };
        let rows = self.shorten(rows, |fewer| Ok(self.bounded(fewer, upwards, bound)?.is_some()))?;
        let Some(identity) = self.bounded(&rows, upwards, bound)? else { return Ok(false) };
        self.write(&rows, &identity, upwards)
    }
}

fn sorted(rows: &[usize]) -> Vec<usize> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows
}

/// All rows that hang together with a variable, nearest first.
fn rows_by_distance(system: &System, from: usize) -> Vec<usize> {
    let propagator = Propagator::new(system);
    let mut seen = vec![false; system.lower.len()];
    let mut rows_seen = vec![false; system.rows.len()];
    let mut waiting = VecDeque::from([from]);
    let mut order = Vec::new();
    seen[from] = true;
    while let Some(variable) = waiting.pop_front() {
        for &row in propagator.rows_of(variable) {
            if std::mem::replace(&mut rows_seen[row], true) {
                continue;
            }
            order.push(row);
            for &(other, _) in &system.rows[row].terms {
                if !std::mem::replace(&mut seen[other], true) {
                    waiting.push_back(other);
                }
            }
        }
    }
    order
}
