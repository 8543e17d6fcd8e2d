//! The last steps of a release: approvals, earlier publications, manifest, and into its place.

use std::fs;
use std::path::PathBuf;

use rayon::prelude::*;

use crate::boundaries::{self, OUTLINES};
use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::figures::{PublishedCounter, PublishedTables};
use crate::unit::Digest;
use crate::web;

use super::approval::Ledger;
use super::endorsed::{Endorsed, Signing, published};
use super::folder::{Staging, Target};
use super::index::{self, Content, INDEX, Map};
use super::manifest::{File, Manifest, ReportEntry};
use super::names::{LEDGER, LEDGER_SIGNATURE, MANIFEST, REVISIONS, SIGNATURE, SUMS};
use super::package::Sheets;
use super::past::{ExistingRelease, is_earlier};
use super::sbom::{SBOM, sbom};
use super::sums::sums;

/// A release whose reports are all in the staging folder.
pub struct Publication<'a> {
    /// Where the release goes.
    pub target: &'a Target,
    /// Where its reports are.
    pub staging: Staging<'a>,
    /// What stands in its place.
    pub last: Option<&'a ExistingRelease>,
    /// The publication that it corrects.
    pub predecessor: Option<&'a ExistingRelease>,
    /// Releases whose approvals count.
    pub approvals: &'a [PathBuf],
    /// What is signed.
    pub signing: Signing<'a>,
    /// Throw away what stands beside the last release.
    pub clean: bool,
    /// Outlines of the jurisdictions (GeoJSON), where there are any.
    pub outlines: Option<Vec<u8>>,
}

/// How many reports' tables are read at once.
const AT_ONCE: usize = 32;

/// Most reports whose first pages the page that opens a release shows: with more it would grow beyond what a browser
/// opens gladly.
const MOST_PICTURES: usize = 200;

/// Pictures of the page that opens a release.
struct Pictures {
    map: Option<Map>,
    /// The first page of each report (PNG, in base64).
    thumbnails: Vec<Option<String>>,
}

