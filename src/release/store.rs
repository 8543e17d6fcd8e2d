//! Finished reports, kept by what they were made from.
//!
//! Keys are digests of published content, values are published files: a cache holds nothing confidential, and may be
//! deleted at any time. A damaged entry is no entry. Under an edition's secret an entry of somebody who lacks it is none
//! either; without a secret whoever can write into a cache decides what is published from it.

use std::path::{Path, PathBuf};

use crate::diag::{Finding, code, describe_io_error};
use crate::disk;
use crate::unit::Digest;

use super::manifest::{File, ReportEntry};
use super::past::MOST_BYTES;

/// A cache of finished reports.
pub struct Store {
    folder: PathBuf,
    secret: Option<Digest>,
}

/// Folder of files that are being written.
const NEW: &str = "new";

/// Tells backup programs to leave the folder out (<https://bford.info/cachedir/>).
const TAG: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Finished reports of platen; may be deleted at any time.\n";

impl Store {
    /// Opens a cache, and makes the folder where there is none.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be made.
    pub fn open(folder: &Path, secret: Option<&Digest>) -> Result<Self, Finding> {
        let secret = secret.map(|secret| Digest::keyed(secret.bytes(), b"finished reports"));
        let store = Self { folder: folder.to_path_buf(), secret };
        for part in ["reports", "objects", NEW] {
            let part = folder.join(part);
            disk::make_folders(&part).map_err(|error| unwritable(&part, &error))?;
        }
        let new = folder.join(NEW);
        disk::sweep(&new).map_err(|error| unwritable(&new, &error))?;
        let tag = folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            store.write(&tag, TAG.as_bytes())?;
        }
        Ok(store)
    }

    /// Tells whether a report seems to be kept under a key; whether it is unharmed [`find`](Self::find) tells.
    pub fn has(&self, key: Digest) -> bool {
        self.entry(key).is_file()
    }

    /// Finds a report by its key, with the contents of its files in their order, where all are kept unharmed.
    ///
    /// What it gives is what was kept under this key by somebody who knows the edition's secret, where it has one.
    pub fn find(&self, key: Digest) -> Option<(ReportEntry, Vec<Vec<u8>>)> {
        let entry = String::from_utf8(disk::read(&self.entry(key), MOST_BYTES).ok()?).ok()?;
        let (seal, text) = entry.split_once('\n')?;
        if seal.parse() != Ok(self.seal(key, text)) {
            return None;
        }
        let report: ReportEntry = serde_json::from_str(text).ok()?;
        let content = |file: &File| {
            let content = disk::read(&self.object(file.digest), file.bytes.min(MOST_BYTES)).ok()?;
            (Digest::of(&content) == file.digest && content.len() as u64 == file.bytes).then_some(content)
        };
        let contents = report.files.iter().map(content).collect::<Option<_>>()?;
        Some((report, contents))
    }

    /// Keeps a report with the contents of its files, in their order.
    ///
    /// # Errors
    /// Says what cannot be written.
    pub fn keep(&self, key: Digest, report: &ReportEntry, contents: &[Vec<u8>]) -> Result<(), Finding> {
        for (file, content) in report.files.iter().zip(contents) {
            self.write(&self.object(file.digest), content)?;
        }
        // Last, so that an entry never names a file that is not there yet.
        let text = serde_json::to_string(report).expect("a report holds only text, numbers and lists");
        self.write(&self.entry(key), format!("{}\n{text}", self.seal(key, &text)).as_bytes())
    }

    /// What an entry begins with: it tells that the report was kept under this key, and with a secret by whom.
    fn seal(&self, key: Digest, text: &str) -> Digest {
        let parts = Digest::of_parts([("key", key.bytes().as_slice()), ("report", text.as_bytes())]);
        self.secret.map_or(parts, |secret| Digest::keyed(secret.bytes(), parts.bytes()))
    }

    /// Returns where the content of this digest is kept.
    fn object(&self, digest: Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join("objects").join(&name[..2]).join(name)
    }

    fn entry(&self, key: Digest) -> PathBuf {
        self.folder.join("reports").join(key.to_string())
    }

    fn write(&self, path: &Path, content: &[u8]) -> Result<(), Finding> {
        disk::replace(&self.folder.join(NEW), path, content).map_err(|error| unwritable(path, &error))
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Finding {
    Finding::error(code::release::CACHE, format!("cannot write to the cache: {}", describe_io_error(error)))
        .in_file(path.to_string_lossy())
        .help("choose another folder with `--cache`, or do without with `--no-cache`".to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;

    use super::*;

    fn report(content: &[u8]) -> ReportEntry {
        let file = File { path: "pdf/A.pdf".into(), digest: Digest::of(content), bytes: content.len() as u64 };
        ReportEntry {
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
        let store = Store::open(folder.path(), None).unwrap();
        let (key, report) = (Digest::of(b"key"), report(b"pages"));
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        assert_eq!(store.find(key), Some((report.clone(), vec![b"pages".to_vec()])));
        assert_eq!(store.find(Digest::of(b"other")), None);
        assert_eq!(fs::read(store.object(report.files[0].digest)).unwrap(), b"pages");
    }

    fn damage(path: &Path, content: &[u8]) {
        fs::remove_file(path).unwrap();
        fs::write(path, content).unwrap();
    }

    #[test]
    fn an_entry_holds_for_its_key_and_secret_only() {
        let folder = tempfile::tempdir().unwrap();
        let open = |secret: Option<&[u8]>| Store::open(folder.path(), secret.map(Digest::of).as_ref()).unwrap();
        let (one, other, none) = (open(Some(b"one")), open(Some(b"other")), open(None));
        let (key, second) = (Digest::of(b"key"), Digest::of(b"second"));
        one.keep(key, &report(b"pages"), &[b"pages".to_vec()]).unwrap();
        assert!(one.find(key).is_some());
        assert_eq!(other.find(key), None);
        assert_eq!(none.find(key), None);
        fs::copy(one.entry(key), one.entry(second)).unwrap();
        assert_eq!(one.find(second), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_no_file_of_a_cache() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), None).unwrap();
        let (key, report) = (Digest::of(b"key"), report(b"pages"));
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        let (object, moved) = (store.object(report.files[0].digest), folder.path().join("moved"));
        fs::rename(&object, &moved).unwrap();
        std::os::unix::fs::symlink(&moved, &object).unwrap();
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        assert!(store.find(key).is_some() && !object.is_symlink());
    }

    #[test]
    fn what_is_damaged_or_gone_is_not_found() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), None).unwrap();
        let (key, report) = (Digest::of(b"key"), report(b"pages"));
        let object = store.object(report.files[0].digest);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        damage(&object, b"pagez");
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        let entry = fs::read_to_string(store.entry(key)).unwrap();
        damage(&store.entry(key), entry.replace("\"pages\":4", "\"pages\":5").as_bytes());
        assert_eq!(store.find(key), None);
        store.keep(key, &report, &[b"pages".to_vec()]).unwrap();
        fs::remove_file(object).unwrap();
        assert_eq!(store.find(key), None);
    }
}
