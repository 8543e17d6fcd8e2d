//! The project root, and paths that stay under it.

use std::path::{Component, Path, PathBuf};

use crate::diag::{Finding, io_words};

/// Finds the project root: the nearest folder above the spec that holds a folder `layouts`.
///
/// # Errors
/// Says that there is none.
pub fn find(spec: &Path) -> Result<PathBuf, Finding> {
    let unfound = || {
        Finding::error("spec::no-project", "no folder above the report spec holds a folder `layouts`")
            .in_file(spec.to_string_lossy())
            .help("put the spec below the folder of the project, e.g. into `config`".to_owned())
    };
    let spec = spec.canonicalize().map_err(|_| unfound())?;
    let root = spec.ancestors().skip(1).find(|folder| folder.join("layouts").is_dir());
    root.map(Path::to_path_buf).ok_or_else(unfound)
}

/// Resolves a path of the spec under the project root.
///
/// # Errors
/// Says in words that the path is absolute, leads out of the root (by `..` or by a link), or does not exist.
pub fn inside(root: &Path, written: &str) -> Result<PathBuf, String> {
    if written.is_empty() {
        return Err("the path is empty".into());
    }
    let path = Path::new(written);
    let leads_out = || format!("the path `{written}` leads out of the project");
    if path.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(leads_out());
    }
    if written.contains("**") {
        return Err(format!(
            "the path `{written}` holds `**`: a `*` stands for letters within one name, and a folder for all below it"
        ));
    }
    // From its first `*` on, a pattern names nothing; the folder before that must exist.
    let is_fixed = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains('*');
    let fixed: PathBuf = path.components().take_while(is_fixed).collect();
    let pattern: PathBuf = path.components().skip_while(is_fixed).collect();
    let real = root.join(fixed).canonicalize();
    let real = real.map_err(|error| format!("cannot find `{written}`: {}", io_words(&error)))?;
    if !real.starts_with(root) {
        return Err(leads_out());
    }
    Ok(if pattern.as_os_str().is_empty() { real } else { real.join(pattern) })
}
