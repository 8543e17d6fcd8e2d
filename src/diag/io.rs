//! What the operating system refused, in words that do not differ between systems.

use std::io::{Error, ErrorKind};
use std::path::Path;

use super::{Code, Finding, code};

/// Words an I/O error in lower case and without its number.
pub fn describe_io_error(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "no such file or folder",
        ErrorKind::PermissionDenied => "permission denied",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "a file stands where a folder is needed",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        ErrorKind::InvalidData => "it is not UTF-8",
        _ => return other(&error.to_string()),
    };
    words.to_owned()
}

/// Says that what was published stands in its place, and that the system could not bring its names to the disk.
pub fn unsynced(place: &Path, error: &Error) -> Finding {
    let words = describe_io_error(error);
    let message =
        format!("it is published, but a loss of power may undo that: its names cannot be brought to the disk: {words}");
    let help = "look after the disk, and run the command again".to_owned();
    Finding::error(UNSYNCED, message).in_file(place.to_string_lossy()).help(help)
}

/// Code of a finding on what is published and may not last.
pub const UNSYNCED: Code = code::publish::NOT_ON_DISK;

fn other(text: &str) -> String {
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_capitals_of_the_system_are_left_out() {
        assert_eq!(describe_io_error(&Error::from(ErrorKind::NotFound)), "no such file or folder");
        assert_eq!(other("Too many open files (os error 24)"), "too many open files");
        assert_eq!(other(""), "");
    }
}
