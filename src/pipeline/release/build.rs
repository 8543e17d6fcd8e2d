//! All reports of a release, built in parallel or taken from the cache.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::confidential::Published;
use crate::diag::{Finding, Findings};
use crate::disk;
use crate::pipeline::Edition;
use crate::pipeline::progress::{Event, Outcome, Progress};
use crate::pipeline::{publish, workers};
use crate::release::{FOLDERS, File, Manifest, Report, Staging, Store, THUMBNAILS};
use crate::typeset::{self, LayoutAssets};
use crate::unit::Digest;

use super::draft::{Draft, Drafts};
use super::parts::{self, Parts};

/// Width of the picture of a first page, in pixels.
const THUMBNAIL_WIDTH: u32 = 240;

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
    pub staging: &'a Staging<'a>,
    pub store: Option<&'a Store>,
    pub last: Option<&'a Manifest>,
    pub progress: &'a dyn Progress,
    /// The first failure stops the work.
    pub fail_fast: bool,
}

/// A report that is done, and whether it was built.
pub(super) struct Done {
    pub report: Report,
    pub built: bool,
    pub why: Vec<String>,
}

impl ReportBuilder<'_> {
    /// Builds all reports; each ends in the staging folder, and in the cache where there is one.
    ///
    /// Those that must be built come first.
    pub(super) fn build(&self, jobs: &[Job<'_>]) -> Vec<Result<Done, Findings>> {
        let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let is_kept = |job: &Job<'_>| self.store.is_some_and(|store| store.has(parts::key(&job.parts)));
        let (kept, missing): (Vec<usize>, Vec<usize>) = (0..jobs.len()).partition(|index| is_kept(&jobs[*index]));
        let (slow, options) = (missing.len(), [missing, kept].concat());
        // Fonts are parsed only when a page must be set.
        let assets = OnceLock::new();
        workers::in_order(&options, slow, |index| {
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
        let (key, why) = (parts::key(&job.parts), self.why(job));
        if let Some((report, contents)) =
            self.store.and_then(|store| store.find(key)).filter(|(report, _)| self.is_of(job, report))
        {
            self.store_outputs(&report, &contents)?;
            return Ok(Done { report, built: false, why });
        }
        let spec = &self.edition.spec;
        let assets = assets.get_or_init(|| LayoutAssets::read(&spec.layout, &spec.fonts, &spec.root));
        let assets = assets.as_ref().map_err(|fault| Findings::from(fault.clone()))?;
        let again;
        let draft = match &job.draft {
            Some(draft) => draft,
            None => {
                again = self.drafts.draft(job.published)?;
                &again
            }
        };
        let document = draft.document.as_ref();
        let mut made = self.edition.report(assets, job.published, document, draft.tables.clone())?;
        let path = format!("{THUMBNAILS}/{}.png", document.meta.file_name);
        made.files.push(publish::File { path, content: made.copy.thumbnail(THUMBNAIL_WIDTH)? });
        typeset::forget(typeset::MEMORY);
        let jurisdiction = &spec.jurisdictions[job.published.jurisdiction()];
        let (mut files, mut contents) = (Vec::new(), Vec::new());
        for file in made.files {
            let digest = Digest::of(&file.content);
            files.push(File { path: file.path, digest, bytes: file.content.len() as u64 });
            contents.push(file.content);
        }
        let report = Report {
            jurisdiction: jurisdiction.code.clone(),
            name: jurisdiction.name.clone(),
            title: document.meta.title.clone(),
            pages: u32::try_from(made.copy.pages()).unwrap_or(u32::MAX),
            revised: draft.revised,
            parts: draft.parts.clone(),
            files,
        };
        if let Some(store) = self.store {
            store.keep(key, &report, &contents)?;
        }
        self.store_outputs(&report, &contents)?;
        Ok(Done { report, built: true, why })
    }

    /// Tells whether a kept report is the one that is wanted: of its parts, with files where such a report has them.
    fn is_of(&self, job: &Job<'_>, report: &Report) -> bool {
        let is_in_place = |path: &str| {
            disk::is_inside(path)
                && path.split_once('/').is_some_and(|(folder, name)| FOLDERS.contains(&folder) && !name.contains('/'))
        };
        let code = &self.edition.spec.jurisdictions[job.published.jurisdiction()].code;
        report.jurisdiction == *code
            && report.parts == job.parts
            && report.files.iter().all(|file| is_in_place(&file.path))
    }

    fn store_outputs(&self, report: &Report, contents: &[Vec<u8>]) -> Result<(), Finding> {
        let mut files = report.files.iter().zip(contents);
        files.try_for_each(|(file, content)| self.staging.write(&file.path, content))
    }

    /// Names what differs from the report of the last release.
    fn why(&self, job: &Job<'_>) -> Vec<String> {
        let code = &self.edition.spec.jurisdictions[job.published.jurisdiction()].code;
        let Some(last) = self.last else { return vec!["there is no last release".into()] };
        match last.reports.iter().find(|report| report.jurisdiction == *code) {
            Some(report) => parts::difference(&report.parts, &job.parts),
            None => vec!["the last release has no such report".into()],
        }
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
