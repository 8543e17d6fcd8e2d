//! `platen schema`.

use std::process::ExitCode;

use super::report;

pub(super) fn run() -> ExitCode {
    let text = serde_json::to_string_pretty(&crate::spec::schema()).unwrap_or_default();
    report::result(&format!("{text}\n"));
    ExitCode::SUCCESS
}
