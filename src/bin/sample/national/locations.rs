//! The locations of the cases of one jurisdiction.

use geo::{Contains, Coord, InteriorPoint, Point};
use platen::boundaries::{County, Geography};

use crate::cases::Case;
use crate::draw::{Draw, Stream};
use crate::locations::{Degrees, Location};

use super::codes::Choice;
use super::plan::Share;
use super::targets::{Locations, Targets};

/// Makes the locations of cases, in the order of the cases; a jurisdiction without boundaries has none.
///
/// # Errors
/// When the boundaries of the jurisdiction cannot be read.
pub fn generate(
    targets: &Targets,
    geography: &Geography,
    share: &Share,
    cases: &[Case],
    seed: u64,
) -> Result<Vec<Location>, String> {
    if !geography.index().has(&share.code) || cases.is_empty() {
        return Ok(Vec::new());
    }
    let state = geography.state(&share.code).map_err(|finding| finding.message)?;
    let mut draw = Draw::new(seed, Stream::Locations);
    let mut counties: Vec<&County> = state.boundaries.counties.iter().collect();
    draw.shuffle(&mut counties);
    // The first of the random order is drawn most often, the tenth a tenth as often.
    let counties =
        Choice::new(counties.into_iter().enumerate().map(|(rank, county)| (county, 100_000 / (rank as u64 + 1))));
    let often = &targets.locations;
    let mut locations = Vec::new();
    for case in cases.iter().filter(|_| draw.below(1000) < often.known_in_1000).collect::<Vec<_>>() {
        let rows = if draw.below(1000) < often.second_in_1000 { 2 } else { 1 };
        for _ in 0..rows {
            locations.extend(counties.draw(&mut draw).map(|county| row(&case.id, county, often, &mut draw)));
        }
    }
    Ok(locations)
}

fn row(case: &str, county: &County, often: &Locations, draw: &mut Draw) -> Location {
    let form = draw.below(1000);
    let point = if form < often.point_only_in_1000 + often.point_and_county_in_1000 { inside(county) } else { None };
    let is_point_only = point.is_some() && form < often.point_only_in_1000;
    let county_geoid = if is_point_only { String::new() } else { county.geoid.as_str().to_owned() };
    Location { case_id: case.to_owned(), county_geoid, point }
}

/// Finds a point well inside a county, with the precision of the file.
fn inside(county: &County) -> Option<(Degrees, Degrees)> {
    let point = county.polygons.interior_point()?;
    let (longitude, latitude) = (Degrees::nearest(point.x()), Degrees::nearest(point.y()));
    let rounded = Point(Coord { x: longitude.degrees(), y: latitude.degrees() });
    county.polygons.contains(&rounded).then_some((longitude, latitude))
}
