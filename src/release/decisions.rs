//! What a reviewer decided on the changes of a release: the file that the page of a review exports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::disk;
use crate::figures::FigureId;
use crate::unit::Digest;

use super::manifest::ReportEntry;
use super::past::{ExistingRelease, MOST_BYTES};

/// Version of the form of decisions.
pub const DECISIONS_FORM: u32 = 1;

/// The decisions on a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Version of this form.
    pub decisions: u32,
    /// Digest of the review that was decided on.
    pub review: String,
    /// The program that made the review.
    pub program: String,
    /// Who decided.
    #[serde(default)]
    pub reviewer: String,
    /// Digest of the policy by which changes were weighed; none where every change is an error.
    #[serde(default)]
    pub policy: Option<Digest>,
    /// What was compared with.
    pub old: Side,
    /// What was reviewed.
    pub new: Side,
    /// What the reviewer decided at once, in the order of the decisions; none where an older program made the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts: Option<Vec<Act>>,
    /// The reports with changes.
    pub reports: Vec<Decided>,
}

/// A release, or a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Its folder or file, as the reviewer named it.
    pub name: String,
    /// Short name of the edition.
    #[serde(default)]
    pub edition: Option<String>,
    /// Number of the publication.
    #[serde(default)]
    pub revision: Option<u32>,
    /// Digest of its manifest.
    #[serde(default)]
    pub manifest: Option<Digest>,
}

/// A decision on one change, on a group of changes, or on whatever the filters of the page showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// What was decided on, in words.
    pub what: String,
    /// What was decided.
    pub decision: Decision,
    /// What identifies each change that it covers, and no later decision does.
    pub changes: Vec<String>,
}

/// A report with changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// Name of the report.
    pub name: String,
    /// Code of the jurisdiction, in a release.
    #[serde(default)]
    pub jurisdiction: Option<String>,
    /// Digest of the old PDF.
    #[serde(default)]
    pub old: Option<Digest>,
    /// Digest of the new PDF.
    #[serde(default)]
    pub new: Option<Digest>,
    /// Its changes.
    pub changes: Vec<Change>,
}

/// A change, with what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What identifies it: the same in every review of the same files.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// How much it matters.
    pub weight: String,
    /// Where it is, in words.
    #[serde(rename = "where")]
    pub place: String,
    /// The figure that changed, as the old edition names it and as the new one does; none where no figure did, or where an
    /// older program made the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<[Option<FigureId>; 2]>,
    /// What was printed.
    #[serde(default)]
    pub before: Option<String>,
    /// What is printed.
    #[serde(default)]
    pub after: Option<String>,
    /// What was decided.
    pub decision: Decision,
    /// What there was to say. It stays in this file: a note may tell more than a report does.
    #[serde(default)]
    pub note: String,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The change is right.
    Accepted,
    /// The change is wrong.
    Rejected,
    /// Nobody has decided.
    Undecided,
}

/// Decisions in their file.
#[derive(Debug, Clone)]
pub struct DecisionsFile {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub decisions: Decisions,
    /// Its digest.
    pub digest: Digest,
}

impl DecisionsFile {
    /// Reads decisions.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is larger than any review, or holds no decisions.
    pub fn read(path: &Path) -> Result<Self, Finding> {
        let text = disk::read(path, MOST_BYTES)
            .map_err(|error| fault(path, format!("cannot read the decisions: {}", describe_io_error(&error))))?;
        let decisions: Decisions = serde_json::from_slice(&text).map_err(|error| {
            // The reader says the place behind its words.
            let (words, line) = (error.to_string(), error.line());
            let place = format!(" at line {line} column {}", error.column());
            let words = words.strip_suffix(&place).unwrap_or(&words);
            fault(path, format!("line {line} is no part of decisions on a review: {words}"))
        })?;
        match decisions.decisions {
            DECISIONS_FORM => Ok(Self { path: path.to_path_buf(), digest: Digest::of(&text), decisions }),
            other => Err(fault(
                path,
                format!("the decisions are of the form {other}, and this program reads {DECISIONS_FORM}"),
            )),
        }
    }
}

impl Decisions {
    /// Compares the decisions with the release that they are on, for those of its reports that are to be approved.
    pub fn check(&self, path: &Path, past: &ExistingRelease, reports: &[&ReportEntry]) -> Findings {
        let mut findings = Findings::new();
        if self.new.manifest != Some(past.digest) {
            let message = "the decisions are on another release than this one, or on single files";
            findings.push(fault(path, message.to_owned()).help("review this release, and decide again".to_owned()));
            return findings;
        }
        findings.extend(self.uncovered().into_iter().map(|message| fault(path, message)));
        for decided in &self.reports {
            let of = |report: &&&ReportEntry| Some(&report.jurisdiction) == decided.jurisdiction.as_ref();
            let Some(report) = reports.iter().find(of) else { continue };
            if decided.new != report.pdf().map(|file| file.digest) {
                findings.push(fault(path, format!("the decisions are on another report of {}", report.name)));
            }
            let count = |decision| decided.changes.iter().filter(|change| change.decision == decision).count();
            let (rejected, undecided) = (count(Decision::Rejected), count(Decision::Undecided));
            if rejected + undecided > 0 {
                let parts = [(rejected, "rejected"), (undecided, "undecided")];
                let parts = parts.into_iter().filter(|(count, _)| *count > 0);
                let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
                let message =
                    format!("of {} changes of {}, {}", decided.changes.len(), report.name, parts.join(" and "));
                let help = "decide on every change, or leave the report out by `--only`".to_owned();
                findings.push(
                    Finding::error(code::release::NOT_ACCEPTED, message).in_file(path.to_string_lossy()).help(help),
                );
            }
        }
        findings
    }

