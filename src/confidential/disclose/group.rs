//! Siblings that add up: which of them are hidden.

use crate::report_spec::{CodeId, Guard, Rule, RuleKind};
use crate::unit::Count;

use super::choose::Priority;
use super::small::is_small;

/// A category among its siblings.
#[derive(Clone, Copy)]
pub(super) struct Member {
    /// Its code.
    pub code: CodeId,
    /// Its count.
    pub count: Count,
    /// Hidden by judgement.
    pub forced: bool,
    /// Hidden because other figures of the release would tell a small count with it.
    pub secondary: bool,
    /// Rank for being hidden to protect others; the lowest goes first.
    pub priority: Priority,
}

/// What becomes of categories that count nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zeros {
    /// They have no row, which tells them where nothing else is hidden.
    Dropped,
    /// They have a row, as any other category.
    Kept,
    /// They are hidden as small counts are, where zero is hidden at all.
    Protected,
}

/// What becomes of a group of siblings.
#[derive(Default)]
pub(super) struct Protected {
    /// Those that are listed, in the order given.
    pub listed: Vec<Member>,
    /// Those that are hidden, in the order given.
    pub hidden: Vec<Member>,
    /// Hidden counts are under the threshold for certain: none was hidden by judgement or to protect others.
    pub all_small: bool,
    /// A reader who knows the group's total and the rules can narrow a hidden count.
    pub discloses: bool,
}

impl Protected {
    /// Tells whether words may say of a hidden row that it is small.
    pub(super) fn is_small(&self, member: &Member) -> bool {
        self.all_small && !member.secondary
    }
}

/// Applies a rule to siblings whose sum is public.
pub(super) fn protect(members: &[Member], rule: &Rule, zeros: Zeros) -> Protected {
    let forced = |member: &Member| member.forced || member.secondary;
    let small = |member: &Member| is_small(member.count, rule.threshold, zeros == Zeros::Protected);
    let zero = |member: &Member| member.count.get() == 0;
    let keep_zero = zeros == Zeros::Kept;
    let (mut hidden, mut listed): (Vec<Member>, Vec<Member>) = match rule.kind {
        RuleKind::None => (Vec::new(), members.to_vec()),
        RuleKind::Merge => members.iter().partition(|member| forced(member) || small(member)),
        RuleKind::Mask => {
            members.iter().partition(|member| forced(member) || is_small(member.count, rule.threshold, rule.hide_zero))
        }
        RuleKind::Suppress => {
            // Where one count is hidden, an absent row would tell a zero; zeros are then hidden with it.
            let any = members.iter().any(|member| forced(member) || small(member));
            members.iter().partition(|member| {
                forced(member) || small(member) || (zero(member) && rule.hide_zero && (any || keep_zero))
            })
        }
    };
    let others = hidden.iter().filter(|member| !member.secondary || member.forced);
    let mut all_small = others.into_iter().all(|member| member.count.get() < rule.threshold);
    let repairs = match rule.kind {
        RuleKind::Merge => rule.guard == Guard::FullRange,
        RuleKind::Suppress => true,
        RuleKind::None | RuleKind::Mask => false,
    };
    // Readers know the categories of a list; one that is absent may be in the merged row.
    let zeros_merge = rule.kind == RuleKind::Merge && !keep_zero;
    let range = Range {
        zero: zeros_merge || zeros == Zeros::Protected || (rule.kind != RuleKind::Merge && rule.hide_zero),
        threshold: rule.threshold,
        repairs,
        zero_alone: zeros == Zeros::Protected,
    };
    let open = |hidden: &[Member], listed: &[Member]| {
        let absent = listed.iter().filter(|member| zeros_merge && zero(member)).count();
        let sum = hidden.iter().map(|member| member.count.get()).sum();
        range.is_protected((hidden.len() + absent) as u64, sum, listed.iter().all(zero))
    };
    while repairs && !hidden.is_empty() && !open(&hidden, &listed) {
        let candidates = listed.iter().enumerate().filter(|(_, candidate)| !zero(candidate));
        let Some((at, _)) = candidates.min_by_key(|(_, candidate)| candidate.priority) else { break };
        hidden.push(listed.remove(at));
        all_small = false;
    }
    hidden.sort_by_key(|candidate| members.iter().position(|member| member.code == candidate.code));
    let discloses = !hidden.is_empty() && !open(&hidden, &listed);
    Protected { listed, hidden, all_small, discloses }
}

/// The counts that a hidden category must leave possible: 1 to the threshold less one, and 0 where zero is hidden too.
struct Range {
    zero: bool,
    threshold: u64,
    /// Further rows are hidden until the range is open.
    repairs: bool,
    /// A category that counts nothing is hidden even where no other is small.
    zero_alone: bool,
}

