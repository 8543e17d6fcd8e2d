//! Names of the files and folders of a release.

/// The manifest.
pub const MANIFEST: &str = "manifest.json";

/// Its signature.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// The list of approvals.
pub(super) const LEDGER: &str = "approvals.json";

/// The signature of the approvals.
pub(super) const LEDGER_SIGNATURE: &str = "approvals.json.minisig";

/// The list of digests.
pub(super) const SUMS: &str = "SHA256SUMS";

/// Folder of the earlier publications of an edition.
pub(super) const REVISIONS: &str = "revisions";

/// Folder of the access copies.
pub const PDFS: &str = "pdf";

/// Folder of the published tables.
pub const TABLES: &str = "tables";

/// Folder of the pictures of maps.
pub const MAPS: &str = "maps";

/// Folder of the small pictures of first pages.
pub const THUMBNAILS: &str = "thumbnails";

/// Folders of the files of reports.
pub(super) const FOLDERS: [&str; 4] = [PDFS, TABLES, MAPS, THUMBNAILS];

/// Tells whether a file stands where those of reports do: in one of their folders, and no deeper.
pub(super) fn is_of_report(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, name)| FOLDERS.contains(&folder) && !name.contains('/'))
}

/// Files that stand beside those that a manifest names.
pub(super) const OWN: &[&str] = &[MANIFEST, SUMS, SIGNATURE, LEDGER, LEDGER_SIGNATURE];

/// Those of [`OWN`] that `SHA256SUMS` lists, in its order, where they are there.
pub(super) const SUMMED: &[&str] = &[MANIFEST, SIGNATURE, LEDGER, LEDGER_SIGNATURE];
