//! What the program is made of.

/// Name of the bill of materials in a release's folder.
pub(super) const SBOM: &str = "sbom.cdx.json";

/// The libraries that the program is made of on any platform: version, digest, licence, and which needs which (CycloneDX
/// 1.5, in JSON). It was written from the same `Cargo.lock` as the program; the same program gives the same bytes.
pub fn sbom() -> &'static str {
    include_str!("../../docs/sbom.cdx.json")
}
