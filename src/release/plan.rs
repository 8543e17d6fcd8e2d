//! A release before its reports are built: what it depends on and what it will hold.

use std::collections::BTreeSet;
use std::path::Path;

use crate::compose::Document;
use crate::diag::{Finding, Findings, Sources, code};
use crate::report_spec::Spec;

use super::inputs;
use super::manifest::{FORM, Manifest, Program, ReportEntry};
use super::options::ReleaseOptions;
use super::past::ExistingRelease;
use super::past::no_predecessor;

/// What a release will be.
pub struct Plan {
    /// Its manifest, without reports and files, and without what only a composed report tells.
    pub frame: Manifest,
    /// The publication that it corrects.
    pub predecessor: Option<ExistingRelease>,
    /// Codes of the reports to be built, in the order of the spec.
    pub reports: Vec<String>,
}

impl Plan {
    /// Plans a release; `expected` is the number of reports that the spec has.
    ///
    /// # Errors
    /// Returns an error if an input cannot be read, or if a revision has nothing to correct.
    pub fn new(spec: &Spec, options: &ReleaseOptions, sources: &Sources, expected: usize) -> Result<Self, Findings> {
        let codes = spec.reports.iter().map(|index| spec.jurisdictions[*index].code.clone()).enumerate();
        let in_slice = |index: usize| options.partition.is_none_or(|partition| partition.holds(index));
        let reports = codes.filter(|(index, _)| in_slice(*index)).map(|(_, code)| code).collect();
        let revision = spec.revision.as_ref().map_or(1, |revision| revision.number);
        let before = options.previous.as_deref().unwrap_or(&options.out);
        let predecessor = ExistingRelease::before(before, &spec.edition, revision)?;
        if spec.revision.is_some() && predecessor.is_none() {
            return Err(no_predecessor(before.to_string_lossy().into(), revision).into());
        }
        let frame = Manifest {
            manifest: FORM,
            edition: spec.edition.clone(),
            title: String::new(),
            publisher: spec.publisher.clone(),
            period: [spec.period.0.to_string(), spec.period.1.to_string()],
            data_date: spec.data_date.to_string(),
            language: String::new(),
            notice: None,
            revision,
            revision_date: spec.revision.as_ref().map(|revision| revision.date.to_string()),
            program: Program::running(),
            spec: inputs::spec_path(spec),
            expected: u32::try_from(expected).unwrap_or(u32::MAX),
            complete: false,
            partition: options.partition,
            missing: Vec::new(),
            predecessor: predecessor.as_ref().map(ExistingRelease::as_predecessor),
            inputs: inputs::inputs(spec, sources)?,
            reports: Vec::new(),
            files: Vec::new(),
            earlier: Vec::new(),
        };
        Ok(Self { frame, predecessor, reports })
    }

    /// Refuses to put less where there is more.
    ///
    /// # Errors
    /// Says what the folder holds.
    pub fn must_not_shrink(&self, last: &Manifest, place: &Path) -> Result<(), Finding> {
        must_not_shrink(last, &self.frame, self.reports.iter().map(String::as_str), place)
    }

    /// Tells whether a release is what this one would be: the same inputs, and every output unharmed.
    pub fn is_done_by(&self, last: &ExistingRelease, options: &ReleaseOptions) -> bool {
        frame(&last.manifest) == self.frame
            // Without a key it cannot be told whether the records are the same.
            && self.frame.inputs.iter().all(|input| input.digest.is_some())
            && last.manifest.reports.iter().map(|report| &report.jurisdiction).eq(&self.reports)
            && options.approvals.is_empty()
            && options.signer.as_ref().is_none_or(|signer| last.is_signed_by(signer))
            && last.is_sound()
    }

    /// Makes the manifest of the reports that could be built; what belongs to the release as a whole is not in it yet.
    pub fn manifest(&self, front: Front, reports: Vec<ReportEntry>) -> Manifest {
        let is_missing = |code: &&String| !reports.iter().any(|report| report.jurisdiction == **code);
        Manifest {
            title: front.series,
            language: front.language,
            notice: front.notice,
            complete: reports.len() == self.frame.expected as usize,
            missing: self.reports.iter().filter(is_missing).cloned().collect(),
            reports,
            ..self.frame.clone()
        }
    }
}

/// What a document says of its edition.
#[derive(Default)]
pub struct Front {
    series: String,
    language: String,
    notice: Option<String>,
}

impl Front {
    /// Takes it from a document.
    pub fn of(document: &Document) -> Self {
        Self {
            series: document.head.0.clone(),
            language: document.meta.language.clone(),
            notice: document.notice.clone(),
        }
    }
}

/// Returns a manifest without what its reports tell.
pub(super) fn frame(manifest: &Manifest) -> Manifest {
    Manifest {
        title: String::new(),
        language: String::new(),
        notice: None,
        complete: false,
        missing: Vec::new(),
        reports: Vec::new(),
        files: Vec::new(),
        earlier: Vec::new(),
        ..manifest.clone()
    }
}

/// Refuses to put less where there is more: nobody's release shrinks by a forgotten option.
///
/// # Errors
/// Says what the folder holds.
pub fn must_not_shrink<'a>(
    last: &Manifest,
    next: &Manifest,
    reports: impl Iterator<Item = &'a str>,
    place: &Path,
) -> Result<(), Finding> {
    let reports: BTreeSet<&str> = reports.collect();
    let is_kept = |report: &ReportEntry| reports.contains(report.jurisdiction.as_str());
    let message = if last.edition != next.edition {
        format!("the folder holds the edition `{}`, not `{}`", last.edition, next.edition)
    } else if last.revision > next.revision {
        format!("the folder holds revision {}, and this is revision {}", last.revision, next.revision)
    } else if !last.reports.iter().all(is_kept) {
        format!("the folder holds {} reports, and this release would hold {}", last.reports.len(), reports.len())
    } else {
        return Ok(());
    };
    let finding = Finding::error(code::release::WOULD_SHRINK, message).in_file(place.to_string_lossy());
    Err(finding.help("release into another folder".to_owned()))
}
