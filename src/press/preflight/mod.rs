//! Preflight.

use crate::diag::Findings;

use super::profile::Profile;

/// What a file should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Single pages of the profile's size.
    Pages,
    /// Sheets of the profile's imposition of this name.
    Sheets(String),
    /// Either.
    Any,
}

/// X.
pub fn preflight(_file: &str, _pdf: &[u8], _profile: Option<(&Profile, &Expected)>) -> Findings {
    Findings::new()
}
