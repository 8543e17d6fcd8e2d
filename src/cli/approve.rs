//! `platen approve`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};

use crate::diag::{Finding, Findings, Sources, code};
use crate::pipeline::{self, Approval};
use crate::release::{Approver, DecisionsFile};
use crate::review::Policy;

use super::bounded::{self, Reading};
use super::report;
use super::signing::Signing;

/// Arguments of `platen approve`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the release
    dir: PathBuf,
    /// Who approves; with decisions, whoever decided by default
    #[arg(long = "as", value_name = "NAME", value_parser = words, required_unless_present = "decisions")]
    name: Option<String>,
    /// In which role
    #[arg(long, value_parser = words)]
    role: String,
    /// What there is to say
    #[arg(long, value_name = "TEXT", value_parser = words, required_unless_present = "decisions")]
    note: Option<String>,
    /// Decisions that the page of `platen review --html` exported: every change of the reports must be accepted
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// The release that was compared with: the review is made again, and no change may be left out
    #[arg(long, value_name = "DIR", requires = "decisions")]
    against: Option<PathBuf>,
    /// The policy of that review
    #[arg(long, value_name = "FILE", requires = "against")]
    policy: Option<PathBuf>,
    /// Approve only the reports of these jurisdictions, by code
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    only: Vec<String>,
    #[command(flatten)]
    signing: Signing,
    /// When it was approved, as RFC 3339 has it; now by default
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<String>,
    /// Print findings as lines of JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, time: Duration) -> ExitCode {
    let bounded = arguments.against.as_deref().and_then(|old| {
        bounded::run(&Reading {
            old,
            new: &arguments.dir,
            draws: false,
            json: arguments.json,
            failed: report::USER,
            time,
        })
    });
    bounded.unwrap_or_else(|| within_bounds(arguments))
}

fn within_bounds(arguments: &Arguments) -> ExitCode {
    let mut sources = Sources::default();
    match approve(arguments, &mut sources) {
        Ok(words) => {
            report::note(&words);
            ExitCode::SUCCESS
        }
        Err(findings) => report::failed(&findings, &sources, arguments.json),
    }
}

fn approve(arguments: &Arguments, sources: &mut Sources) -> Result<String, Findings> {
    let policy = arguments.policy.as_ref().map(|path| Policy::read(path, sources)).transpose()?;
    let decisions = arguments.decisions.as_deref().map(DecisionsFile::read).transpose()?;
    let approver = approver(arguments, decisions.as_ref())?;
    let name = approver.name.clone();
    let wanted = Approval {
        folder: arguments.dir.clone(),
        only: arguments.only.clone(),
        decisions,
        against: arguments.against.clone(),
        policy: policy.unwrap_or_default(),
        signer: arguments.signing.signer()?,
        unsigned_approvals: arguments.signing.unsigned_approvals,
    };
    let reports = pipeline::approve(&wanted, approver)?;
    Ok(format!("{} approved by {name}", report::counted(reports, "report")))
}

/// Who approves: the one that is named, or whoever decided.
fn approver(arguments: &Arguments, file: Option<&DecisionsFile>) -> Result<Approver, Finding> {
    let reviewer = file.map(|file| file.decisions.reviewer.trim()).filter(|name| !name.is_empty());
    let Some(name) = arguments.name.as_deref().or(reviewer) else {
        let path = file.map_or(&arguments.dir, |file| &file.path);
        return Err(Finding::error(code::release::DECISIONS, "the decisions do not say who decided")
            .in_file(path.to_string_lossy())
            .help("name who approves by `--as`".to_owned()));
    };
    let note = || file.map(|file| format!("review {}", file.decisions.review));
    Ok(Approver {
        name: name.to_owned(),
        role: arguments.role.clone(),
        note: arguments.note.clone().or_else(note).unwrap_or_default(),
        at: arguments.at.clone().unwrap_or_else(now),
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_kept_in_utc() {
        assert_eq!(time("2017-03-08T14:30:00Z").unwrap(), "2017-03-08T14:30:00Z");
        assert_eq!(time("2017-03-08T23:30:00-05:00").unwrap(), "2017-03-09T04:30:00Z");
        for wrong in ["2017-03-08", "2017-03-08T14:30:00", "2017-02-30T14:30:00Z", "now"] {
            assert_eq!(time(wrong).unwrap_err(), "a time is written like 2017-03-08T14:30:00Z", "{wrong}");
        }
    }

    #[test]
    fn names_roles_and_notes_say_something() {
        assert_eq!(words("  A. Reader ").unwrap(), "A. Reader");
        assert_eq!(words(" \t").unwrap_err(), "it must not be empty");
    }
}
