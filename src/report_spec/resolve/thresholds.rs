//! Words that name the threshold: filled in, and held against it.
//!
//! "Fewer than three" is true of a hidden count as long as the threshold is three. Texts about hidden counts (their words,
//! labels of merged rows, notes of the rules, labels of map classes) may take the threshold by a placeholder; the numbers
//! that they name themselves must fit it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding, Place, code};
use crate::report_spec::bounds::{Bound, Named, about_hiding, named};
use crate::report_spec::language::Language;
use crate::report_spec::model::{HiddenWords, Map, MapClass, MapId, Rule, RuleKind, Table, TableId, TiSlice};
use crate::report_spec::prose::{Context, Prose, threshold_words};
use crate::report_spec::raw::{self, SpecFile, ZeroRule};
use crate::report_spec::words;

use super::Resolver;

const CODE: Code = code::spec::THRESHOLD_WORDS;

/// What a text with numbers is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Text {
    /// It stands in place of a hidden count, and may name nothing but the bounds of what is hidden.
    Words,
    /// It stands for hidden counts, and every bound in it is theirs.
    Count,
    /// It labels hidden counts.
    Label,
    /// It says why counts are hidden, and more: "fewer than" is said of them, other bounds where a sentence speaks of hiding.
    Note,
    /// It may speak of anything: what it says "counts" are is looked at where the sentence speaks of hiding.
    Prose,
}

