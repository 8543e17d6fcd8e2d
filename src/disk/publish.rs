//! Files reach their place whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serializer;

use crate::diag::{Finding, Findings, code, describe_io_error, unsynced};

use super::names::Unsettled;
use super::write::{Aside, Readers, put_all, sweep};

/// The content of a file that is not yet in its place.
pub struct Content {
    /// Path below the output folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
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

/// Writes all files aside, and renames them only when every one of them is on disk.
///
/// # Errors
/// Says which file cannot be written; what stood there before is then still whole.
pub fn publish(readers: Readers, out: &Path, files: &[Content]) -> Result<Vec<Written>, Findings> {
    for folder in folders(out, files) {
        sweep(&folder).map_err(|error| unwritable(&folder, &error))?;
    }
    // Waiting for the disk takes longer than writing, so several files wait at once.
    let aside: Vec<Result<Aside, Finding>> = files
        .par_iter()
        .map(|file| {
            let path = out.join(&file.path);
            Aside::write(&path, &file.bytes, readers).map_err(|error| unwritable(&path, &error))
        })
        .collect();
    let aside = aside.into_iter().collect::<Result<Vec<Aside>, Finding>>()?;
    let written = aside.iter().zip(files);
    let written = written
        .map(|(aside, file)| Written { path: aside.place().to_path_buf(), bytes: file.bytes.len() as u64 })
        .collect();
    put_all(aside).map_err(|Unsettled { place, error, changed }| match changed {
        true => unsynced(&place, &error),
        false => unwritable(&place, &error),
    })?;
    Ok(written)
}

/// The folders that files below a folder stand in.
pub fn folders(out: &Path, files: &[Content]) -> BTreeSet<PathBuf> {
    files.iter().filter_map(|file| Some(out.join(&file.path).parent()?.to_path_buf())).collect()
}

/// Writes to a pipe or a device; tells whether there is one.
///
/// # Errors
/// Says why it cannot be written.
pub fn write_stream(path: &Path, content: &[u8]) -> Result<bool, Finding> {
    if !path.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return Ok(false);
    }
    let written = File::options().write(true).open(path).and_then(|mut file| file.write_all(content));
    written.map_err(|error| unwritable(path, &error))?;
    Ok(true)
}

/// Returns the folder and the name of a file that is to be written; a link leads to the file that it names.
///
/// # Errors
/// Returns an error where no file can stand.
pub fn place_of(path: &Path) -> Result<(PathBuf, String), Finding> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let absolute = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
    match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => Ok((folder.to_path_buf(), name.to_string_lossy().into_owned())),
        _ => {
            let message = "this is no place for a file";
            Err(Finding::error(code::publish::UNWRITABLE, message).in_file(path.to_string_lossy()))
        }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Finding {
    Finding::error(code::publish::UNWRITABLE, format!("cannot write the file: {}", describe_io_error(error)))
        .in_file(path.to_string_lossy())
}
