//! Boundaries in full detail, by which points are located: those of the map are simplified to what can be seen on it.
//!
//! A file is TopoJSON (<https://github.com/topojson/topojson-specification>, version 1) with integer coordinates, packed
//! by gzip (RFC 1952), so that the detail of a nation takes 3.4 MB. Its members `vintage` and `jurisdiction` say what it
//! holds, and each geometry has its GEOID as `id`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use geo::Coord;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::locate::Area;
use super::shape::{Edges, Shape};
use super::{Geoid, Locator, MAX_BYTES};

/// Positions that the rings of a file may have together, with those of an arc counted for each ring that names it.
const MAX_POSITIONS: usize = 1 << 24;

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
    arcs: Steps,
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
    topology.locator()
}

/// The arcs of a file as steps in whole units, one arc after the other.
#[derive(Default)]
struct Steps {
    steps: Vec<[i64; 2]>,
    /// Where each arc ends.
    ends: Vec<usize>,
}

impl<'de> Deserialize<'de> for Steps {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(StepsVisitor)
    }
}

/// Reads all arcs into one list: most are short, and a list for each would cost more than its steps.
struct StepsVisitor;

impl<'de> Visitor<'de> for StepsVisitor {
    type Value = Steps;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of arcs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut arcs: A) -> Result<Steps, A::Error> {
        let mut all = Steps::default();
        while arcs.next_element_seed(ArcSeed(&mut all.steps))?.is_some() {
            all.ends.push(all.steps.len());
        }
        Ok(all)
    }
}

/// Reads one arc to the end of a list.
struct ArcSeed<'a>(&'a mut Vec<[i64; 2]>);

impl<'de> DeserializeSeed<'de> for ArcSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ArcSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an arc of whole numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut steps: A) -> Result<(), A::Error> {
        while let Some(step) = steps.next_element()? {
            self.0.push(step);
        }
        Ok(())
    }
}

/// An arc among the edges of a file.
struct Arc {
    pieces: Range<usize>,
    ends: [Coord<f64>; 2],
    positions: usize,
    /// Twice the area between it and the first position of the file, in square degrees: what it adds to that of a ring.
    doubled: f64,
}

impl Topology {
    fn locator(&self) -> Result<Locator, String> {
        let (mut edges, arcs) = self.edges();
        let (mut counties, mut known, mut positions) = (Vec::new(), BTreeSet::new(), 0);
        for geometry in self.objects.values().flat_map(|object| &object.geometries) {
            let geoid = Geoid::new(&geometry.id).ok_or_else(|| format!("`{}` is no GEOID", geometry.id))?;
            let mut rings = Rings { arcs: &arcs, runs: Vec::new(), ends: Vec::new(), doubled: 0.0, positions };
            let told = |what: &str| format!("county {geoid} {what}");
            match &geometry.arcs {
                Parts::One(part) => rings.add(part).map_err(told)?,
                Parts::Several(parts) => parts.iter().try_for_each(|part| rings.add(part)).map_err(told)?,
            }
            positions = rings.positions;
            if rings.doubled == 0.0 {
                return Err(told("covers no area"));
            }
            if !known.insert(geoid.clone()) {
                return Err(format!("county {geoid} stands twice"));
            }
            counties.push((geoid, rings));
        }
        edges.shrink();
        let area = |(geoid, Rings { runs, ends, doubled, .. })| {
            let shape = Shape::new(&edges, runs, ends);
            Area { geoid, square_degrees: f64::abs(doubled) / 2.0, shape }
        };
        let mut counties: Vec<Area> = counties.into_iter().map(area).collect();
        counties.sort_by(|a, b| a.geoid.cmp(&b.geoid));
        Ok(Locator::of(edges, counties))
    }

