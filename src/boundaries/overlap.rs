//! Parts of one county that overlap, and rings that cross themselves.
//!
//! A county is filled by the even-odd rule, by which what is covered twice would be empty. So parts are joined here,
//! where they are read: everything after sees rings that bound each place once.

use std::collections::{BTreeMap, HashSet};

use geo::bool_ops::{FillRule, OpType, unary_union};
use geo::orient::Direction;
use geo::{BooleanOps, Coord, CoordsIter, InteriorPoint, LineString, MapCoords, MultiPolygon, Orient, Polygon};

use super::crossing::{Budget, Crossing, Exhausted, meetings};
use super::shape::{Edges, Shape, crossed, rings};
use super::{BoundaryError, County};

/// Joins the overlapping parts of each county and fills the loops of its rings; tells which, and returns the shapes.
///
/// # Errors
/// Names a county that would take too long.
pub(super) fn mend(
    counties: &mut [County],
    edges: &mut Edges,
    budget: &mut Budget,
) -> Result<(Vec<Shape>, Vec<BoundaryError>), BoundaryError> {
    let (mut shapes, mut remarks) = (Vec::with_capacity(counties.len()), Vec::new());
    for county in counties {
        let (shape, remark) = mend_one(county, edges, budget)
            .map_err(|Exhausted| BoundaryError::TooIntricate { geoid: county.geoid.clone() })?;
        shapes.push(shape);
        remarks.extend(remark);
    }
    Ok((shapes, remarks))
}

fn mend_one(
    county: &mut County,
    edges: &mut Edges,
    budget: &mut Budget,
) -> Result<(Shape, Option<BoundaryError>), Exhausted> {
    let twice = drop_repeated(&mut county.polygons);
    let mut shape = edges.shape(&county.polygons);
    let meetings = meetings(edges, &shape, budget)?;
    let nested = match meetings.crossing {
        Some(_) => None,
        None => nested(&county.polygons, edges, &shape, meetings.touching, budget)?,
    };
    if meetings.crossing.is_some() || nested.is_some() {
        county.polygons = joined(&county.polygons);
        shape = edges.shape(&county.polygons);
    }
    let (geoid, name) = (county.geoid.clone(), county.name.clone());
    let remark = match (meetings.crossing, nested.or(twice)) {
        (Some(Crossing { at, same_ring: true, .. }), _) => {
            Some(BoundaryError::CrossedRing { geoid, name, at: [at.x, at.y] })
        }
        (Some(Crossing { at, .. }), _) | (None, Some(at)) => {
            Some(BoundaryError::OverlappingParts { geoid, name, at: [at.x, at.y] })
        }
        (None, None) => None,
    };
    Ok((shape, remark))
}

/// Keeps one of parts that are the same, and of holes of a part; returns a position of one that was there twice.
fn drop_repeated(polygons: &mut MultiPolygon<f64>) -> Option<Coord<f64>> {
    let mut marks: Vec<u64> = polygons.iter().flat_map(rings).map(mark).collect();
    marks.sort_unstable();
    if marks.windows(2).all(|pair| pair[0] != pair[1]) {
        return None;
    }
    let (mut seen, mut twice) = (HashSet::new(), None);
    for part in &mut polygons.0 {
        let (outer, mut holes) = std::mem::replace(part, Polygon::empty()).into_inner();
        let mut known = HashSet::new();
        holes.retain(|hole| {
            let is_new = known.insert(outline(hole));
            if !is_new {
                twice = hole.0.first().copied();
            }
            is_new
        });
        *part = Polygon::new(outer, holes);
    }
    polygons.0.retain(|part| {
        let mut holes: Vec<_> = part.interiors().iter().map(outline).collect();
        holes.sort_unstable();
        let is_new = seen.insert((outline(part.exterior()), holes));
        if !is_new {
            twice = part.exterior().0.first().copied();
        }
        is_new
    });
    twice
}

/// The bits of a position; zero has no sign.
fn bits(at: &Coord<f64>) -> [u64; 2] {
    [(at.x + 0.0).to_bits(), (at.y + 0.0).to_bits()]
}

