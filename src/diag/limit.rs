//! The first hundred findings of each kind, with the total; what repeats is told once, with its number.

use std::collections::{BTreeMap, HashMap};

use super::code::Code;
use super::finding::{Finding, Place, Severity};
use super::findings::Findings;

/// How many findings of one kind are shown.
const SHOWN: u64 = 100;

/// Collects findings of which there may be millions, and keeps the first hundred of each kind.
#[derive(Debug, Default)]
pub struct Tally {
    kept: Vec<Kept>,
    /// Where the findings that may repeat are kept, by what they have in common.
    repeated: HashMap<String, usize>,
    kinds: BTreeMap<Code, Kind>,
}

/// A finding, and how often it was met.
#[derive(Debug)]
struct Kept {
    finding: Finding,
    times: u64,
    /// What its file counts: lines or rows.
    unit: &'static str,
}

/// How often findings of a kind were met, and how many of them are kept.
#[derive(Debug, Default)]
struct Kind {
    total: u64,
    told: u64,
    kept: u64,
}

impl Tally {
    /// Counts a finding of this kind, and makes it only when it will be shown.
    pub fn add(&mut self, code: Code, make: impl FnOnce() -> Finding) {
        let kind = self.kinds.entry(code).or_default();
        kind.total += 1;
        if kind.kept < SHOWN {
            kind.told += 1;
            self.keep(code, "line", make());
        }
    }

    /// Counts a finding as [`add`](Self::add) does, and tells those of one key once: the first, and how often it
    /// was met.
    ///
    /// `key` is what they have in common, and `unit` what their file counts: `line` or `row`.
    pub fn add_repeated(&mut self, code: Code, key: String, unit: &'static str, make: impl FnOnce() -> Finding) {
        let kind = self.kinds.entry(code).or_default();
        kind.total += 1;
        if let Some(at) = self.repeated.get(&key) {
            kind.told += 1;
            self.kept[*at].times += 1;
        } else if kind.kept < SHOWN {
            kind.told += 1;
            self.repeated.insert(key, self.kept.len());
            self.keep(code, unit, make());
        }
    }

    fn keep(&mut self, code: Code, unit: &'static str, finding: Finding) {
        debug_assert_eq!(finding.code, code, "a tally counts a finding under its own code");
        self.kinds.entry(code).or_default().kept += 1;
        self.kept.push(Kept { finding, times: 1, unit });
    }

    /// Tells whether anything was found.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Returns the kept findings, and for each kind with more than were kept a line with the total.
    pub fn into_findings(self) -> Findings {
        let mut findings = Findings::new();
        let severity: BTreeMap<_, _> =
            self.kept.iter().map(|kept| (kept.finding.code, kept.finding.severity)).collect();
        findings.extend(self.kept.into_iter().map(Kept::into_finding));
        for (code, kind) in self.kinds.into_iter().filter(|(_, kind)| kind.told < kind.total) {
            let message = format!("{} findings of this kind in all; the first {SHOWN} are shown", kind.total);
            let finding = match severity.get(&code) {
                Some(Severity::Warning) => Finding::warning(code, message),
                _ => Finding::error(code, message),
            };
            findings.push(finding);
        }
        findings
    }
}

impl Kept {
    fn into_finding(mut self) -> Finding {
        if self.times > 1 {
            let first = match &self.finding.place {
                Some(Place::Record { line, .. }) => format!(", first at {} {line}", self.unit),
                _ => String::new(),
            };
            self.finding.message += &format!(": {} times{first}", self.times);
        }
        self.finding
    }
}

impl Findings {
    /// Puts findings in the order of their places, tells each once, and of each kind the first hundred.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        self.0.sort_by_key(|finding| match finding.place {
            Some(Place::Span { start, .. }) => (1, start),
            _ => (0, 0),
        });
        self.0.dedup();
        let mut tally = Tally::default();
        for finding in self.0 {
            tally.add(finding.code, || finding);
        }
        tally.into_findings()
    }
}

#[cfg(test)]
mod tests {
    use super::super::code;
    use super::*;

    const CODE: Code = code::data::NOT_A_DATE;

    fn messages(tally: Tally) -> Vec<String> {
        tally.into_findings().into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn the_first_hundred_are_shown_and_the_total_is_told() {
        let mut tally = Tally::default();
        for n in 0..250 {
            tally.add(CODE, || Finding::error(CODE, format!("fault {n}")));
        }
        let messages = messages(tally);
        assert_eq!(messages.len(), 101);
        assert_eq!(messages[99], "fault 99");
        assert_eq!(messages[100], "250 findings of this kind in all; the first 100 are shown");
    }

    #[test]
    fn what_repeats_is_told_once_with_its_number_and_its_first_place() {
        let mut tally = Tally::default();
        for line in 2..302 {
            let place = Place::Record { file: "c.csv".into(), line, column: None };
            let word = ["a", "b", "c"][line as usize % 3];
            tally.add_repeated(CODE, word.to_owned(), "line", || Finding::error(CODE, word).at(place));
        }
        tally.add_repeated(CODE, "d".into(), "line", || Finding::error(CODE, "d"));
        assert_eq!(
            messages(tally),
            ["c: 100 times, first at line 2", "a: 100 times, first at line 3", "b: 100 times, first at line 4", "d"]
        );
    }

    #[test]
    fn of_what_repeats_a_hundred_are_kept_and_go_on_counting() {
        let mut tally = Tally::default();
        for n in (0..1000).chain(0..1000) {
            tally.add_repeated(CODE, n.to_string(), "row", || Finding::error(CODE, format!("fault {n}")));
        }
        assert_eq!(tally.repeated.len(), 100);
        let messages = messages(tally);
        assert_eq!(messages.len(), 101);
        assert_eq!(messages[99], "fault 99: 2 times");
        assert_eq!(messages[100], "2000 findings of this kind in all; the first 100 are shown");
    }
}
