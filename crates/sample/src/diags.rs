//! What can go wrong: each error names the file and the cause.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use platen::boundaries::BoundaryError;

/// An error of the generator.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file could not be read.
    Read(PathBuf, io::Error),
    /// The targets are not YAML of the expected shape.
    Decode(PathBuf, serde_yaml::Error),
    /// The targets contradict each other.
    Targets(PathBuf, Vec<String>),
    /// A file holds no boundaries.
    Boundaries(PathBuf, BoundaryError),
    /// A file could not be written.
    Write(PathBuf, io::Error),
}

impl Error {
    /// Reports contradictions of the targets read from `path`.
    pub(crate) fn targets(path: &Path, problems: Vec<String>) -> Self {
        Self::Targets(path.to_path_buf(), problems)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, cause) => write!(f, "cannot read {}: {cause}", path.display()),
            Self::Decode(path, cause) => write!(f, "cannot decode {}: {cause}", path.display()),
            Self::Boundaries(path, cause) => write!(f, "cannot use {}: {cause}", path.display()),
            Self::Write(path, cause) => write!(f, "cannot write {}: {cause}", path.display()),
            Self::Targets(path, problems) => {
                write!(f, "the targets in {} cannot be met", path.display())?;
                problems.iter().try_for_each(|problem| write!(f, "\n  - {problem}"))
            }
        }
    }
}

impl std::error::Error for Error {}
