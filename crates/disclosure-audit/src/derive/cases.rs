//! Proofs by cases: where only whole numbers contradict, a claim's contrary is taken apart until every case does.

use crate::branch::Branching;
use crate::derive::{Claim, Proof};
use crate::line::Scene;
use crate::ratio::GaveUp;
use crate::simplex::{Outcome, Simplex};
use crate::system::System;

/// A proof by cases longer than this is told by its facts alone.
const LONGEST: usize = 40;

impl Proof<'_> {
    /// Proves a claim by refuting its contrary, case by case.
    pub(super) fn prove_by_cases(&mut self, claim: Claim) -> Result<(), GaveUp> {
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
        let circle = self.circles().find(|rows| refuted(rows).unwrap_or(false));
        let rows = circle.ok_or(GaveUp)?;
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
