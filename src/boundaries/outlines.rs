//! The outlines of jurisdictions, coarse, for a map of all of them.

use std::collections::BTreeMap;

use geo::{Coord, CoordsIter, MultiPolygon};
use geojson::feature::Id;
use geojson::{Feature, FeatureCollection};

use crate::diag::{Finding, code};

/// Name of the file of outlines in a folder of boundaries.
pub const OUTLINES: &str = "outlines.geojson";

/// Outlines in degrees of longitude (x) and latitude (y), by the code of the jurisdiction.
pub type Outlines = BTreeMap<String, MultiPolygon<f64>>;

/// Reads outlines from GeoJSON (RFC 7946): each feature is a polygon or several, and its `id` is a code.
///
/// # Errors
/// Names the feature that has no code, one that another has, no polygons, or a position off the globe.
pub fn outlines(file: &str, text: &[u8]) -> Result<Outlines, Finding> {
    let fault = |message: String| Finding::error(code::boundaries::OUTLINES, message).in_file(file.to_owned());
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let collection: FeatureCollection = serde_json::from_slice(text)
        .map_err(|error| fault(format!("line {} is no GeoJSON feature collection: {error}", error.line())))?;
    let mut outlines = Outlines::new();
    for (number, feature) in collection.features.into_iter().enumerate() {
        let Some(Id::String(code)) = feature.id.clone() else {
            return Err(fault(format!("the feature {} has no code as its `id`", number + 1)));
        };
        let polygons = polygons(feature).map_err(|what| fault(format!("the outline of `{code}` {what}")))?;
        if outlines.insert(code.clone(), polygons).is_some() {
            return Err(fault(format!("there are two outlines of `{code}`")));
        }
    }
    Ok(outlines)
}

fn polygons(feature: Feature) -> Result<MultiPolygon<f64>, &'static str> {
    const NONE: &str = "has no polygons";
    let polygons = match geo::Geometry::try_from(feature.geometry.ok_or(NONE)?).map_err(|_| NONE)? {
        geo::Geometry::Polygon(polygon) => MultiPolygon::new(vec![polygon]),
        geo::Geometry::MultiPolygon(polygons) => polygons,
        _ => return Err(NONE),
    };
    let is_on_globe = |Coord { x, y }: Coord<f64>| (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y);
    if polygons.iter().all(|polygon| polygon.exterior().0.is_empty()) {
        return Err(NONE);
    }
    if polygons.coords_iter().all(is_on_globe) { Ok(polygons) } else { Err("has a position off the globe") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(feature: &str) -> String {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#);
        outlines("o.geojson", text.as_bytes()).unwrap_err().message
    }

    fn feature(id: &str, geometry: &str) -> String {
        format!(r#"{{"type":"Feature",{id}"properties":null,"geometry":{geometry}}}"#)
    }

    fn square(edge: f64) -> String {
        format!(r#"{{"type":"Polygon","coordinates":[[[0,0],[{edge},0],[{edge},1],[0,0]]]}}"#)
    }

    #[test]
    fn the_outlines_of_2016_are_read_for_all_jurisdictions() {
        let path = format!("{}/geodata/2016/{OUTLINES}", env!("CARGO_MANIFEST_DIR"));
        let outlines = outlines(OUTLINES, &std::fs::read(path).unwrap()).unwrap();
        assert_eq!(outlines.len(), 56);
        assert!(outlines["AK"].0.len() > 10 && outlines["CO"].0.len() == 1);
    }

    #[test]
    fn each_fault_is_named_with_its_jurisdiction() {
        assert_eq!(refusal(&feature("", &square(1.0))), "the feature 1 has no code as its `id`");
        assert_eq!(refusal(&feature(r#""id":7,"#, &square(1.0))), "the feature 1 has no code as its `id`");
        assert_eq!(
            refusal(&feature(r#""id":"CT","#, r#"{"type":"Point","coordinates":[0,0]}"#)),
            "the outline of `CT` has no polygons"
        );
        assert_eq!(refusal(&feature(r#""id":"CT","#, "null")), "the outline of `CT` has no polygons");
        let empty = r#"{"type":"MultiPolygon","coordinates":[]}"#;
        assert_eq!(refusal(&feature(r#""id":"CT","#, empty)), "the outline of `CT` has no polygons");
        assert_eq!(
            refusal(&feature(r#""id":"CT","#, &square(181.0))),
            "the outline of `CT` has a position off the globe"
        );
        let outline = feature(r#""id":"CT","#, &square(1.0));
        assert_eq!(refusal(&format!("{outline},{outline}")), "there are two outlines of `CT`");
        assert!(refusal("{").starts_with("line 1 is no GeoJSON feature collection"));
    }
}
