//! The counties of all jurisdictions, for checking case data that names them.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::unit::{Digest, nfc};

use super::changes::other_vintage;
use super::parse::broken;
use super::{Boundaries, BoundaryError, Fault, Geoid, MAX_BYTES};

/// Which counties exist in a vintage, where they belong and what they are called.
#[derive(Clone, Debug, PartialEq)]
pub struct CountyIndex {
    vintage: u16,
    /// Each jurisdiction by its postal code, in the order of the file.
    jurisdictions: IndexMap<String, Described>,
    /// Place in `jurisdictions` and name of each county.
    counties: BTreeMap<Geoid, (usize, String)>,
}

/// What the index says of the file of one jurisdiction, as far as it says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// The two digits that open the GEOIDs of its counties.
    pub statefp: Option<String>,
    /// West, south, east and north in degrees; west is greater than east where it lies on both sides of the antimeridian.
    pub bbox: Option<[f64; 4]>,
    /// Digest of the file.
    pub sha256: Option<Digest>,
    /// The kinds of its counties, the most frequent first; empty until its file is read.
    pub kinds: Vec<String>,
}

#[derive(Deserialize)]
struct IndexFile {
    vintage: Option<u16>,
    jurisdictions: IndexMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    counties: IndexMap<String, String>,
    statefp: Option<String>,
    bbox: Option<[f64; 4]>,
    sha256: Option<String>,
}

