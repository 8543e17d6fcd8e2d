//! From a point to its county.

use geo::Coord;

use super::ground::Ground;
use super::shape::{Edges, Shape};
use super::{Boundaries, County, Geoid};

/// Finds the county that a point lies in or near, fast enough for every location of a data set.
pub struct Locator {
    edges: Edges,
    /// In order of GEOID.
    counties: Vec<Area>,
}

/// One county, prepared for many questions.
pub(super) struct Area {
    pub geoid: Geoid,
    pub square_degrees: f64,
    pub shape: Shape,
}

impl Locator {
    /// Prepares the counties of a jurisdiction.
    pub fn new(boundaries: &Boundaries) -> Self {
        let mut edges = Edges::default();
        let area = |county: &County| Area {
            geoid: county.geoid.clone(),
            square_degrees: county.square_degrees(),
            shape: edges.shape(&county.polygons),
        };
        let counties = boundaries.counties.iter().map(area).collect();
        Self { edges, counties }
    }

    /// Takes counties in order of GEOID, whose shapes are of these edges.
    pub(super) fn of(edges: Edges, counties: Vec<Area>) -> Self {
        Self { edges, counties }
    }

    /// Returns the county of a point given in degrees, or nothing when it lies in none.
    ///
    /// Where counties overlap, a point belongs to the smallest of them, so that a city within a county that has no hole
    /// for it is found. A point on a shared edge belongs to the first of its counties by GEOID.
    pub fn locate(&self, lon: f64, lat: f64) -> Option<&Geoid> {
        let point = Coord { x: lon, y: lat };
        let near: Vec<&Area> = self.counties.iter().filter(|area| area.shape.bounds().has(point)).collect();
        let (edge, off): (Vec<&Area>, Vec<&Area>) =
            near.into_iter().partition(|area| area.shape.touches(&self.edges, point));
        let inside = off.into_iter().filter(|area| area.shape.contains(&self.edges, point));
        let smallest = inside.min_by(|a, b| a.square_degrees.total_cmp(&b.square_degrees));
        smallest.or_else(|| edge.into_iter().next()).map(|area| &area.geoid)
    }

    /// Returns the nearest county to a point in none, and its distance in metres on the ground; nothing where none is
    /// within a limit.
    ///
    /// Of counties that are equally far the first by GEOID is taken.
    pub fn nearest(&self, lon: f64, lat: f64, limit: f64) -> Option<(&Geoid, f64)> {
        let ground = Ground::at(Coord { x: lon, y: lat });
        let mut found: Option<(&Geoid, f64)> = None;
        for area in &self.counties {
            let limit = found.map_or(limit, |(_, distance)| distance);
            let distance = area.shape.distance(&self.edges, &ground, limit);
            if let Some(distance) = distance.filter(|distance| found.is_none_or(|(_, least)| *distance < least)) {
                found = Some((&area.geoid, distance));
            }
        }
        found
    }

    /// Tells whether a point lies in a county or within a distance in metres from it.
    pub fn is_within(&self, geoid: &str, lon: f64, lat: f64, limit: f64) -> bool {
        let point = Coord { x: lon, y: lat };
        let Some(area) = self.counties.iter().find(|area| area.geoid.as_str() == geoid) else { return false };
        area.shape.contains(&self.edges, point) || area.shape.distance(&self.edges, &Ground::at(point), limit).is_some()
    }

    /// Iterates over its counties, in order of GEOID.
    pub(super) fn areas(&self) -> impl Iterator<Item = &Area> {
        self.counties.iter()
    }
}

#[cfg(test)]
mod tests {
    use geo::{Contains, Intersects, MultiPolygon, polygon};

    use super::*;

    fn boundaries(counties: Vec<(&str, geo::Polygon<f64>)>) -> Boundaries {
        let county = |(geoid, shape)| County {
            geoid: Geoid::new(geoid).unwrap(),
            name: "Baltimore".into(),
            kind: String::new(),
            polygons: MultiPolygon::new(vec![shape]),
        };
        let counties = counties.into_iter().map(county).collect();
        Boundaries { jurisdiction: "MD".into(), statefp: "24".into(), vintage: 2016, counties }
    }

