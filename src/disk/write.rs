//! Writes files beside their places, and puts them there when all are on the disk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::interrupt;
use super::names::{Refused, Unsettled, create_folders, make_folders, settle, stands};

/// Beginning of the names of files that are not in their place yet.
const PREFIX: &str = ".platen-";

/// Who may read a file; only its owner can write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// A publication is for everyone.
    Everyone,
    /// What is confidential is for its owner.
    Owner,
}

impl Readers {
    #[cfg(unix)]
    fn mode(self) -> u32 {
        match self {
            Self::Everyone => 0o644,
            Self::Owner => 0o600,
        }
    }
}

/// A file on the disk, beside its place; it is gone when it is dropped.
#[derive(Debug)]
pub(super) struct Aside {
    file: NamedTempFile,
    place: PathBuf,
    /// Folders with new names, from the lowest up, that are not on the disk yet.
    renewed: Vec<PathBuf>,
}

impl Aside {
    /// Writes a file beside its place, making the folders that lead there.
    ///
    /// # Errors
    /// Returns what the system refused.
    pub(super) fn write(place: &Path, content: &[u8], readers: Readers) -> io::Result<Self> {
        // A rename onto a folder would fail when other files are in their place already.
        if place.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let renewed = make_folders(folder)?;
        let mut file = temporary(folder, readers)?;
        file.write_all(content)?;
        file.as_file().sync_all()?;
        Ok(Self { file, place: place.to_path_buf(), renewed })
    }

    /// Returns where the file will stand.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    fn put(self) -> Result<(), Refused> {
        let temporary = self.file.path().to_path_buf();
        let put = self.file.persist(&self.place);
        interrupt::is_done(&temporary);
        put.map(drop).map_err(|error| (self.place, error.error))
    }
}

/// Makes a file beside others that is swept away if the process ends before it has a place.
///
/// # Errors
/// Returns what the system refused.
fn temporary(folder: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(readers.mode()));
    }
    let _working = interrupt::working();
    loop {
        let file = builder.prefix(PREFIX).tempfile_in(folder)?;
        // Tells others that somebody is at work on it. Where the system has no locks, nothing is swept either.
        let _ = file.as_file().lock();
        // Another process may have taken it for left behind before.
        if stands(file.as_file(), file.path())? {
            interrupt::sweep_if_interrupted(file.path());
            return Ok(file);
        }
    }
}

/// Puts files into their places.
///
/// # Errors
/// Names the place that the system refused.
pub(super) fn put_all(files: Vec<Aside>) -> Result<(), Unsettled> {
    let _working = interrupt::working();
    let folders: BTreeSet<PathBuf> = files.iter().filter_map(|file| Some(file.place.parent()?.to_path_buf())).collect();
    let renewed: BTreeSet<PathBuf> = files.iter().flat_map(|file| file.renewed.clone()).collect();
    let [renewed, folders] =
        [&renewed, &folders].map(|folders| folders.iter().rev().map(PathBuf::as_path).collect::<Vec<_>>());
    settle(&renewed, || files.into_iter().try_for_each(Aside::put), &folders)
}

/// Writes a file in another folder and puts it into its place, whole or not at all; it is not on the disk yet. A folder that stands
/// there goes where it is empty.
///
/// # Errors
/// Returns what the system refused.
pub fn replace(aside: &Path, place: &Path, content: &[u8]) -> io::Result<()> {
    make_room(place)?;
    let mut file = temporary(aside, Readers::Everyone)?;
    file.write_all(content)?;
    let temporary = file.path().to_path_buf();
    let _working = interrupt::working();
    file.persist(place).map_err(|error| error.error)?;
    interrupt::is_done(&temporary);
    Ok(())
}

/// Makes the folders that lead to a place, and takes away an empty one that stands there.
fn make_room(place: &Path) -> io::Result<()> {
    let _working = interrupt::working();
    if let Some(folder) = place.parent() {
        create_folders(folder)?;
    }
    match fs::remove_dir(place) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        result => result,
    }
}

/// Writes a new file that nobody changes in its place; it is not on the disk yet.
///
/// # Errors
/// Returns what the system refused.
pub(super) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o444);
    }
    options.open(path)?.write_all(content)
}

/// Sweeps away what a killed process left in a folder: files beside their places that nobody is at work on.
///
/// # Errors
/// Returns what the system refused; a folder that is not there holds nothing.
pub fn sweep(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(()),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && entry.file_type()?.is_file() {
            // The lock is held until it is gone, so that whoever made it a moment ago sees that.
            let left = File::open(entry.path()).ok().filter(|file| file.try_lock().is_ok());
            match left.map(|_held| fs::remove_file(entry.path())) {
                Some(Err(error)) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Opens a file that processes of one user lock to keep out of each other's way, and makes it where there is none. Nobody else
/// can write it, and so nobody else can lock it.
///
/// # Errors
/// Returns what the system refused.
pub fn lock_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(Readers::Everyone.mode());
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_reach_their_places_together() {
        let root = tempfile::tempdir().unwrap();
        let aside = ["a/b/one", "two"]
            .map(|name| Aside::write(&root.path().join(name), name.as_bytes(), Readers::Everyone).unwrap());
        assert!(!root.path().join("two").exists());
        put_all(aside.into()).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("a/b/one")).unwrap(), "a/b/one");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2);
        assert!(Aside::write(&root.path().join("a"), b"", Readers::Everyone).is_err(), "a folder stands there");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_write() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(root.path().join(name)).unwrap().permissions().mode() & 0o777;
        let put = |name: &str, readers| {
            put_all(vec![Aside::write(&root.path().join(name), b"", readers).unwrap()]).unwrap();
            mode(name)
        };
        assert_eq!(put("new/a", Readers::Everyone) & 0o022, 0);
        assert_eq!(put("b", Readers::Owner) & 0o077, 0);
        assert_eq!(mode("new") & 0o022, 0);
        create(&root.path().join("c"), b"").unwrap();
        assert_eq!(mode("c") & 0o222, 0);
        // What is read-only is replaced all the same.
        put("c", Readers::Everyone);
    }

    #[test]
    fn what_a_killed_process_left_is_swept_and_what_is_in_work_stays() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(".platen-left"), "").unwrap();
        fs::write(root.path().join("other"), "").unwrap();
        let aside = Aside::write(&root.path().join("one"), b"1", Readers::Everyone).unwrap();
        sweep(root.path()).unwrap();
        let names: BTreeSet<_> = fs::read_dir(root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        put_all(vec![aside]).unwrap();
        sweep(&root.path().join("none")).unwrap();
    }

    #[test]
    fn a_file_that_was_just_made_is_not_taken_for_left_behind() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let root = tempfile::tempdir().unwrap();
        let is_over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    sweep(root.path()).unwrap();
                }
            });
            let lost = (0..5_000).find(|_| !temporary(root.path(), Readers::Owner).unwrap().path().exists());
            is_over.store(true, Ordering::Relaxed);
            assert_eq!(lost, None);
        });
    }
}