impl Resolver<'_> {
    /// Fills in the words of hidden counts, of cells for every threshold that a table has.
    pub(super) fn hidden(&mut self, raw: &SpecFile, language: Option<&Language>) -> HiddenWords {
        let small = &raw.small_counts;
        let mut thresholds = BTreeSet::from([small.threshold]);
        for table in raw.tables.values() {
            thresholds.extend(table.small_counts.threshold);
            thresholds.extend(table.parents.as_ref().and_then(|rule| rule.threshold));
        }
        let cells = thresholds.into_iter().map(|threshold| {
            let prints = threshold == small.threshold || raw.tables.values().any(|table| prints_cell(table, threshold));
            (threshold, self.hidden_words("cell", &small.cell, language, threshold, prints))
        });
        let cells: BTreeMap<u64, String> = cells.collect();
        let hides_more = raw.tables.values().any(hides_further_rows);
        let mut words = |key: &str, text: &str| {
            self.hidden_words(key, text, language, small.threshold, key != "neutral" || hides_more)
        };
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
        let stands_for_small = matches!(key, "prose" | "counter" | "cell");
        if prints && threshold == self.threshold && text.trim().is_empty() {
            let message = format!("`{key}` is empty, and stands where a count is hidden");
            let finding = Finding::error(code::spec::BAD_VALUE, message).at(prose.place.clone());
            self.findings.push(finding.help("write what is true of a hidden count, as `not shown`".to_owned()));
        }
        if prints && stands_for_small {
            self.fits(&prose, &format!("`{key}`"), &[threshold], Text::Words);
        }
        if prints && key == "neutral" {
            self.neutral_fits(&prose);
        }
        let (true, Some(language)) = (is_template, language) else { return text.to_owned() };
        if threshold == self.threshold {
            let known = ["threshold.number", "threshold.in_words"].map(str::to_owned).into();
            let checked = self.engine.check(&prose, &known);
            let is_sound = checked.faults.is_empty();
            self.template_findings(checked);
            if !is_sound {
                return String::new();
            }
        }
        if !self.threshold_in_words(&prose, threshold) {
            return String::new();
        }
        let context = Context::default().with(threshold_words(language, &self.numbers, threshold));
        match self.engine.words(&prose, &context) {
            Ok(filled) => {
                // A template can make another number of the threshold.
                if prints && stands_for_small {
                    let filled = Prose { text: filled.clone(), place: prose.place };
                    self.fits(&filled, &format!("`{key}`"), &[threshold], Text::Words);
                }
                filled
            }
            Err(finding) => {
                self.findings.push(finding);
                String::new()
            }
        }
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
        self.findings.push(Finding::error(code::spec::NUMBER_WORDS, message).at(place).help(help));
        false
    }

    /// Holds labels, notes and prose about hidden counts against the thresholds that they stand for.
    pub(super) fn thresholds(&mut self, raw: &SpecFile, tables: &TiSlice<TableId, Table>, maps: &TiSlice<MapId, Map>) {
        for table in tables {
            for rule in std::iter::once(&table.rule).chain(&table.parents) {
                for label in &rule.merged {
                    self.fits(label, "the label of the merged row", &[rule.threshold], Text::Label);
                }
                self.note_fits(raw, rule, &table.name);
            }
        }
        for map in maps {
            self.fits(&map.unshaded.label, "the label of unshaded counties", &[map.threshold], Text::Count);
            let above = map.classes.iter().skip(1).map(|(from, _)| Some(*from)).chain([None]);
            for ((from, class), above) in map.classes.iter().zip(above) {
                self.class_fits(class, *from, above);
            }
        }
        let rules = tables.iter().flat_map(|table| std::iter::once(&table.rule).chain(&table.parents));
        let mut thresholds = vec![self.threshold];
        thresholds.extend(rules.map(|rule| rule.threshold).chain(maps.iter().map(|map| map.threshold)));
        for prose in std::mem::take(&mut self.texts) {
            let is_told =
                |finding: &Finding| finding.code == CODE && is_within(finding.place.as_ref(), prose.place.as_ref());
            if !self.findings.iter().any(is_told) {
                self.fits(&prose, "this text", &thresholds, Text::Prose);
            }
        }
    }

    fn note_fits(&mut self, raw: &SpecFile, rule: &Rule, table: &str) {
        let Some((name, text)) = rule.note.as_ref().and_then(|name| raw.notes.get_key_value(name)) else { return };
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
            self.findings.push(Finding::error(CODE, message).at(prose.place).help(help));
            return;
        }
        self.fits(&prose, &format!("the note `{name}`"), &[rule.threshold], Text::Note);
    }

    /// Reports a number in a text about hidden counts that fits none of the thresholds that it may speak of.
    fn fits(&mut self, prose: &Prose, what: &str, thresholds: &[u64], kind: Text) {
        let found = named(&self.numbers, &prose.text, matches!(kind, Text::Words | Text::Count));
        if found.is_empty() {
            return;
        }
        let about = about_hiding(&prose.text);
        let is_wrong = |named: &&Named| {
            let is_about = about.iter().any(|sentence| sentence.contains(&named.at));
            !thresholds.iter().any(|threshold| is_true(named, *threshold, kind, is_about))
        };
        let Some(named) = found.iter().find(is_wrong) else { return };
        let message = format!("{what} says `{}`, and counts under {} are hidden", named.text, thresholds[0]);
        let number = placeholder(&named.text);
        let help = match named.bound {
            Some(Bound::UpTo | Bound::Through(_)) => {
                format!("write `fewer than {number}`, which follows the threshold")
            }
            _ => format!("write `{number}` in its place, which follows the threshold"),
        };
        self.report_words(prose, named, message, help);
    }

    /// Reports a bound in the words that stand for any hidden count: some are hidden only for the sake of others.
    fn neutral_fits(&mut self, prose: &Prose) {
        let found = named(&self.numbers, &prose.text, true);
        let Some(named) = found.iter().find(|named| named.bound.is_some()) else { return };
        let message =
            format!("`neutral` says `{}`, and greater counts are hidden as well to protect those", named.text);
        self.report_words(prose, named, message, "write words that are true of any count, as `not shown`".to_owned());
    }

    /// Reports a label of a class that does not begin where the class begins, or ends where it does not end.
    fn class_fits(&mut self, class: &MapClass, from: u64, above: Option<u64>) {
        let found = named(&self.numbers, &class.label.text, true);
        // Where classes do not fit each other, their labels need not be looked at.
        let is_told = |finding: &Finding| matches!(finding.code, code::spec::MAP_CLASSES | code::spec::MISSING_KEY);
        if found.is_empty() || self.findings.iter().any(is_told) {
            return;
        }
        let begins = |named: &Named| named.number == from || named.bound == Some(Bound::Through(from));
        // "More than four", where nothing else is named.
        let follows = |named: &Named| named.number.saturating_add(1) == from;
        if !found.iter().any(begins) && !matches!(found.as_slice(), [named] if follows(named)) {
            let message = format!("the label of this class names no {from}, with which the class begins");
            let place = class.label.place.clone();
            return self.report_once(place, message, "write the counts that the class holds".to_owned());
        }
        let is_end = |named: &&Named| matches!(named.bound, Some(Bound::Through(_)));
        if let (Some(end), Some(above)) = (found.iter().find(is_end), above)
            && end.number.saturating_add(1) != above
        {
            let message =
                format!("the label of this class ends with {}, and the next class begins with {above}", end.text);
            self.report_words(&class.label, end, message, "write the counts that the class holds".to_owned());
        }
    }

    fn report_words(&mut self, prose: &Prose, named: &Named, message: String, help: String) {
        let nth = words::places(&prose.text, &named.text).iter().filter(|at| **at < named.at).count();
        self.report_once(self.yaml.tree.name_in(prose.place.clone(), &named.text, nth), message, help);
    }

    /// Reports false words once, though several tables use them.
    fn report_once(&mut self, place: Option<Place>, message: String, help: String) {
        let is_told = |finding: &Finding| finding.place == place && finding.message == message;
        if !self.findings.iter().any(is_told) {
            let finding = Finding::error(CODE, message).at(place);
            self.findings.push(finding.help(help));
        }
    }
}

