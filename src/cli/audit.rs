//! `platen audit`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use disclosure_audit::{Checked, Proof};
use serde::Serialize;

use crate::confidential::Loss;
use crate::diag::{Finding, Sources, code, describe_io_error};
use crate::disk::{self, Readers};
use crate::pipeline::Edition;
use crate::release::publish_file;

use super::places::Places;
use super::report;

/// The largest proof that is read, in bytes.
const MOST_OF_A_PROOF: u64 = 1 << 30;

/// Arguments of `platen audit`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The report spec
    #[arg(required_unless_present = "check")]
    spec: Option<PathBuf>,
    /// Audit only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    #[command(flatten)]
    places: Places,
    /// Write the proof that no other count can be told: confidential, for its owner alone
    #[arg(long, value_name = "FILE", conflicts_with = "only")]
    proof: Option<PathBuf>,
    /// Check a proof, by adding up alone
    #[arg(long, value_name = "PROOF", conflicts_with_all = ["spec", "proof", "only"])]
    check: Option<PathBuf>,
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
    match (&arguments.check, &arguments.spec) {
        (Some(proof), _) => check(proof, arguments.json),
        (None, Some(spec)) => audit(spec, arguments),
        // The command line asks for one of the two.
        (None, None) => ExitCode::from(report::USAGE),
    }
}

fn audit(spec: &Path, arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    let edition = match Edition::load(spec, &arguments.places.get(), &arguments.only, &mut sources) {
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
    for loss in edition.audit.losses() {
        if arguments.json {
            report::line(loss);
        }
    }
    report_losses(edition.audit.losses());
    let written = arguments.proof.as_ref().map(|path| {
        let proof = edition.audit.proof(&edition.spec).unwrap_or_default();
        publish_file(Readers::Owner, path, proof)
    });
    match written {
        Some(Err(findings)) => report::failed(&findings, &sources, arguments.json),
        _ => ExitCode::SUCCESS,
    }
}

/// Says what is hidden beyond small counts: for who runs the program, as it tells of hidden counts.
fn report_losses(losses: &[Loss]) {
    let Some(first) = losses.first() else { return };
    let mut tables: BTreeMap<&str, (u64, u64, usize)> = BTreeMap::new();
    for loss in losses {
        let (rows, cases, reports) = tables.entry(&loss.table).or_insert((0, 0, 0));
        (*rows, *cases, *reports) = (*rows + loss.rows, *cases + loss.cases, *reports + 1);
    }
    for (table, (rows, cases, reports)) in &tables {
        let reports = report::counted(*reports, "report");
        report::note(&format!("hidden beyond small counts: `{table}`: {rows} rows of {cases} records in {reports}"));
    }
    let more = losses.iter().max_by_key(|loss| loss.cases).unwrap_or(first);
    let Loss { jurisdiction, table, rows, cases } = more;
    report::note(&format!("most of it: `{table}` of {jurisdiction}: {rows} rows of {cases} records"));
}

/// Checks a proof.
fn check(path: &Path, json: bool) -> ExitCode {
    let read = || -> Result<Checked, String> {
        let bytes = disk::read(path, MOST_OF_A_PROOF)
            .map_err(|error| format!("cannot read the proof: {}", describe_io_error(&error)))?;
        let proof: Proof = serde_json::from_slice(&bytes).map_err(|error| format!("this is no proof: {error}"))?;
        proof.check().map_err(|error| error.to_string())
    };
    match read() {
        Ok(Checked { cells, facts, worlds }) => {
            let line = serde_json::json!({ "event": "proved", "cells": cells, "facts": facts, "worlds": worlds });
            if json {
                report::line(&line);
            } else {
                report::result(&format!(
                    "{cells} hidden counts keep their promise: {worlds} worlds agree with {facts} facts\n"
                ));
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            let finding = Finding::error(code::disclosure::PROOF, message).in_file(path.to_string_lossy());
            report::failed(&finding.into(), &Sources::default(), json)
        }
    }
}

fn text(line: &DisclosureLine<'_>) -> String {
    let row = if line.cell.is_empty() { String::new() } else { format!(", `{}`", line.cell) };
    let steps: String = line.derivation.iter().map(|step| format!("  {step}\n")).collect();
    let DisclosureLine { code, jurisdiction, figure, accepted, .. } = line;
    format!("{code} {jurisdiction}: `{figure}`{row}\n{steps}  accepted: {accepted}\n")
}
