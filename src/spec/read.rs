//! Reads a spec file and its YAML, with bounds, before anything else looks at it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Finding, io_words};

use super::prose::RESERVED;
use super::tree::{self, Tree};

/// The largest spec that is read, in bytes; real ones have some 30,000.
pub const SIZE_LIMIT: u64 = 2 * 1024 * 1024;

/// A spec's text, its values, and where each of them stands.
pub struct Yaml {
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
pub fn read_text(path: &Path) -> Result<(Arc<str>, Arc<str>), Finding> {
    let name: Arc<str> = path.to_string_lossy().into();
    let unreadable = |error: std::io::Error| {
        Finding::error("spec::unreadable", format!("cannot read the file: {}", io_words(&error))).in_file(name.clone())
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(Finding::error("spec::too-large", format!("a spec has at most {SIZE_LIMIT} bytes")).in_file(name));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Finding::error("spec::not-utf8", format!("line {line} is not UTF-8"))
            .in_file(name.clone())
            .help("save the file as UTF-8".to_owned())
    })?;
    Ok((name, text.strip_prefix('\u{feff}').unwrap_or(&text).into()))
}

/// Parses the text of a spec.
///
/// # Errors
/// Says where the YAML is wrong, holds a control character, nests too deep, or grows too large by its aliases.
pub fn parse(name: Arc<str>, text: Arc<str>) -> Result<Yaml, Finding> {
    let is_bad = |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || RESERVED.contains(&c);
    if let Some((at, bad)) = text.char_indices().find(|(_, c)| is_bad(*c)) {
        let message = format!("the character U+{:04X} cannot be printed", u32::from(bad));
        let place = tree::span(&name, &text, at, at + bad.len_utf8());
        return Err(Finding::error("spec::bad-character", message).at(place));
    }
    let tree = Tree::parse(&name, &text)?;
    let yaml: serde_yaml::Value = serde_yaml::from_str(&text).map_err(|error| syntax(&name, &text, &error))?;
    let value = serde_json::to_value(&yaml).map_err(|error| {
        Finding::error("spec::syntax", format!("a value has no meaning in a spec: {error}")).in_file(name.clone())
    })?;
    Ok(Yaml { name, value, tree })
}

/// Turns an error of the YAML reader into a finding at its place.
fn syntax(name: &Arc<str>, text: &str, error: &serde_yaml::Error) -> Finding {
    let finding = Finding::error("spec::syntax", format!("this is no valid YAML: {error}"));
    match error.location() {
        Some(location) => finding.at(tree::span(name, text, location.index(), location.index() + 1)),
        None => finding.in_file(name.clone()),
    }
}
