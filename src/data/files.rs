//! The files of a source.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Finding, io_words};
use crate::spec::Source;

/// Lists a source's files by name, those of a pattern in the order of their names.
///
/// # Errors
/// Says that the folder cannot be read, or that no file fits the pattern.
pub(super) fn of(source: &Source, root: &Path) -> Result<Vec<(Arc<str>, PathBuf)>, Finding> {
    let shown = |path: &Path| -> Arc<str> { path.strip_prefix(root).unwrap_or(path).to_string_lossy().into() };
    let pattern = source.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let Some((before, after)) = pattern.split_once('*') else {
        return Ok(vec![(shown(&source.file), source.file.clone())]);
    };
    let folder = source.file.parent().unwrap_or(root);
    let entries = std::fs::read_dir(folder).map_err(|error| {
        Finding::error("data::unreadable", format!("cannot read the folder: {}", io_words(&error)))
            .in_file(shown(folder))
    })?;
    let fits =
        |name: &str| name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after);
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| fits(&entry.file_name().to_string_lossy()) && entry.path().is_file())
        .map(|entry| entry.path())
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Finding::error("data::unreadable", "no file fits this pattern").in_file(shown(&source.file)));
    }
    Ok(files.into_iter().map(|path| (shown(&path), path)).collect())
}
