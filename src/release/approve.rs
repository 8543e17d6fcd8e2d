//! A release that somebody takes responsibility for.

use std::path::Path;

use crate::diag::{Finding, Findings, code, first_of, nearest};

use super::approval::{Approver, Ledger, Reviewed};
use super::decisions::Decisions;
use super::endorsed::Signing;
use super::folder::Target;
use super::manifest::ReportEntry;
use super::names::MANIFEST;
use super::outside::must_be_outside_releases;
use super::past::{ExistingRelease, no_release};
use super::publication::publish_approvals;

/// A release that is to be approved, held so that nobody puts another one into its place meanwhile.
pub struct Approvable {
    target: Target,
    past: ExistingRelease,
}

impl Approvable {
    /// Takes hold of a release.
    ///
    /// # Errors
    /// Returns an error if there is none, if it is an earlier publication that another one keeps, or if a file is not what the
    /// manifest says.
    pub fn hold(folder: &Path) -> Result<Self, Findings> {
        if !folder.join(MANIFEST).exists() {
            return Err(no_release(folder).into());
        }
        // An earlier publication is approved no more: the release that keeps it vouches for its bytes.
        if let Some(above) = folder.canonicalize().ok().as_deref().and_then(Path::parent) {
            must_be_outside_releases(above)?;
        }
        let target = Target::hold(folder)?;
        let Some(past) = ExistingRelease::read(target.place())? else {
            return Err(no_release(folder).into());
        };
        let faults = past.check();
        if faults.has_errors() { Err(faults) } else { Ok(Self { target, past }) }
    }

    /// Returns the reports of these jurisdictions, by code; all, where none is named.
    ///
    /// # Errors
    /// Names each code that has no report.
    pub fn reports(&self, only: &[String]) -> Result<Vec<&ReportEntry>, Findings> {
        let reports = &self.past.manifest.reports;
        let codes = reports.iter().map(|report| report.jurisdiction.as_str());
        let unknown = only.iter().filter(|code| !codes.clone().any(|known| known == code.as_str()));
        let findings: Findings = unknown
            .map(|code| {
                let help = nearest(code, codes.clone()).map(|known| format!("did you mean `{known}`?"));
                let message = format!("the release has no report for `{code}`");
                Finding::error(code::release::UNKNOWN_REPORT, message).help(help)
            })
            .collect();
        if findings.has_errors() {
            return Err(findings);
        }
        Ok(reports.iter().filter(|report| only.is_empty() || only.contains(&report.jurisdiction)).collect())
    }

    /// Compares decisions with the release and the reports that are to be approved.
    pub fn check(&self, decisions: &Decisions, path: &Path, reports: &[&ReportEntry]) -> Findings {
        decisions.check(path, &self.past, reports)
    }

    /// Records that somebody approves reports as they stand.
    ///
    /// # Errors
    /// Says what cannot be read or written.
    pub fn approve(
        &self,
        reports: &[&ReportEntry],
        reviewed: Option<Reviewed>,
        approver: Approver,
        signing: Signing<'_>,
    ) -> Result<(), Findings> {
        let mut ledger = Ledger::read(&self.past.folder)?;
        ledger.add(&self.past.manifest, reports, reviewed, approver);
        Ok(publish_approvals(&self.target, &self.past, &ledger, signing)?)
    }
}

/// Refuses reports of which the decisions say nothing: that nothing changed in them only another review can tell.
pub fn undecided_reports(decisions: &Decisions, path: &Path, reports: &[&ReportEntry]) -> Option<Finding> {
    let is_named = |report: &ReportEntry| {
        decisions.reports.iter().any(|decided| decided.jurisdiction.as_ref() == Some(&report.jurisdiction))
    };
    let names: Vec<&str> =
        reports.iter().filter(|report| !is_named(report)).map(|report| report.name.as_str()).collect();
    if names.is_empty() {
        return None;
    }
    let message = format!("the decisions say nothing of {}", first_of(&names, 1));
    let help = "name the release that was compared with by `--against`, or the reports that are approved by `--only`";
    Some(Finding::error(code::release::DECISIONS, message).in_file(path.to_string_lossy()).help(help.to_owned()))
}
