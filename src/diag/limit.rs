//! The first hundred findings of each kind, with the total.

use std::collections::BTreeMap;

use super::{Finding, Findings, Severity};

/// How many findings of one kind are shown.
const SHOWN: u64 = 100;

/// Collects findings of which there may be millions, and keeps the first hundred of each kind.
#[derive(Debug, Default)]
pub struct Tally {
    kept: Vec<Finding>,
    totals: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Counts a finding of this kind, and makes it only when it will be shown.
    pub fn add(&mut self, code: &'static str, make: impl FnOnce() -> Finding) {
        let total = self.totals.entry(code).or_insert(0);
        *total += 1;
        if *total <= SHOWN {
            let finding = make();
            debug_assert_eq!(finding.code, code, "a tally counts a finding under its own code");
            self.kept.push(finding);
        }
    }

    /// Tells whether anything was found.
    pub fn is_empty(&self) -> bool {
        self.totals.is_empty()
    }

    /// Returns the kept findings, and for each kind with more than were kept a line with the total.
    pub fn into_findings(self) -> Findings {
        let mut findings = Findings::new();
        let severity: BTreeMap<_, _> = self.kept.iter().map(|finding| (finding.code, finding.severity)).collect();
        findings.extend(self.kept);
        for (code, total) in self.totals.into_iter().filter(|(_, total)| *total > SHOWN) {
            let message = format!("{total} findings of this kind in all; the first {SHOWN} are shown");
            let finding = match severity.get(code) {
                Some(Severity::Warning) => Finding::warning(code, message),
                _ => Finding::error(code, message),
            };
            findings.push(finding);
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hundred_are_shown_and_the_total_is_told() {
        let mut tally = Tally::default();
        for n in 0..250 {
            tally.add("data::not-a-date", || Finding::error("data::not-a-date", format!("fault {n}")));
        }
        let findings: Vec<_> = tally.into_findings().into_iter().collect();
        assert_eq!(findings.len(), 101);
        assert_eq!(findings[99].message, "fault 99");
        assert_eq!(findings[100].message, "250 findings of this kind in all; the first 100 are shown");
    }
}