    /// Turns all arcs into edges in degrees.
    fn edges(&self) -> (Edges, Vec<Arc>) {
        let (mut edges, mut arcs) = (Edges::default(), Vec::with_capacity(self.arcs.ends.len()));
        let origin = self.arcs.steps.first().map_or(Coord::zero(), |step| self.transform.degrees(*step));
        let (mut start, mut coords) = (0, Vec::new());
        for end in &self.arcs.ends {
            coords.clear();
            coords.extend(self.transform.decoded(&self.arcs.steps[start..*end]));
            let doubled = |ends: &[Coord<f64>]| {
                let (a, b) = (ends[0] - origin, ends[1] - origin);
                a.x * b.y - b.x * a.y
            };
            let (first, last) = (coords.first().copied(), coords.last().copied());
            arcs.push(Arc {
                pieces: edges.add(&coords),
                ends: [first.unwrap_or(origin), last.unwrap_or(origin)],
                positions: coords.len(),
                doubled: coords.windows(2).map(doubled).sum(),
            });
            start = *end;
        }
        (edges, arcs)
    }
}

impl Transform {
    fn degrees(&self, [x, y]: [i64; 2]) -> Coord<f64> {
        Coord { x: x as f64 * self.scale[0] + self.translate[0], y: y as f64 * self.scale[1] + self.translate[1] }
    }

    /// Adds up the steps of an arc and turns them into degrees.
    fn decoded(&self, arc: &[[i64; 2]]) -> impl Iterator<Item = Coord<f64>> {
        arc.iter().scan([0i64, 0], |at, [east, north]| {
            *at = [at[0].wrapping_add(*east), at[1].wrapping_add(*north)];
            Some(self.degrees(*at))
        })
    }
}

/// The rings of one county, as they are put together.
struct Rings<'a> {
    arcs: &'a [Arc],
    runs: Vec<Range<usize>>,
    /// Where each part ends among the runs.
    ends: Vec<usize>,
    doubled: f64,
    positions: usize,
}

