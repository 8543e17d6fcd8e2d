//! The targets of `case_locations.csv`.

use super::Problems;
use crate::targets::{County, Targets};

impl Problems {
    /// Checks that cases, counties and rows can be dealt.
    pub(super) fn locations(&mut self, targets: &Targets) {
        let locations = &targets.locations;
        let cases = targets.cases.total.count;
        self.require(locations.unknown <= cases, || "locations.unknown: more cases than there are".to_owned());
        let located = cases.saturating_sub(locations.unknown);
        let places = locations.counties.iter().map(|county| county.cases).sum();
        self.equal("located cases and cases in two counties (locations)", located + locations.two_counties, places);
        self.require(locations.two_counties <= located && locations.repeated <= located, || {
            "locations: more cases in two counties, or repeated, than located".to_owned()
        });
        let rows = places + locations.repeated;
        let points = locations.point_only + locations.point_and_county;
        self.require(points <= rows, || format!("locations: more points than the {rows} rows"));
        self.unique("locations.counties", locations.counties.iter().map(|county| county.geoid.as_str()));
        for county in &locations.counties {
            self.county(county, located);
        }
    }

    fn county(&mut self, county: &County, located: usize) {
        let place = format!("locations.counties, {}", county.name);
        let [west, south, east, north] = county.inner_box;
        self.require(west < east && south < north, || {
            format!("{place}: the inner box is not west, south, east, north")
        });
        self.require(county.cases <= located, || format!("{place}: more cases than are located"));
        self.invented(&place, county.source);
    }
}
