//! Faults of a boundary file as findings, with what to do about them.

use crate::diag::{Finding, Place};

use super::diags::BoundaryError;
use super::fault::Fault;

/// How to leave a projection.
const REPROJECT: &str = "convert it to degrees: `ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.geojson`, or `mapshaper \
                         OLD.geojson -proj wgs84 -o NEW.geojson`";

const EXCHANGED: &str = "longitude and latitude are probably exchanged: longitude comes first";
const UNSIGNED: &str = "the longitudes have probably lost their sign: west of Greenwich they are negative";

impl Fault {
    /// Makes a finding of it, in a file by the name that the user knows.
    pub(super) fn finding(&self, file: String) -> Finding {
        let message = match self.more {
            0 => self.error.to_string(),
            1 => format!("{}; one more county has this fault", self.error),
            more => format!("{}; {more} more counties have this fault", self.error),
        };
        let make = if self.error.is_remark() { Finding::warning } else { Finding::error };
        let finding = make(self.error.code(), message).help(help(&self.error));
        match self.line {
            Some(line) => finding.at(Place::Record { file: file.into(), line, column: None }),
            None => finding.in_file(file),
        }
    }
}

/// Hints at what can be done about a fault.
fn help(error: &BoundaryError) -> Option<String> {
    composed(error).or_else(|| of_file(error).or_else(|| of_county(error)).map(str::to_owned))
}

/// Hints that name what was found.
fn composed(error: &BoundaryError) -> Option<String> {
    use BoundaryError as E;
    Some(match error {
        E::NotFeatureCollection { found } => collection(found.as_deref()),
        E::MissingGeoid { near: Some(near), .. } => format!("rename the property `{near}` to `GEOID`"),
        E::BadGeoid { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
        E::MissingName { near: Some(near), .. } => format!("rename the property `{near}` to `NAME`"),
        E::BadCoordinate { lon, lat, crs, .. } => off_globe(*lon, *lat, crs.as_deref()),
        E::OtherPlace { found, wanted } => elsewhere(*found, *wanted),
        E::OtherDigest { found } => format!(
            "if it was changed on purpose, write its digest into the index, or take `sha256` out of it: {found}"
        ),
        E::OutsideState { exchanged, .. } => {
            let guess = if *exchanged { EXCHANGED } else { UNSIGNED };
            format!("{guess}; if the file is right, write its `bbox` into `index.json`")
        }
        E::NoPlace { found, clockwise } => unplaced(*found, *clockwise),
        _ => return None,
    })
}

/// Hints at faults of the file, or of what the index says of it.
fn of_file(error: &BoundaryError) -> Option<&'static str> {
    use BoundaryError as E;
    Some(match error {
        E::TooLarge { .. } => "simplify the boundaries to the scale of the map",
        E::NotUtf8 { .. } => "save the file as UTF-8",
        E::ZeroByte => "the file is damaged or was cut off: export or fetch it again",
        E::MissingMember { member: "jurisdiction" } => {
            "write the jurisdiction's code, as the file's name has it, before `features`: \"jurisdiction\": \"CT\""
        }
        E::MissingMember { .. } => "write the two digits that open all GEOIDs before `features`: \"statefp\": \"09\"",
        E::MissingVintage => "write the year of the boundaries before `features`: \"vintage\": 2016",
        E::WrongVintage { .. } => "the spec's `vintage` must be the year of the boundaries in its folder",
        E::FurtherCounties { .. } | E::OtherName { .. } => {
            "file and `index.json` must be of one make: correct the one that is wrong"
        }
        E::MissingCounties { .. } => {
            "add them to the file, or take them out of the index if there are no such counties"
        }
        E::OtherStatefp { .. } => "correct the one that is wrong",
        E::OutsideWindow { .. } => {
            "a `window` is west, south, east, north in degrees; if it is right, the file has its axes exchanged or lost a sign"
        }
        E::BadDetail { .. } => {
            "make the file anew, or take it away: points are then located by the boundaries of the map"
        }
        E::OtherCrs { .. } => "GeoJSON is always in degrees (RFC 7946, section 4): take the member `crs` away",
        _ => return None,
    })
}

