//! All reports of a release, built in parallel or taken from the cache.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::confidential::Published;
use crate::diag::{Finding, Findings};
use crate::disk::Content;
use crate::release::{Draft, Drafts, Outputs, Parts, ReportEntry, THUMBNAIL_WIDTH, THUMBNAILS};
use crate::typeset::{self, LayoutAssets};

use super::edition::Edition;
use super::progress::{Event, Outcome, Progress};
use super::workers;

/// A report to make, by the digests of what it says.
pub(super) struct Job<'a> {
    pub published: &'a Published,
    /// What it is made from.
    pub parts: Parts,
    /// What it says, where there are few reports. Of many, content is drafted again where a report must be built, so that
    /// no more is held than is in work.
    pub draft: Option<Draft<'a>>,
}

/// Where reports are built.
pub(super) struct ReportBuilder<'a> {
    pub edition: &'a Edition,
    pub drafts: &'a Drafts<'a>,
    pub outputs: Outputs<'a>,
    pub progress: &'a dyn Progress,
    /// The first failure stops the work.
    pub fail_fast: bool,
}

/// A report that is done, and whether it was built.
pub(super) struct Done {
    pub report: ReportEntry,
    pub built: bool,
    pub why: Vec<String>,
}

impl ReportBuilder<'_> {
    /// Builds all reports; each ends in the staging folder, and in the cache where there is one.
    ///
    /// Those that must be built come first.
    pub(super) fn build(&self, jobs: &[Job<'_>]) -> Vec<Result<Done, Findings>> {
        let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (kept, missing): (Vec<usize>, Vec<usize>) =
            (0..jobs.len()).partition(|index| self.outputs.has(&jobs[*index].parts));
        let (slow, order) = (missing.len(), [missing, kept].concat());
        // Fonts are parsed only when a page must be set.
        let assets = OnceLock::new();
        workers::in_order(&order, slow, |index| {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let job = &jobs[index];
            let result = self.report(job, &assets);
            stop.fetch_or(result.is_err() && self.fail_fast, Ordering::Relaxed);
            self.report_done(job, &result, done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
            Some(result)
        })
    }

    fn report(&self, job: &Job<'_>, assets: &OnceLock<Result<LayoutAssets, Finding>>) -> Result<Done, Findings> {
        let spec = &self.edition.spec;
        let jurisdiction = &spec.jurisdictions[job.published.jurisdiction()];
        let why = self.outputs.why(jurisdiction, &job.parts);
        if let Some(report) = self.outputs.reuse(jurisdiction, &job.parts)? {
            return Ok(Done { report, built: false, why });
        }
        let assets = assets.get_or_init(|| LayoutAssets::read(&spec.layout, &spec.fonts, &spec.root));
        let assets = assets.as_ref().map_err(|fault| Findings::from(fault.clone()))?;
        let again;
        let draft = match &job.draft {
            Some(draft) => draft,
            None => {
                again = self.drafts.draft(job.published, Cow::Owned(self.edition.compose(job.published)?))?;
                &again
            }
        };
        let document = draft.document.as_ref();
        let mut made = self.edition.report(assets, job.published, document, draft.tables.clone())?;
        let path = format!("{THUMBNAILS}/{}.png", document.meta.file_name);
        made.files.push(Content { path, bytes: made.copy.thumbnail(THUMBNAIL_WIDTH)? });
        typeset::forget(typeset::MEMORY);
        let report = self.outputs.add(jurisdiction, draft, made.copy.pages(), made.files)?;
        Ok(Done { report, built: true, why })
    }

    fn report_done(&self, job: &Job<'_>, result: &Result<Done, Findings>, done: usize, of: usize) {
        let jurisdiction = &self.edition.spec.jurisdictions[job.published.jurisdiction()].code;
        let (outcome, why): (_, &[String]) = match result {
            Ok(Done { built: true, why, .. }) => (Outcome::Built, why),
            Ok(Done { why, .. }) => (Outcome::Reused, why),
            Err(_) => (Outcome::Failed, &[]),
        };
        self.progress.report(&Event::Report { jurisdiction, outcome, why, done, of });
    }
}
