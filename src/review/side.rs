//! Which of two publications something is of.

/// A side of a comparison. What both sides have is a pair, the old one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The approved publication.
    Old,
    /// The one that is reviewed.
    New,
}

impl Side {
    /// Both, in the order of pairs.
    pub(super) const BOTH: [Self; 2] = [Self::Old, Self::New];

    /// Returns the other side.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    /// Returns what this side of a pair is.
    pub(super) fn of<T>(self, [old, new]: &[T; 2]) -> &T {
        match self {
            Self::Old => old,
            Self::New => new,
        }
    }

    /// Puts what is of this side and what is of the other one into the order of pairs.
    pub(super) fn pair<T>(self, own: T, other: T) -> [T; 2] {
        match self {
            Self::Old => [own, other],
            Self::New => [other, own],
        }
    }
}
