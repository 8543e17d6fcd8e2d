//! Where edges of a county cross.

use geo::Coord;
use geo::kernels::{Kernel, Orientation, RobustKernel};

use super::bounds::Bounds;
use super::shape::{Edges, Piece, Shape};

/// Edges that cross within one county at most; two drawings of one intricate coast have some ten thousand.
const MOST: usize = 200_000;

/// How many comparisons the shapes of one file may still take.
///
/// The largest file of the 2016 set needs under 10 million; one that is made to be slow is refused.
pub(super) struct Budget(u64);

/// There were too many comparisons.
#[derive(Debug)]
pub(super) struct Exhausted;

impl Default for Budget {
    fn default() -> Self {
        Self(1_000_000_000)
    }
}

impl Budget {
    /// Takes from the budget what is about to be compared.
    pub(super) fn spend(&mut self, comparisons: usize) -> Result<(), Exhausted> {
        self.0 = self.0.checked_sub(comparisons as u64).ok_or(Exhausted)?;
        Ok(())
    }
}

/// A crossing of two edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Crossing {
    /// Where they cross.
    pub at: Coord<f64>,
    /// Both are of one ring.
    pub same_ring: bool,
    /// Where the two edges begin in the west, the western one first.
    west: [f64; 2],
}

/// How the rings of a county meet.
#[derive(Debug, Default)]
pub(super) struct Meetings {
    /// The westernmost of all crossings.
    pub crossing: Option<Crossing>,
    /// Two rings touch without crossing.
    pub touching: bool,
    number: usize,
}

/// Finds where edges of a county cross; edges that only touch do not.
///
/// Pieces are swept from west to east, and edges are compared where the boxes around their pieces meet.
pub(super) fn meetings(edges: &Edges, shape: &Shape, budget: &mut Budget) -> Result<Meetings, Exhausted> {
    let mut pieces: Vec<&Piece> = shape.pieces(edges).collect();
    pieces.sort_unstable_by(|a, b| a.bounds.west.total_cmp(&b.bounds.west));
    let mut meetings = Meetings::default();
    for (place, piece) in pieces.iter().enumerate() {
        let coords = edges.coords(piece);
        budget.spend(coords.len() * coords.len() / 2)?;
        // Neighbours share an end, and cannot cross.
        for first in 0..coords.len() - 1 {
            for second in first + 2..coords.len() - 1 {
                meetings.compare([coords[first], coords[first + 1]], [coords[second], coords[second + 1]], true)?;
            }
        }
        for other in pieces[place + 1..].iter().take_while(|other| other.bounds.west <= piece.bounds.east) {
            budget.spend(1)?;
            if other.bounds.meets(piece.bounds) {
                meetings.compare_pieces(edges, piece, other, budget)?;
            }
        }
    }
    Ok(meetings)
}

impl Meetings {
    fn compare_pieces(
        &mut self,
        edges: &Edges,
        one: &Piece,
        other: &Piece,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let near = |ends: &&[Coord<f64>], bounds: Bounds| Bounds::around(ends.iter().copied()).meets(bounds);
        let others = || edges.coords(other).windows(2).filter(|ends| near(ends, one.bounds));
        for ends in edges.coords(one).windows(2).filter(|ends| near(ends, other.bounds)) {
            budget.spend(edges.coords(other).len())?;
            for against in others() {
                self.compare([ends[0], ends[1]], [against[0], against[1]], one.line == other.line)?;
            }
        }
        Ok(())
    }

    fn compare(&mut self, one: [Coord<f64>; 2], other: [Coord<f64>; 2], same_ring: bool) -> Result<(), Exhausted> {
        let bounds = [Bounds::around(one), Bounds::around(other)];
        if !bounds[0].meets(bounds[1]) {
            return Ok(());
        }
        match meet(one, other) {
            Meeting::Apart => {}
            Meeting::Touching => self.touching |= !same_ring,
            Meeting::Crossing(at) => {
                let [first, second] = bounds.map(|bounds| bounds.west);
                let west = [first.min(second), first.max(second)];
                if self.crossing.is_none_or(|crossing| west < crossing.west) {
                    self.crossing = Some(Crossing { at, same_ring, west });
                }
                self.number += 1;
                if self.number > MOST {
                    return Err(Exhausted);
                }
            }
        }
        Ok(())
    }
}

