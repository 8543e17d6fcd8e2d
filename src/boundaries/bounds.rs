//! Boxes of degrees.

use geo::Coord;

/// A box of degrees.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    pub(super) const NOWHERE: Self =
        Self { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    /// Returns the box around positions.
    pub(super) fn around(coords: impl IntoIterator<Item = Coord<f64>>) -> Self {
        coords.into_iter().fold(Self::NOWHERE, |all, at| Self {
            west: all.west.min(at.x),
            south: all.south.min(at.y),
            east: all.east.max(at.x),
            north: all.north.max(at.y),
        })
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Returns what lies in both of two boxes.
    pub(super) fn shared(self, other: Self) -> Self {
        Self {
            west: self.west.max(other.west),
            south: self.south.max(other.south),
            east: self.east.min(other.east),
            north: self.north.min(other.north),
        }
    }

    /// Returns the area in square degrees; none where the sides are in the wrong order.
    pub(super) fn square_degrees(self) -> f64 {
        (self.east - self.west).max(0.0) * (self.north - self.south).max(0.0)
    }

    /// Tells whether a point lies in the box or on its edge.
    pub(super) fn has(self, point: Coord<f64>) -> bool {
        (self.west..=self.east).contains(&point.x) && (self.south..=self.north).contains(&point.y)
    }

    /// Tells whether two boxes have anything in common, be it an edge.
    pub(super) fn meets(self, other: Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }
}
