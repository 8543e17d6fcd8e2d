//! Two reports or two releases, read and compared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::figures::{FigurePlace, PublishedTables};
use crate::release::{self, ExistingRelease, Manifest};
use crate::report_spec::{TiSlice, TiVec};
use crate::unit::Digest;

use super::cause::{Cause, CauseId, Part, Reads, Subject, causes, follow};
use super::change::Change;
use super::identity::identity;
use super::kind::Kind;
use super::report::{ReviewedReport, SIZE_LIMIT, compare_pair};

/// A pair of reports, compared.
#[derive(Debug)]
pub struct Reviewed {
    /// Its name: the jurisdiction's in a release, the file's otherwise.
    pub name: String,
    /// Code of the jurisdiction, in a release.
    pub jurisdiction: Option<String>,
    /// The files, where they exist.
    pub files: [Option<PathBuf>; 2],
    /// Their digests.
    pub digests: [Option<Digest>; 2],
    /// The published tables that are attached to them.
    pub tables: [Option<PublishedTables>; 2],
    /// What changed.
    pub changes: Vec<Change>,
    /// Both have a structure tree.
    pub is_tagged: bool,
    /// Fonts that are not embedded in one of them, for which others stand.
    pub substituted: Vec<String>,
}

impl Reviewed {
    /// Identifies a change of the report: the same in every review of the same files.
    pub fn identity(&self, change: &Change) -> String {
        identity(self.jurisdiction.as_deref().unwrap_or(&self.name), change)
    }
}

/// A release that was compared.
#[derive(Debug, Clone)]
pub struct ReviewedRelease {
    /// Its manifest.
    pub manifest: Manifest,
    /// Digest of the manifest's file.
    pub digest: Digest,
}

/// What a review found.
#[derive(Debug)]
pub struct Review {
    /// The releases, where releases or files of theirs were compared.
    pub releases: Option<[ReviewedRelease; 2]>,
    /// The inputs that differ between them.
    pub causes: TiVec<CauseId, Cause>,
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
/// Says what cannot be read, and which file of a release is not what its manifest says; nothing is compared then.
pub fn review(old: &Path, new: &Path) -> Result<Review, Findings> {
    let (pairs, releases) = match (old.is_dir(), new.is_dir()) {
        (true, true) => {
            let releases = [ExistingRelease::in_folder(old)?, ExistingRelease::in_folder(new)?];
            (reports(&releases), Some(releases))
        }
        (false, false) => files(old, new),
        _ => {
            let message = "a release is compared with a release, and a PDF with a PDF";
            return Err(Finding::error(code::review::MIXED, message).in_file(new.to_string_lossy()).into());
        }
    };
    let causes = releases.as_ref().map(|[old, new]| causes(&old.manifest, &new.manifest)).unwrap_or_default();
    let reads = releases.as_ref().map(|[old, new]| Reads::of([&old.manifest, &new.manifest])).unwrap_or_default();
    let compared = pairs.len();
    let results: Vec<Result<Option<Reviewed>, Findings>> =
        pairs.into_par_iter().map(|pair| compare(pair, &causes, &reads)).collect();
    let (mut reports, mut findings) = (Vec::new(), Findings::new());
    let mut identical = 0;
    for result in results {
        match result {
            Ok(Some(report)) => reports.push(report),
            Ok(None) => identical += 1,
            Err(faults) => findings.extend(faults),
        }
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let releases =
        releases.map(|pair| pair.map(|past| ReviewedRelease { manifest: past.manifest, digest: past.digest }));
    Ok(Review { releases, causes, reports, compared, identical })
}

/// A file to be compared.
struct File {
    path: PathBuf,
    /// The digest that a manifest vouches for.
    digest: Option<Digest>,
}

struct Pair {
    name: String,
    jurisdiction: Option<String>,
    files: [Option<File>; 2],
}

/// Pairs the reports of two releases by their jurisdictions.
fn reports([old, new]: &[ExistingRelease; 2]) -> Vec<Pair> {
    let mut before: BTreeMap<&str, _> =
        old.manifest.reports.iter().map(|report| (report.jurisdiction.as_str(), report)).collect();
    let pdf = |past: &ExistingRelease, report: &release::ReportEntry| {
        report.pdf().map(|file| File { path: past.folder.join(&file.path), digest: Some(file.digest) })
    };
    let mut pairs = Vec::new();
    for report in &new.manifest.reports {
        let earlier = before.remove(report.jurisdiction.as_str()).and_then(|earlier| pdf(old, earlier));
        pairs.push(Pair {
            name: report.name.clone(),
            jurisdiction: Some(report.jurisdiction.clone()),
            files: [earlier, pdf(new, report)],
        });
    }
    for report in old.manifest.reports.iter().filter(|report| before.contains_key(report.jurisdiction.as_str())) {
        let jurisdiction = Some(report.jurisdiction.clone());
        pairs.push(Pair { name: report.name.clone(), jurisdiction, files: [pdf(old, report), None] });
    }
    pairs
}

/// Pairs two files; where both stand in releases, those tell what their inputs are.
fn files(old: &Path, new: &Path) -> (Vec<Pair>, Option<[ExistingRelease; 2]>) {
    let name = new.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (before, after) = (home(old), home(new));
    let jurisdiction = after.as_ref().map(|(_, code)| code.clone());
    let file = |path: &Path| Some(File { path: path.to_path_buf(), digest: None });
    let pair = Pair { name, jurisdiction, files: [file(old), file(new)] };
    let releases = before.zip(after).map(|((old, _), (new, _))| [old, new]);
    (vec![pair], releases)
}

/// The release that a file stands in, and the code of its jurisdiction.
fn home(file: &Path) -> Option<(ExistingRelease, String)> {
    let file = std::fs::canonicalize(file).ok()?;
    let folder = file.parent()?.parent()?;
    let past = ExistingRelease::read(folder).ok()??;
    let is_own = |report: &&release::ReportEntry| {
        report.pdf().is_some_and(|candidate| past.folder.join(&candidate.path) == file)
    };
    let code = past.manifest.reports.iter().find(is_own)?.jurisdiction.clone();
    Some((past, code))
}

/// Tells whether manifests say what both files are; of others it is not known that they are PDFs before they are read.
fn is_vouched_for(pair: &Pair) -> bool {
    pair.files.iter().flatten().all(|file| file.digest.is_some())
}

/// Compares a pair; nothing, where both have the same bytes.
fn compare(pair: Pair, causes: &TiSlice<CauseId, Cause>, reads: &Reads) -> Result<Option<Reviewed>, Findings> {
    let [old, new] = pair.files.each_ref().map(|file| file.as_ref().map(read).transpose());
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().collect()),
    };
    if old.is_some() && old == new && is_vouched_for(&pair) {
        return Ok(None);
    }
    let digests = [&old, &new].map(|bytes| bytes.as_deref().map(Digest::of));
    let open = |file: &Option<File>, bytes: Option<Vec<u8>>| -> Result<Option<ReviewedReport>, Finding> {
        let name = file.as_ref().map(|file| file.path.to_string_lossy().into_owned()).unwrap_or_default();
        bytes.map(|bytes| ReviewedReport::read(&name, bytes)).transpose()
    };
    let [old_file, new_file] = &pair.files;
    let (old, new) = match (open(old_file, old), open(new_file, new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().collect()),
    };
    if digests[0].is_some() && digests[0] == digests[1] {
        return Ok(None);
    }
    let is_tagged = [&old, &new].into_iter().flatten().all(ReviewedReport::is_tagged);
    let substituted: BTreeSet<&str> =
        [&old, &new].into_iter().flatten().flat_map(ReviewedReport::substituted).collect();
    let mut changes = compare_pair(old.as_ref(), new.as_ref());
    for change in &mut changes {
        let subject = Subject {
            jurisdiction: pair.jurisdiction.as_deref().unwrap_or_default(),
            part: part_of(change, [new.as_ref(), old.as_ref()]),
        };
        change.causes = follow(change, subject, causes, reads);
    }
    Ok(Some(Reviewed {
        changes,
        name: pair.name,
        jurisdiction: pair.jurisdiction,
        files: pair.files.map(|file| file.map(|file| file.path)),
        digests,
        tables: [&old, &new].map(|report| report.as_ref()?.tables().cloned()),
        is_tagged,
        substituted: substituted.into_iter().map(str::to_owned).collect(),
    }))
}

