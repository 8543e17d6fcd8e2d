//! Files reach their place whole or not at all.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serializer;

use crate::diag::{Finding, Findings, code, describe_io_error, unsynced};
pub use crate::disk::Readers;
use crate::disk::{self, Aside, Unsettled};
use crate::release::{ExistingRelease, MANIFEST, SUMS};

/// A finished file, not yet in its place.
pub(super) struct File {
    /// Path below the output folder.
    pub path: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// A published file.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Written {
    /// Where it stands; in JSON, which holds text alone, with U+FFFD for bytes that are none.
    #[serde(serialize_with = "as_text")]
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

/// Refuses a folder of a release, or one below it, also through a link: a release holds what its manifest names, and nobody
/// overwrites it.
///
/// # Errors
/// Names the release.
pub(super) fn must_be_outside_releases(folder: &Path) -> Result<(), Finding> {
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

/// Writes all files aside, and renames them only when every one of them is on disk.
///
/// # Errors
/// Says which file cannot be written; what stood there before is then still whole.
pub(super) fn publish(out: &Path, files: Vec<File>) -> Result<Vec<Written>, Findings> {
    publish_for(Readers::Everyone, out, files)
}

/// As [`publish`], for these readers.
pub(super) fn publish_for(readers: Readers, out: &Path, files: Vec<File>) -> Result<Vec<Written>, Findings> {
    let folders: BTreeSet<PathBuf> =
        files.iter().filter_map(|file| Some(out.join(&file.path).parent()?.to_path_buf())).collect();
    for folder in &folders {
        must_be_outside_releases(folder)?;
        disk::sweep(folder).map_err(|error| fault(folder, &error))?;
    }
    // Waiting for the disk takes longer than writing, so several files wait at once.
    let aside: Vec<Result<Aside, Finding>> = files
        .par_iter()
        .map(|file| {
            let path = out.join(&file.path);
            Aside::write(&path, &file.content, readers).map_err(|error| fault(&path, &error))
        })
        .collect();
    let aside = aside.into_iter().collect::<Result<Vec<Aside>, Finding>>()?;
    let written = aside.iter().zip(&files);
    let written = written
        .map(|(aside, file)| Written { path: aside.place().to_path_buf(), bytes: file.content.len() as u64 })
        .collect();
    disk::put_all(aside).map_err(|Unsettled { place, error, changed }| match changed {
        true => unsynced(&place, &error),
        false => fault(&place, &error),
    })?;
    Ok(written)
}

fn fault(path: &Path, error: &std::io::Error) -> Finding {
    Finding::error(code::publish::UNWRITABLE, format!("cannot write the file: {}", describe_io_error(error)))
        .in_file(path.to_string_lossy())
}
