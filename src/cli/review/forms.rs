//! A review as Markdown for a pull request, and as JUnit for a build server.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::ElementWriter;

use crate::diag;
use crate::review::{Change, Review, Reviewed, Weight};

use super::super::report;
use super::judge::Judge;
use super::words::{causes, line, summary};

/// Writes a review as Markdown: a table for each report.
pub(super) fn markdown(review: &Review, judge: &Judge) -> String {
    let mut text = format!("{}\n", summary(review, judge));
    let inputs = causes(review, judge);
    if !inputs.is_empty() {
        text.push_str(&format!("\n```\n{}\n```\n", inputs.trim_end().replace("```", "")));
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
            _ if diag::turns(letter) => safe.push('\u{fffd}'),
            _ => safe.push(letter),
        }
    }
    safe
}

/// Writes a review as JUnit XML: a case for each report, which fails by its changes.
pub(super) fn junit(review: &Review, judge: &Judge) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    suite(&mut xml, review, judge).expect("memory takes every element");
    let text = String::from_utf8(xml.into_inner()).expect("all names and words are UTF-8");
    text + "\n"
}

fn suite(xml: &mut Writer<Vec<u8>>, review: &Review, judge: &Judge) -> std::io::Result<()> {
    let failed = review.reports.iter().filter(|report| judge.fails(report)).count();
    let (tests, failures) = (review.compared.to_string(), failed.to_string());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suite = xml.create_element("testsuite").with_attributes([
        ("name", "platen review"),
        ("tests", tests.as_str()),
        ("failures", failures.as_str()),
    ]);
    suite.write_inner_content(|xml| {
        review.reports.iter().try_for_each(|report| case(xml, report, judge))?;
        for number in 1..=review.compared - review.reports.len() {
            open(xml, &format!("identical report {number}")).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Begins a case.
fn open<'x>(xml: &'x mut Writer<Vec<u8>>, name: &str) -> ElementWriter<'x, Vec<u8>> {
    let name = clean(name);
    xml.create_element("testcase").with_attributes([("classname", "review"), ("name", name.as_str())])
}

fn case(xml: &mut Writer<Vec<u8>>, reviewed: &Reviewed, judge: &Judge) -> std::io::Result<()> {
    let lines = |weight: Weight| -> Vec<String> {
        let changes = judge.changes(reviewed).into_iter().filter(|change| judge.weight(change) == weight);
        changes.map(|change: &Change| format!("{}: {}", change.kind.name(), line(change))).collect()
    };
    let (errors, warnings) = (lines(Weight::Error), lines(Weight::Warning));
    let case = open(xml, &reviewed.name);
    if errors.is_empty() && warnings.is_empty() {
        case.write_empty()?;
        return Ok(());
    }
    case.write_inner_content(|xml| {
        if !errors.is_empty() {
            let message = report::counted(errors.len(), "change");
            let failure = xml.create_element("failure").with_attribute(("message", message.as_str()));
            failure.write_text_content(BytesText::new(&clean(&errors.join("\n"))))?;
        }
        if !warnings.is_empty() {
            let out = xml.create_element("system-out");
            out.write_text_content(BytesText::new(&clean(&warnings.join("\n"))))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Replaces what XML cannot hold, even escaped (XML 1.0, 2.2), and what turns the order of letters around.
fn clean(text: &str) -> String {
    let is_bad = |letter: char| {
        diag::steers(letter) && !matches!(letter, '\n' | '\t') || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    text.replace(is_bad, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_page_steer_neither_a_terminal_nor_a_browser() {
        let words = "a\u{1b}[31m\u{202e}b\u{2066}c\u{fffe}\nd";
        assert_eq!(clean(words), "a\u{fffd}[31m\u{fffd}b\u{fffd}c\u{fffd}\nd");
        assert_eq!(cell("a|b\u{202e}*c*\n<d>"), "a\\|b\u{fffd}\\*c\\* &lt;d&gt;");
    }
}
