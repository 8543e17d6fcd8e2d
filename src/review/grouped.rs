//! Changes of one cause and one form, so that a person decides on each form once and not on each of its places.
//!
//! The terminal, the page and the paper show the same groups in the same order. A group names all its changes; what is rare
//! within it stands first, for that is what may be wrong.

mod form;
mod line;
mod member;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::cause::CauseId;
use super::change::Change;
use super::policy::Weight;

use form::Form;
pub use line::Line;
pub use line::shares;
pub use member::Member;

/// In so many reports a form of words is a group of its own.
pub const MANY: usize = 3;

/// Changes of one cause and one form.
#[derive(Debug)]
pub struct ChangeGroup<'a> {
    /// What they say: `Fewer than Three → Fewer than Five`, or what became of them.
    pub title: String,
    /// What one of them is called.
    pub noun: &'static str,
    /// What they can follow from.
    pub causes: &'a [CauseId],
    /// The changes: what is rare first, then what moved furthest.
    pub members: Vec<Member<'a>>,
}

impl ChangeGroup<'_> {
    /// In how many reports they are.
    pub fn reports(&self) -> usize {
        self.members.iter().map(|member| member.report).collect::<BTreeSet<_>>().len()
    }

    /// Tells whether its changes are alarms.
    pub fn is_alarm(&self) -> bool {
        self.members.iter().any(|member| member.change.kind.is_alarm())
    }

    /// Says how many there are of what: `214 cells in 51 reports`.
    pub fn count(&self) -> String {
        let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        format!("{} in {}", counted(self.members.len(), self.noun), counted(self.reports(), "report"))
    }

    /// The changes as lines: what several reports have alike stands once.
    pub fn lines(&self) -> Vec<Line<'_>> {
        line::lines(&self.members)
    }
}

/// Groups the changes of reports, each with its name: alarms first, then by kind.
pub fn grouped<'a>(reports: impl IntoIterator<Item = (&'a str, Vec<(&'a Change, Weight)>)>) -> Vec<ChangeGroup<'a>> {
    let mut members = Vec::new();
    for (report, (name, changes)) in reports.into_iter().enumerate() {
        let of_report = changes.into_iter().enumerate();
        members.extend(of_report.map(|(at, (change, weight))| Member { report, at, name, change, weight }));
    }
    let mut groups: BTreeMap<(Form, &[CauseId]), Vec<Member<'a>>> = BTreeMap::new();
    for member in members {
        groups.entry((Form::of(member.change), &member.change.causes)).or_default().push(member);
    }
    let groups = gather(groups).into_iter().map(|((form, causes), members)| ChangeGroup {
        title: form.title(),
        noun: form.noun(),
        causes,
        members: outliers_first(members),
    });
    let mut groups: Vec<ChangeGroup<'a>> = groups.collect();
    groups.sort_by_key(|group| !group.is_alarm());
    groups
}

type Groups<'a> = BTreeMap<(Form, &'a [CauseId]), Vec<Member<'a>>>;

