//! Who approved which digests, and when: a ledger to which records are only added.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use chrono::DateTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::disk;
use crate::figures::PublishedTables;
use crate::unit::{ContentKey, Digest};

use super::manifest::{File, Manifest, ReportEntry};
use super::names::LEDGER;
use super::past::{ExistingRelease, MOST_BYTES};

/// All approvals of a release and of what it replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The records, from the first on.
    pub approvals: Vec<Approval>,
}

/// One approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Who approved.
    pub name: String,
    /// In which role.
    pub role: String,
    /// What they had to say.
    pub note: String,
    /// When, in Coordinated Universal Time (RFC 3339).
    pub at: String,
    /// Short name of the edition.
    pub edition: String,
    /// Number of the publication.
    pub revision: u32,
    /// Digest of the release's manifest.
    pub manifest: Digest,
    /// Digest of the PDF of each report approved, by jurisdiction.
    pub reports: BTreeMap<String, Digest>,
    /// The decisions on a review that the approval rests on; the file itself stays with the reviewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Reviewed>,
    /// Digest of the record before, so that none can be taken out unnoticed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Digest>,
}

/// Decisions on a review, as the ledger names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviewed {
    /// Digest of the file of decisions.
    pub decisions: Digest,
    /// Digest of the manifest of the release that was compared with.
    pub against: Option<Digest>,
    /// How many changes were accepted.
    pub accepted: u32,
}

/// Who approves, and why.
#[derive(Debug, Clone)]
pub struct Approver {
    /// Name.
    pub name: String,
    /// Role.
    pub role: String,
    /// Note.
    pub note: String,
    /// Now, as RFC 3339 has it.
    pub at: String,
}

impl Ledger {
    /// Reads the ledger of a release; where there is none, nobody has approved anything.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or if a record was changed or taken out.
    pub fn read(folder: &Path) -> Result<Self, Finding> {
        let path = folder.join(LEDGER);
        let text = match disk::read(&path, MOST_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(fault(&path, &format!("cannot read the approvals: {}", describe_io_error(&error))));
            }
        };
        let ledger: Self = serde_json::from_slice(&text)
            .map_err(|error| fault(&path, &format!("line {} is no approval", error.line())))?;
        let mut before = None;
        for approval in &ledger.approvals {
            if approval.previous != before {
                return Err(fault(&path, "a record was changed or taken out"));
            }
            before = Some(approval.digest());
        }
        if text != ledger.to_json()
            || ledger.approvals.is_empty()
            || !ledger.approvals.iter().all(Approval::is_possible)
        {
            return Err(fault(&path, "the file is not written as approvals are"));
        }
        Ok(ledger)
    }

    /// Compares the approvals with the manifest, of this digest, of the release that they stand in: those of it are of its
    /// reports, and those of others name a report of it only where it is the same edition, and no later revision.
    pub(super) fn must_fit(&self, place: &Path, manifest: &Manifest, digest: Digest) -> Findings {
        let reports =
            || manifest.reports.iter().filter_map(|report| Some((report.jurisdiction.as_str(), pdf(report)?)));
        let (pdfs, homes): (HashMap<&str, Digest>, HashMap<Digest, &str>) =
            (reports().collect(), reports().map(|(code, pdf)| (pdf, code)).collect());
        let wrong = self.approvals.iter().filter_map(|approval| {
            let same_edition = approval.edition == manifest.edition;
            let mut approved = approval.reports.iter();
            let message = if approval.manifest == digest {
                let fits = same_edition
                    && approval.revision == manifest.revision
                    && approved.all(|(code, pdf)| pdfs.get(code.as_str()) == Some(pdf));
                (!fits).then_some("is of other reports than the manifest that it names")
            } else {
                let fits = same_edition && approval.revision <= manifest.revision;
                let is_wrong =
                    |(code, pdf): (&String, &Digest)| homes.get(pdf).is_some_and(|home| !fits || home != code);
                let names = "names a report of this release under another edition, jurisdiction or later revision";
                approved.any(is_wrong).then_some(names)
            };
            Some(fault(place, &format!("the approval of {} {}", approval.at, message?)))
        });
        wrong.collect()
    }

    /// Counts the approvals of a release with this digest of its manifest.
    pub fn count_of(&self, manifest: Digest) -> usize {
        self.approvals.iter().filter(|approval| approval.manifest == manifest).count()
    }

    /// What a signature says of the ledger: how many records it has, and the digest of the last.
    pub(super) fn comment(&self) -> String {
        let head = self.approvals.last().map(|last| last.digest().to_string()).unwrap_or_default();
        format!("{} approvals, the last {head}", self.approvals.len())
    }

    /// Adds an approval of these reports of a release.
    pub fn add(&mut self, manifest: &Manifest, reports: &[&ReportEntry], review: Option<Reviewed>, approver: Approver) {
        let approved = reports.iter().filter_map(|report| Some((report.jurisdiction.clone(), pdf(report)?)));
        self.approvals.push(Approval {
            name: approver.name,
            role: approver.role,
            note: approver.note,
            at: approver.at,
            edition: manifest.edition.clone(),
            revision: manifest.revision,
            manifest: Digest::of(&manifest.to_json()),
            reports: approved.collect(),
            review,
            previous: self.approvals.last().map(Approval::digest),
        });
    }

    /// Takes over the records of another ledger that this one lacks.
    pub fn join(&mut self, other: &Self) {
        for approval in &other.approvals {
            if !self.approvals.iter().any(|own| own.says_what(approval)) {
                let previous = self.approvals.last().map(Approval::digest);
                self.approvals.push(Approval { previous, ..approval.clone() });
            }
        }
    }

    /// Tells whether somebody approved this PDF of a jurisdiction in an edition.
    pub fn covers(&self, edition: &str, jurisdiction: &str, pdf: Digest) -> bool {
        let is_it =
            |approval: &Approval| approval.edition == edition && approval.reports.get(jurisdiction) == Some(&pdf);
        self.approvals.iter().any(is_it)
    }

    /// Refuses reports that differ from their approved predecessors without an approval of their own, or with other
    /// figures under the same number of revision; `read` reads a file of the new ones.
    ///
    /// # Errors
    /// Says which report it is, or which published tables cannot be read.
    pub(super) fn refuse(
        &self,
        last: &ExistingRelease,
        new: &Manifest,
        read: impl Fn(&File) -> Result<Vec<u8>, Finding>,
    ) -> Result<(), Findings> {
        let mut findings = Findings::new();
        for report in &new.reports {
            let old = last.manifest.reports.iter().find(|candidate| candidate.jurisdiction == report.jurisdiction);
            let Some(old) = old else { continue };
            let (Some(before), Some(after)) = (pdf(old), pdf(report)) else { continue };
            let is_approved = |pdf| self.covers(&new.edition, &report.jurisdiction, pdf);
            if before == after || !is_approved(before) {
                continue;
            }
            if last.manifest.revision == new.revision && !have_same_figures(last, old, report, &read)? {
                findings.push(unnumbered(report));
            } else if !is_approved(after) {
                findings.push(unapproved(report));
            }
        }
        if findings.has_errors() { Err(findings) } else { Ok(()) }
    }

    /// Writes the ledger as it is published.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("a ledger holds only text and numbers");
        text.push(b'\n');
        text
    }
}

