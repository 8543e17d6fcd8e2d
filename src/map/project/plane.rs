//! The counties as shapes on a plane, and the box around them.

use geo::{Area, BoundingRect, Centroid, Coord, LineString, MultiPolygon, Polygon};

use super::albers::Projection;
use crate::boundaries::{Boundaries, County};
use crate::map::MapError;

/// One jurisdiction, projected.
pub(in crate::map) struct Plane {
    /// The counties' shapes in metres, north up, in the order of the boundaries; those outside the window are empty.
    pub shapes: Vec<MultiPolygon<f64>>,
    /// The box that the map shows.
    pub extent: Extent,
    /// Whether a window cuts the shapes, so that parts may lie outside the extent.
    pub cut: bool,
}

/// A box of the plane, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::map) struct Extent {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Extent {
    const EMPTY: Self =
        Self { west: f64::INFINITY, south: f64::INFINITY, east: f64::NEG_INFINITY, north: f64::NEG_INFINITY };

    /// The smallest box around some positions.
    fn around(positions: impl IntoIterator<Item = Coord<f64>>) -> Self {
        positions.into_iter().fold(Self::EMPTY, |box_, Coord { x, y }| Self {
            west: box_.west.min(x),
            south: box_.south.min(y),
            east: box_.east.max(x),
            north: box_.north.max(y),
        })
    }

    fn overlap(self, other: Self) -> Self {
        Self {
            west: self.west.max(other.west),
            south: self.south.max(other.south),
            east: self.east.min(other.east),
            north: self.north.min(other.north),
        }
    }

    fn is_empty(self) -> bool {
        !(self.west < self.east && self.south < self.north)
    }

    pub(crate) fn width(self) -> f64 {
        self.east - self.west
    }

    pub(crate) fn height(self) -> f64 {
        self.north - self.south
    }
}

impl Plane {
    /// Projects all counties that lie in the window.
    ///
    /// Where the longitudes span more than 180° the eastern ones are counted on past −180°, so that a jurisdiction
    /// on both sides of the antimeridian stays in one piece.
    pub(crate) fn project(boundaries: &Boundaries, window: Option<[f64; 4]>) -> Result<Self, MapError> {
        let turn = crosses_antimeridian(boundaries);
        let window = window.map(|window| window_extent(window, turn)).transpose()?;
        let shown: Vec<Vec<Polygon<f64>>> =
            boundaries.counties.iter().map(|county| turned_parts(county, turn, window)).collect();
        let positions = || shown.iter().flatten().flat_map(|part| part.exterior().coords().copied());
        let degrees = Extent::around(positions());
        let degrees = window.map_or(degrees, |window| degrees.overlap(window));
        if degrees.is_empty() {
            return Err(MapError::NothingInWindow);
        }
        let projection = Projection::of_box(degrees.west, degrees.south, degrees.east, degrees.north);
        let shapes: Vec<_> = shown.iter().map(|parts| MultiPolygon::new(projected(parts, &projection))).collect();
        let mut extent = Extent::around(shapes.iter().flatten().flat_map(|part| part.exterior().coords().copied()));
        if let Some(window) = window {
            extent = extent.overlap(projected_box(window, &projection));
        }
        if extent.is_empty() {
            return Err(MapError::NothingInWindow);
        }
        Ok(Self { shapes, extent, cut: window.is_some() })
    }

    /// Iterates over the edges of one county: outer rings and holes alike.
    pub(crate) fn edges(&self, county: usize) -> impl Iterator<Item = [Coord<f64>; 2]> {
        let parts = self.shapes.get(county).into_iter().flatten();
        let rings = parts.flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()));
        rings.flat_map(|ring| ring.0.windows(2).map(|pair| [pair[0], pair[1]]))
    }

    /// Returns the middle of a county's largest part, and the box around that part, in metres.
    pub(crate) fn largest_part(&self, county: usize) -> Option<(Coord<f64>, Extent)> {
        let parts = self.shapes.get(county)?.iter();
        let largest = parts.max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
        let (min, max) = (largest.bounding_rect()?.min(), largest.bounding_rect()?.max());
        let extent = Extent { west: min.x, south: min.y, east: max.x, north: max.y };
        Some((largest.centroid()?.into(), extent))
    }

    /// Returns a point inside a county, in metres; nothing for a county outside the window.
    #[cfg(test)]
    pub(crate) fn inner_point(&self, county: usize) -> Option<Coord<f64>> {
        geo::InteriorPoint::interior_point(self.shapes.get(county)?).map(Coord::from)
    }
}

