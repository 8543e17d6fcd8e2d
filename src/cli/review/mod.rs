//! `platen review`.

mod forms;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::diag::{Findings, Sources};
use crate::disk::Readers;
use crate::release::publish_file;
use crate::review::{self, CaseData, Change, Group, Kind, Policy, Review, Reviewed, Shown, Weight};

use super::bounded::{self, Reading};
use super::report;

/// Arguments of `platen review`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The approved PDF or release
    old: PathBuf,
    /// The new PDF or release
    new: PathBuf,
    /// A review policy: which changes matter; without one, every change does
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Write the review as an HTML page that holds everything it needs
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Case data of the old edition: a folder, or a report spec beside its data. The review is confidential then
    #[arg(long, value_name = "PATH", requires = "new_data", conflicts_with_all = ["markdown", "junit", "pdf"])]
    old_data: Option<PathBuf>,
    /// Case data of the new edition
    #[arg(long, value_name = "PATH", requires = "old_data")]
    new_data: Option<PathBuf>,
    /// The report spec of both, where the data are folders; by default the one that the releases name
    #[arg(long, value_name = "FILE", requires = "old_data")]
    spec: Option<PathBuf>,
    /// The key of both editions, in place of those which their specs name (`small_counts.key_file`)
    #[arg(long, value_name = "FILE", requires = "old_data")]
    key_file: Option<PathBuf>,
    /// Write the changes as a PDF, for those who sign on paper
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Read the old PDF within the bounds, and do nothing else
    #[arg(long, hide = true)]
    probe: bool,
    /// List changes that follow from another one by one
    #[arg(long)]
    unfold: bool,
    /// Print changes and findings as lines of JSON
    #[arg(long, conflicts_with_all = ["markdown", "junit"])]
    json: bool,
    /// Print the review as Markdown, for a pull request
    #[arg(long, conflicts_with = "junit")]
    markdown: bool,
    /// Print the review as JUnit XML, for a build server
    #[arg(long)]
    junit: bool,
}

/// Weighs changes by a policy.
struct Judge(Policy);

impl Judge {
    fn weight(&self, change: &Change) -> Weight {
        self.0.weight(change)
    }

    /// The changes of a report that are listed, in the order of their kinds.
    fn changes<'a>(&self, report: &'a Reviewed) -> Vec<&'a Change> {
        let mut changes: Vec<&Change> =
            report.changes.iter().filter(|change| self.weight(change) > Weight::Ignore).collect();
        changes.sort_by_key(|change| change.kind);
        changes
    }

    /// The reports with changes that are listed.
    fn listed<'a>(&self, review: &'a Review) -> impl Iterator<Item = &'a Reviewed> {
        review.reports.iter().filter(|report| !self.changes(report).is_empty())
    }

    fn fails(&self, report: &Reviewed) -> bool {
        report.changes.iter().any(|change| self.weight(change) == Weight::Error)
    }
}

/// The reports differ.
const DIFFERENT: u8 = 1;
/// They could not be compared.
const NOT_COMPARED: u8 = 2;

pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let reading = Reading {
        old: &arguments.old,
        new: &arguments.new,
        draws: arguments.html.is_some(),
        json: arguments.json,
        failed: NOT_COMPARED,
    };
    bounded::run(&reading).unwrap_or_else(|| within_bounds(arguments))
}

fn within_bounds(arguments: &Arguments) -> ExitCode {
    if arguments.probe {
        return ExitCode::from(if review::is_readable(&arguments.old) { 0 } else { NOT_COMPARED });
    }
    let mut sources = Sources::default();
    let policy = arguments.policy.as_ref().map(|path| Policy::read(path, &mut sources)).transpose();
    let review = policy.and_then(|policy| {
        let mut review = review::review(&arguments.old, &arguments.new)?;
        if let (Some(old), Some(new)) = (&arguments.old_data, &arguments.new_data) {
            let data = [old, new].map(|place| CaseData {
                place: place.clone(),
                spec: arguments.spec.clone(),
                key_file: arguments.key_file.clone(),
            });
            review::trace(&mut review, data.each_ref(), &mut sources)?;
        }
        Ok((review, Judge(policy.unwrap_or_default())))
    });
    let (review, judge) = match review {
        Ok(done) => done,
        Err(findings) => {
            report::not_compared(&findings, &sources, arguments.json);
            return ExitCode::from(NOT_COMPARED);
        }
    };
    if let Err(findings) = write(arguments, &review, &judge) {
        report::not_compared(&findings, &sources, arguments.json);
        return ExitCode::from(NOT_COMPARED);
    }
    if arguments.json {
        json(&review, &judge);
    } else if arguments.markdown {
        report::shown(&forms::markdown(&review, &judge));
    } else if arguments.junit {
        report::result(&forms::junit(&review, &judge));
    } else {
        report::shown(&text(&review, &judge, arguments.unfold));
    }
    let fails = review.reports.iter().any(|report| judge.fails(report));
    if fails { ExitCode::from(DIFFERENT) } else { ExitCode::SUCCESS }
}