impl Publication<'_> {
    /// Writes what belongs to the release as a whole, and publishes it; returns its manifest, and whether anything
    /// had to be done.
    ///
    /// # Errors
    /// Refuses reports that need an approval and have none, and says what cannot be written.
    pub fn finish(self, mut manifest: Manifest) -> Result<(Manifest, bool), Findings> {
        let before = self.endorsed(&manifest)?;
        let ledger = self.ledger(&before, &manifest)?;
        manifest.files = self.whole(&manifest)?;
        manifest.earlier = self.keep_earlier()?;
        let text = manifest.to_json();
        let fits = ledger.must_fit(&self.target.place().join(LEDGER), &manifest, Digest::of(&text));
        if fits.has_errors() {
            return Err(fits);
        }
        let signature = self.signature(&manifest, &text)?;
        let mut own = vec![(MANIFEST, text)];
        own.extend(signature.map(|signature| (SIGNATURE, signature)));
        own.extend(published(&ledger, &before, self.signing, self.target.place())?);
        if self.is_published(&own)? {
            return Ok((manifest, false));
        }
        close(&self.staging, &manifest, own)?;
        let (target, last, clean) = (self.target, self.last, self.clean);
        self.staging.publish(|| if clean { Ok(()) } else { target.must_hold_only(last) })?;
        Ok((manifest, true))
    }

    /// Signs the manifest; without a key, one that is the same as before keeps its signature.
    fn signature(&self, manifest: &Manifest, text: &[u8]) -> Result<Option<Vec<u8>>, Finding> {
        if let Some(signer) = self.signing.signer {
            let comment = format!("{} revision {}", manifest.edition, manifest.revision);
            return signer.sign(MANIFEST, text, &comment).map(Some);
        }
        match self.last.filter(|last| last.text == text) {
            Some(last) => last.own_file(SIGNATURE),
            None => Ok(None),
        }
    }

    /// Writes the files that speak of all reports.
    fn whole(&self, manifest: &Manifest) -> Result<Vec<File>, Findings> {
        let (read, pictures) = rayon::join(|| self.read(manifest), || self.pictures(manifest));
        let (sheets, counters) = read?;
        let Pictures { map, thumbnails } = pictures?;
        let mut contents = sheets.package(manifest);
        let sheets = contents.iter().map(|(path, _)| path.clone()).filter(|path| path.ends_with(".csv")).collect();
        let page = index::page(&Content { manifest, counters: &counters, thumbnails: &thumbnails, map, sheets });
        contents.push((INDEX.into(), page));
        contents.push((SBOM.into(), sbom().into()));
        contents.extend(self.outlines.iter().map(|outlines| (OUTLINES.into(), outlines.clone())));
        let written = contents.into_par_iter().map(|(path, content)| self.keep(path, &content));
        written.collect::<Result<_, Finding>>().map_err(Findings::from)
    }

    /// Reads the published tables of all reports, some at a time; keeps their sheets and counters.
    fn read(&self, manifest: &Manifest) -> Result<(Sheets, Vec<Vec<PublishedCounter>>), Finding> {
        let (mut sheets, mut counters) = (Sheets::new(), Vec::new());
        for reports in manifest.reports.chunks(AT_ONCE) {
            let tables = reports.par_iter().map(|report| {
                report.tables().map(|file| PublishedTables::read(&file.path, &self.staged(file)?)).transpose()
            });
            for tables in tables.collect::<Result<Vec<_>, Finding>>()? {
                if let Some(tables) = &tables {
                    sheets.add(tables);
                }
                counters.push(tables.map(|tables| tables.counters).unwrap_or_default());
            }
        }
        Ok((sheets, counters))
    }

    /// Makes the pictures of the page that opens the release.
    fn pictures(&self, manifest: &Manifest) -> Result<Pictures, Finding> {
        let outlines = self.outlines.as_ref().map(|text| boundaries::outlines(OUTLINES, text)).transpose()?;
        let are_shown = manifest.reports.len() <= MOST_PICTURES;
        let thumbnail = |report: &ReportEntry| {
            let file = report.thumbnail().filter(|_| are_shown)?;
            Some(self.staged(file).map(|png| web::base64(&png)))
        };
        let thumbnails = manifest.reports.iter().map(thumbnail).map(Option::transpose);
        let thumbnails = thumbnails.collect::<Result<Vec<_>, Finding>>()?;
        Ok(Pictures { map: outlines.as_ref().and_then(Map::draw), thumbnails })
    }

    /// Reads a file of a report, which is in its place already.
    fn staged(&self, file: &File) -> Result<Vec<u8>, Finding> {
        fs::read(self.staging.path(&file.path)).map_err(|error| {
            Finding::error(code::release::INPUT, format!("cannot read the file: {}", describe_io_error(&error)))
                .in_file(file.path.clone())
        })
    }

    /// Reads the approvals that count.
    fn endorsed(&self, manifest: &Manifest) -> Result<Vec<Endorsed>, Findings> {
        let last = self.last.map(Endorsed::of).transpose()?;
        let others = self.approvals.iter().map(|folder| Endorsed::elsewhere(folder, &manifest.edition));
        last.into_iter().map(Ok).chain(others).collect()
    }

    /// Joins the approvals that count, and refuses reports that need one and have none.
    fn ledger(&self, before: &[Endorsed], manifest: &Manifest) -> Result<Ledger, Findings> {
        let mut ledger = Ledger::default();
        for earlier in before {
            ledger.join(&earlier.ledger);
        }
        if let Some(last) = self.last {
            ledger.refuse(last, manifest, |file| self.staged(file))?;
        }
        Ok(ledger)
    }

    /// Tells whether exactly this stands in its place already.
    fn is_published(&self, own: &[(&'static str, Vec<u8>)]) -> Result<bool, Finding> {
        let Some(last) = self.last else { return Ok(false) };
        let mut there = last.own_files()?;
        there.retain(|(name, _)| *name != SUMS);
        Ok(there == own && last.is_sound())
    }

    /// Keeps the publication that a re-issue corrects, and all that were before it: what their manifests name, and no more.
    fn keep_earlier(&self) -> Result<Vec<File>, Findings> {
        let Some(predecessor) = self.predecessor else { return Ok(Vec::new()) };
        let faults = predecessor.check();
        if faults.has_errors() {
            return Err(faults);
        }
        let place = format!("{REVISIONS}/{}", predecessor.manifest.revision);
        let own = predecessor.own_files()?;
        let own = own.into_par_iter().map(|(name, content)| self.keep(format!("{place}/{name}"), &content));
        let files: Vec<&File> = predecessor.manifest.all_files().collect();
        let files = files.into_par_iter().map(|file| {
            // Those before it keep their places, whichever of its folders they stand in.
            let path = if is_earlier(file) { file.path.clone() } else { format!("{place}/{}", file.path) };
            self.keep(path, &predecessor.content(file)?)
        });
        let mut files = own.chain(files).collect::<Result<Vec<_>, Finding>>()?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn keep(&self, path: String, content: &[u8]) -> Result<File, Finding> {
        self.staging.write(&path, content)?;
        Ok(File { digest: Digest::of(content), bytes: content.len() as u64, path })
    }
}

/// Writes what stands beside the files of the manifest, and the list of all digests.
fn close(staging: &Staging<'_>, manifest: &Manifest, own: Vec<(&'static str, Vec<u8>)>) -> Result<(), Finding> {
    let digests: Vec<(&str, Digest)> = own.iter().map(|(name, content)| (*name, Digest::of(content))).collect();
    for (name, content) in &own {
        staging.write(name, content)?;
    }
    staging.write(SUMS, &sums(manifest, &digests))
}

/// Puts other approvals into a release; all else keeps its bytes, and the release changes places in one step.
///
/// # Errors
/// Says what cannot be read or written, and refuses to take a signature away; the release is then as it was.
pub fn publish_approvals(
    target: &Target,
    past: &ExistingRelease,
    ledger: &Ledger,
    signing: Signing<'_>,
) -> Result<(), Finding> {
    let approvals = published(ledger, &[Endorsed::of(past)?], signing, &past.folder)?;
    let staging = target.begin()?;
    for file in past.manifest.all_files() {
        staging.keep(&file.path)?;
    }
    let mut own = past.own_files()?;
    own.retain(|(name, _)| ![SUMS, LEDGER, LEDGER_SIGNATURE].contains(name));
    own.extend(approvals);
    close(&staging, &past.manifest, own)?;
    staging.publish(|| target.must_hold_only(Some(past)))
}