/// The positions of a ring, each once.
fn open(ring: &LineString<f64>) -> &[Coord<f64>] {
    &ring.0[..ring.0.len().saturating_sub(1)]
}

/// A number that is the same for rings of the same positions, in whatever order.
fn mark(ring: &LineString<f64>) -> u64 {
    let mixed =
        |[x, y]: [u64; 2]| x.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(y).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    open(ring).iter().map(bits).map(mixed).fold(0, u64::wrapping_add)
}

/// A ring by the bits of its positions, wherever it begins and whichever way it runs.
fn outline(ring: &LineString<f64>) -> Vec<[u64; 2]> {
    let mut forward: Vec<_> = open(ring).iter().map(bits).collect();
    let least = (0..forward.len()).min_by_key(|place| forward[*place]).unwrap_or(0);
    forward.rotate_left(least);
    let mut backward = forward.clone();
    backward.reverse();
    let is_ring = !backward.is_empty();
    backward.rotate_right(usize::from(is_ring));
    forward.min(backward)
}

/// Finds a place of a part that lies within another part; no edges cross.
fn nested(
    polygons: &MultiPolygon<f64>,
    edges: &Edges,
    shape: &Shape,
    touching: bool,
    budget: &mut Budget,
) -> Result<Option<Coord<f64>>, Exhausted> {
    if polygons.0.len() < 2 {
        return Ok(None);
    }
    let comparisons = shape.pieces(edges).count().saturating_mul(polygons.0.len());
    budget.spend(comparisons)?;
    // Rings that do not even touch lie apart, or one of them lies in the other with all its positions.
    let is_apart = |part: &Polygon<f64>| {
        let first = part.exterior().0.first();
        first.is_none_or(|first| (shape.crossed(edges, *first) - crossed(part, *first)).is_multiple_of(2))
    };
    if !touching && polygons.iter().all(is_apart) {
        return Ok(None);
    }
    budget.spend(comparisons)?;
    Ok(polygons.iter().find_map(|part| {
        let inner = Coord::from(part.interior_point()?);
        // The part itself holds its inner point, and the edges around it are odd in number, unless another covers it too.
        shape.crossed(edges, inner).is_multiple_of(2).then_some(inner)
    }))
}

/// Returns the union of all parts; positions stay as they were written.
fn joined(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    let parts: Vec<MultiPolygon<f64>> = polygons.iter().map(solid).collect();
    let union = unary_union(&parts).orient(Direction::Default);
    // The union is computed on a grid of some billionths of a degree.
    let cell = |at: Coord<f64>| ((at.x * 1e7).round() as i64, (at.y * 1e7).round() as i64);
    let written: BTreeMap<_, _> = polygons.coords_iter().map(|at| (cell(at), at)).collect();
    union.map_coords(|at| written.get(&cell(at)).copied().unwrap_or(at))
}

/// Returns a part with all loops of its outer ring filled, less its holes.
fn solid(part: &Polygon<f64>) -> MultiPolygon<f64> {
    let filled = |ring: &LineString<f64>| {
        let ring = Polygon::new(ring.clone(), Vec::new());
        ring.boolean_op_with_fill_rule(&MultiPolygon::<f64>::new(Vec::new()), OpType::Union, FillRule::NonZero)
    };
    let holes: Vec<MultiPolygon<f64>> = part.interiors().iter().map(filled).collect();
    let outer = filled(part.exterior());
    if holes.is_empty() { outer } else { outer.difference(&unary_union(&holes)) }.orient(Direction::Default)
}

#[cfg(test)]
mod tests {
    use geo::{Area, Rect};

    use super::*;
    use crate::boundaries::Geoid;

    fn county(parts: Vec<Polygon<f64>>) -> County {
        let geoid = Geoid::new("09003").unwrap();
        County { geoid, name: "Hartford".into(), kind: String::new(), polygons: MultiPolygon::new(parts) }
    }

    fn rect(west: f64, south: f64, east: f64, north: f64) -> Polygon<f64> {
        Rect::new((west, south), (east, north)).to_polygon()
    }

    fn ring(coords: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(coords.to_vec())
    }