impl Range {
    /// Tells whether every hidden category that may be small may be any small count.
    ///
    /// The reader is taken to know the rule, the number `rows` of hidden categories, their `sum`, and
    /// even the order in which further rows are hidden. With t the threshold and l the lowest hidden
    /// count, one of m counts from l to t−1 with sum s ranges over
    /// [max(l, s−(t−1)(m−1)), min(t−1, s−l(m−1))] (the attacker's feasible interval).
    ///
    /// - Where that is the whole range, all of them may be small, and each may be any small count.
    /// - Where s > (t−1)m, one of them is not small for certain, and the reader cannot tell which
    ///   share of s it takes: hidden as the last of the further rows, it leaves to the others all
    ///   small counts, together under t, with which the rule would not have stopped before it.
    /// - In the gap between the two, further rows are hidden, which leads out of it. Where none is
    ///   left, everything is hidden, and either reading stands.
    ///
    /// Both conditions read only m and s, which are public, so where the rule stops tells nothing
    /// more. Three rows are needed for 0: a row alone with one that is not small counts something,
    /// for else none of them were hidden; unless zero alone is hidden too, and there are but two rows.
    /// And s itself must not be small.
    fn is_protected(&self, rows: u64, sum: u64, all: bool) -> bool {
        let (l, t) = (u64::from(!self.zero), self.threshold);
        let enough = if self.zero_alone && all { 2 } else { 3 - l };
        // A reader may take it that rows are not hidden for zeros alone; then one that counts all of s would be ruled out. Of two
        // rows each is hidden for the other's zero.
        let least = t + u64::from(self.zero_alone && rows > 2);
        if rows < enough || sum < least || t <= 1 + l {
            return false;
        }
        let may_all_be_small = sum > t - 2 + l * (rows - 1) && sum <= (t - 1) * (rows - 1) + l;
        let one_is_not_small = sum > (t - 1) * rows;
        may_all_be_small || one_is_not_small || (all && self.zero && self.repairs)
    }
}

/// A rule that protects counts under three, and zero with them.
#[cfg(test)]
pub(super) fn rule_under_three(kind: RuleKind, guard: Guard) -> Rule {
    Rule {
        kind,
        threshold: 3,
        hide_zero: true,
        merged: Vec::new(),
        guard,
        note: None,
        neutral_note: None,
        hide_first: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(counts: &[u64]) -> Vec<Member> {
        let member = |(code, count): (usize, &u64)| Member {
            code: code.into(),
            count: Count::new(*count),
            forced: false,
            secondary: false,
            priority: (0, code as u128),
        };
        counts.iter().enumerate().map(member).collect()
    }

    fn hidden(counts: &[u64], rule: &Rule) -> (Vec<usize>, bool) {
        let protected = protect(&members(counts), rule, Zeros::Dropped);
        (protected.hidden.iter().map(|member| member.code.into()).collect(), protected.discloses)
    }

    #[test]
    fn an_older_edition_merges_whatever_is_small_and_the_audit_says_what_that_tells() {
        let rule = rule_under_three(RuleKind::Merge, Guard::AsPublished);
        assert_eq!(hidden(&[9, 2, 5], &rule), (vec![1], true));
        assert_eq!(hidden(&[9, 2, 2, 1, 1], &rule), (vec![1, 2, 3, 4], false));
        assert_eq!(hidden(&[9, 4], &rule), (vec![], false));
    }

    #[test]
    fn a_guarded_merge_takes_in_rows_until_no_count_is_narrowed() {
        let rule = rule_under_three(RuleKind::Merge, Guard::FullRange);
        // Alone, the 2 would stand in the merged row as itself; with the 9 alone it would surely not be 0.
        assert_eq!(hidden(&[9, 2, 5], &rule), (vec![0, 1, 2], false));
        // Three unlisted zeros make room, but a sum under the threshold is a small count itself.
        assert_eq!(hidden(&[9, 5, 2, 0, 0, 0], &rule), (vec![0, 2], false));
        // Four small counts leave each other every value, and no row need join them.
        assert_eq!(hidden(&[9, 2, 1, 1, 1], &rule), (vec![1, 2, 3, 4], false));
        // With a sum of 7, none of four could be 0; the 9 makes one of them large.
        assert_eq!(hidden(&[8, 9, 2, 2, 2, 1], &rule), (vec![0, 2, 3, 4, 5], false));
    }

    #[test]
    fn a_suppressed_row_is_never_the_total_less_the_others() {
        let rule = rule_under_three(RuleKind::Suppress, Guard::FullRange);
        // Two rows go with it: with one alone, a reader would know that it is not 0.
        assert_eq!(hidden(&[27, 17, 1, 9], &rule), (vec![0, 1, 2], false));
        // A category that counts nothing is hidden with it and serves as one of the two.
        assert_eq!(hidden(&[27, 17, 1, 9, 0], &rule), (vec![0, 2, 4], false));
    }

    #[test]
    fn where_every_row_is_hidden_and_the_total_is_small_the_audit_says_so() {
        let rule = rule_under_three(RuleKind::Suppress, Guard::FullRange);
        assert_eq!(hidden(&[2, 0, 0], &rule), (vec![0, 1, 2], true));
        assert_eq!(hidden(&[2, 1, 0], &rule), (vec![0, 1, 2], false));
        assert_eq!(hidden(&[2, 9], &rule), (vec![0, 1], true));
    }

    #[test]
    fn a_masked_row_is_hidden_alone() {
        assert_eq!(hidden(&[8, 2, 0], &rule_under_three(RuleKind::Mask, Guard::AsPublished)).0, [1, 2]);
    }
}
