//! The changes of a group as lines, of which a list shows as many as it has room for.

use indexmap::IndexMap;

use super::super::change::Change;
use super::super::kind::Kind;
use super::member::Member;

/// Of more reports than this the number is told, and not the names.
const MOST_NAMES: usize = 8;

/// A change, with all reports that have it alike.
#[derive(Debug)]
pub struct Line<'a> {
    /// One of the changes.
    pub first: Member<'a>,
    /// Names of the reports that have it, each once.
    pub reports: Vec<&'a str>,
    /// How many changes it stands for.
    pub count: usize,
}

impl Line<'_> {
    /// Names the reports; of many, their number.
    pub fn names(&self) -> String {
        match self.reports.len() {
            many if many > MOST_NAMES => format!("{many} reports"),
            _ => self.reports.join(", "),
        }
    }
}

/// What a change says, wherever it stands.
type Saying<'a> = (Kind, [Option<&'a str>; 5]);

fn saying(change: &Change) -> Saying<'_> {
    let place = &change.place;
    let words = [&place.table, &place.row, &place.column, &change.before, &change.after];
    (change.kind, words.map(Option::as_deref))
}

/// Makes a line of all changes that say the same, where its first stands; an alarm has a line of its own.
pub(super) fn lines<'a>(members: &[Member<'a>]) -> Vec<Line<'a>> {
    let mut lines: IndexMap<(Saying<'_>, Option<usize>), Line<'a>> = IndexMap::new();
    for (at, member) in members.iter().enumerate() {
        let own = member.change.kind.is_alarm().then_some(at);
        let line = lines.entry((saying(member.change), own));
        let line = line.or_insert_with(|| Line { first: *member, reports: Vec::new(), count: 0 });
        if line.reports.last() != Some(&member.name) {
            line.reports.push(member.name);
        }
        line.count += 1;
    }
    lines.into_values().collect()
}

/// Shares room among groups whose lines take so much of it each: one line of each group by turns, so that none is left out
/// for a longer one.
pub fn shares(costs: &[Vec<usize>], room: usize) -> Vec<usize> {
    let mut shares = vec![0; costs.len()];
    let mut left = room;
    let longest = costs.iter().map(Vec::len).max().unwrap_or_default();
    for turn in 0..longest {
        for (group, share) in costs.iter().zip(&mut shares) {
            let cost = group.get(turn).copied().filter(|_| *share == turn);
            // The first line of a group stands whatever it takes.
            if let Some(cost) = cost.filter(|cost| *cost <= left || turn == 0) {
                left = left.saturating_sub(cost);
                *share += 1;
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_that_short_groups_leave_goes_to_longer_ones() {
        let costs = |counts: &[usize]| counts.iter().map(|count| vec![1; *count]).collect::<Vec<_>>();
        assert_eq!(shares(&costs(&[1, 100, 50]), 31), [1, 15, 15]);
        assert_eq!(shares(&costs(&[1, 2, 3]), 100), [1, 2, 3]);
        assert_eq!(shares(&costs(&[]), 10), Vec::<usize>::new());
        assert_eq!(shares(&costs(&[5, 5, 5]), 1), [1, 1, 1]);
        assert_eq!(shares(&[vec![2, 9, 1], vec![1, 1, 1]], 6), [1, 3]);
    }
}
