//! A folder takes its place whole: it is written aside, then changes places with what stands there in one step.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use super::interrupt;
use super::names::{Refused, Unsettled, create_folders, settle};
use super::read::read;
use super::write::create;

/// A folder that is being written aside; it is swept away unless it takes its place.
pub struct FolderAside {
    aside: PathBuf,
    flusher: Option<Flusher>,
    /// The folders that were made.
    folders: Mutex<BTreeSet<PathBuf>>,
}

impl FolderAside {
    /// Makes the folder.
    ///
    /// # Errors
    /// Returns what the system refused.
    pub fn begin(aside: &Path) -> io::Result<Self> {
        let _working = interrupt::working();
        create_folders(aside)?;
        interrupt::sweep_if_interrupted(aside);
        let folders = Mutex::new(BTreeSet::from([aside.to_path_buf()]));
        Ok(Self { aside: aside.to_path_buf(), flusher: Some(Flusher::start()), folders })
    }

    /// Takes away what another process left of such a folder.
    ///
    /// # Errors
    /// Returns what the system refused.
    pub fn sweep(aside: &Path) -> io::Result<()> {
        match fs::remove_dir_all(aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Returns where a file stands until the folder is in its place.
    pub fn path(&self, path: &str) -> PathBuf {
        self.aside.join(path)
    }

    /// Writes a file.
    ///
    /// # Errors
    /// Names the file or folder that the system refused.
    pub fn write(&self, path: &str, content: &[u8]) -> Result<(), Refused> {
        let _working = interrupt::working();
        let to = self.make_way(path)?;
        create(&to, content).map_err(|error| (to.clone(), error))?;
        self.flush(to);
        Ok(())
    }

    /// Gives a file of another folder a second name in this one; where there can be none, it is copied.
    ///
    /// # Errors
    /// Names the file or folder that the system refused.
    pub fn keep(&self, path: &str, from: &Path) -> Result<(), Refused> {
        let _working = interrupt::working();
        let to = self.make_way(path)?;
        if fs::hard_link(from, &to).is_err() {
            let copied = read(from, u64::MAX).and_then(|content| create(&to, &content));
            copied.map_err(|error| (to.clone(), error))?;
        }
        // It may have been copied here a moment ago.
        self.flush(to);
        Ok(())
    }

    /// Waits until all files are on the disk; none is written after.
    ///
    /// # Errors
    /// Names the file that the system refused.
    pub fn finish(&mut self) -> Result<(), Refused> {
        self.flusher.take().map_or(Ok(()), Flusher::finish)
    }

    /// Puts the folder into its place in one step; what stood there is gone only then.
    ///
    /// # Errors
    /// Says whether the folders had changed places by then.
    pub fn put(self, place: &Path) -> Result<(), Unsettled> {
        let _working = interrupt::working();
        let change = || {
            let changed = if place.exists() { exchange(&self.aside, place) } else { fs::rename(&self.aside, place) };
            changed.map_err(|error| (place.to_path_buf(), error))
        };
        let written = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        // A folder is on the disk when those within it are.
        let written: Vec<&Path> = written.iter().rev().map(PathBuf::as_path).collect();
        let changed: Vec<&Path> = place.parent().into_iter().collect();
        settle(&written, change, &changed)
    }

    fn flush(&self, path: PathBuf) {
        if let Some(flusher) = &self.flusher {
            flusher.take(path);
        }
    }

    fn make_way(&self, path: &str) -> Result<PathBuf, Refused> {
        let to = self.path(path);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let parent = to.parent().unwrap_or(&self.aside);
        if !folders.contains(parent) {
            create_folders(parent).map_err(|error| (parent.to_path_buf(), error))?;
            let made = parent.ancestors().take_while(|folder| folder.starts_with(&self.aside));
            folders.extend(made.map(Path::to_path_buf));
        }
        Ok(to)
    }
}

impl Drop for FolderAside {
    /// What stands aside now is either unfinished or what the folder has replaced.
    fn drop(&mut self) {
        let _ = self.finish();
        let _ = fs::remove_dir_all(&self.aside);
        interrupt::is_done(&self.aside);
    }
}

/// Brings files to the disk while others are still being made: waiting costs no time of a core.
struct Flusher {
    files: mpsc::Sender<PathBuf>,
    thread: JoinHandle<Result<(), Refused>>,
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
    fn finish(self) -> Result<(), Refused> {
        drop(self.files);
        match self.thread.join() {
            Ok(flushed) => flushed,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// Tells whether a file system is mounted on a folder: it can be neither renamed nor exchanged.
#[cfg(target_os = "linux")]
pub fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let found = statx(CWD, folder, AtFlags::empty(), StatxFlags::BASIC_STATS);
    found.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Elsewhere a folder of another file system than the one above it.
#[cfg(not(target_os = "linux"))]
pub fn is_mount_point(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let device = |folder: &Path| fs::metadata(folder).ok().map(|found| found.dev());
        return folder.exists() && folder.parent().is_some_and(|parent| device(parent) != device(folder));
    }
    #[cfg(not(unix))]
    return false;
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
