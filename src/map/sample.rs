//! Small boundaries and styles for tests.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use geo::{MultiPolygon, Rect};

use super::layout::{Arrangement, arrange};
use super::project::Plane;
use super::raster::fill;
use super::text::Faces;
use super::{ClassStyle, IdRaster, MapStyle, red_ramp};
use crate::boundaries::{Boundaries, County, Geoid, parse};
use crate::report_spec::ClassId;

/// Makes counties that are boxes of west, south, east and north in degrees.
pub(super) fn boxes(counties: &[(&str, [f64; 4])]) -> Boundaries {
    let counties = counties.iter().map(|&(geoid, [west, south, east, north])| County {
        geoid: Geoid::new(geoid).unwrap(),
        name: format!("County {geoid}"),
        kind: "County".into(),
        polygons: MultiPolygon::new(vec![Rect::new((west, south), (east, north)).to_polygon()]),
    });
    Boundaries { jurisdiction: "XY".into(), statefp: "09".into(), vintage: 2016, counties: counties.collect() }
}

/// Four counties in a square of two by two.
pub(super) fn quarters() -> Boundaries {
    boxes(&[
        ("09001", [-73.0, 41.0, -72.5, 41.4]),
        ("09003", [-72.5, 41.0, -72.0, 41.4]),
        ("09005", [-73.0, 41.4, -72.5, 41.8]),
        ("09007", [-72.5, 41.4, -72.0, 41.8]),
    ])
}

/// Finds a font file to test with: the project's own.
pub(super) fn font() -> &'static [u8] {
    static FONT: OnceLock<Vec<u8>> = OnceLock::new();
    FONT.get_or_init(|| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/source-sans-3");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        let is_font = |path: &&std::path::PathBuf| path.extension().is_some_and(|ext| ext == "ttf" || ext == "otf");
        std::fs::read(files.iter().find(is_font).expect("the project ships a font")).unwrap()
    })
}

/// A style with three classes.
pub(super) fn style() -> MapStyle<'static> {
    let ramp = red_ramp(3);
    let labels = ["3–4 cases", "5–9 cases", "10 or more cases"];
    let classes = ramp.into_iter().zip(labels).map(|(rgb, label)| ClassStyle { rgb, label: label.into() });
    MapStyle::new(classes.collect(), "Fewer than 3 cases", "Cases by county", font())
}

/// Reads the shipped boundaries of a jurisdiction.
pub(super) fn real(code: &str) -> Boundaries {
    let path = format!("{}/geodata/2016/{code}.geojson", env!("CARGO_MANIFEST_DIR"));
    parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Shades three of each five counties, class after class.
pub(super) fn shades(boundaries: &Boundaries) -> BTreeMap<Geoid, ClassId> {
    let counties = boundaries.counties.iter().enumerate();
    let classes = counties.map(|(place, county)| (county.geoid.clone(), place % 5)).filter(|(_, class)| *class < 3);
    classes.map(|(geoid, class)| (geoid, ClassId::from(class))).collect()
}

/// A map as far as its county-id raster.
pub(super) struct Filled<'a> {
    pub faces: Faces<'a>,
    pub plane: Plane,
    pub arrangement: Arrangement,
    pub ids: IdRaster,
}

/// Fills the raster of some counties.
pub(super) fn filled<'a>(boundaries: &Boundaries, style: &MapStyle<'a>) -> Filled<'a> {
    let faces = Faces::read(style).unwrap();
    let plane = Plane::project(boundaries, style.window).unwrap();
    let arrangement = arrange(&plane, style, &faces).unwrap();
    let ids = fill(boundaries, &plane, &arrangement);
    Filled { faces, plane, arrangement, ids }
}
