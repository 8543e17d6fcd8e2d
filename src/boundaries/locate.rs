//! From a point to its county.

use geo::indexed::IntervalTreeMultiPolygon;
use geo::orient::Direction;
use geo::{BoundingRect, Contains, Coord, Intersects, Orient, Polygon, Rect};

use super::{Boundaries, Geoid};

/// Finds the county that a point lies in, fast enough for every location of a data set.
pub struct Locator {
    counties: Vec<Area>,
}

/// One county, prepared for many questions.
struct Area {
    geoid: Geoid,
    bounds: Rect<f64>,
    inside: IntervalTreeMultiPolygon<f64>,
    polygons: Vec<(Rect<f64>, Polygon<f64>)>,
}

impl Locator {
    /// Prepares the counties of a jurisdiction.
    pub fn new(boundaries: &Boundaries) -> Self {
        let areas = boundaries.counties.iter().filter_map(|county| {
            // The interval tree counts windings, so holes must run against their outer ring.
            let polygons = county.polygons.orient(Direction::Default);
            let bounds = polygons.bounding_rect()?;
            let inside = IntervalTreeMultiPolygon::new(&polygons);
            let polygons = polygons.0.into_iter().filter_map(|part| Some((part.bounding_rect()?, part))).collect();
            Some(Area { geoid: county.geoid.clone(), bounds, inside, polygons })
        });
        Self { counties: areas.collect() }
    }

    /// Returns the county of a point given in degrees, or nothing when it lies in none.
    ///
    /// A point on a shared edge belongs to the first of its counties by GEOID.
    pub fn locate(&self, lon: f64, lat: f64) -> Option<&Geoid> {
        let point = Coord { x: lon, y: lat };
        let near = || self.counties.iter().filter(move |area| area.bounds.intersects(&point));
        near()
            .find(|area| area.inside.contains(&point))
            .or_else(|| near().find(|area| area.touches(point)))
            .map(|area| &area.geoid)
    }
}

impl Area {
    /// Tells whether a point lies in the county or on its edge.
    fn touches(&self, point: Coord<f64>) -> bool {
        self.polygons.iter().any(|(bounds, polygon)| bounds.intersects(&point) && polygon.intersects(&point))
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, polygon};

    use super::*;
    use crate::boundaries::County;

    /// Two squares side by side; the western one surrounds a third, whose ring runs the same way round.
    fn three_counties() -> Boundaries {
        let west = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)],
            interiors: [[(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0)]],
        );
        let city = polygon![(x: 1.0, y: 1.0), (x: 2.0, y: 1.0), (x: 2.0, y: 2.0), (x: 1.0, y: 2.0)];
        let east = polygon![(x: 4.0, y: 0.0), (x: 8.0, y: 0.0), (x: 8.0, y: 4.0), (x: 4.0, y: 4.0)];
        let county = |geoid: &str, shape| County {
            geoid: Geoid::new(geoid).unwrap(),
            name: "Baltimore".into(),
            kind: String::new(),
            polygons: MultiPolygon::new(vec![shape]),
        };
        Boundaries {
            jurisdiction: "MD".into(),
            statefp: "24".into(),
            vintage: 2016,
            counties: vec![county("24003", east), county("24005", west), county("24510", city)],
        }
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
    fn the_index_agrees_with_the_plain_rule_over_a_grid() {
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
