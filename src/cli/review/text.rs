//! A review for a terminal.

use crate::review::{ChangeGroup, Group, MANY, Review, Reviewed, UNTAGGED, Weight};

use super::super::report::{Paragraph, Tone};
use super::judge::Judge;
use super::words::{alarms, causes, line, line_of_group, summary};

/// Lines of a group that are shown.
const SAMPLES: usize = 6;

/// Writes a review for a terminal: by groups where many reports have something alike, else report by report.
pub(super) fn text(review: &Review, judge: &Judge, unfold: bool) -> Vec<Paragraph> {
    let mut text = Vec::new();
    let mut push = |tone: Tone, words: String| text.push(Paragraph { tone, words });
    let is_traced = review.reports.iter().flat_map(|report| &report.changes).any(|change| !change.records.is_empty());
    if is_traced {
        let words = "CONFIDENTIAL: this review names records of the case data. It is for local use alone.";
        push(Tone::Alarm, words.to_owned());
        push(Tone::Plain, String::new());
    }
    let causes = causes(review, judge);
    if !causes.is_empty() {
        push(Tone::Plain, causes);
    }
    let groups = judge.groups(review);
    // Records stand below each change, and so does whatever a reader wants one by one.
    if groups.iter().any(|group| group.reports() >= MANY) && !unfold && !is_traced {
        by_group(&groups, &mut push);
    } else {
        by_report(review, judge, unfold, &mut push);
    }
    push(Tone::Strong, summary(review, judge));
    for alarm in alarms(review, judge) {
        push(Tone::Alarm, alarm);
    }
    text
}

fn by_group(groups: &[ChangeGroup<'_>], push: &mut impl FnMut(Tone, String)) {
    for group in groups {
        let tone = if group.is_alarm() { Tone::Alarm } else { Tone::Strong };
        push(tone, super::words::head(group));
        let lines = group.lines();
        let shown = if group.is_alarm() { lines.len() } else { SAMPLES };
        for line in lines.iter().take(shown) {
            let mark = if line.first.weight == Weight::Warning { "·" } else { " " };
            push(Tone::Plain, format!(" {mark}{:<17}{}", line.first.change.kind.name(), line_of_group(line)));
        }
        let more: usize = lines.iter().skip(shown).map(|line| line.count).sum();
        if more > 0 {
            push(Tone::Quiet, format!("  and {more} more (--unfold lists them)"));
        }
        push(Tone::Plain, String::new());
    }
}

fn by_report(review: &Review, judge: &Judge, unfold: bool, push: &mut impl FnMut(Tone, String)) {
    for report in judge.listed(review) {
        push(Tone::Strong, report.name.clone());
        if !report.is_tagged {
            push(Tone::Plain, format!("  a {UNTAGGED}"));
        }
        if !report.substituted.is_empty() {
            let fonts = report.substituted.join(", ");
            push(Tone::Plain, format!("  fonts that are not embedded are drawn with others: {fonts}"));
        }
        of_report(report, judge, unfold, push);
        push(Tone::Plain, String::new());
    }
}

fn of_report(report: &Reviewed, judge: &Judge, unfold: bool, push: &mut impl FnMut(Tone, String)) {
    let changes = judge.changes(report);
    for change in changes.iter().filter(|change| unfold || change.group.is_none()) {
        let mark = if judge.weight(change) == Weight::Warning { "·" } else { " " };
        let tone = if change.kind.is_alarm() { Tone::Alarm } else { Tone::Plain };
        push(tone, format!(" {mark}{:<17}{}", change.kind.name(), line(change)));
        change.records.iter().for_each(|record| push(Tone::Plain, format!("{:21}{}", "", record.words())));
    }
    for group in Group::ALL {
        let count = changes.iter().filter(|change| change.group == Some(group)).count();
        if count > 0 && !unfold {
            push(Tone::Quiet, format!("  {:<17}{count} {} (--unfold lists them)", "also", group.words()));
        }
    }
}
