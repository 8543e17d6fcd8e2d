//! Finished reports, kept by what they were made from.
//!
//! Keys are digests of published content, values are published files: a cache holds nothing confidential, and may be
//! deleted at any time. A damaged entry is no entry.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::diag::{Finding, io_words};
use crate::unit::Digest;

use super::manifest::Report;

/// A cache of finished reports.
pub struct Store {
    folder: PathBuf,
}

/// Tells backup programs to leave the folder out (<https://bford.info/cachedir/>).
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Finished reports of platen; may be deleted at any time.\n";

impl Store {
    /// Opens a cache, and makes the folder where there is none.
    ///
    /// # Errors
    /// Says that the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, Finding> {
        let store = Self { folder: folder.to_path_buf() };
        for part in ["reports", "objects"] {
            let part = folder.join(part);
            fs::create_dir_all(&part).map_err(|error| unwritable(&part, &error))?;
        }
        let tag = folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            fs::write(&tag, TAG).map_err(|error| unwritable(&tag, &error))?;
        }
        Ok(store)
    }

    /// Tells whether a report seems to be kept under a key; whether it is unharmed [`find`](Self::find) tells.
    pub fn has(&self, key: Digest) -> bool {
        self.entry(key).is_file()
    }

    /// Finds a report by its key, where all its files are kept unharmed.
    pub fn find(&self, key: Digest) -> Option<Report> {
        let entry = fs::read_to_string(self.entry(key)).ok()?;
        let (digest, text) = entry.split_once('\n')?;
        if digest.parse() != Ok(Digest::of(text.as_bytes())) {
            return None;
        }
        let report: Report = serde_json::from_str(text).ok()?;
        let sound = |digest: Digest| fs::read(self.object(digest)).is_ok_and(|content| Digest::of(&content) == digest);
        report.files.iter().all(|file| sound(file.digest)).then_some(report)
    }

    /// Keeps a report with the contents of its files, in their order.
    ///
    /// # Errors
    /// Says what cannot be written.
    pub fn keep(&self, key: Digest, report: &Report, contents: &[Vec<u8>]) -> Result<(), Finding> {
        for (file, content) in report.files.iter().zip(contents) {
            self.write(&self.object(file.digest), content)?;
        }
        // Last, so that an entry never names a file that is not there yet.
        let text = serde_json::to_string(report).expect("a report holds only text, numbers and lists");
        self.write(&self.entry(key), format!("{}\n{text}", Digest::of(text.as_bytes())).as_bytes())
    }

    /// Returns where the content of this digest is kept.
    pub fn object(&self, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join("objects").join(&name[..2]).join(name)
    }

    fn entry(&self, key: Digest) -> PathBuf {
        self.folder.join("reports").join(key.to_string())
    }

    fn write(&self, path: &Path, content: &[u8]) -> Result<(), Finding> {
        let folder = path.parent().unwrap_or(&self.folder);
        let written = fs::create_dir_all(folder).and_then(|()| {
            let mut builder = tempfile::Builder::new();
            #[cfg(unix)]
            {
                // The same bytes become part of a publication, which is for everyone.
                use std::os::unix::fs::PermissionsExt;
                builder.permissions(fs::Permissions::from_mode(0o644));
            }
            let mut file: NamedTempFile = builder.prefix(".new-").tempfile_in(folder)?;
            file.write_all(content)?;
            file.persist(path).map(|_| ()).map_err(|error| error.error)
        });
        written.map_err(|error| unwritable(path, &error))
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Finding {
    Finding::error("release::cache", format!("cannot write to the cache: {}", io_words(error)))
        .in_file(path.to_string_lossy())
        .help("choose another folder with `--cache`, or do without with `--no-cache`".to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::manifest::File;
    use super::*;

    fn report(content: &[u8]) -> Report {
        let file = File { path: "pdf/A.pdf".into(), digest: Digest::of(content), bytes: content.len() as u64 };
        Report {
            jurisdiction: "A".into(),
            name: "Aland".into(),
            title: "Report".into(),
            pages: 4,
            revised: false,
            parts: BTreeMap::new(),
            files: vec![file],
        }
    }

    #[test]
    fn a_kept_report_is_found_again_and_only_by_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let (key, report) = (Digest::of(b"key"), report(b"pages"));
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        assert_eq!(store.find(key), Some(report.clone()));
        assert_eq!(store.find(Digest::of(b"other")), None);
        assert_eq!(fs::read(store.object(report.files[0].digest)).unwrap(), b"pages");
    }

    #[test]
    fn what_is_damaged_or_gone_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let (key, report) = (Digest::of(b"key"), report(b"pages"));
        let object = store.object(report.files[0].digest);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        fs::write(&object, b"pagez").unwrap();
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        let entry = fs::read_to_string(store.entry(key)).unwrap();
        fs::write(store.entry(key), entry.replace("\"pages\":4", "\"pages\":5")).unwrap();
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        fs::remove_file(object).unwrap();
        assert_eq!(store.find(key), None);
    }
}
