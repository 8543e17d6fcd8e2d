//! What a reviewer is shown, on the page and on paper.

use std::path::Path;

use serde::Serialize;

use crate::diag::Finding;
use crate::release::Manifest;
use crate::report_spec::TiSlice;
use crate::unit::{ContentKey, Digest};

use super::cause::{Cause, CauseId};
use super::change::Change;
use super::grouped::{ChangeGroup, grouped};
use super::identity::identity;
use super::kind::alarms;
use super::policy::{Policy, Weight};
use super::run::{Review, Reviewed, bytes};

/// Says how reports are compared of which one is not tagged; an article stands before it.
pub const UNTAGGED: &str = "file has no structure tree: words are compared in the order they are drawn";

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
    pub causes: &'a TiSlice<CauseId, Cause>,
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
            manifests: review
                .releases
                .as_ref()
                .map(|releases| releases.each_ref().map(|release| (&release.manifest, release.digest))),
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

impl Pair<'_> {
    /// Identifies a change of the report.
    pub(super) fn identity(&self, change: &Change) -> String {
        identity(self.jurisdiction.unwrap_or(self.name), change)
    }
}

impl Shown<'_> {
    /// The title of the series with its years and edition, or the name of the new file.
    pub(super) fn title(&self) -> String {
        let Some([_, (new, _)]) = self.manifests else { return self.names[1].clone() };
        let [first, last] = new.period.each_ref().map(|day| day.split('-').next().unwrap_or_default());
        let years = if first == last { first.to_owned() } else { format!("{first}–{last}") };
        format!("{}, {years} ({})", new.title, new.edition)
    }

    /// Says how many alarms there are of each kind.
    pub(super) fn alarms(&self) -> Vec<String> {
        alarms(self.pairs.iter().flat_map(|pair| &pair.changes).map(|(change, _)| change.kind))
    }

    /// The changes, grouped by cause and form.
    pub(super) fn groups(&self) -> Vec<ChangeGroup<'_>> {
        grouped(self.pairs.iter().map(|pair| (pair.name, pair.changes.clone())))
    }

    /// Digest of what is decided on: the files compared, and the changes that are listed.
    pub(super) fn digest(&self) -> Digest {
        // How many pairs are the same, and what the changes follow from, nobody decides on; the weights say what the policy does.
        let Self { names: _, manifests: _, causes: _, compared: _, policy: _, pairs } = self;
        ReviewKey { reports: pairs.iter().map(Pair::key).collect() }.digest()
    }
}

/// What is decided on.
#[derive(Serialize)]
struct ReviewKey {
    reports: Vec<ReportKey>,
}

impl ContentKey for ReviewKey {
    const FORM: &'static str = "platen review 1";
}

/// A report that is decided on: the digests of its files, and its changes with their weights.
#[derive(Serialize)]
struct ReportKey {
    files: [Option<Digest>; 2],
    changes: Vec<(String, Weight)>,
}

impl Pair<'_> {
    fn key(&self) -> ReportKey {
        // Its names are part of what identifies a change, and the rest is read from the files.
        let Self { name: _, jurisdiction: _, files, changes, is_tagged: _ } = self;
        ReportKey {
            files: files.each_ref().map(|file| file.as_ref().map(|(_, bytes)| Digest::of(bytes))),
            changes: changes.iter().map(|(change, weight)| (self.identity(change), *weight)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::Place;
    use super::super::kind::Kind;
    use super::super::spot::Spot;
    use super::*;

    fn change() -> Change {
        let place = Place { row: Some("Tip".into()), new: Some(Spot { page: 1, area: [72.0; 4] }), ..Place::default() };
        Change::new(Kind::Count, place, Some("4".into()), Some("5".into()))
    }

    #[test]
    fn a_change_is_known_by_what_it_says_and_where_and_by_nothing_else() {
        let id = identity("CT", &change());
        assert_eq!((id.len(), &id), (16, &identity("CT", &change())));
        let same = Change { size: Some(1.0), places: 2, causes: vec![CauseId::from(3)], ..change() };
        assert_eq!(id, identity("CT", &same));
        let moved = Place { new: None, ..change().place };
        let others = [
            Change { kind: Kind::Percent, ..change() },
            Change { place: moved, ..change() },
            Change { place: Place { column: Some("#".into()), ..change().place }, ..change() },
            Change { before: None, ..change() },
            Change { after: Some("6".into()), ..change() },
        ];
        let mut ids: Vec<String> = others.iter().map(|other| identity("CT", other)).collect();
        ids.extend([id, identity("RI", &change())]);
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
