//! What is known of a count, and what its own table leaves of it.

use crate::figures::FigureId;
use crate::report_spec::{DisclosureKind, TiSlice};

use super::shape::{CountId, Figure};

/// What is known of a count.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The count itself, which the reader need not know.
    pub count: Option<u64>,
    /// It is printed.
    pub is_printed: bool,
    /// Words say that it is at least this much.
    pub at_least: u64,
    /// Words say that it is at most this much.
    pub at_most: Option<u64>,
    /// The figures that are hidden and whose count it is, each with the threshold that it is protected under.
    pub hidden: Vec<Hidden>,
}

/// A figure that is not printed.
#[derive(Debug, Clone)]
pub(super) struct Hidden {
    pub figure: FigureId,
    pub at: Figure,
    pub threshold: u64,
    /// Its count is under the threshold.
    pub is_small: bool,
    /// The counts that its own table leaves it, from the first to the last: what labels and one sum say.
    pub alone: (u64, Option<u64>),
    /// What its own table discloses where these are fewer than its words say.
    pub kind: DisclosureKind,
}

impl Hidden {
    /// Tells whether its own table leaves it a count.
    pub(super) fn leaves(&self, count: i64) -> bool {
        let Ok(count) = u64::try_from(count) else { return false };
        self.alone.0 <= count && self.alone.1.is_none_or(|last| count <= last)
    }

    /// Tells whether its own table leaves it one count alone.
    pub(super) fn is_exact(&self) -> bool {
        self.alone.1 == Some(self.alone.0)
    }
}

/// A sum that is printed: counts that together are as many.
#[derive(Debug)]
pub(super) struct Sum {
    pub parts: Vec<CountId>,
    pub total: u64,
    pub name: String,
}

/// A count that a percent bounds.
#[derive(Debug)]
pub(super) struct Bound {
    pub count: CountId,
    pub at_least: u64,
    pub at_most: Option<u64>,
    pub name: String,
}

/// Narrows hidden counts by what they add up to.
pub(super) fn narrow_alone(seen: &mut TiSlice<CountId, Seen>, parts: &[CountId], total: u64, kind: DisclosureKind) {
    let ranges: Vec<(u64, Option<u64>)> =
        parts.iter().map(|part| seen[*part].hidden.last().map_or((0, None), |hidden| hidden.alone)).collect();
    let lows: u64 = ranges.iter().map(|(low, _)| low).sum();
    let highs = ranges.iter().try_fold(0u64, |sum, (_, high)| high.map(|high| sum + high));
    for (part, (low, high)) in parts.iter().zip(&ranges) {
        let Some(hidden) = seen[*part].hidden.last_mut() else { continue };
        let others_low = lows - low;
        let most = total.saturating_sub(others_low);
        // Without an end the others can take all.
        let least = match (highs, high) {
            (Some(highs), Some(high)) => total.saturating_sub(highs - high),
            (None, None) if ranges.iter().filter(|(_, high)| high.is_none()).count() == 1 => {
                let others: u64 = ranges.iter().filter_map(|(_, high)| *high).sum();
                total.saturating_sub(others)
            }
            _ => 0,
        };
        hidden.alone = (least.max(*low), Some(high.map_or(most, |high| high.min(most))));
        hidden.kind = kind;
    }
}
