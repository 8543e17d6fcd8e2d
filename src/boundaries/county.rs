//! Counties and the jurisdiction they make up.

use geo::{Area, BoundingRect, MultiPolygon, Rect};

use super::{BoundaryError, Geoid};

/// A county or what stands for one: a parish, borough, municipio or independent city.
#[derive(Clone, Debug, PartialEq)]
pub struct County {
    /// Its key.
    pub geoid: Geoid,
    /// Its name without the kind, as published: `Fairfield`, `Doña Ana`.
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
