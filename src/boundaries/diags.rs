//! What can be wrong with a boundary file.

use std::fmt;

use super::Geoid;

/// A fault of a boundary file or of the county index.
#[derive(Clone, Debug, PartialEq)]
pub enum BoundaryError {
    /// The text is longer than the reader accepts.
    TooLarge {
        /// Bytes of the text.
        bytes: usize,
        /// Bytes accepted at most.
        limit: usize,
    },
    /// The text is no JSON, or no GeoJSON.
    NotGeoJson {
        /// Line, from 1; 0 when unknown.
        line: usize,
        /// Column in bytes, from 1; 0 when unknown.
        column: usize,
        /// The reader's own words.
        reason: String,
    },
    /// The text is GeoJSON, but of another type.
    NotFeatureCollection {
        /// The type found, if it names one.
        found: Option<String>,
    },
    /// A top-level member is absent or malformed.
    MissingMember {
        /// Its name.
        member: &'static str,
    },
    /// The file does not say of which year it is.
    MissingVintage,
    /// The file is of another year than the data.
    WrongVintage {
        /// Year of the file.
        found: u16,
        /// Year asked for.
        wanted: u16,
    },
    /// The file is of another jurisdiction than its name says.
    OtherJurisdiction {
        /// Postal code in the file.
        found: String,
        /// Postal code of its name.
        wanted: String,
    },
    /// There is no county at all.
    NoCounties,
    /// A feature has no GEOID.
    MissingGeoid {
        /// Position of the feature, from 0.
        feature: usize,
    },
    /// A GEOID is not five digits.
    BadGeoid {
        /// Position of the feature, from 0.
        feature: usize,
        /// The text found.
        found: String,
    },
    /// A GEOID belongs to another state.
    OtherState {
        /// The county.
        geoid: Geoid,
        /// The state's digits that were expected.
        statefp: String,
    },
    /// A GEOID stands twice.
    DuplicateGeoid {
        /// The county.
        geoid: Geoid,
    },
    /// A county has no name.
    MissingName {
        /// The county.
        geoid: Geoid,
    },
    /// A geometry is neither polygon nor multipolygon.
    NotPolygonal {
        /// The county.
        geoid: Geoid,
        /// The type found.
        found: String,
    },
    /// A geometry is absent, has no rings or covers no area.
    EmptyGeometry {
        /// The county.
        geoid: Geoid,
    },
    /// A ring has fewer than four positions.
    ShortRing {
        /// The county.
        geoid: Geoid,
        /// Positions in the ring.
        positions: usize,
    },
    /// A ring does not end where it starts.
    UnclosedRing {
        /// The county.
        geoid: Geoid,
    },
    /// A position is not finite or not on the globe.
    BadCoordinate {
        /// The county.
        geoid: Geoid,
        /// Longitude found, degrees.
        lon: f64,
        /// Latitude found, degrees.
        lat: f64,
    },
    /// A position has fewer than two numbers.
    ShortPosition {
        /// The county.
        geoid: Geoid,
    },
}

impl BoundaryError {
    /// Returns the stable code of the fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "boundaries::too-large",
            Self::NotGeoJson { .. } => "boundaries::not-geojson",
            Self::NotFeatureCollection { .. } => "boundaries::not-feature-collection",
            Self::MissingMember { .. } => "boundaries::missing-member",
            Self::MissingVintage => "boundaries::missing-vintage",
            Self::WrongVintage { .. } => "boundaries::wrong-vintage",
            Self::OtherJurisdiction { .. } => "boundaries::other-jurisdiction",
            Self::NoCounties => "boundaries::no-counties",
            Self::MissingGeoid { .. } => "boundaries::missing-geoid",
            Self::BadGeoid { .. } => "boundaries::bad-geoid",
            Self::OtherState { .. } => "boundaries::other-state",
            Self::DuplicateGeoid { .. } => "boundaries::duplicate-geoid",
            Self::MissingName { .. } => "boundaries::missing-name",
            Self::NotPolygonal { .. } => "boundaries::not-polygonal",
            Self::EmptyGeometry { .. } => "boundaries::empty-geometry",
            Self::ShortRing { .. } => "boundaries::short-ring",
            Self::UnclosedRing { .. } => "boundaries::unclosed-ring",
            Self::BadCoordinate { .. } => "boundaries::bad-coordinate",
            Self::ShortPosition { .. } => "boundaries::short-position",
        }
    }
}

impl fmt::Display for BoundaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes, limit } => write!(f, "the file has {bytes} bytes, more than the {limit} accepted"),
            Self::NotGeoJson { reason, .. } => write!(f, "the file is broken: {}", plain(reason)),
            Self::NotFeatureCollection { found: Some(found) } => {
                write!(f, "a `FeatureCollection` is needed, not a `{found}`")
            }
            Self::NotFeatureCollection { found: None } => f.write_str("a `FeatureCollection` is needed"),
            Self::MissingMember { member } => write!(f, "the member `{member}` is missing or malformed"),
            Self::MissingVintage => f.write_str("the member `vintage` is missing or no year"),
            Self::WrongVintage { found, wanted } => {
                write!(f, "the boundaries are of {found}, and the spec asks for those of {wanted}")
            }
            Self::OtherJurisdiction { found, wanted } => {
                write!(f, "the file holds the counties of `{found}`, and its name says `{wanted}`")
            }
            Self::NoCounties => f.write_str("the collection holds no county"),
            Self::MissingGeoid { feature } => write!(f, "feature {feature} has no property `GEOID`"),
            Self::BadGeoid { feature, found } => {
                write!(f, "feature {feature} has the GEOID `{found}`, which is not five digits")
            }
            Self::OtherState { geoid, statefp } => write!(f, "county {geoid} does not belong to state {statefp}"),
            Self::DuplicateGeoid { geoid } => write!(f, "county {geoid} stands twice"),
            Self::MissingName { geoid } => write!(f, "county {geoid} has no property `NAME`"),
            Self::NotPolygonal { geoid, found } => {
                write!(f, "county {geoid} is a `{found}`, not a polygon or multipolygon")
            }
            Self::EmptyGeometry { geoid } => write!(f, "county {geoid} covers no area"),
            Self::ShortRing { geoid, positions } => {
                write!(f, "a ring of county {geoid} has {positions} positions, fewer than four")
            }
            Self::UnclosedRing { geoid } => write!(f, "a ring of county {geoid} does not end where it starts"),
            Self::BadCoordinate { geoid, lon, lat } => {
                write!(f, "county {geoid} has the position {lon}, {lat}, which is not on the globe")
            }
            Self::ShortPosition { geoid } => {
                write!(f, "county {geoid} has a position without longitude and latitude")
            }
        }
    }
}

/// Words the usual faults of JSON for who does not write it by hand.
fn plain(reason: &str) -> &str {
    match reason {
        cut if cut.starts_with("EOF") => "it ends too early",
        form if form.starts_with("invalid type") => "it has not the form of boundaries",
        other => other,
    }
}

impl std::error::Error for BoundaryError {}
