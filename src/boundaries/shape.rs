//! A county's shape, cut into short pieces, so that a question about one place looks at few of its edges.

use geo::{Coord, Intersects, Line, LineString, MultiPolygon};

use super::ground::Ground;

/// Edges in one piece.
const PIECE: usize = 32;

/// The rings of a county.
pub(super) struct Shape {
    bounds: Bounds,
    pieces: Vec<(Bounds, Vec<Coord<f64>>)>,
}

/// A box of degrees.
#[derive(Clone, Copy)]
pub(super) struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    fn around<'a>(coords: impl IntoIterator<Item = &'a Coord<f64>>) -> Self {
        let empty =
            Self { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };
        coords.into_iter().fold(empty, |all, at| Self {
            west: all.west.min(at.x),
            south: all.south.min(at.y),
            east: all.east.max(at.x),
            north: all.north.max(at.y),
        })
    }

    /// Tells whether a point lies in the box or on its edge.
    pub(super) fn has(self, point: Coord<f64>) -> bool {
        (self.west..=self.east).contains(&point.x) && (self.south..=self.north).contains(&point.y)
    }
}

impl Shape {
    /// Cuts up the rings of a county.
    pub(super) fn new(polygons: &MultiPolygon<f64>) -> Self {
        let rings = polygons.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        Self::of_rings(rings)
    }

    /// Cuts up rings.
    pub(super) fn of_rings<'a>(rings: impl Iterator<Item = &'a LineString<f64>>) -> Self {
        let mut pieces = Vec::new();
        for ring in rings {
            let starts = (0..ring.0.len().saturating_sub(1)).step_by(PIECE);
            pieces.extend(starts.map(|start| {
                let coords = &ring.0[start..ring.0.len().min(start + PIECE + 1)];
                (Bounds::around(coords), coords.to_vec())
            }));
        }
        let bounds = pieces.iter().map(|(bounds, _)| *bounds).reduce(|one, other| Bounds {
            west: one.west.min(other.west),
            south: one.south.min(other.south),
            east: one.east.max(other.east),
            north: one.north.max(other.north),
        });
        Self { bounds: bounds.unwrap_or_else(|| Bounds::around([])), pieces }
    }

    /// Returns the box around it.
    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Returns the number of pieces.
    pub(super) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Tells whether a point lies inside, by the even-odd rule; on an edge it may be told either way.
    pub(super) fn contains(&self, point: Coord<f64>) -> bool {
        if !self.bounds.has(point) {
            return false;
        }
        let is_near = |bounds: &Bounds| bounds.south <= point.y && point.y < bounds.north && bounds.east >= point.x;
        let near = self.pieces.iter().filter(|(bounds, _)| is_near(bounds));
        near.flat_map(|(_, coords)| coords.windows(2)).filter(|ends| is_crossed(point, ends[0], ends[1])).count() % 2
            == 1
    }

    /// Tells whether a point lies exactly on an edge.
    pub(super) fn touches(&self, point: Coord<f64>) -> bool {
        let near = self.pieces.iter().filter(|(bounds, _)| bounds.has(point));
        near.flat_map(|(_, coords)| coords.windows(2)).any(|ends| Line::new(ends[0], ends[1]).intersects(&point))
    }

    /// Returns the distance in metres from a place to the nearest edge, where it is within a limit.
    pub(super) fn distance(&self, ground: &Ground, limit: f64) -> Option<f64> {
        if ground.at_least(self.bounds) > limit {
            return None;
        }
        let mut nearest = f64::INFINITY;
        for (bounds, coords) in &self.pieces {
            if ground.at_least(*bounds) <= nearest.min(limit) {
                let edges = coords.windows(2).map(|ends| ground.to_edge(ends[0], ends[1]));
                nearest = edges.fold(nearest, f64::min);
            }
        }
        (nearest <= limit).then_some(nearest)
    }
}

/// Tells whether a ray to the east meets an edge, with the same answer from both sides of the edge.
fn is_crossed(point: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> bool {
    if (a.y > point.y) == (b.y > point.y) {
        return false;
    }
    let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
    point.x < low.x + (point.y - low.y) * (high.x - low.x) / (high.y - low.y)
}
