//! `platen audit`.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::diag::Sources;
use crate::pipeline::Edition;

use super::places::Places;
use super::report;

/// Arguments of `platen audit`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    spec: PathBuf,
    /// Audit only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    #[command(flatten)]
    places: Places,
    /// Print the audit as lines of JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct DisclosureLine<'a> {
    code: &'a str,
    jurisdiction: &'a str,
    figure: &'a str,
    cell: &'a str,
    accepted: &'a str,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let edition = match Edition::load(&arguments.spec, &arguments.places.get(), &arguments.only, &mut sources) {
        Ok(edition) => edition,
        Err(findings) => return report::failed(&findings, &sources, arguments.json),
    };
    let mut count = 0;
    for one in edition.audit.disclosures() {
        count += 1;
        let accepted = edition.audit.reason(one).unwrap_or_default();
        let line = DisclosureLine {
            code: one.kind.code().text(),
            jurisdiction: &one.jurisdiction,
            figure: one.name(),
            cell: one.cell(),
            accepted,
        };
        if arguments.json {
            report::line(&line);
        } else {
            let cell = if line.cell.is_empty() { String::new() } else { format!(", `{}`", line.cell) };
            report::result(&format!(
                "{} {}: `{}`{cell}\n  accepted: {accepted}\n",
                line.code, line.jurisdiction, line.figure
            ));
        }
    }
    for (table, row, reason) in edition.audit.overrides() {
        report::note(&format!("hidden by judgement: `{table}`, `{row}`: {reason}"));
    }
    report::note(&report::counted(count, "accepted disclosure"));
    ExitCode::SUCCESS
}
