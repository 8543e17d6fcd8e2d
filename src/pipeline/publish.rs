//! Files reach their place whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::NamedTempFile;

use crate::diag::{Finding, Findings, io_words};

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
    /// Where it stands.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// A publication is for everyone.
    Everyone,
    /// What is confidential is for its owner.
    Owner,
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
    // Waiting for the disk takes longer than writing, so several files wait at once.
    let aside: Vec<Result<Aside, Finding>> = files.par_iter().map(|file| set_aside(readers, out, file)).collect();
    let aside = aside.into_iter().collect::<Result<Vec<Aside>, Finding>>()?;
    let mut written = Vec::new();
    for (temporary, path, bytes) in aside {
        temporary.persist(&path).map_err(|error| fault(&path, &error.error))?;
        written.push(Written { path, bytes });
    }
    Ok(written)
}

/// A file on disk, beside its place: itself, its place and its size.
type Aside = (NamedTempFile, PathBuf, u64);

fn set_aside(readers: Readers, out: &Path, file: &File) -> Result<Aside, Finding> {
    let path = out.join(&file.path);
    // A rename onto a folder would fail when others are in their place already.
    if path.is_dir() {
        return Err(fault(&path, &std::io::ErrorKind::IsADirectory.into()));
    }
    let temporary = write_aside(readers, &path, &file.content).map_err(|error| fault(&path, &error))?;
    Ok((temporary, path, file.content.len() as u64))
}

fn write_aside(readers: Readers, path: &Path, content: &[u8]) -> std::io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // A temporary file is private by default.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(if readers == Readers::Everyone { 0o644 } else { 0o600 }));
    }
    let mut file = builder.prefix(".platen-").tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn fault(path: &Path, error: &std::io::Error) -> Finding {
    Finding::error("publish::unwritable", format!("cannot write the file: {}", io_words(error)))
        .in_file(path.to_string_lossy())
}
