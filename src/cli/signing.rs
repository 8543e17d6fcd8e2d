//! How a release and its approvals are signed.

use std::path::PathBuf;

use crate::diag::Finding;
use crate::release::Signer;

/// Arguments that name a key.
#[derive(clap::Args)]
pub(super) struct Signing {
    /// Sign the manifest of a release, or all its approvals, with this secret key (minisign)
    #[arg(long, value_name = "FILE")]
    sign: Option<PathBuf>,
    /// File whose first line is the password of that key
    #[arg(long, value_name = "FILE", requires = "sign")]
    sign_password: Option<PathBuf>,
    /// Publish approvals without a signature where they had one
    #[arg(long, conflicts_with = "sign")]
    pub(super) unsigned_approvals: bool,
}

impl Signing {
    /// Reads the key, where one is named.
    ///
    /// # Errors
    /// As [`Signer::read`].
    pub(super) fn signer(&self) -> Result<Option<Signer>, Finding> {
        self.sign.as_deref().map(|key| Signer::read(key, self.sign_password.as_deref())).transpose()
    }
}
