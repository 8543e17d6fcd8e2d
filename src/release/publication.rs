//! The last steps of a release: approvals, earlier publications, manifest, and into its place.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::boundaries::{self, OUTLINES};
use crate::diag::{Finding, Findings, io_words};
use crate::unit::Digest;

use super::approval::{LEDGER, Ledger};
use super::folder::{Staging, Target};
use super::html;
use super::index::{self, Content, INDEX, Map};
use super::manifest::{File, Manifest, Report};
use super::package::Sheets;
use super::past::{Past, REVISIONS};
use super::sbom::{SBOM, sbom};
use super::signature::{SIGNATURE, Signer};
use super::tables::{Counter, Tables};
use super::{SUMS, THUMBNAILS, sums};

/// A release whose reports are all in the staging folder.
pub struct Publication<'a> {
    /// Where the release goes.
    pub target: &'a Target,
    /// Where its reports are.
    pub staging: Staging<'a>,
    /// What stands in its place.
    pub last: Option<&'a Past>,
    /// The publication that it corrects.
    pub predecessor: Option<&'a Past>,
    /// Releases whose approvals count.
    pub approvals: &'a [PathBuf],
    /// Key to sign with.
    pub signer: Option<&'a Signer>,
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
        let ledger = self.ledger(&manifest)?;
        manifest.files = self.whole(&manifest)?;
        if self.is_published(&manifest, &ledger) {
            return Ok((manifest, false));
        }
        self.keep_earlier()?;
        let text = manifest.to_json();
        self.staging.write("manifest.json", &text)?;
        self.staging.write(SUMS, &sums(&manifest, &text))?;
        if !ledger.approvals.is_empty() {
            self.staging.write(LEDGER, &ledger.to_json())?;
        }
        if let Some(signer) = self.signer {
            let comment = format!("{} revision {}", manifest.edition, manifest.revision);
            self.staging.write(SIGNATURE, &signer.sign(&text, &comment)?)?;
        }
        self.staging.publish()?;
        Ok((manifest, true))
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
        let written = contents.into_par_iter().map(|(path, content)| {
            self.staging.write(&path, &content)?;
            Ok(File { digest: Digest::of(&content), bytes: content.len() as u64, path })
        });
        written.collect::<Result<_, Finding>>().map_err(Findings::from)
    }

    /// Reads the published tables of all reports, some at a time; keeps their sheets and counters.
    fn read(&self, manifest: &Manifest) -> Result<(Sheets, Vec<Vec<Counter>>), Finding> {
        let (mut sheets, mut counters) = (Sheets::new(), Vec::new());
        for reports in manifest.reports.chunks(AT_ONCE) {
            let tables = reports.par_iter().map(|report| {
                report.file("tables").map(|file| Tables::read(&file.path, &self.staged(file)?)).transpose()
            });
            for tables in tables.collect::<Result<Vec<_>, Finding>>()? {
                tables.iter().for_each(|tables| sheets.add(tables));
                counters.push(tables.map(|tables| tables.counters).unwrap_or_default());
            }
        }
        Ok((sheets, counters))
    }

    /// Makes the pictures of the page that opens the release.
    fn pictures(&self, manifest: &Manifest) -> Result<Pictures, Finding> {
        let outlines = self.outlines.as_ref().map(|text| boundaries::outlines(OUTLINES, text)).transpose()?;
        let are_shown = manifest.reports.len() <= MOST_PICTURES;
        let thumbnail = |report: &Report| {
            let file = report.file(THUMBNAILS).filter(|_| are_shown)?;
            Some(self.staged(file).map(|png| html::base64(&png)))
        };
        let thumbnails = manifest.reports.iter().map(thumbnail).map(Option::transpose);
        let thumbnails = thumbnails.collect::<Result<Vec<_>, Finding>>()?;
        Ok(Pictures { map: outlines.as_ref().and_then(Map::draw), thumbnails })
    }

    /// Reads a file of a report, which is in its place already.
    fn staged(&self, file: &File) -> Result<Vec<u8>, Finding> {
        fs::read(self.staging.path(&file.path)).map_err(|error| {
            Finding::error("release::input", format!("cannot read the file: {}", io_words(&error)))
                .in_file(file.path.clone())
        })
    }

    /// Joins the approvals that count, and refuses reports that need one and have none.
    fn ledger(&self, manifest: &Manifest) -> Result<Ledger, Findings> {
        let mut ledger = match self.last {
            Some(last) => Ledger::read(&last.folder)?,
            None => Ledger::default(),
        };
        for folder in self.approvals {
            ledger.join(&Ledger::read(folder)?);
        }
        let refused = self
            .last
            .map(|last| ledger.refuse(&last.manifest, manifest.revision, &manifest.reports))
            .unwrap_or_default();
        if refused.has_errors() { Err(refused) } else { Ok(ledger) }
    }

    /// Tells whether exactly this stands in its place already.
    fn is_published(&self, manifest: &Manifest, ledger: &Ledger) -> bool {
        self.last.is_some_and(|last| {
            let is_signed = self.signer.is_none() || last.folder.join(SIGNATURE).is_file();
            last.manifest == *manifest
                && is_signed
                && Ledger::read(&last.folder).as_ref() == Ok(ledger)
                && last.is_sound()
        })
    }

    /// Keeps the publication that a re-issue corrects, and all that were before it.
    fn keep_earlier(&self) -> Result<(), Finding> {
        let Some(predecessor) = self.predecessor else { return Ok(()) };
        let number = predecessor.manifest.revision;
        let place = |number: u32| Path::new(REVISIONS).join(number.to_string());
        self.take_all(&predecessor.folder, &place(number), &[REVISIONS])?;
        let kept = if predecessor.folder.ends_with(place(number)) {
            predecessor.folder.parent().unwrap_or(&predecessor.folder).to_path_buf()
        } else {
            predecessor.folder.join(REVISIONS)
        };
        for earlier in (1..number).filter(|earlier| kept.join(earlier.to_string()).is_dir()) {
            self.take_all(&kept.join(earlier.to_string()), &place(earlier), &[])?;
        }
        Ok(())
    }

    fn take_all(&self, from: &Path, to: &Path, except: &[&str]) -> Result<(), Finding> {
        let unreadable = |error: std::io::Error| {
            Finding::error("release::input", format!("cannot read the folder: {}", io_words(&error)))
                .in_file(from.to_string_lossy())
        };
        for entry in fs::read_dir(from).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name();
            if except.iter().any(|one| name == **one) {
                continue;
            }
            let (path, to) = (entry.path(), to.join(&name));
            if path.is_dir() {
                self.take_all(&path, &to, &[])?;
            } else {
                self.staging.take(&path, &to.to_string_lossy())?;
            }
        }
        Ok(())
    }
}