/// Returns the part of a report that a change is in: that of its figure, or else the first table with its title.
fn part_of<'a>(change: &'a Change, reports: [Option<&'a ReviewedReport>; 2]) -> Part<'a> {
    let figure = change.figures.iter().rev().flatten().next();
    if let Some(figure) = figure {
        return match figure.place() {
            FigurePlace::Table(name) => Part::Table(name),
            FigurePlace::Map(_) => Part::Maps,
            FigurePlace::Counters => Part::Counters,
            FigurePlace::Prose => Part::Other,
        };
    }
    if matches!(change.kind, Kind::CountyClass | Kind::Picture | Kind::Alternative) {
        return Part::Maps;
    }
    let title = change.place.table.as_deref();
    let table = title.and_then(|title| reports.into_iter().flatten().find_map(|report| report.table_name(title)));
    table.map_or(Part::Other, Part::Table)
}

fn read(file: &File) -> Result<Vec<u8>, Finding> {
    let bytes = bytes(&file.path)?;
    match file.digest {
        Some(digest) if digest != Digest::of(&bytes) => {
            let message = "the published file is not what the manifest says";
            Err(Finding::error(code::release::ALTERED, message)
                .in_file(file.path.to_string_lossy())
                .help("compare the two PDFs by themselves to see what was altered".to_owned()))
        }
        _ => Ok(bytes),
    }
}

/// Lists the files that a review reads, with their sizes in bytes; none, where it would refuse them.
pub fn reviewed_files(old: &Path, new: &Path) -> Vec<(PathBuf, u64)> {
    let paths = match (old.is_dir(), new.is_dir()) {
        (false, false) => vec![old.to_path_buf(), new.to_path_buf()],
        _ => {
            let past = |folder: &Path| ExistingRelease::read(folder).ok().flatten();
            let (Some(old), Some(new)) = (past(old), past(new)) else { return Vec::new() };
            let pairs = reports(&[old, new]).into_iter();
            pairs.flat_map(|pair| pair.files).flatten().map(|file| file.path).collect()
        }
    };
    let size = |path: PathBuf| Some((path.metadata().ok()?.len(), path));
    paths.into_iter().filter_map(size).map(|(size, path)| (path, size)).collect()
}

/// Tells whether a PDF can be read.
pub fn is_readable(path: &Path) -> bool {
    bytes(path).and_then(|bytes| ReviewedReport::read(&path.to_string_lossy(), bytes)).is_ok()
}

pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Finding> {
    let fault = |message: String| Finding::error(code::review::UNREADABLE, message).in_file(path.to_string_lossy());
    let unread = |error: std::io::Error| fault(format!("cannot read the file: {}", describe_io_error(&error)));
    // A size is known before the file is in memory.
    if path.metadata().map_err(unread)?.len() > SIZE_LIMIT as u64 {
        return Err(fault(format!("the file has more than {SIZE_LIMIT} bytes")));
    }
    std::fs::read(path).map_err(unread)
}
