//! The key of hidden rows and digests: read from a file, and never told.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::diag::describe_io_error;

/// Fewest bytes of a key.
const LEAST: usize = 16;

/// Most bytes that are read of one.
const MOST: u64 = 64 << 10;

/// Bits of entropy that a key should have at least, by the frequencies of its bytes.
const BITS: f64 = 48.0;

/// Reads a key.
///
/// # Errors
/// Returns an error if the file cannot be read, is no file, or is too short or too long.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("the key file cannot be read: {}", describe_io_error(&error));
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err("the key file is no regular file".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    match bytes.len() {
        length if length < LEAST => Err(format!("the key file holds fewer than {LEAST} bytes")),
        length if length as u64 > MOST => Err(format!("the key file holds more than {MOST} bytes")),
        _ => Ok(bytes),
    }
}

/// Says why others could know a key.
pub(super) fn weaknesses(path: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        if path.metadata().is_ok_and(|file| file.permissions().mode() & 0o077 != 0) {
            found.push("the key file can be read by others than its owner".to_owned());
        }
    }
    if entropy(bytes) < BITS {
        found.push("the key can be guessed: it repeats few bytes".to_owned());
    }
    found
}

/// Bits of a text whose bytes are drawn at random with the frequencies that they have in it (Shannon 1948).
fn entropy(bytes: &[u8]) -> f64 {
    let mut counts: BTreeMap<u8, f64> = BTreeMap::new();
    for byte in bytes {
        *counts.entry(*byte).or_default() += 1.0;
    }
    let length = bytes.len() as f64;
    counts.values().map(|count| -count * libm::log2(count / length)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_can_be_guessed() {
        assert!(entropy(&[0; 4096]) < BITS);
        assert!(entropy(b"aaaaaaaaaaaaaaab") < BITS);
        assert!(entropy(b"0123456789abcdef") > BITS);
    }
}
