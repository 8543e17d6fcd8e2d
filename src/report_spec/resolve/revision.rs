//! Re-issued editions.

use std::collections::BTreeSet;

use crate::diag::code;
use crate::report_spec::model::{JurisdictionId, Reason, Revision, RevisionWords};
use crate::report_spec::raw::{self, SpecFile};

use super::Resolver;

impl Resolver<'_> {
    pub(super) fn revision(&mut self, spec: &SpecFile) -> Option<Revision> {
        // Words are checked whether they are needed or not.
        let words = spec.corrections.as_ref().map(|words| self.revision_words(words));
        let raw = spec.revision.as_ref()?;
        let date = self.date(&["revision", "date"], &raw.date);
        if date.zip(self.date(&["data_date"], &spec.data_date)).is_some_and(|(date, data)| date < data) {
            self.error(code::spec::BAD_VALUE, &["revision", "date"], "a re-issue is not earlier than its data");
        }
        let figures: Vec<&str> = spec.tables.keys().chain(spec.maps.keys()).map(String::as_str).collect();
        let reasons =
            raw.reasons.iter().enumerate().filter_map(|(at, reason)| self.reason(&at.to_string(), reason, &figures));
        let reasons = reasons.collect();
        if words.is_none() {
            let message = "a re-issued edition needs `corrections`, the words with which it tells what changed";
            self.error_at_key(code::spec::MISSING_KEY, &["revision"], message);
        }
        Some(Revision { number: raw.number, date: date?, reasons, words: words? })
    }

    fn revision_words(&mut self, raw: &raw::Corrections) -> RevisionWords {
        let mut prose = |key: &str, text: &str| self.prose(&["corrections", key], text);
        RevisionWords {
            line: prose("line", &raw.line),
            heading: prose("heading", &raw.heading),
            introduction: prose("introduction", &raw.introduction),
            words_only: prose("words_only", &raw.words_only),
            column: raw.column.clone(),
            before: raw.before.clone(),
            after: raw.after.clone(),
            counters: raw.counters.clone(),
            prose: raw.prose.as_ref().unwrap_or(&raw.counters).clone(),
            absent: raw.absent.clone(),
            reason: raw.reason.clone(),
        }
    }

    fn reason(&mut self, at: &str, raw: &raw::Reason, figures: &[&str]) -> Option<Reason> {
        if raw.reason.trim().is_empty() {
            self.error(
                code::spec::MISSING_REASON,
                &["revision", "reasons", at, "reason"],
                "a correction needs a reason",
            );
            return None;
        }
        let known: Vec<String> = self.jurisdictions.iter().map(|jurisdiction| jurisdiction.code.clone()).collect();
        let jurisdictions = raw.jurisdictions.as_ref().map(|codes| {
            let indices = codes.iter().enumerate().filter_map(|(index, code)| {
                let path = ["revision", "reasons", at, "jurisdictions", &index.to_string()];
                self.named(&path, code, known.iter().map(String::as_str))
            });
            indices.collect::<BTreeSet<JurisdictionId>>()
        });
        if let Some(wanted) = &raw.tables {
            for (index, name) in wanted.iter().enumerate() {
                let path = ["revision", "reasons", at, "tables", &index.to_string()];
                self.place_of(("table or map", code::spec::UNKNOWN_NAME), &path, name, figures.iter().copied());
            }
        }
        let tables = raw.tables.as_ref().map(|names| names.iter().cloned().collect());
        Some(Reason { text: raw.reason.trim().to_owned(), jurisdictions, tables })
    }
}
