//! Typst's diagnostics as findings.

use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

use crate::diag::{Finding, Findings, Place, code};

use super::world::ReportWorld;

/// Turns diagnostics into findings that name the layout's file and line.
pub(super) fn findings<'d>(
    world: &ReportWorld<'_>,
    diagnostics: impl IntoIterator<Item = &'d SourceDiagnostic>,
) -> Findings {
    let mut findings = Findings::new();
    for diagnostic in diagnostics {
        let hints: Vec<&str> = diagnostic.hints.iter().map(|hint| hint.v.as_str()).collect();
        let finding = Finding::error(code::typeset::LAYOUT, lower(&diagnostic.message))
            .at(place(world, diagnostic))
            .help(help(&hints));
        findings.push(finding);
    }
    findings
}

/// Joins hints. Typst's own speak of an option of its command line; here none lets a layout out of its folder.
fn help(hints: &[&str]) -> Option<String> {
    match hints.iter().any(|hint| hint.contains("`--root`")) {
        true => {
            Some("put the file into the folder of the layout, and write its path from the file that names it".into())
        }
        false => (!hints.is_empty()).then(|| hints.join("; ")),
    }
}

fn place(world: &ReportWorld<'_>, diagnostic: &SourceDiagnostic) -> Place {
    let whole = || Place::File { file: world.assets.name.as_str().into() };
    let Some(id) = diagnostic.span.id() else { return whole() };
    let path = id.get().vpath().get_without_slash().to_owned();
    let file = format!("{}/{}", world.assets.name, path.strip_prefix("layout/").unwrap_or(&path));
    let line = world.range(diagnostic.span).and_then(|range| world.source(id).ok()?.lines().byte_to_line(range.start));
    match line {
        Some(line) => Place::Record { file: file.into(), line: line as u64 + 1, column: None },
        None => Place::File { file: file.into() },
    }
}

fn lower(message: &str) -> String {
    message.trim_end_matches('.').to_owned()
}
