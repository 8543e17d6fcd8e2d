//! A release takes its place whole: it is written aside, then changes places with the last one in one step.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Finding, Findings, code, describe_io_error, first_of, unsynced};
use crate::disk::{self, FolderAside, Refused, Unsettled};

use super::names::MANIFEST;
use super::past::ExistingRelease;

/// How many files of others are named.
const MOST_NAMED: usize = 10;

/// The folder of a release, held by one process at a time.
///
/// Beside `DIR` stand `.DIR.platen-lock`, and while a release is being made `.DIR.platen-new`.
pub struct Target {
    /// Where the release stands.
    place: PathBuf,
    aside: PathBuf,
    /// The lock is held as long as the file is open, and ends with the process however that ends.
    _lock: fs::File,
}

impl Target {
    /// Takes hold of a release's folder, which need not exist, and sweeps away what a killed process left there.
    ///
    /// # Errors
    /// Returns an error if another process holds it, if something else stands in its place, if it is a mount point, or if it
    /// cannot be written.
    pub fn hold(folder: &Path) -> Result<Self, Finding> {
        let place = resolved(folder).map_err(|error| unwritable(folder, &error))?;
        let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
            let error = io::Error::from(io::ErrorKind::InvalidInput);
            return Err(unwritable(folder, &error));
        };
        let beside = |what: &str| parent.join(format!(".{}.platen-{what}", name.to_string_lossy()));
        if disk::is_mount_point(&place) {
            return Err(Finding::error(
                code::publish::UNWRITABLE,
                "a file system is mounted on the folder, which cannot be exchanged",
            )
            .in_file(folder.to_string_lossy())
            .help("release into a folder below it".to_owned()));
        }
        let renewed = disk::make_folders(parent).map_err(|error| unwritable(parent, &error))?;
        let renewed: Vec<&Path> = renewed.iter().map(PathBuf::as_path).collect();
        disk::sync_folders(&renewed).map_err(|(folder, error)| unwritable(&folder, &error))?;
        let lock = lock(&beside("lock"), folder)?;
        let target = Self { aside: beside("new"), place, _lock: lock };
        target.must_be_a_release()?;
        target.sweep()?;
        Ok(target)
    }

    /// Returns the folder itself.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Reads the release that stands in the folder, where there is one.
    ///
    /// # Errors
    /// As [`ExistingRelease::read`], and refuses files of others beside it, which a new release would throw away, unless they are to
    /// be cleaned away.
    pub fn last(&self, clean: bool) -> Result<Option<ExistingRelease>, Findings> {
        let Some(last) = ExistingRelease::read(&self.place)? else { return Ok(None) };
        if !clean {
            self.must_hold_only(Some(&last))?;
        }
        Ok(Some(last))
    }

    /// Refuses files of others in the folder: a new release would throw them away. A build takes its time, so that it asks
    /// once more before the folders change places.
    ///
    /// # Errors
    /// Names what stands beside the last release.
    pub fn must_hold_only(&self, last: Option<&ExistingRelease>) -> Result<(), Finding> {
        let Some(last) = last else { return self.must_be_empty() };
        let others: Vec<String> = last.others()?.into_iter().map(|(path, _)| format!("`{path}`")).collect();
        if others.is_empty() {
            return Ok(());
        }
        let message = format!("the folder holds what is not of its release: {}", first_of(&others, MOST_NAMED));
        let help = "move it elsewhere, or throw it away by `--clean`".to_owned();
        Err(Finding::error(code::release::OTHER_CONTENT, message).in_file(self.place.to_string_lossy()).help(help))
    }

    /// Begins a release beside the last one.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be made.
    pub fn begin(&self) -> Result<Staging<'_>, Finding> {
        let folder = FolderAside::begin(&self.aside).map_err(|error| unwritable(&self.aside, &error))?;
        Ok(Staging { target: self, folder })
    }

    /// Refuses a folder with other content: nobody's files are thrown away.
    fn must_be_a_release(&self) -> Result<(), Finding> {
        if self.place.join(MANIFEST).is_file() { Ok(()) } else { self.must_be_empty() }
    }

    fn must_be_empty(&self) -> Result<(), Finding> {
        let mut entries = match fs::read_dir(&self.place) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unwritable(&self.place, &error)),
        };
        if entries.next().is_none() {
            return Ok(());
        }
        Err(Finding::error(code::release::OTHER_CONTENT, "the folder holds something else than a release")
            .in_file(self.place.to_string_lossy())
            .help("release into a new folder, or one that holds a release".to_owned()))
    }

    fn sweep(&self) -> Result<(), Finding> {
        FolderAside::sweep(&self.aside).map_err(|error| unwritable(&self.aside, &error))
    }
}

