//! The rings of a county, checked one by one.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, GeometryValue, Position};

use super::{BoundaryError, Geoid};

/// Reads the polygons of a feature.
///
/// # Errors
/// Refuses geometry that is not polygonal or absent, or has a ring that is short, open or off the globe.
pub(super) fn polygons(geoid: &Geoid, feature: Feature, crs: Option<&str>) -> Result<MultiPolygon<f64>, BoundaryError> {
    let reader = Reader { geoid, crs };
    let geometry = feature.geometry.ok_or_else(|| BoundaryError::NullGeometry { geoid: geoid.clone() })?;
    let parts = match geometry.value {
        GeometryValue::Polygon { coordinates } => vec![coordinates],
        GeometryValue::MultiPolygon { coordinates } => coordinates,
        other => {
            let found = other.type_name().to_owned();
            return Err(BoundaryError::NotPolygonal { geoid: geoid.clone(), found });
        }
    };
    parts.into_iter().map(|rings| reader.polygon(rings)).collect()
}

/// Reads the rings of one county.
struct Reader<'a> {
    geoid: &'a Geoid,
    crs: Option<&'a str>,
}

impl Reader<'_> {
    /// Reads one polygon: its outer ring, then its holes.
    fn polygon(&self, rings: Vec<Vec<Position>>) -> Result<Polygon<f64>, BoundaryError> {
        let mut rings = rings.into_iter().map(|positions| self.ring(&positions));
        let empty = || Err(BoundaryError::EmptyGeometry { geoid: self.geoid.clone() });
        let outer = rings.next().unwrap_or_else(empty)?;
        Ok(Polygon::new(outer, rings.collect::<Result<_, _>>()?))
    }

    /// Reads one ring, which must be closed (RFC 7946, section 3.1.6).
    fn ring(&self, positions: &[Position]) -> Result<LineString<f64>, BoundaryError> {
        let coords = positions.iter().map(|position| self.coord(position)).collect::<Result<Vec<_>, _>>()?;
        // An open ring of three is named by what is missing, not by its length.
        if coords.len() >= 3 && coords.first() != coords.last() {
            return Err(BoundaryError::UnclosedRing { geoid: self.geoid.clone() });
        }
        if positions.len() < 4 {
            return Err(BoundaryError::ShortRing { geoid: self.geoid.clone(), positions: positions.len() });
        }
        Ok(LineString::new(coords))
    }

    /// Reads one position; an altitude is dropped.
    fn coord(&self, position: &Position) -> Result<Coord<f64>, BoundaryError> {
        let &[lon, lat, ..] = position.as_slice() else {
            return Err(BoundaryError::ShortPosition { geoid: self.geoid.clone() });
        };
        if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
            return Ok(Coord { x: lon, y: lat });
        }
        Err(BoundaryError::BadCoordinate { geoid: self.geoid.clone(), lon, lat, crs: self.crs.map(str::to_owned) })
    }
}
