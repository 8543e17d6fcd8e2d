//! The counties of all jurisdictions, for checking case data that names them.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use super::{BoundaryError, Geoid, MAX_BYTES};

/// Which counties exist in a vintage, where they belong and what they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountyIndex {
    vintage: u16,
    /// Postal code of each jurisdiction, in the order of the file.
    jurisdictions: Vec<String>,
    /// Place in `jurisdictions` and name of each county.
    counties: BTreeMap<Geoid, (usize, String)>,
}

#[derive(Deserialize)]
struct IndexFile {
    vintage: Option<u16>,
    jurisdictions: IndexMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    counties: IndexMap<String, String>,
}

impl CountyIndex {
    /// Reads `index.json`: `{vintage, jurisdictions: {CT: {counties: {"09001": "Fairfield", …}, …}, …}}`.
    ///
    /// # Errors
    /// Refuses a text that is too long, malformed or without vintage, and a GEOID that is malformed or stands twice.
    pub fn parse(text: &str) -> Result<Self, BoundaryError> {
        if text.len() > MAX_BYTES {
            return Err(BoundaryError::TooLarge { bytes: text.len(), limit: MAX_BYTES });
        }
        let file: IndexFile = serde_json::from_str(text).map_err(|error| BoundaryError::NotGeoJson {
            line: error.line(),
            column: error.column(),
            reason: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
        })?;
        let vintage = file.vintage.ok_or(BoundaryError::MissingVintage)?;
        let mut index = Self { vintage, jurisdictions: Vec::new(), counties: BTreeMap::new() };
        for (postal, entry) in file.jurisdictions {
            index.add(postal, entry)?;
        }
        if index.counties.is_empty() {
            return Err(BoundaryError::NoCounties);
        }
        Ok(index)
    }

    fn add(&mut self, postal: String, entry: Entry) -> Result<(), BoundaryError> {
        let place = self.jurisdictions.len();
        self.jurisdictions.push(postal);
        for (feature, (found, name)) in entry.counties.into_iter().enumerate() {
            let Some(geoid) = Geoid::new(&found) else {
                return Err(BoundaryError::BadGeoid { feature, found });
            };
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
        self.jurisdictions.iter().map(String::as_str)
    }

    /// Tells whether a jurisdiction has boundaries.
    pub fn has(&self, postal: &str) -> bool {
        self.jurisdictions().any(|one| one == postal)
    }

    /// Tells whether a county of this key exists.
    pub fn knows(&self, geoid: &str) -> bool {
        self.counties.contains_key(geoid)
    }

    /// Returns the postal code of the jurisdiction that a county belongs to.
    pub fn jurisdiction_of(&self, geoid: &str) -> Option<&str> {
        let (place, _) = self.counties.get(geoid)?;
        self.jurisdictions.get(*place).map(String::as_str)
    }

    /// Returns the name of a county.
    pub fn name_of(&self, geoid: &str) -> Option<&str> {
        self.counties.get(geoid).map(|(_, name)| name.as_str())
    }

    /// Iterates over the counties of a state by the digits that open their keys: key and name.
    pub fn of_state(&self, fips: &str) -> impl Iterator<Item = (&str, &str)> {
        let own = self.counties.iter().filter(move |(geoid, _)| geoid.state() == fips);
        own.map(|(geoid, (_, name))| (geoid.as_str(), name.as_str()))
    }

    /// Iterates over the keys in order.
    pub fn geoids(&self) -> impl Iterator<Item = &Geoid> {
        self.counties.keys()
    }

    /// Says what an unknown GEOID probably is, where its form tells.
    ///
    /// Connecticut's planning regions (09110 to 09190) replaced its counties in the boundaries of 2022; a code of
    /// four digits has most likely lost its leading zero in a spreadsheet.
    pub fn nearest_hint(&self, geoid: &str) -> Option<String> {
        if self.knows(geoid) {
            return None;
        }
        if self.vintage < 2022 && is_planning_region(geoid) {
            return Some(format!(
                "`{geoid}` is a planning region of Connecticut, from boundaries of 2022 or later; those of {} have counties 09001 to 09015",
                self.vintage
            ));
        }
        let padded = format!("0{geoid}");
        let name = self.name_of(&padded)?;
        Some(format!("did you mean `{padded}` ({name})? the leading zero is missing"))
    }
}

/// Tells whether a code is one of the nine planning regions, 09110 to 09190 in tens.
fn is_planning_region(geoid: &str) -> bool {
    matches!(geoid.as_bytes(), [b'0', b'9', b'1', b'1'..=b'9', b'0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = r#"{"vintage":2016,"jurisdictions":{
        "CT":{"statefp":"09","name":"Connecticut","counties":{"09001":"Fairfield","09003":"Hartford"},"bbox":[0,0,1,1],"sha256":""},
        "MD":{"statefp":"24","name":"Maryland","counties":{"24005":"Baltimore","24510":"Baltimore"},"bbox":[0,0,1,1],"sha256":""}}}"#;

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
    fn a_malformed_index_is_refused() {
        let code = |text: &str| CountyIndex::parse(text).unwrap_err().code().trim_start_matches("boundaries::");
        assert_eq!(code("{"), "not-geojson");
        assert_eq!(code(&INDEX.replace("vintage", "year")), "missing-vintage");
        assert_eq!(code(&INDEX.replace("09001", "9001")), "bad-geoid");
        assert_eq!(code(&INDEX.replace("24510", "24005").replace("09003", "24005")), "duplicate-geoid");
    }
}
