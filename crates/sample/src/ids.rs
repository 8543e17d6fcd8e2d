//! Ids of records: they say that a record is synthetic, and nothing else.

use crate::draw::Draw;
use crate::targets::IdSpace;

/// Every id begins with this.
pub(crate) const MARK: &str = "SYN-";

/// Draws `count` different ids in ascending order.
///
/// Records are put into random order before they take the ids, so neither an id nor its place says anything about its record.
pub(crate) fn draw(space: &IdSpace, count: usize, draw: &mut Draw) -> Vec<String> {
    draw.distinct(count, space.highest)
        .into_iter()
        .map(|number| format!("{}{number:0width$}", space.prefix, width = space.digits))
        .collect()
}
