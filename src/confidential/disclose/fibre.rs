//! What a reader can work out, tried on every possible table.
//!
//! The reader of a table knows the rule, the threshold, the categories hidden by judgement and even
//! the order in which further rows are hidden. The *fibre* of a published table is the set of all
//! counts that give the same table: all that the reader cannot tell apart. Here the fibres of all
//! small tables are written out, and what the rules promise is read off them.

use std::collections::{BTreeMap, BTreeSet};

use crate::report_spec::{Guard, Rule, RuleKind};
use crate::unit::Count;

use super::group::{Member, Zeros, protect, rule_under_three};

/// The greatest total of the tables that are tried.
const TOTAL: u64 = 12;

/// All that a reader sees: total, listed rows with their counts, hidden rows or the sum of the merged ones.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Output {
    total: u64,
    listed: Vec<(usize, u64)>,
    hidden: Vec<usize>,
    merged: Option<u64>,
}

/// The counts that give one output.
#[derive(Default)]
struct Fibre {
    /// For each category that is not listed, the counts it takes.
    values: BTreeMap<usize, BTreeSet<u64>>,
    /// What the audit says for each of the tables.
    discloses: BTreeSet<bool>,
    /// How many tables it is of.
    tables: u64,
}

struct Case {
    rule: Rule,
    zeros: Zeros,
    forced: usize,
    priorities: Vec<usize>,
}

impl Case {
    fn members(&self, counts: &[u64]) -> Vec<Member> {
        let member = |(code, count): (usize, &u64)| Member {
            code: code.into(),
            count: Count::new(*count),
            forced: code < self.forced,
            secondary: false,
            priority: (0, self.priorities[code] as u128),
        };
        counts.iter().enumerate().map(member).collect()
    }

    /// Publishes every table of this many categories, and gathers those with something hidden by what is seen.
    fn fibres(&self, categories: usize) -> BTreeMap<Output, Fibre> {
        self.fibres_up_to(categories, TOTAL)
    }

    /// The same for tables of a total up to another one.
    fn fibres_up_to(&self, categories: usize, total: u64) -> BTreeMap<Output, Fibre> {
        let mut fibres: BTreeMap<Output, Fibre> = BTreeMap::new();
        for counts in tables(categories, total) {
            let protected = protect(&self.members(&counts), &self.rule, self.zeros);
            if protected.hidden.is_empty() {
                continue;
            }
            let is_merge = self.rule.kind == RuleKind::Merge;
            let listed = protected.listed.iter().map(|member| (usize::from(member.code), member.count.get()));
            let listed: Vec<_> = listed.filter(|(_, count)| *count > 0 || self.zeros == Zeros::Kept).collect();
            let unlisted = (0..categories).filter(|code| listed.iter().all(|(category, _)| category != code));
            let hidden: Vec<usize> = protected.hidden.iter().map(|member| usize::from(member.code)).collect();
            let unlisted: Vec<usize> = if is_merge { unlisted.collect() } else { hidden.clone() };
            let output = Output {
                total: counts.iter().sum(),
                listed,
                merged: is_merge.then(|| protected.hidden.iter().map(|member| member.count.get()).sum()),
                hidden: if is_merge { Vec::new() } else { hidden },
            };
            let fibre = fibres.entry(output).or_default();
            for code in unlisted {
                fibre.values.entry(code).or_default().insert(counts[code]);
            }
            fibre.tables += 1;
            fibre.discloses.insert(protected.discloses);
        }
        fibres
    }

    /// The small counts that the rule hides.
    fn hidden_range(&self) -> BTreeSet<u64> {
        let zero = match self.rule.kind {
            RuleKind::Merge => self.zeros == Zeros::Dropped || (self.zeros == Zeros::Protected && self.rule.hide_zero),
            _ => self.rule.hide_zero,
        };
        (u64::from(!zero)..self.rule.threshold).collect()
    }
}

impl Fibre {
    /// Every hidden category that can be small can be any small count.
    fn has_full_range(&self, range: &BTreeSet<u64>) -> bool {
        let small = |values: &BTreeSet<u64>| values.intersection(range).next().is_some();
        self.values.values().all(|values| !small(values) || range.is_subset(values))
    }

    /// A hidden category can be one count only.
    fn is_exact(&self) -> bool {
        self.values.values().any(|values| values.len() == 1)
    }
}

/// Lists all tables of this many categories up to a total.
fn tables(categories: usize, total: u64) -> Vec<Vec<u64>> {
    let Some(rest) = categories.checked_sub(1) else { return vec![Vec::new()] };
    let with = |first: u64| {
        tables(rest, total - first).into_iter().map(move |mut counts| {
            counts.insert(0, first);
            counts
        })
    };
    (0..=total).flat_map(with).collect()
}

/// Lists all orders of three categories, and for more of them three that differ much.
fn orders(categories: usize) -> Vec<Vec<usize>> {
    match categories {
        3 => vec![vec![0, 1, 2], vec![0, 2, 1], vec![1, 0, 2], vec![1, 2, 0], vec![2, 0, 1], vec![2, 1, 0]],
        _ => {
            let up: Vec<usize> = (0..categories).collect();
            let mixed = [1, 3, 0, 4, 2].into_iter().filter(|place| *place < categories).collect();
            vec![up.iter().rev().copied().collect(), mixed, up]
        }
    }
}

