//! Finished reports on their way into a release, from the cache or just built.

use crate::diag::Finding;
use crate::disk::{self, Content};
use crate::report_spec::Jurisdiction;
use crate::unit::Digest;

use super::draft::Draft;
use super::folder::Staging;
use super::manifest::{File, Manifest, ReportEntry};
use super::names::is_of_report;
use super::parts::{Parts, difference, key};
use super::store::Store;

/// Width of the picture of a first page, in pixels.
pub const THUMBNAIL_WIDTH: u32 = 240;

/// Where the finished reports of a run go.
pub struct Outputs<'a> {
    /// The release.
    pub staging: &'a Staging<'a>,
    /// The cache, where there is one.
    pub store: Option<&'a Store>,
    /// The manifest of the release before.
    pub last: Option<&'a Manifest>,
}

impl Outputs<'_> {
    /// Tells whether a report of these parts seems to be kept.
    pub fn has(&self, parts: &Parts) -> bool {
        self.store.is_some_and(|store| store.has(key(parts)))
    }

    /// Takes a report from the cache into the release; none, where it must be built.
    ///
    /// # Errors
    /// Says what cannot be written.
    pub fn reuse(&self, jurisdiction: &Jurisdiction, parts: &Parts) -> Result<Option<ReportEntry>, Finding> {
        let kept = self.store.and_then(|store| store.find(key(parts)));
        let Some((report, contents)) = kept.filter(|(report, _)| is_of(jurisdiction, parts, report)) else {
            return Ok(None);
        };
        self.write(&report, &contents)?;
        Ok(Some(report))
    }

    /// Puts a report that was built into the release, and keeps it. `files` are its files, by their paths from the folder of the
    /// release.
    ///
    /// # Errors
    /// Says what cannot be written.
    pub fn add(
        &self,
        jurisdiction: &Jurisdiction,
        draft: &Draft<'_>,
        pages: usize,
        files: Vec<Content>,
    ) -> Result<ReportEntry, Finding> {
        let (mut listed, mut contents) = (Vec::new(), Vec::new());
        for Content { path, bytes } in files {
            listed.push(File { path, digest: Digest::of(&bytes), bytes: bytes.len() as u64 });
            contents.push(bytes);
        }
        let report = ReportEntry {
            jurisdiction: jurisdiction.code.clone(),
            name: jurisdiction.name.clone(),
            title: draft.document.meta.title.clone(),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            revised: draft.revised,
            parts: draft.parts.clone(),
            files: listed,
        };
        if let Some(store) = self.store {
            store.keep(key(&draft.parts), &report, &contents)?;
        }
        self.write(&report, &contents)?;
        Ok(report)
    }

    fn write(&self, report: &ReportEntry, contents: &[Vec<u8>]) -> Result<(), Finding> {
        let mut files = report.files.iter().zip(contents);
        files.try_for_each(|(file, content)| self.staging.write(&file.path, content))
    }

    /// Names what differs from the report of the release before.
    pub fn why(&self, jurisdiction: &Jurisdiction, parts: &Parts) -> Vec<String> {
        let Some(last) = self.last else { return vec!["there is no last release".into()] };
        match last.reports.iter().find(|report| report.jurisdiction == jurisdiction.code) {
            Some(report) => difference(&report.parts, parts),
            None => vec!["the last release has no such report".into()],
        }
    }
}

/// Tells whether a kept report is the one that is wanted: of its parts, with files where such a report has them.
fn is_of(jurisdiction: &Jurisdiction, parts: &Parts, report: &ReportEntry) -> bool {
    let is_in_place = |path: &str| disk::is_inside(path) && is_of_report(path);
    report.jurisdiction == jurisdiction.code
        && report.parts == *parts
        && report.files.iter().all(|file| is_in_place(&file.path))
}
