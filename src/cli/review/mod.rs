//! `platen review`.

mod forms;
mod judge;
mod text;
mod words;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::diag::{Findings, Sources};
use crate::disk::Readers;
use crate::release::publish_file;
use crate::review::{self, CaseData, Policy, Review, Shown};

use super::bounded::{self, Reading};
use super::report;
use judge::Judge;
use words::summary;

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

/// The reports differ.
const DIFFERENT: u8 = 1;
/// They could not be compared.
const NOT_COMPARED: u8 = 2;

pub(super) fn run(arguments: &Arguments, time: Duration) -> ExitCode {
    let reading = Reading {
        old: &arguments.old,
        new: &arguments.new,
        draws: arguments.html.is_some(),
        json: arguments.json,
        failed: NOT_COMPARED,
        time,
    };
    bounded::run(&reading).unwrap_or_else(|| within_bounds(arguments))
}

fn within_bounds(arguments: &Arguments) -> ExitCode {
    if arguments.probe {
        return ExitCode::from(if review::is_readable(&arguments.old) { 0 } else { NOT_COMPARED });
    }
    let mut sources = Sources::default();
    let reviewed = reviewed(arguments, &mut sources).and_then(|(review, judge)| {
        write(arguments, &review, &judge)?;
        Ok((review, judge))
    });
    let (review, judge) = match reviewed {
        Ok(reviewed) => reviewed,
        Err(findings) => {
            report::not_compared(&findings, &sources, arguments.json);
            return ExitCode::from(NOT_COMPARED);
        }
    };
    if arguments.json {
        json(&review, &judge);
    } else if arguments.markdown {
        report::shown(&forms::markdown(&review, &judge));
    } else if arguments.junit {
        report::result(&forms::junit(&review, &judge));
    } else {
        report::paragraphs(&text::text(&review, &judge, arguments.unfold));
    }
    let fails = review.reports.iter().any(|report| judge.fails(report));
    if fails { ExitCode::from(DIFFERENT) } else { ExitCode::SUCCESS }
}

/// Compares, and finds the records behind the changes where case data are named.
fn reviewed(arguments: &Arguments, sources: &mut Sources) -> Result<(Review, Judge), Findings> {
    let policy = arguments.policy.as_ref().map(|path| Policy::read(path, sources)).transpose()?;
    let mut review = review::review(&arguments.old, &arguments.new)?;
    if let (Some(old), Some(new)) = (&arguments.old_data, &arguments.new_data) {
        let data = [old, new].map(|place| CaseData {
            place: place.clone(),
            spec: arguments.spec.clone(),
            key_file: arguments.key_file.clone(),
        });
        review::trace(&mut review, data.each_ref(), sources)?;
    }
    Ok((review, Judge(policy.unwrap_or_default())))
}

/// Writes the files that were asked for.
fn write(arguments: &Arguments, review: &Review, judge: &Judge) -> Result<(), Findings> {
    let names = [&arguments.old, &arguments.new].map(|path| path.to_string_lossy().into_owned());
    let readers = if arguments.old_data.is_some() { Readers::Owner } else { Readers::Everyone };
    if let Some(path) = &arguments.html {
        publish_file(readers, path, review::page(&Shown::of(review, &judge.0, names.clone())?))?;
    }
    if let Some(path) = &arguments.pdf {
        let summary = summary(review, judge);
        let first = summary.lines().next().unwrap_or_default();
        let paper = review::paper(&Shown::of(review, &judge.0, names)?, &format!("{first}."))?;
        publish_file(readers, path, paper)?;
    }
    Ok(())
}

fn json(review: &Review, judge: &Judge) {
    for (id, cause) in review.causes.iter_enumerated() {
        report::line(&serde_json::json!({ "event": "cause", "number": id, "cause": cause }));
    }
    let groups = judge.groups(review);
    // Ignored changes are in no group.
    let mut group_of = BTreeMap::new();
    for (number, group) in groups.iter().enumerate() {
        for member in &group.members {
            group_of.insert(std::ptr::from_ref(member.change), number + 1);
        }
    }
    for report in &review.reports {
        for change in &report.changes {
            report::line(&serde_json::json!({
                "event": "change", "report": report.name, "weight": judge.weight(change), "id": report.identity(change),
                "group": group_of.get(&std::ptr::from_ref(change)), "change": change,
            }));
        }
    }
    for (number, group) in groups.iter().enumerate() {
        let ids = group.members.iter().map(|member| review.reports[member.report].identity(member.change));
        report::line(&serde_json::json!({
            "event": "group", "number": number + 1, "title": group.title, "alarm": group.is_alarm(), "causes": group.causes,
            "reports": group.reports(), "changes": ids.collect::<Vec<_>>(),
        }));
    }
    let changes: usize = review.reports.iter().map(|report| report.changes.len()).sum();
    report::line(&serde_json::json!({
        "event": "review",
        "reports": review.compared,
        "identical": review.identical,
        "changes": changes,
        "groups": groups.len(),
    }));
}
