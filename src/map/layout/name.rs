//! Names of counties, placed, and what they are written on.

use std::collections::BTreeMap;

use super::arrange::Arrangement;
use crate::boundaries::{Boundaries, Geoid};
use crate::map::Rgb;
use crate::map::id_raster::IdRaster;
use crate::map::project::Plane;
use crate::map::text::Face;
use crate::report_spec::ClassId;

/// Depth of letters below the baseline, in ems.
pub(super) const DEPTH: f64 = 0.22;

/// What the names are written on.
pub(in crate::map) struct Ground<'a> {
    pub boundaries: &'a Boundaries,
    pub plane: &'a Plane,
    pub arrangement: &'a Arrangement,
    pub ids: &'a IdRaster,
    /// Colour of each county, in the order of the boundaries.
    pub fills: &'a [Rgb],
    pub shades: &'a BTreeMap<Geoid, ClassId>,
}

/// A county's name, placed.
#[derive(Clone, Debug)]
pub(in crate::map) struct Label {
    /// Place of the county in the boundaries.
    pub county: usize,
    /// Its name, in one line or two.
    pub lines: Vec<LabelLine>,
    /// Size of the text in pixels.
    pub em: f64,
    pub rgb: Rgb,
}

/// One line of a name.
#[derive(Clone, Debug)]
pub(in crate::map) struct LabelLine {
    pub text: String,
    /// Pen position in pixels.
    pub x: f64,
    pub baseline: f64,
}

impl Label {
    /// Returns the box around the letters in pixels: left, top, right, bottom.
    pub(crate) fn bounds(&self, face: &Face<'_>) -> [f64; 4] {
        let boxes = self.lines.iter().map(|line| {
            let right = line.x + face.width(&line.text) * self.em;
            [line.x, line.baseline - face.cap_height() * self.em, right, line.baseline + DEPTH * self.em]
        });
        let join = |a: [f64; 4], b: [f64; 4]| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])];
        boxes.reduce(join).unwrap_or_default()
    }
}
