//! `platen check`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::Sources;
use crate::pipeline::Edition;

use super::places::Places;
use super::report;

/// Arguments of `platen check`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    spec: PathBuf,
    /// Check only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    /// Release that a revision corrects; without a revision, one that no figure may cross the threshold against
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    #[command(flatten)]
    places: Places,
    /// Print findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let loaded = Edition::load(&arguments.spec, &arguments.places.get(), &arguments.only, &mut sources);
    if let Ok(edition) = &loaded {
        report::remarks(&edition.remarks_of_release(), &sources, arguments.json);
    }
    let checked = loaded.and_then(|edition| {
        // Without the publication that it corrects, all but the corrections can be checked.
        let is_whole = edition.spec.revision.is_none() || arguments.previous.is_some();
        let edition = if is_whole { edition.corrects(arguments.previous.as_deref())? } else { edition };
        Ok((edition.check()?, is_whole))
    });
    match checked {
        Ok((reports, is_whole)) => {
            let reports = report::counted(reports, "report");
            let corrections = if is_whole { "" } else { "; corrections are checked with `--previous`" };
            report::note(&format!("spec and data are sound; {reports} can be built{corrections}"));
            ExitCode::SUCCESS
        }
        Err(findings) => report::failed(&findings, &sources, arguments.json),
    }
}
