//! A release, compared with what the same inputs make today.

use crate::diag::{Findings, Sources};
use crate::disk;
use crate::release::{Checked, ExistingRelease, Verification, Verified, changed_inputs, differences, spec_of};

use super::progress::{Event, Progress, Step};
use super::release::release;

/// Verifies a release: its outputs by their digests, its approvals and signature, and, by building it again from the
/// same inputs, every byte. The folder may come from anybody.
///
/// # Errors
/// Returns everything that differs; of a report the first difference, with page and stage.
pub fn verify(wanted: &Verification, progress: &dyn Progress, sources: &mut Sources) -> Result<Verified, Findings> {
    let past = ExistingRelease::in_folder(&wanted.folder)?;
    progress.report(&Event::Step { step: Step::Comparing, reports: None });
    let mut checked = Checked::of(&past, wanted);
    if !wanted.outputs_only {
        checked.findings.extend(rebuilt(&past, wanted, progress, sources)?);
    }
    checked.verified(past)
}

/// Builds the release again beside nothing, and compares.
fn rebuilt(
    past: &ExistingRelease,
    wanted: &Verification,
    progress: &dyn Progress,
    sources: &mut Sources,
) -> Result<Findings, Findings> {
    let path = spec_of(past, &wanted.project)?;
    let changed = changed_inputs(past, &path, &wanted.places, sources)?;
    if changed.has_errors() {
        return Ok(changed);
    }
    let aside = disk::Scratch::new()?;
    let out = aside.path().join("release");
    let again = release(&path, &wanted.options(past, out.clone()), progress, sources)?;
    progress.report(&Event::Step { step: Step::Comparing, reports: None });
    Ok(differences(past, &out, &again.manifest))
}
