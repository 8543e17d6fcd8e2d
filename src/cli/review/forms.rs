//! A review as Markdown for a pull request, and as JUnit for a build server.

use crate::pipeline::{Review, Reviewed};
use crate::review::{Change, Weight};

use super::super::report;
use super::{Judge, line};

/// Writes a review as Markdown: a table for each report.
pub(super) fn markdown(review: &Review, judge: &Judge) -> String {
    let mut text = format!("{}\n", super::summary(review, judge));
    let causes = super::causes(review, judge);
    if !causes.is_empty() {
        text.push_str(&format!("\n```\n{}\n```\n", causes.trim_end().replace("```", "")));
    }
    for report in judge.listed(review) {
        text.push_str(&format!("\n### {}\n\n| | kind | where and what |\n|---|---|---|\n", cell(&report.name)));
        for change in judge.changes(report) {
            let mark = if judge.weight(change) == Weight::Error { "error" } else { "warning" };
            text.push_str(&format!("| {mark} | {} | {} |\n", change.kind.name(), cell(&line(change))));
        }
    }
    text
}

/// Keeps words from being taken for marks of Markdown or HTML.
fn cell(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' => {
                safe.push('\\');
                safe.push(letter);
            }
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\n' => safe.push(' '),
            _ => safe.push(letter),
        }
    }
    safe
}

/// Writes a review as JUnit XML: a case for each report, which fails by its changes.
pub(super) fn junit(review: &Review, judge: &Judge) -> String {
    let failed = review.reports.iter().filter(|report| judge.fails(report)).count();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"platen review\" tests=\"{}\" failures=\"{failed}\">\n",
        review.compared
    );
    for report in &review.reports {
        text.push_str(&case(report, judge));
    }
    let same = review.compared - review.reports.len();
    for number in 1..=same {
        text.push_str(&format!("  <testcase classname=\"review\" name=\"identical report {number}\"/>\n"));
    }
    text.push_str("</testsuite>\n");
    text
}

fn case(reviewed: &Reviewed, judge: &Judge) -> String {
    let open = format!("  <testcase classname=\"review\" name=\"{}\"", xml(&reviewed.name));
    let lines = |weight: Weight| -> Vec<String> {
        let changes = judge.changes(reviewed).into_iter().filter(|change| judge.weight(change) == weight);
        changes.map(|change: &Change| format!("{}: {}", change.kind.name(), line(change))).collect()
    };
    let (errors, warnings) = (lines(Weight::Error), lines(Weight::Warning));
    let mut inner = String::new();
    if !errors.is_empty() {
        let message = report::counted(errors.len(), "change");
        inner.push_str(&format!("    <failure message=\"{message}\">{}</failure>\n", xml(&errors.join("\n"))));
    }
    if !warnings.is_empty() {
        inner.push_str(&format!("    <system-out>{}</system-out>\n", xml(&warnings.join("\n"))));
    }
    if inner.is_empty() { format!("{open}/>\n") } else { format!("{open}>\n{inner}  </testcase>\n") }
}

/// Escapes words for XML; what XML cannot hold becomes a replacement character.
fn xml(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(letter),
            _ if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => safe.push('\u{fffd}'),
            _ => safe.push(letter),
        }
    }
    safe
}
