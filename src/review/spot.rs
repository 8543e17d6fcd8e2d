//! Places on pages.

/// A place on a page: its number from 0, and left, top, right and bottom in points from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Spot {
    /// Number of the page, from 0.
    pub page: usize,
    /// Left, top, right, bottom.
    pub area: [f32; 4],
}

/// The area that holds two areas.
pub(super) fn enclosing(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}
