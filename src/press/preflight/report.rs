//! Findings of one file, gathered so that a fault of many objects on a page is told once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Finding, Findings, Place, Severity};

use super::super::geometry::Area;

/// What was found so far.
pub(super) struct Report {
    file: Arc<str>,
    whole: Vec<Finding>,
    /// By page, code and what is wrong: the first finding, and how many there are.
    on_pages: BTreeMap<(u32, &'static str, String), (Finding, usize)>,
}

/// Where a page is finished, to count places from there.
#[derive(Clone, Copy)]
pub(super) struct On {
    pub page: u32,
    pub origin: [f64; 2],
}

impl Report {
    pub fn new(file: &str) -> Self {
        Self { file: file.into(), whole: Vec::new(), on_pages: BTreeMap::new() }
    }

    /// Reports a fault of the file as a whole.
    pub fn whole(&mut self, severity: Severity, code: &'static str, message: impl Into<String>) {
        let finding = Finding { severity, ..Finding::error(code, message) }.in_file(self.file.clone());
        if !self.whole.contains(&finding) {
            self.whole.push(finding);
        }
    }

    /// Reports a fault of a page as a whole.
    pub fn page(&mut self, on: On, code: &'static str, message: impl Into<String>) {
        self.add(on, None, Severity::Error, code, message.into());
    }

    /// Reports a fault of an area of a page.
    pub fn area(&mut self, on: On, area: Area, code: &'static str, message: impl Into<String>) {
        self.add(on, Some(area), Severity::Error, code, message.into());
    }

    /// Reports something of an area of a page that a person must judge.
    pub fn remark(&mut self, on: On, area: Option<Area>, code: &'static str, message: impl Into<String>) {
        self.add(on, area, Severity::Warning, code, message.into());
    }

    fn add(&mut self, on: On, area: Option<Area>, severity: Severity, code: &'static str, message: String) {
        let area = area.map(|area| {
            let [x, y] = on.origin;
            let [left, bottom, right, top] = area.0;
            [(left - x).floor(), (bottom - y).floor(), (right - x).ceil(), (top - y).ceil()].map(|edge| edge as i32)
        });
        let place = Place::Page { file: self.file.clone(), page: on.page, area };
        let finding = Finding { severity, ..Finding::error(code, message.clone()) }.at(place);
        self.on_pages.entry((on.page, code, message)).or_insert((finding, 0)).1 += 1;
    }

    /// Returns all findings: of the file, then page by page.
    pub fn finish(self) -> Findings {
        let mut findings = Findings::new();
        findings.extend(self.whole);
        findings.extend(self.on_pages.into_values().map(|(finding, count)| {
            let help = (count > 1).then(|| format!("{count} of this kind on the page; this is the first"));
            finding.help(help)
        }));
        findings
    }
}
