//! The subcommand `national`: a whole national year, row by row, so that any scale needs little memory.
//!
//! One jurisdiction keeps the records that are counted out to its published tables; all other records meet the number of calls and
//! cases of their jurisdiction exactly, and draw everything else from invented frequencies.

mod cases;
mod check;
mod counties;
mod deck;
mod files;
mod locations;
mod numbering;
#[cfg(test)]
mod recount;
mod shares;
mod signals;
mod targets;

use std::path::{Path, PathBuf};

use self::counties::Counties;
use self::targets::National;
use crate::connecticut::{self, Records};
use crate::diags::Error;
use crate::targets::Targets;

/// The largest scale whose ids keep to the digits of the targets, so that files stay sorted.
const MOST: u64 = 5_000;

/// What the subcommand is given.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder that receives the CSV files; made where there is none
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many times the records of the year are made; above 1, totals are no longer the published ones
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=MOST))]
    scale: u64,
    /// Targets to meet
    #[arg(long, value_name = "FILE", default_value = "data/national-2016/targets.yaml")]
    targets: PathBuf,
    /// Targets of the jurisdiction that is counted out
    #[arg(long, value_name = "FILE", default_value = "data/connecticut-2016/targets.yaml")]
    counted_out: PathBuf,
    /// Folder of the boundaries in which points are drawn
    #[arg(long, value_name = "DIR", default_value = "geodata/2016")]
    boundaries: PathBuf,
}

/// All that the rows are made from.
pub(crate) struct Plan<'t> {
    targets: &'t National,
    own_targets: &'t Targets,
    /// The records that are counted out.
    own: Records,
    counties: &'t Counties,
    scale: u64,
}

/// Reads targets and boundaries and writes the records; returns the files in the order of writing.
///
/// # Errors
/// When targets or boundaries cannot be read or contradict each other, or a file cannot be written.
pub(crate) fn run(arguments: &Arguments) -> Result<Vec<PathBuf>, Error> {
    let own_targets = crate::targets::read(&arguments.counted_out)?;
    let own = connecticut::generate(&own_targets, &arguments.counted_out)?;
    let targets = targets::read(&arguments.targets, &own_targets)?;
    let counties = counties(&targets, &arguments.boundaries)?;
    let plan = Plan { targets: &targets, own_targets: &own_targets, own, counties: &counties, scale: arguments.scale };
    files::write(&arguments.out, &plan)
}

/// Reads the counties of all jurisdictions whose cases are to be placed.
fn counties(targets: &National, folder: &Path) -> Result<Counties, Error> {
    let placed = targets.jurisdictions.iter();
    let placed =
        placed.filter(|place| place.cases > 0 && place.code != targets.counted_out && place.code != targets.unknown);
    Counties::read(folder, placed.map(|place| place.code.as_str()), &targets.locations.centres, targets.seed)
}
