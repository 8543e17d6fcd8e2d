//! A publishing pipeline for official state reports.
//!
//! A report spec in YAML and case-level records go in; accessible, reproducible PDFs that protect small
//! counts come out. The stages, in the order in which data pass through them:
//!
//! 1. [`report_spec`]: the report spec, fully resolved and checked;
//! 2. [`boundaries`]: the counties of one vintage;
//! 3. [`figures`]: published figures, as they are written, read and compared;
//! 4. [`confidential`]: files of case data become batches of numbered values, these become counts in one pass, and counts
//!    become figures that may be published, with an audit; records and counts can be named in there only;
//! 5. [`map`]: counties by class become a picture;
//! 6. [`compose`]: figures become a document, all that the pages say;
//! 7. [`typeset`]: a document becomes a PDF;
//! 8. [`press`]: typeset pages become press sheets, and any PDF is checked for the press;
//! 9. [`release`]: all reports of an edition are published together, with a manifest;
//! 10. [`review`]: two reports or two releases, and exactly what changed.
//!
//! Counting, protecting and composing a report takes a few lines; what is wrong with spec or data comes back as
//! [`Findings`](diag::Findings), all of it at once:
//!
//! ```
//! use std::path::Path;
//!
//! use platen::compose;
//! use platen::diag::{Findings, Sources};
//! use platen::pipeline::Edition;
//! use platen::report_spec::Places;
//!
//! # fn main() -> Result<(), Findings> {
//! let spec = Path::new("config/nhth-2016.yaml");
//! let edition = Edition::load(spec, &Places::default(), &[], &mut Sources::default())?;
//!
//! // The substantive calls from Connecticut, which the spec publishes whatever their number.
//! let place = edition.spec.populations.position(|population| population.name == "calls").expect("the spec counts calls");
//! assert_eq!(edition.published[0].figures()[place].shown(), Some(199));
//!
//! let document = edition.compose(&edition.published[0])?;
//! assert!(compose::to_text(&document).contains("Number of Substantive Calls Received from Connecticut: **199**"));
//!
//! // `edition.build(folder)` typesets all reports and writes their PDFs, tables and maps.
//! # Ok(())
//! # }
//! ```
//!
//! Around them stand [`diag`] (findings), [`mod@unit`] (quantities), [`disk`] (files), `web` (pages for a browser), [`pipeline`] (calls the stages in
//! order) and `cli` (one file for each command). A stage imports only what stands before it. What
//! leaves [`confidential`] is protected: an unprotected count cannot reach a page, a map, a file or a log.

pub mod boundaries;
mod cli;
pub mod compose;
pub mod confidential;
pub mod diag;
pub mod disk;
pub mod figures;
pub mod map;
pub mod pipeline;
pub mod press;
pub mod release;
pub mod report_spec;
pub mod review;
pub mod typeset;
pub mod unit;
mod web;

pub use cli::run;
pub use typeset::memory_is_refused;
