//! The subcommand `national`: the records of a whole nation, jurisdiction by jurisdiction.
//!
//! Calls and cases of each jurisdiction are counted out; everything else is drawn by weight. One jurisdiction may have
//! records of its own that meet exact targets. Records are written as they are made, so that a load test of any size
//! needs no more memory than its largest jurisdiction.

mod cases;
mod codes;
mod locations;
mod plan;
mod signals;
mod targets;

use std::path::{Path, PathBuf};

use platen::boundaries::Geography;

use crate::connecticut::{self, Records};
use crate::diags::Error;
use crate::write::Writer;

use plan::Plan;
use targets::Targets;

/// What the subcommand is given.
#[derive(clap::Args)]
pub struct Arguments {
    /// Folder that receives the CSV files
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Targets to meet [default: targets.yaml in the folder of --out]
    #[arg(long, value_name = "FILE")]
    targets: Option<PathBuf>,
    /// Folder of the boundaries that locations lie in
    #[arg(long, value_name = "DIR", default_value = "geodata/2016")]
    boundaries: PathBuf,
    /// How many times as many records, for load tests; above 1 no jurisdiction has exact records
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    scale: u64,
}

/// Reads the targets, makes the records and writes them; returns the files in the order of writing.
///
/// # Errors
/// When the targets cannot be read or met, boundaries are missing, or a file cannot be written.
pub fn run(arguments: &Arguments) -> Result<Vec<PathBuf>, Error> {
    let beside = arguments.out.join("targets.yaml");
    let path = arguments.targets.as_deref().unwrap_or(&beside);
    let targets = targets::read(path)?;
    let exact = if arguments.scale == 1 { Some(exact(&targets, path)?) } else { None };
    let mut writer = Writer::create(&arguments.out, &targets.demographics())?;
    make(&targets, path, &arguments.boundaries, arguments.scale, exact.as_ref(), &mut writer)?;
    writer.finish()
}

/// Makes the records of the jurisdiction that has targets of its own.
fn exact(targets: &Targets, path: &Path) -> Result<Records, Error> {
    let own = path.parent().unwrap_or(Path::new(".")).join(&targets.exact.targets);
    connecticut::generate(&crate::targets::read(&own)?, &own)
}

/// Makes all records and hands them to the writer, one jurisdiction after the other.
fn make(
    targets: &Targets,
    path: &Path,
    boundaries: &Path,
    scale: u64,
    exact: Option<&Records>,
    writer: &mut Writer,
) -> Result<(), Error> {
    let fault = |problem: String| Error::targets(path, vec![problem]);
    let vintage = boundaries.file_name().and_then(|name| name.to_string_lossy().parse().ok()).unwrap_or_default();
    let shown = boundaries.display().to_string();
    let geography =
        Geography::open(boundaries.to_path_buf(), shown, vintage).map_err(|finding| fault(finding.message))?;
    let plan = Plan::new(targets, scale, exact).map_err(fault)?;
    let mut ids = plan::Ids::default();
    for (index, share) in plan.shares.iter().enumerate() {
        match exact.filter(|_| share.code == targets.exact.jurisdiction) {
            Some(records) => writer.write(&records.signals, &records.cases, &records.locations)?,
            None => {
                let seed = targets.seed.wrapping_add(1000 * index as u64);
                let signals = signals::generate(targets, &plan, share, seed, &mut ids);
                let cases = cases::generate(targets, share, seed, &mut ids);
                let locations = locations::generate(targets, &geography, share, &cases, seed).map_err(fault)?;
                writer.write(&signals, &cases, &locations)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
