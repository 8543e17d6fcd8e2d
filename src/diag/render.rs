//! Findings as text for a terminal or a log.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Config};

use super::finding::{Finding, Place, Severity};
use super::source::Sources;

/// The longest line shown whole; of a longer one the part around the caret is shown.
const LINE_LIMIT: usize = 160;

/// How much of a longer line is shown before the caret.
const BEFORE: usize = 40;

/// Renders a finding: the message, the place, the line itself with a caret, and the hint.
///
/// Control characters are replaced, so that no text of the user steers the terminal.
pub fn render(finding: &Finding, sources: &Sources) -> String {
    let mut finding = finding.clone();
    finding.message = printable(&finding.message);
    finding.label = finding.label.as_deref().map(printable);
    finding.help = finding.help.as_deref().map(printable);
    let finding = &finding;
    if let Some(Place::Span { file, start, end }) = &finding.place
        && let Some(text) = sources.text(file)
        && let Some(rendered) = with_line(finding, &printable(file), &same_bytes(text), *start..*end)
    {
        return rendered;
    }
    without_line(finding)
}

/// Draws the source line by codespan-reporting.
fn with_line(finding: &Finding, name: &str, text: &str, range: Range<usize>) -> Option<String> {
    let range = first_line(text, range);
    if line_length(text, range.start) > LINE_LIMIT {
        return Some(with_long_line(finding, name, text, range));
    }
    let file = SimpleFile::new(name, text);
    let mut label = Label::primary((), range);
    label.message = finding.label.clone().unwrap_or_default();
    let mut diagnostic = match finding.severity {
        Severity::Error => Diagnostic::error(),
        Severity::Warning => Diagnostic::warning(),
    };
    diagnostic = diagnostic.with_code(finding.code.text()).with_message(&finding.message).with_label(label);
    if let Some(help) = &finding.help {
        diagnostic = diagnostic.with_note(format!("help: {help}"));
    }
    let rendered = term::emit_into_string(&Config::default(), &file, &diagnostic).ok()?;
    // An empty gutter line above and below the source line only makes a list of findings longer.
    let lines = rendered.lines().filter(|line| !line.trim().is_empty() && line.trim() != "│");
    Some(lines.fold(String::new(), |all, line| all + line.trim_end() + "\n"))
}

/// Draws the part of a very long line that stands around a place.
fn with_long_line(finding: &Finding, name: &str, text: &str, range: Range<usize>) -> String {
    let line_start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].split('\n').next().unwrap_or_default().trim_end();
    let column = text[line_start..range.start].chars().count();
    let from = column.saturating_sub(BEFORE);
    let shown: String = line.chars().skip(from).take(LINE_LIMIT / 2).collect();
    let (left, right) = (from > 0, line.chars().count() > from + shown.chars().count());
    let ellipsis = |there: bool| if there { "…" } else { "" };
    let carets = text[range.clone()].chars().count().clamp(1, (LINE_LIMIT / 2).saturating_sub(column - from).max(1));
    let number = (text[..range.start].matches('\n').count() + 1).to_string();
    let gutter = " ".repeat(number.len());
    let indent = " ".repeat(column - from + usize::from(left));
    let label = finding.label.as_ref().map_or_else(String::new, |label| format!(" {label}"));
    let mut out = head(finding);
    let _ = writeln!(out, "{gutter} ┌─ {name}:{number}:{}", column + 1);
    let _ = writeln!(out, "{number} │ {}{}{}", ellipsis(left), shown.trim_end(), ellipsis(right));
    let _ = writeln!(out, "{gutter} │ {indent}{}{label}", "^".repeat(carets));
    if let Some(text) = &finding.help {
        let _ = writeln!(out, "{gutter} = help: {text}");
    }
    out
}

/// Names the place in words where no source line may or can be shown.
fn without_line(finding: &Finding) -> String {
    let place = match &finding.place {
        Some(Place::Record { file, line, column: Some(column) }) => format!("{file}:{line}, column `{column}`"),
        Some(Place::Record { file, line, column: None }) => format!("{file}:{line}"),
        Some(Place::Page { file, page, area: None }) => format!("{file}, page {page}"),
        Some(Place::Page { file, page, area: Some([left, bottom, right, top]) }) => {
            format!("{file}, page {page}, {left} {bottom} to {right} {top} pt")
        }
        Some(Place::File { file } | Place::Span { file, .. }) => file.to_string(),
        None => String::new(),
    };
    let mut out = head(finding);
    if !place.is_empty() {
        let _ = writeln!(out, "  ┌─ {}", printable(&place));
    }
    help(&mut out, finding);
    out
}

