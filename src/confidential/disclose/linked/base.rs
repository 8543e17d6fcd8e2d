//! What a percent tells of its base.

use crate::unit::Percent;

/// Finds the bases, from the first to the last, of which a part has the same percent as of `base`; no last one where there is no end.
pub(super) fn bases(part: u64, base: u64, decimals: u8) -> Option<(u64, Option<u64>)> {
    let shown = Percent::of(part, base, decimals)?;
    let is_shown = |base: u64| Percent::of(part, base, decimals) == Some(shown);
    Some((first(part, base, is_shown), last(base, is_shown)))
}

/// The least number from `from` on with which a test holds, that holds for `to` and, once it holds, for all up to it.
fn first(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    high
}

/// The greatest number with which a test holds, that holds for `from` and then up to some number; none where there is no end.
fn last(from: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    const END: u64 = 1 << 40;
    if holds(END) {
        return None;
    }
    let (mut low, mut high) = (from, END);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle } else { high = middle }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_leaves_the_bases_that_round_to_it() {
        // 9 of 17 is 52.94 %, and of no other base.
        assert_eq!(bases(9, 17, 2), Some((17, Some(17))));
        // 1 of 3 is 33 % of 3 alone; 2 of 6 too.
        assert_eq!(bases(1, 3, 0), Some((3, Some(3))));
        assert_eq!(bases(5, 1000, 0), Some((334, Some(1000))));
        // Rounded to nothing there is no end.
        assert_eq!(bases(1, 1000, 0), Some((201, None)));
        assert_eq!(bases(1, 0, 1), None);
    }
}
