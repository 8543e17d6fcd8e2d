//! `platen press`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::Sources;
use crate::pipeline::Edition;
use crate::press::{self, PrintJob};

use super::places::Places;
use super::report;

/// Arguments of `platen press`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    spec: PathBuf,
    /// The press profile
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Press only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    /// Folder to publish into
    #[arg(long, value_name = "DIR", default_value = "out")]
    out: PathBuf,
    /// Number or name of the job in the slug line; the edition by default
    #[arg(long, value_name = "TEXT")]
    job: Option<String>,
    /// Revision in the slug line; that of the spec by default
    #[arg(long, value_name = "TEXT")]
    revision: Option<String>,
    /// Release that a revision corrects; without a revision, one that no figure may cross the threshold against
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    #[command(flatten)]
    places: Places,
    /// Print results and findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let made = press::load(&arguments.profile, &mut sources).and_then(|profile| {
        let edition = Edition::load(&arguments.spec, &arguments.places.get(), &arguments.only, &mut sources)?;
        report::remarks(&edition.remarks, &sources, arguments.json);
        let edition = edition.corrects(arguments.previous.as_deref())?;
        let number = edition.spec.revision.as_ref().map_or(1, |revision| revision.number);
        let revision = arguments.revision.clone().unwrap_or_else(|| number.to_string());
        let name = arguments.job.clone().unwrap_or_else(|| edition.spec.edition.clone());
        edition.press(&profile, &PrintJob { name, revision }, &arguments.out)
    });
    match made {
        Ok(made) => {
            report::warned(&made.warnings, &sources, arguments.json);
            for file in made.written {
                match arguments.json {
                    true => report::line(&file),
                    false => report::path(&file.path),
                }
            }
            ExitCode::SUCCESS
        }
        Err(findings) => report::unpublished(&findings, &sources, arguments.json),
    }
}
