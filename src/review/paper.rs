//! The review as a PDF, for those who sign on paper.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Findings;
use crate::typeset;
use crate::unit::Digest;

use super::change::{Change, Group, Kind};
use super::page::Shown;
use super::policy::Weight;

/// What the layout reads.
#[derive(Serialize)]
struct Data {
    title: String,
    description: String,
    names: [String; 2],
    review: String,
    old: Side,
    new: Side,
    summary: String,
    alarms: usize,
    alarm: String,
    kinds: Vec<(String, usize, usize, usize)>,
    causes: Vec<(usize, &'static str, String, usize)>,
    reports: Vec<Report>,
}

#[derive(Serialize)]
struct Side {
    which: &'static str,
    name: String,
    revision: String,
    manifest: String,
}

#[derive(Serialize)]
struct Report {
    name: String,
    words: String,
    changes: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    kind: String,
    alarm: bool,
    warning: bool,
    place: String,
    before: String,
    after: String,
    size: String,
    causes: String,
}

/// Typesets the changes.
///
/// # Errors
/// Returns faults of the built-in layout.
pub fn paper(shown: &Shown<'_>, summary: &str) -> Result<Vec<u8>, Findings> {
    let changes: Vec<&(&Change, Weight)> = shown.pairs.iter().flat_map(|pair| &pair.changes).collect();
    let title = shown.manifests.map_or_else(|| shown.names[1].clone(), |[_, (new, _)]| new.title.clone());
    let alarms = changes.iter().filter(|(change, _)| change.kind == Kind::NewlyShown).count();
    let side = |at: usize, which| {
        let manifest = shown.manifests.map(|manifests| manifests[at]);
        let revision = manifest.map(|(manifest, _)| format!("{}, {}", manifest.edition, manifest.revision));
        Side {
            which,
            name: shown.names[at].clone(),
            revision: revision.unwrap_or_default(),
            manifest: manifest.map(|(_, digest)| digest.to_string()).unwrap_or_default(),
        }
    };
    let causes = shown.causes.iter().enumerate().map(|(at, cause)| {
        let count = changes.iter().filter(|(change, _)| change.causes.contains(&at)).count();
        (at + 1, cause.input.words(), cause.place(), count)
    });
    let data = Data {
        title: format!("Review: {title}"),
        description: "Changes between two publications, for signature".into(),
        names: shown.names.clone(),
        review: shown.digest().to_string(),
        old: side(0, "Old"),
        new: side(1, "New"),
        summary: summary.to_owned(),
        alarms,
        alarm: if alarms == 1 {
            "1 figure is shown that was hidden.".to_owned()
        } else {
            format!("{alarms} figures are shown that were hidden.")
        },
        kinds: kinds(&changes),
        causes: causes.collect(),
        reports: shown.pairs.iter().map(report).collect(),
    };
    let data = serde_json::to_string(&data).expect("the data holds only text, numbers and lists");
    typeset::review_sheet(&data)
}

fn kinds(changes: &[&(&Change, Weight)]) -> Vec<(String, usize, usize, usize)> {
    let mut kinds: BTreeMap<Kind, [usize; 3]> = BTreeMap::new();
    for (change, weight) in changes {
        let counts = kinds.entry(change.kind).or_default();
        counts[0] += 1;
        counts[if *weight == Weight::Error { 1 } else { 2 }] += 1;
    }
    kinds.into_iter().map(|(kind, [all, errors, warnings])| (kind.words(), all, errors, warnings)).collect()
}

fn report(pair: &super::Pair<'_>) -> Report {
    let mut changes: Vec<&(&Change, Weight)> = pair.changes.iter().collect();
    changes.sort_by_key(|(change, _)| change.kind);
    let mut lines: Vec<Line> = changes
        .iter()
        .filter(|(change, _)| change.group.is_none())
        .map(|(change, weight)| line(change, *weight))
        .collect();
    for group in [Group::Rounding, Group::Renumbering] {
        let members: Vec<_> = changes.iter().filter(|(change, _)| change.group == Some(group)).collect();
        if let Some((_, weight)) = members.first() {
            lines.push(folded(group, members.len(), *weight));
        }
    }
    let words = "A file has no structure tree: words are compared in the order they are drawn.";
    Report {
        name: pair.name.to_owned(),
        words: if pair.is_tagged { String::new() } else { words.to_owned() },
        changes: lines,
    }
}

fn folded(group: Group, count: usize, weight: Weight) -> Line {
    Line {
        kind: group.title().to_owned(),
        alarm: false,
        warning: weight == Weight::Warning,
        place: format!("{count} {}", group.words()),
        before: String::new(),
        after: String::new(),
        size: String::new(),
        causes: String::new(),
    }
}

fn line(change: &Change, weight: Weight) -> Line {
    let absent = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let says_something = change.before.is_some() || change.after.is_some();
    let text = |text| if says_something { absent(text) } else { String::new() };
    let causes: Vec<String> = change.causes.iter().map(|at| (at + 1).to_string()).collect();
    Line {
        kind: change.kind.words(),
        alarm: matches!(change.kind, Kind::NewlyShown | Kind::Misprint),
        warning: weight == Weight::Warning,
        place: change.place.words(),
        before: text(&change.before),
        after: text(&change.after),
        size: change.size.map(|size| format!("({size:+})").replace('-', "−")).unwrap_or_default(),
        causes: causes.join(" "),
    }
}

impl Shown<'_> {
    /// Digest of what is decided on: the files compared, and the changes that are listed.
    pub(super) fn digest(&self) -> Digest {
        let mut parts: Vec<(&str, Vec<u8>)> = Vec::new();
        for pair in &self.pairs {
            for (_, bytes) in pair.files.iter().flatten() {
                parts.push(("file", Digest::of(bytes).bytes().to_vec()));
            }
            for (change, weight) in &pair.changes {
                let identity = super::identity(pair.jurisdiction.unwrap_or(pair.name), change);
                parts.push(("change", format!("{identity} {weight:?}").into_bytes()));
            }
        }
        Digest::of_parts(parts.iter().map(|(name, content)| (*name, content.as_slice())))
    }
}
