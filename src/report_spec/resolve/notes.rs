//! Notes, and what refers to them.

use indexmap::IndexMap;

use crate::diag::{Finding, code};
use crate::report_spec::prose::Prose;

use super::Resolver;
use super::diags::among;

impl Resolver<'_> {
    pub(super) fn note_texts(&mut self, raw: &IndexMap<String, String>) -> IndexMap<String, Prose> {
        raw.iter().map(|(name, text)| (name.clone(), self.prose(&["notes", name], text))).collect()
    }

    /// Checks the names in `note("…")` of a template.
    pub(super) fn note_calls(&mut self, prose: &Prose) {
        for call in prose.text.split("note(").skip(1) {
            let name: String = call
                .trim_start()
                .trim_start_matches(['"', '\''])
                .chars()
                .take_while(|c| !"\"')".contains(*c))
                .collect();
            if !self.notes.contains(&name) {
                let help = among(&name, self.notes.iter().map(String::as_str));
                let place = self.yaml.tree.name_in(prose.place.clone(), &name, 0);
                let finding = Finding::error(code::spec::UNKNOWN_NOTE, format!("no note is called `{name}`"));
                self.findings.push(finding.at(place).help(help));
            }
        }
    }

    /// Checks the name of a note that a label or a rule refers to.
    pub(super) fn note_name(&mut self, path: &[&str], name: Option<&String>) -> Option<String> {
        let name = name?;
        if !self.notes.contains(name) {
            let notes: Vec<String> = self.notes.iter().cloned().collect();
            self.unknown(
                code::spec::UNKNOWN_NOTE,
                path,
                format!("no note is called `{name}`"),
                name,
                notes.iter().map(String::as_str),
            );
        }
        Some(name.clone())
    }
}
