//! Findings of one file, gathered so that a fault of many objects on a page is told once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Finding, Findings, Place, Severity, code};

use super::super::geometry::Area;

/// What was found so far.
pub(super) struct FindingCollector {
    file: Arc<str>,
    whole: Vec<Finding>,
    /// By page, code and what is wrong: the first finding, and how many there are.
    on_pages: BTreeMap<(u32, Code, String), (Finding, usize)>,
}

/// Where a page is finished, to count places from there.
#[derive(Clone, Copy)]
pub(super) struct On {
    pub page: u32,
    pub origin: [f64; 2],
}

/// Faults whose page is not known yet, each with how often it was found.
#[derive(Default)]
pub(super) struct Notes(BTreeMap<(Code, String), (Severity, usize)>);

/// Most different faults that are told of one page or form, and of one file.
const NOTED: usize = 10_000;
const TOLD: usize = 50_000;

const TOO_LARGE: Code = code::preflight::TOO_LARGE;

impl Notes {
    /// Notes a fault.
    pub(super) fn error(&mut self, code: Code, message: impl Into<String>) {
        self.add((code, message.into()), Severity::Error, 1);
    }

    /// Notes something that a person must judge.
    pub(super) fn remark(&mut self, code: Code, message: impl Into<String>) {
        self.add((code, message.into()), Severity::Warning, 1);
    }

    /// Takes over other notes.
    pub(super) fn join(&mut self, other: &Self) {
        for (what, (severity, count)) in &other.0 {
            self.add(what.clone(), *severity, *count);
        }
    }

    fn add(&mut self, what: (Code, String), severity: Severity, count: usize) {
        let is_full = self.0.len() >= NOTED && !self.0.contains_key(&what);
        let (what, severity) = match is_full {
            true => ((TOO_LARGE, format!("only {NOTED} different faults of the page are told")), Severity::Error),
            false => (what, severity),
        };
        self.0.entry(what).or_insert((severity, 0)).1 += count;
    }
}

impl FindingCollector {
    pub(super) fn new(file: &str) -> Self {
        Self { file: file.into(), whole: Vec::new(), on_pages: BTreeMap::new() }
    }

    /// Reports a fault of the file as a whole.
    pub(super) fn whole(&mut self, severity: Severity, code: Code, message: impl Into<String>) {
        let finding = Finding { severity, ..Finding::error(code, message) }.in_file(self.file.clone());
        if !self.whole.contains(&finding) {
            self.whole.push(finding);
        }
    }

    /// Reports a fault of a page as a whole.
    pub(super) fn page(&mut self, on: On, code: Code, message: impl Into<String>) {
        self.add(on, None, Severity::Error, code, message.into(), 1);
    }

    /// Reports a fault of an area of a page.
    pub(super) fn area(&mut self, on: On, area: Area, code: Code, message: impl Into<String>) {
        self.add(on, Some(area), Severity::Error, code, message.into(), 1);
    }

    /// Reports something of an area of a page that a person must judge.
    pub(super) fn remark(&mut self, on: On, area: Option<Area>, code: Code, message: impl Into<String>) {
        self.add(on, area, Severity::Warning, code, message.into(), 1);
    }

    /// Reports what was noted while a page was run.
    pub(super) fn notes(&mut self, on: On, notes: Notes) {
        for ((code, message), (severity, count)) in notes.0 {
            self.add(on, None, severity, code, message, count);
        }
    }

    fn add(&mut self, on: On, area: Option<Area>, severity: Severity, code: Code, message: String, count: usize) {
        let key = (on.page, code, message);
        if let Some((_, known)) = self.on_pages.get_mut(&key) {
            *known += count;
            return;
        }
        if self.on_pages.len() >= TOLD {
            return self.whole(Severity::Error, TOO_LARGE, format!("only {TOLD} different faults are told"));
        }
        let area = area.map(|area| {
            let [x, y] = on.origin;
            let [left, bottom, right, top] = area.0;
            [(left - x).floor(), (bottom - y).floor(), (right - x).ceil(), (top - y).ceil()].map(|edge| edge as i32)
        });
        let place = Place::Page { file: self.file.clone(), page: on.page, area };
        let finding = Finding { severity, ..Finding::error(code, key.2.clone()) }.at(place);
        self.on_pages.insert(key, (finding, count));
    }

    /// Returns all findings: of the file, then page by page.
    pub(super) fn finish(self) -> Findings {
        let mut findings = Findings::new();
        findings.extend(self.whole);
        findings.extend(self.on_pages.into_values().map(|(finding, count)| {
            let help = (count > 1).then(|| format!("{count} of this kind on the page; this is the first"));
            finding.help(help)
        }));
        findings
    }
}
