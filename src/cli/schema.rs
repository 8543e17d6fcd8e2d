//! `platen schema`.

use std::process::ExitCode;

use crate::{press, release, review, spec};

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
    /// Review policies
    Review,
    /// Decisions on a review
    Decisions,
}

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let schema = match arguments.of {
        Of::Spec => spec::schema(),
        Of::Press => press::schema(),
        Of::Manifest => release::manifest_schema(),
        Of::Review => review::schema(),
        Of::Decisions => release::decisions_schema(),
    };
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    report::result(&format!("{text}\n"));
    ExitCode::SUCCESS
}
