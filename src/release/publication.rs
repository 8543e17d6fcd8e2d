//! The last steps of a release: approvals, earlier publications, manifest, and into its place.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::boundaries::{self, OUTLINES};
use crate::diag::{Finding, Findings, io_words};
use crate::unit::Digest;

use super::approval::{LEDGER, Ledger};
use super::folder::{Staging, Target};
use super::index::{self, Content, INDEX, Map};
use super::manifest::{File, Manifest};
use super::package;
use super::past::{Past, REVISIONS};
use super::signature::{SIGNATURE, Signer};
use super::tables::Tables;
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

/// Pictures of the page that opens a release.
struct Pictures {
    map: Option<Map>,
    /// The first page of each report (PNG).
    thumbnails: Vec<Option<Vec<u8>>>,
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
        self.staging.write(SUMS, &sums(&manifest))?;
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
        let files: Vec<&File> = manifest.reports.iter().filter_map(|report| report.file("tables")).collect();
        let tables = files.par_iter().map(|file| Tables::read(&file.path, &self.staged(file)?));
        let tables = tables.collect::<Result<Vec<_>, Finding>>()?;
        let (mut contents, pictures) = rayon::join(|| package::package(manifest, &tables), || self.pictures(manifest));
        let Pictures { map, thumbnails } = pictures?;
        let sheets = contents.iter().map(|(path, _)| path.clone()).filter(|path| path.ends_with(".csv")).collect();
        let page = index::page(&Content { manifest, tables: &tables, thumbnails: &thumbnails, map, sheets });
        contents.push((INDEX.into(), page));
        contents.extend(self.outlines.iter().map(|outlines| (OUTLINES.into(), outlines.clone())));
        let written = contents.into_par_iter().map(|(path, content)| {
            self.staging.write(&path, &content)?;
            Ok(File { digest: Digest::of(&content), bytes: content.len() as u64, path })
        });
        written.collect::<Result<_, Finding>>().map_err(Findings::from)
    }

    /// Makes the pictures of the page that opens the release.
    fn pictures(&self, manifest: &Manifest) -> Result<Pictures, Finding> {
        let outlines = self.outlines.as_ref().map(|text| boundaries::outlines(OUTLINES, text)).transpose()?;
        let thumbnails = manifest.reports.iter().map(|report| report.file(THUMBNAILS).map(|file| self.staged(file)));
        let thumbnails = thumbnails.map(Option::transpose).collect::<Result<Vec<_>, Finding>>()?;
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
