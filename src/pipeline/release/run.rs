//! One release, from counted figures to the published folder.

use rayon::prelude::*;

use crate::compose::Document;
use crate::diag::Findings;
use crate::disclose::Published;
use crate::pipeline::Edition;
use crate::pipeline::progress::{Event, Progress, Step};
use crate::release::{Manifest, Past, Publication, Report, Staging, Store, Target};

use super::build::{Done, Job, Workshop};
use super::parts::Shared;
use super::plan::{Plan, must_not_shrink};
use super::revise::revise;
use super::{Order, Released, inputs};

/// What a run works with.
pub(super) struct Run<'a> {
    pub order: &'a Order,
    pub plan: Plan,
    pub edition: Edition,
    pub target: &'a Target,
    pub last: Option<&'a Past>,
    pub progress: &'a dyn Progress,
}

impl Run<'_> {
    /// Builds the reports and publishes them.
    pub(super) fn publish(&self) -> Result<Released, Findings> {
        let documents = self.edition.composed();
        let staging = self.target.begin()?;
        let (jobs, mut failures) = self.jobs(&documents)?;
        self.must_go_on(&mut failures)?;
        let done = self.build(&staging, &jobs, &mut failures)?;
        // A slice may be empty; a run of which nothing is left is not published.
        if done.is_empty() && failures.has_errors() {
            return Err(failures);
        }
        let built = done.iter().filter(|one| one.built).count();
        let manifest = self.manifest(&documents, done.into_iter().map(|one| one.report).collect());
        if let Some(last) = self.last {
            let reports = manifest.reports.iter().map(|report| report.jurisdiction.as_str());
            must_not_shrink(&last.manifest, &manifest, reports, self.target.place()).map_err(|finding| {
                failures.push(finding);
                std::mem::take(&mut failures)
            })?;
        }
        self.progress.tell(&Event::Step { step: Step::Publishing, reports: None });
        let publication = Publication {
            target: self.target,
            staging,
            last: self.last,
            predecessor: self.plan.predecessor.as_ref(),
            approvals: &self.order.approvals,
            signer: self.order.signer.as_ref(),
            outlines: inputs::outlines(&self.edition.spec)?,
        };
        let (manifest, written) = publication.finish(manifest)?;
        Ok(Released { manifest, unchanged: !written, built, failures })
    }

    /// Prepares the reports of this slice; returns the faults of those that cannot be composed.
    fn jobs<'d>(&'d self, documents: &'d [Result<Document, Findings>]) -> Result<(Vec<Job<'d>>, Findings), Findings> {
        let shared = Shared::new(&self.plan.frame.inputs);
        let (mut jobs, mut failures) = (Vec::new(), Findings::new());
        let wanted = self.edition.published.par_iter().zip(documents);
        let wanted = wanted.filter(|(published, _)| self.plan.reports.contains(self.code(published)));
        let prepared = wanted.map(|(published, document)| {
            let plain = Job::new(&self.edition, &shared, published, document.as_ref().map_err(Clone::clone)?)?;
            revise(&self.edition, self.plan.predecessor.as_ref(), plain)
        });
        for job in prepared.collect::<Vec<Result<Job<'_>, Findings>>>() {
            match job {
                Ok(job) => jobs.push(job),
                Err(faults) => failures.extend(faults),
            }
        }
        Ok((jobs, failures))
    }

    fn build(&self, staging: &Staging<'_>, jobs: &[Job<'_>], failures: &mut Findings) -> Result<Vec<Done>, Findings> {
        self.progress.tell(&Event::Step { step: Step::Typesetting, reports: Some(jobs.len()) });
        let store = self.order.cache.as_deref().map(Store::open).transpose()?;
        let workshop = Workshop {
            edition: &self.edition,
            staging,
            store: store.as_ref(),
            last: self.last.map(|last| &last.manifest),
            progress: self.progress,
            fail_fast: self.order.fail_fast,
        };
        let mut done = Vec::new();
        for result in workshop.build(jobs) {
            match result {
                Ok(one) => done.push(one),
                Err(faults) => failures.extend(faults.into_iter().map(|fault| self.edition.at_character(fault))),
            }
        }
        self.must_go_on(failures)?;
        Ok(done)
    }

    /// Stops at a failure, unless the user wants what can be had.
    fn must_go_on(&self, failures: &mut Findings) -> Result<(), Findings> {
        if failures.has_errors() && !self.order.keep_going {
            return Err(std::mem::take(failures).in_order());
        }
        Ok(())
    }

    fn manifest(&self, documents: &[Result<Document, Findings>], reports: Vec<Report>) -> Manifest {
        let first = documents.iter().find_map(|document| document.as_ref().ok());
        let is_missing = |code: &&String| !reports.iter().any(|report| report.jurisdiction == **code);
        Manifest {
            title: first.map(|document| document.head.0.clone()).unwrap_or_default(),
            language: first.map(|document| document.meta.language.clone()).unwrap_or_default(),
            notice: first.and_then(|document| document.notice.clone()),
            complete: reports.len() == self.plan.frame.expected as usize,
            missing: self.plan.reports.iter().filter(is_missing).cloned().collect(),
            reports,
            ..self.plan.frame.clone()
        }
    }

    fn code(&self, published: &Published) -> &String {
        &self.edition.spec.jurisdictions[published.jurisdiction()].code
    }
}
