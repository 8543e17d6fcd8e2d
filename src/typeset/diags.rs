//! Typst's diagnostics as findings.

use std::collections::BTreeSet;

use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use crate::compose::{self, Document};
use crate::diag::{Finding, Findings, Place};

use super::world::ReportWorld;

/// Turns diagnostics into findings that name the layout's file and line.
pub(super) fn findings<'d>(
    world: &ReportWorld<'_>,
    diagnostics: impl IntoIterator<Item = &'d SourceDiagnostic>,
) -> Findings {
    let mut findings = Findings::new();
    for one in diagnostics {
        let hints: Vec<&str> = one.hints.iter().map(|hint| hint.v.as_str()).collect();
        let finding = Finding::error("typeset::layout", lower(&one.message))
            .at(place(world, one))
            .help((!hints.is_empty()).then(|| hints.join("; ")));
        findings.push(finding);
    }
    findings
}

/// Turns diagnostics of the export into findings: a character without a glyph is told with the words it stands in.
pub(super) fn of_export(world: &ReportWorld<'_>, document: &Document, diagnostics: &[SourceDiagnostic]) -> Findings {
    let mut findings = Findings::new();
    let mut missing = BTreeSet::new();
    for one in diagnostics {
        match undisplayed(&one.message) {
            Some(text) => missing.extend(text.chars()),
            None => findings.extend(self::findings(world, [one])),
        }
    }
    let text = compose::to_text(document);
    for character in missing {
        let stands = text.split(['\n', '\t']).find(|line| line.contains(character)).map(|line| around(line, character));
        let stands = stands.map_or_else(String::new, |words| format!(", which stands in `{words}`"));
        let number = u32::from(character);
        let message = format!("no font of the edition has the character `{character}` (U+{number:04X}){stands}");
        let help = "add a font that has it to the folder of `fonts`, and name it in the layout".to_owned();
        findings.push(Finding::error("typeset::missing-character", message).help(help));
    }
    findings
}

/// Returns the text that could not be displayed, where a diagnostic says so.
fn undisplayed(message: &str) -> Option<String> {
    let (quoted, _) = message.split_once("the text `\"")?.1.split_once("\"` could not be displayed")?;
    let mut text = String::new();
    let mut pieces = quoted.split("\\u{");
    text.push_str(pieces.next()?);
    for piece in pieces {
        let (number, rest) = piece.split_once('}')?;
        text.push(char::from_u32(u32::from_str_radix(number, 16).ok()?)?);
        text.push_str(rest);
    }
    Some(text)
}

/// Returns the words around a character.
fn around(line: &str, character: char) -> String {
    let at = line.chars().position(|c| c == character).unwrap_or(0);
    line.chars().skip(at.saturating_sub(20)).take(40).collect::<String>().trim().to_owned()
}

fn place(world: &ReportWorld<'_>, one: &SourceDiagnostic) -> Place {
    let whole = || Place::File { file: world.kit.name.as_str().into() };
    let Some(id) = one.span.id() else { return whole() };
    let path = id.get().vpath().get_without_slash().to_owned();
    let file = format!("{}/{}", world.kit.name, path.strip_prefix("layout/").unwrap_or(&path));
    let line = world.range(one.span).and_then(|range| world.source(id).ok()?.lines().byte_to_line(range.start));
    match line {
        Some(line) => Place::Record { file: file.into(), line: line as u64 + 1, column: None },
        None => Place::File { file: file.into() },
    }
}

fn lower(message: &str) -> String {
    message.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_glyphs_is_read_from_the_typesetters_words() {
        let words =
            |text: &str| format!("PDF/UA-1 error: the text `{text:?}` could not be displayed with font `\"A\"`");
        assert_eq!(undisplayed(&words("😀")).as_deref(), Some("😀"));
        assert_eq!(undisplayed(&words("\u{f8ff}電")).as_deref(), Some("\u{f8ff}電"));
        assert_eq!(undisplayed("missing alt text"), None);
    }

    #[test]
    fn the_words_around_a_character_are_cut_short() {
        let line = format!("{} x {}", "a".repeat(100), "b".repeat(100));
        assert_eq!(around(&line, 'x'), format!("{} x {}", "a".repeat(19), "b".repeat(18)));
    }
}
