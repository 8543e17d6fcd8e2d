//! What a run has to say beside its results: for who runs the program, and for no published file.

use crate::confidential::{Locations, Told};
use crate::diag::Findings;
use crate::release::untranslated_page;

/// What a run has to say beside its results.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    /// What the user should know.
    pub warnings: Findings,
    /// How the locations of each map lie.
    pub locations: Vec<Told>,
}

impl Remarks {
    /// Adds what a release has to say of its index page in this language.
    pub(super) fn of_page(mut self, language: &str) -> Self {
        self.warnings.extend(untranslated_page(language));
        self
    }

    /// Puts together what spec, boundaries, records and audit have to say.
    pub(super) fn new(spec: &Findings, boundaries: Findings, locations: Locations, audit: Findings) -> Self {
        let mut warnings: Findings = spec.iter().cloned().collect();
        warnings.extend(boundaries);
        warnings.extend(locations.warnings);
        warnings.extend(audit);
        Self { warnings, locations: locations.told }
    }
}
