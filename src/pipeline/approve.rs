//! Somebody takes responsibility for a release.

use std::path::PathBuf;

use crate::diag::Findings;
use crate::release::{Approvable, Approver, DecisionsFile, ReportEntry, Reviewed, Signer, Signing, undecided_reports};
use crate::review::{Policy, missing_changes, review};

/// What is to be approved.
#[derive(Default)]
pub struct Approval {
    /// Folder of the release.
    pub folder: PathBuf,
    /// Jurisdictions whose reports are approved, by code; all when empty.
    pub only: Vec<String>,
    /// Decisions on a review of the release.
    pub decisions: Option<DecisionsFile>,
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
    let held = Approvable::hold(&wanted.folder)?;
    let reports = held.reports(&wanted.only)?;
    let reviewed = wanted.decisions.as_ref().map(|file| decided(wanted, file, &held, &reports)).transpose()?;
    let signing = Signing { signer: wanted.signer.as_ref(), unsigned_approvals: wanted.unsigned_approvals };
    held.approve(&reports, reviewed, approver, signing)?;
    Ok(reports.len())
}

/// Checks that every change of the reports is accepted.
fn decided(
    wanted: &Approval,
    file: &DecisionsFile,
    held: &Approvable,
    reports: &[&ReportEntry],
) -> Result<Reviewed, Findings> {
    let DecisionsFile { path, decisions, digest } = file;
    let mut findings = held.check(decisions, path, reports);
    if !findings.has_errors() {
        match &wanted.against {
            Some(against) => {
                let review = review(against, &wanted.folder)?;
                findings.extend(missing_changes(decisions, path, &review, &wanted.policy));
            }
            None => findings.extend(undecided_reports(decisions, path, reports)),
        }
    }
    if findings.has_errors() {
        return Err(findings);
    }
    Ok(Reviewed { decisions: *digest, against: decisions.old.manifest, accepted: decisions.accepted(reports) })
}