fn crosses_antimeridian(boundaries: &Boundaries) -> bool {
    boundaries.bounds().is_some_and(|bounds| bounds.width() > 180.0)
}

fn turned(lon: f64, turn: bool) -> f64 {
    if turn && lon > 0.0 { lon - 360.0 } else { lon }
}

fn window_extent(window: [f64; 4], turn: bool) -> Result<Extent, MapError> {
    let [west, south, east, north] = window;
    let extent = Extent { west: turned(west, turn), south, east: turned(east, turn), north };
    let finite = window.iter().all(|edge| edge.is_finite());
    if finite && !extent.is_empty() { Ok(extent) } else { Err(MapError::BadWindow { window }) }
}

/// Returns the polygons of a county that touch the window, in degrees.
fn turned_parts(county: &County, turn: bool, window: Option<Extent>) -> Vec<Polygon<f64>> {
    let turn_ring = |ring: &LineString<f64>| -> LineString<f64> {
        ring.coords().map(|&Coord { x, y }| Coord { x: turned(x, turn), y }).collect()
    };
    let turn_part = |part: &Polygon<f64>| {
        Polygon::new(turn_ring(part.exterior()), part.interiors().iter().map(turn_ring).collect())
    };
    let touches = |part: &Polygon<f64>| {
        window.is_none_or(|window| !Extent::around(part.exterior().coords().copied()).overlap(window).is_empty())
    };
    county.polygons.iter().map(turn_part).filter(touches).collect()
}

fn projected(parts: &[Polygon<f64>], projection: &Projection) -> Vec<Polygon<f64>> {
    let ring = |ring: &LineString<f64>| -> LineString<f64> {
        ring.coords().map(|&Coord { x, y }| projection.project(x, y)).map(|[x, y]| Coord { x, y }).collect()
    };
    parts.iter().map(|part| Polygon::new(ring(part.exterior()), part.interiors().iter().map(ring).collect())).collect()
}

/// Returns the box around a projected window, whose sides are curves.
fn projected_box(window: Extent, projection: &Projection) -> Extent {
    let steps = || (0..=32).map(|step| f64::from(step) / 32.0);
    let along = steps().flat_map(|share| {
        let x = window.west + share * window.width();
        let y = window.south + share * window.height();
        [(x, window.south), (x, window.north), (window.west, y), (window.east, y)]
    });
    Extent::around(along.map(|(lon, lat)| projection.project(lon, lat)).map(|[x, y]| Coord { x, y }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code;
    use crate::map::sample;

    #[test]
    fn a_jurisdiction_across_the_antimeridian_stays_in_one_piece() {
        let boundaries =
            sample::boxes(&[("02016", [179.0, 51.0, 180.0, 52.0]), ("02020", [-180.0, 51.0, -178.0, 52.0])]);
        let plane = Plane::project(&boundaries, None).unwrap();
        assert!(plane.extent.width() < 220_000.0, "{:?}", plane.extent);
    }

    #[test]
    fn a_window_drops_far_islands_and_bounds_the_rest() {
        let boundaries =
            sample::boxes(&[("15003", [-178.0, 28.0, -177.0, 29.0]), ("15007", [-160.0, 21.0, -159.0, 22.0])]);
        let plane = Plane::project(&boundaries, Some([-159.8, 18.0, -154.0, 23.0])).unwrap();
        assert!(plane.shapes[0].0.is_empty() && plane.inner_point(0).is_none());
        assert!(plane.extent.width() < 90_000.0, "{:?}", plane.extent);
        assert_eq!(Plane::project(&boundaries, Some([0.0, 0.0, 1.0, 1.0])).err(), Some(MapError::NothingInWindow));
        assert_eq!(
            Plane::project(&boundaries, Some([1.0, 0.0, 0.0, 1.0])).map(|_| ()).unwrap_err().code(),
            code::map::BAD_WINDOW
        );
        assert_eq!(
            Plane::project(&boundaries, Some([f64::NAN; 4])).map(|_| ()).unwrap_err().code(),
            code::map::BAD_WINDOW
        );
    }
}
