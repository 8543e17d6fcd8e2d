//! `platen explain`.

use std::process::ExitCode;

use crate::diag::{codes, nearest};

use super::report;

/// Arguments of `platen explain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Code of a finding, e.g. `spec::unknown-key`; all codes are listed when it is left out
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let Some(code) = &arguments.code else {
        let lines: Vec<String> = codes().map(|(code, _)| format!("{code}\n")).collect();
        report::result(&lines.concat());
        return ExitCode::SUCCESS;
    };
    match codes().find(|(known, _)| *known == code.as_str()) {
        Some((code, text)) => {
            report::result(&format!("{code}\n\n{text}\n"));
            ExitCode::SUCCESS
        }
        None => {
            let help = nearest(code, codes().map(|(known, _)| known))
                .map_or_else(String::new, |known| format!("; did you mean `{known}`?"));
            report::note(&format!("error: no finding has the code `{code}`{help}"));
            ExitCode::from(2)
        }
    }
}
