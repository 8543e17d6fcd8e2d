//! The project root, and paths that stay under it.

use std::path::{Component, Path, PathBuf};

use crate::diag::{Finding, code, describe_io_error};

/// Finds the project root: the nearest folder above the spec that holds a folder `layouts`.
///
/// # Errors
/// Returns an error if there is none.
pub(super) fn find(spec: &Path) -> Result<PathBuf, Finding> {
    let unfound = || {
        Finding::error(code::spec::NO_PROJECT, "no folder above the report spec holds a folder `layouts`")
            .in_file(spec.to_string_lossy())
            .help("put the spec below the folder of the project, e.g. into `config`".to_owned())
    };
    let spec = spec.canonicalize().map_err(|_| unfound())?;
    let root = spec.ancestors().skip(1).find(|folder| folder.join("layouts").is_dir());
    root.map(Path::to_path_buf).ok_or_else(unfound)
}

/// Where the operator keeps what is confidential, where that is not where the spec says.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The key of hidden rows and digests.
    pub key_file: Option<PathBuf>,
    /// Folder of the case data: files of the spec's relative paths, or of their names, are looked for in it.
    pub data: Option<PathBuf>,
    /// So are those of absolute paths and variables of the environment.
    pub all_data: bool,
}

impl Places {
    /// Finds a file, pattern or folder of case data. In a folder of data it is looked for by its path, and where that folder has
    /// no such path, by its name.
    ///
    /// # Errors
    /// Returns an error if the path leads out of the project, or if nothing is there; in a folder of data, that it is not there.
    pub fn data(&self, root: &Path, raw: &str) -> Result<PathBuf, String> {
        let is_elsewhere = Path::new(raw).is_absolute() || raw.starts_with("${");
        let Some(folder) = self.data.as_ref().filter(|_| self.all_data || !is_elsewhere) else {
            return anywhere(root, raw);
        };
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let name = Path::new(raw).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let below = raw.strip_prefix("${").and_then(|rest| rest.split_once('}')).map_or(raw, |(_, rest)| rest);
        let below = below.trim_start_matches('/');
        let is_there = folder.join(split(Path::new(below)).0).symlink_metadata().is_ok();
        let found = if is_there { inside(&folder, below) } else { inside(&folder, &name) };
        found.map_err(|message| match is_there {
            true => message,
            false => format!("cannot find `{raw}` in the folder of data"),
        })
    }
}

/// Resolves a path that may lead out of the project on purpose: it is absolute, or begins with a variable of the environment
/// (`${NAME}`). All others stay [`inside`].
///
/// # Errors
/// As [`inside`], and says that there is no such variable.
pub(super) fn anywhere(root: &Path, raw: &str) -> Result<PathBuf, String> {
    let path = expanded(raw)?;
    if !Path::new(&path).is_absolute() {
        return within(root, &path, raw);
    }
    let (fixed, pattern) = split(Path::new(&path));
    let real = fixed.canonicalize().map_err(|error| format!("cannot find `{raw}`: {}", describe_io_error(&error)))?;
    Ok(if pattern.as_os_str().is_empty() { real } else { real.join(pattern) })
}

/// Puts the value of a variable in place of `${NAME}` at the beginning.
fn expanded(raw: &str) -> Result<String, String> {
    let Some((name, rest)) = raw.strip_prefix("${").and_then(|rest| rest.split_once('}')) else {
        return Ok(raw.to_owned());
    };
    match std::env::var(name) {
        Ok(value) if !value.is_empty() => Ok(value + rest),
        _ => Err(format!("the environment has no variable `{name}`")),
    }
}

/// Splits a path before the first part that is a pattern.
fn split(path: &Path) -> (PathBuf, PathBuf) {
    let is_fixed = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains('*');
    (path.components().take_while(is_fixed).collect(), path.components().skip_while(is_fixed).collect())
}

/// Resolves a path of the spec under the project root.
///
/// # Errors
/// Says in words that the path is absolute, leads out of the root (by `..` or by a link), or does not exist.
pub(super) fn inside(root: &Path, raw: &str) -> Result<PathBuf, String> {
    within(root, raw, raw)
}

/// As [`inside`]; findings tell the path as it is `raw`, since a variable may hold what is nobody's business.
fn within(root: &Path, path: &str, raw: &str) -> Result<PathBuf, String> {
    if path.is_empty() {
        return Err("the path is empty".into());
    }
    let leads_out = || format!("the path `{raw}` leads out of the project");
    if Path::new(path).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(leads_out());
    }
    if path.contains("**") {
        return Err(format!(
            "the path `{raw}` holds `**`: a `*` stands for letters within one name, and a folder for all below it"
        ));
    }
    // From its first `*` on, a pattern names nothing; the folder before that must exist.
    let (fixed, pattern) = split(Path::new(path));
    let real = root.join(fixed).canonicalize();
    let real = real.map_err(|error| format!("cannot find `{raw}`: {}", describe_io_error(&error)))?;
    if !real.starts_with(root) {
        return Err(leads_out());
    }
    Ok(if pattern.as_os_str().is_empty() { real } else { real.join(pattern) })
}
