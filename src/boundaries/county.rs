//! Counties and the jurisdiction they make up.

use std::collections::BTreeMap;

use geo::{Area, BoundingRect, CoordsIter, MultiPolygon, Rect};

use crate::report_spec::look;

use super::{BoundaryError, Geoid};

/// A county or what stands for one: a parish, borough, municipio or independent city.
#[derive(Clone, Debug, PartialEq)]
pub struct County {
    /// Its key.
    pub geoid: Geoid,
    /// Its name as it is printed, without the kind: `Fairfield`, `Doña Ana`; only where others of the jurisdiction have
    /// the same name, with it: `Baltimore (city)`.
    pub name: String,
    /// The kind of area (`County`, `city`, `Municipio`); empty where the file gives none.
    pub kind: String,
    /// Its rings in degrees of longitude (x) and latitude (y).
    pub polygons: MultiPolygon<f64>,
}

impl County {
    /// Returns the area in square degrees: fit for comparing shapes and finding empty ones, not for ground areas.
    pub fn square_degrees(&self) -> f64 {
        self.polygons.unsigned_area()
    }
}

/// The counties of one jurisdiction in one vintage, sorted by GEOID.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundaries {
    /// Postal code of the jurisdiction, such as `CT`.
    pub jurisdiction: String,
    /// The two digits that open the GEOIDs of its counties.
    pub statefp: String,
    /// The year whose boundaries these are.
    pub vintage: u16,
    /// At least one county, in order of GEOID, no GEOID twice.
    pub counties: Vec<County>,
}

impl Boundaries {
    /// Names counties whose names look alike with their kind, and where that is not enough with their key.
    pub(super) fn tell_apart(&mut self) {
        let name = |county: &County| look(&county.name);
        let name_and_kind = |county: &County| [look(&county.name), look(&county.kind)];
        let (names, kinds) = (self.numbers(name), self.numbers(name_and_kind));
        for county in self.counties.iter_mut().filter(|county| names[&name(county)] > 1) {
            let told = match (county.kind.as_str(), kinds[&name_and_kind(county)]) {
                ("", _) => county.geoid.to_string(),
                (kind, 1) => kind.to_owned(),
                (kind, _) => format!("{kind}, {}", county.geoid),
            };
            county.name = format!("{} ({told})", county.name);
        }
        // The file may call a county what another is called now.
        let names = self.numbers(name);
        for county in self.counties.iter_mut().filter(|county| names[&name(county)] > 1) {
            county.name = format!("{} ({})", county.name, county.geoid);
        }
    }

    /// Counts the counties that have something in common.
    fn numbers<K: Ord>(&self, of: impl Fn(&County) -> K) -> BTreeMap<K, usize> {
        self.counties.iter().fold(BTreeMap::new(), |mut numbers, county| {
            *numbers.entry(of(county)).or_default() += 1;
            numbers
        })
    }

    /// Finds a county by its key.
    pub fn county(&self, geoid: &Geoid) -> Option<&County> {
        let place = self.counties.binary_search_by(|county| county.geoid.cmp(geoid)).ok()?;
        self.counties.get(place)
    }

    /// Returns the bounding box in degrees.
    pub fn bounds(&self) -> Option<Rect<f64>> {
        self.counties.iter().filter_map(|county| county.polygons.bounding_rect()).reduce(|a, b| {
            Rect::new(
                (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
                (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
            )
        })
    }

    /// Returns west, south, east and north in degrees; where the counties lie on both sides of the antimeridian, west is
    /// greater than east (RFC 7946, section 5.2).
    pub fn extent(&self) -> Option<[f64; 4]> {
        let bounds = self.bounds()?;
        let [mut west, mut east] = [bounds.min().x, bounds.max().x];
        // Nothing reaches over half the globe: what seems to is counted from 180° on.
        let longitudes =
            || self.counties.iter().flat_map(|county| county.polygons.exterior_coords_iter().map(|at| at.x));
        if bounds.width() > 180.0 {
            let eastern = longitudes().filter(|x| *x > 0.0).fold(f64::INFINITY, f64::min);
            let western = longitudes().filter(|x| *x <= 0.0).fold(f64::NEG_INFINITY, f64::max);
            // A part at 0, 0 is a stray one, and does not make a country that spans the Pacific.
            if eastern - western > 180.0 {
                (west, east) = (eastern, western);
            }
        }
        Some([west, bounds.min().y, east, bounds.max().y])
    }

    /// Checks that the boundaries are those of the data's year.
    ///
    /// # Errors
    /// Returns [`BoundaryError::WrongVintage`] when they are of another year.
    pub fn require_vintage(&self, year: u16) -> Result<(), BoundaryError> {
        if self.vintage == year {
            return Ok(());
        }
        Err(BoundaryError::WrongVintage { found: self.vintage, wanted: year })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counties_of_one_name_are_told_by_their_kind_or_their_key() {
        let county = |(geoid, name, kind): (&str, &str, &str)| County {
            geoid: Geoid::new(geoid).unwrap(),
            name: name.into(),
            kind: kind.into(),
            polygons: MultiPolygon::new(Vec::new()),
        };
        let counties = [
            ("24001", "Allegany", "County"),
            ("24005", "Baltimore", "County"),
            ("24007", "Cecil", "County"),
            ("24009", "Cecil", "County"),
            ("24011", "Dorchester", ""),
            ("24012", "Dorchester", "County"),
            ("24013", "Garrett (City)", "Town"),
            ("24015", "Garrett", "County"),
            ("24017", "garrett", "city"),
            ("24019", "Harford", "City"),
            ("24021", "HARFORD", "city"),
            ("24510", "Baltimore", "city"),
        ];
        let counties = counties.into_iter().map(county).collect();
        let mut boundaries = Boundaries { jurisdiction: "MD".into(), statefp: "24".into(), vintage: 2016, counties };
        boundaries.tell_apart();
        let names: Vec<&str> = boundaries.counties.iter().map(|county| county.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Allegany",
                "Baltimore (County)",
                "Cecil (County, 24007)",
                "Cecil (County, 24009)",
                "Dorchester (24011)",
                "Dorchester (County)",
                "Garrett (City) (24013)",
                "Garrett (County)",
                "garrett (city) (24017)",
                "Harford (City, 24019)",
                "HARFORD (city, 24021)",
                "Baltimore (city)",
            ]
        );
    }
}
