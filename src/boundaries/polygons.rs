//! The rings of a county, checked one by one.

use geo::{Area, Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, GeometryValue, Position};

use super::{BoundaryError, Geoid};

/// Reads the polygons of a feature.
///
/// # Errors
/// Refuses geometry that is not polygonal, covers no area, or has a ring that is short, open or off the globe.
pub(super) fn polygons(geoid: &Geoid, feature: Feature) -> Result<MultiPolygon<f64>, BoundaryError> {
    let empty = || BoundaryError::EmptyGeometry { geoid: geoid.clone() };
    let parts = match feature.geometry.ok_or_else(empty)?.value {
        GeometryValue::Polygon { coordinates } => vec![coordinates],
        GeometryValue::MultiPolygon { coordinates } => coordinates,
        other => {
            let found = other.type_name().to_owned();
            return Err(BoundaryError::NotPolygonal { geoid: geoid.clone(), found });
        }
    };
    let polygons = parts.into_iter().map(|rings| polygon(geoid, rings)).collect::<Result<Vec<_>, _>>()?;
    let polygons = MultiPolygon::new(polygons);
    if polygons.unsigned_area() > 0.0 { Ok(polygons) } else { Err(empty()) }
}

/// Reads one polygon: its outer ring, then its holes.
fn polygon(geoid: &Geoid, rings: Vec<Vec<Position>>) -> Result<Polygon<f64>, BoundaryError> {
    let mut rings = rings.into_iter().map(|positions| ring(geoid, &positions));
    let outer = rings.next().unwrap_or_else(|| Err(BoundaryError::EmptyGeometry { geoid: geoid.clone() }))?;
    Ok(Polygon::new(outer, rings.collect::<Result<_, _>>()?))
}

/// Reads one ring, which must be closed (RFC 7946, section 3.1.6).
fn ring(geoid: &Geoid, positions: &[Position]) -> Result<LineString<f64>, BoundaryError> {
    if positions.len() < 4 {
        return Err(BoundaryError::ShortRing { geoid: geoid.clone(), positions: positions.len() });
    }
    let coords = positions.iter().map(|position| coord(geoid, position)).collect::<Result<Vec<_>, _>>()?;
    if coords.first() != coords.last() {
        return Err(BoundaryError::UnclosedRing { geoid: geoid.clone() });
    }
    Ok(LineString::new(coords))
}

/// Reads one position; an altitude is dropped.
fn coord(geoid: &Geoid, position: &Position) -> Result<Coord<f64>, BoundaryError> {
    let &[lon, lat, ..] = position.as_slice() else {
        return Err(BoundaryError::ShortPosition { geoid: geoid.clone() });
    };
    if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
        return Ok(Coord { x: lon, y: lat });
    }
    Err(BoundaryError::BadCoordinate { geoid: geoid.clone(), lon, lat })
}
