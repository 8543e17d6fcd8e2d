//! Names of the files and folders of a release.

/// The manifest.
pub const MANIFEST: &str = "manifest.json";

/// Its signature.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// The list of approvals.
pub const LEDGER: &str = "approvals.json";

/// The signature of the approvals.
pub const LEDGER_SIGNATURE: &str = "approvals.json.minisig";

/// The list of digests.
pub const SUMS: &str = "SHA256SUMS";

/// Folder of the earlier publications of an edition.
pub const REVISIONS: &str = "revisions";

/// Folder of the small pictures of first pages.
pub const THUMBNAILS: &str = "thumbnails";

/// Folders of the files of reports.
pub const FOLDERS: [&str; 4] = ["pdf", "tables", "maps", THUMBNAILS];

/// Files that stand beside those that a manifest names.
pub(super) const OWN: &[&str] = &[MANIFEST, SUMS, SIGNATURE, LEDGER, LEDGER_SIGNATURE];

/// Those of [`OWN`] that `SHA256SUMS` lists, in its order, where they are there.
pub(super) const SUMMED: &[&str] = &[MANIFEST, SIGNATURE, LEDGER, LEDGER_SIGNATURE];
