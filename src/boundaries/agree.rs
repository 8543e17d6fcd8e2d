//! Whether a file of boundaries is what the index says of it.

use std::sync::OnceLock;

use geo::{CoordsIter, Polygon, Winding};

use crate::unit::Digest;

use super::bounds::Bounds;
use super::locate::Area;
use super::{Boundaries, BoundaryError, CountyIndex, Geoid, Locator};

/// How far counties may reach out of the box of an index, in degrees: some write whole tenths.
const SLACK: f64 = 0.1;

/// Compares boundaries with the index; the digest of their file is given where it is another than the index says.
pub(super) fn compare(
    boundaries: &Boundaries,
    other_digest: Option<Digest>,
    index: &CountyIndex,
) -> Vec<BoundaryError> {
    let Some(described) = index.described(&boundaries.jurisdiction) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(wanted) = described.statefp.as_ref().filter(|statefp| **statefp != boundaries.statefp) {
        let found_here = boundaries.statefp.clone();
        found.push(BoundaryError::OtherStatefp { found: found_here, wanted: wanted.clone(), by: "the index" });
    }
    found.extend(counties(boundaries, index));
    found.extend(names(boundaries, index));
    let place = place(boundaries, described.bbox);
    let is_remark = place.as_ref().is_none_or(BoundaryError::is_remark);
    found.extend(if is_remark { stray(boundaries).or(place) } else { place });
    found.extend(other_digest.map(|digest| BoundaryError::OtherDigest { found: digest.to_string() }));
    found
}

/// Compares boundaries with the digits and the window that a spec gives their jurisdiction.
pub(super) fn against_spec(
    boundaries: &Boundaries,
    fips: Option<&str>,
    window: Option<[f64; 4]>,
) -> Vec<BoundaryError> {
    let mut found = Vec::new();
    if let Some(wanted) = fips.filter(|fips| *fips != boundaries.statefp) {
        let wanted = wanted.to_owned();
        found.push(BoundaryError::OtherStatefp { found: boundaries.statefp.clone(), wanted, by: "the spec's `fips`" });
    }
    if let (Some(window), Some(extent)) = (window, boundaries.extent()) {
        found.extend((!meet(window, extent)).then_some(BoundaryError::OutsideWindow { found: extent }));
    }
    found
}

/// Tells whether two boxes of degrees have anything in common, whichever way round their longitudes are counted.
fn meet(one: [f64; 4], other: [f64; 4]) -> bool {
    let unrolled =
        |[west, south, east, north]: [f64; 4]| [west, south, if west > east { east + 360.0 } else { east }, north];
    let ([w, s, e, n], [west, south, east, north]) = (unrolled(one), unrolled(other));
    let turns = [-360.0, 0.0, 360.0];
    s <= north && south <= n && turns.iter().any(|turn| w + turn <= east && west <= e + turn)
}

/// Compares the keys of the counties.
fn counties(boundaries: &Boundaries, index: &CountyIndex) -> Option<BoundaryError> {
    let listed: Vec<&Geoid> = index.of_jurisdiction(&boundaries.jurisdiction).map(|(geoid, _)| geoid).collect();
    let is_there = |geoid: &Geoid| boundaries.county(geoid).is_some();
    let missing: Vec<Geoid> = listed.iter().filter(|geoid| !is_there(geoid)).map(|geoid| (*geoid).clone()).collect();
    let own = boundaries.counties.iter().map(|county| &county.geoid);
    let further: Vec<Geoid> = own.filter(|geoid| listed.binary_search(geoid).is_err()).cloned().collect();
    match further.is_empty() {
        true => (!missing.is_empty()).then_some(BoundaryError::MissingCounties { missing }),
        false => Some(BoundaryError::FurtherCounties { further }),
    }
}

