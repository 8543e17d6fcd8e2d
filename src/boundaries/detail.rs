//! Boundaries in full detail, by which points are located: those of the map are simplified to what can be seen on it.
//!
//! A file is TopoJSON (<https://github.com/topojson/topojson-specification>, version 1) with integer coordinates, packed
//! by gzip (RFC 1952), so that the detail of a nation takes 3.4 MB. Its members `vintage` and `jurisdiction` say what it
//! holds, and each geometry has its GEOID as `id`.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use geo::orient::Direction;
use geo::{Coord, LineString, MultiPolygon, Orient, Polygon};
use serde::Deserialize;

use super::{Geoid, Locator, MAX_BYTES};

/// Returns where the detailed boundaries of a jurisdiction are, in a folder of boundaries.
pub fn detail_file(folder: &Path, code: &str) -> PathBuf {
    folder.join(format!("{code}.topojson.gz"))
}

#[derive(Deserialize)]
struct Topology {
    r#type: String,
    vintage: u16,
    jurisdiction: String,
    transform: Transform,
    objects: BTreeMap<String, Object>,
    arcs: Vec<Vec<[i64; 2]>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    id: String,
    arcs: Parts,
}

/// Rings of a polygon or of several, each a list of arcs; an arc that runs backwards is the complement of its place.
#[derive(Deserialize)]
#[serde(untagged)]
enum Parts {
    One(Vec<Vec<i64>>),
    Several(Vec<Vec<Vec<i64>>>),
}

