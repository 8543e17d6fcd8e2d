//! Which counts are small.

use crate::unit::Count;

/// Tells whether a count may not be told: under the threshold, and zero where zero is hidden too.
pub(super) fn is_small(count: Count, threshold: u64, hide_zero: bool) -> bool {
    count.get() < threshold && (count.get() > 0 || hide_zero)
}
