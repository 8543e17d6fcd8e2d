//! `platen explain`.

use std::process::ExitCode;

use crate::diag::{Code, nearest};

use super::report;

/// Arguments of `platen explain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Code of a finding, e.g. `spec::unknown-key`; all codes are listed when it is left out
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Some(code) = &arguments.code else {
        let lines: Vec<String> = Code::all().map(|code| format!("{code}\n")).collect();
        report::result(&lines.concat());
        return ExitCode::SUCCESS;
    };
    match Code::find(code) {
        Some(code) => {
            report::result(&format!("{code}\n\n{}\n\nExample: {}\n", code.explanation(), code.example()));
            ExitCode::SUCCESS
        }
        None => {
            let help = nearest(code, Code::all().map(Code::text))
                .map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
            report::note(&format!("error: no finding has the code `{code}`{help}"));
            ExitCode::from(report::USAGE)
        }
    }
}
