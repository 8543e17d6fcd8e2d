//! Part of an edition: the reports that somebody asks for.

use crate::diag::{Finding, Findings, code, nearest};

use super::model::Spec;

/// Most codes that are listed where none resembles what was asked for.
const MOST_LISTED: usize = 12;

impl Spec {
    /// Keeps the reports of these jurisdictions, by code; all, where none is named.
    ///
    /// # Errors
    /// Names each code that has no report.
    pub fn choose(&mut self, only: &[String]) -> Result<(), Findings> {
        if only.is_empty() {
            return Ok(());
        }
        let mut findings = Findings::new();
        let mut chosen = Vec::new();
        for code in only {
            match self.reports.iter().find(|id| self.jurisdictions[**id].code == *code) {
                Some(id) => chosen.push(*id),
                None => findings.push(self.unknown_report(code)),
            }
        }
        self.reports.retain(|id| chosen.contains(id));
        if findings.has_errors() { Err(findings) } else { Ok(()) }
    }

    fn unknown_report(&self, code: &str) -> Finding {
        let known: Vec<&str> = self.reports.iter().map(|id| self.jurisdictions[*id].code.as_str()).collect();
        let help = match nearest(code, known.iter().copied()) {
            Some(known) => Some(format!("did you mean `{known}`?")),
            None if known.len() <= MOST_LISTED => Some(format!("it has reports for `{}`", known.join("`, `"))),
            None => None,
        };
        let message = format!("the edition has no report for `{code}`");
        Finding::error(code::spec::UNKNOWN_JURISDICTION, message).in_file(self.file.clone()).help(help)
    }
}
