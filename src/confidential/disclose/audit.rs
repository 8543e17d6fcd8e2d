//! What a publication discloses, and whether the spec accepts it.

use crate::diag::{Finding, Findings};
use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, Spec};

/// One disclosure: where, and of what kind; never how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// What is disclosed.
    pub kind: DisclosureKind,
    /// Code of the jurisdiction.
    pub jurisdiction: String,
    /// The figure.
    pub figure: FigureId,
    /// Name of the rank that tells it, where the figure does not tell itself.
    pub rank: Option<String>,
}

impl Disclosure {
    /// Returns the name by which a spec accepts it: that of a table, a map, a row of counters or a population.
    pub fn name(&self) -> &str {
        self.figure.name()
    }

    /// Returns the key of the cell, e.g. `television`, or the rank that tells; empty for the figure as a whole.
    pub fn cell(&self) -> &str {
        self.rank.as_deref().unwrap_or(self.figure.key())
    }
}

/// The disclosures of all reports.
#[derive(Debug)]
pub struct Audit {
    disclosures: Vec<Disclosure>,
    /// What the spec accepts: kind, figure and reason.
    accepted: Vec<(DisclosureKind, String, String)>,
    /// Categories hidden by judgement: table, row and reason.
    overrides: Vec<(String, String, String)>,
    file: std::sync::Arc<str>,
}

impl Audit {
    pub(super) fn new(spec: &Spec) -> Self {
        let overrides = spec.overrides.iter().map(|rule| {
            let table = &spec.tables[rule.table];
            let row = &spec.lists[table.rows.list()].codes[rule.row.0].code;
            (table.name.clone(), row.clone(), rule.reason.clone())
        });
        Self {
            disclosures: Vec::new(),
            accepted: spec
                .accept
                .iter()
                .map(|disclosure| (disclosure.kind, disclosure.figure.clone(), disclosure.reason.clone()))
                .collect(),
            overrides: overrides.collect(),
            file: spec.file.clone(),
        }
    }

    pub(super) fn add(&mut self, kind: DisclosureKind, jurisdiction: &str, figure: FigureId) {
        self.disclosures.push(Disclosure { kind, jurisdiction: jurisdiction.into(), figure, rank: None });
    }

    /// Adds a figure that a rank tells.
    pub(super) fn add_rank(&mut self, jurisdiction: &str, figure: FigureId, rank: &str) {
        let rank = Some(rank.to_owned());
        self.disclosures.push(Disclosure {
            kind: DisclosureKind::RankTells,
            jurisdiction: jurisdiction.into(),
            figure,
            rank,
        });
    }

    /// Iterates over all disclosures.
    pub fn disclosures(&self) -> impl Iterator<Item = &Disclosure> {
        self.disclosures.iter()
    }

    /// Returns the reason for which the spec accepts a disclosure.
    pub fn reason(&self, disclosure: &Disclosure) -> Option<&str> {
        let fits = |(kind, figure, _): &&(DisclosureKind, String, String)| {
            *kind == disclosure.kind && *figure == disclosure.name()
        };
        self.accepted.iter().find(fits).map(|(_, _, reason)| reason.as_str())
    }

    /// Iterates over the categories hidden by judgement: table, row and reason.
    pub fn overrides(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.overrides.iter().map(|(table, row, reason)| (table.as_str(), row.as_str(), reason.as_str()))
    }

    /// Words the disclosures that the spec does not accept.
    pub(super) fn unaccepted(&self) -> Findings {
        let mut findings = Findings::new();
        for one in self.disclosures.iter().filter(|disclosure| self.reason(disclosure).is_none()) {
            let what = match one.kind {
                DisclosureKind::SmallCountShown => "prints a count under the threshold",
                DisclosureKind::MergedSumSmall => "prints a merged sum under the threshold",
                DisclosureKind::MergedRowTells => "has a merged row that narrows the counts it merges",
                DisclosureKind::DifferenceTells => "has a hidden count that the total narrows",
                DisclosureKind::RankTells | DisclosureKind::EditionTells => {
                    "tells a rank from a count under the threshold"
                }
            };
            let (name, cell) = (one.name(), one.cell());
            let cell = if cell.is_empty() { String::new() } else { format!(", `{cell}`,") };
            let message = format!("`{name}`{cell} of {} {what}", one.jurisdiction);
            let help = format!("change the figure's rule, or accept `{}` for `{name}` with a reason", one.kind.code());
            findings.push(Finding::error(one.kind.code(), message).in_file(self.file.clone()).help(help));
        }
        findings
    }
}
