//! Stage `release`: all reports of an edition, published together.
//!
//! Takes finished reports; gives a folder with a [`Manifest`] of every input and output by digest, `SHA256SUMS`, the
//! published tables as a data package, and a ledger of approvals. A release takes its place in one step or not at all
//! ([`Target`]). Finished reports are kept by what they were made from ([`Store`]), so that a second run does nothing
//! twice. Only published content comes here: keys, digests and corrections tell no more than the reports do.

mod approval;
mod check;
mod corrections;
mod decisions;
mod endorsed;
mod folder;
pub mod html;
mod index;
mod manifest;
mod package;
mod past;
mod publication;
mod sbom;
mod signature;
mod store;
mod value;

use std::fmt::Write;

pub use approval::{Approval, LEDGER, Ledger, Reviewed, Signer as Approver};
pub use corrections::corrections;
pub use decisions::{DECISIONS_FORM, Decided, Decisions, decisions_schema};
pub use endorsed::Signing;
pub use folder::{Staging, Target};
pub use index::{INDEX, foreign};
pub use manifest::{FORM, File, Input, Kind, Manifest, Partition, Predecessor, Program, Report};
pub use package::same_sheets;
pub use past::{ExistingRelease, FOLDERS, MANIFEST, MOST_PUBLISHED, REVISIONS, impossible};
pub use publication::{Publication, publish_approvals};
pub use sbom::{SBOM, sbom};
pub use signature::{SIGNATURE, Signer};
pub use store::Store;
pub use value::Value;

use crate::unit::Digest;

/// Name of the list of digests in a release's folder.
pub const SUMS: &str = "SHA256SUMS";

/// Folder of the small pictures of first pages, in a release's folder.
pub const THUMBNAILS: &str = "thumbnails";

/// Writes the list of digests that `sha256sum -c` accepts: every file that the manifest vouches for, and those beside them.
fn sums(manifest: &Manifest, own: &[(&str, Digest)]) -> Vec<u8> {
    let mut lines = String::new();
    let files = manifest.all_files().map(|file| (file.path.as_str(), file.digest));
    for (path, digest) in files.chain(own.iter().copied()) {
        let _ = writeln!(lines, "{digest}  {path}");
    }
    lines.into_bytes()
}

/// Returns the JSON Schema of a manifest (draft 2020-12).
pub fn manifest_schema() -> serde_json::Value {
    schemars::schema_for!(Manifest).to_value()
}
