//! A release holds what its manifest names: nobody writes anything else into it.

use std::path::Path;

use crate::diag::{Finding, Findings, code};
use crate::disk::{self, Content, Readers, Written};

use super::names::{MANIFEST, SUMS};
use super::options::ReleaseOptions;
use super::past::ExistingRelease;

/// Refuses a folder of a release, or one below it, also through a link: a release holds what its manifest names, and nobody
/// overwrites it.
///
/// # Errors
/// Names the release.
pub fn must_be_outside_releases(folder: &Path) -> Result<(), Finding> {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    // What is not there yet is made below the lowest folder that is.
    let real = absolute.ancestors().find_map(|folder| folder.canonicalize().ok());
    // One that has lost its list of digests, or whose manifest is damaged, is a release all the same.
    let is_release = |folder: &&Path| {
        folder.join(MANIFEST).exists()
            && (folder.join(SUMS).exists() || ExistingRelease::read(folder).is_ok_and(|past| past.is_some()))
    };
    let mut folders = absolute.ancestors().chain(real.iter().flat_map(|real| real.ancestors()));
    match folders.find(is_release) {
        None => Ok(()),
        Some(release) => {
            let message = format!("`{}` is a release, which holds only what its manifest names", release.display());
            let help = "write into another folder".to_owned();
            Err(Finding::error(code::publish::IN_RELEASE, message).in_file(folder.to_string_lossy()).help(help))
        }
    }
}

/// Publishes files below a folder, all or none, and none of them into a release.
///
/// # Errors
/// Names the release that a file would stand in, or the file that cannot be written; what stood there before is then still whole.
pub fn publish_files(readers: Readers, out: &Path, files: &[Content]) -> Result<Vec<Written>, Findings> {
    for folder in disk::folders(out, files) {
        must_be_outside_releases(&folder)?;
    }
    disk::publish(readers, out, files)
}

/// Publishes one file, whole or not at all, and not into a release. A pipe or a device is written to, and a link leads to the file
/// that it names.
///
/// # Errors
/// Says why it cannot be written.
pub fn publish_file(readers: Readers, path: &Path, bytes: Vec<u8>) -> Result<(), Findings> {
    if disk::write_stream(path, &bytes)? {
        return Ok(());
    }
    let (folder, path) = disk::place_of(path)?;
    publish_files(readers, &folder, &[Content { path, bytes }]).map(|_| ())
}

impl ReleaseOptions {
    /// Refuses a release below another one, and a cache in one.
    ///
    /// # Errors
    /// Names the release.
    pub fn must_be_outside_releases(&self) -> Result<(), Finding> {
        let out = std::path::absolute(&self.out).unwrap_or_else(|_| self.out.clone());
        // A link to a folder stands for the folder.
        let out = out.canonicalize().unwrap_or(out);
        let folders = out.parent().into_iter().chain(self.cache.as_deref());
        folders.into_iter().try_for_each(must_be_outside_releases)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_below_a_release_is_refused_and_one_beside_it_is_not() {
        let root = tempfile::tempdir().unwrap();
        let release = root.path().join("release");
        fs::create_dir(&release).unwrap();
        fs::write(release.join(MANIFEST), "{}").unwrap();
        fs::write(release.join(SUMS), "").unwrap();
        let code = |folder: &str| must_be_outside_releases(&root.path().join(folder)).err().map(|fault| fault.code);
        assert_eq!(code("release"), Some(code::publish::IN_RELEASE));
        assert_eq!(code("release/new/below"), Some(code::publish::IN_RELEASE));
        assert_eq!(code("beside"), None);
    }
}
