//! Code lists: codes with their labels, and codes that count as others.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diag::{Finding, code};
use crate::report_spec::characters::look;
use crate::report_spec::model::{self, Alias, CodeId, CodeList, CodeListId, TiSlice, TiVec};
use crate::report_spec::raw;
use crate::unit::nfc;

use super::Resolver;
use super::diags::{among, pointer};
use super::jurisdictions::one_line;

impl Resolver<'_> {
    pub(super) fn lists(&mut self, raw: &IndexMap<String, Vec<raw::Code>>) -> TiVec<CodeListId, CodeList> {
        raw.iter().map(|(name, codes)| self.list(name, codes)).collect()
    }

    fn list(&mut self, name: &str, raw: &[raw::Code]) -> CodeList {
        let mut seen = BTreeSet::new();
        // By parent and look: the code that has the label.
        let mut labels: BTreeMap<(Option<String>, String), &str> = BTreeMap::new();
        let mut codes = TiVec::new();
        for (at, entry) in raw.iter().enumerate() {
            let at = at.to_string();
            let (code, parent) = (composed(&entry.code), entry.parent.as_deref().map(composed));
            if !seen.insert((parent.clone(), code.clone())) {
                self.error(
                    code::spec::DUPLICATE_CODE,
                    &["code_lists", name, &at, "code"],
                    format!("the code `{}` stands here a second time", entry.code),
                );
            }
            if entry.alias_of.is_some() {
                continue;
            }
            let label = self.label(name, &at, entry);
            let first = labels.entry((parent.clone(), look(&label))).or_insert(&entry.code);
            if *first != entry.code && !label.is_empty() {
                let path = pointer(&["code_lists", name, &at, "label"]);
                let message = format!("the label `{label}` is that of the code `{first}` as well");
                let help = format!("give it a label of its own, or `alias_of: {first}` where it counts as that one");
                let finding = Finding::error(code::spec::DUPLICATE_LABEL, message).at(self.yaml.tree.value(&path));
                self.findings.push(finding.help(help));
            }
            codes.push(model::Code {
                code,
                label,
                parent,
                note: self.note_name(&["code_lists", name, &at, "note"], entry.note.as_ref()),
                last: entry.last,
            });
        }
        let aliases = raw.iter().enumerate().filter_map(|(at, alias)| self.alias(name, &at.to_string(), alias, &codes));
        let aliases = aliases.collect();
        CodeList { name: name.to_owned(), codes, aliases }
    }

    fn label(&mut self, list: &str, at: &str, raw: &raw::Code) -> String {
        let Some(label) = &raw.label else {
            let message = format!("the code `{}` needs a `label`, or `alias_of`", raw.code);
            self.error(code::spec::MISSING_KEY, &["code_lists", list, at], message);
            return String::new();
        };
        let label = one_line(label);
        if look(&label).is_empty() {
            self.error(code::spec::BAD_VALUE, &["code_lists", list, at, "label"], "a label is empty");
        }
        label
    }

    /// Resolves a code that counts as another one below the same parent.
    fn alias(&mut self, list: &str, at: &str, raw: &raw::Code, codes: &TiSlice<CodeId, model::Code>) -> Option<Alias> {
        let target = raw.alias_of.as_ref()?;
        let path = ["code_lists", list, at, "alias_of"];
        let parent = raw.parent.as_deref().map(composed);
        let siblings = || codes.iter().filter(|code| code.parent == parent);
        let found = codes.position(|code| code.code == composed(target) && code.parent == parent);
        let Some(of) = found else {
            let is_itself = composed(target) == composed(&raw.code);
            let message = match is_itself {
                true => format!("the code `{target}` is an alias of itself"),
                false => format!("the list has no code `{target}` with a row of its own here"),
            };
            let help = among(target, siblings().map(|sibling| sibling.code.as_str())).filter(|_| !is_itself);
            self.findings.push(Finding::error(code::spec::ALIAS, message).at(self.place(&path)).help(help));
            return None;
        };
        let differs = raw.label.as_ref().is_some_and(|label| look(label) != look(&codes[of].label));
        let keys = [("label", differs), ("note", raw.note.is_some()), ("last", raw.last)];
        for (key, _) in keys.iter().filter(|(_, there)| *there) {
            let message = format!("an alias has no row, and its `{key}` is printed nowhere");
            self.error(code::spec::ALIAS, &["code_lists", list, at, key], message);
        }
        Some(Alias { code: composed(&raw.code), of })
    }
}

/// Returns a code in the normalization form in which codes are compared.
fn composed(code: &str) -> String {
    nfc(code).into_owned()
}
