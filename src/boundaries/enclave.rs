//! Counties within others that have no hole for them, as cities are drawn on top in some files.

use geo::{Coord, CoordsIter, InteriorPoint, LineString, Polygon};

use super::crossing::{Budget, Exhausted};
use super::shape::{Edges, Shape, crossed};
use super::{BoundaryError, County};

/// Cuts a hole into a county for each county that lies within it; tells which. The shapes are those of the counties.
///
/// # Errors
/// Names a county of which nothing is left, as two have the same shape, and one that would take too long.
pub(super) fn cut(
    counties: &mut [County],
    edges: &Edges,
    shapes: &[Shape],
    budget: &mut Budget,
) -> Result<Vec<BoundaryError>, BoundaryError> {
    let sizes: Vec<f64> = counties.iter().map(County::square_degrees).collect();
    let mut found = Vec::new();
    for (inner, county) in counties.iter().enumerate() {
        let is_larger = |outer: usize| (sizes[outer], outer) > (sizes[inner], inner);
        for outer in (0..shapes.len()).filter(|outer| is_larger(*outer)) {
            for part in &county.polygons {
                if holds(&shapes[outer], edges, part, budget).map_err(|Exhausted| too_intricate(county))? {
                    found.push((inner, outer, part.exterior().clone()));
                }
            }
        }
    }
    // The largest first: what lies in a county within a county is then in a hole already.
    found.sort_by(|(a, ..), (b, ..)| sizes[*b].total_cmp(&sizes[*a]));
    let mut remarks: Vec<BoundaryError> = Vec::new();
    for (inner, outer, ring) in found {
        budget.spend(counties[outer].polygons.coords_count()).map_err(|Exhausted| too_intricate(&counties[outer]))?;
        if !pierce(&mut counties[outer], ring) {
            continue;
        }
        let (one, other) = (&counties[inner], &counties[outer]);
        if other.square_degrees() <= 1e-9 * sizes[outer] {
            return Err(BoundaryError::Covered { geoid: other.geoid.clone(), by: one.geoid.clone() });
        }
        let remark = BoundaryError::Enclave {
            geoid: one.geoid.clone(),
            name: one.name.clone(),
            outer: other.geoid.clone(),
            outer_name: other.name.clone(),
        };
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
    Ok(remarks)
}

fn too_intricate(county: &County) -> BoundaryError {
    BoundaryError::TooIntricate { geoid: county.geoid.clone() }
}

/// Tells whether a part lies wholly within a shape, its edges included.
fn holds(outer: &Shape, edges: &Edges, part: &Polygon<f64>, budget: &mut Budget) -> Result<bool, Exhausted> {
    budget.spend(1)?;
    let corners = &part.exterior().0;
    if !corners.iter().all(|corner| outer.bounds().has(*corner)) {
        return Ok(false);
    }
    let pieces = outer.pieces(edges).count();
    for corner in corners {
        budget.spend(pieces)?;
        if !outer.contains(edges, *corner) && !outer.touches(edges, *corner) {
            return Ok(false);
        }
    }
    // Last, as it takes longest: what only touches the shape from outside has its corners on edges.
    Ok(part.interior_point().is_some_and(|point| outer.contains(edges, Coord::from(point))))
}

/// Adds a hole to the part of a county that holds it.
fn pierce(county: &mut County, hole: LineString<f64>) -> bool {
    let Some(point) = Polygon::new(hole.clone(), Vec::new()).interior_point().map(Coord::from) else { return false };
    match county.polygons.iter_mut().find(|part| crossed(part, point) % 2 == 1) {
        Some(part) => part.interiors_push(hole),
        None => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};

    use super::*;
    use crate::boundaries::Geoid;

    fn county(geoid: &str, boxes: &[[f64; 4]]) -> County {
        let parts = boxes.iter().map(|[west, south, east, north]| Rect::new((*west, *south), (*east, *north)));
        let polygons = MultiPolygon::new(parts.map(Rect::to_polygon).collect());
        County { geoid: Geoid::new(geoid).unwrap(), name: format!("C{geoid}"), kind: String::new(), polygons }
    }

    fn cut(counties: &mut [County]) -> Result<Vec<BoundaryError>, BoundaryError> {
        let mut edges = Edges::default();
        let shapes: Vec<Shape> = counties.iter().map(|county| edges.shape(&county.polygons)).collect();
        super::cut(counties, &edges, &shapes, &mut Budget::default())
    }

    #[test]
    fn a_county_within_another_cuts_its_hole_and_a_second_one_in_it_too() {
        let outer = county("09003", &[[0.0, 0.0, 10.0, 10.0]]);
        let middle = county("09015", &[[2.0, 2.0, 6.0, 6.0], [8.0, 8.0, 9.0, 9.0]]);
        let inner = county("09001", &[[3.0, 3.0, 4.0, 4.0]]);
        let mut counties = [inner, outer, middle];
        let remarks: Vec<String> = cut(&mut counties).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(
            remarks,
            [
                "county 09015 (C09015) lies within county 09003 (C09003), which has no hole for it",
                "county 09001 (C09001) lies within county 09015 (C09015), which has no hole for it",
            ]
        );
        assert_eq!(counties.each_ref().map(County::square_degrees), [1.0, 83.0, 16.0]);
    }

    #[test]
    fn a_county_in_a_hole_or_beside_another_changes_nothing() {
        let mut outer = county("09003", &[[0.0, 0.0, 10.0, 10.0]]);
        outer.polygons.0[0].interiors_push(county("09001", &[[2.0, 2.0, 6.0, 6.0]]).polygons.0[0].exterior().clone());
        let counties = [county("09001", &[[2.0, 2.0, 6.0, 6.0]]), outer, county("09005", &[[10.0, 0.0, 12.0, 10.0]])];
        let mut same = counties.clone();
        assert_eq!(cut(&mut same), Ok(Vec::new()));
        assert_eq!(same, counties);
    }

    #[test]
    fn two_counties_of_one_shape_are_refused() {
        let square = [[0.0, 0.0, 1.0, 1.0]];
        let fault = cut(&mut [county("09001", &square), county("09003", &square)]).unwrap_err();
        assert_eq!(fault.to_string(), "county 09003 lies wholly under county 09001");
    }
}
