//! The rows of `case_locations.csv` for one case.

use super::counties::{Area, Counties, State};
use super::targets::Locations;
use crate::cases::Case;
use crate::draw::{Draw, Stream};
use crate::locations::Location;

/// Makes locations.
pub(super) struct Maker<'t> {
    targets: &'t Locations,
    counties: &'t Counties,
    draw: Draw,
}

impl<'t> Maker<'t> {
    /// Starts before the first case.
    pub(super) fn new(targets: &'t Locations, counties: &'t Counties, seed: u64) -> Self {
        Self { targets, counties, draw: Draw::new(seed, Stream::Locations) }
    }

    /// Makes the rows of a case: none, one or several.
    pub(super) fn rows(&mut self, case: &Case) -> Vec<Location> {
        let Some(state) = self.counties.of(&case.state) else {
            return Vec::new();
        };
        let places = self.places(state);
        places.into_iter().map(|area| self.row(case, state, area)).collect()
    }

    /// Draws the counties of a case, in the order of its rows.
    fn places(&mut self, state: &'t State) -> Vec<&'t Area> {
        if self.draw.below(100) < self.targets.unknown_in_100 {
            return Vec::new();
        }
        let first = state.county(&mut self.draw);
        let mut places = vec![first];
        if self.draw.below(100) < self.targets.two_counties_in_100 {
            places.push(state.county(&mut self.draw));
        }
        if self.draw.below(100) < self.targets.repeated_in_100 {
            places.push(first);
        }
        places
    }

    fn row(&mut self, case: &Case, state: &State, area: &Area) -> Location {
        let forms = [self.targets.county, self.targets.point, self.targets.both];
        let form = self.draw.weighted(&forms);
        let point = if form == 0 { None } else { state.point(area, &mut self.draw) };
        let alone = form == 1 && point.is_some();
        let county_geoid = if alone { String::new() } else { area.geoid.as_str().to_owned() };
        Location { case_id: case.id.clone(), county_geoid, point }
    }
}
