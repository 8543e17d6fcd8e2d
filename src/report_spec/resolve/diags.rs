//! What does not fit together, each fault at its value.

use indexmap::IndexSet;

use crate::diag::{Code, Finding, Place, nearest};
use crate::report_spec::model::Named;
use crate::report_spec::tree::escape;
use crate::unit::nfc;

use super::Resolver;

impl Resolver<'_> {
    /// Returns the place of the value at a path of keys.
    pub(super) fn place(&self, path: &[&str]) -> Option<Place> {
        self.yaml.tree.value(&pointer(path))
    }

    pub(super) fn error(&mut self, code: Code, path: &[&str], message: impl Into<String>) {
        let finding = Finding::error(code, message).at(self.place(path));
        self.findings.push(finding);
    }

    /// Reports a name that does not exist, with the nearest one that does.
    pub(super) fn unknown<'n>(
        &mut self,
        code: Code,
        path: &[&str],
        message: String,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let finding = Finding::error(code, message).at(self.place(path)).help(among(name, known));
        self.findings.push(finding);
    }

    /// Reports a fault at a key rather than at its value.
    pub(super) fn error_at_key(&mut self, code: Code, path: &[&str], message: impl Into<String>) {
        let finding = Finding::error(code, message).at(self.yaml.tree.key(&pointer(path)));
        self.findings.push(finding);
    }

    /// Tells whether the value at a path is reported already, so that what follows from it need not be.
    pub(super) fn is_reported(&self, path: &[&str]) -> bool {
        let place = self.place(path);
        self.findings.iter().any(|finding| finding.place == place)
    }

    /// Resolves a name of a map of the spec to what it names.
    pub(super) fn named<'n, K: Named>(
        &mut self,
        path: &[&str],
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<K> {
        self.place_of((K::NOUN, K::UNKNOWN), path, name, known).map(K::from)
    }

    /// Finds the place of a name among others; names are equal in either normalization form.
    pub(super) fn place_of<'n>(
        &mut self,
        (noun, unknown): (&str, Code),
        path: &[&str],
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> Option<usize> {
        let found = known.clone().position(|other| nfc(other) == nfc(name));
        if found.is_none() {
            self.unknown(unknown, path, format!("no {noun} is called `{name}`"), name, known);
        }
        found
    }
}

/// Suggests the name that was meant, or lists them all where there are few.
pub(super) fn among<'n>(raw: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let known: IndexSet<&str> = known.into_iter().filter(|name| !name.is_empty()).collect();
    if let Some(known) = nearest(raw, known.iter().copied()) {
        return Some(format!("did you mean `{known}`?"));
    }
    let words: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
    match words.len() {
        1 => Some(format!("there is only {}", words[0])),
        2..=8 => Some(format!("there are {}", words.join(", "))),
        _ => None,
    }
}

pub(super) fn pointer(path: &[&str]) -> String {
    path.iter().map(|key| format!("/{}", escape(key))).collect()
}
