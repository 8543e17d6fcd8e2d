//! Somebody takes responsibility for a release.

use std::path::Path;

use crate::diag::{Finding, Findings, nearest};
use crate::release::{Approver, Ledger, Past, Report, Target};

/// Records that somebody approves reports of a release as they stand; `only` chooses them by jurisdiction code.
/// Returns how many.
///
/// # Errors
/// Says that there is no release, that a file is not what the manifest says, or that no report has a code.
pub fn approve(folder: &Path, only: &[String], approver: Approver) -> Result<usize, Findings> {
    let target = Target::hold(folder)?;
    let Some(past) = Past::read(target.place())? else { return Err(super::no_release(folder).into()) };
    let faults = past.check();
    if faults.has_errors() {
        return Err(faults);
    }
    let reports = chosen(&past, only)?;
    let mut ledger = Ledger::read(&past.folder)?;
    ledger.add(&past.manifest, &reports, approver);
    ledger.publish(&past.folder)?;
    Ok(reports.len())
}

fn chosen<'a>(past: &'a Past, only: &[String]) -> Result<Vec<&'a Report>, Findings> {
    let mut findings = Findings::new();
    let codes = past.manifest.reports.iter().map(|report| report.jurisdiction.as_str());
    for code in only.iter().filter(|code| !codes.clone().any(|known| known == code.as_str())) {
        let help = nearest(code, codes.clone()).map(|known| format!("did you mean `{known}`?"));
        let message = format!("the release has no report for `{code}`");
        findings.push(Finding::error("release::unknown-report", message).help(help));
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let reports = past.manifest.reports.iter();
    Ok(reports.filter(|report| only.is_empty() || only.contains(&report.jurisdiction)).collect())
}
