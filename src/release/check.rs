//! Whether a release is whole: exactly the files of its manifest, each byte for byte.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::disk;
use crate::unit::Digest;

use super::approval::Ledger;
use super::manifest::{File, Manifest};
use super::names::{LEDGER, LEDGER_SIGNATURE, MANIFEST, OWN, REVISIONS, SIGNATURE, SUMMED, SUMS};
use super::past::{ExistingRelease, MOST_BYTES, altered};
use super::signature;
use super::sums::sums;

impl ExistingRelease {
    /// Compares the folder with the manifest: its files are there and no others, each is what its digest says, the
    /// manifest is written as a release writes it, and `SHA256SUMS` says the same. Of two that differ the third tells which
    /// is wrong.
    pub fn check(&self) -> Findings {
        let mut findings: Findings = match self.others() {
            Ok(others) => others.into_iter().map(|other| self.not_listed(other)).collect(),
            Err(fault) => fault.into(),
        };
        let sums = match self.summed() {
            Ok(sums) => sums,
            Err(fault) => {
                findings.push(fault);
                return findings;
            }
        };
        let files: Vec<&File> = self.manifest.all_files().collect();
        let wrong: Vec<Finding> = files.par_iter().filter_map(|file| self.compare(file, &sums)).collect();
        findings.extend(wrong);
        let own = match self.own() {
            Ok(own) => own,
            Err(fault) => {
                findings.push(fault);
                return findings;
            }
        };
        let unlike = own.iter().filter(|(name, digest)| sums.get(*name).is_some_and(|summed| summed != digest));
        findings.extend(unlike.map(|(name, _)| self.altered(name, "the file is not what `SHA256SUMS` says")));
        if !self.manifest.is_written_as(&self.text) {
            findings.push(self.altered(MANIFEST, "the manifest is not written as a release writes it"));
        }
        findings.extend(self.unkept().map(|message| self.altered(MANIFEST, message)));
        findings.extend(self.compare_approvals(&own));
        // All digests may agree, and the list itself be another: longer, shorter, or in another order.
        if !findings.has_errors() && !self.is_listed(&own) {
            findings.push(self.altered(SUMS, "the list is not of the files of the release"));
        }
        findings
    }

    /// Compares the approvals with the manifest; a signature without approvals tells that they were taken away.
    fn compare_approvals(&self, own: &[(&str, Digest)]) -> Findings {
        let mut findings = match Ledger::read(&self.folder) {
            Ok(ledger) => ledger.must_fit(&self.folder.join(LEDGER), &self.manifest, self.digest),
            Err(fault) => fault.into(),
        };
        let is_there = |name| own.iter().any(|(other, _)| *other == name);
        if is_there(LEDGER_SIGNATURE) && !is_there(LEDGER) {
            findings.push(self.altered(LEDGER, "the list of approvals is gone, and its signature is still there"));
        }
        findings
    }

    /// Lists what the folder holds beside the release: paths, and what stands there where it is no file.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be listed.
    pub(super) fn others(&self) -> Result<Vec<(String, Option<&'static str>)>, Finding> {
        let listing = disk::list(&self.folder).map_err(|error| {
            self.altered("", &format!("the folder cannot be listed: {}", describe_io_error(&error)))
        })?;
        let known: HashSet<&str> =
            self.manifest.all_files().map(|file| file.path.as_str()).chain(OWN.iter().copied()).collect();
        let files = listing.files.into_keys().filter(|path| !known.contains(path.as_str()));
        let others = listing.others.into_iter().map(|(path, what)| (path, Some(what)));
        Ok(files.map(|path| (path, None)).chain(others).collect())
    }

