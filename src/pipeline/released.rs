//! What became of a release.

use crate::diag::Findings;
use crate::release::Manifest;

use super::remarks::Remarks;

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

impl Released {
    /// A release for which no report was built.
    pub(super) fn without_reports(manifest: Manifest, unchanged: bool) -> Self {
        let remarks = Remarks::default().of_page(&manifest.language);
        Self { manifest, unchanged, built: 0, failures: Findings::new(), remarks }
    }
}