/// Goes through rules, thresholds, orders, categories hidden by judgement, and ways with zeros.
fn cases(kind: RuleKind, guard: Guard, categories: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for threshold in [2, 3, 4] {
        let zeros = [(true, Zeros::Dropped), (true, Zeros::Kept), (true, Zeros::Protected)];
        let public = [(false, Zeros::Dropped), (false, Zeros::Kept)];
        for (hide_zero, zeros) in zeros.into_iter().chain(public) {
            for forced in 0..3 {
                for priorities in orders(categories) {
                    let rule = Rule { threshold, hide_zero, ..rule_under_three(kind, guard) };
                    cases.push(Case { rule, zeros, forced, priorities });
                }
            }
        }
    }
    cases
}

fn name(case: &Case) -> String {
    let Rule { kind, guard, threshold, hide_zero, .. } = &case.rule;
    let (zeros, forced, order) = (case.zeros, case.forced, &case.priorities);
    format!(
        "{kind:?} {guard:?} under {threshold}, zero hidden {hide_zero}, {zeros:?}, {forced} by judgement, {order:?}"
    )
}

/// Asserts the promise of all rules: where the audit is silent, the range is full.
fn keeps_the_full_range(kind: RuleKind, guard: Guard) {
    for categories in 3..=5 {
        for case in cases(kind, guard, categories) {
            let range = case.hidden_range();
            for (output, fibre) in case.fibres(categories) {
                assert_eq!(fibre.discloses.len(), 1, "the audit reads only what is public: {}", name(&case));
                if fibre.discloses.contains(&false) {
                    let shown = (output.total, &output.listed, &output.hidden, output.merged);
                    assert!(fibre.has_full_range(&range), "{}: {shown:?}: {:?}", name(&case), fibre.values);
                    assert!(!fibre.is_exact(), "{}: {shown:?}: {:?}", name(&case), fibre.values);
                }
            }
        }
    }
}

#[test]
fn a_guarded_merged_row_leaves_every_category_in_it_all_small_counts() {
    keeps_the_full_range(RuleKind::Merge, Guard::FullRange);
}

#[test]
fn suppressed_rows_leave_each_other_all_small_counts() {
    keeps_the_full_range(RuleKind::Suppress, Guard::FullRange);
}

#[test]
fn the_audit_names_every_merged_row_of_an_older_edition_that_narrows_a_count() {
    keeps_the_full_range(RuleKind::Merge, Guard::AsPublished);
}

#[test]
fn the_audit_names_every_masked_table_whose_total_narrows_a_count() {
    keeps_the_full_range(RuleKind::Mask, Guard::FullRange);
}

#[test]
fn a_table_of_an_older_edition_that_tells_a_count_exactly_is_named() {
    let rule = rule_under_three(RuleKind::Merge, Guard::AsPublished);
    let case = Case { rule, zeros: Zeros::Dropped, forced: 0, priorities: vec![0, 1, 2] };
    let fibres = case.fibres(3);
    let exact: Vec<_> = fibres.values().filter(|fibre| fibre.is_exact()).collect();
    assert!(!exact.is_empty());
    assert!(exact.iter().all(|fibre| fibre.discloses.contains(&true)));
}

#[test]
fn the_guarded_rules_seldom_find_no_way() {
    // Under 3, with an open list of four categories: only where everything is hidden and the total itself is small.
    for kind in [RuleKind::Merge, RuleKind::Suppress] {
        let rule = rule_under_three(kind, Guard::FullRange);
        let case = Case { rule, zeros: Zeros::Dropped, forced: 0, priorities: vec![2, 0, 3, 1] };
        let told = case.fibres(4).into_iter().filter(|(_, fibre)| fibre.discloses.contains(&true));
        assert_eq!(told.map(|(output, _)| output.total).collect::<Vec<_>>(), [1, 2], "{kind:?}");
    }
}

/// The share of tables with a hidden 1 or 2 in which each of these can be any small count, in percent, and how many have an exact
/// one. Tables that the audit refuses count as neither.
fn shares(kind: RuleKind, categories: usize, total: u64) -> (u64, u64) {
    let rule = rule_under_three(kind, Guard::FullRange);
    let priorities: Vec<usize> = [3, 1, 4, 0, 5, 2].into_iter().filter(|place| *place < categories).collect();
    let case = Case { rule, zeros: Zeros::Protected, forced: 0, priorities };
    let (mut all, mut full, mut exact) = (0, 0, 0);
    for fibre in case.fibres_up_to(categories, total).into_values() {
        let small: Vec<&BTreeSet<u64>> =
            fibre.values.values().filter(|values| values.iter().any(|value| (1..3).contains(value))).collect();
        let tables = fibre.tables;
        if small.is_empty() {
            continue;
        }
        all += tables;
        let is_full = small.iter().all(|values| (0..3).all(|value| values.contains(&value)));
        full += if is_full && fibre.discloses == BTreeSet::from([false]) { tables } else { 0 };
        exact +=
            if small.iter().any(|values| values.len() == 1) && fibre.discloses.contains(&false) { tables } else { 0 };
    }
    (100 * full / all, exact)
}

#[test]
fn of_all_small_tables_none_that_is_published_tells_a_one_or_a_two_and_few_are_refused() {
    for kind in [RuleKind::Merge, RuleKind::Suppress] {
        for (categories, total, least) in [(3, 24, 94), (4, 18, 91), (5, 15, 93), (6, 12, 95)] {
            let (full, exact) = shares(kind, categories, total);
            assert_eq!(exact, 0, "{kind:?} of {categories}");
            assert!(full >= least, "{kind:?} of {categories}: {full} % of the tables have the full range");
        }
    }
}
