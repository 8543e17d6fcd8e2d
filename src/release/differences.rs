//! Where a release differs from the one that the same inputs make.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::disk;
use crate::press;

use super::manifest::{Manifest, ReportEntry};
use super::names::{MANIFEST, MAPS, PDFS, TABLES, THUMBNAILS};
use super::past::{ExistingRelease, MOST_PUBLISHED};

/// Most bytes of a file that is compared with the same file made again.
const MOST_COMPARED: u64 = 256 << 20;

/// Compares a release with the same release made again in another folder: of each report the first difference, then the files
/// that speak of all reports, and where none differs, what the manifest says.
pub fn differences(past: &ExistingRelease, again: &Path, rebuilt: &Manifest) -> Findings {
    let reports = past.manifest.reports.iter();
    let of_reports = reports.filter_map(|report| difference(past, again, report, rebuilt));
    let findings: Findings = of_reports.chain(whole(past, again, rebuilt)).collect();
    if findings.is_empty() { fields(past, rebuilt) } else { findings }
}

/// Compares all that the manifest says with what it would say.
fn fields(past: &ExistingRelease, rebuilt: &Manifest) -> Findings {
    let of = |manifest: &Manifest| serde_json::to_value(manifest).unwrap_or_default();
    let mut pointers = Vec::new();
    differing(&of(&past.manifest), &of(rebuilt), "", &mut pointers);
    let place = past.folder.join(MANIFEST).to_string_lossy().into_owned();
    let found = pointers.into_iter().map(|pointer| {
        let message = format!("`{pointer}` is not what the same inputs make");
        Finding::error(code::release::DIFFERS, message).in_file(place.clone())
    });
    found.collect()
}

/// Collects the JSON Pointers (RFC 6901) of the values that differ.
fn differing(one: &Value, other: &Value, pointer: &str, found: &mut Vec<String>) {
    match (one, other) {
        _ if one == other => {}
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                let pointer = format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
                let of = |object: &serde_json::Map<String, Value>| object.get(key).cloned().unwrap_or_default();
                differing(&of(one), &of(other), &pointer, found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                differing(one, other, &format!("{pointer}/{at}"), found);
            }
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// Finds the first difference between a report and the same report made again, in the order of the stages.
fn difference(past: &ExistingRelease, again: &Path, report: &ReportEntry, rebuilt: &Manifest) -> Option<Finding> {
    let fault = |message: String| {
        Finding::error(code::release::DIFFERS, format!("{}: {message}", report.name))
            .in_file(report.jurisdiction.clone())
    };
    let Some(other) = rebuilt.reports.iter().find(|other| other.jurisdiction == report.jurisdiction) else {
        return Some(fault("the report is not made any more".into()));
    };
    for (folder, stage) in [(TABLES, "disclose"), (MAPS, "map"), (PDFS, "typeset"), (THUMBNAILS, "typeset")] {
        let of = |report: &ReportEntry| -> Vec<String> {
            let paths = report.files.iter().map(|file| file.path.clone());
            paths.filter(|path| path.starts_with(&format!("{folder}/"))).collect()
        };
        let (before, after) = (of(report), of(other));
        if before != after {
            let named = if after.is_empty() { "nothing".into() } else { format!("`{}`", after.join("`, `")) };
            return Some(fault(format!("in `{folder}/` the stage `{stage}` makes {named}")));
        }
        let place = if folder == PDFS { page } else { place };
        let differing = before.iter().find_map(|path| Some((path, differs(&past.folder, again, path, place)?)));
        if let Some((path, place)) = differing {
            return Some(fault(format!("`{path}` differs from what the stage `{stage}` makes, {place}")));
        }
    }
    None
}

/// Finds the first difference in the files that speak of all reports.
fn whole(past: &ExistingRelease, again: &Path, rebuilt: &Manifest) -> Option<Finding> {
    let fault = |message: String| Finding::error(code::release::DIFFERS, message).in_file("release");
    let paths = |manifest: &Manifest| -> Vec<String> { manifest.files.iter().map(|file| file.path.clone()).collect() };
    let (before, after) = (paths(&past.manifest), paths(rebuilt));
    if let Some(path) = before.iter().find(|path| !after.contains(path)) {
        return Some(fault(format!("the stage `release` makes no `{path}`")));
    }
    if let Some(path) = after.iter().find(|path| !before.contains(path)) {
        return Some(fault(format!("the stage `release` makes `{path}` as well")));
    }
    before.iter().find_map(|path| {
        let place = differs(&past.folder, again, path, place)?;
        Some(fault(format!("`{path}` differs from what the stage `release` makes, {place}")))
    })
}

/// Compares a file of the release with the same file made again, and says where they differ; two that cannot be read are not
/// the same.
fn differs(folder: &Path, again: &Path, path: &str, place: fn(&[u8], &[u8]) -> String) -> Option<String> {
    let (old, new) = (folder.join(path), again.join(path));
    let same = disk::digest(&old, MOST_PUBLISHED)
        .is_ok_and(|old| disk::digest(&new, MOST_PUBLISHED).is_ok_and(|new| old == new));
    if same {
        return None;
    }
    let read = |path: &Path| disk::read(path, MOST_COMPARED);
    match (read(&old), read(&new)) {
        (Ok(old), Ok(new)) => Some(place(&old, &new)),
        (Err(error), _) | (_, Err(error)) => Some(format!("and where cannot be told: {}", describe_io_error(&error))),
    }
}

fn page(old: &[u8], new: &[u8]) -> String {
    match press::first_difference(old, new) {
        Some(page) => format!("first on page {page}"),
        None => format!("outside its pages ({})", place(old, new)),
    }
}

fn place(old: &[u8], new: &[u8]) -> String {
    let at = old.iter().zip(new).position(|(a, b)| a != b).unwrap_or(old.len().min(new.len()));
    format!("first at byte {at}")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn files_that_cannot_be_read_are_not_the_same() {
        let root = tempfile::tempdir().unwrap();
        let [old, new] = ["old", "new"].map(|name| root.path().join(name));
        for folder in [&old, &new] {
            std::fs::create_dir(folder).unwrap();
            std::fs::write(folder.join("same"), "abc").unwrap();
            std::fs::create_dir(folder.join("folder")).unwrap();
        }
        std::fs::write(old.join("other"), "abc").unwrap();
        std::fs::write(new.join("other"), "abd").unwrap();
        let told = |path| differs(&old, &new, path, place);
        assert_eq!(told("same"), None);
        assert_eq!(told("other").unwrap(), "first at byte 2");
        assert_eq!(told("folder").unwrap(), "and where cannot be told: it is a folder");
        assert!(told("none").is_some());
        // Larger than what is compared byte by byte.
        for folder in [&old, &new] {
            std::fs::File::create(folder.join("large")).unwrap().set_len(MOST_COMPARED + 1).unwrap();
        }
        assert_eq!(told("large"), None);
        std::fs::OpenOptions::new().append(true).open(new.join("large")).unwrap().write_all(b"x").unwrap();
        assert_eq!(told("large").unwrap(), "and where cannot be told: it is larger than 268435456 bytes");
    }
}
