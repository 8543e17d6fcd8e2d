//! The annual release: every report of an edition, or none.

use std::path::{Path, PathBuf};

use crate::boundaries::Geography;
use crate::diag::{Findings, Sources};
use crate::release::{self, ExistingRelease, Plan, ReleaseOptions, Target};
use crate::report_spec;

use super::edition::Edition;
use super::progress::{Event, Progress, Step};
use super::released::Released;
use super::run::Run;

/// Releases all reports of a spec into a folder, in one step, or nothing at all.
///
/// # Errors
/// Returns what stopped it; the last release is then untouched.
pub fn release(
    path: &Path,
    options: &ReleaseOptions,
    progress: &dyn Progress,
    sources: &mut Sources,
) -> Result<Released, Findings> {
    options.must_be_outside_releases()?;
    let target = Target::hold(&options.out)?;
    let mut spec = report_spec::load(path, &options.places, sources)?;
    release::must_have_sheets(&spec)?;
    let expected = spec.reports.len();
    spec.choose(&options.only)?;
    progress.report(&Event::Step { step: Step::Inputs, reports: None });
    let last = target.last(options.clean)?;
    let plan = Plan::new(&spec, options, sources, expected)?;
    if let Some(last) = &last {
        plan.must_not_shrink(&last.manifest, target.place())?;
        if plan.is_done_by(last, options) {
            return Ok(Released::without_reports(last.manifest.clone(), true));
        }
    }
    progress.report(&Event::Step { step: Step::Counting, reports: None });
    let mut geography = Geography::of(&spec)?;
    let failures = match &mut geography {
        Some(geography) if options.keep_going => geography.leave_out(&mut spec),
        _ => Findings::new(),
    };
    let mut edition = Edition::count(spec, geography, sources, false)?;
    if edition.spec.revision.is_none() {
        let of_edition = |folder: &Path| ExistingRelease::of_edition(folder, &edition.spec.edition);
        edition.compared = options.previous.as_deref().map(of_edition).transpose()?;
    }
    Run { options, plan, edition, target: &target, last: last.as_ref(), progress, failures }.publish()
}

/// Joins slices of one edition, built apart, into a release.
///
/// # Errors
/// Says which slice is missing, doubled, damaged, or made from other inputs than the first.
pub fn merge(slices: &[PathBuf], options: &ReleaseOptions) -> Result<Released, Findings> {
    let (manifest, written) = release::merge(slices, options)?;
    Ok(Released::without_reports(manifest, !written))
}
