//! Reads a spec file and its YAML, with bounds, before anything else looks at it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Finding, Findings, code, describe_io_error};

use super::characters;
use super::tree::{self, Tree};

/// The largest spec that is read, in bytes; real ones have some 30,000.
pub(super) const SIZE_LIMIT: u64 = 2 * 1024 * 1024;

/// A spec's text, its values, and where each of them stands.
pub(super) struct Yaml {
    /// The name that findings call the file by.
    pub name: Arc<str>,
    /// The values.
    pub value: serde_json::Value,
    /// Where they stand.
    pub tree: Tree,
}

/// Reads the text of a spec.
///
/// # Errors
/// Says when the file cannot be read, is too large, or is not UTF-8.
pub(super) fn read_text(path: &Path) -> Result<(Arc<str>, Arc<str>), Finding> {
    let name: Arc<str> = path.to_string_lossy().into();
    let unreadable = |error: std::io::Error| {
        Finding::error(code::spec::UNREADABLE, format!("cannot read the file: {}", describe_io_error(&error)))
            .in_file(name.clone())
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(
            Finding::error(code::spec::TOO_LARGE, format!("a spec has at most {SIZE_LIMIT} bytes")).in_file(name)
        );
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Finding::error(code::spec::NOT_UTF8, format!("line {line} is not UTF-8"))
            .in_file(name.clone())
            .help("save the file as UTF-8".to_owned())
    })?;
    Ok((name, text.strip_prefix('\u{feff}').unwrap_or(&text).into()))
}

/// Parses the text of a spec.
///
/// # Errors
/// Says where the YAML is wrong, holds a character that cannot be printed, nests too deep, or grows too large by its
/// aliases; of bad characters in texts, each at its text.
pub(super) fn parse(name: Arc<str>, text: Arc<str>) -> Result<Yaml, Findings> {
    let end = tail(&name, &text)?;
    if let Some((at, bad)) = characters::find_in_file(&text[..end]) {
        return Err(bad.finding(Some(tree::span(&name, &text, at, at + bad.character.len_utf8()))).into());
    }
    // A tab after a colon is white space in YAML 1.2 (6.2), and the parser takes it for indentation.
    let read = Tree::parse(&name, &text);
    let (tree, value) =
        read.or_else(|error| spaced(&text).and_then(|spaced| Tree::parse(&name, &spaced).ok()).ok_or(error))?;
    let faults = characters::faults(&value, &tree);
    if faults.is_empty() { Ok(Yaml { name, value, tree }) } else { Err(faults.into_iter().collect()) }
}

/// Refuses what some programs leave behind the last line; returns where the text ends.
fn tail(name: &Arc<str>, text: &str) -> Result<usize, Finding> {
    let end = text.trim_end_matches(['\0', '\u{1a}', '\n', '\r', ' ']).len();
    let Some((at, bad)) = text[end..].char_indices().find(|(_, c)| matches!(c, '\0' | '\u{1a}')) else {
        return Ok(text.len());
    };
    let called = if bad == '\0' { "NUL characters (U+0000)" } else { "Ctrl-Z (U+001A)" };
    let message = format!("the file ends with {called}, which an editor does not show");
    Err(Finding::error(code::spec::BAD_CHARACTER, message)
        .at(tree::span(name, text, end + at, end + at + 1))
        .help("save the file again as plain UTF-8 text".to_owned()))
}

/// Puts a space for each tab that stands between a sign of YAML and a value; none where there is no such tab.
fn spaced(text: &str) -> Option<Arc<str>> {
    let (mut after_sign, mut changed) = (false, false);
    let space = |c: char| {
        let is_tab = c == '\t' && after_sign;
        after_sign = is_tab || matches!(c, ':' | '-' | ',' | '[' | '{') || (c == ' ' && after_sign);
        changed |= is_tab;
        if is_tab { ' ' } else { c }
    };
    let spaced: String = text.chars().map(space).collect();
    changed.then(|| spaced.into())
}
