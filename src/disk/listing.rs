//! What a folder holds.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path};

use walkdir::WalkDir;

/// Most entries that are looked at; a release of ten thousand reports has fifty thousand.
const MOST: usize = 1_000_000;

/// How deep folders may lie in each other.
const DEPTH: usize = 16;

/// The files below a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Sizes of the regular files in bytes, by their path from the folder, with `/` between its parts.
    pub files: BTreeMap<String, u64>,
    /// What is neither a file nor a folder of files, or has a name that is no text, with what it is.
    pub others: BTreeMap<String, &'static str>,
}

/// Lists the files below a folder, following no link.
///
/// # Errors
/// Says what cannot be read, and refuses folders that are deeper or fuller than any release.
pub fn list(folder: &Path) -> io::Result<Listing> {
    let mut listing = Listing::default();
    // A folder is empty unless the next entry lies below it.
    let mut last_folder = None;
    for (number, entry) in WalkDir::new(folder).min_depth(1).follow_root_links(true).into_iter().enumerate() {
        let entry = entry.map_err(|error| {
            let words = error.to_string();
            error.into_io_error().unwrap_or_else(|| io::Error::other(words))
        })?;
        if entry.depth() > DEPTH || number >= MOST {
            return Err(io::Error::other("it holds more than any release does"));
        }
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        let kind = entry.file_type();
        let is_folder = kind.is_dir().then(|| (name.clone(), entry.depth()));
        listing.note_empty(std::mem::replace(&mut last_folder, is_folder), entry.depth());
        let other = match () {
            () if kind.is_symlink() => "a link",
            () if !kind.is_file() && !kind.is_dir() => "no regular file",
            () if path.to_str().is_none() => "a name that is no text",
            () if kind.is_dir() => continue,
            () => {
                listing.files.insert(name, entry.metadata().map_err(io::Error::from)?.len());
                continue;
            }
        };
        listing.others.insert(name, other);
    }
    listing.note_empty(last_folder, 0);
    Ok(listing)
}

impl Listing {
    /// Takes a folder for an empty one where the next entry does not lie below it.
    fn note_empty(&mut self, folder: Option<(String, usize)>, depth_of_next: usize) {
        if let Some((name, _)) = folder.filter(|(_, depth)| depth_of_next <= *depth) {
            self.others.insert(name, "an empty folder");
        }
    }
}

/// Tells whether a path of a manifest stays below its folder wherever `/` alone parts names, and is written in one way only.
pub fn is_inside(path: &str) -> bool {
    let parts: Option<Vec<&str>> = Path::new(path)
        .components()
        .map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        })
        .collect();
    let is_plain = |c: char| !c.is_control() && c != '\\';
    !path.is_empty() && path.chars().all(is_plain) && parts.is_some_and(|parts| parts.join("/") == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_and_have_one_spelling() {
        for good in ["a", "pdf/Ñuñoa 2016.pdf", "a..b/...", ".platen"] {
            assert!(is_inside(good), "{good}");
        }
        for bad in ["", "/", "/a", "../a", "a/..", "a/../b", "./a", "a/./b", "a//b", "a/", "a\\b", "a\n", "a\0"] {
            assert!(!is_inside(bad), "{bad:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn files_are_listed_and_links_told() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("release");
        std::fs::create_dir_all(folder.join("pdf/empty")).unwrap();
        std::fs::write(folder.join("pdf/a.pdf"), "abc").unwrap();
        std::os::unix::fs::symlink("/etc", folder.join("pdf/etc")).unwrap();
        let listing = list(&folder).unwrap();
        assert_eq!(listing.files, BTreeMap::from([("pdf/a.pdf".to_owned(), 3)]));
        assert_eq!(
            listing.others,
            BTreeMap::from([("pdf/empty".to_owned(), "an empty folder"), ("pdf/etc".to_owned(), "a link")])
        );
        assert!(list(&root.path().join("none")).is_err());
    }
}
