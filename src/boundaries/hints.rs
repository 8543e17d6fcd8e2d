//! What to do about the faults of a boundary file.

use super::BoundaryError;

/// How to leave a projection.
const REPROJECT: &str = "convert it to degrees: `ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.geojson`, or `mapshaper \
                         OLD.geojson -proj wgs84 -o NEW.geojson`";

/// Hints at what can be done about a fault.
pub(super) fn help(error: &BoundaryError) -> Option<String> {
    use BoundaryError as E;
    let hint: &str = match error {
        E::TooLarge { .. } => "simplify the boundaries to the scale of the map",
        E::NotUtf8 { .. } => "save the file as UTF-8",
        E::ZeroByte => "the file is damaged or was cut off: export or fetch it again",
        E::NotFeatureCollection { found } => return Some(collection(found.as_deref())),
        E::MissingMember { member: "jurisdiction" } => {
            "write the jurisdiction's code, as the file's name has it, before `features`: \"jurisdiction\": \"CT\""
        }
        E::MissingMember { .. } => "write the two digits that open all GEOIDs before `features`: \"statefp\": \"09\"",
        E::MissingVintage => "write the year of the boundaries before `features`: \"vintage\": 2016",
        E::WrongVintage { .. } => "the spec's `vintage` must be the year of the boundaries in its folder",
        E::MissingGeoid { near: Some(near), .. } => return Some(format!("rename the property `{near}` to `GEOID`")),
        E::MissingGeoid { .. } => "give each feature its five-digit code as the property `GEOID`",
        E::BadGeoid { meant: Some(meant), .. } => return Some(format!("did you mean `{meant}`?")),
        E::BadGeoid { .. } => "a GEOID is a text of five digits, and keeps its leading zero",
        E::DuplicateGeoid { .. } => {
            "make the parts of one county one feature of type `MultiPolygon`, or correct the GEOID"
        }
        E::MissingName { near: Some(near), .. } => return Some(format!("rename the property `{near}` to `NAME`")),
        E::MissingName { .. } => "give the county its name, which the map and its alternative text print",
        E::NotText { .. } => "put it between quotes",
        E::NotPolygonal { found, .. } if found == "GeometryCollection" => {
            "write the polygons of the collection as one `MultiPolygon`"
        }
        E::NotPolygonal { .. } => "export the areas of the counties, not their centres or border lines",
        E::NullGeometry { .. } => {
            "give the county its polygons, or take its feature away, and its entry in `index.json`"
        }
        E::EmptyGeometry { .. } => "simplify the boundaries less, so that small counties keep their shape",
        E::UnclosedRing { .. } => "end each ring with its first position (RFC 7946, section 3.1.6)",
        E::BadCoordinate { lon, lat, crs, .. } => return Some(off_globe(*lon, *lat, crs.as_deref())),
        E::FurtherCounties { .. } | E::OtherName { .. } => {
            "file and `index.json` must be of one make: correct the one that is wrong"
        }
        E::MissingCounties { .. } => {
            "add them to the file, or take them out of the index if there are no such counties"
        }
        E::OtherStatefp { .. } => "correct the one that is wrong",
        E::OtherPlace { found, wanted } => return Some(elsewhere(*found, *wanted)),
        E::OutsideWindow { .. } => {
            "a `window` is west, south, east, north in degrees; if it is right, the file has its axes exchanged or lost a sign"
        }
        E::Covered { .. } => "the two probably have the same shape by mistake",
        E::BadDetail { .. } => {
            "make the file anew, or take it away: points are then located by the boundaries of the map"
        }
        E::OtherDigest { found } => {
            return Some(format!(
                "if it was changed on purpose, write its digest into the index, or take `sha256` out of it: {found}"
            ));
        }
        E::NoPlace { found: [west, south, east, north] } => {
            return Some(format!(
                "if that is right, and not an exchange of the axes, write \"bbox\": [{west}, {south}, {east}, {north}] \
                 into its entry"
            ));
        }
        E::OtherCrs { .. } => "GeoJSON is always in degrees (RFC 7946, section 4): take the member `crs` away",
        E::CrossedRing { .. } => "its loops are filled; repair it: `mapshaper OLD.geojson -clean -o NEW.geojson`",
        E::OverlappingParts { .. } => "they are joined; take away what is there twice",
        E::Enclave { .. } => "the inner one is drawn and gets its points; cut the hole to be rid of this warning",
        E::NotGeoJson { .. }
        | E::OtherJurisdiction { .. }
        | E::NoCounties
        | E::OtherState { .. }
        | E::ShortRing { .. }
        | E::ShortPosition { .. } => return None,
    };
    Some(hint.to_owned())
}

fn collection(found: Option<&str>) -> String {
    match found {
        Some("Topology") => "convert it: `mapshaper OLD.json -o NEW.geojson format=geojson`, and write `vintage`, \
                             `jurisdiction` and `statefp` before `features`"
            .to_owned(),
        _ => "write {\"type\": \"FeatureCollection\", \"vintage\": …, \"jurisdiction\": …, \"statefp\": …, \"features\": \
              […]}, with one feature for each county"
            .to_owned(),
    }
}

fn off_globe(lon: f64, lat: f64, crs: Option<&str>) -> String {
    let named = crs.map_or_else(String::new, |crs| format!("the file says `{crs}`; "));
    if lon.abs() <= 90.0 && lat.abs() <= 180.0 {
        return format!("{named}longitude comes first and latitude second: the two are probably exchanged");
    }
    if lon.abs() > 360.0 || lat.abs() > 360.0 {
        return format!("{named}the numbers are no degrees, but probably metres of a projection; {REPROJECT}");
    }
    format!("{named}longitudes go from −180 to 180, latitudes from −90 to 90")
}

/// Guesses why counties lie elsewhere than the index says.
fn elsewhere(found: [f64; 4], wanted: [f64; 4]) -> String {
    let [west, south, east, north] = found;
    // Counties may be missing as well: it is enough that what is there lies in the place.
    let [w, s, e, n] = [wanted[0] - 0.5, wanted[1] - 0.5, wanted[2] + 0.5, wanted[3] + 0.5];
    let fits = |[west, south, east, north]: [f64; 4]| w <= west && s <= south && east <= e && north <= n;
    let guess = if fits([south, west, north, east]) {
        "longitude and latitude are probably exchanged: longitude comes first"
    } else if fits([-east, south, -west, north]) {
        "the longitudes have probably lost their sign: west of Greenwich they are negative"
    } else if fits([west, -north, east, -south]) {
        "the latitudes have probably lost their sign: south of the equator they are negative"
    } else {
        "look for a part that lies far from the others, as at 0, 0, or for counties that are missing"
    };
    format!("{guess}; if the file is right, correct its `bbox` in `index.json`")
}
