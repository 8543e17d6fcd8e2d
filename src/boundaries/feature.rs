//! From a feature to a county.

use geojson::{Feature, JsonValue};

use crate::report_spec::bad_character;
use crate::unit::nfc;

use super::polygons::polygons;
use super::{BoundaryError, County, Geoid};

/// Reads the county of a feature, which has a place among the features from 0.
///
/// # Errors
/// Names the property or geometry that is missing or malformed.
pub(super) fn county(
    place: usize,
    feature: Feature,
    statefp: Option<&str>,
    crs: Option<&str>,
) -> Result<County, BoundaryError> {
    let geoid = geoid(place, &feature)?;
    if let Some(statefp) = statefp.filter(|statefp| geoid.state() != *statefp) {
        return Err(BoundaryError::OtherState { geoid, statefp: statefp.to_owned() });
    }
    let name = match feature.property("NAME") {
        Some(JsonValue::String(name)) if !name.trim().is_empty() => printed(&geoid, "NAME", name)?,
        None | Some(JsonValue::Null | JsonValue::String(_)) => {
            return Err(BoundaryError::MissingName {
                geoid,
                near: alike(&feature, &["NAME", "COUNTY", "COUNTY_NAME"]),
            });
        }
        Some(other) => return Err(BoundaryError::NotText { geoid, property: "NAME", found: kind_of(other) }),
    };
    let kind = match feature.property("LSADNAME") {
        Some(JsonValue::String(kind)) => printed(&geoid, "LSADNAME", kind)?,
        None | Some(JsonValue::Null) => String::new(),
        Some(other) => return Err(BoundaryError::NotText { geoid, property: "LSADNAME", found: kind_of(other) }),
    };
    let polygons = polygons(&geoid, feature, crs)?;
    Ok(County { geoid, name, kind, polygons })
}

/// Reads a text that is printed: without the blanks that some formats fill up with, and in one normalization form.
fn printed(geoid: &Geoid, property: &'static str, text: &str) -> Result<String, BoundaryError> {
    let text = nfc(text.trim());
    let breaks = text.chars().find(|c| matches!(c, '\n' | '\t' | '\u{2028}' | '\u{2029}'));
    match bad_character(&text).map(|(_, bad)| bad.character).or(breaks) {
        Some(character) => Err(BoundaryError::BadCharacter { geoid: geoid.clone(), property, character }),
        None => Ok(text.into_owned()),
    }
}

/// Reads the key of a county: a text of five digits, or a number that lost its leading zero.
fn geoid(place: usize, feature: &Feature) -> Result<Geoid, BoundaryError> {
    let found = match feature.property("GEOID") {
        Some(JsonValue::String(text)) => text.clone(),
        Some(JsonValue::Number(number)) => match number.as_u64().filter(|number| (1_000..100_000).contains(number)) {
            Some(number) => format!("{number:05}"),
            None => number.to_string(),
        },
        None | Some(JsonValue::Null) => {
            let near = alike(feature, &["GEOID", "FIPS", "GEO_ID", "GEOID10", "GEOID20", "COUNTYFIPS"]);
            return Err(BoundaryError::MissingGeoid { feature: place, near });
        }
        Some(other) => kind_of(other).to_owned(),
    };
    Geoid::new(&found).ok_or_else(|| {
        // The Census Bureau's long form: `0500000US09001`.
        let last = found.split_once("US").map(|(_, last)| last.to_owned());
        let meant = last.or_else(|| (found.len() == 4).then(|| format!("0{found}")));
        let meant = meant.and_then(|meant| Geoid::new(&meant));
        BoundaryError::BadGeoid { feature: place, found: found.chars().take(40).collect(), meant }
    })
}

/// Finds a property that is called nearly as wanted.
fn alike(feature: &Feature, wanted: &[&str]) -> Option<String> {
    let names = feature.properties.as_ref()?.keys();
    let is_alike = |name: &&String| wanted.iter().any(|wanted| name.eq_ignore_ascii_case(wanted));
    names.filter(|name| !matches!(name.as_str(), "GEOID" | "NAME")).find(is_alike).cloned()
}

fn kind_of(value: &JsonValue) -> &'static str {
    match value {
        JsonValue::Number(_) => "a number",
        JsonValue::Bool(_) => "true or false",
        JsonValue::Array(_) => "a list",
        JsonValue::Object(_) => "a group of values",
        JsonValue::String(_) => "a text",
        JsonValue::Null => "null",
    }
}
