//! Two reports or two releases, compared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Finding, Findings, io_words};
use crate::release::Past;
use crate::review::{self, Change, Report};

/// A pair of reports, compared.
#[derive(Debug)]
pub struct Reviewed {
    /// Its name: the jurisdiction's in a release, the file's otherwise.
    pub name: String,
    /// The files, where they exist.
    pub files: [Option<PathBuf>; 2],
    /// What changed.
    pub changes: Vec<Change>,
    /// Both have a structure tree.
    pub is_tagged: bool,
}

/// What a review found.
#[derive(Debug)]
pub struct Review {
    /// Pairs with changes, in the order of the new release.
    pub reports: Vec<Reviewed>,
    /// How many pairs were compared.
    pub compared: usize,
    /// How many of them have the same bytes.
    pub identical: usize,
}

/// Compares two PDFs, or two releases report by report.
///
/// # Errors
/// Says what cannot be read; nothing is compared then.
pub fn review(old: &Path, new: &Path) -> Result<Review, Findings> {
    let pairs = match (old.is_dir(), new.is_dir()) {
        (true, true) => releases(old, new)?,
        (false, false) => {
            let name = new.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            vec![Pair { name, files: [Some(old.to_path_buf()), Some(new.to_path_buf())], same: false }]
        }
        _ => {
            let message = "a release is compared with a release, and a PDF with a PDF";
            return Err(Finding::error("review::mixed", message).in_file(new.to_string_lossy()).into());
        }
    };
    let compared = pairs.len();
    let results: Vec<Result<Option<Reviewed>, Findings>> = pairs.into_par_iter().map(compare).collect();
    let (mut reports, mut findings) = (Vec::new(), Findings::new());
    let mut identical = 0;
    for result in results {
        match result {
            Ok(Some(report)) => reports.push(report),
            Ok(None) => identical += 1,
            Err(faults) => findings.extend(faults),
        }
    }
    if findings.has_errors() { Err(findings) } else { Ok(Review { reports, compared, identical }) }
}

struct Pair {
    name: String,
    files: [Option<PathBuf>; 2],
    /// The manifests vouch for the same bytes.
    same: bool,
}

/// Pairs the reports of two releases by their jurisdictions.
fn releases(old: &Path, new: &Path) -> Result<Vec<Pair>, Findings> {
    let read = |folder: &Path| Past::read(folder)?.ok_or_else(|| super::release::no_release(folder));
    let (old, new) = (read(old)?, read(new)?);
    let mut before: BTreeMap<&str, _> =
        old.manifest.reports.iter().map(|report| (report.jurisdiction.as_str(), report)).collect();
    let mut pairs = Vec::new();
    for report in &new.manifest.reports {
        let (earlier, file) = (before.remove(report.jurisdiction.as_str()), report.file("pdf"));
        let earlier = earlier.and_then(|earlier| earlier.file("pdf"));
        let path = |past: &Past, path: &str| past.folder.join(path);
        pairs.push(Pair {
            name: report.name.clone(),
            same: earlier.zip(file).is_some_and(|(one, other)| one.digest == other.digest),
            files: [earlier.map(|file| path(&old, &file.path)), file.map(|file| path(&new, &file.path))],
        });
    }
    for report in old.manifest.reports.iter().filter(|report| before.contains_key(report.jurisdiction.as_str())) {
        let file = report.file("pdf").map(|file| old.folder.join(&file.path));
        pairs.push(Pair { name: report.name.clone(), files: [file, None], same: false });
    }
    Ok(pairs)
}

/// Compares a pair; nothing, where both have the same bytes.
fn compare(pair: Pair) -> Result<Option<Reviewed>, Findings> {
    if pair.same {
        return Ok(None);
    }
    let [old, new] = pair.files.each_ref().map(|path| path.as_deref().map(read).transpose());
    let (old, new) = (old?, new?);
    if old.is_some() && old == new {
        return Ok(None);
    }
    let open = |path: &Option<PathBuf>, bytes: Option<Vec<u8>>| -> Result<Option<Report>, Finding> {
        let name = path.as_ref().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        bytes.map(|bytes| Report::read(&name, bytes)).transpose()
    };
    let old = open(&pair.files[0], old);
    let new = open(&pair.files[1], new);
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().collect()),
    };
    let is_tagged = [&old, &new].into_iter().flatten().all(Report::is_tagged);
    Ok(Some(Reviewed {
        changes: review::compare_pair(old.as_ref(), new.as_ref()),
        name: pair.name,
        files: pair.files,
        is_tagged,
    }))
}

fn read(path: &Path) -> Result<Vec<u8>, Finding> {
    std::fs::read(path).map_err(|error| {
        Finding::error("review::unreadable", format!("cannot read the file: {}", io_words(&error)))
            .in_file(path.to_string_lossy())
    })
}
