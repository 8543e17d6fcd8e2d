//! A press profile, from its file.

use std::path::Path;

use crate::diag::{Findings, Sources};
use crate::press::raw::ProfileFile;
use crate::report_spec::YamlFile;

use super::Profile;
use super::resolve::Resolver;

/// Reads a press profile.
///
/// # Errors
/// Returns every fault of the profile at its place, and files that cannot be used.
pub fn load(path: &Path, sources: &mut Sources) -> Result<Profile, Findings> {
    let raw: YamlFile<ProfileFile> = YamlFile::read(path, "the press profile", sources)?;
    let mut resolver = Resolver { raw: &raw, findings: Findings::new() };
    let profile = resolver.profile();
    match profile {
        Some(profile) if !resolver.findings.has_errors() => Ok(profile),
        _ => Err(resolver.findings),
    }
}
