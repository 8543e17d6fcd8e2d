//! The language of the edition, and what is not known of it.

use indexmap::IndexMap;

use crate::diag::{Finding, code};
use crate::report_spec::language::{Fault, Language};
use crate::report_spec::raw;

use super::Resolver;

impl Resolver<'_> {
    pub(super) fn language(&mut self, raw: &raw::Language) -> Option<Language> {
        let language = match Language::resolve(raw) {
            Ok(language) => language,
            Err(faults) => {
                for fault in faults {
                    self.fault(&["language"], fault, |message| Finding::error(code::spec::BAD_VALUE, message));
                }
                return None;
            }
        };
        for gap in language.gaps() {
            self.fault(&["language"], gap, |message| Finding::warning(code::spec::LANGUAGE, message));
        }
        Some(language)
    }

    /// Warns of labels of counters that lack a form which the language needs.
    pub(super) fn label_forms(&mut self, counters: &IndexMap<String, Vec<raw::Counter>>, language: &Language) {
        for (row, at, counter) in counters
            .iter()
            .flat_map(|(row, all)| all.iter().enumerate().map(move |(at, counter)| (row, at.to_string(), counter)))
        {
            if let Some(gap) = language.missing_label(&counter.label, &["label"]) {
                self.fault(&["counters", row, &at], gap, |message| Finding::warning(code::spec::LANGUAGE, message));
            }
        }
    }

    fn fault(&mut self, path: &[&str], fault: Fault, finding: impl Fn(String) -> Finding) {
        let path: Vec<&str> = path.iter().copied().chain(fault.path.iter().map(String::as_str)).collect();
        let finding = finding(fault.message).at(self.place(&path)).help(fault.help.to_owned());
        self.findings.push(finding);
    }
}