    /// Two squares side by side; the western one surrounds a third, whose ring runs the same way round.
    fn three_counties() -> Boundaries {
        let west = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0)]],
        );
        let city = polygon![(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0)];
        let east = polygon![(x: 4.0, y: 0.0), (x: 8.0, y: 0.0), (x: 8.0, y: 4.0), (x: 4.0, y: 4.0)];
        boundaries(vec![("24003", east), ("24005", west), ("24510", city)])
    }

    #[test]
    fn a_point_is_in_the_county_around_it() {
        let boundaries = three_counties();
        let locator = Locator::new(&boundaries);
        let at = |lon, lat| locator.locate(lon, lat).map(Geoid::as_str);
        assert_eq!(at(3.0, 3.0), Some("24005"));
        assert_eq!(at(1.5, 1.5), Some("24510"), "a city in a hole of the county around it");
        assert_eq!(at(5.0, 1.0), Some("24003"));
        assert_eq!(at(9.0, 1.0), None);
        assert_eq!(at(f64::NAN, 1.0), None);
        assert_eq!(at(f64::INFINITY, 1.0), None);
    }

    #[test]
    fn a_city_within_a_county_that_has_no_hole_keeps_its_points() {
        let county = polygon![(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)];
        let city = polygon![(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0)];
        for geoids in [["24005", "24510"], ["24510", "24005"]] {
            let mut counties = vec![(geoids[0], county.clone()), (geoids[1], city.clone())];
            counties.sort_by_key(|(geoid, _)| *geoid);
            let locator = Locator::new(&boundaries(counties));
            let at = |lon, lat| locator.locate(lon, lat).map(Geoid::as_str);
            assert_eq!((at(1.5, 1.5), at(3.0, 3.0)), (Some(geoids[1]), Some(geoids[0])));
        }
    }

    #[test]
    fn a_point_on_a_shared_edge_goes_to_the_first_geoid() {
        let boundaries = three_counties();
        let locator = Locator::new(&boundaries);
        let at = |lon, lat| locator.locate(lon, lat).map(Geoid::as_str);
        assert_eq!(at(4.0, 1.0), Some("24003"));
        assert_eq!(at(1.0, 1.5), Some("24005"));
        assert_eq!(at(0.0, 0.0), Some("24005"));
        assert_eq!(at(8.0, 4.0), Some("24003"));
    }

    #[test]
    fn a_point_in_no_county_has_a_nearest_one_and_ties_go_to_the_first_geoid() {
        let boundaries = three_counties();
        let locator = Locator::new(&boundaries);
        let (geoid, metres) = locator.nearest(8.01, 1.0, 2_000.0).unwrap();
        // A hundredth of a degree of longitude at 1° N.
        assert!(geoid.as_str() == "24003" && (metres - 1113.0).abs() < 1.0, "{geoid} {metres}");
        assert_eq!(locator.nearest(8.01, 1.0, 1_100.0), None);
        assert_eq!(locator.nearest(4.0, -0.01, 2_000.0).unwrap().0.as_str(), "24003");
        assert_eq!(locator.nearest(f64::NAN, 1.0, 2_000.0), None);
        assert!(locator.is_within("24003", 8.01, 1.0, 1_200.0) && !locator.is_within("24003", 8.01, 1.0, 1_100.0));
        assert!(locator.is_within("24510", 1.5, 1.5, 0.0) && !locator.is_within("24005", 1.5, 1.5, 100.0));
        assert!(!locator.is_within("24001", 1.5, 1.5, 1e9));
    }

    #[test]
    fn the_inner_point_of_each_county_of_connecticut_is_located_in_it() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/geodata/2016/CT.geojson");
        let boundaries = crate::boundaries::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        let locator = Locator::new(&boundaries);
        assert_eq!(boundaries.counties.len(), 8);
        for county in &boundaries.counties {
            let point = geo::InteriorPoint::interior_point(&county.polygons).unwrap();
            assert_eq!(locator.locate(point.x(), point.y()), Some(&county.geoid));
        }
    }

    #[test]
    fn the_pieces_agree_with_the_plain_rule_over_a_grid() {
        let boundaries = three_counties();
        let locator = Locator::new(&boundaries);
        for step in 0..1_000 {
            let (lon, lat) = (f64::from(step % 40) * 0.25 - 1.0, f64::from(step / 40) * 0.25 - 1.0);
            let point = Coord { x: lon, y: lat };
            let inside = boundaries.counties.iter().find(|county| county.polygons.contains(&point));
            let touching = || boundaries.counties.iter().find(|county| county.polygons.intersects(&point));
            let plain = inside.or_else(touching).map(|county| &county.geoid);
            assert_eq!(locator.locate(lon, lat), plain, "{lon}, {lat}");
        }
    }
}
