//! The list of digests that `sha256sum -c` accepts.

use std::fmt::Write;

use crate::unit::Digest;

use super::manifest::Manifest;

/// Writes the list of digests: every file that the manifest vouches for, and those beside them.
pub(super) fn sums(manifest: &Manifest, own: &[(&str, Digest)]) -> Vec<u8> {
    let mut lines = String::new();
    let files = manifest.all_files().map(|file| (file.path.as_str(), file.digest));
    for (path, digest) in files.chain(own.iter().copied()) {
        let _ = writeln!(lines, "{digest}  {path}");
    }
    lines.into_bytes()
}
