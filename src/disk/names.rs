//! Names change so that they last: what they name is on the disk before, and the folders that hold them after.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::interrupt;

/// What the system refused, and where.
pub type Refused = (PathBuf, io::Error);

/// Why names did not change, or may not last.
#[derive(Debug)]
pub struct Unsettled {
    /// The file or folder that the system refused.
    pub place: PathBuf,
    /// What it said.
    pub error: io::Error,
    /// All names had changed by then; a loss of power may undo it.
    pub changed: bool,
}

/// Changes names durably: the folders of what was written are on the disk before the change, and those that hold the changed
/// names after it. The files themselves are on the disk when this is called. `change` names the place that the system refused.
///
/// # Errors
/// Returns what the system refused, and whether the names had changed by then.
pub(super) fn settle(
    written: &[&Path],
    change: impl FnOnce() -> Result<(), Refused>,
    changed: &[&Path],
) -> Result<(), Unsettled> {
    let refused = |(place, error)| Unsettled { place, error, changed: false };
    sync_folders(written).map_err(refused)?;
    // A folder that cannot be opened is better known before anything has changed.
    let opened = changed.iter().map(|folder| Ok((*folder, opened(folder)?)));
    let opened: Vec<(&Path, File)> = opened.collect::<Result<_, _>>().map_err(refused)?;
    change().map_err(refused)?;
    opened.iter().try_for_each(|(folder, file)| sync(folder, file)).map_err(|(place, error)| Unsettled {
        place,
        error,
        changed: true,
    })
}

/// Brings the names in folders to the disk.
///
/// # Errors
/// Names the folder that the system refused.
pub fn sync_folders(folders: &[&Path]) -> Result<(), Refused> {
    folders.iter().try_for_each(|folder| sync(folder, &opened(folder)?))
}

fn opened(folder: &Path) -> Result<File, Refused> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder).map_err(|error| (folder.to_path_buf(), error))
}

/// Some file systems cannot do so, and bring names to the disk by themselves.
fn sync(folder: &Path, file: &File) -> Result<(), Refused> {
    match file.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        result => result.map_err(|error| (folder.to_path_buf(), error)),
    }
}

/// Makes a folder and those that lead to it, and keeps the process alive until they are there. Returns the folders that hold new names by that.
///
/// # Errors
/// Returns what the system refused.
pub fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let _working = interrupt::working();
    create_folders(folder)
}

/// Makes a folder and those that lead to it; nobody but their owner can write into them, and those that are still empty when the
/// process is stopped are gone. Returns the folders that hold new names by that, from the lowest up: who wants them to last
/// brings them to the disk. Whoever calls it holds [`interrupt::working`].
///
/// # Errors
/// Returns what the system refused.
pub(super) fn create_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let missing: Vec<&Path> = missing.collect();
    for folder in &missing {
        interrupt::sweep_if_empty(folder);
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o755);
    }
    builder.create(folder)?;
    Ok(missing.into_iter().filter_map(|folder| Some(folder.parent()?.to_path_buf())).collect())
}

/// Tells whether an open file or folder still stands in its place.
#[cfg(unix)]
pub(super) fn stands(file: &File, place: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let own = file.metadata()?;
    match fs::symlink_metadata(place) {
        Ok(there) => Ok((there.dev(), there.ino()) == (own.dev(), own.ino())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Elsewhere an open file cannot be thrown away.
#[cfg(not(unix))]
pub(super) fn stands(_: &File, place: &Path) -> io::Result<bool> {
    fs::exists(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes_where_the_folder_of_the_names_cannot_be_opened() {
        let root = tempfile::tempdir().unwrap();
        let gone = root.path().join("gone");
        let mut has_changed = false;
        let change = || {
            has_changed = true;
            Ok(())
        };
        let unsettled = settle(&[root.path()], change, &[root.path(), &gone]).unwrap_err();
        assert_eq!((unsettled.place, unsettled.changed, has_changed), (gone, false, false));
    }

    #[test]
    fn the_place_that_the_system_refused_is_named() {
        let root = tempfile::tempdir().unwrap();
        let refused = || Err((root.path().join("a"), ErrorKind::PermissionDenied.into()));
        let unsettled = settle(&[], refused, &[root.path()]).unwrap_err();
        assert_eq!((unsettled.place, unsettled.changed), (root.path().join("a"), false));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_was_thrown_away_stands_nowhere() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("a");
        let file = File::create(&place).unwrap();
        assert!(stands(&file, &place).unwrap());
        fs::remove_file(&place).unwrap();
        assert!(!stands(&file, &place).unwrap());
        fs::write(&place, "another").unwrap();
        assert!(!stands(&file, &place).unwrap());
    }
}