/// Finds the first county that the index calls otherwise.
fn names(boundaries: &Boundaries, index: &CountyIndex) -> Option<BoundaryError> {
    boundaries.counties.iter().find_map(|county| {
        let wanted = index.name_of(county.geoid.as_str())?;
        let is_named = county.name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("));
        let error = || BoundaryError::OtherName {
            geoid: county.geoid.clone(),
            found: county.name.clone(),
            wanted: wanted.to_owned(),
        };
        (!is_named).then(error)
    })
}

/// Compares where the counties lie with the box of the index; without one, with where the state lies.
fn place(boundaries: &Boundaries, bbox: Option<[f64; 4]>) -> Option<BoundaryError> {
    let found = boundaries.extent()?;
    let Some(wanted) = bbox else { return Some(unplaced(boundaries, found)) };
    // Beside the antimeridian west is greater than east (RFC 7946, section 5.2).
    let ([west, south, east, north], [w, s, e, n]) = (found, wanted);
    let is_within =
        (west > east) == (w > e) && west >= w - SLACK && east <= e + SLACK && south >= s - SLACK && north <= n + SLACK;
    (!is_within).then_some(BoundaryError::OtherPlace { found, wanted })
}

/// Finds a county with a part at 0, 0, in the open sea, while the others lie far from there: positions that are missing
/// are often written so, whatever the index says.
fn stray(boundaries: &Boundaries) -> Option<BoundaryError> {
    boundaries.bounds().filter(|bounds| bounds.width().max(bounds.height()) > 10.0)?;
    let is_zero = |part: &Polygon<f64>| part.exterior().0.iter().all(|at| at.x.abs() < 1.0 && at.y.abs() < 1.0);
    let county = boundaries.counties.iter().find(|county| county.polygons.iter().any(is_zero))?;
    Some(BoundaryError::StrayPart { geoid: county.geoid.clone() })
}

/// Finds the first county that detailed boundaries have in another place than those of the map, or in another size.
///
/// Simplification moves lines and drops islets; a county of another GEOID, exchanged axes or another scale differ more.
pub(super) fn misplaced(locator: &Locator, boundaries: &Boundaries) -> Option<Geoid> {
    let differs = |area: &Area| {
        let Some(county) = boundaries.county(&area.geoid) else { return false };
        let (one, other) = (area.shape.bounds(), Bounds::around(county.polygons.exterior_coords_iter()));
        let ratio = area.square_degrees / county.square_degrees();
        let smaller = one.square_degrees().min(other.square_degrees());
        !(0.25..=4.0).contains(&ratio) || one.shared(other).square_degrees() < 0.5 * smaller
    };
    locator.areas().find(|area| differs(area)).map(|area| area.geoid.clone())
}

/// Refuses counties of a state that lie there only once their axes are exchanged or their sign is put back; of others
/// remarks where they lie.
fn unplaced(boundaries: &Boundaries, found: [f64; 4]) -> BoundaryError {
    let statefp = &boundaries.statefp;
    let state = states().and_then(|states| states.bbox_of_state(statefp));
    // Files of one's own may be coarse.
    let around = state.map(|[west, south, east, north]| [west - 1.0, south - 1.0, east + 1.0, north + 1.0]);
    let fits = |[west, south, east, north]: [f64; 4]| {
        around.is_some_and(|[w, s, e, n]| w <= west && s <= south && east <= e && north <= n)
    };
    let [west, south, east, north] = found;
    if fits(found) {
        return BoundaryError::NoPlace { found, clockwise: false };
    }
    let exchanged = fits([south, west, north, east]);
    if exchanged || fits([-east, south, -west, north]) {
        return BoundaryError::OutsideState { statefp: statefp.clone(), found, exchanged };
    }
    // Outer rings run counterclockwise (RFC 7946, section 3.1.6), and exchanged axes turn them around.
    let mut outer = boundaries.counties.iter().flat_map(|county| &county.polygons).map(Polygon::exterior);
    BoundaryError::NoPlace { found, clockwise: outer.all(Winding::is_cw) }
}

/// Where the states and territories lie, which no vintage changes. Others may use their digits for places of their own.
fn states() -> Option<&'static CountyIndex> {
    static STATES: OnceLock<Option<CountyIndex>> = OnceLock::new();
    STATES.get_or_init(|| CountyIndex::parse(include_str!("../../geodata/2016/index.json")).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};

    use super::*;
    use crate::boundaries::County;

    const INDEX: &str = r#"{"vintage":2016,"jurisdictions":{"CT":{"statefp":"09",
        "counties":{"09001":"Fairfield","09003":"Hartford"},"bbox":[-73.7,41.0,-72.0,42.0]}}}"#;

    fn boundaries(counties: &[(&str, &str, [f64; 4])]) -> Boundaries {
        let county = |(geoid, name, [west, south, east, north]): &(&str, &str, [f64; 4])| County {
            geoid: Geoid::new(geoid).unwrap(),
            name: (*name).to_owned(),
            kind: "County".into(),
            polygons: MultiPolygon::new(vec![Rect::new((*west, *south), (*east, *north)).to_polygon()]),
        };
        let counties = counties.iter().map(county).collect();
        Boundaries { jurisdiction: "CT".into(), statefp: "09".into(), vintage: 2016, counties }
    }

    fn found(counties: &[(&str, &str, [f64; 4])], index: &str) -> Vec<String> {
        let index = CountyIndex::parse(index).unwrap();
        let found = compare(&boundaries(counties), None, &index);
        found.iter().map(|error| format!("{}: {error}", error.code())).collect()
    }

    const WEST: [f64; 4] = [-73.7, 41.0, -73.0, 42.0];
    const EAST: [f64; 4] = [-73.0, 41.0, -72.0, 42.0];

    #[test]
    fn boundaries_that_are_as_the_index_says_are_sound() {
        assert_eq!(found(&[("09001", "Fairfield", WEST), ("09003", "Hartford", EAST)], INDEX), Vec::<String>::new());
        // A name that is told by its kind is the index's.
        assert_eq!(found(&[("09001", "Fairfield (County)", WEST), ("09003", "Hartford", EAST)], INDEX).len(), 0);
    }

    #[test]
    fn each_difference_is_named() {
        let two = [("09001", "Fairfield", WEST), ("09003", "Hartford", EAST)];
        assert_eq!(
            found(&[("09001", "Fairfield", WEST), ("09005", "Hartford", EAST)], INDEX),
            ["boundaries::further-counties: the file has counties that are not in the index: 09005"]
        );
        assert_eq!(
            found(&[("09001", "Fairfield", WEST)], INDEX),
            [
                "boundaries::missing-counties: the file lacks counties that are in the index, so that no map shows them: 09003"
            ]
        );
        assert_eq!(
            found(&[("09001", "Hartford", WEST), ("09003", "Hartford", EAST)], INDEX),
            ["boundaries::other-name: county 09001 is called `Hartford`, and `Fairfield` in the index"]
        );
        assert_eq!(
            found(&two, &INDEX.replace("\"statefp\":\"09\"", "\"statefp\":\"10\"")),
            ["boundaries::other-statefp: the file holds the state 09, and the index says 10"]
        );
        assert_eq!(
            found(&two, &INDEX.replace("\"bbox\"", "\"sha256\":\"\",\"box\"")),
            ["boundaries::no-place: `index.json` has no `bbox` to check the place of the counties by: they lie from \
              longitude -73.70 to -72.00 and latitude 41.00 to 42.00"]
        );
        let index = CountyIndex::parse(INDEX).unwrap();
        let sound = boundaries(&[("09001", "Fairfield", WEST), ("09003", "Hartford", EAST)]);
        let digest = Digest::of(b"abc");
        assert_eq!(compare(&sound, Some(digest), &index), [BoundaryError::OtherDigest { found: digest.to_string() }]);
    }

    #[test]
    fn without_a_box_in_the_index_counties_of_a_state_lie_where_the_state_is() {
        let index = INDEX.replace("\"bbox\"", "\"box\"");
        let place = |west, east| found(&[("09001", "Fairfield", west), ("09003", "Hartford", east)], &index);
        assert_eq!(
            place([41.0, -73.7, 42.0, -73.0], [41.0, -73.0, 42.0, -72.0]),
            [
                "boundaries::outside-state: the counties lie from longitude 41.00 to 42.00 and latitude -73.70 to -72.00, \
              where state 09 has none"
            ]
        );
        assert_eq!(
            place([73.0, 41.0, 73.7, 42.0], [72.0, 41.0, 73.0, 42.0]),
            ["boundaries::outside-state: the counties lie from longitude 72.00 to 73.70 and latitude 41.00 to 42.00, \
              where state 09 has none"]
        );
        // Countries of one's own, wherever they lie: in the Gulf of Guinea, in China, in Chile.
        for [west, south] in [[0.0, 0.0], [110.0, 30.0], [-72.0, -40.0]] {
            let found = place([west, south, west + 1.0, south + 1.0], [west + 1.0, south, west + 2.0, south + 1.0]);
            assert!(found.len() == 1 && found[0].starts_with("boundaries::no-place: "), "{found:?}");
        }
    }

    #[test]
    fn the_places_of_all_states_are_known() {
        let states = states().unwrap();
        assert_eq!(states.bbox_of_state("09"), Some([-73.72777, 40.98014, -71.78699, 42.05059]));
        assert_eq!(states.bbox_of_state("99"), None);
        let statefp = |code| states.described(code).and_then(|state| state.statefp.as_deref());
        assert_eq!(
            states.jurisdictions().filter_map(statefp).filter_map(|fips| states.bbox_of_state(fips)).count(),
            56
        );
    }

    #[test]
    fn exchanged_axes_lost_signs_and_stray_parts_lie_elsewhere() {
        let elsewhere = |west, east| found(&[("09001", "Fairfield", west), ("09003", "Hartford", east)], INDEX);
        let swapped = elsewhere([41.0, -73.7, 42.0, -73.0], [41.0, -73.0, 42.0, -72.0]);
        let mirrored = elsewhere([73.0, 41.0, 73.7, 42.0], [72.0, 41.0, 73.0, 42.0]);
        let stray = elsewhere(WEST, [-73.0, 0.0, 0.0, 42.0]);
        for found in [swapped, mirrored, stray] {
            assert!(
                found.len() == 1 && found[0].starts_with("boundaries::other-place: the counties lie from longitude ")
            );
        }
    }

    #[test]
    fn a_window_may_reach_over_the_antimeridian() {
        assert!(meet([-180.0, 51.0, -129.0, 72.0], [172.0, 51.0, -129.0, 72.0]));
        assert!(meet([170.0, 51.0, 190.0, 72.0], [-175.0, 51.0, -129.0, 60.0]));
        assert!(!meet([-171.2, -14.6, -169.3, -14.0], [169.3, -14.6, 171.2, -14.0]));
        assert!(!meet([0.0, 0.0, 1.0, 1.0], [0.0, 2.0, 1.0, 3.0]));
    }
}
