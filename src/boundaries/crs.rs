//! The system of coordinates that older GeoJSON names.
//!
//! RFC 7946 knows none but degrees on WGS 84, longitude first. The form of 2008 had a member `crs`, which GDAL still
//! writes.

use geojson::{JsonObject, JsonValue};

use super::BoundaryError;

/// Names of degrees, longitude first, by the end of the name: WGS 84, NAD 83 and NAD 27 cannot be told apart on a map.
const DEGREES: [&str; 6] = ["CRS84", "CRS83", "CRS27", "4326", "4269", "4267"];

/// Returns the name that a collection gives its coordinates.
pub(super) fn name(members: &JsonObject) -> Option<String> {
    let name = members.get("crs")?.get("properties")?.get("name").and_then(JsonValue::as_str)?;
    Some(name.chars().take(80).collect())
}

/// Remarks on a name that is not one of degrees.
pub(super) fn remark(name: Option<String>) -> Option<BoundaryError> {
    let name = name.filter(|name| !DEGREES.iter().any(|degrees| name.ends_with(degrees)))?;
    Some(BoundaryError::OtherCrs { name })
}