/// A release that is being written, beside its place; it is swept away unless it is published.
pub struct Staging<'a> {
    target: &'a Target,
    folder: FolderAside,
}

impl Staging<'_> {
    /// Writes a file.
    ///
    /// # Errors
    /// Says which file cannot be written.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<(), Finding> {
        self.folder.write(path, content).map_err(refused)
    }

    /// Keeps a file of the release that is to be replaced: it gets a second name, and loses the first when the releases
    /// have changed places.
    ///
    /// # Errors
    /// Says which file cannot be written.
    pub fn keep(&self, path: &str) -> Result<(), Finding> {
        self.folder.keep(path, &self.target.place.join(path)).map_err(refused)
    }

    /// Returns where a file stands until it is published.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path(path)
    }

    /// Puts the release into its place in one step; the last one is gone only then. `look` has the last word, when all is
    /// on the disk.
    ///
    /// # Errors
    /// Returns an error if the file system or `look` refused; the last release is then still in its place, unless it is said that the
    /// new one is.
    pub fn publish(mut self, look: impl FnOnce() -> Result<(), Finding>) -> Result<(), Finding> {
        self.folder.finish().map_err(refused)?;
        look()?;
        self.folder.put(&self.target.place).map_err(unsettled)
    }
}

/// Follows links, so that what is exchanged is the folder and not a link to it.
fn resolved(folder: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(folder) {
        Ok(place) => Ok(place),
        Err(error) if error.kind() == io::ErrorKind::NotFound => std::path::absolute(folder),
        Err(error) => Err(error),
    }
}

fn lock(path: &Path, folder: &Path) -> Result<fs::File, Finding> {
    let file = disk::lock_file(path).map_err(|error| unwritable(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            Err(Finding::error(code::release::LOCKED, "another release into this folder is running")
                .in_file(folder.to_string_lossy())
                .help("wait for it to end, or release into another folder".to_owned()))
        }
        Err(fs::TryLockError::Error(error)) => Err(unwritable(path, &error)),
    }
}

fn refused((path, error): Refused) -> Finding {
    unwritable(&path, &error)
}

fn unsettled(Unsettled { place, error, changed }: Unsettled) -> Finding {
    if changed { unsynced(&place, &error) } else { unwritable(&place, &error) }
}

fn unwritable(path: &Path, error: &io::Error) -> Finding {
    Finding::error(code::publish::UNWRITABLE, format!("cannot write: {}", describe_io_error(error)))
        .in_file(path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(folder: &Path, name: &str) -> String {
        fs::read_to_string(folder.join(name)).unwrap()
    }

    fn release(place: &Path, content: &str) {
        let target = Target::hold(place).unwrap();
        let staging = target.begin().unwrap();
        staging.write("manifest.json", content.as_bytes()).unwrap();
        staging.publish(|| Ok(())).unwrap();
    }

    #[test]
    fn a_new_release_takes_the_place_of_the_last_and_leaves_nothing_beside() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("out");
        release(&place, "one");
        release(&place, "two");
        assert_eq!(read(&place, "manifest.json"), "two");
        let names: Vec<_> = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "the release and its lock: {names:?}");
    }

    #[test]
    fn a_release_that_is_not_published_is_swept_away() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("out");
        release(&place, "one");
        let target = Target::hold(&place).unwrap();
        let staging = target.begin().unwrap();
        staging.write("pdf/half.pdf", b"half").unwrap();
        drop(staging);
        assert_eq!(read(&place, "manifest.json"), "one");
        assert!(!root.path().join(".out.platen-new").exists());
    }

    #[test]
    fn what_a_killed_process_left_is_swept_away() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("out");
        fs::create_dir_all(root.path().join(".out.platen-new/pdf")).unwrap();
        release(&place, "one");
        assert_eq!(read(&place, "manifest.json"), "one");
    }

    #[test]
    fn two_cannot_hold_one_folder() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("out");
        let held = Target::hold(&place).unwrap();
        assert_eq!(Target::hold(&place).map(|_| ()).unwrap_err().code, code::release::LOCKED);
        drop(held);
        assert!(Target::hold(&place).is_ok());
    }

    #[test]
    fn a_folder_with_other_content_is_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("letter.txt"), "dear").unwrap();
        assert_eq!(Target::hold(root.path()).map(|_| ()).unwrap_err().code, code::release::OTHER_CONTENT);
        assert_eq!(read(root.path(), "letter.txt"), "dear");
    }
}
