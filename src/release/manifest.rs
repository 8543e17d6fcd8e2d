//! What a release says of itself: its inputs, its reports, its files, each with its digest.

use std::collections::BTreeMap;

use std::fmt;
use std::io;

use schemars::JsonSchema;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::unit::Digest;

use super::names::{PDFS, TABLES, THUMBNAILS};
use super::value::Value;

/// Version of the manifest's form.
pub(super) const FORM: u32 = 1;

/// Most reports that a manifest can lack: a list of short codes takes ten times its text in memory.
const MOST_MISSING: usize = 100_000;

/// The manifest of a release, as it stands in `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this form.
    pub manifest: u32,
    /// Short name of the edition.
    pub edition: String,
    /// Title of the series of reports.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// First and last day that the reports cover.
    pub period: [String; 2],
    /// Day on which the figures were taken.
    pub data_date: String,
    /// Language tag of the reports.
    pub language: String,
    /// Notice on every page, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Number of the publication: 1 for the first, more for re-issues.
    pub revision: u32,
    /// Day of the re-issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision_date: Option<String>,
    /// The program that made the release.
    pub program: Program,
    /// Path of the report spec, from its project.
    pub spec: String,
    /// How many reports the spec has.
    pub expected: u32,
    /// Tells whether the release holds all of them.
    pub complete: bool,
    /// The slice of the edition that this is, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<Partition>,
    /// Jurisdictions whose reports could not be made.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "missing")]
    #[schemars(with = "Vec<String>")]
    pub missing: Vec<String>,
    /// The release that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<Predecessor>,
    /// Everything that the reports depend on.
    pub inputs: Vec<Input>,
    /// The reports, in the order of the spec.
    pub reports: Vec<ReportEntry>,
    /// Files of the release as a whole.
    pub files: Vec<File>,
    /// Files of the publications that this one corrects, below `revisions/`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<File>,
}

/// The program that made a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Digest of the source text that it was built from.
    pub source: String,
}

impl Program {
    /// Names the running program.
    pub fn running() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            source: env!("PLATEN_SOURCE").to_owned(),
        }
    }
}

/// One of several slices of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// Which slice, from 1.
    pub slice: u32,
    /// Of how many.
    pub of: u32,
}

impl Partition {
    /// Tells whether there is such a slice.
    pub fn is_valid(self) -> bool {
        self.slice >= 1 && self.slice <= self.of
    }

    /// Returns how many of so many reports the slice holds.
    pub fn share(self, reports: u32) -> usize {
        let (each, rest) = (reports / self.of, reports % self.of);
        each as usize + usize::from(self.slice <= rest)
    }

    /// Tells whether the report at this place belongs to the slice.
    pub fn holds(self, index: usize) -> bool {
        index % self.of as usize + 1 == self.slice as usize
    }
}

/// An earlier publication of the same edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Predecessor {
    /// Its number.
    pub revision: u32,
    /// Digest of its manifest.
    pub manifest: Digest,
}

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum InputKind {
    /// The report spec, or one that it extends.
    Spec,
    /// The small-count rules of the spec, resolved.
    Policy,
    /// A file of the layout.
    Layout,
    /// A font.
    Font,
    /// A boundary file.
    Boundaries,
    /// Published reference figures.
    Reference,
    /// Case data; its size is not told.
    Data,
}

/// Something that the reports depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// What it is.
    pub kind: InputKind,
    /// Its path from the project.
    pub path: String,
    /// Its digest: of specs, small-count rules and case data under the edition's key, and none without one.
    pub digest: Option<Digest>,
    /// The values of a spec, so that a review can name the lines that differ between two editions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Report")]
pub struct ReportEntry {
    /// Code of the jurisdiction.
    pub jurisdiction: String,
    /// Its name.
    pub name: String,
    /// Title of the report.
    pub title: String,
    /// Number of its pages.
    pub pages: u32,
    /// Its figures or words differ from those of the predecessor.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revised: bool,
    /// Digests of what the report is made from, by name: published content only.
    pub parts: BTreeMap<String, Digest>,
    /// Its files.
    pub files: Vec<File>,
}

impl ReportEntry {
    /// Returns the access copy.
    pub fn pdf(&self) -> Option<&File> {
        self.file(PDFS)
    }

    /// Returns the published tables.
    pub fn tables(&self) -> Option<&File> {
        self.file(TABLES)
    }

    /// Returns the picture of its first page.
    pub fn thumbnail(&self) -> Option<&File> {
        self.file(THUMBNAILS)
    }

    /// Returns the file whose path begins with this folder.
    fn file(&self, folder: &str) -> Option<&File> {
        self.files.iter().find(|file| file.is_in(folder))
    }
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path from the release's folder.
    pub path: String,
    /// SHA-256 of its content.
    pub digest: Digest,
    /// Its size in bytes.
    pub bytes: u64,
}

impl File {
    /// Tells whether it stands in a folder of the release.
    pub(super) fn is_in(&self, folder: &str) -> bool {
        self.path.split('/').next() == Some(folder)
    }
}

impl Manifest {
    /// Lists all files that the manifest vouches for.
    pub fn all_files(&self) -> impl Iterator<Item = &File> {
        self.reports.iter().flat_map(|report| &report.files).chain(&self.files).chain(&self.earlier)
    }

    /// Writes the manifest as it is published.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("a manifest holds only text, numbers and lists");
        text.push(b'\n');
        text
    }

    /// Tells whether this is how the manifest is published, without writing it: a text that does harm may be far smaller
    /// than its published form.
    pub(super) fn is_written_as(&self, text: &[u8]) -> bool {
        let mut rest = Rest(text);
        serde_json::to_writer_pretty(&mut rest, self).is_ok() && rest.0 == b"\n"
    }
}

/// The part of a text that is still to be compared with what is written.
struct Rest<'a>(&'a [u8]);

impl io::Write for Rest<'_> {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(written).ok_or(io::ErrorKind::InvalidData)?;
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads the codes of missing reports, and stops where there are more than any edition has.
fn missing<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Codes;
    impl<'de> Visitor<'de> for Codes {
        type Value = Vec<String>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "at most {MOST_MISSING} codes")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut codes = Vec::new();
            while let Some(code) = list.next_element()? {
                if codes.len() == MOST_MISSING {
                    return Err(A::Error::invalid_length(codes.len() + 1, &self));
                }
                codes.push(code);
            }
            Ok(codes)
        }
    }
    deserializer.deserialize_seq(Codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_slices_are_the_reports_that_they_hold() {
        for reports in 0..9 {
            for of in 1..6 {
                for slice in 1..=of {
                    let partition = Partition { slice, of };
                    let held = (0..reports as usize).filter(|index| partition.holds(*index)).count();
                    assert_eq!(partition.share(reports), held, "{reports} {partition:?}");
                }
            }
        }
        assert_eq!(Partition { slice: 1, of: u32::MAX }.share(u32::MAX), 1);
    }
}
