//! Releases that were made before.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diag::{Finding, Findings, io_words};
use crate::unit::Digest;

use super::manifest::{FORM, File, Manifest, Predecessor};

/// Folder of the earlier publications of an edition, below its release.
pub const REVISIONS: &str = "revisions";

/// A release in its folder.
#[derive(Debug, Clone)]
pub struct Past {
    /// Its folder.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    /// Digest of the manifest's file.
    pub digest: Digest,
}

impl Past {
    /// Reads the manifest of a release; a folder without one is none.
    ///
    /// # Errors
    /// Says that the manifest cannot be read, or is of another form.
    pub fn read(folder: &Path) -> Result<Option<Self>, Finding> {
        let path = folder.join("manifest.json");
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(&path, &format!("cannot read the manifest: {}", io_words(&error)))),
        };
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| {
            fault(&path, &format!("line {}, column {} is no part of a manifest", error.line(), error.column()))
        })?;
        if manifest.manifest != FORM {
            return Err(fault(
                &path,
                &format!("the manifest has the form {}, and this program knows {FORM}", manifest.manifest),
            ));
        }
        if let Some(file) = manifest.all_files().find(|file| !is_inside(&file.path)) {
            return Err(fault(&path, &format!("the path `{}` leads out of the release", file.path)));
        }
        Ok(Some(Self { folder: folder.to_path_buf(), digest: Digest::of(&text), manifest }))
    }

    /// Finds the latest publication before this revision: the release itself, or one that it keeps.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn before(folder: &Path, revision: u32) -> Result<Option<Self>, Finding> {
        let Some(current) = Self::read(folder)? else { return Ok(None) };
        if current.manifest.revision < revision {
            return Ok(Some(current));
        }
        for earlier in (1..revision).rev() {
            if let Some(past) = Self::read(&folder.join(REVISIONS).join(earlier.to_string()))? {
                return Ok(Some(past));
            }
        }
        Ok(None)
    }

    /// Names the release as one that another corrects.
    pub fn as_predecessor(&self) -> Predecessor {
        Predecessor { revision: self.manifest.revision, manifest: self.digest }
    }

    /// Reads a file that the manifest vouches for.
    ///
    /// # Errors
    /// Says that the file cannot be read, or is another than the manifest says.
    pub fn content(&self, file: &File) -> Result<Vec<u8>, Finding> {
        let path = self.folder.join(&file.path);
        let content =
            fs::read(&path).map_err(|error| altered(&path, &format!("cannot be read: {}", io_words(&error))))?;
        if Digest::of(&content) != file.digest {
            return Err(altered(&path, "is not what the manifest says"));
        }
        Ok(content)
    }

    /// Compares every file with its digest, and `SHA256SUMS` with the manifest.
    pub fn check(&self) -> Findings {
        let files: Vec<&File> = self.manifest.all_files().collect();
        let mut faults: Vec<Finding> = files.par_iter().filter_map(|file| self.content(file).err()).collect();
        let sums = self.folder.join(super::SUMS);
        if fs::read(&sums).map_err(|_| ()) != Ok(super::sums(&self.manifest, &self.manifest.to_json())) {
            faults.push(altered(&sums, "is not what the manifest says"));
        }
        faults.into_iter().collect()
    }

    /// Tells whether every file is what its digest says.
    pub fn is_sound(&self) -> bool {
        self.check().is_empty()
    }
}

/// Tells whether a path stays below the folder it starts from.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn altered(path: &Path, what: &str) -> Finding {
    Finding::error("release::altered", format!("the published file {what}")).in_file(path.to_string_lossy())
}

fn fault(path: &Path, message: &str) -> Finding {
    Finding::error("release::manifest", message).in_file(path.to_string_lossy())
}