/// How two edges meet.
enum Meeting {
    Apart,
    /// They have a point in common that is an end of one of them.
    Touching,
    /// They cross here, each strictly between its ends.
    Crossing(Coord<f64>),
}

fn meet([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> Meeting {
    if a == c || a == d || b == c || b == d {
        return Meeting::Touching;
    }
    let side = |p, q, r| <RobustKernel as Kernel<f64>>::orient2d(p, q, r);
    let is_beside = |a: Orientation, b: Orientation| a == b && a != Orientation::Collinear;
    let of_first = [side(a, b, c), side(a, b, d)];
    if is_beside(of_first[0], of_first[1]) {
        return Meeting::Apart;
    }
    let of_second = [side(c, d, a), side(c, d, b)];
    if is_beside(of_second[0], of_second[1]) {
        return Meeting::Apart;
    }
    if of_first.into_iter().chain(of_second).any(|side| side == Orientation::Collinear) {
        return Meeting::Touching;
    }
    let (first, second, between) = (b - a, d - c, c - a);
    let share = (between.x * second.y - between.y * second.x) / (first.x * second.y - first.y * second.x);
    Meeting::Crossing(a + first * share)
}

#[cfg(test)]
mod tests {
    use geo::Polygon;

    use super::*;

    /// A ring whose edges each cross nearly all others.
    fn star(points: usize) -> Polygon<f64> {
        let corner = |at: usize| {
            let angle = std::f64::consts::TAU * (at * (points / 2) % points) as f64 / points as f64;
            (libm::cos(angle), libm::sin(angle))
        };
        Polygon::new((0..=points).map(corner).collect(), Vec::new())
    }

    fn found(parts: &[Polygon<f64>], mut budget: Budget) -> Result<Meetings, Exhausted> {
        let mut edges = Edges::default();
        let shape = edges.shape(parts);
        meetings(&edges, &shape, &mut budget)
    }

    #[test]
    fn all_crossings_are_found_and_the_westernmost_is_told() {
        for points in [5, 41, 101] {
            let meetings = found(&[star(points)], Budget::default()).unwrap();
            // Each edge crosses all but itself and its two neighbours.
            assert_eq!(meetings.number, points * (points - 3) / 2);
            let Crossing { at, same_ring, .. } = meetings.crossing.unwrap();
            assert!(same_ring && at.x < 0.0, "{at:?}");
        }
    }

    #[test]
    fn rings_that_touch_do_not_cross() {
        let square = |west: f64, south: f64| geo::Rect::new((west, south), (west + 2.0, south + 2.0)).to_polygon();
        for [west, south] in [[2.0, 0.0], [2.0, 1.0], [2.0, 2.0], [0.0, 0.0]] {
            let meetings = found(&[square(0.0, 0.0), square(west, south)], Budget::default()).unwrap();
            assert!(meetings.touching && meetings.crossing.is_none(), "{west}, {south}");
        }
        let meetings = found(&[square(0.0, 0.0), square(3.0, 0.0)], Budget::default()).unwrap();
        assert!(!meetings.touching && meetings.crossing.is_none());
        let meetings = found(&[square(0.0, 0.0), square(1.0, 1.0)], Budget::default()).unwrap();
        assert_eq!((meetings.number, meetings.crossing.unwrap().same_ring), (2, false));
    }

    #[test]
    fn what_would_take_too_long_is_not_done() {
        assert!(found(&[star(701)], Budget::default()).is_err(), "244,649 crossings");
        assert!(found(&[star(101)], Budget(1_000)).is_err());
        assert!(found(&[star(101)], Budget(100_000)).is_ok());
    }
}
