//! Texts that findings point into.

use std::collections::BTreeMap;
use std::sync::Arc;

/// One text with the name its findings call it by.
pub type SourceText = (Arc<str>, Arc<str>);

/// The texts read so far, by name.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<Arc<str>, Arc<str>>);

impl Sources {
    /// Keeps a text under its name.
    pub fn add(&mut self, (name, text): SourceText) {
        self.0.insert(name, text);
    }

    /// Returns all texts with their names, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.0.iter()
    }

    /// Returns the text of this name.
    pub fn text(&self, name: &str) -> Option<&Arc<str>> {
        self.0.get(name)
    }
}