/// Hints at faults of one county.
fn of_county(error: &BoundaryError) -> Option<&'static str> {
    use BoundaryError as E;
    Some(match error {
        E::MissingGeoid { .. } => "give each feature its five-digit code as the property `GEOID`",
        E::BadGeoid { .. } => "a GEOID is a text of five digits, and keeps its leading zero",
        E::DuplicateGeoid { .. } => {
            "make the parts of one county one feature of type `MultiPolygon`, or correct the GEOID"
        }
        E::MissingName { .. } => "give the county its name, which the map and its alternative text print",
        E::NotText { .. } => "put it between quotes",
        E::BadCharacter { .. } => "delete it",
        E::StrayPart { .. } => "take it away: its positions were probably missing where the file was made",
        E::NotPolygonal { found, .. } if found == "GeometryCollection" => {
            "write the polygons of the collection as one `MultiPolygon`"
        }
        E::NotPolygonal { .. } => "export the areas of the counties, not their centres or border lines",
        E::NullGeometry { .. } => {
            "give the county its polygons, or take its feature away, and its entry in `index.json`"
        }
        E::EmptyGeometry { .. } => "simplify the boundaries less, so that small counties keep their shape",
        E::UnclosedRing { .. } => "end each ring with its first position (RFC 7946, section 3.1.6)",
        E::Covered { .. } => "the two probably have the same shape by mistake",
        E::TooIntricate { .. } => {
            "repair and simplify it: `mapshaper OLD.geojson -clean -simplify 10% keep-shapes -o NEW.geojson`"
        }
        E::CrossedRing { .. } => "its loops are filled; repair it: `mapshaper OLD.geojson -clean -o NEW.geojson`",
        E::OverlappingParts { .. } => "they are joined; take away what is there twice",
        E::Enclave { .. } => "the inner one is drawn and gets its points; cut the hole to be rid of this warning",
        _ => return None,
    })
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
    if lat.abs() <= 90.0 {
        return format!(
            "{named}longitudes go from −180 to 180: what crosses the antimeridian is cut there (RFC 7946, section 3.1.9)"
        );
    }
    format!("{named}latitudes go from −90 to 90")
}

/// What to write where the index does not say where the counties lie.
fn unplaced(found: [f64; 4], clockwise: bool) -> String {
    let [west, south, east, north] = found;
    let doubt = if clockwise {
        "all outer rings run clockwise, so longitude and latitude are probably exchanged: longitude comes first; if they are not,"
    } else {
        "if that is right, and not an exchange of the axes,"
    };
    format!("{doubt} write \"bbox\": [{west}, {south}, {east}, {north}] into its entry")
}

/// Guesses why counties lie elsewhere than the index says.
fn elsewhere(found: [f64; 4], wanted: [f64; 4]) -> String {
    let [west, south, east, north] = found;
    // Counties may be missing as well: it is enough that what is there lies in the place.
    let [w, s, e, n] = [wanted[0] - 0.5, wanted[1] - 0.5, wanted[2] + 0.5, wanted[3] + 0.5];
    let fits = |[west, south, east, north]: [f64; 4]| w <= west && s <= south && east <= e && north <= n;
    let guess = if fits([south, west, north, east]) {
        EXCHANGED
    } else if fits([-east, south, -west, north]) {
        UNSIGNED
    } else if fits([west, -north, east, -south]) {
        "the latitudes have probably lost their sign: south of the equator they are negative"
    } else if wanted[0] > wanted[2] && found[0] <= found[2] {
        "the index says that they lie on both sides of the antimeridian, as its west is greater than its east"
    } else {
        "look for a part that lies far from the others, as at 0, 0, or for counties that are missing"
    };
    format!("{guess}; if the file is right, correct its `bbox` in `index.json`")
}
