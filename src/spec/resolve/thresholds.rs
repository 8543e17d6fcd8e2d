//! Words that name the threshold: filled in, and held against it.
//!
//! "Fewer than three" is true of a hidden count as long as the threshold is three. Texts about hidden counts (their words,
//! labels of merged rows, notes of the rules, labels of map classes) may take the threshold by a placeholder; the numbers
//! that they name themselves must fit it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Finding, Place};
use crate::spec::language::Language;
use crate::spec::model::{HiddenWords, Map, Rule, RuleKind, Table};
use crate::spec::number_words::Named;
use crate::spec::prose::{Context, Prose, threshold_words};
use crate::spec::written::{self, SpecFile, ZeroRule};

use super::Resolver;

impl Resolver<'_> {
    /// Fills in the words of hidden counts, of cells for every threshold that a table has.
    pub(super) fn hidden(&mut self, written: &SpecFile, language: Option<&Language>) -> HiddenWords {
        let small = &written.small_counts;
        let mut thresholds = BTreeSet::from([small.threshold]);
        for table in written.tables.values() {
            thresholds.extend(table.small_counts.threshold);
            thresholds.extend(table.parents.as_ref().and_then(|rule| rule.threshold));
        }
        let cells = thresholds.into_iter().map(|threshold| {
            let prints =
                threshold == small.threshold || written.tables.values().any(|table| prints_cell(table, threshold));
            (threshold, self.hidden_words("cell", &small.cell, language, threshold, prints))
        });
        let cells: BTreeMap<u64, String> = cells.collect();
        let mut words = |key: &str, text: &str| self.hidden_words(key, text, language, small.threshold, true);
        HiddenWords {
            threshold: small.threshold,
            hide_zero: small.zero == ZeroRule::Hide,
            prose: words("prose", &small.prose),
            counter: words("counter", &small.counter),
            neutral: words("neutral", &small.neutral),
            percent: words("percent", &small.percent),
            cells,
        }
    }

    /// Fills in one of the words of hidden counts; a text without placeholders stays as it is.
    fn hidden_words(
        &mut self,
        key: &str,
        text: &str,
        language: Option<&Language>,
        threshold: u64,
        prints: bool,
    ) -> String {
        let prose = Prose { text: text.to_owned(), place: self.place(&["small_counts", key]) };
        let is_template = text.contains("{{") || text.contains("{%");
        if prints && matches!(key, "prose" | "counter" | "cell") {
            self.fits(&prose, &format!("`{key}`"), threshold, true);
        }
        let (true, Some(language)) = (is_template, language) else { return text.to_owned() };
        if threshold == self.threshold {
            let known = ["threshold.number", "threshold.in_words"].map(str::to_owned).into();
            let checked = self.engine.check(&prose, &known);
            let is_sound = checked.is_empty();
            self.template_findings(checked);
            if !is_sound {
                return String::new();
            }
        }
        if !self.threshold_in_words(&prose, threshold) {
            return String::new();
        }
        let context = Context::default().with(threshold_words(language, &self.numbers, threshold));
        let filled = self.engine.words(&prose, &context);
        filled.map_err(|finding| self.findings.push(finding)).unwrap_or_default()
    }

    /// Reports a threshold that has no words where a text asks for them; tells whether it has.
    pub(super) fn threshold_in_words(&mut self, prose: &Prose, threshold: u64) -> bool {
        if !prose.text.contains("threshold.in_words") || self.numbers.of(threshold).is_some() {
            return true;
        }
        let message = format!("there is no word for {threshold} in the language of the edition");
        let place = self.yaml.tree.name_in(prose.place.clone(), "threshold.in_words", 0);
        let help =
            format!("list it in `language`, `numbers: {{ {threshold}: … }}`, or write `{{{{ threshold.number }}}}`");
        self.findings.push(Finding::error("spec::number-words", message).at(place).help(help));
        false
    }

    /// Holds labels and notes about hidden counts against the thresholds that they stand for.
    pub(super) fn thresholds(&mut self, written: &SpecFile, tables: &[Table], maps: &[Map]) {
        for table in tables {
            for rule in std::iter::once(&table.rule).chain(&table.parents) {
                for label in &rule.merged {
                    self.fits(label, "the label of the merged row", rule.threshold, false);
                }
                self.note_fits(written, rule, &table.name);
            }
        }
        for map in maps {
            self.fits(&map.unshaded.label, "the label of unshaded counties", map.threshold, false);
            for (from, class) in &map.classes {
                self.class_fits(&class.label, *from);
            }
        }
    }

    fn note_fits(&mut self, written: &SpecFile, rule: &Rule, table: &str) {
        let Some((name, text)) = rule.note.as_ref().and_then(|name| written.notes.get_key_value(name)) else { return };
        if rule.kind == RuleKind::None {
            return;
        }
        let prose = Prose { text: text.clone(), place: self.place(&["notes", name]) };
        if prose.text.contains("threshold.") && rule.threshold != self.threshold {
            let message = format!(
                "the note `{name}` names the threshold of the edition, {}, and that of `{table}` is {}",
                self.threshold, rule.threshold
            );
            let help = "write a note of its own for this table".to_owned();
            self.findings.push(Finding::error("spec::threshold-words", message).at(prose.place).help(help));
            return;
        }
        self.fits(&prose, &format!("the note `{name}`"), rule.threshold, false);
    }

    /// Reports a number in a text about hidden counts that is not the threshold.
    ///
    /// Words that stand for a hidden count may name nothing but the bounds of what is hidden; other texts may name what
    /// they like, save a bound ("fewer than …").
    fn fits(&mut self, prose: &Prose, what: &str, threshold: u64, is_all: bool) {
        let wrong = |one: &Named| match one.is_bound {
            true => one.number != threshold,
            false => is_all && ![0, 1, threshold - 1, threshold].contains(&one.number),
        };
        let Some(named) = self.numbers.named(&prose.text).into_iter().find(wrong) else { return };
        let message = format!("{what} says `{}`, and counts under {threshold} are hidden", named.text);
        let help = format!("write `{}` in its place, which follows the threshold", placeholder(&named.text));
        let place = self.yaml.tree.name_in(prose.place.clone(), &named.text, 0);
        self.report_words(place, message, help);
    }

    fn class_fits(&mut self, label: &Prose, from: u64) {
        let named = self.numbers.named(&label.text);
        // Where classes do not fit each other, their labels need not be looked at.
        let is_told = self.findings.iter().any(|one| one.code == "spec::map-classes");
        if is_told
            || named.is_empty()
            || named.iter().any(|one| one.number == from || one.number.saturating_add(1) == from)
        {
            return;
        }
        let message = format!("the label of this class names no {from}, with which the class begins");
        self.report_words(label.place.clone(), message, "write the counts that the class holds".to_owned());
    }

    /// Reports false words once, though several tables use them.
    fn report_words(&mut self, place: Option<Place>, message: String, help: String) {
        let is_told = |one: &Finding| one.place == place && one.message == message;
        if !self.findings.iter().any(is_told) {
            let finding = Finding::error("spec::threshold-words", message).at(place);
            self.findings.push(finding.help(help));
        }
    }
}

/// Tells whether a table prints the words of a cell for a count under this threshold.
fn prints_cell(table: &written::Table, threshold: u64) -> bool {
    let own = |rule: &written::TableRule| rule.threshold == Some(threshold) && rule.rule != RuleKind::None;
    own(&table.small_counts) || table.parents.as_ref().is_some_and(own)
}

/// The placeholder that prints the threshold as a number is written.
fn placeholder(written: &str) -> &'static str {
    match written.chars().next() {
        Some(first) if first.is_ascii_digit() => "{{ threshold.number }}",
        Some(first) if first.is_uppercase() => "{{ threshold.in_words | title }}",
        _ => "{{ threshold.in_words }}",
    }
}
