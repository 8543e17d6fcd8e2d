//! Files that stand beside a report spec, such as press profiles: read by the same rules.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diag::{Finding, Findings, Place, SourceText, Sources, code};

use super::tree::Tree;
use super::{check, read, root};

/// A YAML file of some type, with the places of its values and its project.
pub struct YamlFile<T> {
    /// What the file says.
    pub value: T,
    /// The file's name, as findings call it.
    pub file: Arc<str>,
    /// The project root, to which its paths are relative.
    pub root: PathBuf,
    tree: Tree,
}

impl<T: DeserializeOwned + JsonSchema> YamlFile<T> {
    /// Reads a file within the limits of specs; `whole` is what findings call it, e.g. `the press profile`.
    ///
    /// # Errors
    /// Returns every key and value that the schema of the type does not allow, each at its place.
    pub fn read(path: &Path, whole: &str, sources: &mut Sources) -> Result<Self, Findings> {
        let (value, (file, _), tree) = decoded(path, whole, sources)?;
        Ok(Self { value, file, root: root::find(path)?, tree })
    }

    /// Reads a file that names no other and may stand anywhere; returns its value and its text.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn read_alone(path: &Path, whole: &str, sources: &mut Sources) -> Result<(T, Arc<str>), Findings> {
        let (value, (_, text), _) = decoded(path, whole, sources)?;
        Ok((value, text))
    }
}

fn decoded<T: DeserializeOwned + JsonSchema>(
    path: &Path,
    whole: &str,
    sources: &mut Sources,
) -> Result<(T, SourceText, Tree), Findings> {
    let (file, text) = read::read_text(path)?;
    sources.add((file.clone(), text.clone()));
    let yaml = read::parse(file.clone(), text.clone())?;
    let value = check::decode_as(&yaml, whole)?;
    Ok((value, (file, text), yaml.tree))
}

impl<T> YamlFile<T> {
    /// Returns the place of a value by its JSON pointer.
    pub fn place(&self, pointer: &str) -> Option<Place> {
        self.tree.value(pointer)
    }

    /// Resolves a path of the file under the project root.
    ///
    /// # Errors
    /// Returns an error if it leads out of the project or does not exist.
    pub fn path(&self, pointer: &str, raw: &str) -> Result<PathBuf, Finding> {
        root::inside(&self.root, raw)
            .map_err(|message| Finding::error(code::spec::PATH, message).at(self.place(pointer)))
    }
}
