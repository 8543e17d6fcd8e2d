//! `platen schema`.

use std::process::ExitCode;

use serde::Serialize;
use serde_json::ser::PrettyFormatter;

use crate::{figures, press, release, report_spec, review};

use super::report;

/// Arguments of `platen schema`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Of which file
    #[arg(value_enum, default_value = "spec")]
    of: Of,
}

/// The files that have a schema.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Of {
    /// Report specs
    Spec,
    /// Press profiles
    Press,
    /// Manifests of releases
    Manifest,
    /// Published tables
    Table,
    /// Review policies
    Review,
    /// Decisions on a review
    Decisions,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let schema = match arguments.of {
        Of::Spec => report_spec::schema(),
        Of::Press => press::schema(),
        Of::Manifest => release::manifest_schema(),
        Of::Table => figures::schema(),
        Of::Review => review::schema(),
        Of::Decisions => release::decisions_schema(),
    };
    let mut text = Vec::new();
    // One blank a level: these files are read by programs, and now and then by people.
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, PrettyFormatter::with_indent(b" "));
    let written = schema.serialize(&mut serializer).is_ok();
    report::result(&format!("{}\n", String::from_utf8_lossy(&text)));
    if written { ExitCode::SUCCESS } else { ExitCode::from(report::INTERNAL) }
}