/// Tells whether one place lies in another.
fn is_within(one: Option<&Place>, other: Option<&Place>) -> bool {
    match (one, other) {
        (Some(Place::Span { file, start, end }), Some(Place::Span { file: of, start: from, end: to })) => {
            file == of && start >= from && end <= to
        }
        _ => false,
    }
}

/// Tells whether a number in a text may stand where counts under a threshold are hidden.
fn is_true(named: &Named, threshold: u64, kind: Text, is_about: bool) -> bool {
    let is_greatest = named.number.saturating_add(1) == threshold;
    let is_upper = matches!(named.bound, Some(Bound::Under | Bound::UpTo | Bound::Through(0 | 1)));
    if kind == Text::Words && !is_upper {
        let is_exceeded = named.bound == Some(Bound::AtLeast) && named.number > 1;
        return !is_exceeded && (is_greatest || named.number == threshold || named.number <= 1);
    }
    let is_under = named.bound == Some(Bound::Under);
    let fits = if is_under { named.number == threshold } else { is_greatest };
    let is_of_hidden = match kind {
        Text::Words | Text::Count | Text::Label => true,
        Text::Note => is_under || is_about,
        Text::Prose => is_about && named.of_counts,
    };
    fits || !is_upper || !is_of_hidden
}

/// Tells whether a table hides rows for the sake of others, or under words that fit all of them.
fn hides_further_rows(table: &raw::Table) -> bool {
    let rules = std::iter::once(&table.small_counts).chain(&table.parents);
    rules.into_iter().any(|rule| matches!(rule.rule, RuleKind::Mask | RuleKind::Suppress))
}

/// Tells whether a table prints the words of a cell for a count under this threshold.
fn prints_cell(table: &raw::Table, threshold: u64) -> bool {
    let own = |rule: &raw::TableRule| rule.threshold == Some(threshold) && rule.rule != RuleKind::None;
    own(&table.small_counts) || table.parents.as_ref().is_some_and(own)
}

/// The placeholder that prints the threshold as a number is written.
fn placeholder(raw: &str) -> &'static str {
    match raw.chars().next() {
        Some(first) if first.is_ascii_digit() => "{{ threshold.number }}",
        Some(first) if first.is_uppercase() => "{{ threshold.in_words | title }}",
        _ => "{{ threshold.in_words }}",
    }
}
