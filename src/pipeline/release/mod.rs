//! The annual release: every report of an edition, or none.

mod approve;
mod build;
mod differences;
mod draft;
mod inputs;
mod merge;
mod parts;
mod plan;
mod policy;
mod revise;
mod run;
mod verify;

pub use approve::{Approval, approve};
pub use merge::merge;
pub(super) use verify::no_spec;
pub use verify::{Verification, Verified, verify};

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::boundaries::Geography;
use crate::compose::Document;
use crate::confidential::Published;
use crate::diag::{Finding, Findings, Sources, code};
use crate::release::{ExistingRelease, Manifest, Partition, Signer, Signing, Target};
use crate::report_spec::{self, JurisdictionId, Places, Spec};

use super::progress::{Event, Progress, Step};
use super::{Edition, Remarks, choose, geography, publish};

use draft::Draft;
use parts::Shared;
use plan::Plan;
use revise::{must_not_tell, revise};
use run::Run;

/// What a release is to be.
pub struct ReleaseOptions {
    /// Folder of the release.
    pub out: PathBuf,
    /// Jurisdictions to release, by code; all when empty.
    pub only: Vec<String>,
    /// The slice to build.
    pub partition: Option<Partition>,
    /// Folder of finished reports.
    pub cache: Option<PathBuf>,
    /// Publish the reports that could be built although others could not.
    pub keep_going: bool,
    /// Stop at the first report that cannot be built.
    pub fail_fast: bool,
    /// Release whose reports are corrected, where it is not the one in `out`.
    pub previous: Option<PathBuf>,
    /// Releases whose approvals count.
    pub approvals: Vec<PathBuf>,
    /// Key to sign with.
    pub signer: Option<Signer>,
    /// Publish approvals without a signature where they had one.
    pub unsigned_approvals: bool,
    /// Throw away what stands beside the last release.
    pub clean: bool,
    /// Where the key and the case data are, where that is not where the spec says.
    pub places: Places,
}

impl ReleaseOptions {
    fn signing(&self) -> Signing<'_> {
        Signing { signer: self.signer.as_ref(), unsigned_approvals: self.unsigned_approvals }
    }
}

/// What became of a release.
pub struct Released {
    /// Its manifest.
    pub manifest: Manifest,
    /// Nothing had changed: nothing was done.
    pub unchanged: bool,
    /// How many reports were built; the others stood in the cache.
    pub built: usize,
    /// What kept the missing reports from being built.
    pub failures: Findings,
    /// What there is to say beside that.
    pub remarks: Remarks,
}

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
    must_be_outside_releases(options)?;
    let target = Target::hold(&options.out)?;
    let mut spec = report_spec::load(path, &options.places, sources)?;
    super::must_have_sheets(&spec)?;
    let expected = spec.reports.len();
    choose(&mut spec, &options.only)?;
    progress.report(&Event::Step { step: Step::Inputs, reports: None });
    let last = target.last(options.clean)?;
    let plan = Plan::new(&spec, options, sources, expected)?;
    if let Some(last) = &last {
        plan.must_not_shrink(&last.manifest, target.place())?;
        if plan.is_done_by(last, options) {
            let manifest = last.manifest.clone();
            return Ok(Released {
                manifest,
                unchanged: true,
                built: 0,
                failures: Findings::new(),
                remarks: Remarks::default(),
            });
        }
    }
    progress.report(&Event::Step { step: Step::Counting, reports: None });
    let mut geography = geography(&spec)?;
    let failures = if options.keep_going { leave_out(&mut spec, geography.as_mut()) } else { Findings::new() };
    let mut edition = Edition::count(spec, geography, sources, false)?;
    if edition.spec.revision.is_none() {
        edition.compared =
            options.previous.as_deref().map(|folder| published(folder, &edition.spec.edition)).transpose()?;
    }
    Run { options, plan, edition, target: &target, last: last.as_ref(), progress, failures }.publish()
}

/// Leaves out the reports whose boundaries cannot be read: their records are counted for the others, but for their
/// points. Returns the faults.
fn leave_out(spec: &mut Spec, geography: Option<&mut Geography>) -> Findings {
    let Some(geography) = geography else { return Findings::new() };
    let code = |id: &JurisdictionId| spec.jurisdictions[*id].code.as_str();
    let faults = geography.leave_out_unreadable(&spec.reports.iter().map(code).collect::<Vec<_>>());
    let kept = spec.reports.iter().copied().filter(|id| !faults.contains_key(code(id))).collect();
    spec.reports = kept;
    faults.into_values().flatten().collect()
}

/// Composes a report with its corrections, where its content is not that of the publication before.
pub(super) fn corrected(edition: &Edition, published: &Published, document: &Document) -> Result<Document, Findings> {
    let plain = Draft::plain(edition, &Shared::new(&[]), published, Cow::Borrowed(document))?;
    if let Some(compared) = &edition.compared {
        must_not_tell(edition, compared, &plain)?;
    }
    Ok(revise(edition, edition.predecessor.as_ref(), plain)?.document.into_owned())
}

/// Refuses a release below another one, and a cache in one: a release holds what its manifest names.
///
/// # Errors
/// Names the release.
fn must_be_outside_releases(options: &ReleaseOptions) -> Result<(), Finding> {
    let out = std::path::absolute(&options.out).unwrap_or_else(|_| options.out.clone());
    // A link to a folder stands for the folder.
    let out = out.canonicalize().unwrap_or(out);
    let folders = out.parent().into_iter().chain(options.cache.as_deref());
    folders.into_iter().try_for_each(publish::must_be_outside_releases)
}

/// Reads a release of an edition that a user names.
///
/// # Errors
/// Returns an error if there is none, or if it is of another edition.
pub(super) fn published(folder: &Path, edition: &str) -> Result<ExistingRelease, Finding> {
    let past = ExistingRelease::read(folder)?.ok_or_else(|| no_release(folder))?;
    past.must_be_of(edition)?;
    Ok(past)
}

/// Says that a revision has nothing to correct.
pub(super) fn no_predecessor(place: String, revision: u32) -> Finding {
    Finding::error(code::release::NO_PREDECESSOR, format!("revision {revision} corrects a release, and none is here"))
        .in_file(place)
        .help("name the folder of the release that it corrects by `--previous`".to_owned())
}

pub(super) fn no_release(folder: &Path) -> Finding {
    Finding::error(code::release::NO_RELEASE, "the folder holds no release: it has no `manifest.json`")
        .in_file(folder.to_string_lossy())
}
