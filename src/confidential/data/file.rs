//! The files of a source.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Finding, code, describe_io_error};
use crate::report_spec::{Format, Source};

/// How deep folders of a source may lie in each other.
const DEPTH: usize = 16;

/// What Hive writes for an empty value in the name of a folder.
const HIVE_EMPTY: &str = "__HIVE_DEFAULT_PARTITION__";

/// One file of a source.
pub(super) struct Part {
    /// Its name, as findings tell it.
    pub(super) name: Arc<str>,
    pub(super) path: PathBuf,
    /// Its path as the spec has it, which may be told in public.
    pub(super) raw: String,
    pub(super) format: Format,
    /// Values that its folders give to all its records, by column (`state=CT`).
    pub(super) keys: Vec<(String, String)>,
}

/// Lists a source's files, those of a pattern or a folder in the order of their names.
///
/// Names that begin with a point or an underscore are left out, as Hive, Spark and Arrow do: they are marks and indices
/// beside the data.
///
/// # Errors
/// Returns an error if a folder cannot be read, if a link leads out of the project or to another of the files, or if there is
/// no file.
pub(super) fn of(source: &Source, root: &Path) -> Result<Vec<Part>, Finding> {
    let raw = source.file.strip_prefix(root).unwrap_or(&source.file);
    let parts: Vec<String> = raw.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let fixed = parts.iter().take_while(|part| !part.contains('*')).count();
    let base: PathBuf = parts[..fixed].iter().fold(root.to_path_buf(), |path, part| path.join(part));
    let mut found = Vec::new();
    let within = if source.file.starts_with(root) { root } else { &base };
    let lister = Lister { root, within, unfit: shown(root, &source.file) };
    if fixed < parts.len() {
        lister.fitting(&base, &parts[fixed..], &mut found)?;
    } else if base.is_dir() {
        lister.below(&base, DEPTH, &mut found)?;
    } else {
        let (name, format) = (shown(root, &base), format(source, &base));
        let raw = public(source, Path::new(""));
        return Ok(vec![Part { name, format, path: lister.inside(base.clone())?, raw, keys: Vec::new() }]);
    }
    if found.is_empty() {
        let message =
            if fixed < parts.len() { "no file fits this pattern" } else { "the folder holds no file of data" };
        return Err(Finding::error(code::data::UNREADABLE, message).in_file(lister.unfit));
    }
    found.sort();
    lister.distinct(&found)?;
    let part = |path: PathBuf| {
        let below = path.strip_prefix(&base).unwrap_or(&path);
        let (keys, raw) = (keys(below), public(source, below));
        Part { name: shown(root, &path), format: format(source, &path), path, raw, keys }
    };
    Ok(found.into_iter().map(part).collect())
}

/// Writes a path below a source's file, folder or pattern as the spec has it. Of an absolute path the last name alone is told,
/// and of a pattern what fits it: where the operator keeps the data is nobody's business.
fn public(source: &Source, below: &Path) -> String {
    let raw = Path::new(&source.raw);
    let fixed: PathBuf = raw.iter().take_while(|part| !part.to_string_lossy().contains('*')).collect();
    let fixed = match raw.is_absolute() {
        true if fixed == raw => PathBuf::from(fixed.file_name().unwrap_or_default()),
        true => PathBuf::new(),
        false => fixed,
    };
    let parts: Vec<_> = fixed.iter().chain(below.iter()).map(|part| part.to_string_lossy()).collect();
    parts.into_iter().filter(|part| part != ".").collect::<Vec<_>>().join("/")
}

struct Lister<'a> {
    root: &'a Path,
    /// What no link may lead out of: the project, or the folder of data that a reviewer names.
    within: &'a Path,
    /// The pattern or the folder, as it is told.
    unfit: Arc<str>,
}

