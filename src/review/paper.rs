//! The review as a PDF, for those who sign on paper.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diag::Findings;
use crate::report_spec::TiSlice;
use crate::typeset;

use super::cause::{Cause, CauseId, numbers};
use super::change::{Change, Place};
use super::grouped::{ChangeGroup, Line, Member, shares};
use super::kind::Kind;
use super::policy::Weight;
use super::shown::{Shown, UNTAGGED};
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
    alarms: Vec<String>,
    kinds: Vec<(String, usize, usize, usize)>,
    causes: Vec<(usize, &'static str, String, usize)>,
    /// Reports of which one has no structure tree.
    untagged: String,
    groups: Vec<Section>,
}

/// One of the two that are compared.
#[derive(Serialize)]
struct Publication {
    which: &'static str,
    name: String,
    revision: String,
    manifest: String,
}

/// A group of changes, on which a person decides.
#[derive(Serialize)]
struct Section {
    title: String,
    count: String,
    causes: String,
    alarm: bool,
    changes: Vec<ChangeLine>,
    /// How many changes there are beside those.
    more: usize,
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
}

/// Typesets the changes.
///
/// # Errors
/// Returns faults of the built-in layout.
pub fn paper(shown: &Shown<'_>, summary: &str) -> Result<Vec<u8>, Findings> {
    let changes: Vec<&(&Change, Weight)> = shown.pairs.iter().flat_map(|pair| &pair.changes).collect();
    let untagged: Vec<&str> = shown.pairs.iter().filter(|pair| !pair.is_tagged).map(|pair| pair.name).collect();
    let data = Data {
        title: format!("Review: {}", shown.title()),
        description: "Changes between two publications, for signature".into(),
        names: shown.names.clone(),
        review: shown.digest().to_string(),
        old: publication(shown, Side::Old),
        new: publication(shown, Side::New),
        summary: summary.to_owned(),
        alarms: shown.alarms(),
        kinds: kinds(&changes),
        causes: causes(shown.causes, &changes),
        untagged: match untagged.as_slice() {
            [] => String::new(),
            names => format!("{}: a {UNTAGGED}.", names.join(", ")),
        },
        groups: groups(&shown.groups()),
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

/// Lines of print that the changes of all groups have together, and those that the head of each takes of them: five pages hold
/// what comes before and behind as well.
const ROOM: usize = 210;
const HEAD: usize = 7;

/// Writes the groups; of long ones what is rare comes first, and the rest is counted.
fn groups(groups: &[ChangeGroup<'_>]) -> Vec<Section> {
    let lines: Vec<Vec<Line<'_>>> = groups.iter().map(ChangeGroup::lines).collect();
    let told: Vec<Vec<ChangeLine>> = lines.iter().map(|lines| lines.iter().map(line_of).collect()).collect();
    let costs: Vec<Vec<usize>> = told.iter().map(|lines| lines.iter().map(ChangeLine::height).collect()).collect();
    let shares = shares(&costs, ROOM.saturating_sub(HEAD * groups.len()));
    let sections = groups.iter().zip(lines).zip(told).zip(shares).map(|(((group, lines), told), share)| {
        // Each alarm is told.
        let share = if group.is_alarm() { lines.len() } else { share };
        Section {
            title: group.title.clone(),
            count: group.count(),
            causes: numbers(group.causes),
            alarm: group.is_alarm(),
            more: lines.iter().skip(share).map(|line| line.count).sum(),
            changes: told.into_iter().take(share).collect(),
        }
    });
    sections.collect()
}

impl ChangeLine {
    /// Lines of print that it takes, by the letters that its columns have room for.
    fn height(&self) -> usize {
        const ROOMS: [usize; 3] = [46, 27, 27];
        let texts = [&self.place, &self.before, &self.after].into_iter().zip(ROOMS);
        texts.map(|(text, room)| text.chars().count().div_ceil(room)).max().unwrap_or_default().max(1)
    }
}

fn line_of(line: &Line<'_>) -> ChangeLine {
    let Member { change, weight, .. } = line.first;
    // Where several reports have it, it may stand on a page in each.
    let place = match line.count {
        1 => change.place.words(),
        _ => Place { old: None, new: None, ..change.place.clone() }.words(),
    };
    let names = line.names();
    let says_something = change.before.is_some() || change.after.is_some();
    let text = |text: &Option<String>| match text {
        Some(text) => text.clone(),
        None if says_something => "–".to_owned(),
        None => String::new(),
    };
    ChangeLine {
        kind: change.kind.words(),
        alarm: change.kind.is_alarm(),
        warning: weight == Weight::Warning,
        place: if place.is_empty() { names } else { format!("{names}: {place}") },
        before: text(&change.before),
        after: text(&change.after),
        size: change.size.map(|size| format!("({size:+})").replace('-', "−")).unwrap_or_default(),
    }
}
