//! What a file is checked against.

use crate::press::profile::{Limits, Profile};
use crate::press::sheets::Placed;
use crate::unit::Pt;

/// What a file should be.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// Single pages of the profile's size.
    Pages,
    /// Sheets of one of the profile's impositions.
    Sheets {
        /// The name of the imposition.
        plan: String,
        /// Where the finished pages stand on each side, as far as that is known.
        placed: Vec<Vec<Placed>>,
    },
    /// Either.
    Any,
}

/// Limits that hold where no profile is given.
pub(super) const USUAL: Limits =
    Limits { ink: 300.0, small_type: Pt(14.0), rich_black: 60.0, hairline: Pt(0.25), image_ppi: 300 };

/// What the checks of one file go by.
pub(super) struct Wanted<'a> {
    pub profile: Option<&'a Profile>,
    pub expected: &'a Expected,
    pub limits: Limits,
}
