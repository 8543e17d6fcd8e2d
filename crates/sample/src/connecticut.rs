//! The subcommand `connecticut`: the records of one state, from its targets to its files.

use std::path::{Path, PathBuf};

use crate::cases::{self, Case};
use crate::diags::Error;
use crate::locations::{self, Location};
use crate::signals::{self, Signal};
use crate::targets::{self, Targets};
use crate::write;

/// What the subcommand is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder that receives the CSV files
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Targets to meet [default: targets.yaml in the folder of --out]
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
}

/// The records of one data set, each list sorted by id.
pub(crate) struct Records {
    /// The rows of `signals.csv`.
    pub signals: Vec<Signal>,
    /// The rows of `cases.csv`.
    pub cases: Vec<Case>,
    /// The rows of `case_locations.csv`.
    pub locations: Vec<Location>,
}

/// Reads the targets, makes the records and writes them; returns the files in the order of writing.
///
/// # Errors
/// When the targets cannot be read or disagree with each other, or a file cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<PathBuf>, Error> {
    let beside = arguments.out.join("targets.yaml");
    let path = arguments.targets.as_deref().unwrap_or(&beside);
    let targets = targets::read(path)?;
    let records = generate(&targets, path)?;
    write::all(&arguments.out, &targets, &records)
}

/// Makes the records that meet the targets, which were read from `path`.
///
/// # Errors
/// When no second county is left for a case in two counties.
pub(crate) fn generate(targets: &Targets, path: &Path) -> Result<Records, Error> {
    let signals = signals::generate(targets);
    let cases = cases::generate(targets);
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    let locations = locations::generate(targets, &ids).map_err(|problem| Error::targets(path, vec![problem]))?;
    Ok(Records { signals, cases, locations })
}
