//! The three files, each written aside and renamed, so that nobody reads half of one.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::{Plan, cases, signals};
use crate::diags::Error;

/// A file being written aside.
struct Aside {
    path: PathBuf,
    aside: PathBuf,
    rows: csv::Writer<BufWriter<File>>,
}

impl Aside {
    fn create(folder: &Path, name: &str) -> Result<Self, Error> {
        let path = folder.join(name);
        let aside = path.with_extension("csv.new");
        let file = File::create(&aside).map_err(|cause| Error::Write(path.clone(), cause))?;
        Ok(Self { path, aside, rows: csv::Writer::from_writer(BufWriter::new(file)) })
    }

    fn finish(self) -> Result<PathBuf, Error> {
        let Self { path, aside, mut rows } = self;
        match rows.flush().and_then(|()| fs::rename(&aside, &path)) {
            Ok(()) => Ok(path),
            Err(cause) => Err(Error::Write(path, cause)),
        }
    }
}

/// Writes all files into `folder`, row by row, and makes the folder where there is none; returns their paths.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written.
pub(super) fn write(folder: &Path, plan: &Plan) -> Result<Vec<PathBuf>, Error> {
    let fault = |written: io::Result<()>, path: &Path| written.map_err(|cause| Error::Write(path.to_path_buf(), cause));
    fs::create_dir_all(folder).map_err(|cause| Error::Write(folder.to_path_buf(), cause))?;
    let mut of_signals = Aside::create(folder, "signals.csv")?;
    let mut of_cases = Aside::create(folder, "cases.csv")?;
    let mut of_locations = Aside::create(folder, "case_locations.csv")?;
    fault(signals::write(plan, &mut of_signals.rows), &of_signals.path)?;
    fault(cases::write(plan, &mut of_cases.rows, &mut of_locations.rows), &of_cases.path)?;
    [of_signals, of_cases, of_locations].into_iter().map(Aside::finish).collect()
}
