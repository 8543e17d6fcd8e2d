//! Where edges of a county cross.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::{Coord, MultiPolygon};

/// Pairs of edges that are looked at in one file; the largest of the 2016 set needs under 3 million.
///
/// A file made to be slow is left unchecked beyond them.
pub(super) const BUDGET: u64 = 100_000_000;

/// A crossing of two edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Crossing {
    /// Where they cross.
    pub at: Coord<f64>,
    /// Both are of one ring.
    pub same_ring: bool,
}

struct Edge {
    ends: [Coord<f64>; 2],
    west: f64,
    east: f64,
    south: f64,
    north: f64,
    ring: usize,
}

/// Finds two edges of a county that cross; edges that only touch do not.
pub(super) fn crossing(polygons: &MultiPolygon<f64>, budget: &mut u64) -> Option<Crossing> {
    let mut edges = edges(polygons);
    edges.sort_unstable_by(|one, other| one.west.total_cmp(&other.west));
    for (place, edge) in edges.iter().enumerate() {
        for other in edges[place + 1..].iter().take_while(|other| other.west <= edge.east) {
            *budget = budget.checked_sub(1)?;
            if other.south <= edge.north
                && edge.south <= other.north
                && let Some(at) = meet(edge.ends, other.ends)
            {
                return Some(Crossing { at, same_ring: edge.ring == other.ring });
            }
        }
    }
    None
}

fn edges(polygons: &MultiPolygon<f64>) -> Vec<Edge> {
    let rings = polygons.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
    let edges = rings.enumerate().flat_map(|(ring, line)| {
        line.0.windows(2).map(move |ends| {
            let [a, b] = [ends[0], ends[1]];
            Edge {
                ends: [a, b],
                west: a.x.min(b.x),
                east: a.x.max(b.x),
                south: a.y.min(b.y),
                north: a.y.max(b.y),
                ring,
            }
        })
    });
    edges.collect()
}

/// Returns where two edges cross, each strictly between its ends.
fn meet([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> Option<Coord<f64>> {
    let side = |p, q, r| <RobustKernel as Kernel<f64>>::orient2d(p, q, r);
    let parted = |one: Orientation, other: Orientation| {
        one != other && one != Orientation::Collinear && other != Orientation::Collinear
    };
    if !parted(side(a, b, c), side(a, b, d)) || !parted(side(c, d, a), side(c, d, b)) {
        return None;
    }
    let (first, second, between) = (b - a, d - c, c - a);
    let share = (between.x * second.y - between.y * second.x) / (first.x * second.y - first.y * second.x);
    Some(a + first * share)
}
