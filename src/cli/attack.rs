//! `platen attack`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use disclosure_audit::{Answer, Case, CaseFile, Settings};
use serde::Serialize;

use crate::diag::{Finding, Sources, code, describe_io_error};
use crate::disk;

use super::report;

/// The largest file of cases, in bytes.
const MOST: u64 = 64 << 20;

/// Arguments of `platen attack`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A worked case as JSON: cells, sums and further facts, or several of them under `cases`
    case: PathBuf,
    /// Print each answer as a line of JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct AnswerLine<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    #[serde(flatten)]
    answer: Answer,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let refuse = |message: String| {
        let finding = Finding::error(code::disclosure::CASE, message).in_file(arguments.case.to_string_lossy());
        report::failed(&finding.into(), &Sources::default(), arguments.json)
    };
    let cases = match read(&arguments.case) {
        Ok(cases) => cases,
        Err(message) => return refuse(message),
    };
    for case in &cases {
        let answer = match case.answer(&Settings::default()) {
            Ok(answer) => answer,
            Err(error) if case.id.is_empty() => return refuse(error.to_string()),
            Err(error) => return refuse(format!("`{}`: {error}", case.id)),
        };
        if arguments.json {
            report::line(&AnswerLine { id: &case.id, answer });
        } else {
            report::result(&text(&case.id, &answer));
        }
    }
    ExitCode::SUCCESS
}

/// Reads one case, or several.
fn read(path: &Path) -> Result<Vec<Case>, String> {
    let bytes =
        disk::read(path, MOST).map_err(|error| format!("cannot read the case: {}", describe_io_error(&error)))?;
    let several = serde_json::from_slice::<serde_json::Value>(&bytes).is_ok_and(|value| value.get("cases").is_some());
    let cases = match several {
        true => serde_json::from_slice(&bytes).map(|file: CaseFile| file.cases),
        false => serde_json::from_slice(&bytes).map(|case: Case| vec![case]),
    };
    cases.map_err(|error| format!("this is no worked case: {error}"))
}

fn text(id: &str, answer: &Answer) -> String {
    let mut text = if id.is_empty() { String::new() } else { format!("{id}\n") };
    for (name, cell) in &answer.intervals {
        let end = |end: Option<i64>| end.map_or("…".to_owned(), |end| end.to_string());
        let [lower, upper] = cell.int.map(end);
        let small: Vec<String> = cell.small.iter().map(i64::to_string).collect();
        let verdict = cell.verdict.map(|verdict| format!(", {verdict:?}").to_lowercase()).unwrap_or_default();
        text += &format!("  {name}: {lower} to {upper}, small counts left: {}{verdict}\n", small.join(" "));
    }
    let safe = |is_safe: bool| if is_safe { "yes" } else { "no" };
    text + &format!("  no count exact: {}; full range: {}\n", safe(answer.safe_exact), safe(answer.safe_full))
}