    fn mended(parts: Vec<Polygon<f64>>) -> (County, Vec<String>) {
        let mut counties = [county(parts)];
        let (_, remarks) = mend(&mut counties, &mut Edges::default(), &mut Budget::default()).unwrap();
        let [county] = counties;
        (county, remarks.iter().map(ToString::to_string).collect())
    }

    fn contains(county: &County, x: f64, y: f64) -> bool {
        let mut edges = Edges::default();
        edges.shape(&county.polygons).contains(&edges, Coord { x, y })
    }

    #[test]
    fn a_part_that_is_there_twice_is_there_once() {
        let square = rect(0.0, 0.0, 2.0, 2.0);
        let mut turned = square.exterior().0.clone();
        turned.reverse();
        turned.pop();
        turned.rotate_left(2);
        turned.push(turned[0]);
        let turned = Polygon::new(LineString::new(turned), Vec::new());
        let (county, remarks) = mended(vec![square.clone(), rect(5.0, 0.0, 6.0, 1.0), turned]);
        assert_eq!(county.polygons.0, [square, rect(5.0, 0.0, 6.0, 1.0)]);
        assert_eq!(remarks.len(), 1);
        assert!(remarks[0].starts_with("parts of county 09003 (Hartford) overlap at "), "{remarks:?}");
    }

    #[test]
    fn parts_that_overlap_are_filled_as_their_union() {
        let (county, remarks) = mended(vec![rect(0.0, 0.0, 2.0, 2.0), rect(1.0, 1.0, 3.0, 3.0)]);
        assert!((county.square_degrees() - 7.0).abs() < 1e-6, "{}", county.square_degrees());
        assert!(contains(&county, 1.5, 1.5));
        assert_eq!(remarks.len(), 1);
    }

    #[test]
    fn a_part_within_another_changes_nothing_but_one_in_its_hole_stays() {
        let outer = rect(0.0, 0.0, 4.0, 4.0);
        let (county, remarks) = mended(vec![outer.clone(), rect(1.0, 1.0, 2.0, 2.0)]);
        assert_eq!(county.polygons.unsigned_area(), 16.0);
        assert_eq!(remarks, ["parts of county 09003 (Hartford) overlap at 1.50000, 1.50000"]);
        let hole = rect(1.0, 1.0, 3.0, 3.0).exterior().clone();
        let parts = vec![Polygon::new(outer.exterior().clone(), vec![hole]), rect(1.5, 1.5, 2.5, 2.5)];
        let (county, remarks) = mended(parts.clone());
        assert_eq!((county.polygons.0, remarks), (parts, Vec::new()));
    }

    #[test]
    fn both_loops_of_a_ring_that_crosses_itself_are_filled_and_its_crossing_is_told() {
        let bow = Polygon::new(ring(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)]), Vec::new());
        let (county, remarks) = mended(vec![bow]);
        assert!((county.square_degrees() - 2.0).abs() < 1e-6, "{}", county.square_degrees());
        assert!(contains(&county, 0.5, 1.0) && contains(&county, 1.5, 1.0));
        assert_eq!(remarks, ["a ring of county 09003 (Hartford) crosses itself at 1.00000, 1.00000"]);
    }

    #[test]
    fn a_loop_over_the_ring_itself_is_no_hole() {
        // A ring that runs round a square twice, the second time a little further in.
        let twice = ring(&[
            (0.0, 0.0),
            (3.0, 0.0),
            (3.0, 3.0),
            (0.0, 3.0),
            (0.0, 1.0),
            (2.0, 1.0),
            (2.0, 2.0),
            (-1.0, 2.0),
            (-1.0, 0.0),
            (0.0, 0.0),
        ]);
        let (county, remarks) = mended(vec![Polygon::new(twice, Vec::new())]);
        assert!(contains(&county, 1.0, 1.5));
        assert_eq!(remarks.len(), 1);
    }

    #[test]
    fn sound_rings_stay_as_they_are() {
        let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/2016/VA.geojson")).unwrap();
        assert_eq!(crate::boundaries::read(&text).unwrap().remarks, []);
    }
}
