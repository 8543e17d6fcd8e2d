//! Where the operator keeps what is confidential.

use std::path::PathBuf;

use crate::report_spec;

/// Options of every command that reads case data.
#[derive(clap::Args)]
pub(super) struct Places {
    /// The edition's key, in place of that which the spec names (`small_counts.key_file`)
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Folder of the case data, in place of the project
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Places {
    pub(super) fn get(&self) -> report_spec::Places {
        report_spec::Places { key_file: self.key_file.clone(), data: self.data.clone(), all_data: false }
    }
}