    fn not_listed(&self, (path, what): (String, Option<&'static str>)) -> Finding {
        let message = match what {
            None => "the release holds a file that its manifest does not name".to_owned(),
            Some(what) => format!("the release holds {what}, where only files belong"),
        };
        Finding::error(code::release::NOT_LISTED, message).in_file(self.place(&path))
    }

    /// Refuses files beside those of the manifest that are not what `SHA256SUMS` says, or are not there though it lists them:
    /// who takes the approvals away frees what was approved.
    ///
    /// # Errors
    /// Names the file.
    pub(super) fn must_have_as_listed(&self, names: &[&str]) -> Result<(), Finding> {
        let sums = match self.summed() {
            Ok(sums) => sums,
            // Neither a list nor approvals: there is nothing to take away.
            Err(fault) if names.iter().any(|name| self.folder.join(name).symlink_metadata().is_ok()) => {
                return Err(fault);
            }
            Err(_) => return Ok(()),
        };
        for name in names {
            let found = self.own_file(name)?.map(|content| Digest::of(&content));
            if found != sums.get(*name).copied() {
                let what = match found {
                    Some(_) => "the file is not what `SHA256SUMS` says",
                    None => "the file is gone, and `SHA256SUMS` lists it",
                };
                return Err(self.altered(name, what));
            }
        }
        Ok(())
    }

    /// Reads `SHA256SUMS`.
    fn summed(&self) -> Result<BTreeMap<String, Digest>, Finding> {
        let text = disk::read(&self.folder.join(SUMS), MOST_BYTES).map_err(|error| {
            self.altered(SUMS, &format!("the list of digests cannot be read: {}", describe_io_error(&error)))
        })?;
        let text = String::from_utf8(text).map_err(|_| self.altered(SUMS, "the list of digests is no text"))?;
        let line = |(number, line): (usize, &str)| {
            let parsed = line.split_once("  ").and_then(|(digest, path)| Some((path.to_owned(), digest.parse().ok()?)));
            parsed.ok_or_else(|| self.altered(SUMS, &format!("the list has no digest and path in line {}", number + 1)))
        };
        text.lines().enumerate().map(line).collect()
    }

    fn compare(&self, file: &File, sums: &BTreeMap<String, Digest>) -> Option<Finding> {
        // Where the sizes differ, the digest would only tell whether file or manifest is wrong.
        let (digest, bytes) = match disk::digest(&self.path(file), file.bytes.max(MOST_BYTES)) {
            Ok(found) => found,
            Err(error) => {
                return Some(self.altered(
                    &file.path,
                    &format!("the published file cannot be read: {}", describe_io_error(&error)),
                ));
            }
        };
        let summed = sums.get(&file.path);
        let path = &file.path;
        if digest != file.digest {
            return Some(match summed == Some(&digest) {
                true => self.altered(MANIFEST, &format!("the manifest has another digest of `{path}` than the file")),
                false => self.altered(path, "the published file is not what the manifest says"),
            });
        }
        if bytes != file.bytes {
            return Some(self.altered(MANIFEST, &format!("the manifest has another size of `{path}` than the file")));
        }
        (summed != Some(&digest))
            .then(|| self.altered(SUMS, &format!("the list has another digest of `{path}` than the file, or none")))
    }

    /// Digests of the files beside those of the manifest, in the order of `SHA256SUMS`.
    fn own(&self) -> Result<Vec<(&'static str, Digest)>, Finding> {
        let digest = |name: &&'static str| {
            let found = disk::digest(&self.folder.join(name), most_bytes(name));
            Ok(self.where_there(name, found)?.map(|(digest, _)| (*name, digest)))
        };
        SUMMED.iter().filter_map(|name| digest(name).transpose()).collect()
    }

    /// Reads the files beside those of the manifest: [`OWN`], where they are there.
    pub(super) fn own_files(&self) -> Result<Vec<(&'static str, Vec<u8>)>, Finding> {
        let read = |name: &&'static str| Ok(self.own_file(name)?.map(|content| (*name, content)));
        OWN.iter().filter_map(|name| read(name).transpose()).collect()
    }

    /// Reads one of [`OWN`], where it is there.
    pub(super) fn own_file(&self, name: &str) -> Result<Option<Vec<u8>>, Finding> {
        self.where_there(name, disk::read(&self.folder.join(name), most_bytes(name)))
    }

    /// A file that cannot be read is not one that is absent.
    fn where_there<T>(&self, name: &str, found: io::Result<T>) -> Result<Option<T>, Finding> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.altered(name, &format!("the file cannot be read: {}", describe_io_error(&error)))),
        }
    }

    /// Says what of the predecessor that the manifest names is not kept in the release.
    fn unkept(&self) -> Option<&'static str> {
        let Manifest { predecessor, earlier, revision, .. } = &self.manifest;
        let Some(predecessor) = predecessor else {
            return (!earlier.is_empty()).then_some("the manifest names no predecessor, and the release keeps one");
        };
        let place = format!("{REVISIONS}/{}/{MANIFEST}", predecessor.revision);
        let is_kept = earlier.iter().any(|file| file.path == place && file.digest == predecessor.manifest);
        (!is_kept || predecessor.revision >= *revision)
            .then_some("the manifest names a predecessor that the release does not keep")
    }

    fn is_listed(&self, own: &[(&str, Digest)]) -> bool {
        disk::read(&self.folder.join(SUMS), MOST_BYTES).is_ok_and(|text| text == sums(&self.manifest, own))
    }

    fn altered(&self, path: &str, what: &str) -> Finding {
        altered(Path::new(&self.place(path)), what)
    }

    fn place(&self, path: &str) -> String {
        self.folder.join(path).to_string_lossy().into_owned()
    }
}

/// Most bytes of one of [`OWN`].
fn most_bytes(name: &str) -> u64 {
    if [SIGNATURE, LEDGER_SIGNATURE].contains(&name) { signature::MOST_BYTES } else { MOST_BYTES }
}
