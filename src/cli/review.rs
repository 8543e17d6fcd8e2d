//! `platen review`.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::pipeline::{self, Review, Reviewed};
use crate::review::{Change, Group, Kind};

use super::report;

/// Arguments of `platen review`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The approved PDF or release
    old: PathBuf,
    /// The new PDF or release
    new: PathBuf,
    /// List changes that follow from another one by one
    #[arg(long)]
    unfold: bool,
    /// Print changes and findings as lines of JSON
    #[arg(long)]
    json: bool,
}

/// The reports differ.
const DIFFERENT: u8 = 1;
/// They could not be compared.
const NOT_COMPARED: u8 = 2;

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let review = match pipeline::review(&arguments.old, &arguments.new) {
        Ok(review) => review,
        Err(findings) => {
            report::not_compared(&findings, arguments.json);
            return ExitCode::from(NOT_COMPARED);
        }
    };
    if arguments.json {
        json(&review);
    } else {
        report::result(&text(&review, arguments.unfold));
    }
    let differs = review.reports.iter().any(|report| !report.changes.is_empty());
    if differs { ExitCode::from(DIFFERENT) } else { ExitCode::SUCCESS }
}

fn json(review: &Review) {
    for report in &review.reports {
        for change in &report.changes {
            report::line(&serde_json::json!({ "event": "change", "report": report.name, "change": change }));
        }
    }
    let changes: usize = review.reports.iter().map(|report| report.changes.len()).sum();
    report::line(&serde_json::json!({
        "event": "review",
        "reports": review.compared,
        "identical": review.identical,
        "changes": changes,
    }));
}

/// Writes a review for a terminal.
fn text(review: &Review, unfold: bool) -> String {
    let mut text = String::new();
    for report in review.reports.iter().filter(|report| !report.changes.is_empty()) {
        text.push_str(&format!("{}\n", report.name));
        if !report.is_tagged {
            text.push_str("  a file has no structure tree: words are compared in the order they are drawn\n");
        }
        text.push_str(&of_report(report, unfold));
        text.push('\n');
    }
    let changed = review.reports.iter().filter(|report| !report.changes.is_empty()).count();
    let changes: usize = review.reports.iter().map(|report| report.changes.len()).sum();
    let shown =
        review.reports.iter().flat_map(|report| &report.changes).filter(|change| change.kind == Kind::NewlyShown);
    let shown = shown.count();
    text.push_str(&format!(
        "{} {} compared, {} the same, {changed} changed: {changes} {}\n",
        review.compared,
        plural(review.compared, "report", "reports"),
        review.compared - changed,
        plural(changes, "change", "changes"),
    ));
    if shown > 0 {
        text.push_str(&format!("{shown} {} shown that was hidden\n", plural(shown, "figure is", "figures are")));
    }
    text
}

fn plural<'a>(count: usize, one: &'a str, other: &'a str) -> &'a str {
    if count == 1 { one } else { other }
}

fn of_report(report: &Reviewed, unfold: bool) -> String {
    let mut changes: Vec<&Change> = report.changes.iter().collect();
    changes.sort_by_key(|change| change.kind);
    let mut text = String::new();
    for change in changes.iter().filter(|change| unfold || change.group.is_none()) {
        text.push_str(&format!("  {:<17}{}\n", change.kind.name(), line(change)));
    }
    for (group, words) in
        [(Group::Rounding, "percents of counts that did not change"), (Group::Renumbering, "numbers of notes")]
    {
        let count = changes.iter().filter(|change| change.group == Some(group)).count();
        if count > 0 && !unfold {
            text.push_str(&format!("  {:<17}{count} {words} (--unfold lists them)\n", "also"));
        }
    }
    text
}

fn line(change: &Change) -> String {
    let place = &change.place;
    let names = [&place.table, &place.row, &place.column].into_iter().flatten();
    let names: Vec<&str> = names.map(String::as_str).collect();
    let mut where_ = if names.is_empty() { place.heading.clone().unwrap_or_default() } else { names.join(" › ") };
    if let Some(spot) = place.new.or(place.old) {
        let page = format!("page {}", spot.page + 1);
        where_ = if where_.is_empty() { page } else { format!("{where_}, {page}") };
    }
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} → {}", short(before), short(after)),
        (Some(before), None) => format!("{} → —", short(before)),
        (None, Some(after)) => format!("— → {}", short(after)),
        (None, None) => String::new(),
    };
    let size = change.size.map(|size| format!(" ({size:+})")).unwrap_or_default();
    let places = if change.places > 1 { format!(", in {} places", change.places) } else { String::new() };
    let gap = if where_.is_empty() || what.is_empty() { "" } else { ": " };
    format!("{where_}{gap}{what}{size}{places}")
}

/// Cuts a long text for a line.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
