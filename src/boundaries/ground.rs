//! Distances on the ground.

use geo::Coord;
use libm::{cos, hypot, sin, sqrt};

use super::bounds::Bounds;

/// Semi-major axis of the GRS 80 ellipsoid, metres.
const AXIS: f64 = 6_378_137.0;
/// Square of the eccentricity of the GRS 80 ellipsoid.
const ECCENTRICITY_SQUARED: f64 = 0.006_694_380_022_90;

/// A place from which distances are measured, in metres on the ellipsoid.
///
/// Degrees are scaled by the radii of curvature at the place (J. P. Snyder, *Map Projections: A Working Manual*, USGS
/// Professional Paper 1395, 1987, equations 4-18 and 4-20), which is true to a thousandth over the few kilometres that
/// count here, at any latitude. Longitudes are taken the short way round, so the antimeridian is no border.
pub(super) struct Ground {
    place: Coord<f64>,
    /// Metres in a degree of longitude and of latitude.
    scale: Coord<f64>,
}

impl Ground {
    /// Stands at a place in degrees.
    pub(super) fn at(place: Coord<f64>) -> Self {
        let (sine, cosine) = (sin(place.y.to_radians()), cos(place.y.to_radians()));
        let flat = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let along_parallel = AXIS / sqrt(flat) * cosine.max(0.0);
        let along_meridian = AXIS * (1.0 - ECCENTRICITY_SQUARED) / (flat * sqrt(flat));
        let degree = 1.0f64.to_radians();
        Self { place, scale: Coord { x: along_parallel * degree, y: along_meridian * degree } }
    }

    /// Metres east and north of the place.
    fn metres(&self, at: Coord<f64>) -> Coord<f64> {
        Coord { x: self.east(at.x) * self.scale.x, y: (at.y - self.place.y) * self.scale.y }
    }

    /// Degrees of longitude from the place, −180 to 180.
    fn east(&self, longitude: f64) -> f64 {
        let east = longitude - self.place.x;
        if east > 180.0 {
            east - 360.0
        } else if east < -180.0 {
            east + 360.0
        } else {
            east
        }
    }

    /// Returns the distance to an edge; the same from both its sides.
    pub(super) fn to_edge(&self, a: Coord<f64>, b: Coord<f64>) -> f64 {
        let is_in_order = (a.x, a.y) <= (b.x, b.y);
        let (a, b) = if is_in_order { (a, b) } else { (b, a) };
        let (a, b) = (self.metres(a), self.metres(b));
        let along = b - a;
        let length_squared = along.x * along.x + along.y * along.y;
        let share = -(a.x * along.x + a.y * along.y) / length_squared;
        let nearest = if share.is_nan() || share <= 0.0 {
            a
        } else if share >= 1.0 {
            b
        } else {
            a + along * share
        };
        hypot(nearest.x, nearest.y)
    }

    /// Returns a distance that nothing in a box is nearer than.
    pub(super) fn at_least(&self, bounds: Bounds) -> f64 {
        let (west, east) = (self.east(bounds.west), self.east(bounds.east));
        // A box whose two sides are seen in the wrong order, or that reaches halfway around, may begin anywhere.
        let is_around = west > east || bounds.east - bounds.west >= 180.0 || (west..=east).contains(&0.0);
        let across = if is_around { 0.0 } else { west.abs().min(east.abs()) };
        let along = (bounds.south - self.place.y).max(self.place.y - bounds.north).max(0.0);
        hypot(across * self.scale.x, along * self.scale.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    #[test]
    fn a_degree_is_as_long_as_the_tables_say() {
        // Length of a degree on GRS 80: latitude 110 574 m at the equator and 111 694 m at the pole; longitude at 60°
        // 55 800 m.
        let far = |place, point| Ground::at(place).to_edge(point, point);
        assert!((far(at(0.0, 0.0), at(0.0, 0.01)) - 1105.74).abs() < 0.1);
        assert!((far(at(0.0, 89.0), at(0.0, 89.01)) - 1116.9).abs() < 0.2);
        assert!((far(at(10.0, 60.0), at(10.01, 60.0)) - 558.0).abs() < 0.1);
    }

    #[test]
    fn the_antimeridian_is_no_border() {
        let ground = Ground::at(at(179.999, 51.5));
        let over = ground.to_edge(at(-179.999, 51.0), at(-179.999, 52.0));
        assert!((over - 138.9).abs() < 0.5, "{over}");
        let bounds = Bounds { west: -180.0, south: 51.0, east: -179.999, north: 52.0 };
        assert!(ground.at_least(bounds) <= over && ground.at_least(bounds) > 60.0);
        let around = Bounds { west: -180.0, south: 51.0, east: 179.0, north: 52.0 };
        assert_eq!(ground.at_least(around), 0.0);
    }

    #[test]
    fn an_edge_is_as_far_from_either_side_and_ends_count() {
        let ground = Ground::at(at(-73.0, 41.0));
        let (a, b) = (at(-73.01, 41.003), at(-72.98, 41.011));
        assert_eq!(ground.to_edge(a, b).to_bits(), ground.to_edge(b, a).to_bits());
        let end = at(-72.99, 41.0);
        assert_eq!(ground.to_edge(end, at(-72.9, 41.0)).to_bits(), ground.to_edge(end, at(-72.99, 40.9)).to_bits());
        assert_eq!(ground.to_edge(end, end), ground.to_edge(end, at(-72.9, 41.0)));
    }
}
