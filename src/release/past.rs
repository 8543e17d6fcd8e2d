//! Releases that were made before.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Finding, code, describe_io_error};
use crate::disk;
use crate::unit::{Digest, nfc};

use super::manifest::{FORM, File, Manifest, Predecessor};
use super::names::{MANIFEST, OWN, REVISIONS, is_of_report};

/// Most bytes of a release's file that are held at once.
pub(super) const MOST_BYTES: u64 = 128 << 20;

/// Most bytes of a published file: one of a manifest that does harm may have holes, and cost nothing but reading.
pub(super) const MOST_PUBLISHED: u64 = 4 << 30;

/// A release in its folder.
#[derive(Debug, Clone)]
pub struct ExistingRelease {
    /// Its folder.
    pub folder: PathBuf,
    /// The folder in which `revisions/` stands: its own, or that of the release which keeps it.
    keeper: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    /// Digest of the manifest's file.
    pub digest: Digest,
    /// The manifest as it stands in its file.
    pub text: Vec<u8>,
}

impl ExistingRelease {
    /// Reads the manifest of a release; a folder without one is none. The folder may come from anybody: no path of its
    /// manifest leads out of it, or names a file twice.
    ///
    /// # Errors
    /// Returns an error if the manifest cannot be read, is of another form, or what in it cannot be.
    pub fn read(folder: &Path) -> Result<Option<Self>, Finding> {
        let path = folder.join(MANIFEST);
        let text = match disk::read(&path, MOST_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(fault(&path, &format!("cannot read the manifest: {}", describe_io_error(&error))));
            }
        };
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| {
            fault(&path, &format!("line {}, column {} is no part of a manifest", error.line(), error.column()))
        })?;
        if let Some(message) = impossible(&manifest) {
            return Err(fault(&path, &message));
        }
        Ok(Some(Self {
            folder: folder.to_path_buf(),
            keeper: folder.to_path_buf(),
            digest: Digest::of(&text),
            manifest,
            text,
        }))
    }

    /// Reads the release in a folder.
    ///
    /// # Errors
    /// As [`read`](Self::read), and returns an error if there is none.
    pub fn in_folder(folder: &Path) -> Result<Self, Finding> {
        Self::read(folder)?.ok_or_else(|| no_release(folder))
    }

    /// Reads the release of an edition.
    ///
    /// # Errors
    /// As [`in_folder`](Self::in_folder), and returns an error if the release is of another edition.
    pub fn of_edition(folder: &Path, edition: &str) -> Result<Self, Finding> {
        let past = Self::in_folder(folder)?;
        past.must_be_of(edition)?;
        Ok(past)
    }

    /// Finds the latest publication of an edition before this revision: the release itself, or one that it keeps.
    ///
    /// # Errors
    /// As [`read`](Self::read); says that the release is of another edition, or that what it keeps is not what its manifest
    /// says.
    pub fn before(folder: &Path, edition: &str, revision: u32) -> Result<Option<Self>, Finding> {
        if revision < 2 {
            return Ok(None);
        }
        let Some(current) = Self::read(folder)? else { return Ok(None) };
        current.must_be_of(edition)?;
        if current.manifest.revision < revision {
            return Ok(Some(current));
        }
        for earlier in (1..revision).rev() {
            let place = format!("{REVISIONS}/{earlier}");
            if let Some(past) = Self::read(&folder.join(&place))? {
                let manifest = format!("{place}/{MANIFEST}");
                if !current.manifest.earlier.iter().any(|file| file.path == manifest && file.digest == past.digest) {
                    let message = "the earlier publication is not the one that the manifest of the release names";
                    return Err(altered(&folder.join(manifest), message));
                }
                return Ok(Some(Self { keeper: folder.to_path_buf(), ..past }));
            }
        }
        Ok(None)
    }

    /// Refuses a release of another edition.
    ///
    /// # Errors
    /// Names both editions.
    pub fn must_be_of(&self, edition: &str) -> Result<(), Finding> {
        if self.manifest.edition == edition {
            return Ok(());
        }
        let message = format!("the release is of the edition `{}`, not `{edition}`", self.manifest.edition);
        let finding = Finding::error(code::release::NO_PREDECESSOR, message).in_file(self.folder.to_string_lossy());
        Err(finding.help("name a release of the same edition".to_owned()))
    }

    /// Names the release as one that another corrects.
    pub fn as_predecessor(&self) -> Predecessor {
        Predecessor { revision: self.manifest.revision, manifest: self.digest }
    }

    /// Returns where a file that the manifest vouches for stands.
    pub(super) fn path(&self, file: &File) -> PathBuf {
        let folder = if is_earlier(file) { &self.keeper } else { &self.folder };
        folder.join(&file.path)
    }

    /// Reads a file that the manifest vouches for.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or is another than the manifest says.
    pub fn content(&self, file: &File) -> Result<Vec<u8>, Finding> {
        let path = self.path(file);
        let content = disk::read(&path, file.bytes.min(MOST_BYTES)).map_err(|error| {
            altered(&path, &format!("the published file cannot be read: {}", describe_io_error(&error)))
        })?;
        if Digest::of(&content) != file.digest {
            return Err(altered(&path, "the published file is not what the manifest says"));
        }
        Ok(content)
    }

    /// Tells whether the release is whole: every file of it is what its digest says, and there is no other.
    pub fn is_sound(&self) -> bool {
        self.check().is_empty()
    }
}

