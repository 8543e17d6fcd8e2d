//! Findings and results, for people and for machines.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;

use serde::Serialize;

use crate::diag::{Findings, Severity, Sources, UNSYNCED, code, describe_io_error, printable, render, steers};
use crate::disk::interrupt;
use crate::pipeline::Remarks;

/// Exit code for a fault of the user's spec or data.
pub(super) const USER: u8 = 1;

/// Exit code for a command that cannot be understood.
pub(super) const USAGE: u8 = 2;

/// Exit code for a fault of the program itself (EX_SOFTWARE of sysexits.h).
pub(super) const INTERNAL: u8 = 70;

/// Prints what a run has to say beside its results.
pub(super) fn remarks(remarks: &Remarks, sources: &Sources, json: bool) {
    list(&remarks.warnings, sources, json);
    for told in &remarks.locations {
        match told.words() {
            Some(_) if json => line(&serde_json::json!({ "event": "locations", "map": told })),
            Some(words) => note(&words),
            None => {}
        }
    }
}

/// Prints warnings, which stop nothing.
pub(super) fn warned(findings: &Findings, sources: &Sources, json: bool) {
    list(findings, sources, json);
}

/// Prints findings about a file of the user's, and chooses the exit code.
pub(super) fn refused(findings: &Findings, sources: &Sources, json: bool) -> ExitCode {
    told(findings, sources, json, "error", "; the file is not ready for the press");
    ExitCode::from(USER)
}

/// Prints why two reports could not be compared.
pub(super) fn not_compared(findings: &Findings, sources: &Sources, json: bool) {
    told(findings, sources, json, "error", "; nothing was compared");
}

/// Prints what differs in a release, and chooses the exit code.
pub(super) fn differing(findings: &Findings, sources: &Sources, json: bool) -> ExitCode {
    // Where there is no release, nothing differs.
    if findings.iter().all(|finding| finding.code == code::release::NO_RELEASE) {
        return stopped(findings, sources, json, "; nothing was verified");
    }
    told(findings, sources, json, "difference", "; the release is not what it should be");
    ExitCode::from(USER)
}

/// Prints findings about reports that are missing in a release, and chooses the exit code.
pub(super) fn incomplete(findings: &Findings, sources: &Sources, json: bool, missing: &[String]) -> ExitCode {
    list(findings, sources, json);
    if !json {
        note(&format!("the release is incomplete: no report for {}", missing.join(", ")));
    }
    ExitCode::from(USER)
}

/// Prints findings that stopped a command which publishes nothing, and chooses the exit code.
pub(super) fn failed(findings: &Findings, sources: &Sources, json: bool) -> ExitCode {
    stopped(findings, sources, json, "")
}

/// Prints findings that stopped a command which would have published, and chooses the exit code.
pub(super) fn unpublished(findings: &Findings, sources: &Sources, json: bool) -> ExitCode {
    let is_published = findings.iter().any(|finding| finding.code == UNSYNCED);
    stopped(findings, sources, json, if is_published { "; all was published" } else { "; nothing was published" })
}

fn stopped(findings: &Findings, sources: &Sources, json: bool, outcome: &str) -> ExitCode {
    told(findings, sources, json, "error", outcome);
    let internal = findings.iter().any(|finding| finding.code.is_internal());
    ExitCode::from(if internal { INTERNAL } else { USER })
}

/// Prints findings to stderr, or as JSON lines to stdout; for people also how many there are, and what came of it.
fn told(findings: &Findings, sources: &Sources, json: bool, noun: &str, outcome: &str) {
    let errors = list(findings, sources, json);
    if !json {
        note(&format!("{}{outcome}", counted(errors, noun)));
    }
}

/// Prints findings and counts the errors.
fn list(findings: &Findings, sources: &Sources, json: bool) -> usize {
    interrupt::go_on();
    for finding in findings.iter() {
        if json {
            line(&finding);
        } else {
            let text = render(finding, sources);
            let mut stderr = std::io::stderr().lock();
            let _ = write!(stderr, "{}", if stderr.is_terminal() { colored(&text, finding.severity) } else { text });
        }
    }
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}

/// Prints a result as a line of JSON.
pub(super) fn line(value: &impl Serialize) {
    let text = serde_json::to_string(value).expect("results hold only text, numbers and lists");
    result(&format!("{}\n", steerless(&text)));
}

