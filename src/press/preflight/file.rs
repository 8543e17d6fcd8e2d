//! A PDF on the disk, checked for the press.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::diag::{Finding, Findings, code, describe_io_error};
use crate::press::profile::Profile;

use super::preflight;
use super::wanted::Expected;

/// The largest PDF that is read, in bytes.
const LIMIT: u64 = 512 << 20;

/// Checks a PDF for the press.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn preflight_file(path: &Path, profile: Option<&Profile>) -> Result<Findings, Findings> {
    let name = path.to_string_lossy();
    let Some(bytes) = read(path).map_err(|error| unreadable(&name, &error))? else {
        let message = format!("the file has more than {LIMIT} bytes");
        return Err(Finding::error(code::preflight::TOO_LARGE, message).in_file(name.as_ref()).into());
    };
    Ok(preflight(&name, &bytes, profile.map(|profile| (profile, &Expected::Any))))
}

/// Reads a file; none, if it is too large.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::new();
    // A pipe has no size beforehand.
    if size <= LIMIT {
        file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    }
    Ok((size.max(bytes.len() as u64) <= LIMIT).then_some(bytes))
}

fn unreadable(name: &str, error: &io::Error) -> Finding {
    Finding::error(code::preflight::UNREADABLE, format!("cannot read the file: {}", describe_io_error(error)))
        .in_file(name.to_owned())
}
