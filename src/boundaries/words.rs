//! The faults of a boundary file in words.

use std::fmt;

use crate::unit::character_name;

use super::{BoundaryError, Geoid};

impl fmt::Display for BoundaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the file has more than the {limit} bytes accepted"),
            Self::NotUtf8 { encoding: Some(encoding) } => write!(f, "the file is {encoding}, not UTF-8"),
            Self::NotUtf8 { encoding: None } => f.write_str("the file is not UTF-8"),
            Self::ZeroByte => f.write_str("the file holds bytes of zero"),
            Self::NotGeoJson { reason } => write!(f, "the file is broken: {reason}"),
            Self::NotFeatureCollection { found } => not_a_collection(f, found.as_deref()),
            Self::MissingMember { member } => write!(f, "the member `{member}` is missing or malformed"),
            Self::MissingVintage => f.write_str("the member `vintage` is missing or no year"),
            Self::WrongVintage { found, wanted } => {
                write!(f, "the boundaries are of {found}, and the spec asks for those of {wanted}")
            }
            Self::OtherJurisdiction { found, wanted } => {
                write!(f, "the file holds the counties of `{found}`, and its name says `{wanted}`")
            }
            Self::NoCounties => f.write_str("the collection holds no county"),
            Self::OtherStatefp { found, wanted, by } => {
                write!(f, "the file holds the state {found}, and {by} says {wanted}")
            }
            Self::FurtherCounties { further } => {
                write!(f, "the file has counties that are not in the index: {}", list(further))
            }
            Self::MissingCounties { missing } => {
                write!(f, "the file lacks counties that are in the index, so that no map shows them: {}", list(missing))
            }
            Self::OtherPlace { found, wanted } => {
                write!(f, "the counties lie from {}, and the index says from {}", extent(*found), extent(*wanted))
            }
            Self::OutsideWindow { found } => write!(
                f,
                "the counties lie from {}, and none of them in the `window` of the jurisdiction",
                extent(*found)
            ),
            Self::BadDetail { reason } => write!(f, "the detailed boundaries cannot be used: {reason}"),
            Self::OtherDigest { .. } => {
                f.write_str("the file is not the one that `index.json` describes: its SHA-256 digest is another")
            }
            Self::OutsideState { statefp, found, .. } => {
                write!(f, "the counties lie from {}, where state {statefp} has none", extent(*found))
            }
            Self::NoPlace { found, .. } => write!(
                f,
                "`index.json` has no `bbox` to check the place of the counties by: they lie from {}",
                extent(*found)
            ),
            Self::OtherCrs { name } => {
                write!(f, "the file calls its coordinates `{name}`, and they are read as degrees")
            }
            county => of_county(f, county),
        }
    }
}

/// The faults of one county.
fn of_county(f: &mut fmt::Formatter<'_>, error: &BoundaryError) -> fmt::Result {
    use BoundaryError as E;
    match error {
        E::MissingGeoid { feature, .. } => write!(f, "feature {} has no property `GEOID`", feature + 1),
        E::BadGeoid { feature, found, .. } => {
            write!(f, "feature {} has the GEOID `{found}`, which is not five digits", feature + 1)
        }
        E::OtherState { geoid, statefp } => write!(f, "county {geoid} does not belong to state {statefp}"),
        E::DuplicateGeoid { geoid } => write!(f, "county {geoid} stands twice"),
        E::MissingName { geoid, .. } => write!(f, "county {geoid} has no property `NAME`"),
        E::NotText { geoid, property, found } => {
            write!(f, "county {geoid} has the property `{property}` as {found}, not as a text")
        }
        E::BadCharacter { geoid, property, character } => {
            write!(f, "county {geoid} has {} in its `{property}`, which cannot be printed", character_name(*character))
        }
        E::StrayPart { geoid } => write!(f, "a part of county {geoid} lies at 0, 0, far from all others"),
        E::NotPolygonal { geoid, found } => {
            write!(f, "county {geoid} is a `{found}`, not a polygon or multipolygon")
        }
        E::NullGeometry { geoid } => write!(f, "county {geoid} has no geometry: it is `null`"),
        E::EmptyGeometry { geoid } => write!(f, "county {geoid} covers no area"),
        E::ShortRing { geoid, positions } => {
            write!(f, "a ring of county {geoid} has {positions} positions, fewer than four")
        }
        E::UnclosedRing { geoid } => write!(f, "a ring of county {geoid} does not end where it starts"),
        E::BadCoordinate { geoid, lon, lat, .. } => {
            write!(f, "county {geoid} has the position {lon}, {lat}, which is not on the globe")
        }
        E::ShortPosition { geoid } => {
            write!(f, "county {geoid} has a position without longitude and latitude")
        }
        E::OtherName { geoid, found, wanted } => {
            write!(f, "county {geoid} is called `{found}`, and `{wanted}` in the index")
        }
        E::TooIntricate { geoid } => {
            write!(f, "the edges of county {geoid} cross, or lie beside each other, too often to be put right")
        }
        E::Covered { geoid, by } => write!(f, "county {geoid} lies wholly under county {by}"),
        E::CrossedRing { geoid, name, at: [lon, lat] } => {
            write!(f, "a ring of county {geoid} ({name}) crosses itself at {lon:.5}, {lat:.5}")
        }
        E::OverlappingParts { geoid, name, at: [lon, lat] } => {
            write!(f, "parts of county {geoid} ({name}) overlap at {lon:.5}, {lat:.5}")
        }
        E::Enclave { geoid, name, outer, outer_name } => {
            write!(f, "county {geoid} ({name}) lies within county {outer} ({outer_name}), which has no hole for it")
        }
        _ => Ok(()),
    }
}

fn not_a_collection(f: &mut fmt::Formatter<'_>, found: Option<&str>) -> fmt::Result {
    match found {
        Some("Topology") => f.write_str("the file is TopoJSON (`Topology`), and GeoJSON is needed"),
        Some(found) => write!(f, "a `FeatureCollection` is needed, not a `{found}`"),
        None => f.write_str("a `FeatureCollection` is needed"),
    }
}

/// Lists the first of some counties.
fn list(geoids: &[Geoid]) -> String {
    let shown: Vec<&str> = geoids.iter().take(5).map(Geoid::as_str).collect();
    let rest = geoids.len() - shown.len();
    if rest == 0 { shown.join(", ") } else { format!("{} and {rest} more", shown.join(", ")) }
}

/// Words a box.
fn extent([west, south, east, north]: [f64; 4]) -> String {
    format!("longitude {west:.2} to {east:.2} and latitude {south:.2} to {north:.2}")
}
