//! Whether the figures of a targets file agree with each other.
//!
//! All contradictions are listed, not the first alone; each names the place in the file.

mod cases;
mod locations;
mod signals;

use std::collections::BTreeSet;

use super::{Cell, Figure, IdSpace, Source, Table, Targets};
use crate::ids::MARK;

/// Lists every contradiction.
pub(super) fn problems(targets: &Targets) -> Vec<String> {
    let mut found = Problems(Vec::new());
    found.frame(targets);
    found.signals(targets);
    found.cases(targets);
    found.demographics(targets);
    found.locations(targets);
    found.0
}

/// Adds the counts of cells.
fn sum(cells: &[Cell]) -> usize {
    cells.iter().map(|cell| cell.count).sum()
}

/// The contradictions found so far.
struct Problems(Vec<String>);

impl Problems {
    /// Notes a problem unless something holds.
    fn require(&mut self, holds: bool, problem: impl FnOnce() -> String) {
        if !holds {
            self.0.push(problem());
        }
    }

    /// Requires a sum to be what it should be.
    fn equal(&mut self, what: &str, found: usize, expected: usize) {
        self.require(found == expected, || format!("{what} add up to {found}, not {expected}"));
    }

    /// Requires codes to be listed once.
    fn unique<'a>(&mut self, place: &str, codes: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for code in codes {
            self.require(seen.insert(code), || format!("{place} lists `{code}` twice"));
        }
    }

    /// Requires a figure that every report of the kind prints to be marked so.
    fn published(&mut self, place: &str, source: Source) {
        self.require(source == Source::Published, || format!("{place}: the report prints it, so it is published"));
    }

    /// Requires a figure that no report prints to be marked so.
    fn invented(&mut self, place: &str, source: Source) {
        self.require(source == Source::Invented, || {
            format!("{place}: the report does not print it, so it is invented")
        });
    }

    /// Checks period, weekdays and ids.
    fn frame(&mut self, targets: &Targets) {
        self.require(targets.period.first <= targets.period.last, || {
            "period: the last day is before the first".to_owned()
        });
        self.require(targets.weekdays.iter().all(|&weight| weight > 0), || {
            "weekdays: every weight must be above 0".to_owned()
        });
        let signals = &targets.signals;
        let unrelated: usize = signals.unrelated.iter().map(|group| group.count).sum();
        let all = sum(&signals.overview) + sum(&signals.phone.about_elsewhere) + unrelated;
        self.id_space("ids.signals", &targets.ids.signals, all);
        self.id_space("ids.cases", &targets.ids.cases, targets.cases.total.count);
    }

    fn id_space(&mut self, place: &str, space: &IdSpace, records: usize) {
        self.require(space.prefix.starts_with(MARK), || format!("{place}: the prefix must begin with `{MARK}`"));
        self.require(space.highest >= records as u64, || {
            format!("{place}: {records} records need a `highest` of at least {records}")
        });
        self.require(space.highest.to_string().len() <= space.digits, || {
            format!("{place}: `highest` has more than `digits` digits, so ids would not sort")
        });
    }

    /// Checks a list of categories: its sum, and the hidden ones against their merged row.
    fn table(&mut self, place: &str, table: &Table, total: usize, threshold: usize) {
        self.unique(place, table.cells.iter().map(|cell| cell.code.as_str()));
        self.equal(place, sum(&table.cells), total);
        let hidden: Vec<&Cell> = table.cells.iter().filter(|cell| cell.source == Source::Invented).collect();
        for cell in &hidden {
            self.below_threshold(place, cell, threshold);
        }
        let hidden = hidden.iter().map(|cell| cell.count).sum();
        let merged = table.merged.as_ref();
        self.equal(&format!("the invented cells of {place}"), hidden, merged.map_or(0, |merged| merged.count));
        if let Some(Figure { source, .. }) = merged {
            self.published(&format!("{place}.merged"), *source);
        }
    }

    fn below_threshold(&mut self, place: &str, cell: &Cell, threshold: usize) {
        self.require(cell.count < threshold, || {
            format!("{place}: `{}` is invented but not below the threshold", cell.code)
        });
    }
}
