//! Which members of two sequences are the same, in time that a hostile file cannot stretch.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most pairs of members among which the shortest way is looked for: it may take time by their number.
const PAIRS: usize = 400_000_000;

/// Aligns two sequences: the shortest way from one to the other, or, where they are too long for that, the way between members that
/// each has once.
pub(super) fn align<T: Eq + Hash + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    let first = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let last = old[first..].iter().rev().zip(new[first..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (was, is) = (first..old.len() - last, first..new.len() - last);
    if was.len().saturating_mul(is.len()) <= PAIRS {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    between_anchors(old, new, PAIRS)
}

fn between_anchors<T: Eq + Hash + Ord>(old: &[T], new: &[T], pairs: usize) -> Vec<DiffOp> {
    let mut ops = Vec::new();
    let (mut was, mut is) = (0, 0);
    let end = [(old.len(), new.len())];
    for (a, b) in anchors(old, new).into_iter().chain(end) {
        gap(old, new, was..a, is..b, pairs, &mut ops);
        if a < old.len() && b < new.len() {
            ops.push(DiffOp::Equal { old_index: a, new_index: b, len: 1 });
        }
        (was, is) = (a + 1, b + 1);
    }
    ops
}

fn gap<T: Eq + Hash + Ord>(
    old: &[T],
    new: &[T],
    was: Range<usize>,
    is: Range<usize>,
    pairs: usize,
    ops: &mut Vec<DiffOp>,
) {
    let (old_index, new_index, old_len, new_len) = (was.start, is.start, was.len(), is.len());
    match (old_len, new_len) {
        (0, 0) => {}
        (0, _) => ops.push(DiffOp::Insert { old_index, new_index, new_len }),
        (_, 0) => ops.push(DiffOp::Delete { old_index, old_len, new_index }),
        _ if old_len.saturating_mul(new_len) > pairs => {
            ops.push(DiffOp::Replace { old_index, old_len, new_index, new_len });
        }
        _ => {
            let within = similar::capture_diff(Algorithm::Myers, old, was, new, is);
            ops.extend(within);
        }
    }
}

/// The members that each sequence has once: the most of them that stand in one order in both.
fn anchors<T: Eq + Hash>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let mut places: HashMap<&T, [Option<(usize, bool)>; 2]> = HashMap::new();
    for (side, members) in [old, new].into_iter().enumerate() {
        for (at, member) in members.iter().enumerate() {
            let place = &mut places.entry(member).or_default()[side];
            *place = Some((at, place.is_none()));
        }
    }
    let single = |place: Option<(usize, bool)>| place.filter(|(_, is_single)| *is_single).map(|(at, _)| at);
    let mut pairs: Vec<(usize, usize)> =
        places.into_values().filter_map(|[was, is]| Some((single(was)?, single(is)?))).collect();
    pairs.sort_unstable();
    in_order(&pairs)
}

/// The longest run of pairs whose second members rise as the first do.
fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best run of each length, and the pair before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::new();
    for (at, (_, is)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *is);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_each_has_once_is_found_again_and_the_rest_between() {
        let same = |old: &str, new: &str, pairs: usize| -> String {
            let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
            let mut same = String::new();
            let (mut was, mut is) = (0, 0);
            for op in between_anchors(&old, &new, pairs) {
                assert_eq!((op.old_range().start, op.new_range().start), (was, is), "no member is left out");
                (was, is) = (op.old_range().end, op.new_range().end);
                if let DiffOp::Equal { .. } = op {
                    same.extend(&old[op.old_range()]);
                }
            }
            assert_eq!((was, is), (old.len(), new.len()));
            same
        };
        assert_eq!(same("aaxbbycc", "aaxbyccz", 100), "aaxbycc");
        assert_eq!(same("abcdef", "fabcde", 100), "abcde");
        // Where a gap is too large for the shortest way, it is one that was replaced.
        assert_eq!(same("xaabbaay", "xbbaabby", 4), "xy");
        assert_eq!(same("", "ab", 100), "");
        assert_eq!(same("ab", "ab", 100), "ab");
    }

    #[test]
    fn a_hundred_thousand_words_that_all_differ_are_aligned() {
        let words = |step: usize| (0..100_000).map(|at| at * step).collect::<Vec<usize>>();
        let ops = align(&words(2), &words(3));
        assert!(ops.iter().any(|op| matches!(op, DiffOp::Equal { .. })));
    }
}
