//! Reports of one edition stand in one folder: no two may have one file name.

use std::collections::BTreeSet;

use crate::diag::{Finding, code};
use crate::report_spec::Spec;
use crate::unit::nfc;

/// The names of files that are taken.
#[derive(Default)]
pub struct FileNames(BTreeSet<String>);

impl FileNames {
    /// Takes a name.
    ///
    /// # Errors
    /// Returns an error if another report has it.
    pub fn take(&mut self, name: &str, spec: &Spec) -> Result<(), Finding> {
        // Capitals, and forms of one letter, make no difference to some file systems.
        if self.0.insert(nfc(&name.to_lowercase()).into_owned()) {
            return Ok(());
        }
        let message = format!("two reports would be called `{name}`");
        Err(Finding::error(code::spec::OUTPUT, message).at(spec.output.place.clone()))
    }
}
