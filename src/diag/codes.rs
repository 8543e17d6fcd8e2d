//! Every code that a finding may have, with what it means and what to do.

/// Codes in the order of the stages.
pub const CODES: &[(&str, &str)] = &[];
