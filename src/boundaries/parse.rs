//! From the text of a file to checked boundaries.

use std::collections::BTreeMap;

use geojson::{Feature, FeatureCollection, JsonObject, JsonValue};
use serde::Deserialize;
use serde_json::error::Category;

use super::crossing::Budget;
use super::feature::county;
use super::shape::Edges;
use super::{Boundaries, BoundaryError, County, Fault, crs, enclave, lines, overlap};

/// The longest text accepted, in bytes; the largest file of the 2016 set (Alaska) has under 4 million.
pub const MAX_BYTES: usize = 64 << 20;

/// Boundaries that can be used, and what is odd about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The boundaries.
    pub boundaries: Boundaries,
    /// What the user should know.
    pub remarks: Vec<Fault>,
}

/// Reads the boundaries of one jurisdiction from GeoJSON (RFC 7946).
///
/// # Errors
/// Returns the first fault that [`read`] finds.
pub fn parse(text: &str) -> Result<Boundaries, BoundaryError> {
    let first = |faults: Vec<Fault>| faults.into_iter().next().map_or(BoundaryError::NoCounties, |fault| fault.error);
    read(text).map(|parsed| parsed.boundaries).map_err(first)
}

/// Reads the boundaries of one jurisdiction from GeoJSON (RFC 7946), with all that is odd about them.
///
/// The collection's foreign members `vintage`, `jurisdiction` and `statefp` say what it holds; each feature
/// has the properties `GEOID` and `NAME`, and may have `LSADNAME`.
///
/// Parts of a county that overlap are joined, loops of a ring that crosses itself are filled, and a county within
/// another one cuts a hole there; of counties of one name each is named with its kind.
///
/// # Errors
/// Returns all faults found, of each kind the first, with the number of the others.
pub fn read(text: &str) -> Result<Parsed, Vec<Fault>> {
    if text.len() > MAX_BYTES {
        return Err(vec![BoundaryError::TooLarge { limit: MAX_BYTES }.into()]);
    }
    let collection: FeatureCollection = text.parse().map_err(|error| vec![refusal(text, &error)])?;
    let members = collection.foreign_members.unwrap_or_default();
    let mut faults = Vec::new();
    let vintage = vintage(&members).map_err(|error| faults.push(Fault::from(error)));
    let jurisdiction = word(&members, "jurisdiction").map_err(|error| faults.push(error.into()));
    let statefp = word(&members, "statefp").map_err(|error| faults.push(error.into()));
    let crs = crs::name(&members);
    let counties = counties(text, collection.features, statefp.as_deref().ok(), crs.as_deref(), &mut faults);
    let (Ok(vintage), Ok(jurisdiction), Ok(statefp), true) = (vintage, jurisdiction, statefp, faults.is_empty()) else {
        return Err(faults);
    };
    let mut boundaries = Boundaries { jurisdiction, statefp, vintage, counties };
    let mut remarks: Vec<Fault> = crs::remark(crs).into_iter().map(Fault::from).collect();
    let (mut edges, mut budget) = (Edges::default(), Budget::default());
    let fault = |error: BoundaryError| vec![error.into()];
    let (shapes, overlaps) = overlap::mend(&mut boundaries.counties, &mut edges, &mut budget).map_err(fault)?;
    empty(&boundaries)?;
    let enclaves = enclave::cut(&mut boundaries.counties, &edges, &shapes, &mut budget).map_err(fault)?;
    remarks.extend(overlaps.into_iter().chain(enclaves).map(Fault::from));
    boundaries.tell_apart();
    Ok(Parsed { boundaries, remarks })
}

