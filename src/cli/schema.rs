//! `platen schema`.

use std::process::ExitCode;

use super::report;

/// Arguments of `platen schema`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Print the schema of press profiles instead of that of report specs
    #[arg(long)]
    press: bool,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let schema = if arguments.press { crate::press::schema() } else { crate::spec::schema() };
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    report::result(&format!("{text}\n"));
    ExitCode::SUCCESS
}