/// Reads the counties of one jurisdiction and prepares them for locating.
///
/// # Errors
/// Says in words what is wrong with the file.
pub(super) fn locator(packed: &[u8], code: &str, vintage: u16) -> Result<Locator, String> {
    let mut text = Vec::new();
    let unpacked = GzDecoder::new(packed).take(MAX_BYTES as u64 + 1).read_to_end(&mut text);
    unpacked.map_err(|error| format!("it cannot be unpacked ({error})"))?;
    if text.len() > MAX_BYTES {
        return Err(format!("it has more than the {MAX_BYTES} bytes accepted"));
    }
    let topology: Topology = serde_json::from_slice(&text).map_err(|error| format!("it is no TopoJSON ({error})"))?;
    if topology.r#type != "Topology" {
        return Err(format!("it is a `{}`, not a `Topology`", topology.r#type));
    }
    if (topology.jurisdiction.as_str(), topology.vintage) != (code, vintage) {
        return Err(format!(
            "it holds `{}` of {}, and `{code}` of {vintage} is wanted",
            topology.jurisdiction, topology.vintage
        ));
    }
    let counties = topology.counties()?;
    Ok(Locator::of(counties.iter().map(|(geoid, polygons)| (geoid.clone(), polygons))))
}

impl Topology {
    fn counties(&self) -> Result<BTreeMap<Geoid, MultiPolygon<f64>>, String> {
        let arcs: Vec<Vec<Coord<f64>>> = self.arcs.iter().map(|arc| self.transform.decoded(arc)).collect();
        let mut counties = BTreeMap::new();
        for geometry in self.objects.values().flat_map(|object| &object.geometries) {
            let geoid = Geoid::new(&geometry.id).ok_or_else(|| format!("`{}` is no GEOID", geometry.id))?;
            let parts = match &geometry.arcs {
                Parts::One(rings) => vec![polygon(&arcs, rings)],
                Parts::Several(parts) => parts.iter().map(|rings| polygon(&arcs, rings)).collect(),
            };
            let parts = parts.into_iter().collect::<Option<Vec<_>>>();
            let parts = parts.ok_or_else(|| format!("county {geoid} has an arc that is not there"))?;
            let polygons = MultiPolygon::new(parts).orient(Direction::Default);
            if counties.insert(geoid, polygons).is_some() {
                return Err(format!("county {} stands twice", geometry.id));
            }
        }
        Ok(counties)
    }
}

impl Transform {
    /// Adds up the steps of an arc and turns them into degrees.
    fn decoded(&self, arc: &[[i64; 2]]) -> Vec<Coord<f64>> {
        let (mut x, mut y) = (0i64, 0i64);
        let steps = arc.iter().map(|[east, north]| {
            (x, y) = (x.wrapping_add(*east), y.wrapping_add(*north));
            Coord { x: x as f64 * self.scale[0] + self.translate[0], y: y as f64 * self.scale[1] + self.translate[1] }
        });
        steps.collect()
    }
}

fn polygon(arcs: &[Vec<Coord<f64>>], rings: &[Vec<i64>]) -> Option<Polygon<f64>> {
    let mut rings = rings.iter().map(|ring| joined(arcs, ring));
    let outer = rings.next()??;
    Some(Polygon::new(outer, rings.collect::<Option<Vec<_>>>()?))
}

/// Joins the arcs of a ring; each begins where the one before it ends.
fn joined(arcs: &[Vec<Coord<f64>>], ring: &[i64]) -> Option<LineString<f64>> {
    let mut coords: Vec<Coord<f64>> = Vec::new();
    for place in ring {
        let is_backward = *place < 0;
        let arc = arcs.get(usize::try_from(if is_backward { !*place } else { *place }).ok()?)?;
        coords.pop();
        match is_backward {
            true => coords.extend(arc.iter().rev()),
            false => coords.extend(arc),
        }
    }
    Some(LineString::new(coords))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    }

    /// Two counties side by side that share an arc.
    const TWO: &str = r#"{"type":"Topology","vintage":2016,"jurisdiction":"CT",
        "transform":{"scale":[0.5,0.5],"translate":[-73,41]},
        "objects":{"counties":{"type":"GeometryCollection","geometries":[
            {"type":"Polygon","id":"09001","arcs":[[0,1]]},
            {"type":"MultiPolygon","id":"09003","arcs":[[[-1,2]]]}]}},
        "arcs":[[[2,0],[0,2]],[[2,2],[-2,0],[0,-2],[2,0]],[[2,0],[2,0],[0,2],[-2,0]]]}"#;

    fn refused(text: &str) -> String {
        locator(&packed(text), "CT", 2016).err().unwrap()
    }

    #[test]
    fn arcs_that_two_counties_share_make_their_rings() {
        let locator = locator(&packed(TWO), "CT", 2016).ok().unwrap();
        let at = |lon, lat| locator.locate(lon, lat).map(Geoid::as_str);
        assert_eq!((at(-72.5, 41.5), at(-71.5, 41.5), at(-70.5, 41.5)), (Some("09001"), Some("09003"), None));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        assert_eq!(refused(&TWO.replace("\"CT\"", "\"NY\"")), "it holds `NY` of 2016, and `CT` of 2016 is wanted");
        assert_eq!(refused(&TWO.replace("2016", "2022")), "it holds `CT` of 2022, and `CT` of 2016 is wanted");
        assert_eq!(refused(&TWO.replace("[[0,1]]", "[[0,9]]")), "county 09001 has an arc that is not there");
        assert_eq!(refused(&TWO.replace("[-1,2]", "[-9,2]")), "county 09003 has an arc that is not there");
        assert_eq!(refused(&TWO.replace("09003", "09001")), "county 09001 stands twice");
        assert_eq!(refused(&TWO.replace("09003", "9003")), "`9003` is no GEOID");
        assert_eq!(refused(&TWO.replace("Topology", "Feature")), "it is a `Feature`, not a `Topology`");
        assert!(refused("{").starts_with("it is no TopoJSON ("));
        let cut = packed(TWO);
        assert!(locator(&cut[..cut.len() / 2], "CT", 2016).err().unwrap().starts_with("it cannot be unpacked ("));
        assert!(locator(b"no gzip", "CT", 2016).err().unwrap().starts_with("it cannot be unpacked ("));
    }
}
