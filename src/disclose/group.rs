//! Siblings that add up: which of them are hidden.

use crate::spec::{Guard, Rule, RuleKind};
use crate::unit::Count;

use super::figure::is_small;

/// A category among its siblings.
#[derive(Clone, Copy)]
pub(super) struct Member {
    /// Index of its code.
    pub code: usize,
    /// Its count.
    pub count: Count,
    /// Hidden by judgement.
    pub forced: bool,
    /// Rank for being hidden to protect others; the lowest goes first.
    pub priority: u128,
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
    pub tells: bool,
}

/// Applies a rule to siblings whose sum is public.
pub(super) fn protect(members: &[Member], rule: &Rule, keep_zero: bool) -> Protected {
    let small = |one: &Member| is_small(one.count, rule.threshold, false);
    let zero = |one: &Member| one.count.get() == 0;
    let (mut hidden, mut listed): (Vec<Member>, Vec<Member>) = match rule.kind {
        RuleKind::None => (Vec::new(), members.to_vec()),
        RuleKind::Merge => members.iter().partition(|one| one.forced || small(one)),
        RuleKind::Mask => {
            members.iter().partition(|one| one.forced || is_small(one.count, rule.threshold, rule.hide_zero))
        }
        RuleKind::Suppress => {
            // Where one count is hidden, an absent row would tell a zero; zeros are then hidden with it.
            let any = members.iter().any(|one| one.forced || small(one));
            members
                .iter()
                .partition(|one| one.forced || small(one) || (zero(one) && rule.hide_zero && (any || keep_zero)))
        }
    };
    let mut all_small = hidden.iter().all(|one| one.count.get() < rule.threshold);
    let repairs = match rule.kind {
        RuleKind::Merge => rule.guard == Guard::FullRange,
        RuleKind::Suppress => true,
        RuleKind::None | RuleKind::Mask => false,
    };
    let unlisted = |hidden: &[Member], listed: &[Member]| match rule.kind {
        // Readers know the categories of the list; those that are absent may be in the merged row.
        RuleKind::Merge => hidden.len() + listed.iter().filter(|one| zero(one)).count(),
        _ => hidden.len(),
    };
    while repairs
        && !hidden.is_empty()
        && !has_full_range(&hidden, unlisted(&hidden, &listed), all_small, rule.threshold)
    {
        let candidates = listed.iter().enumerate().filter(|(_, one)| !zero(one));
        let Some((at, _)) = candidates.min_by_key(|(_, one)| one.priority) else { break };
        hidden.push(listed.remove(at));
        all_small = false;
    }
    hidden.sort_by_key(|one| members.iter().position(|member| member.code == one.code));
    let tells = !hidden.is_empty() && !has_full_range(&hidden, unlisted(&hidden, &listed), all_small, rule.threshold);
    Protected { listed, hidden, all_small, tells }
}

/// Tells whether every hidden count can still be anything from 0 to the threshold less one.
///
/// With m categories that sum to s, each known to be under t, one of them ranges over
/// [max(0, s−(t−1)(m−1)), min(t−1, s)]; that is the full range where m ≥ 2, s ≥ t−1 and
/// s ≤ (t−1)(m−1). Where one of them may be t or more it takes up any sum, so s ≥ 2t−1 suffices.
/// In both cases s itself must not be a small count.
fn has_full_range(hidden: &[Member], unlisted: usize, all_small: bool, threshold: u64) -> bool {
    let sum: u64 = hidden.iter().map(|one| one.count.get()).sum();
    let (m, t) = (unlisted as u64, threshold);
    match all_small {
        true => m >= 2 && sum >= t && sum <= (t - 1) * (m - 1),
        false => m >= 2 && sum >= 2 * t - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(kind: RuleKind, guard: Guard) -> Rule {
        Rule { kind, threshold: 3, hide_zero: true, merged: Vec::new(), guard, note: None }
    }

    fn members(counts: &[u64]) -> Vec<Member> {
        let member = |(code, count): (usize, &u64)| Member {
            code,
            count: Count::new(*count),
            forced: false,
            priority: code as u128,
        };
        counts.iter().enumerate().map(member).collect()
    }

    fn hidden(counts: &[u64], rule: &Rule) -> (Vec<usize>, bool) {
        let protected = protect(&members(counts), rule, false);
        (protected.hidden.iter().map(|one| one.code).collect(), protected.tells)
    }

    #[test]
    fn an_older_edition_merges_whatever_is_small_and_the_audit_says_what_that_tells() {
        let rule = rule(RuleKind::Merge, Guard::AsPublished);
        assert_eq!(hidden(&[9, 2, 5], &rule), (vec![1], true));
        assert_eq!(hidden(&[9, 2, 2, 1, 1], &rule), (vec![1, 2, 3, 4], false));
        assert_eq!(hidden(&[9, 4], &rule), (vec![], false));
    }

    #[test]
    fn a_guarded_merge_takes_in_rows_until_no_count_is_narrowed() {
        let rule = rule(RuleKind::Merge, Guard::FullRange);
        // Alone, the 2 would stand in the merged row as itself.
        assert_eq!(hidden(&[9, 2, 5], &rule), (vec![0, 1], false));
        // Two unlisted zeros make room, but a sum under the threshold is a small count itself.
        assert_eq!(hidden(&[9, 2, 0, 0], &rule), (vec![0, 1], false));
    }

    #[test]
    fn a_suppressed_row_is_never_the_total_less_the_others() {
        let rule = rule(RuleKind::Suppress, Guard::FullRange);
        let (codes, tells) = hidden(&[27, 17, 1, 9], &rule);
        assert!(codes.contains(&2) && codes.len() >= 2 && !tells);
    }

    #[test]
    fn a_masked_row_is_hidden_alone() {
        assert_eq!(hidden(&[8, 2, 0], &rule(RuleKind::Mask, Guard::AsPublished)).0, [1, 2]);
    }
}
