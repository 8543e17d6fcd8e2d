//! What can be wrong with a boundary file.

use super::Geoid;

/// A fault of a boundary file or of the county index, or a remark on it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BoundaryError {
    /// The file is longer than the reader accepts.
    TooLarge {
        /// Bytes accepted at most.
        limit: usize,
    },
    /// The file is in another encoding.
    NotUtf8 {
        /// Its name, where it can be told.
        encoding: Option<&'static str>,
    },
    /// The file holds bytes of zero.
    ZeroByte,
    /// The text is no JSON, or no GeoJSON.
    NotGeoJson {
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
        /// A property that may be meant.
        near: Option<String>,
    },
    /// A GEOID is not five digits.
    BadGeoid {
        /// Position of the feature, from 0.
        feature: usize,
        /// The text found.
        found: String,
        /// What may be meant.
        meant: Option<Geoid>,
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
        /// A property that may be meant.
        near: Option<String>,
    },
    /// A property is no text.
    NotText {
        /// The county.
        geoid: Geoid,
        /// Name of the property.
        property: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A text that is printed has a character that cannot be.
    BadCharacter {
        /// The county.
        geoid: Geoid,
        /// Name of the property.
        property: &'static str,
        /// The character.
        character: char,
    },
    /// A geometry is neither polygon nor multipolygon.
    NotPolygonal {
        /// The county.
        geoid: Geoid,
        /// The type found.
        found: String,
    },
    /// A geometry is absent.
    NullGeometry {
        /// The county.
        geoid: Geoid,
    },
    /// A geometry has no rings or covers no area.
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
        /// The system of coordinates that the file names.
        crs: Option<String>,
    },
    /// A position has fewer than two numbers.
    ShortPosition {
        /// The county.
        geoid: Geoid,
    },
    /// The file has counties that the index does not have.
    FurtherCounties {
        /// They.
        further: Vec<Geoid>,
    },
    /// The file lacks counties that the index has.
    MissingCounties {
        /// They.
        missing: Vec<Geoid>,
    },
    /// A county has another name in the index.
    OtherName {
        /// The county.
        geoid: Geoid,
        /// Its name in the file.
        found: String,
        /// Its name in the index.
        wanted: String,
    },
    /// The state's digits are others in the index or the spec.
    OtherStatefp {
        /// Digits of the file.
        found: String,
        /// Digits asked for.
        wanted: String,
        /// Who asks for them.
        by: &'static str,
    },
    /// The counties lie elsewhere than the index says.
    OtherPlace {
        /// West, south, east and north of the file.
        found: [f64; 4],
        /// West, south, east and north of the index.
        wanted: [f64; 4],
    },
    /// A part lies at 0, 0, far from all others.
    StrayPart {
        /// The county.
        geoid: Geoid,
    },
    /// No county lies in the jurisdiction's window.
    OutsideWindow {
        /// West, south, east and north of the file.
        found: [f64; 4],
    },
    /// A county lies wholly under others.
    Covered {
        /// The county.
        geoid: Geoid,
        /// The county over it.
        by: Geoid,
    },
    /// The edges of a county cross, or lie beside each other, too often.
    TooIntricate {
        /// The county.
        geoid: Geoid,
    },
    /// The detailed boundaries cannot be read.
    BadDetail {
        /// Why.
        reason: String,
    },
    /// Remark: the file is not the one that the index describes.
    OtherDigest {
        /// Digest of the file, hexadecimal.
        found: String,
    },
    /// The counties lie where their state has none, but would lie there without exchanged axes or a lost sign.
    OutsideState {
        /// Digits of the state.
        statefp: String,
        /// West, south, east and north of the file.
        found: [f64; 4],
        /// The axes are exchanged; else a sign is lost.
        exchanged: bool,
    },
    /// Remark: the index does not say where the jurisdiction lies.
    NoPlace {
        /// West, south, east and north of the file.
        found: [f64; 4],
        /// All outer rings run clockwise, as exchanged axes make them.
        clockwise: bool,
    },
    /// Remark: the file names a system of coordinates that does not fit its numbers.
    OtherCrs {
        /// Its name.
        name: String,
    },
    /// Remark: a ring crosses itself.
    CrossedRing {
        /// The county.
        geoid: Geoid,
        /// Its name.
        name: String,
        /// Where, longitude and latitude in degrees.
        at: [f64; 2],
    },
    /// Remark: parts of a county overlap.
    OverlappingParts {
        /// The county.
        geoid: Geoid,
        /// Its name.
        name: String,
        /// Where, longitude and latitude in degrees.
        at: [f64; 2],
    },
    /// Remark: a county lies within another that has no hole for it.
    Enclave {
        /// The inner county.
        geoid: Geoid,
        /// Its name.
        name: String,
        /// The outer county.
        outer: Geoid,
        /// Its name.
        outer_name: String,
    },
}

impl std::error::Error for BoundaryError {}
