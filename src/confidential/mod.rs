//! The wall around confidential data: records and counts can be named in here, and nowhere else.
//!
//! Three stages stand behind it: `data` reads records, `tabulate` counts them, `disclose` protects the counts. What leaves are
//! [`Published`] figures, the [`Audit`] of what they disclose, what there is to tell of [`Locations`], and [`Counts`] that nobody
//! out here can look into. The modules are private, so that the compiler holds this:
//!
//! ```compile_fail,E0603
//! use platen::confidential::tabulate::Counts;
//! ```
//!
//! Two doors lead inside, each for a reason: [`trace`] names the records behind a changed figure to a reviewer who has the case
//! data at hand, and `inside` lets benchmarks, fuzz targets and tests reach one stage alone.

mod data;
mod disclose;
mod tabulate;

pub use data::{DataFile, files};
pub use disclose::{
    Audit, Crossing, Disclosure, Loss, Published, RowLabel, SafeCell, SafeFigure, SafeMap, SafeRank, SafeRow,
    SafeTable, Seen, crossings,
};
pub use tabulate::{Locations, Told};

use crate::boundaries::Geography;
use crate::diag::Findings;
use crate::report_spec::Spec;

/// The counts of all figures of an edition; only [`disclose`](Self::disclose) makes something of them that may be told.
pub struct Counts(tabulate::Counts);

impl Counts {
    /// Reads all sources once and counts every figure of every jurisdiction.
    ///
    /// What there is to tell of locations is for who runs the program, and for no published file.
    ///
    /// # Errors
    /// Returns every violation of the data contract, and the locations that the spec refuses.
    pub fn of(spec: &Spec, geography: Option<&Geography>) -> Result<(Self, Locations), Findings> {
        tabulate::tabulate(spec, geography).map(|(counts, locations)| (Self(counts), locations))
    }

    /// Protects the figures of every report; gives them with what they disclose, and warnings.
    ///
    /// # Errors
    /// Returns the disclosures that the spec does not accept.
    pub fn disclose(&self, spec: &Spec) -> Result<(Vec<Published>, Audit, Findings), Findings> {
        disclose::disclose(spec, &self.0)
    }
}

/// The records behind figures, for a reviewer who has the case data of both editions: confidential.
pub mod trace {
    pub use super::data::RecordId;
    pub use super::tabulate::{Members, Trace};
}

/// Stages by themselves, for benchmarks, fuzz targets and tests.
#[doc(hidden)]
pub mod inside {
    pub use super::data::{csv, read, read_reference};
    pub use super::disclose::disclose;
    pub use super::tabulate::tabulate;
}
