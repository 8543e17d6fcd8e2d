//! `platen preflight`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::Sources;
use crate::press;

use super::report;

/// Arguments of `platen preflight`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The PDF
    file: PathBuf,
    /// Press profile to check against; without one, usual limits hold and no size is expected
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Print findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let profile = arguments.profile.as_ref().map(|path| press::load(path, &mut sources)).transpose();
    let found = profile.and_then(|profile| press::preflight_file(&arguments.file, profile.as_ref()));
    match found {
        Ok(found) if found.has_errors() => report::refused(&found, &sources, arguments.json),
        Ok(found) => {
            report::warned(&found, &sources, arguments.json);
            report::note("ready for the press");
            ExitCode::SUCCESS
        }
        Err(findings) => report::failed(&findings, &sources, arguments.json),
    }
}
