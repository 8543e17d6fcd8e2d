//! Edges of counties, cut into short pieces, so that a question about one place looks at few of them.

use std::ops::Range;

use geo::{Coord, Intersects, Line, LineString, Polygon};

use super::bounds::Bounds;
use super::ground::Ground;

/// Edges in one piece.
const PIECE: usize = 16;

/// Lines of positions, which the counties of a jurisdiction may share.
#[derive(Default)]
pub(super) struct Edges {
    coords: Vec<Coord<f64>>,
    pieces: Vec<Piece>,
    lines: u32,
}

/// Some edges of one line, one after the other.
pub(super) struct Piece {
    /// The box around them.
    pub bounds: Bounds,
    /// The line that they are of.
    pub line: u32,
    coords: Range<u32>,
}

/// The rings of a county among the edges of its jurisdiction.
pub(super) struct Shape {
    bounds: Bounds,
    /// Places of pieces, part by part.
    runs: Vec<Range<usize>>,
    parts: Vec<Part>,
}

/// One polygon of a county: an outer ring and its holes.
struct Part {
    bounds: Bounds,
    /// Places of runs.
    runs: Range<usize>,
}

/// All rings of a part: the outer one first.
pub(super) fn rings(part: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(part.exterior()).chain(part.interiors())
}

impl Edges {
    /// Takes in a line, and returns the places of its pieces.
    pub(super) fn add(&mut self, line: &[Coord<f64>]) -> Range<usize> {
        let (first, offset) = (self.pieces.len(), self.coords.len());
        self.coords.extend_from_slice(line);
        for start in (0..line.len().saturating_sub(1)).step_by(PIECE) {
            let end = line.len().min(start + PIECE + 1);
            self.pieces.push(Piece {
                bounds: Bounds::around(line[start..end].iter().copied()),
                line: self.lines,
                coords: (offset + start) as u32..(offset + end) as u32,
            });
        }
        self.lines += 1;
        first..self.pieces.len()
    }

    /// Gives back the room that is left over.
    pub(super) fn shrink(&mut self) {
        self.coords.shrink_to_fit();
        self.pieces.shrink_to_fit();
    }

    /// Takes in the rings of parts, and returns the shape that they make.
    pub(super) fn shape<'a>(&mut self, parts: impl IntoIterator<Item = &'a Polygon<f64>>) -> Shape {
        let run = |part: &'a Polygon<f64>| {
            let first = self.pieces.len();
            for ring in rings(part) {
                self.add(&ring.0);
            }
            first..self.pieces.len()
        };
        let runs: Vec<Range<usize>> = parts.into_iter().map(run).collect();
        let ends = 1..=runs.len();
        Shape::new(self, runs, ends)
    }

    /// Returns the positions of a piece, one more than it has edges.
    pub(super) fn coords(&self, piece: &Piece) -> &[Coord<f64>] {
        &self.coords[piece.coords.start as usize..piece.coords.end as usize]
    }
}

impl Shape {
    /// Takes the pieces at some places for the rings of a county, each of whose parts ends before one of the runs.
    pub(super) fn new(edges: &Edges, runs: Vec<Range<usize>>, ends: impl IntoIterator<Item = usize>) -> Self {
        let mut first = 0;
        let part = |end: usize| {
            let own = std::mem::replace(&mut first, end)..end;
            let pieces = runs[own.clone()].iter().flat_map(|run| &edges.pieces[run.clone()]);
            Part { bounds: pieces.fold(Bounds::NOWHERE, |all, piece| all.and(piece.bounds)), runs: own }
        };
        let parts: Vec<Part> = ends.into_iter().map(part).collect();
        let bounds = parts.iter().fold(Bounds::NOWHERE, |all, part| all.and(part.bounds));
        Self { bounds, runs, parts }
    }

    /// Returns the box around it.
    pub(super) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Iterates over its pieces.
    pub(super) fn pieces<'e>(&self, edges: &'e Edges) -> impl Iterator<Item = &'e Piece> {
        self.runs.iter().flat_map(|run| &edges.pieces[run.clone()])
    }

    /// Tells whether a point lies inside a part, by the even-odd rule; on an edge it may be told either way.
    ///
    /// Parts are looked at one by one, so that what two of them cover is inside.
    pub(super) fn contains(&self, edges: &Edges, point: Coord<f64>) -> bool {
        let holds = |part: &Part| part.bounds.has(point) && self.crossed_of(part, edges, point) % 2 == 1;
        self.bounds.has(point) && self.parts.iter().any(holds)
    }

    /// Counts the edges that a ray from a point to the east meets.
    pub(super) fn crossed(&self, edges: &Edges, point: Coord<f64>) -> usize {
        self.parts.iter().map(|part| self.crossed_of(part, edges, point)).sum()
    }

    fn crossed_of(&self, part: &Part, edges: &Edges, point: Coord<f64>) -> usize {
        let pieces = self.runs[part.runs.clone()].iter().flat_map(|run| &edges.pieces[run.clone()]);
        let is_near = |bounds: &Bounds| bounds.south <= point.y && point.y < bounds.north && bounds.east >= point.x;
        let near = pieces.filter(|piece| is_near(&piece.bounds));
        near.flat_map(|piece| edges.coords(piece).windows(2)).filter(|ends| is_crossed(point, ends[0], ends[1])).count()
    }

    /// Tells whether a point lies exactly on an edge.
    pub(super) fn touches(&self, edges: &Edges, point: Coord<f64>) -> bool {
        let near = self.pieces(edges).filter(|piece| piece.bounds.has(point));
        near.flat_map(|piece| edges.coords(piece).windows(2)).any(|ends| Line::new(ends[0], ends[1]).intersects(&point))
    }

    /// Returns the distance in metres from a place to the nearest edge, where it is within a limit.
    pub(super) fn distance(&self, edges: &Edges, ground: &Ground, limit: f64) -> Option<f64> {
        if ground.at_least(self.bounds) > limit {
            return None;
        }
        let mut nearest = f64::INFINITY;
        for piece in self.pieces(edges) {
            if ground.at_least(piece.bounds) <= nearest.min(limit) {
                let ends = edges.coords(piece).windows(2);
                nearest = ends.map(|ends| ground.to_edge(ends[0], ends[1])).fold(nearest, f64::min);
            }
        }
        (nearest <= limit).then_some(nearest)
    }
}

/// Counts the edges of one part that a ray from a point to the east meets: an odd number inside.
pub(super) fn crossed(part: &Polygon<f64>, point: Coord<f64>) -> usize {
    let edges = rings(part).flat_map(|ring| ring.0.windows(2));
    edges.filter(|ends| is_crossed(point, ends[0], ends[1])).count()
}

/// Tells whether a ray to the east meets an edge, with the same answer from both sides of the edge.
fn is_crossed(point: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> bool {
    if (a.y > point.y) == (b.y > point.y) {
        return false;
    }
    let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
    point.x < low.x + (point.y - low.y) * (high.x - low.x) / (high.y - low.y)
}
