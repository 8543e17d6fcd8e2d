//! The rows of `case_locations.csv`.

use std::collections::BTreeSet;
use std::fmt;

use crate::draw::{Draw, Stream};
use crate::targets::{County, Locations, Targets};

/// One row of `case_locations.csv`.
#[derive(Debug, Clone)]
pub(crate) struct Location {
    /// The id of its case.
    pub case_id: String,
    /// The code of the county; empty where only a point is given.
    pub county_geoid: String,
    /// Longitude and latitude, where known.
    pub point: Option<(Degrees, Degrees)>,
}

/// An angle in ten-thousandths of a degree, the precision of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Degrees(i64);

impl Degrees {
    /// The steps of one degree.
    const STEPS: i64 = 10_000;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "an angle has at most three digits before the point"
    )]
    fn nearest(degrees: f64) -> Self {
        Self((degrees * Self::STEPS as f64).round() as i64)
    }

    /// Draws an angle from `low` to `high`, both in degrees.
    pub(crate) fn between(low: f64, high: f64, draw: &mut Draw) -> Self {
        let (low, high) = (Self::nearest(low).0, Self::nearest(high).0);
        Self(low + draw.below(low.abs_diff(high)).cast_signed())
    }

    /// Returns the angle in degrees, exactly as a reader of the file decodes it.
    #[expect(clippy::cast_precision_loss, reason = "an angle has at most seven digits")]
    pub(crate) fn as_f64(self) -> f64 {
        self.0 as f64 / Self::STEPS as f64
    }
}

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let steps = Self::STEPS.unsigned_abs();
        let (whole, part) = (self.0.unsigned_abs() / steps, self.0.unsigned_abs() % steps);
        write!(f, "{sign}{whole}.{part:04}")
    }
}

/// What a row gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    County,
    Point,
    Both,
}

/// Makes the locations of the cases with the ids `cases`, sorted by id.
///
/// # Errors
/// When no second county is left for a case in two counties: nearly all cases are in the same one.
pub(crate) fn generate(targets: &Targets, cases: &[&str]) -> Result<Vec<Location>, String> {
    let mut draw = Draw::new(targets.seed, Stream::Locations);
    let mut places = place(&targets.locations, cases.len(), &mut draw)?;
    // Sorted by case, which is by id; a stable sort leaves each case its random order of rows.
    places.sort_by_key(|&(case, _)| case);
    let forms = forms(&targets.locations, places.len(), &mut draw);
    let rows = places.into_iter().zip(forms);
    Ok(rows.map(|((case, county), form)| row(cases[case], county, form, &mut draw)).collect())
}

/// A case, by its index, and a county where it is located.
type Place<'t> = (usize, &'t County);

/// Places cases in counties, in random order; a repeated place stands there twice.
fn place<'t>(locations: &'t Locations, cases: usize, draw: &mut Draw) -> Result<Vec<Place<'t>>, String> {
    let mut located: Vec<usize> = (0..cases).collect();
    draw.shuffle(&mut located);
    located.truncate(cases - locations.unknown);

    let counties = locations.counties.iter();
    let mut counties: Vec<&County> = counties.flat_map(|county| std::iter::repeat_n(county, county.cases)).collect();
    draw.shuffle(&mut counties);
    let second_counties = counties.split_off(located.len());

    let mut places: Vec<Place> = located.into_iter().zip(counties).collect();
    let seconds = second_places(&places, &second_counties)?;
    draw.shuffle(&mut places);
    let repeated: Vec<Place> = places[..locations.repeated].to_vec();
    places.extend(repeated);
    places.extend(seconds);
    draw.shuffle(&mut places);
    Ok(places)
}

/// Gives each second county to the first case that is elsewhere and has no second county yet.
fn second_places<'t>(firsts: &[Place<'t>], second_counties: &[&'t County]) -> Result<Vec<Place<'t>>, String> {
    let mut taken = BTreeSet::new();
    let mut places = Vec::new();
    for &county in second_counties {
        let free = firsts.iter().find(|(case, first)| first.geoid != county.geoid && !taken.contains(case));
        let Some(&(case, _)) = free else {
            return Err(format!("locations.two_counties: no case outside {} is left", county.name));
        };
        taken.insert(case);
        places.push((case, county));
    }
    Ok(places)
}

/// Deals the forms over the rows.
fn forms(locations: &Locations, rows: usize, draw: &mut Draw) -> Vec<Form> {
    let mut forms = vec![Form::County; rows];
    let points = locations.point_only;
    forms[..points].fill(Form::Point);
    forms[points..points + locations.point_and_county].fill(Form::Both);
    draw.shuffle(&mut forms);
    forms
}

fn row(case_id: &str, county: &County, form: Form, draw: &mut Draw) -> Location {
    let county_geoid = match form {
        Form::Point => String::new(),
        Form::County | Form::Both => county.geoid.clone(),
    };
    let [west, south, east, north] = county.inner_box;
    let point =
        (form != Form::County).then(|| (Degrees::between(west, east, draw), Degrees::between(south, north, draw)));
    Location { case_id: case_id.to_owned(), county_geoid, point }
}
