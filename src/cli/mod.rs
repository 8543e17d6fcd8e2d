//! The command line: one file for each command.
//!
//! Results go to stdout, progress and findings to stderr. Exit codes: 0 done; 1 the user's spec or
//! data, or a review that found differences; 2 usage, or a review that could not compare; 70 a fault of the program.

mod approve;
mod attack;
mod audit;
mod bounded;
mod build;
mod check;
mod explain;
mod places;
mod preflight;
mod press;
mod progress;
mod release;
mod report;
mod review;
mod sbom;
mod schema;
mod signing;
mod verify;

use std::ffi::OsStr;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::diag::{Sources, tell_panics_by_place};
use crate::disk::interrupt;
use crate::typeset;

/// Publishing pipeline for official state reports.
#[derive(Parser)]
#[command(name = "platen", version, about, long_about = None, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the reports of an edition as PDFs
    Build(build::Arguments),
    /// Check a report spec and its data without rendering
    Check(check::Arguments),
    /// List what an edition discloses, and why that is accepted
    Audit(audit::Arguments),
    /// Tell what a reader can work out of hidden counts in a worked case (JSON)
    Attack(attack::Arguments),
    /// Release all reports of an edition together, in one step
    Release(release::Arguments),
    /// Verify a release: build it again and compare every byte
    Verify(verify::Arguments),
    /// Record that somebody approves a release as it stands
    Approve(approve::Arguments),
    /// Compare two reports or two releases: exactly which cells changed
    Review(review::Arguments),
    /// Make press pages and sheets of an edition for the printer
    Press(press::Arguments),
    /// Check any PDF for the press
    Preflight(preflight::Arguments),
    /// Print the JSON Schema of specs, press profiles, manifests, published tables, review policies or decisions
    Schema(schema::Arguments),
    /// Print the bill of materials of the program (CycloneDX)
    Sbom,
    /// Explain the code of a finding
    Explain(explain::Arguments),
}

impl Command {
    /// Tells whether a fault keeps something from being published.
    fn publishes(&self) -> bool {
        match self {
            Self::Build(arguments) => !arguments.text,
            Self::Release(_) | Self::Press(_) => true,
            _ => false,
        }
    }
}

/// Runs the program: reads the command line and the environment, prints results and findings, and returns the exit code.
pub fn run() -> ExitCode {
    tell_panics_by_place();
    interrupt::end_cleanly_on_signals(bounded::interrupted);
    let times = match Times::of_environment() {
        Ok(times) => times,
        Err(message) => {
            report::note(&message);
            return ExitCode::from(report::USAGE);
        }
    };
    let code = match Arguments::try_parse() {
        Ok(arguments) => {
            end_at_excess(&arguments.command, times.layout);
            std::panic::catch_unwind(|| command(arguments.command, times)).unwrap_or(ExitCode::from(report::INTERNAL))
        }
        Err(told) => {
            let text = told.render().to_string();
            match told.use_stderr() {
                true => report::note(&text),
                false => report::result(&text),
            }
            u8::try_from(told.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
    };
    interrupt::go_on();
    report::delivered(code)
}

/// Ends the process with a finding where a layout takes too much.
fn end_at_excess(command: &Command, time: Duration) {
    let tell = if command.publishes() { report::unpublished } else { report::failed };
    let json = std::env::args_os().any(|arg| arg == "--json");
    typeset::watch(time, move |excess| {
        interrupt::end(report::USER.into(), || _ = tell(&excess.into(), &Sources::default(), json));
    });
}

/// How long work may take, by the environment.
#[derive(Clone, Copy)]
struct Times {
    /// A layout, for a report.
    layout: Duration,
    /// A review of small files, on a processor.
    review: Duration,
}

impl Times {
    fn of_environment() -> Result<Self, String> {
        let time = |name, default| time(name, std::env::var_os(name).as_deref(), default);
        Ok(Self {
            layout: time("PLATEN_LAYOUT_SECONDS", typeset::TIME)?,
            review: time("PLATEN_REVIEW_SECONDS", bounded::TIME)?,
        })
    }
}

/// Reads the whole seconds that an environment variable holds.
fn time(name: &str, seconds: Option<&OsStr>, default: Duration) -> Result<Duration, String> {
    let Some(seconds) = seconds else { return Ok(default) };
    let seconds =
        seconds.to_str().and_then(|seconds| seconds.parse().ok()).filter(|seconds| (1..=86_400).contains(seconds));
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| format!("error: the environment variable `{name}` must hold whole seconds, from 1 to 86400"))
}

fn command(command: Command, times: Times) -> ExitCode {
    match command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Attack(arguments) => attack::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Approve(arguments) => approve::run(&arguments, times.review),
        Command::Review(arguments) => review::run(&arguments, times.review),
        Command::Press(arguments) => press::run(&arguments),
        Command::Preflight(arguments) => preflight::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Sbom => sbom::run(),
        Command::Explain(arguments) => explain::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parsed(line: &str) -> Command {
        Arguments::try_parse_from(line.split(' ')).unwrap().command
    }

    #[test]
    fn no_option_contradicts_another_or_names_one_that_is_not_there() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_fault_is_said_to_keep_from_being_published_what_would_have_been() {
        for line in ["platen build a.yaml", "platen release a.yaml --out b", "platen press a.yaml --profile b"] {
            assert!(parsed(line).publishes(), "{line}");
        }
        for line in ["platen build a.yaml --text", "platen check a.yaml", "platen audit a.yaml", "platen verify a"] {
            assert!(!parsed(line).publishes(), "{line}");
        }
    }

    #[test]
    fn a_time_is_whole_seconds_up_to_a_day() {
        let default = Duration::from_secs(7);
        let read = |seconds: &str| {
            time("PLATEN_REVIEW_SECONDS", Some(OsStr::new(seconds)), default).map(|time| time.as_secs())
        };
        assert_eq!(time("PLATEN_REVIEW_SECONDS", None, default), Ok(default));
        assert_eq!((read("1"), read("86400")), (Ok(1), Ok(86_400)));
        for wrong in ["", "0", "86401", "-1", "1.5", "2s"] {
            assert!(read(wrong).unwrap_err().contains("`PLATEN_REVIEW_SECONDS` must hold whole seconds"), "{wrong}");
        }
    }
}
