//! Somebody takes responsibility for a release.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::diag::{Finding, Findings, code, first_of, nearest};
use crate::pipeline::{publish, review};
use crate::release::{
    Approver, Decided, Decisions, ExistingRelease, Ledger, MANIFEST, Report, Reviewed, Signer, Signing, Target,
    publish_approvals,
};
use crate::review::{Policy, Weight, identity};

/// What is to be approved.
#[derive(Default)]
pub struct Approval {
    /// Folder of the release.
    pub folder: PathBuf,
    /// Jurisdictions whose reports are approved, by code; all when empty.
    pub only: Vec<String>,
    /// Decisions on a review of the release.
    pub decisions: Option<PathBuf>,
    /// The release that was compared with: the review is made again, and no change may be left out.
    pub against: Option<PathBuf>,
    /// The policy of that review.
    pub policy: Policy,
    /// Key to sign the approvals with.
    pub signer: Option<Signer>,
    /// Take the signature of the approvals away where there is no key.
    pub unsigned_approvals: bool,
}

/// Records that somebody approves reports of a release as they stand. Returns how many.
///
/// # Errors
/// Returns an error if there is no release, if a file is not what the manifest says, or if no report has a code; names the changes that
/// the decisions do not accept.
pub fn approve(wanted: &Approval, approver: Approver) -> Result<usize, Findings> {
    if !wanted.folder.join(MANIFEST).exists() {
        return Err(super::no_release(&wanted.folder).into());
    }
    // An earlier publication is approved no more: the release that keeps it vouches for its bytes.
    if let Some(above) = wanted.folder.canonicalize().ok().as_deref().and_then(Path::parent) {
        publish::must_be_outside_releases(above)?;
    }
    let target = Target::hold(&wanted.folder)?;
    let Some(past) = ExistingRelease::read(target.place())? else {
        return Err(super::no_release(&wanted.folder).into());
    };
    let faults = past.check();
    if faults.has_errors() {
        return Err(faults);
    }
    let reports = chosen(&past, &wanted.only)?;
    let reviewed = wanted.decisions.as_deref().map(|path| decided(wanted, path, &past, &reports)).transpose()?;
    let mut ledger = Ledger::read(&past.folder)?;
    ledger.add(&past.manifest, &reports, reviewed, approver);
    let signing = Signing { signer: wanted.signer.as_ref(), unsigned_approvals: wanted.unsigned_approvals };
    publish_approvals(&target, &past, &ledger, signing)?;
    Ok(reports.len())
}

/// Checks that every change of the reports is accepted.
fn decided(wanted: &Approval, path: &Path, past: &ExistingRelease, reports: &[&Report]) -> Result<Reviewed, Findings> {
    let (decisions, digest) = Decisions::read(path)?;
    let mut findings = decisions.check(path, past, reports);
    if !findings.has_errors() {
        match &wanted.against {
            Some(against) => findings.extend(left_out(&decisions, path, against, wanted)?),
            None => findings.extend(unnamed(&decisions, path, reports)),
        }
    }
    if findings.has_errors() {
        return Err(findings);
    }
    Ok(Reviewed { decisions: digest, against: decisions.old.manifest, accepted: decisions.accepted(reports) })
}

/// Refuses reports of which the decisions say nothing: that nothing changed in them only another review can tell.
fn unnamed(decisions: &Decisions, path: &Path, reports: &[&Report]) -> Option<Finding> {
    let is_named = |report: &Report| {
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

/// Makes the review again, and finds the changes that the decisions do not name.
fn left_out(decisions: &Decisions, path: &Path, against: &Path, wanted: &Approval) -> Result<Findings, Findings> {
    let review = review(against, &wanted.folder)?;
    let fault = |message: String| Finding::error(code::release::DECISIONS, message).in_file(path.to_string_lossy());
    let mut findings = Findings::new();
    let old = review.sides.as_ref().map(|[old, _]| old.digest);
    if old != decisions.old.manifest {
        findings.push(fault("the decisions compare with another release than the one named".to_owned()));
    }
    if wanted.policy.digest() != decisions.policy {
        let help = "name the policy of the review by `--policy`".to_owned();
        findings.push(fault("the decisions were made by another policy".to_owned()).help(help));
    }
    for reviewed in &review.reports {
        let is_own = |one: &&Decided| one.jurisdiction == reviewed.jurisdiction;
        let listed = decisions.reports.iter().find(is_own).map(|one| one.changes.as_slice()).unwrap_or_default();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for change in listed {
            *known.entry(change.id.as_str()).or_default() += 1;
        }
        let subject = reviewed.jurisdiction.as_deref().unwrap_or(&reviewed.name);
        let weighed = reviewed.changes.iter().filter(|change| wanted.policy.weight(change) > Weight::Ignore);
        let missing = weighed.filter(|change| match known.get_mut(identity(subject, change).as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        let missing = missing.count();
        if missing > 0 {
            findings.push(fault(format!("the decisions leave out {missing} changes of {}", reviewed.name)));
        }
    }
    Ok(findings)
}

fn chosen<'a>(past: &'a ExistingRelease, only: &[String]) -> Result<Vec<&'a Report>, Findings> {
    let mut findings = Findings::new();
    let codes = past.manifest.reports.iter().map(|report| report.jurisdiction.as_str());
    for code in only.iter().filter(|code| !codes.clone().any(|known| known == code.as_str())) {
        let help = nearest(code, codes.clone()).map(|known| format!("did you mean `{known}`?"));
        let message = format!("the release has no report for `{code}`");
        findings.push(Finding::error(code::release::UNKNOWN_REPORT, message).help(help));
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let reports = past.manifest.reports.iter();
    Ok(reports.filter(|report| only.is_empty() || only.contains(&report.jurisdiction)).collect())
}
