//! What a reviewer is shown, on the page and on paper.

use std::path::Path;

use crate::diag::Finding;
use crate::release::Manifest;
use crate::unit::Digest;

use super::cause::Cause;
use super::change::Change;
use super::content::Spot;
use super::policy::{Policy, Weight};
use super::run::{Review, Reviewed, bytes};

/// A pair of reports to be shown.
pub struct Pair<'a> {
    /// Its name.
    pub name: &'a str,
    /// Code of the jurisdiction.
    pub jurisdiction: Option<&'a str>,
    /// The files, where they exist: name and content.
    pub files: [Option<(String, Vec<u8>)>; 2],
    /// The changes that are listed, with their weights.
    pub changes: Vec<(&'a Change, Weight)>,
    /// Both have a structure tree.
    pub is_tagged: bool,
}

/// What the page shows.
pub struct Shown<'a> {
    /// What was compared, in words: the old and the new.
    pub names: [String; 2],
    /// Their manifests with their digests, where releases were compared.
    pub manifests: Option<[(&'a Manifest, Digest); 2]>,
    /// Inputs that differ.
    pub causes: &'a [Cause],
    /// How many pairs were compared.
    pub compared: usize,
    /// Digest of the policy by which changes were weighed.
    pub policy: Option<Digest>,
    /// Pairs with changes.
    pub pairs: Vec<Pair<'a>>,
}

impl<'a> Shown<'a> {
    /// Takes from a review what a policy lists; `names` are those of what was compared. Records of case data are on the page only.
    ///
    /// # Errors
    /// Says which file cannot be read any more.
    pub fn of(review: &'a Review, policy: &Policy, names: [String; 2]) -> Result<Self, Finding> {
        let is_listed =
            |reviewed: &&Reviewed| reviewed.changes.iter().any(|change| policy.weight(change) > Weight::Ignore);
        let pairs = review.reports.iter().filter(is_listed).map(|reviewed| Pair::of(reviewed, policy));
        Ok(Self {
            names,
            manifests: review.sides.as_ref().map(|sides| sides.each_ref().map(|side| (&side.manifest, side.digest))),
            causes: &review.causes,
            compared: review.compared,
            policy: policy.digest(),
            pairs: pairs.collect::<Result<_, Finding>>()?,
        })
    }
}

impl<'a> Pair<'a> {
    fn of(reviewed: &'a Reviewed, policy: &Policy) -> Result<Self, Finding> {
        let [old, new] = reviewed.files.each_ref().map(|path| path.as_deref().map(content).transpose());
        let weighed = reviewed.changes.iter().map(|change| (change, policy.weight(change)));
        Ok(Self {
            name: &reviewed.name,
            jurisdiction: reviewed.jurisdiction.as_deref(),
            files: [old?, new?],
            changes: weighed.filter(|(_, weight)| *weight > Weight::Ignore).collect(),
            is_tagged: reviewed.is_tagged,
        })
    }
}

fn content(path: &Path) -> Result<(String, Vec<u8>), Finding> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, bytes(path)?))
}

/// Identifies a change of a report by what it says and where; the same in every review of the same files.
pub fn identity(report: &str, change: &Change) -> String {
    const BYTES: usize = 8;
    let place = &change.place;
    let word = |text: &Option<String>| text.clone().unwrap_or_default();
    let spot = |spot: Option<Spot>| spot.map(|spot| format!("{} {:?}", spot.page, spot.area)).unwrap_or_default();
    let parts = [
        report.to_owned(),
        change.kind.name(),
        word(&place.heading),
        word(&place.table),
        word(&place.row),
        word(&place.column),
        spot(place.old),
        spot(place.new),
        format!("{:?}", (&change.before, &change.after)),
    ];
    Digest::of_parts(parts.iter().map(|part| ("part", part.as_bytes()))).short(BYTES)
}

impl Pair<'_> {
    /// Identifies a change of the report.
    pub(super) fn identity(&self, change: &Change) -> String {
        identity(self.jurisdiction.unwrap_or(self.name), change)
    }
}

impl Shown<'_> {
    /// The title of the series, or the name of the new file.
    pub(super) fn title(&self) -> String {
        self.manifests.map_or_else(|| self.names[1].clone(), |[_, (new, _)]| new.title.clone())
    }

    /// Digest of what is decided on: the files compared, and the changes that are listed.
    pub(super) fn digest(&self) -> Digest {
        let mut parts: Vec<(&str, Vec<u8>)> = Vec::new();
        for pair in &self.pairs {
            for (_, bytes) in pair.files.iter().flatten() {
                parts.push(("file", Digest::of(bytes).bytes().to_vec()));
            }
            for (change, weight) in &pair.changes {
                parts.push(("change", format!("{} {weight:?}", pair.identity(change)).into_bytes()));
            }
        }
        Digest::of_parts(parts.iter().map(|(name, content)| (*name, content.as_slice())))
    }
}
