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
    /// How it follows from other figures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derivation: Vec<String>,
    accepted: &'a str,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let edition = match Edition::load(&arguments.spec, &arguments.places.get(), &arguments.only, &mut sources) {
        Ok(edition) => edition,
        Err(findings) => return report::failed(&findings, &sources, arguments.json),
    };
    let mut count = 0;
    for disclosure in edition.audit.disclosures() {
        count += 1;
        let row = disclosure.row();
        let line = DisclosureLine {
            code: disclosure.kind.code().text(),
            jurisdiction: &disclosure.jurisdiction,
            figure: disclosure.name(),
            cell: &row,
            derivation: edition.audit.derivation(disclosure),
            accepted: edition.audit.reason(disclosure).unwrap_or_default(),
        };
        if arguments.json {
            report::line(&line);
        } else {
            report::result(&text(&line));
        }
    }
    for (table, row, reason) in edition.audit.overrides() {
        report::note(&format!("hidden by judgement: `{table}`, `{row}`: {reason}"));
    }
    report::note(&report::counted(count, "accepted disclosure"));
    ExitCode::SUCCESS
}

fn text(line: &DisclosureLine<'_>) -> String {
    let row = if line.cell.is_empty() { String::new() } else { format!(", `{}`", line.cell) };
    let steps: String = line.derivation.iter().map(|step| format!("  {step}\n")).collect();
    let DisclosureLine { code, jurisdiction, figure, accepted, .. } = line;
    format!("{code} {jurisdiction}: `{figure}`{row}\n{steps}  accepted: {accepted}\n")
}