/// Escapes characters of JSON that steer a terminal; outside of its strings there are none.
fn steerless(json: &str) -> Cow<'_, str> {
    if !json.contains(steers) {
        return Cow::Borrowed(json);
    }
    let escaped = |letter: char| match letter {
        letter if steers(letter) => format!("\\u{:04x}", u32::from(letter)),
        letter => letter.to_string(),
    };
    Cow::Owned(json.chars().map(escaped).collect())
}

/// Why results could not be printed, if so.
static LOST: OnceLock<std::io::Error> = OnceLock::new();

/// Prints a result. After a failure nothing more is printed, and [`delivered`] tells it.
pub(super) fn result(text: &str) {
    if LOST.get().is_none() {
        let mut stdout = std::io::stdout().lock();
        if let Err(error) = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            let _ = LOST.set(error);
        }
    }
}

/// Prints the path of a file that was made.
pub(super) fn path(path: &Path) {
    result(&format!("{}\n", printable(&path.to_string_lossy())));
}

/// Turns success into failure where results were lost; a reader that has gone away has seen all that it wanted.
pub(super) fn delivered(code: ExitCode) -> ExitCode {
    match LOST.get() {
        Some(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            note(&format!("error: cannot write to standard output: {}", describe_io_error(error)));
            ExitCode::from(USER)
        }
        _ => code,
    }
}

/// Writes a number with its noun.
pub(super) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Prints a remark on the progress.
pub(super) fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", harmless(text));
}

/// Prints a result that holds names and words of others.
pub(super) fn shown(text: &str) {
    result(&(harmless(text) + "\n"));
}

/// How a paragraph looks on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Quiet,
    Alarm,
}

/// Words for a terminal, one line or several.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub tone: Tone,
    pub words: String,
}

/// Prints a result of paragraphs, in colours on a terminal.
pub(super) fn paragraphs(paragraphs: &[Paragraph]) {
    let is_colored = std::io::stdout().is_terminal() && wants_color();
    let lines = paragraphs.iter().map(|paragraph| painted(paragraph, is_colored) + "\n");
    result(&lines.collect::<String>());
}

fn painted(Paragraph { tone, words }: &Paragraph, is_colored: bool) -> String {
    let words = harmless(words);
    let color = match tone {
        _ if !is_colored || words.is_empty() => return words,
        Tone::Plain => return words,
        Tone::Strong => "\u{1b}[1m",
        Tone::Quiet => "\u{1b}[2m",
        Tone::Alarm => "\u{1b}[1;31m",
    };
    format!("{color}{words}\u{1b}[0m")
}

/// Tells whether the user has not asked for plain text.
fn wants_color() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Keeps a text of several lines from steering the terminal.
fn harmless(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

/// Paints the first word of a finding, where the user has not asked for plain text.
fn colored(text: &str, severity: Severity) -> String {
    if !wants_color() {
        return text.to_owned();
    }
    let (word, color) = match severity {
        Severity::Error => ("error", "\u{1b}[1;31m"),
        Severity::Warning => ("warning", "\u{1b}[1;33m"),
    };
    text.replacen(word, &format!("{color}{word}\u{1b}[0m"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_holds_no_character_that_steers_a_terminal_and_says_the_same() {
        let name = "a\u{202e}b\u{9b}31m";
        let json = serde_json::to_string(name).unwrap();
        let written = steerless(&json);
        assert_eq!(written, r#""a\u202eb\u009b31m""#);
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), name);
        assert!(matches!(steerless(r#"{"name":"Ñ"}"#), Cow::Borrowed(_)));
    }

    #[test]
    fn a_text_of_several_lines_keeps_them_and_steers_nothing() {
        let text = harmless("first\n\u{1b}[31msecond\u{202e}");
        assert_eq!(text.lines().count(), 2);
        assert!(!text.contains(|letter: char| letter != '\n' && steers(letter)), "{text:?}");
    }

    #[test]
    fn an_alarm_is_red_on_a_terminal_alone_and_words_of_others_bring_no_colour() {
        let of = |tone, is_colored| painted(&Paragraph { tone, words: "a\u{1b}[32mb".into() }, is_colored);
        assert_eq!(of(Tone::Alarm, true), "\u{1b}[1;31ma\u{fffd}[32mb\u{1b}[0m");
        assert_eq!(of(Tone::Alarm, false), "a\u{fffd}[32mb");
        assert_eq!(of(Tone::Plain, true), "a\u{fffd}[32mb");
    }

    #[test]
    fn one_thing_is_singular() {
        assert_eq!([0, 1, 2].map(|number| counted(number, "report")), ["0 reports", "1 report", "2 reports"]);
    }
}