/// Says why the text is no feature collection.
fn refusal(text: &str, error: &geojson::Error) -> Fault {
    #[derive(Deserialize)]
    struct Head {
        r#type: Option<String>,
    }
    if let Ok(Head { r#type }) = serde_json::from_str::<Head>(text)
        && r#type.as_deref() != Some("FeatureCollection")
    {
        return BoundaryError::NotFeatureCollection { found: r#type }.into();
    }
    match error {
        geojson::Error::MalformedGeoJson(json) => broken(json),
        other => BoundaryError::NotGeoJson { reason: other.to_string() }.into(),
    }
}

/// Says where JSON is broken.
pub(super) fn broken(error: &serde_json::Error) -> Fault {
    let reason = reason(error);
    let line = Some(error.line() as u64).filter(|line| *line > 0);
    Fault { line, ..BoundaryError::NotGeoJson { reason }.into() }
}

/// Words the usual faults of JSON for who does not write it by hand; the rest as the library says it, without the place.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match error.classify() {
        Category::Eof => "it ends too early".to_owned(),
        // The library has no type for it.
        Category::Data if text.starts_with("invalid type") => "it has not the form of boundaries".to_owned(),
        _ => text.split(" at line ").next().unwrap_or_default().to_owned(),
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
fn counties(
    text: &str,
    features: Vec<Feature>,
    statefp: Option<&str>,
    crs: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Vec<County> {
    let (mut counties, mut found) = (BTreeMap::new(), Vec::new());
    let is_empty = features.is_empty();
    for (place, feature) in features.into_iter().enumerate() {
        match county(place, feature, statefp, crs) {
            Ok(county) => {
                if let Some(earlier) = counties.insert(county.geoid.clone(), county) {
                    found.push((place, BoundaryError::DuplicateGeoid { geoid: earlier.geoid }));
                }
            }
            Err(error) => found.push((place, error)),
        }
    }
    if is_empty {
        faults.push(BoundaryError::NoCounties.into());
    }
    faults.extend(grouped(text, found));
    counties.into_values().collect()
}

/// Keeps the first fault of each kind, with its line and the number of the others.
fn grouped(text: &str, found: Vec<(usize, BoundaryError)>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for (place, error) in found {
        match faults.iter_mut().find(|fault| fault.error.code() == error.code()) {
            Some(fault) => fault.more += 1,
            None => faults.push(Fault { line: lines::of_feature(text, place), ..error.into() }),
        }
    }
    faults
}

/// Refuses counties that cover no area.
fn empty(boundaries: &Boundaries) -> Result<(), Vec<Fault>> {
    let is_empty = |county: &&County| county.square_degrees() <= 0.0;
    let mut empty = boundaries.counties.iter().filter(is_empty);
    let Some(first) = empty.next() else { return Ok(()) };
    let error = BoundaryError::EmptyGeometry { geoid: first.geoid.clone() };
    Err(vec![Fault { more: empty.count(), ..error.into() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code;

    const SQUARE: &str = "[[[-73,41],[-72,41],[-72,42],[-73,42],[-73,41]]]";
    const EAST: &str = "[[[-72,41],[-71,41],[-71,42],[-72,42],[-72,41]]]";

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
        parse(text).unwrap_err().code().text().trim_start_matches("boundaries::")
    }

    #[test]
    fn counties_come_sorted_by_geoid_whatever_their_order_in_the_file() {
        let cibola = feature("09003", "Polygon", EAST).replace("Doña Ana", "Cibola");
        let text = collection(&[cibola, feature("09001", "Polygon", SQUARE)].join(","));
        let boundaries = parse(&text).unwrap();
        let geoids: Vec<_> = boundaries.counties.iter().map(|county| county.geoid.as_str()).collect();
        assert_eq!(geoids, ["09001", "09003"]);
        assert_eq!(boundaries.counties[0].name, "Doña Ana");
        assert_eq!((boundaries.vintage, boundaries.jurisdiction.as_str()), (2016, "CT"));
    }

    #[test]
    fn a_broken_text_is_told_with_line_and_column() {
        let faults = read("{\n \"type\": FeatureCollection}").unwrap_err();
        assert_eq!((faults[0].error.code(), faults[0].line), (code::boundaries::NOT_GEOJSON, Some(2)));
        assert_eq!(faults[0].to_string(), "the file is broken: expected value");
    }

    #[test]
    fn another_type_of_geojson_is_named() {
        let error = parse(r#"{"type":"Point","coordinates":[1,2]}"#).unwrap_err();
        assert_eq!(error, BoundaryError::NotFeatureCollection { found: Some("Point".into()) });
    }

    #[test]
    fn each_fault_of_a_feature_has_its_code() {
        let refusal = |text: &str| code(&collection(text));
        assert_eq!(refusal(""), "no-counties");
        assert_eq!(refusal(&feature("09001", "Polygon", SQUARE).replace("GEOID", "GEO")), "missing-geoid");
        assert_eq!(refusal(&feature("9001", "Polygon", SQUARE)), "bad-geoid");
        assert_eq!(refusal(&feature("36001", "Polygon", SQUARE)), "other-state");
        assert_eq!(refusal(&feature("09001", "Polygon", SQUARE).replace("Doña Ana", " ")), "missing-name");
        assert_eq!(refusal(&feature("09001", "Point", "[-73,41]")), "not-polygonal");
        assert_eq!(refusal(&feature("09001", "Polygon", "[]")), "empty-geometry");
        assert_eq!(refusal(&feature("09001", "MultiPolygon", "[]")), "empty-geometry");
        assert_eq!(refusal(&feature("09001", "Polygon", "[[[0,0],[1,0],[0,0]]]")), "short-ring");
        assert_eq!(refusal(&feature("09001", "Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]")), "unclosed-ring");
        assert_eq!(refusal(&feature("09001", "Polygon", "[[[0,0],[1,0],[1,91],[0,0]]]")), "bad-coordinate");
        assert_eq!(refusal(&feature("09001", "Polygon", "[[[0,0],[181,0],[1,1],[0,0]]]")), "bad-coordinate");
        assert_eq!(refusal(&feature("09001", "Polygon", "[[[0,0],[1,0],[2,0],[0,0]]]")), "empty-geometry");
        let twice = [feature("09001", "Polygon", SQUARE), feature("09001", "Polygon", SQUARE)].join(",");
        assert_eq!(refusal(&twice), "duplicate-geoid");
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
            for _ in 0..=next(&mut state) % 4 {
                let place = next(&mut state) as usize % bytes.len();
                match next(&mut state) % 3 {
                    0 => bytes[place] = next(&mut state) as u8,
                    1 => drop(bytes.remove(place)),
                    _ => bytes.insert(place, b"0-9eE.[]{},:\"n"[next(&mut state) as usize % 14]),
                }
            }
            if let Err(error) = parse(&String::from_utf8_lossy(&bytes)) {
                assert!(!error.to_string().ends_with('.'));
            }
        }
    }
}
