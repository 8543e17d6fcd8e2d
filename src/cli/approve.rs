//! `platen approve`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::diag::Sources;
use crate::pipeline;
use crate::release::Approver;

use super::report;

/// Arguments of `platen approve`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the release
    dir: PathBuf,
    /// Who approves
    #[arg(long = "as", value_name = "NAME", value_parser = words)]
    name: String,
    /// In which role
    #[arg(long, value_parser = words)]
    role: String,
    /// What there is to say
    #[arg(long, value_name = "TEXT", value_parser = words)]
    note: String,
    /// Approve only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    /// When it was approved, as RFC 3339 has it; now by default
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<String>,
    /// Print findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let approver = Approver {
        name: arguments.name.clone(),
        role: arguments.role.clone(),
        note: arguments.note.clone(),
        at: arguments.at.clone().unwrap_or_else(now),
    };
    match pipeline::approve(&arguments.dir, &arguments.only, approver) {
        Ok(reports) => {
            report::note(&format!("{} approved by {}", report::counted(reports, "report"), arguments.name));
            ExitCode::SUCCESS
        }
        Err(findings) => report::failed(&findings, &Sources::default(), arguments.json),
    }
}

fn now() -> String {
    #[expect(clippy::disallowed_methods, reason = "an approval is an act of a day, and no part of a report")]
    let now = SystemTime::now();
    DateTime::<Utc>::from(now).to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn time(text: &str) -> Result<String, String> {
    let time =
        DateTime::parse_from_rfc3339(text).map_err(|_| "a time is written like 2017-03-08T14:30:00Z".to_owned())?;
    Ok(time.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it must not be empty".to_owned()),
        text => Ok(text.to_owned()),
    }
}