    /// Says where the decisions as they were made are not those on the changes: each must cover changes that are listed and
    /// decided as it says, and every decided change must be covered.
    fn uncovered(&self) -> Vec<String> {
        let Some(acts) = &self.acts else { return Vec::new() };
        // Two changes of a report may say the same.
        let mut waiting: BTreeMap<&str, Vec<Decision>> = BTreeMap::new();
        for change in self.reports.iter().flat_map(|decided| &decided.changes) {
            waiting.entry(change.id.as_str()).or_default().push(change.decision);
        }
        let mut faults = Vec::new();
        for act in acts {
            for id in &act.changes {
                let listed = waiting.entry(id.as_str()).or_default();
                match listed.iter().position(|decision| *decision == act.decision) {
                    Some(at) if act.decision != Decision::Undecided => drop(listed.swap_remove(at)),
                    _ if listed.is_empty() => faults.push(uncovering(act, id, "is not listed, or is covered twice")),
                    _ => faults.push(uncovering(act, id, "was decided otherwise, or not at all")),
                }
            }
        }
        let left = waiting.values().flatten().filter(|decision| **decision != Decision::Undecided).count();
        if left > 0 && faults.is_empty() {
            faults.push(format!("{left} decided changes are covered by no decision that was made"));
        }
        faults.truncate(MOST_FAULTS);
        faults
    }

    /// How many changes of these reports were accepted.
    pub fn accepted(&self, reports: &[&ReportEntry]) -> u32 {
        let is_approved = |decided: &&Decided| {
            reports.iter().any(|report| Some(&report.jurisdiction) == decided.jurisdiction.as_ref())
        };
        let changes = self.reports.iter().filter(is_approved).flat_map(|decided| &decided.changes);
        let accepted = changes.filter(|change| change.decision == Decision::Accepted).count();
        u32::try_from(accepted).unwrap_or(u32::MAX)
    }
}

/// Of more faults than this nobody learns anything new.
const MOST_FAULTS: usize = 10;

fn uncovering(act: &Act, id: &str, what: &str) -> String {
    format!("the decision on `{}` covers the change `{id}`, which {what}", act.what)
}

fn fault(path: &Path, message: String) -> Finding {
    Finding::error(code::release::DECISIONS, message).in_file(path.to_string_lossy())
}

/// Returns the JSON Schema of decisions (draft 2020-12).
pub fn decisions_schema() -> serde_json::Value {
    schemars::schema_for!(Decisions).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decisions on three changes, of which two say the same, with these acts.
    fn uncovered(acts: &[(&str, &[&str])]) -> Vec<String> {
        let change = |id: &str, decision: &str| serde_json::json!({ "id": id, "kind": "count", "weight": "error", "where": "Tip", "decision": decision });
        let acts: Vec<_> = acts
            .iter()
            .map(|(decision, ids)| serde_json::json!({ "what": "Moved figures", "decision": decision, "changes": ids }))
            .collect();
        let changes =
            [change("a", "accepted"), change("a", "accepted"), change("b", "rejected"), change("c", "undecided")];
        let decisions = serde_json::json!({
            "decisions": 1, "review": "", "program": "", "old": { "name": "" }, "new": { "name": "" },
            "acts": acts, "reports": [{ "name": "Connecticut", "changes": changes }],
        });
        serde_json::from_value::<Decisions>(decisions).unwrap().uncovered()
    }

    #[test]
    fn a_decision_covers_changes_that_are_listed_and_decided_as_it_says_and_each_is_covered_once() {
        assert!(uncovered(&[("accepted", &["a", "a"]), ("rejected", &["b"])]).is_empty());
        let of = |id: &str, what: &str| {
            vec![format!("the decision on `Moved figures` covers the change `{id}`, which {what}")]
        };
        let (unlisted, otherwise) = ("is not listed, or is covered twice", "was decided otherwise, or not at all");
        assert_eq!(uncovered(&[("accepted", &["a", "a", "a"]), ("rejected", &["b"])]), of("a", unlisted));
        assert_eq!(uncovered(&[("accepted", &["a", "a", "x"]), ("rejected", &["b"])]), of("x", unlisted));
        assert_eq!(uncovered(&[("accepted", &["a", "a", "b"])]), of("b", otherwise));
        assert_eq!(uncovered(&[("accepted", &["a", "a", "c"]), ("rejected", &["b"])]), of("c", otherwise));
        assert_eq!(uncovered(&[("accepted", &["a"])]), ["2 decided changes are covered by no decision that was made"]);
        assert_eq!(uncovered(&[]), ["3 decided changes are covered by no decision that was made"]);
    }
}
