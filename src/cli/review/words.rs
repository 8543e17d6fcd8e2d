//! What every form of a review says.

use super::super::report;
use super::judge::Judge;
use crate::review::{self, Change, Place, Review, Weight};

/// Most causes that a terminal is shown.
const MOST_CAUSES: usize = 40;

/// Lists the inputs that differ, each with the number of changes that can follow from it.
pub(super) fn causes(review: &Review, judge: &Judge) -> String {
    if review.releases.is_none() || judge.listed(review).next().is_none() {
        return String::new();
    }
    if review.causes.is_empty() {
        return "By their manifests the releases have the same inputs.\n\n".to_owned();
    }
    let changes: Vec<&Change> = judge.listed(review).flat_map(|report| judge.changes(report)).collect();
    let mut text = "Inputs that differ\n".to_owned();
    for (id, cause) in review.causes.iter_enumerated().take(MOST_CAUSES) {
        let count = changes.iter().filter(|change| change.causes.contains(&id)).count();
        text.push_str(&format!(
            "  [{}] {:<11} {}: {}\n",
            id.number(),
            cause.input.words(),
            cause.place(),
            report::counted(count, "change")
        ));
    }
    if review.causes.len() > MOST_CAUSES {
        text.push_str(&format!("  and {} more\n", review.causes.len() - MOST_CAUSES));
    }
    text.push('\n');
    text
}

/// Sums a review up.
pub(super) fn summary(review: &Review, judge: &Judge) -> String {
    let changed = judge.listed(review).count();
    let all: Vec<&Change> = review.reports.iter().flat_map(|report| judge.changes(report)).collect();
    let mut text = format!(
        "{} compared, {} the same, {changed} changed: {}",
        report::counted(review.compared, "report"),
        review.compared - changed,
        report::counted(all.len(), "change"),
    );
    let warnings = all.iter().filter(|change| judge.weight(change) == Weight::Warning).count();
    if warnings > 0 {
        text.push_str(&format!(", {warnings} of them {}", plural(warnings, "a warning", "warnings")));
    }
    let ignored = review.reports.iter().map(|report| report.changes.len()).sum::<usize>() - all.len();
    if ignored > 0 {
        text.push_str(&format!("; {ignored} {} not listed by the policy", plural(ignored, "is", "are")));
    }
    let untagged = review.reports.iter().filter(|report| !report.is_tagged).count();
    if untagged > 0 {
        text.push_str(&format!(
            "\n{untagged} {} compared by words and pixels alone: a file has no structure tree",
            plural(untagged, "pair was", "pairs were")
        ));
    }
    text
}

/// Sums the alarms up, a line for each kind.
pub(super) fn alarms(review: &Review, judge: &Judge) -> Vec<String> {
    review::alarms(review.reports.iter().flat_map(|report| judge.changes(report)).map(|change| change.kind))
}

fn plural<'a>(count: usize, one: &'a str, other: &'a str) -> &'a str {
    if count == 1 { one } else { other }
}

pub(super) fn line(change: &Change) -> String {
    let causes = review::numbers(&change.causes);
    let causes = if causes.is_empty() { String::new() } else { format!(" [{causes}]") };
    format!("{}{causes}", said(change, &change.place.words()))
}

/// A line of a group, whose causes the group tells: the reports that have the change, and what it says.
pub(super) fn line_of_group(line: &review::Line<'_>) -> String {
    let change = line.first.change;
    // Where several reports have it, it may stand on a page in each.
    let is_alone = line.count == 1;
    let place =
        if is_alone { change.place.words() } else { Place { old: None, new: None, ..change.place.clone() }.words() };
    let what = said(change, &place);
    format!("{}{}{what}", line.names(), if what.is_empty() { "" } else { ": " })
}

/// The head of a group: what its changes say, how many they are, and what they can follow from.
pub(super) fn head(group: &review::ChangeGroup<'_>) -> String {
    let causes = review::numbers(group.causes);
    let causes = if causes.is_empty() { String::new() } else { format!(" [{causes}]") };
    format!("{}: {}{causes}", group.title, group.count())
}

fn said(change: &Change, place: &str) -> String {
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} → {}", short(before), short(after)),
        (Some(before), None) => format!("{} → —", short(before)),
        (None, Some(after)) => format!("— → {}", short(after)),
        (None, None) => String::new(),
    };
    let size = change.size.map(|size| format!(" ({size:+})")).unwrap_or_default();
    let places = if change.places > 1 { format!(", in {} places", change.places) } else { String::new() };
    let gap = if place.is_empty() || what.is_empty() { "" } else { ": " };
    format!("{place}{gap}{what}{size}{places}")
}

/// Cuts a long text for a line.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
