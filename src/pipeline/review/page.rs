//! A review, written for its reader.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::pipeline::publish::{self, Readers};
use crate::review::{self, Pair, Policy, Shown, Weight};

use super::{Review, Reviewed};

/// Makes the HTML page of a review.
///
/// # Errors
/// Says which file cannot be read any more.
pub fn page(review: &Review, policy: &Policy, names: [String; 2]) -> Result<Vec<u8>, Findings> {
    Ok(review::page(&shown(review, policy, names)?))
}

/// Typesets the changes of a review; `summary` sums it up. Records of case data are left out.
///
/// # Errors
/// Says which file cannot be read any more.
pub fn paper(review: &Review, policy: &Policy, names: [String; 2], summary: &str) -> Result<Vec<u8>, Findings> {
    review::paper(&shown(review, policy, names)?, summary)
}

fn shown<'a>(review: &'a Review, policy: &Policy, names: [String; 2]) -> Result<Shown<'a>, Finding> {
    let listed = |reviewed: &&Reviewed| reviewed.changes.iter().any(|change| policy.weight(change) > Weight::Ignore);
    let pairs = review.reports.iter().filter(listed).map(|reviewed| pair(reviewed, policy));
    let pairs: Result<Vec<Pair<'_>>, Finding> = pairs.collect();
    Ok(Shown {
        names,
        manifests: review.sides.as_ref().map(|sides| sides.each_ref().map(|side| (&side.manifest, side.digest))),
        causes: &review.causes,
        compared: review.compared,
        policy: policy.digest(),
        pairs: pairs?,
    })
}

fn pair<'a>(reviewed: &'a Reviewed, policy: &Policy) -> Result<Pair<'a>, Finding> {
    let [old, new] = reviewed.files.each_ref().map(|path| path.as_deref().map(content).transpose());
    let weighed = reviewed.changes.iter().map(|change| (change, policy.weight(change)));
    Ok(Pair {
        name: &reviewed.name,
        jurisdiction: reviewed.jurisdiction.as_deref(),
        files: [old?, new?],
        changes: weighed.filter(|(_, weight)| *weight > Weight::Ignore).collect(),
        is_tagged: reviewed.is_tagged,
    })
}

fn content(path: &Path) -> Result<(String, Vec<u8>), Finding> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, super::bytes(path)?))
}

/// Writes a file of a review, whole or not at all, and never into a release: a release holds what its manifest names. A pipe or
/// a device is written to, and a link leads to the file that it names.
///
/// # Errors
/// Says why it cannot be written.
pub fn write(path: &Path, content: Vec<u8>, readers: Readers) -> Result<(), Findings> {
    let unwritable = |error: &std::io::Error| {
        Finding::error(code::publish::UNWRITABLE, format!("cannot write the file: {}", describe_io_error(error)))
            .in_file(path.to_string_lossy())
    };
    if path.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let written = File::options().write(true).open(path).and_then(|mut file| file.write_all(&content));
        return written.map_err(|error| unwritable(&error).into());
    }
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let absolute = std::path::absolute(&path).unwrap_or_else(|_| path.clone());
    let (Some(folder), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(Finding::error(code::publish::UNWRITABLE, "this is no place for a file")
            .in_file(path.to_string_lossy())
            .into());
    };
    publish::must_be_outside_releases(folder)?;
    let file = publish::File { path: name.to_string_lossy().into_owned(), content };
    publish::publish_for(readers, folder, vec![file]).map(|_| ())
}
