//! One release, from counted figures to the published folder.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::compose::FileNames;
use crate::confidential::Published;
use crate::diag::{Finding, Findings};
use crate::release::{
    Drafts, ExistingRelease, Front, Manifest, Outputs, Plan, Publication, ReleaseOptions, Shared, Staging, Store,
    Target, must_not_shrink, read_outlines,
};

use super::edition::Edition;
use super::progress::{Event, Progress, Step};
use super::released::Released;
use super::reports::{Done, Job, ReportBuilder};

/// Most reports whose content is held while they wait for their turn.
const MOST_HELD: usize = 100;

/// What a run works with.
pub(super) struct Run<'a> {
    pub options: &'a ReleaseOptions,
    pub plan: Plan,
    pub edition: Edition,
    pub target: &'a Target,
    pub last: Option<&'a ExistingRelease>,
    pub progress: &'a dyn Progress,
    /// Why some reports are left out.
    pub failures: Findings,
}

impl Run<'_> {
    /// Builds the reports and publishes them.
    pub(super) fn publish(self) -> Result<Released, Findings> {
        let remarks = self.edition.remarks_of_release();
        let staging = self.target.begin()?;
        let drafts = self.drafts();
        let Listed { jobs, front, mut failures } = self.list(&drafts);
        self.must_go_on(&mut failures)?;
        let done = self.build(&staging, &drafts, &jobs, &mut failures)?;
        // A slice may be empty; a run of which nothing is left is not published.
        if done.is_empty() && failures.has_errors() {
            return Err(failures);
        }
        let built = done.iter().filter(|report| report.built).count();
        let manifest =
            self.plan.manifest(front.unwrap_or_default(), done.into_iter().map(|done| done.report).collect());
        let outlines = read_outlines(&self.edition.spec)?;
        drop((jobs, drafts));
        let Self { options, plan, edition, target, last, progress, .. } = self;
        // What was counted and drawn is needed no more: another thread gives its memory back meanwhile.
        std::thread::spawn(move || drop(edition));
        if let Some(finding) = last.and_then(|last| shrinks(last, &manifest, target)) {
            failures.push(finding);
            return Err(failures);
        }
        progress.report(&Event::Step { step: Step::Publishing, reports: None });
        let publication = Publication {
            target,
            staging,
            last,
            predecessor: plan.predecessor.as_ref(),
            approvals: &options.approvals,
            signing: options.signing(),
            clean: options.clean,
            outlines,
        };
        let (manifest, written) = publication.finish(manifest)?;
        Ok(Released { manifest, unchanged: !written, built, failures, remarks })
    }

    fn drafts(&self) -> Drafts<'_> {
        Drafts {
            spec: &self.edition.spec,
            geography: self.edition.geography.as_ref(),
            shared: Shared::new(&self.plan.frame.inputs),
            predecessor: self.plan.predecessor.as_ref(),
            compared: self.last.into_iter().chain(&self.edition.compared).collect(),
        }
    }

    /// Drafts all reports and keeps the jobs of this slice, and the faults of those that cannot be composed.
    fn list(&self, drafts: &Drafts<'_>) -> Listed<'_> {
        let are_few = self.edition.published.len() <= MOST_HELD;
        let drafted: Vec<Drafted<'_>> = self
            .edition
            .published
            .par_iter()
            .map(|published| {
                let document = self.edition.compose(published)?;
                let (front, name) = (Front::of(&document), document.meta.file_name.clone());
                let wanted = self.is_wanted(published).then(|| {
                    let draft = drafts.draft(published, Cow::Owned(document))?;
                    let parts = draft.parts.clone();
                    Ok(Job { published, parts, draft: are_few.then_some(draft) })
                });
                Ok((front, name, wanted))
            })
            .collect();
        let mut names = FileNames::default();
        let mut listed = Listed { jobs: Vec::new(), front: None, failures: self.failures.clone() };
        for (published, drafted) in self.edition.published.iter().zip(drafted) {
            let job = drafted.and_then(|(front, name, wanted)| {
                names.take(&name, &self.edition.spec)?;
                listed.front.get_or_insert(front);
                wanted.transpose()
            });
            match job {
                Ok(job) => listed.jobs.extend(job),
                Err(faults) if self.is_wanted(published) => listed.failures.extend(faults),
                Err(_) => {}
            }
        }
        listed
    }

    fn build(
        &self,
        staging: &Staging<'_>,
        drafts: &Drafts<'_>,
        jobs: &[Job<'_>],
        failures: &mut Findings,
    ) -> Result<Vec<Done>, Findings> {
        self.progress.report(&Event::Step { step: Step::Typesetting, reports: Some(jobs.len()) });
        let secret = self.edition.spec.data_key.as_ref();
        let store = self.options.cache.as_deref().map(|folder| Store::open(folder, secret)).transpose()?;
        let builder = ReportBuilder {
            edition: &self.edition,
            drafts,
            outputs: Outputs { staging, store: store.as_ref(), last: self.last.map(|last| &last.manifest) },
            progress: self.progress,
            fail_fast: self.options.fail_fast,
        };
        let mut done = Vec::new();
        for result in builder.build(jobs) {
            match result {
                Ok(report) => done.push(report),
                Err(faults) => failures.extend(faults.into_iter().map(|fault| self.edition.at_character(fault))),
            }
        }
        self.must_go_on(failures)?;
        Ok(done)
    }

    /// Stops at a failure, unless the user wants what can be had.
    fn must_go_on(&self, failures: &mut Findings) -> Result<(), Findings> {
        if failures.has_errors() && !self.options.keep_going {
            return Err(std::mem::take(failures).in_order());
        }
        Ok(())
    }

    /// Tells whether a report is of this slice.
    fn is_wanted(&self, published: &Published) -> bool {
        self.plan.reports.contains(&self.edition.spec.jurisdictions[published.jurisdiction()].code)
    }
}

/// Says that a release would lose reports which the one before it has.
fn shrinks(last: &ExistingRelease, manifest: &Manifest, target: &Target) -> Option<Finding> {
    let reports = manifest.reports.iter().map(|report| report.jurisdiction.as_str());
    must_not_shrink(&last.manifest, manifest, reports, target.place()).err()
}

/// A report that can be composed or not, with the name of its files, and its job, where it is of this slice.
type Drafted<'a> = Result<(Front, String, Option<Result<Job<'a>, Findings>>), Findings>;

/// The reports of a slice.
struct Listed<'a> {
    jobs: Vec<Job<'a>>,
    /// Of the first report of the edition that can be composed.
    front: Option<Front>,
    failures: Findings,
}