/// Writes the files that were asked for.
fn write(arguments: &Arguments, review: &Review, judge: &Judge) -> Result<(), Findings> {
    let names = [&arguments.old, &arguments.new].map(|path| path.to_string_lossy().into_owned());
    let readers = if arguments.old_data.is_some() { Readers::Owner } else { Readers::Everyone };
    if let Some(path) = &arguments.html {
        publish_file(readers, path, review::page(&Shown::of(review, &judge.0, names.clone())?))?;
    }
    if let Some(path) = &arguments.pdf {
        // The alarm that follows has a place of its own.
        let summary = summary(review, judge);
        let first = summary.lines().next().unwrap_or_default();
        let paper = review::paper(&Shown::of(review, &judge.0, names)?, &format!("{first}."))?;
        publish_file(readers, path, paper)?;
    }
    Ok(())
}

fn json(review: &Review, judge: &Judge) {
    for (at, cause) in review.causes.iter().enumerate() {
        report::line(&serde_json::json!({ "event": "cause", "number": at, "cause": cause }));
    }
    for report in &review.reports {
        for change in &report.changes {
            let weight = judge.weight(change);
            report::line(&serde_json::json!({
                "event": "change", "report": report.name, "weight": weight, "change": change,
            }));
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
fn text(review: &Review, judge: &Judge, unfold: bool) -> String {
    let mut text = String::new();
    if review.reports.iter().flat_map(|report| &report.changes).any(|change| !change.records.is_empty()) {
        text.push_str("CONFIDENTIAL: this review names records of the case data. It is for local use alone.\n\n");
    }
    text.push_str(&causes(review, judge));
    for report in judge.listed(review) {
        text.push_str(&format!("{}\n", report.name));
        if !report.is_tagged {
            text.push_str("  a file has no structure tree: words are compared in the order they are drawn\n");
        }
        text.push_str(&of_report(report, judge, unfold));
        text.push('\n');
    }
    text.push_str(&summary(review, judge));
    text.push('\n');
    text
}

/// Most causes that a terminal is shown.
const MOST_CAUSES: usize = 40;

/// Lists the inputs that differ, each with the number of changes that can follow from it.
fn causes(review: &Review, judge: &Judge) -> String {
    if review.sides.is_none() || judge.listed(review).next().is_none() {
        return String::new();
    }
    if review.causes.is_empty() {
        return "By their manifests the releases have the same inputs.\n\n".to_owned();
    }
    let changes: Vec<&Change> = judge.listed(review).flat_map(|report| judge.changes(report)).collect();
    let mut text = "Inputs that differ\n".to_owned();
    for (at, cause) in review.causes.iter().enumerate().take(MOST_CAUSES) {
        let count = changes.iter().filter(|change| change.causes.contains(&at)).count();
        text.push_str(&format!(
            "  [{}] {:<11} {}: {}\n",
            at + 1,
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
fn summary(review: &Review, judge: &Judge) -> String {
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
    let shown = all.iter().filter(|change| change.kind == Kind::NewlyShown).count();
    if shown > 0 {
        let (is, was) = if shown == 1 { ("figure is", "was") } else { ("figures are", "were") };
        text.push_str(&format!("\n{shown} {is} shown that {was} hidden"));
    }
    text
}

fn plural<'a>(count: usize, one: &'a str, other: &'a str) -> &'a str {
    if count == 1 { one } else { other }
}

fn of_report(report: &Reviewed, judge: &Judge, unfold: bool) -> String {
    let changes = judge.changes(report);
    let mut text = String::new();
    for change in changes.iter().filter(|change| unfold || change.group.is_none()) {
        let mark = if judge.weight(change) == Weight::Warning { "·" } else { " " };
        text.push_str(&format!(" {mark}{:<17}{}\n", change.kind.name(), line(change)));
        change.records.iter().for_each(|record| text.push_str(&format!("{:21}{}\n", "", record.words())));
    }
    for group in [Group::Rounding, Group::Renumbering] {
        let count = changes.iter().filter(|change| change.group == Some(group)).count();
        if count > 0 && !unfold {
            text.push_str(&format!("  {:<17}{count} {} (--unfold lists them)\n", "also", group.words()));
        }
    }
    text
}

fn line(change: &Change) -> String {
    let where_ = change.place.words();
    let what = match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{} → {}", short(before), short(after)),
        (Some(before), None) => format!("{} → —", short(before)),
        (None, Some(after)) => format!("— → {}", short(after)),
        (None, None) => String::new(),
    };
    let size = change.size.map(|size| format!(" ({size:+})")).unwrap_or_default();
    let places = if change.places > 1 { format!(", in {} places", change.places) } else { String::new() };
    let gap = if where_.is_empty() || what.is_empty() { "" } else { ": " };
    let causes = review::numbers(&change.causes);
    let causes = if causes.is_empty() { String::new() } else { format!(" [{causes}]") };
    format!("{where_}{gap}{what}{size}{places}{causes}")
}

/// Cuts a long text for a line.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
