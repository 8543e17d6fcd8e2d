//! What the operating system refused, in words that do not differ between systems.

use std::io::{Error, ErrorKind};

/// Words an I/O error in lower case and without its number.
pub fn io_words(error: &Error) -> String {
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
        assert_eq!(io_words(&Error::from(ErrorKind::NotFound)), "no such file or folder");
        assert_eq!(other("Too many open files (os error 24)"), "too many open files");
        assert_eq!(other(""), "");
    }
}