fn head(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("{severity}[{}]: {}\n", finding.code, finding.message)
}

fn help(out: &mut String, finding: &Finding) {
    if let Some(text) = &finding.help {
        let _ = writeln!(out, "  = help: {text}");
    }
}

/// Tells whether a character turns the order of those after it (Unicode Standard Annex #9, sections 2.1 to 2.5).
pub fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Tells whether a character steers a terminal: a control, or one that [turns](turns) what follows.
pub fn steers(c: char) -> bool {
    c.is_control() || turns(c)
}

/// Replaces characters that steer a terminal.
pub fn printable(text: &str) -> String {
    text.replace(steers, "\u{FFFD}")
}

/// Replaces characters of a source text that steer a terminal by others of as many bytes; line ends stay.
fn same_bytes(text: &str) -> Cow<'_, str> {
    let is_bad = |c: char| steers(c) && !matches!(c, '\n' | '\t');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut letters = text.chars().peekable();
    let mut replaced = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let ends_line = letter == '\r' && letters.peek() == Some(&'\n');
        replaced.push(match letter {
            letter if ends_line || !is_bad(letter) => letter,
            letter if letter.is_ascii() => '?',
            letter if letter.len_utf8() == 2 => '¿',
            _ => '\u{FFFD}',
        });
    }
    Cow::Owned(replaced)
}

/// Cuts a range to its first line and to character borders, so that one caret line suffices.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let start = floor_boundary(text, range.start);
    let end = floor_boundary(text, range.end.max(start));
    let line = text[start..end].split(['\n', '\r']).next().unwrap_or_default();
    start..start + line.trim_end().len()
}

fn floor_boundary(text: &str, index: usize) -> usize {
    let index = index.min(text.len());
    (0..=index).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn line_length(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    end - start
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;

    #[test]
    fn a_span_is_shown_with_its_line_a_caret_and_a_hint() {
        let mut sources = Sources::default();
        sources.add(("a.yaml".into(), "one: 1\nrows: { column: callertype }\n".into()));
        let finding = Finding::error(code::spec::UNKNOWN_COLUMN, "table `t` reads no column `callertype`")
            .at(Place::Span { file: "a.yaml".into(), start: 23, end: 33 })
            .label("`signals` has no such column")
            .help("did you mean `caller_type`?".to_owned());
        assert_eq!(
            render(&finding, &sources),
            "error[spec::unknown-column]: table `t` reads no column `callertype`\n  \
             ┌─ a.yaml:2:17\n\
             2 │ rows: { column: callertype }\n  \
             │                 ^^^^^^^^^^ `signals` has no such column\n  \
             = help: did you mean `caller_type`?\n"
        );
    }

    #[test]
    fn a_long_line_is_shown_around_the_caret() {
        let mut sources = Sources::default();
        let text = format!("a: 1\nb: [{} wrong, {}]\n", "x, ".repeat(60), "y, ".repeat(60));
        let start = text.find("wrong").unwrap();
        sources.add(("a.yaml".into(), text.into()));
        let place = Place::Span { file: "a.yaml".into(), start, end: start + 5 };
        let finding = Finding::error(code::spec::BAD_VALUE, "no").at(place).help("yes".to_owned());
        insta::assert_snapshot!(render(&finding, &sources), @r"
        error[spec::bad-value]: no
          ┌─ a.yaml:2:186
        2 │ …x, x, x, x, x, x, x, x, x, x, x, x, x,  wrong, y, y, y, y, y, y, y, y, y, y, y,…
          │                                          ^^^^^
          = help: yes
        ");
    }

    #[test]
    fn no_text_of_the_user_steers_the_terminal() {
        let mut sources = Sources::default();
        sources.add(("a.yaml".into(), "a: \u{1b}[31m\u{9b}\rr\u{202e}ed\u{2066}\r\n".into()));
        let place = Place::Span { file: "a.yaml".into(), start: 3, end: 19 };
        let rendered = render(&Finding::error(code::spec::BAD_VALUE, "\u{1b}]0;x\u{202b}").at(place), &sources);
        assert!(!rendered.contains(|c: char| steers(c) && c != '\n'), "{rendered:?}");
    }

    #[test]
    fn a_record_is_named_by_line_and_column_but_not_shown() {
        let finding = Finding::error(code::data::NOT_A_DATE, "this is no date").at(Place::Record {
            file: "c.csv".into(),
            line: 7,
            column: Some("opened_on".into()),
        });
        assert_eq!(
            render(&finding, &Sources::default()),
            "error[data::not-a-date]: this is no date\n  ┌─ c.csv:7, column `opened_on`\n"
        );
    }
}
