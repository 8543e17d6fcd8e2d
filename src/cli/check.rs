//! `platen check`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::Sources;
use crate::pipeline::Edition;

use super::report;

/// Arguments of `platen check`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    spec: PathBuf,
    /// Check only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    /// Print findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let edition = Edition::load(&arguments.spec, &arguments.only, &mut sources);
    let checked = edition.and_then(|edition| edition.documents().map(|documents| documents.len()));
    match checked {
        Ok(reports) => {
            report::note(&format!(
                "spec and data are sound; {reports} report{} can be built",
                if reports == 1 { "" } else { "s" }
            ));
            ExitCode::SUCCESS
        }
        Err(findings) => report::failed(&findings, &sources, arguments.json),
    }
}
