//! From the text of a file to checked boundaries.

use geojson::{Feature, FeatureCollection, JsonObject, JsonValue};
use serde::Deserialize;

use super::polygons::polygons;
use super::{Boundaries, BoundaryError, County, Geoid};

/// The longest text accepted, in bytes; the largest file of the 2016 set (Alaska) has under 4 million.
pub const MAX_BYTES: usize = 64 << 20;

/// Reads the boundaries of one jurisdiction from GeoJSON (RFC 7946).
///
/// The collection's foreign members `vintage`, `jurisdiction` and `statefp` say what it holds; each feature
/// has the properties `GEOID` and `NAME`, and may have `LSADNAME`.
///
/// # Errors
/// Returns the first fault found, in the order of the file.
pub fn parse(text: &str) -> Result<Boundaries, BoundaryError> {
    if text.len() > MAX_BYTES {
        return Err(BoundaryError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
    }
    let collection: FeatureCollection = text.parse().map_err(|error| refusal(text, &error))?;
    let members = collection.foreign_members.unwrap_or_default();
    let vintage = vintage(&members)?;
    let jurisdiction = word(&members, "jurisdiction")?;
    let statefp = word(&members, "statefp")?;
    let counties = counties(collection.features, &statefp)?;
    Ok(Boundaries { jurisdiction, statefp, vintage, counties })
}

/// Says why the text is no feature collection.
fn refusal(text: &str, error: &geojson::Error) -> BoundaryError {
    #[derive(Deserialize)]
    struct Head {
        r#type: Option<String>,
    }
    if let Ok(Head { r#type }) = serde_json::from_str::<Head>(text)
        && r#type.as_deref() != Some("FeatureCollection")
    {
        return BoundaryError::NotFeatureCollection { found: r#type };
    }
    match error {
        geojson::Error::MalformedGeoJson(json) => {
            let reason = json.to_string();
            let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
            BoundaryError::NotGeoJson { line: json.line(), column: json.column(), reason }
        }
        other => BoundaryError::NotGeoJson { line: 0, column: 0, reason: other.to_string() },
    }
}

fn vintage(members: &JsonObject) -> Result<u16, BoundaryError> {
    let year = members.get("vintage").and_then(JsonValue::as_u64).and_then(|year| u16::try_from(year).ok());
    year.filter(|year| (1790..=2999).contains(year)).ok_or(BoundaryError::MissingVintage)
}

fn word(members: &JsonObject, member: &'static str) -> Result<String, BoundaryError> {
    let text = members.get(member).and_then(JsonValue::as_str).unwrap_or_default();
    let two_letters = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if two_letters { Ok(text.to_owned()) } else { Err(BoundaryError::MissingMember { member }) }
}

/// Reads the counties and sorts them by their key.
fn counties(features: Vec<Feature>, statefp: &str) -> Result<Vec<County>, BoundaryError> {
    let read = |(place, feature)| county(place, feature, statefp);
    let mut counties = features.into_iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    counties.sort_by(|a, b| a.geoid.cmp(&b.geoid));
    if counties.is_empty() {
        return Err(BoundaryError::NoCounties);
    }
    match counties.windows(2).find(|pair| pair[0].geoid == pair[1].geoid) {
        Some(pair) => Err(BoundaryError::DuplicateGeoid { geoid: pair[0].geoid.clone() }),
        None => Ok(counties),
    }
}

fn county(place: usize, feature: Feature, statefp: &str) -> Result<County, BoundaryError> {
    let text = |name| feature.property(name).and_then(JsonValue::as_str);
    let found = text("GEOID").ok_or(BoundaryError::MissingGeoid { feature: place })?;
    let Some(geoid) = Geoid::new(found) else {
        return Err(BoundaryError::BadGeoid { feature: place, found: found.chars().take(40).collect() });
    };
    if geoid.state() != statefp {
        return Err(BoundaryError::OtherState { geoid, statefp: statefp.to_owned() });
    }
    let Some(name) = text("NAME").filter(|name| !name.trim().is_empty()).map(str::to_owned) else {
        return Err(BoundaryError::MissingName { geoid });
    };
    let kind = text("LSADNAME").unwrap_or_default().to_owned();
    let polygons = polygons(&geoid, feature)?;
    Ok(County { geoid, name, kind, polygons })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[[-73,41],[-72,41],[-72,42],[-73,42],[-73,41]]]";

    fn collection(features: &str) -> String {
        format!(
            r#"{{"type":"FeatureCollection","vintage":2016,"jurisdiction":"CT","statefp":"09","features":[{features}]}}"#
        )
    }

    fn feature(geoid: &str, kind: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type":"Feature","properties":{{"GEOID":"{geoid}","NAME":"Doña Ana","LSADNAME":"County"}},
            "geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
        )
    }

    fn code(text: &str) -> &'static str {
        parse(text).unwrap_err().code().trim_start_matches("boundaries::")
    }

    #[test]
    fn counties_come_sorted_by_geoid_whatever_their_order_in_the_file() {
        let text = collection(&[feature("09003", "Polygon", SQUARE), feature("09001", "Polygon", SQUARE)].join(","));
        let boundaries = parse(&text).unwrap();
        let geoids: Vec<_> = boundaries.counties.iter().map(|county| county.geoid.as_str()).collect();
        assert_eq!(geoids, ["09001", "09003"]);
        assert_eq!(boundaries.counties[0].name, "Doña Ana");
        assert_eq!((boundaries.vintage, boundaries.jurisdiction.as_str()), (2016, "CT"));
    }

    #[test]
    fn a_broken_text_is_told_with_line_and_column() {
        let error = parse("{\n \"type\": FeatureCollection}").unwrap_err();
        assert!(matches!(error, BoundaryError::NotGeoJson { line: 2, .. }), "{error}");
        assert!(!error.to_string().contains(" at line 2 column"), "{error}");
    }

    #[test]
    fn another_type_of_geojson_is_named() {
        let error = parse(r#"{"type":"Point","coordinates":[1,2]}"#).unwrap_err();
        assert_eq!(error, BoundaryError::NotFeatureCollection { found: Some("Point".into()) });
    }

    #[test]
    fn each_fault_of_a_feature_has_its_code() {
        let one = |text: &str| code(&collection(text));
        assert_eq!(one(""), "no-counties");
        assert_eq!(one(&feature("09001", "Polygon", SQUARE).replace("GEOID", "GEO")), "missing-geoid");
        assert_eq!(one(&feature("9001", "Polygon", SQUARE)), "bad-geoid");
        assert_eq!(one(&feature("36001", "Polygon", SQUARE)), "other-state");
        assert_eq!(one(&feature("09001", "Polygon", SQUARE).replace("Doña Ana", " ")), "missing-name");
        assert_eq!(one(&feature("09001", "Point", "[-73,41]")), "not-polygonal");
        assert_eq!(one(&feature("09001", "Polygon", "[]")), "empty-geometry");
        assert_eq!(one(&feature("09001", "MultiPolygon", "[]")), "empty-geometry");
        assert_eq!(one(&feature("09001", "Polygon", "[[[0,0],[1,0],[0,0]]]")), "short-ring");
        assert_eq!(one(&feature("09001", "Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]")), "unclosed-ring");
        assert_eq!(one(&feature("09001", "Polygon", "[[[0,0],[1,0],[1,91],[0,0]]]")), "bad-coordinate");
        assert_eq!(one(&feature("09001", "Polygon", "[[[0,0],[181,0],[1,1],[0,0]]]")), "bad-coordinate");
        assert_eq!(one(&feature("09001", "Polygon", "[[[0,0],[1,0],[2,0],[0,0]]]")), "empty-geometry");
        let twice = [feature("09001", "Polygon", SQUARE), feature("09001", "Polygon", SQUARE)].join(",");
        assert_eq!(one(&twice), "duplicate-geoid");
    }

    #[test]
    fn boundaries_without_a_vintage_are_refused_and_another_years_are_not_taken() {
        let text = collection(&feature("09001", "Polygon", SQUARE));
        assert_eq!(code(&text.replace("vintage", "year")), "missing-vintage");
        assert_eq!(code(&text.replace("2016", "\"2016\"")), "missing-vintage");
        assert_eq!(code(&text.replace("jurisdiction", "where")), "missing-member");
        let boundaries = parse(&text.replace("2016", "2022")).unwrap();
        let error = boundaries.require_vintage(2016).unwrap_err();
        assert_eq!(error.to_string(), "the boundaries are of 2022, and the spec asks for those of 2016");
        assert_eq!(boundaries.require_vintage(2022), Ok(()));
    }

    #[test]
    fn a_text_past_the_limit_is_refused_unread() {
        assert_eq!(code(&" ".repeat(MAX_BYTES + 1)), "too-large");
    }

    #[test]
    fn deep_nesting_is_refused_without_overflow() {
        assert_eq!(code(&"[".repeat(1 << 20)), "not-geojson");
        let deep = format!("{}{}", "[".repeat(1 << 16), "]".repeat(1 << 16));
        assert_eq!(code(&collection(&feature("09001", "Polygon", &deep))), "not-geojson");
    }

    /// A small generator (xorshift) is enough to reach odd texts, and gives the same ones each time.
    fn next(state: &mut u64) -> u64 {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }

    #[test]
    fn no_mutation_of_a_good_file_makes_the_reader_panic() {
        let good = collection(&feature("09001", "Polygon", SQUARE)).into_bytes();
        let mut state = 0x9e37_79b9_7f4a_7c15;
        for _ in 0..5_000 {
            let mut bytes = good.clone();
            for _ in 0..1 + next(&mut state) % 4 {
                let place = next(&mut state) as usize % bytes.len();
                match next(&mut state) % 3 {
                    0 => bytes[place] = next(&mut state) as u8,
                    1 => drop(bytes.remove(place)),
                    _ => bytes.insert(place, b"0-9eE.[]{},:\"n"[next(&mut state) as usize % 14]),
                }
            }
            if let Err(error) = parse(&String::from_utf8_lossy(&bytes)) {
                assert!(!error.code().is_empty() && !error.to_string().ends_with('.'));
            }
        }
    }
}
