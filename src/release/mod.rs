//! Stage `release`: all reports of an edition, published together.
//!
//! Takes finished reports; gives a folder with a [`Manifest`] of every input and output by digest, `SHA256SUMS`, the
//! published tables as a data package, and a ledger of approvals. A release takes its place in one step or not at all
//! ([`Target`]). Finished reports are kept by what they were made from ([`Store`]), so that a second run does nothing
//! twice. Only published content comes here: keys, digests and corrections tell no more than the reports do.

mod approval;
mod approve;
mod check;
mod corrections;
mod crossed;
mod decisions;
mod differences;
mod draft;
mod drafts;
mod endorsed;
mod folder;
mod index;
mod inputs;
mod manifest;
mod merge;
mod names;
mod options;
mod outputs;
mod outside;
mod package;
mod parts;
mod past;
mod plan;
mod policy;
mod publication;
mod revise;
mod sbom;
mod signature;
mod store;
mod sums;
mod value;
mod verify;

pub use approval::{Approval, Approver, Ledger, Reviewed};
pub use approve::{Approvable, undecided_reports};
pub use decisions::{Change as DecidedChange, DECISIONS_FORM, Decided, Decisions, DecisionsFile, decisions_schema};
pub use differences::differences;
pub use draft::{Draft, published_tables};
pub use drafts::Drafts;
pub use endorsed::Signing;
pub use folder::{Staging, Target};
pub use index::untranslated_page;
pub use inputs::read_outlines;
pub use manifest::{File, Input, InputKind, Manifest, Partition, Predecessor, Program, ReportEntry};
pub use merge::merge;
pub use names::{MANIFEST, MAPS, PDFS, SIGNATURE, TABLES, THUMBNAILS};
pub use options::ReleaseOptions;
pub use outputs::{Outputs, THUMBNAIL_WIDTH};
pub use outside::{must_be_outside_releases, publish_file, publish_files};
pub use package::must_have_sheets;
pub use parts::{Parts, Shared};
pub use past::{ExistingRelease, no_predecessor};
pub use plan::{Front, Plan, must_not_shrink};
pub use publication::{Publication, publish_approvals};
pub use sbom::sbom;
pub use signature::Signer;
pub use store::Store;
pub use value::Value;
pub use verify::{Checked, Verification, Verified, changed_inputs, no_spec, spec_of};

/// Returns the JSON Schema of a manifest (draft 2020-12).
pub fn manifest_schema() -> serde_json::Value {
    schemars::schema_for!(Manifest).to_value()
}