/// Says what in a manifest cannot be, whatever its release holds.
pub(super) fn impossible(manifest: &Manifest) -> Option<String> {
    if manifest.manifest != FORM {
        return Some(format!("the manifest has the form {}, and this program knows {FORM}", manifest.manifest));
    }
    if manifest.partition.is_some_and(|partition| !partition.is_valid()) {
        return Some("the manifest is of a slice that there cannot be".to_owned());
    }
    let mut codes = HashSet::new();
    if let Some(twice) = manifest.reports.iter().find(|report| !codes.insert(&report.jurisdiction)) {
        return Some(format!("the manifest has two reports of `{}`", twice.jurisdiction));
    }
    if let Some(file) = manifest.all_files().find(|file| file.bytes > MOST_PUBLISHED) {
        return Some(format!("the file `{}` is larger than any that is published", file.path));
    }
    let paths = || manifest.all_files().map(|file| file.path.as_str());
    if let Some(path) = paths().find(|path| !disk::is_inside(path)) {
        return Some(format!("the path `{path}` leads out of the release"));
    }
    if !disk::is_inside(&manifest.spec) {
        return Some(format!("the path `{}` of the spec leads out of its project", manifest.spec));
    }
    // Some file systems make no difference between letters of upper and lower case, or between forms of one letter.
    let mut places: HashSet<String> = OWN.iter().map(|name| name.to_lowercase()).collect();
    if let Some(path) = paths().find(|path| !places.insert(nfc(&path.to_lowercase()).into_owned())) {
        return Some(format!("the manifest names `{path}` twice"));
    }
    let mut own = manifest.reports.iter().flat_map(|report| &report.files).chain(&manifest.files);
    let misplaced =
        own.find(|file| is_earlier(file)).or_else(|| manifest.earlier.iter().find(|file| !is_earlier(file)));
    if let Some(file) = misplaced {
        return Some(format!("the path `{}` stands in the wrong list", file.path));
    }
    let mut of_reports = manifest.reports.iter().flat_map(|report| &report.files);
    let stray = of_reports.find(|file| !is_of_report(&file.path));
    stray.map(|file| format!("the file `{}` is none of a report", file.path))
}

/// Says that a folder holds no release.
pub(super) fn no_release(folder: &Path) -> Finding {
    Finding::error(code::release::NO_RELEASE, "the folder holds no release: it has no `manifest.json`")
        .in_file(folder.to_string_lossy())
}

/// Says that a revision has nothing to correct.
pub fn no_predecessor(place: String, revision: u32) -> Finding {
    Finding::error(code::release::NO_PREDECESSOR, format!("revision {revision} corrects a release, and none is here"))
        .in_file(place)
        .help("name the folder of the release that it corrects by `--previous`".to_owned())
}

/// Tells whether a file belongs to a publication before.
pub(super) fn is_earlier(file: &File) -> bool {
    file.is_in(REVISIONS)
}

pub(super) fn altered(path: &Path, what: &str) -> Finding {
    Finding::error(code::release::ALTERED, what.to_owned()).in_file(path.to_string_lossy())
}

fn fault(path: &Path, message: &str) -> Finding {
    Finding::error(code::release::MANIFEST, message).in_file(path.to_string_lossy())
}