impl Lister<'_> {
    /// Lists the files whose path fits the parts of a pattern.
    fn fitting(&self, folder: &Path, parts: &[String], found: &mut Vec<PathBuf>) -> Result<(), Finding> {
        let Some((part, rest)) = parts.split_first() else { return Ok(()) };
        for path in self.entries(folder)? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !fits(&name, part) {
                continue;
            }
            if rest.is_empty() && !path.is_dir() {
                found.push(self.inside(path)?);
            } else if !rest.is_empty() && path.is_dir() {
                self.fitting(&self.inside(path)?, rest, found)?;
            }
        }
        Ok(())
    }

    /// Lists all files in a folder and the folders below it.
    fn below(&self, folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Finding> {
        for path in self.entries(folder)? {
            if !fits(&path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), "*") {
                continue;
            }
            let path = self.inside(path)?;
            if !path.is_dir() {
                found.push(path);
            } else if depth > 0 {
                self.below(&path, depth - 1, found)?;
            } else {
                let message = format!("folders lie more than {DEPTH} deep in each other");
                return Err(Finding::error(code::data::UNREADABLE, message).in_file(self.unfit.clone()));
            }
        }
        Ok(())
    }

    fn entries(&self, folder: &Path) -> Result<Vec<PathBuf>, Finding> {
        let unreadable = |error: std::io::Error| {
            Finding::error(code::data::UNREADABLE, format!("cannot read the folder: {}", describe_io_error(&error)))
                .in_file(shown(self.root, folder))
        };
        let entries = std::fs::read_dir(folder).map_err(unreadable)?;
        entries.map(|entry| entry.map(|entry| entry.path()).map_err(unreadable)).collect()
    }

    /// Refuses what lies outside of the project or leads nowhere, as a link can, and what is no file to be read to its
    /// end.
    fn inside(&self, path: PathBuf) -> Result<PathBuf, Finding> {
        let real = path.canonicalize().map_err(|error| {
            Finding::error(code::data::UNREADABLE, format!("cannot read the file: {}", describe_io_error(&error)))
                .in_file(shown(self.root, &path))
        })?;
        let within = self.within.canonicalize().unwrap_or_else(|_| self.within.to_path_buf());
        let message = match () {
            () if !real.starts_with(within) => "the path leads out of the project",
            () if !real.is_file() && !real.is_dir() => "the path is neither a file nor a folder",
            () => return Ok(path),
        };
        Err(Finding::error(code::data::UNREADABLE, message).in_file(shown(self.root, &path)))
    }

    /// Refuses a file that two of the names lead to.
    fn distinct(&self, found: &[PathBuf]) -> Result<(), Finding> {
        let mut names = HashMap::new();
        for path in found {
            let Some(identity) = identity(path) else { continue };
            if let Some(first) = names.insert(identity, path) {
                let message = format!(
                    "the file is `{}` by another name, and its records would count twice",
                    shown(self.root, first)
                );
                return Err(Finding::error(code::data::DUPLICATE_FILE, message).in_file(shown(self.root, path)));
            }
        }
        Ok(())
    }
}

/// Returns what all names of one file have in common, those of hard links too.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|data| (data.dev(), data.ino()))
}

/// Returns what all names of one file have in common.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Tells whether a name fits a part of a pattern, where `*` stands for any letters but not for a first point or
/// underscore.
fn fits(name: &str, pattern: &str) -> bool {
    if name.starts_with(['.', '_']) && pattern.starts_with('*') {
        return false;
    }
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// Reads the values that folders of the form `column=value` give.
fn keys(path: &Path) -> Vec<(String, String)> {
    let folders = path.parent().into_iter().flat_map(Path::iter);
    let pairs = folders.filter_map(|folder| {
        let (key, value) = folder.to_str()?.split_once('=')?;
        let plain = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        Some((plain(key), if value == HIVE_EMPTY { String::new() } else { plain(value) }))
    });
    pairs.collect()
}

/// Tells the format of a file from its ending, where the spec does not say it.
fn format(source: &Source, path: &Path) -> Format {
    let told = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"));
    match source.format {
        Some(format) => format,
        None if told(path) || told(&source.file) => Format::Parquet,
        None => Format::Csv,
    }
}

fn shown(root: &Path, path: &Path) -> Arc<str> {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters_but_not_for_marks_of_engines() {
        for (name, pattern) in [
            ("a.csv", "*.csv"),
            ("part-1.c000.csv", "part-*.csv"),
            ("a-b-c", "a*c"),
            ("abc", "a*b*c"),
            ("year=2016", "*"),
            ("_x.csv", "_*.csv"),
            ("a.csv", "a.csv"),
        ] {
            assert!(fits(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in [
            ("_SUCCESS", "*"),
            (".part.crc", "*"),
            ("_temporary", "*"),
            ("a.csv.crc", "*.csv"),
            ("ab", "ab*b"),
            ("acb", "a*c"),
            ("a.csv", "b.csv"),
        ] {
            assert!(!fits(name, pattern), "{name} {pattern}");
        }
    }

    #[test]
    fn folders_of_hive_give_values() {
        let keys = keys(Path::new("year=2016/state=CT/area=a%2Fb/note=__HIVE_DEFAULT_PARTITION__/part=0.csv"));
        let keys: Vec<(&str, &str)> = keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(keys, [("year", "2016"), ("state", "CT"), ("area", "a/b"), ("note", "")]);
    }
}
