//! Counties within others that have no hole for them, as cities are drawn on top in some files.

use geo::{Coord, InteriorPoint, LineString, Polygon};

use super::shape::Shape;
use super::{BoundaryError, County, Fault};

/// Cuts a hole into a county for each county that lies within it; tells which.
///
/// # Errors
/// Names a county of which nothing is left: two have the same shape.
pub(super) fn cut(counties: &mut [County]) -> Result<Vec<BoundaryError>, Vec<Fault>> {
    let shapes: Vec<Shape> = counties.iter().map(|county| Shape::new(&county.polygons)).collect();
    let sizes: Vec<f64> = counties.iter().map(County::square_degrees).collect();
    let mut found = Vec::new();
    // A file made to be slow is left as it is; Texas needs under a hundred thousand.
    let parts: usize = counties.iter().map(|county| county.polygons.0.len()).sum();
    if (parts as u64).saturating_mul(counties.len() as u64) > super::crossing::BUDGET {
        return Ok(Vec::new());
    }
    for (inner, county) in counties.iter().enumerate() {
        for part in &county.polygons {
            let is_larger = |outer: usize| (sizes[outer], outer) > (sizes[inner], inner);
            let outer = (0..shapes.len()).filter(|outer| is_larger(*outer) && holds(&shapes[*outer], part));
            found.extend(outer.map(|outer| (inner, outer, part.exterior().clone())));
        }
    }
    // The largest first: what lies in a county within a county is then in a hole already.
    found.sort_by(|(one, ..), (other, ..)| sizes[*other].total_cmp(&sizes[*one]));
    let mut remarks: Vec<BoundaryError> = Vec::new();
    for (inner, outer, ring) in found {
        if !pierce(&mut counties[outer], ring) {
            continue;
        }
        let (one, other) = (&counties[inner], &counties[outer]);
        if other.square_degrees() <= 1e-9 * sizes[outer] {
            let error = BoundaryError::Covered { geoid: other.geoid.clone(), by: one.geoid.clone() };
            return Err(vec![error.into()]);
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

/// Tells whether a part lies wholly within a shape, its edges included.
fn holds(outer: &Shape, part: &Polygon<f64>) -> bool {
    let corners = &part.exterior().0;
    if !corners.iter().all(|corner| outer.bounds().has(*corner)) {
        return false;
    }
    let is_inside = part.interior_point().is_some_and(|point| outer.contains(Coord::from(point)));
    is_inside && corners.iter().all(|corner| outer.contains(*corner) || outer.touches(*corner))
}

/// Adds a hole to the part of a county that holds it.
fn pierce(county: &mut County, hole: LineString<f64>) -> bool {
    let Some(point) = Polygon::new(hole.clone(), Vec::new()).interior_point().map(Coord::from) else { return false };
    let holds = |part: &&mut Polygon<f64>| {
        let rings = std::iter::once(part.exterior()).chain(part.interiors());
        Shape::of_rings(rings).contains(point)
    };
    match county.polygons.iter_mut().find(holds) {
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
        let polygons = MultiPolygon::new(parts.map(|part| part.to_polygon()).collect());
        County { geoid: Geoid::new(geoid).unwrap(), name: format!("C{geoid}"), kind: String::new(), polygons }
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
        let one = [[0.0, 0.0, 1.0, 1.0]];
        let faults = cut(&mut [county("09001", &one), county("09003", &one)]).unwrap_err();
        assert_eq!(faults[0].to_string(), "county 09003 lies wholly under county 09001");
    }
}
