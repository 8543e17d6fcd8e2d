//! The counties of each state: how often cases are in them, and points inside them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use platen::boundaries::{Boundaries, County, Geoid, Locator, parse};

use crate::diags::Error;
use crate::draw::{Draw, Stream};
use crate::locations::Degrees;

/// The weight of the first county of a state.
const FIRST: u64 = 1_000_000;

/// Tries until a point is given up: a county fills more than a hundredth of the box around its largest part.
const TRIES: usize = 1_000;

/// The counties of all states with cases.
pub(super) struct Counties(BTreeMap<String, State>);

/// The counties of one state.
pub(super) struct State {
    areas: Vec<Area>,
    weights: Vec<u64>,
    locator: Locator,
}

/// One county and the box around its largest part: west, south, east, north.
pub(super) struct Area {
    /// Its key.
    pub geoid: Geoid,
    bounds: [f64; 4],
}

impl Counties {
    /// Reads the boundaries of the jurisdictions `codes` and weighs their counties, the `centres` most.
    ///
    /// # Errors
    /// When a file cannot be read or is no set of boundaries.
    pub(super) fn read<'a>(
        folder: &Path,
        codes: impl Iterator<Item = &'a str>,
        centres: &[String],
        seed: u64,
    ) -> Result<Self, Error> {
        let mut draw = Draw::new(seed, Stream::Counties);
        let states = codes.map(|code| {
            let path = folder.join(format!("{code}.geojson"));
            let text = fs::read_to_string(&path).map_err(|cause| Error::Read(path.clone(), cause))?;
            let boundaries = parse(&text).map_err(|cause| Error::Boundaries(path, cause))?;
            Ok((code.to_owned(), State::new(&boundaries, centres, &mut draw)))
        });
        states.collect::<Result<_, _>>().map(Self)
    }

    /// Finds the counties of a state; none where its boundaries were not read.
    pub(super) fn of(&self, state: &str) -> Option<&State> {
        self.0.get(state)
    }
}

impl State {
    fn new(boundaries: &Boundaries, centres: &[String], draw: &mut Draw) -> Self {
        let mut areas: Vec<Area> = boundaries.counties.iter().map(Area::new).collect();
        draw.shuffle(&mut areas);
        let rank = |area: &Area| centres.iter().position(|centre| centre == area.geoid.as_str());
        // A stable sort: all but the centres keep their random order.
        areas.sort_by_key(|area| rank(area).unwrap_or(centres.len()));
        let weights = (1..).map(|rank| FIRST / rank).take(areas.len()).collect();
        Self { areas, weights, locator: Locator::new(boundaries) }
    }

    /// Draws a county.
    pub(super) fn county(&self, draw: &mut Draw) -> &Area {
        &self.areas[draw.weighted(&self.weights)]
    }

    /// Draws a point inside a county; nothing when none was met.
    pub(super) fn point(&self, area: &Area, draw: &mut Draw) -> Option<(Degrees, Degrees)> {
        let [west, south, east, north] = area.bounds;
        let mut points = (0..TRIES).map(|_| (Degrees::between(west, east, draw), Degrees::between(south, north, draw)));
        points.find(|(longitude, latitude)| {
            self.locator.locate(longitude.as_f64(), latitude.as_f64()) == Some(&area.geoid)
        })
    }
}

impl Area {
    fn new(county: &County) -> Self {
        // The box around all parts of a county may span the globe: the Aleutians lie on both sides of 180°.
        let boxes = county.polygons.iter().map(|part| {
            let world = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
            part.exterior().0.iter().fold(world, |[west, south, east, north], corner| {
                [west.min(corner.x), south.min(corner.y), east.max(corner.x), north.max(corner.y)]
            })
        });
        let size = |[west, south, east, north]: &[f64; 4]| (east - west) * (north - south);
        let bounds = boxes.max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or_default();
        Self { geoid: county.geoid.clone(), bounds }
    }
}
