//! The font of a map, from its file.

use std::path::Path;

use crate::diag::{Finding, code, describe_io_error};

/// Reads the font of a map; findings name the file from the root of its project.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_font(path: &Path, root: &Path) -> Result<Vec<u8>, Finding> {
    std::fs::read(path).map_err(|error| {
        Finding::error(code::map::FONT, format!("cannot read the font: {}", describe_io_error(&error)))
            .in_file(path.strip_prefix(root).unwrap_or(path).to_string_lossy())
    })
}
