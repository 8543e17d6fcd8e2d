//! Releases that a user names.

use std::path::Path;

use crate::diag::{Finding, code};

use super::past::ExistingRelease;

impl ExistingRelease {
    /// Reads the release in a folder.
    ///
    /// # Errors
    /// As [`read`](Self::read), and returns an error if there is none.
    pub fn in_folder(folder: &Path) -> Result<Self, Finding> {
        Self::read(folder)?.ok_or_else(|| no_release(folder))
    }

    /// Reads the release of an edition.
    ///
    /// # Errors
    /// As [`in_folder`](Self::in_folder), and returns an error if the release is of another edition.
    pub fn of_edition(folder: &Path, edition: &str) -> Result<Self, Finding> {
        let past = Self::in_folder(folder)?;
        past.must_be_of(edition)?;
        Ok(past)
    }
}

/// Says that a folder holds no release.
pub(super) fn no_release(folder: &Path) -> Finding {
    Finding::error(code::release::NO_RELEASE, "the folder holds no release: it has no `manifest.json`")
        .in_file(folder.to_string_lossy())
}

/// Says that a revision has nothing to correct.
pub fn no_predecessor(place: String, revision: u32) -> Finding {
    Finding::error(code::release::NO_PREDECESSOR, format!("revision {revision} corrects a release, and none is here"))
        .in_file(place)
        .help("name the folder of the release that it corrects by `--previous`".to_owned())
}
