//! What a release is to be.

use std::path::PathBuf;

use crate::report_spec::Places;

use super::endorsed::Signing;
use super::manifest::Partition;
use super::signature::Signer;

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
    /// Returns what is signed, and with what.
    pub fn signing(&self) -> Signing<'_> {
        Signing { signer: self.signer.as_ref(), unsigned_approvals: self.unsigned_approvals }
    }
}