impl Approval {
    /// Tells whether somebody approved something at some time.
    fn is_possible(&self) -> bool {
        let is_time =
            |at: &str| DateTime::parse_from_rfc3339(at).is_ok_and(|time| time.offset().local_minus_utc() == 0);
        ![&self.name, &self.role].iter().any(|words| words.trim().is_empty())
            && is_time(&self.at)
            && !self.reports.is_empty()
    }

    /// Tells whether another record says the same, wherever it stands in its ledger.
    fn says_what(&self, other: &Self) -> bool {
        let Self { name, role, note, at, edition, revision, manifest, reports, review, previous: _ } = self;
        (name, role, note, at, edition) == (&other.name, &other.role, &other.note, &other.at, &other.edition)
            && (revision, manifest, reports, review)
                == (&other.revision, &other.manifest, &other.reports, &other.review)
    }
}

/// The record as it is published, with all that it holds.
impl ContentKey for Approval {
    const FORM: &'static str = "platen approval 1";
}

fn pdf(report: &ReportEntry) -> Option<Digest> {
    report.pdf().map(|file| file.digest)
}

/// Tells whether a report publishes the figures that it published before.
fn have_same_figures(
    last: &ExistingRelease,
    old: &ReportEntry,
    new: &ReportEntry,
    read: impl Fn(&File) -> Result<Vec<u8>, Finding>,
) -> Result<bool, Finding> {
    let (Some(old), Some(new)) = (old.tables(), new.tables()) else { return Ok(false) };
    if old.digest == new.digest {
        return Ok(true);
    }
    let (before, after) =
        (PublishedTables::read(&old.path, &last.content(old)?)?, PublishedTables::read(&new.path, &read(new)?)?);
    Ok(after.have_figures_of(&before))
}

fn unnumbered(report: &ReportEntry) -> Finding {
    let message = format!("figures of the approved report of {} would change under the same number", report.name);
    Finding::error(code::release::NEEDS_REVISION, message)
        .in_file(report.jurisdiction.clone())
        .help("give the spec a `revision`, with its reasons".to_owned())
}

fn unapproved(report: &ReportEntry) -> Finding {
    let message = format!("the approved report of {} would change, and nobody has approved the new one", report.name);
    Finding::error(code::release::NOT_APPROVED, message).in_file(report.jurisdiction.clone()).help(
        "release into another folder, review it, approve it with `platen approve`, and name that folder by `--approvals`"
            .to_owned(),
    )
}

fn fault(path: &Path, message: &str) -> Finding {
    Finding::error(code::release::APPROVALS, message).in_file(path.to_string_lossy())
}
