//! Work that nobody keeps.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

use crate::diag::{Finding, code, describe_io_error};

use super::interrupt;
use super::names::stands;

/// Beginning of the names of such folders; a project may stand beside them, with its cache.
const PREFIX: &str = ".platen-scratch-";

/// A folder for what is thrown away in the end.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    /// Tells others that somebody is at work in it; the lock is of the folder itself.
    _lock: Option<File>,
}

impl Scratch {
    /// Makes a folder where the system keeps what is temporary, for its owner alone; it is swept away as well if the process
    /// ends before, and what a killed one left there is swept now.
    ///
    /// # Errors
    /// Says what the system refused.
    pub fn new() -> Result<Self, Finding> {
        Self::make().map_err(|error| {
            let message = format!("cannot make a temporary folder here: {}", describe_io_error(&error));
            Finding::error(code::publish::UNWRITABLE, message).in_file(std::env::temp_dir().to_string_lossy())
        })
    }

    fn make() -> io::Result<Self> {
        sweep(&std::env::temp_dir());
        let _working = interrupt::working();
        loop {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir()?;
            let lock = File::open(folder.path()).ok();
            let is_own = lock.as_ref().is_none_or(|lock| {
                let _ = lock.lock();
                stands(lock, folder.path()).unwrap_or(false)
            });
            if is_own {
                interrupt::sweep_if_interrupted(folder.path());
                return Ok(Self { folder, _lock: lock });
            }
        }
    }

    /// Returns where it stands.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.folder.path());
        interrupt::is_done(self.folder.path());
    }
}

/// Sweeps away folders that killed processes of the same user left; what cannot be swept is left to the system.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_scratch = entry.file_name().to_string_lossy().starts_with(PREFIX)
            && entry.metadata().is_ok_and(|found| found.is_dir() && is_own(&found));
        let left = is_scratch.then(|| File::open(entry.path()).ok().filter(|lock| lock.try_lock().is_ok())).flatten();
        if let Some(_held) = left {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(unix)]
fn is_own(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    found.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_swept_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        for name in [".platen-scratch-left/release/pdf", ".platen-scratch-held", ".platen-cache/objects", "other"] {
            fs::create_dir_all(root.path().join(name)).unwrap();
        }
        fs::write(root.path().join(".platen-scratch-file"), "").unwrap();
        let held = File::open(root.path().join(".platen-scratch-held")).unwrap();
        held.lock().unwrap();
        sweep(root.path());
        let mut names: Vec<_> =
            fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, [".platen-cache", ".platen-scratch-file", ".platen-scratch-held", "other"]);
    }

    #[test]
    fn a_folder_in_use_is_not_swept_and_goes_with_its_owner() {
        let scratch = Scratch::new().unwrap();
        let place = scratch.path().to_path_buf();
        fs::write(place.join("a"), "").unwrap();
        drop(Scratch::new().unwrap());
        assert!(place.join("a").exists());
        drop(scratch);
        assert!(!place.exists());
    }
}
