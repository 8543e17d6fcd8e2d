//! A map between its layout and its drawing: what picture and plates have in common.

use std::collections::BTreeMap;

use super::layout::{Arrangement, Ground, Label, arrange, labels};
use super::project::{Borders, Plane, borders};
use super::raster::{Letters, Sheet, fill};
use super::text::Faces;
use super::{IdRaster, MapError, MapStyle, Rgb};
use crate::boundaries::{Boundaries, Geoid};
use crate::report_spec::ClassId;

/// A map whose parts have their places, before anything is drawn.
pub(super) struct Prepared<'f> {
    pub faces: Faces<'f>,
    pub arrangement: Arrangement,
    pub ids: IdRaster,
    /// Colour of each county, in the order of the boundaries.
    pub fills: Vec<Rgb>,
    pub borders: Borders,
    pub labels: Vec<Label>,
}

impl<'f> Prepared<'f> {
    pub(super) fn new(
        boundaries: &Boundaries,
        shades: &BTreeMap<Geoid, ClassId>,
        style: &MapStyle<'f>,
    ) -> Result<Self, MapError> {
        style.check(boundaries, shades)?;
        let faces = Faces::read(style)?;
        let plane = Plane::project(boundaries, style.window)?;
        let arrangement = arrange(&plane, style, &faces)?;
        let ids = fill(boundaries, &plane, &arrangement);
        let fills = style.fills(boundaries, shades);
        let borders = borders(&plane, &arrangement.frame);
        let ground = Ground { boundaries, plane: &plane, arrangement: &arrangement, ids: &ids, fills: &fills, shades };
        let labels = labels(&ground, style, &faces.plain);
        Ok(Self { faces, arrangement, ids, fills, borders, labels })
    }

    /// Sets the words of the map in its fonts, which must have all their characters.
    pub(super) fn letters(&self, boundaries: &Boundaries, style: &MapStyle<'_>) -> Result<Letters, MapError> {
        self.faces.check(boundaries, style)?;
        Ok(Letters::set(&self.arrangement, &self.labels, style, &self.faces))
    }

    /// Returns the counties whose name stands on the map.
    pub(super) fn labelled(&self, boundaries: &Boundaries) -> Vec<Geoid> {
        self.labels.iter().map(|label| boundaries.counties[label.county].geoid.clone()).collect()
    }

    /// Prepares to draw the picture with its words.
    pub(super) fn sheet<'a>(&'a self, letters: &'a Letters, style: &MapStyle<'_>) -> Sheet<'a> {
        Sheet::new(&self.ids, &self.fills, &self.borders, self.arrangement.limits(), letters, style)
    }
}
