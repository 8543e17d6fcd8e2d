//! Derivations: why a cell is not safe, in steps that a person can follow on paper.
//!
//! First equations alone ("US 29 − TX 12 − FL 9 − NY 6 = CT 2"), then equations with what labels say, then cases ("suppose d is at
//! most 0"). Each is made as short as leaving out facts one by one can make it: what is left is needed, every line of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::branch::Branching;
use crate::diags::AuditError;
use crate::line::{Scene, facts_of};
use crate::model::{Model, Relation};
use crate::presolve::{Component, Link, components};
use crate::ratio::GaveUp;
use crate::reader::{CellReport, Settings};
use crate::simplex::{End, Identity, Outcome, Simplex};
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

/// A proof by cases longer than this is told by its facts alone.
const LONGEST: usize = 40;

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
    let mut proof =
        Proof { model, cells, system, facts, head, settings: *settings, used: Vec::new(), lines: Vec::new() };
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

    fn all_rows(&self) -> Vec<usize> {
        (0..self.system.rows.len()).collect()
    }

    fn with_rows(&self, rows: &[usize]) -> System {
        let rows = rows.iter().map(|&row| self.system.rows[row].clone()).collect();
        System { lower: self.system.lower.clone(), upper: self.system.upper.clone(), rows }
    }

    fn simplex(&self, rows: &[usize]) -> Result<Simplex, GaveUp> {
        let mut simplex = Simplex::new(&self.with_rows(rows), &self.system.lower)?;
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
        let rows: Vec<usize> = self.all_rows().into_iter().filter(is_equation).collect();
        let Some(identity) = self.determined(&rows)? else { return Ok(false) };
        let rows = self.used_by(&rows, &identity);
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
        let rows = self.all_rows();
        let Some(identity) = self.bounded(&rows, upwards, bound)? else { return Ok(false) };
        let rows = self.used_by(&rows, &identity);
        let rows = self.shorten(rows, |fewer| Ok(self.bounded(fewer, upwards, bound)?.is_some()))?;
        let Some(identity) = self.bounded(&rows, upwards, bound)? else { return Ok(false) };
        self.write(&rows, &identity, upwards)
    }

    /// Proves a claim by refuting its contrary, case by case.
    fn prove_by_cases(&mut self, claim: Claim) -> Result<(), GaveUp> {
        let (low, high) = (self.system.lower[self.head], self.system.upper[self.head]);
        let (low, high, contrary, claim) = match claim {
            Claim::AtLeast(bound) => {
                (low, Some(bound - 1), format!("at most {}", bound - 1), format!("at least {bound}"))
            }
            Claim::AtMost(bound) => (bound + 1, high, format!("at least {}", bound + 1), format!("at most {bound}")),
            Claim::Not(value) => (value, Some(value), format!("{value}"), format!("not {value}")),
        };
        let refuted = |rows: &[usize]| {
            let mut system = self.with_rows(rows);
            (system.lower[self.head], system.upper[self.head]) = (low, high);
            let found = Branching::new(system, self.settings.limit()).world(None, None)?;
            Ok(found.is_none())
        };
        let rows = self.all_rows();
        if !refuted(&rows)? {
            return Err(GaveUp);
        }
        let rows = self.shorten(rows, refuted)?;
        let name = self.model.cells()[self.cells[self.head]].id.clone();
        let mut system = self.with_rows(&rows);
        (system.lower[self.head], system.upper[self.head]) = (low, high);
        let mut lines = vec![format!("suppose {name} were {contrary}:")];
        let facts: Vec<usize> = rows.iter().map(|&row| self.facts[row]).collect();
        if self.refute(&mut system, &facts, 1, &mut lines).is_ok() {
            self.lines.append(&mut lines);
            self.lines.push(format!("so {name} is {claim}"));
        } else {
            let ids: Vec<&str> = facts.iter().map(|&fact| self.model.facts()[fact].id.as_str()).collect();
            self.lines.push(format!("{name} is {claim}: no whole numbers agree otherwise with {}", ids.join(", ")));
        }
        self.used.extend(rows);
        Ok(())
    }

    fn refute(
        &self,
        system: &mut System,
        facts: &[usize],
        depth: usize,
        lines: &mut Vec<String>,
    ) -> Result<(), GaveUp> {
        let indent = "  ".repeat(depth);
        let mut simplex = Simplex::new(system, &system.lower)?;
        simplex.pivots_left = self.settings.pivots;
        if let Outcome::Infeasible(identity) = simplex.check()? {
            let System { lower, upper, .. } = system;
            let scene = Scene { model: self.model, cells: &self.cells, facts, lower, upper };
            lines.push(format!("{indent}{}", scene.contradiction(&identity)?.ok_or(GaveUp)?));
            return if lines.len() > LONGEST { Err(GaveUp) } else { Ok(()) };
        }
        let split = (0..self.cells.len()).find(|&variable| !simplex.value(variable).is_whole()).ok_or(GaveUp)?;
        let floor = i64::try_from(simplex.value(split).floor()).map_err(|_| GaveUp)?;
        let name = &self.model.cells()[self.cells[split]].id;
        let (low, high) = (system.lower[split], system.upper[split]);
        for (text, low, high) in [("at most", low, Some(floor)), ("at least", floor + 1, high)] {
            let bound = if text == "at most" { floor } else { floor + 1 };
            lines.push(format!("{indent}if {name} is {text} {bound}:"));
            (system.lower[split], system.upper[split]) = (low, high);
            self.refute(system, facts, depth + 1, lines)?;
        }
        (system.lower[split], system.upper[split]) = (low, high);
        Ok(())
    }
}