impl Rings<'_> {
    /// Takes in the rings of one part, the outer one first.
    fn add(&mut self, part: &[Vec<i64>]) -> Result<(), &'static str> {
        let (mut area, mut known) = (0.0, BTreeSet::new());
        for (place, ring) in part.iter().enumerate() {
            // A hole that is cut twice would be none.
            if known.insert(ring) {
                let ring = self.ring(ring)?.abs();
                area += if place == 0 { ring } else { -ring };
            }
        }
        self.ends.push(self.runs.len());
        self.doubled += area;
        Ok(())
    }

    /// Takes in a ring, each of whose arcs begins where the one before it ends; returns twice its area.
    fn ring(&mut self, ring: &[i64]) -> Result<f64, &'static str> {
        let (mut doubled, mut open): (f64, Option<[Coord<f64>; 2]>) = (0.0, None);
        for place in ring {
            // An arc that runs backwards is named by the complement of its place.
            let is_backward = *place < 0;
            let place = usize::try_from(if is_backward { !*place } else { *place }).ok();
            let arc = place.and_then(|place| self.arcs.get(place)).ok_or("has an arc that is not there")?;
            self.positions += arc.positions;
            if self.positions > MAX_POSITIONS {
                return Err("has more positions than are accepted, with those of all counties before it");
            }
            let [start, end] = if is_backward { [arc.ends[1], arc.ends[0]] } else { arc.ends };
            if open.is_some_and(|[_, last]| last != start) {
                return Err("has a ring whose arcs do not meet");
            }
            open = Some([open.map_or(start, |[first, _]| first), end]);
            doubled += if is_backward { -arc.doubled } else { arc.doubled };
            self.runs.push(arc.pieces.clone());
        }
        if open.is_none_or(|[first, last]| first != last) {
            return Err("has a ring that does not end where it starts");
        }
        Ok(doubled)
    }
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
    fn a_ring_that_names_a_long_arc_again_and_again_is_refused() {
        let arc: Vec<&str> = ["[0,1],[0,-1]"; 10_000].to_vec();
        let long = TWO.replace("[[2,0],[0,2]]", &format!("[[2,0],{},[0,2]]", arc.join(",")));
        let again = vec!["0,-1"; 10_000].join(",");
        assert_eq!(
            refused(&long.replace("[[0,1]]", &format!("[[{again},0,1]]"))),
            "county 09001 has more positions than are accepted, with those of all counties before it"
        );
        assert!(locator(&packed(&long.replace("[[0,1]]", "[[0,-1,0,1]]")), "CT", 2016).is_ok());
    }

    #[test]
    fn what_parts_cover_twice_is_inside_and_a_hole_that_is_cut_twice_is_a_hole() {
        let at = |county: &str, lon, lat| {
            let text = TWO.replace(r#""Polygon","id":"09001","arcs":[[0,1]]"#, county);
            let text = text.replace("\"arcs\":[[[2,0]", "\"arcs\":[[[1,1],[0,1],[-1,0],[1,-1]],[[2,0]");
            let text = text.replace("[-1,2]", "[-2,3]");
            let locator = locator(&packed(&text), "CT", 2016).ok().unwrap();
            locator.locate(lon, lat).map(|geoid| geoid.as_str().to_owned())
        };
        // The first arc is a triangle in the middle of the western county.
        for parts in ["[[1,2]],[[1,2]]", "[[1,2]],[[0]]", "[[1,2]],[[-3,-2]]"] {
            let county = format!(r#""MultiPolygon","id":"09001","arcs":[{parts}]"#);
            assert_eq!(at(&county, -72.6, 41.8), Some("09001".into()), "{parts}");
            assert_eq!(at(&county, -72.3, 41.2), Some("09001".into()), "{parts}");
        }
        for rings in ["[1,2],[0]", "[1,2],[0],[0]"] {
            let county = format!(r#""Polygon","id":"09001","arcs":[{rings}]"#);
            assert_eq!(at(&county, -72.6, 41.8), None, "{rings}");
            assert_eq!(at(&county, -72.3, 41.2), Some("09001".into()), "{rings}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        assert_eq!(refused(&TWO.replace("\"CT\"", "\"NY\"")), "it holds `NY` of 2016, and `CT` of 2016 is wanted");
        assert_eq!(refused(&TWO.replace("2016", "2022")), "it holds `CT` of 2022, and `CT` of 2016 is wanted");
        assert_eq!(refused(&TWO.replace("[[0,1]]", "[[0,9]]")), "county 09001 has an arc that is not there");
        assert_eq!(refused(&TWO.replace("[-1,2]", "[-9,2]")), "county 09003 has an arc that is not there");
        assert_eq!(refused(&TWO.replace("[[0,1]]", "[[0,-2]]")), "county 09001 has a ring whose arcs do not meet");
        assert_eq!(
            refused(&TWO.replace("[[0,1]]", "[[0]]")),
            "county 09001 has a ring that does not end where it starts"
        );
        assert_eq!(
            refused(&TWO.replace("[[0,1]]", "[[]]")),
            "county 09001 has a ring that does not end where it starts"
        );
        assert_eq!(refused(&TWO.replace("[[0,1]]", "[[0,-1]]")), "county 09001 covers no area");
        assert_eq!(refused(&TWO.replace("[[0,1]]", "[]")), "county 09001 covers no area");
        assert_eq!(refused(&TWO.replace("09003", "09001")), "county 09001 stands twice");
        assert_eq!(refused(&TWO.replace("09003", "9003")), "`9003` is no GEOID");
        assert_eq!(refused(&TWO.replace("Topology", "Feature")), "it is a `Feature`, not a `Topology`");
        assert!(refused("{").starts_with("it is no TopoJSON ("));
        let cut = packed(TWO);
        assert!(locator(&cut[..cut.len() / 2], "CT", 2016).err().unwrap().starts_with("it cannot be unpacked ("));
        assert!(locator(b"no gzip", "CT", 2016).err().unwrap().starts_with("it cannot be unpacked ("));
    }
}
