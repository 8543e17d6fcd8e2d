//! The targets: what the records must add up to.
//!
//! [`read`] decodes a targets file and refuses it, with every reason at once, when its figures contradict each other. The modules
//! behind it then meet the figures by construction and never fail on a sum.

mod check;
mod model;

use std::fs;
use std::path::Path;

use crate::diags::Error;
pub(crate) use model::*;

/// Reads a targets file and checks it.
///
/// # Errors
/// When the file cannot be read or decoded, or its figures contradict each other.
pub(crate) fn read(path: &Path) -> Result<Targets, Error> {
    let text = fs::read_to_string(path).map_err(|cause| Error::Read(path.to_path_buf(), cause))?;
    parse(path, &text)
}

/// Decodes and checks the text of a targets file; `path` is for messages only.
///
/// # Errors
/// When the text cannot be decoded or its figures contradict each other.
pub(crate) fn parse(path: &Path, text: &str) -> Result<Targets, Error> {
    let targets: Targets = serde_yaml::from_str(text).map_err(|cause| Error::Decode(path.to_path_buf(), cause))?;
    let problems = check::problems(&targets);
    if problems.is_empty() { Ok(targets) } else { Err(Error::targets(path, problems)) }
}
