//! The review as a PDF, for those who sign on paper.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use crate::diag::Findings;
use crate::report_spec::TiSlice;
use crate::typeset;

use super::cause::{Cause, CauseId, numbers};
use super::change::{Change, Group, Place};
use super::kind::{Kind, newly_shown};
use super::policy::Weight;
use super::shown::{Pair, Shown, UNTAGGED};
use super::side::Side;

/// What the layout reads.
#[derive(Serialize)]
struct Data {
    title: String,
    description: String,
    names: [String; 2],
    review: String,
    old: Publication,
    new: Publication,
    summary: String,
    alarms: usize,
    alarm: String,
    kinds: Vec<(String, usize, usize, usize)>,
    causes: Vec<(usize, &'static str, String, usize)>,
    /// What several reports have alike, told once.
    alike: Vec<ChangeLine>,
    reports: Vec<ReportSection>,
}

/// One of the two that are compared.
#[derive(Serialize)]
struct Publication {
    which: &'static str,
    name: String,
    revision: String,
    manifest: String,
}

#[derive(Serialize)]
struct ReportSection {
    name: String,
    words: String,
    changes: Vec<ChangeLine>,
}

#[derive(Serialize)]
struct ChangeLine {
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
    let alarms = changes.iter().filter(|(change, _)| change.kind == Kind::NewlyShown).count();
    let alike = alike(shown);
    let reports = shown.pairs.iter().map(|pair| report(pair, &alike));
    let data = Data {
        title: format!("Review: {}", shown.title()),
        description: "Changes between two publications, for signature".into(),
        names: shown.names.clone(),
        review: shown.digest().to_string(),
        old: publication(shown, Side::Old),
        new: publication(shown, Side::New),
        summary: summary.to_owned(),
        alarms,
        alarm: format!("{}.", newly_shown(alarms)),
        kinds: kinds(&changes),
        causes: causes(shown.causes, &changes),
        alike: alike.iter().filter(|(_, pairs)| pairs.len() >= MANY).map(|(_, pairs)| together(pairs)).collect(),
        reports: reports.filter(|report| !report.changes.is_empty()).collect(),
    };
    let data = serde_json::to_string(&data).expect("the data holds only text, numbers and lists");
    typeset::review_sheet(&data)
}

fn publication(shown: &Shown<'_>, side: Side) -> Publication {
    let manifest = shown.manifests.as_ref().map(|manifests| *side.of(manifests));
    let revision = manifest.map(|(manifest, _)| format!("{}, {}", manifest.edition, manifest.revision));
    Publication {
        which: match side {
            Side::Old => "Old",
            Side::New => "New",
        },
        name: side.of(&shown.names).clone(),
        revision: revision.unwrap_or_default(),
        manifest: manifest.map(|(_, digest)| digest.to_string()).unwrap_or_default(),
    }
}

/// Lists the causes by number, kind and place, each with the number of changes that can follow from it.
fn causes(
    causes: &TiSlice<CauseId, Cause>,
    changes: &[&(&Change, Weight)],
) -> Vec<(usize, &'static str, String, usize)> {
    let causes = causes.iter_enumerated().map(|(id, cause)| {
        let count = changes.iter().filter(|(change, _)| change.causes.contains(&id)).count();
        (id.number(), cause.input.words(), cause.place(), count)
    });
    causes.collect()
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

/// In so many reports a change is told once for all of them.
const MANY: usize = 3;
/// Of more reports than this the number is told, and not the names.
const MOST_NAMES: usize = 8;

/// What a change says, wherever it stands.
type Saying<'a> = (Kind, [Option<&'a str>; 5]);
/// The changes that say the same, with the names of their reports.
type Alike<'a> = IndexMap<Saying<'a>, Vec<(&'a str, &'a Change, Weight)>>;

fn saying(change: &Change) -> Saying<'_> {
    let place = &change.place;
    let words = [&place.table, &place.row, &place.column, &change.before, &change.after];
    (change.kind, words.map(Option::as_deref))
}

/// Gathers the changes that say the same; an alarm is told where it is.
fn alike<'a>(shown: &'a Shown<'_>) -> Alike<'a> {
    let mut alike = Alike::new();
    for pair in &shown.pairs {
        for (change, weight) in
            pair.changes.iter().filter(|(change, _)| change.group.is_none() && !change.kind.is_alarm())
        {
            alike.entry(saying(change)).or_default().push((pair.name, change, *weight));
        }
    }
    alike.sort_by(|a, _, b, _| a.0.cmp(&b.0));
    alike
}

fn together(pairs: &[(&str, &Change, Weight)]) -> ChangeLine {
    let (_, first, weight) = pairs[0];
    let names: Vec<&str> = pairs.iter().map(|(name, ..)| *name).collect();
    let reports = if names.len() > MOST_NAMES { format!("{} reports", names.len()) } else { names.join(", ") };
    let place = Place { old: None, new: None, ..first.place.clone() }.words();
    let place = if place.is_empty() { reports } else { format!("{place}: {reports}") };
    ChangeLine { place, ..line(first, weight) }
}

fn report(pair: &Pair<'_>, alike: &Alike<'_>) -> ReportSection {
    let mut changes: Vec<&(&Change, Weight)> = pair.changes.iter().collect();
    changes.sort_by_key(|(change, _)| change.kind);
    let is_own = |change: &Change| alike.get(&saying(change)).is_none_or(|pairs| pairs.len() < MANY);
    let mut lines: Vec<ChangeLine> = changes
        .iter()
        .filter(|(change, _)| change.group.is_none() && is_own(change))
        .map(|(change, weight)| line(change, *weight))
        .collect();
    for group in Group::ALL {
        let members: Vec<_> = changes.iter().filter(|(change, _)| change.group == Some(group)).collect();
        if let Some((_, weight)) = members.first() {
            lines.push(folded(group, members.len(), *weight));
        }
    }
    ReportSection {
        name: pair.name.to_owned(),
        words: if pair.is_tagged { String::new() } else { format!("A {UNTAGGED}.") },
        changes: lines,
    }
}

fn folded(group: Group, count: usize, weight: Weight) -> ChangeLine {
    ChangeLine {
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

fn line(change: &Change, weight: Weight) -> ChangeLine {
    let absent = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let says_something = change.before.is_some() || change.after.is_some();
    let text = |text| if says_something { absent(text) } else { String::new() };
    ChangeLine {
        kind: change.kind.words(),
        alarm: change.kind.is_alarm(),
        warning: weight == Weight::Warning,
        place: change.place.words(),
        before: text(&change.before),
        after: text(&change.after),
        size: change.size.map(|size| format!("({size:+})").replace('-', "−")).unwrap_or_default(),
        causes: numbers(&change.causes),
    }
}