impl CountyIndex {
    /// Reads `index.json`: `{vintage, jurisdictions: {CT: {counties: {"09001": "Fairfield", …}, …}, …}}`.
    ///
    /// An entry may have `statefp`, `bbox` (RFC 7946, section 5) and `sha256`, by which its file is checked.
    ///
    /// # Errors
    /// Refuses a text that is too long, malformed or without vintage, and a GEOID that is malformed or stands twice.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.len() > MAX_BYTES {
            return Err(BoundaryError::TooLarge { limit: MAX_BYTES }.into());
        }
        let file: IndexFile = serde_json::from_str(text).map_err(|error| broken(&error))?;
        let vintage = file.vintage.ok_or(BoundaryError::MissingVintage)?;
        let mut index = Self { vintage, jurisdictions: IndexMap::new(), counties: BTreeMap::new() };
        for (postal, entry) in file.jurisdictions {
            index.add(postal, entry)?;
        }
        if index.counties.is_empty() {
            return Err(BoundaryError::NoCounties.into());
        }
        Ok(index)
    }

    fn add(&mut self, postal: String, entry: Entry) -> Result<(), BoundaryError> {
        let place = self.jurisdictions.len();
        if let Some([west, south, east, north]) = entry.bbox {
            let is_on_globe = west.abs().max(east.abs()) <= 180.0 && south >= -90.0 && north <= 90.0 && south <= north;
            if !is_on_globe {
                let reason = format!("the `bbox` of `{postal}` is not west, south, east, north on the globe");
                return Err(BoundaryError::NotGeoJson { reason });
            }
        }
        // An entry written by hand may leave the digest empty.
        let sha256 = entry.sha256.filter(|digest| !digest.is_empty());
        let sha256 = sha256.map(|digest| digest.to_ascii_lowercase().parse::<Digest>());
        let sha256 = sha256.transpose().map_err(|error| BoundaryError::NotGeoJson { reason: error.to_string() })?;
        self.jurisdictions
            .insert(postal, Described { statefp: entry.statefp, bbox: entry.bbox, sha256, kinds: Vec::new() });
        let mut state = None;
        for (feature, (found, name)) in entry.counties.into_iter().enumerate() {
            let Some(geoid) = Geoid::new(&found) else {
                return Err(BoundaryError::BadGeoid { feature, found, meant: None });
            };
            let statefp = state.get_or_insert_with(|| geoid.state().to_owned());
            if geoid.state() != statefp {
                return Err(BoundaryError::OtherState { geoid, statefp: statefp.clone() });
            }
            let name = nfc(name.trim()).into_owned();
            if self.counties.insert(geoid.clone(), (place, name)).is_some() {
                return Err(BoundaryError::DuplicateGeoid { geoid });
            }
        }
        Ok(())
    }

    /// Returns the year whose counties these are.
    pub fn vintage(&self) -> u16 {
        self.vintage
    }

    /// Iterates over the postal codes of the jurisdictions that have boundaries.
    pub fn jurisdictions(&self) -> impl Iterator<Item = &str> {
        self.jurisdictions.keys().map(String::as_str)
    }

    /// Tells whether a jurisdiction has boundaries.
    pub fn has(&self, postal: &str) -> bool {
        self.jurisdictions.contains_key(postal)
    }

    /// Returns where the jurisdiction of a state's two digits lies.
    pub(super) fn bbox_of_state(&self, statefp: &str) -> Option<[f64; 4]> {
        self.jurisdictions.values().find(|jurisdiction| jurisdiction.statefp.as_deref() == Some(statefp))?.bbox
    }

    /// Returns what the index says of a jurisdiction's file.
    pub fn described(&self, postal: &str) -> Option<&Described> {
        self.jurisdictions.get(postal)
    }

    /// Takes over the names and kinds of counties from their file.
    pub(super) fn learn(&mut self, boundaries: &Boundaries) {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for county in &boundaries.counties {
            *kinds.entry(&county.kind).or_default() += 1;
            if let Some((_, name)) = self.counties.get_mut(&county.geoid) {
                name.clone_from(&county.name);
            }
        }
        let mut kinds: Vec<(&str, usize)> = kinds.into_iter().filter(|(kind, _)| !kind.is_empty()).collect();
        kinds.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        if let Some(described) = self.jurisdictions.get_mut(&boundaries.jurisdiction) {
            described.kinds = kinds.into_iter().map(|(kind, _)| kind.to_owned()).collect();
        }
    }

    /// Returns the kinds of a jurisdiction's counties, the most frequent first, as far as its file was read.
    pub fn kinds(&self, postal: &str) -> &[String] {
        self.described(postal).map_or(&[], |described| &described.kinds)
    }

    /// Tells whether a point may lie in a jurisdiction: where the index does not say where it lies, it may.
    pub fn may_hold(&self, postal: &str, lon: f64, lat: f64) -> bool {
        let Some([west, south, east, north]) = self.described(postal).and_then(|jurisdiction| jurisdiction.bbox) else {
            return true;
        };
        let across = if west <= east { (west..=east).contains(&lon) } else { lon >= west || lon <= east };
        across && (south..=north).contains(&lat)
    }

    /// Tells whether a county of this key exists.
    pub fn knows(&self, geoid: &str) -> bool {
        self.counties.contains_key(geoid)
    }

    /// Returns the postal code of the jurisdiction that a county belongs to.
    pub fn jurisdiction_of(&self, geoid: &str) -> Option<&str> {
        let (place, _) = self.counties.get(geoid)?;
        self.jurisdictions.get_index(*place).map(|(postal, _)| postal.as_str())
    }

    /// Returns the name of a county.
    pub fn name_of(&self, geoid: &str) -> Option<&str> {
        self.counties.get(geoid).map(|(_, name)| name.as_str())
    }

    /// Iterates over the counties of a jurisdiction in order of their keys: key and name.
    pub fn of_jurisdiction(&self, postal: &str) -> impl Iterator<Item = (&Geoid, &str)> {
        let place = self.jurisdictions.get_index_of(postal);
        let own = self.counties.iter().filter(move |(_, (of, _))| Some(*of) == place);
        own.map(|(geoid, (_, name))| (geoid, name.as_str()))
    }

    /// Iterates over the keys in order.
    pub fn geoids(&self) -> impl Iterator<Item = &Geoid> {
        self.counties.keys()
    }

    /// Says what an unknown GEOID probably is, where its form tells.
    ///
    /// It may be a county of another year; a code of four digits has most likely lost its leading zero in a spreadsheet.
    pub fn nearest_hint(&self, geoid: &str) -> Option<String> {
        if self.knows(geoid) {
            return None;
        }
        if let Some(hint) = other_vintage(geoid, self.vintage) {
            return Some(hint);
        }
        let padded = format!("0{geoid}");
        let name = self.name_of(&padded)?;
        Some(format!("did you mean `{padded}` ({name})? the leading zero is missing"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"{"vintage":2016,"jurisdictions":{
        "CT":{"statefp":"09","name":"Connecticut","counties":{"09001":"Fairfield","09003":"Hartford"},"bbox":[-74,40,-71,43],"sha256":""},
        "MD":{"statefp":"24","name":"Maryland","counties":{"24005":"Baltimore","24510":"Baltimore"},"bbox":[170,50,-170,52],"sha256":""}}}"#;

    #[test]
    fn a_county_is_found_by_its_key_where_names_are_shared() {
        let index = CountyIndex::parse(INDEX).unwrap();
        assert_eq!(index.name_of("24005"), index.name_of("24510"));
        assert_eq!((index.jurisdiction_of("09003"), index.jurisdiction_of("24510")), (Some("CT"), Some("MD")));
        assert!(index.knows("09001") && !index.knows("09005"));
        assert_eq!((index.vintage(), index.geoids().count()), (2016, 4));
    }

    #[test]
    fn a_planning_region_points_at_the_later_boundaries() {
        let index = CountyIndex::parse(INDEX).unwrap();
        assert!(index.nearest_hint("09120").unwrap().contains("boundaries of 2022 or later"));
        assert_eq!(index.nearest_hint("09001"), None);
        assert_eq!(index.nearest_hint("09999"), None);
    }

    #[test]
    fn a_lost_leading_zero_is_noticed() {
        let index = CountyIndex::parse(INDEX).unwrap();
        assert!(index.nearest_hint("9003").unwrap().contains("`09003` (Hartford)"));
    }

    #[test]
    fn the_place_of_a_jurisdiction_may_reach_over_the_antimeridian() {
        let index = CountyIndex::parse(INDEX).unwrap();
        assert!(index.may_hold("CT", -72.0, 41.0) && !index.may_hold("CT", 72.0, 41.0));
        assert!(index.may_hold("MD", 175.0, 51.0) && index.may_hold("MD", -175.0, 51.0));
        assert!(!index.may_hold("MD", 0.0, 51.0));
        let without = CountyIndex::parse(&INDEX.replace("bbox", "box")).unwrap();
        assert!(without.may_hold("CT", 72.0, 41.0));
    }

    #[test]
    fn a_digest_is_read_and_a_malformed_one_refused() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let with =
            |text: &str| CountyIndex::parse(&INDEX.replacen("\"sha256\":\"\"", &format!("\"sha256\":\"{text}\""), 1));
        let of = |text: &str| with(text).unwrap().described("CT").unwrap().sha256;
        assert_eq!(of(digest), Some(Digest::of(b"abc")));
        assert_eq!(of(&digest.to_uppercase()), Some(Digest::of(b"abc")));
        assert_eq!(of(""), None);
        assert_eq!(
            with("abc").unwrap_err().to_string(),
            "the file is broken: a digest has 64 hexadecimal digits in lower case"
        );
    }

    #[test]
    fn a_malformed_index_is_refused() {
        let code =
            |text: &str| CountyIndex::parse(text).unwrap_err().error.code().text().trim_start_matches("boundaries::");
        assert_eq!(code("{"), "not-geojson");
        assert_eq!(code(&INDEX.replace("vintage", "year")), "missing-vintage");
        assert_eq!(code(&INDEX.replace("09001", "9001")), "bad-geoid");
        let shared = INDEX.replace("\"09001\":\"Fairfield\",", "").replace("09003", "24005");
        assert_eq!(code(&shared), "duplicate-geoid");
        assert_eq!(code(&INDEX.replace("09003", "36003")), "other-state");
        for bbox in ["[-740,40,-71,43]", "[-74,40,-71,430]", "[-74,43,-71,40]", "[-74,40,181,43]"] {
            let fault = CountyIndex::parse(&INDEX.replace("[-74,40,-71,43]", bbox)).unwrap_err();
            let words = "the file is broken: the `bbox` of `CT` is not west, south, east, north on the globe";
            assert_eq!(fault.to_string(), words, "{bbox}");
        }
    }
}
