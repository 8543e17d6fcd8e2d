//! A release takes its place whole: it is written aside, then changes places with the last one in one step.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use crate::diag::{Finding, io_words};

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
    /// Says that another process holds it, that something else stands in its place, or that it cannot be written.
    pub fn hold(folder: &Path) -> Result<Self, Finding> {
        let place = resolved(folder).map_err(|error| unwritable(folder, &error))?;
        let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
            let error = io::Error::from(io::ErrorKind::InvalidInput);
            return Err(unwritable(folder, &error));
        };
        let beside = |what: &str| parent.join(format!(".{}.platen-{what}", name.to_string_lossy()));
        fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
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

    /// Begins a release beside the last one.
    ///
    /// # Errors
    /// Says that the folder cannot be made.
    pub fn begin(&self) -> Result<Staging<'_>, Finding> {
        fs::create_dir(&self.aside).map_err(|error| unwritable(&self.aside, &error))?;
        Ok(Staging { target: self, flusher: Some(Flusher::start()) })
    }

    /// Refuses a folder with other content: nobody's files are thrown away.
    fn must_be_a_release(&self) -> Result<(), Finding> {
        let mut entries = match fs::read_dir(&self.place) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unwritable(&self.place, &error)),
        };
        if entries.next().is_none() || self.place.join("manifest.json").is_file() {
            return Ok(());
        }
        Err(Finding::error("release::other-content", "the folder holds something else than a release")
            .in_file(self.place.to_string_lossy())
            .help("release into a new folder, or one that holds a release".to_owned()))
    }

    fn sweep(&self) -> Result<(), Finding> {
        match fs::remove_dir_all(&self.aside) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(unwritable(&self.aside, &error)),
        }
    }
}

/// A release that is being written, beside its place; it is swept away unless it is published.
pub struct Staging<'a> {
    target: &'a Target,
    flusher: Option<Flusher>,
}

impl Staging<'_> {
    /// Writes a file.
    ///
    /// # Errors
    /// Says which file cannot be written.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<(), Finding> {
        let to = self.make_way(path)?;
        let written = fs::File::create_new(&to).and_then(|mut file| file.write_all(content));
        written.map_err(|error| unwritable(&to, &error))?;
        self.flush(to);
        Ok(())
    }

    /// Takes over a file that exists, as a second name of the same bytes where the file system can do that.
    ///
    /// # Errors
    /// Says which file cannot be written.
    pub fn take(&self, from: &Path, path: &str) -> Result<(), Finding> {
        let to = self.make_way(path)?;
        if fs::hard_link(from, &to).is_err() {
            fs::copy(from, &to).map_err(|error| unwritable(&to, &error))?;
        }
        self.flush(to);
        Ok(())
    }

    /// Returns where a file stands until it is published.
    pub fn path(&self, path: &str) -> PathBuf {
        self.target.aside.join(path)
    }

    /// Puts the release into its place in one step; the last one is gone only then.
    ///
    /// # Errors
    /// Says that the file system refused; the last release is then still in its place.
    pub fn publish(mut self) -> Result<(), Finding> {
        if let Some(flusher) = self.flusher.take() {
            flusher.finish()?;
        }
        let (aside, place) = (&self.target.aside, &self.target.place);
        let result = if place.exists() { exchange(aside, place) } else { fs::rename(aside, place) };
        result.map_err(|error| unwritable(place, &error))?;
        // The step is durable when the folder that holds both names is.
        if let Some(parent) = place.parent() {
            let _ = fs::File::open(parent).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }

    fn flush(&self, path: PathBuf) {
        if let Some(flusher) = &self.flusher {
            flusher.take(path);
        }
    }

    fn make_way(&self, path: &str) -> Result<PathBuf, Finding> {
        let to = self.path(path);
        let parent = to.parent().unwrap_or(&self.target.aside);
        fs::create_dir_all(parent).map_err(|error| unwritable(parent, &error))?;
        Ok(to)
    }
}

impl Drop for Staging<'_> {
    /// What stands aside now is either unfinished or the last release, which the new one has replaced.
    fn drop(&mut self) {
        let _ = self.flusher.take().map(Flusher::finish);
        let _ = fs::remove_dir_all(&self.target.aside);
    }
}

/// Brings files to the disk while others are still being made: waiting costs no time of a core.
struct Flusher {
    files: mpsc::Sender<PathBuf>,
    thread: JoinHandle<Result<(), (PathBuf, io::Error)>>,
}

impl Flusher {
    fn start() -> Self {
        let (files, waiting) = mpsc::channel::<PathBuf>();
        let flush = |path: PathBuf| {
            let flushed = fs::File::open(&path).and_then(|file| file.sync_data());
            flushed.map_err(|error| (path, error))
        };
        Self { files, thread: std::thread::spawn(move || waiting.into_iter().try_for_each(flush)) }
    }

    /// Takes a file that is written, whoever wrote it: one of the cache may not be on the disk yet either.
    fn take(&self, path: PathBuf) {
        // After a failure nobody listens any more; what failed is told at the end.
        let _ = self.files.send(path);
    }

    /// Waits until all files are on the disk.
    fn finish(self) -> Result<(), Finding> {
        drop(self.files);
        match self.thread.join() {
            Ok(flushed) => flushed.map_err(|(path, error)| unwritable(&path, &error)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
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
    let file = fs::File::options().write(true).create(true).truncate(false).open(path);
    let file = file.map_err(|error| unwritable(path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            Err(Finding::error("release::locked", "another release into this folder is running")
                .in_file(folder.to_string_lossy())
                .help("wait for it to end, or release into another folder".to_owned()))
        }
        Err(fs::TryLockError::Error(error)) => Err(unwritable(path, &error)),
    }
}

/// Lets two folders change places: `renameat2(2)` with `RENAME_EXCHANGE`.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

/// No other system has the step in its library: a new release then needs a new folder.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn unwritable(path: &Path, error: &io::Error) -> Finding {
    Finding::error("publish::unwritable", format!("cannot write: {}", io_words(error))).in_file(path.to_string_lossy())
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
        staging.publish().unwrap();
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
        assert_eq!(Target::hold(&place).map(|_| ()).unwrap_err().code, "release::locked");
        drop(held);
        assert!(Target::hold(&place).is_ok());
    }

    #[test]
    fn a_folder_with_other_content_is_refused() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("letter.txt"), "dear").unwrap();
        assert_eq!(Target::hold(root.path()).map(|_| ()).unwrap_err().code, "release::other-content");
        assert_eq!(read(root.path(), "letter.txt"), "dear");
    }
}