/// Puts forms of words that few reports have together: they are the exceptions of their cause.
fn gather(groups: Groups<'_>) -> Groups<'_> {
    let mut gathered = Groups::new();
    for ((form, causes), members) in groups {
        let reports: BTreeSet<usize> = members.iter().map(|member| member.report).collect();
        let form = if reports.len() < MANY { form.without_words() } else { form };
        gathered.entry((form, causes)).or_default().extend(members);
    }
    gathered
}

/// Sorts changes so that forms which are rare come first, then what moved furthest.
fn outliers_first(mut members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let mut counts = BTreeMap::new();
    let patterns: BTreeMap<(usize, usize), _> =
        members.iter().map(|member| ((member.report, member.at), form::pattern(member.change))).collect();
    for pattern in patterns.values() {
        *counts.entry(pattern.clone()).or_insert(0_usize) += 1;
    }
    members.sort_by_cached_key(|member| {
        let pattern = &patterns[&(member.report, member.at)];
        let size = member.change.size.map_or(0.0, f64::abs);
        (counts[pattern], pattern.clone(), Reverse(size.to_bits()), member.report, member.at)
    });
    members
}

#[cfg(test)]
mod tests {
    use super::super::change::{Group, Place};
    use super::super::kind::Kind;
    use super::*;

    fn change(kind: Kind, row: &str, before: &str, after: &str) -> Change {
        let word = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let place = Place { row: word(row), ..Place::default() };
        Change::new(kind, place, word(before), word(after))
    }

    /// The groups of reports that have these changes: title, count, and rows in their order.
    fn told(reports: &[Vec<Change>]) -> Vec<String> {
        let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
        let weighed = |changes: &'static [Change]| changes.iter().map(|change| (change, Weight::Error)).collect();
        let reports: &'static [Vec<Change>] = Vec::leak(reports.to_vec());
        let groups = grouped(names.into_iter().zip(reports).map(|(name, changes)| (name, weighed(changes))));
        let words = groups.iter().map(|group| {
            let rows: Vec<&str> =
                group.members.iter().map(|member| member.change.place.row.as_deref().unwrap_or_default()).collect();
            format!("{}: {} ({})", group.title, group.count(), rows.join(" "))
        });
        words.collect()
    }

    #[test]
    fn a_wording_of_many_cells_is_one_group_and_figures_that_moved_are_another() {
        let report = |row: &str, to: &str| {
            vec![
                change(Kind::Count, row, "Fewer than Three", "Fewer than Five"),
                change(Kind::Percent, row, "10.0%", to),
                change(Kind::NewlySuppressed, row, "4", ""),
            ]
        };
        let reports = [report("x", "11.0%"), report("y", "12.0%"), report("z", "13.0%")];
        assert_eq!(
            told(&reports),
            [
                "Fewer than Three → Fewer than Five: 3 cells in 3 reports (x y z)",
                "Hidden that were shown: 3 figures in 3 reports (x y z)",
                "Moved figures: 3 figures in 3 reports (x y z)",
            ]
        );
    }

    #[test]
    fn an_alarm_stands_first_and_what_moved_furthest_before_what_moved_less() {
        let moved = |row: &str, size: f64| Change { size: Some(size), ..change(Kind::Count, row, "10", "12") };
        let reports =
            [vec![moved("small", 2.0), moved("large", -90.0)], vec![change(Kind::NewlyShown, "alarm", "Hidden", "4")]];
        assert_eq!(
            told(&reports),
            [
                "Shown that were hidden: 1 figure in 1 report (alarm)",
                "Moved figures: 2 figures in 1 report (large small)",
            ]
        );
    }

    #[test]
    fn words_that_many_reports_have_are_a_group_and_the_exceptions_are_told_together() {
        let text = |row: &str, before: &str, after: &str| change(Kind::NoteText, row, before, after);
        let label = |row: &str| change(Kind::RowRelabelled, row, "Fewer than Three Times", "Fewer than Five Times");
        let mut reports: Vec<Vec<Change>> =
            ["a", "b", "c"].iter().map(|row| vec![text(row, "three", "five,"), label(row)]).collect();
        reports.push(vec![text("odd", "of cases", "of calls")]);
        reports.push(vec![change(Kind::RowRelabelled, "other", "Media", "Press")]);
        assert_eq!(
            told(&reports),
            ["Other words: 2 texts in 2 reports (other odd)", "three → five: 6 texts in 3 reports (a b c a b c)",]
        );
    }

    #[test]
    fn changes_of_other_causes_are_groups_of_their_own_and_no_change_is_lost() {
        let of = |causes: &[usize]| Change {
            causes: causes.iter().copied().map(CauseId::from).collect(),
            ..change(Kind::Count, "row", "1", "2")
        };
        let rounded = Change { group: Some(Group::Rounding), ..of(&[0]) };
        let told = told(&[vec![of(&[0]), of(&[0, 1]), rounded]]);
        assert_eq!(
            told,
            [
                "Moved figures: 1 figure in 1 report (row)",
                "Moved figures: 1 figure in 1 report (row)",
                "Rounding: 1 percent in 1 report (row)",
            ]
        );
    }
}
