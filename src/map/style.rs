//! How a map looks: sizes, colours, words and fonts, all given as data.

use std::collections::BTreeMap;

use super::MapError;
use crate::boundaries::{Boundaries, Geoid};
use crate::report_spec::{ClassId, TiVec};
use crate::unit::Pt;

/// A colour in sRGB: red, green, blue.
pub type Rgb = [u8; 3];

/// One class of the map, or what is below all classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassStyle {
    /// Colour of its counties.
    pub rgb: Rgb,
    /// What the legend says of it, such as `3–4 cases`.
    pub label: String,
}

/// Everything about a map that is not its counties.
#[derive(Clone, Debug)]
pub struct MapStyle<'a> {
    /// Width that map and legend have at most.
    pub max_width: Pt,
    /// Height that map and legend have at most.
    pub max_height: Pt,
    /// Pixels per inch at the placed size.
    pub ppi: u32,
    /// The part to show as west, south, east and north in degrees; all of it by default.
    pub window: Option<[f64; 4]>,
    /// The classes, from the fewest cases to the most.
    pub classes: TiVec<ClassId, ClassStyle>,
    /// Counties without a class.
    pub unshaded: ClassStyle,
    /// The paper under map and legend.
    pub paper: Rgb,
    /// Lines between counties.
    pub border: Rgb,
    /// Width of the lines between counties.
    pub border_width: Pt,
    /// The line around the jurisdiction.
    pub outline: Rgb,
    /// Width of that line; coasts with many islands get a thinner one.
    pub outline_width: Pt,
    /// Text on light ground, in the legend too.
    pub dark_text: Rgb,
    /// Text on dark ground.
    pub light_text: Rgb,
    /// Largest size of county names.
    pub label_size: Pt,
    /// Smallest size of county names; a name that does not fit at it is left out.
    pub min_label_size: Pt,
    /// Size of the legend's words.
    pub legend_size: Pt,
    /// Words over the legend.
    pub legend_title: String,
    /// TrueType or OpenType file for names and legend.
    pub font: &'a [u8],
    /// The same in bold, for the legend's title.
    pub bold_font: Option<&'a [u8]>,
}

impl<'a> MapStyle<'a> {
    /// Makes the house style for given classes: 300 ppi, 6.5 by 5.5 inches at most.
    pub fn new(classes: TiVec<ClassId, ClassStyle>, unshaded: &str, legend_title: &str, font: &'a [u8]) -> Self {
        Self {
            max_width: Pt(468.0),
            max_height: Pt(396.0),
            ppi: 300,
            window: None,
            classes,
            unshaded: ClassStyle { rgb: [245, 244, 241], label: unshaded.to_owned() },
            paper: [255, 255, 255],
            border: [128, 124, 122],
            border_width: Pt(0.4),
            outline: [45, 42, 41],
            outline_width: Pt(0.9),
            dark_text: [26, 26, 26],
            light_text: [255, 255, 255],
            label_size: Pt(8.5),
            min_label_size: Pt(6.5),
            legend_size: Pt(8.0),
            legend_title: legend_title.to_owned(),
            font,
            bold_font: None,
        }
    }

    /// Turns a length into pixels.
    pub(super) fn px(&self, length: Pt) -> f64 {
        length.0 * f64::from(self.ppi) / 72.0
    }

    /// Turns pixels into the length that they have when placed.
    pub(super) fn placed(&self, pixels: u32) -> Pt {
        Pt(f64::from(pixels) * 72.0 / f64::from(self.ppi))
    }

    /// Checks everything that drawing relies on.
    pub(super) fn check(&self, boundaries: &Boundaries, shades: &BTreeMap<Geoid, ClassId>) -> Result<(), MapError> {
        let lengths = [
            ("max_width", self.max_width),
            ("max_height", self.max_height),
            ("border_width", self.border_width),
            ("outline_width", self.outline_width),
            ("label_size", self.label_size),
            ("min_label_size", self.min_label_size),
            ("legend_size", self.legend_size),
        ];
        for (name, length) in lengths {
            // The raster keeps four samples a pixel in 16 bits.
            if !(length.0 > 0.0 && self.px(length) <= 16_000.0) {
                return Err(MapError::BadLength { name, points: length.0 });
            }
        }
        if !(36..=2400).contains(&self.ppi) {
            return Err(MapError::BadResolution { ppi: self.ppi });
        }
        if boundaries.counties.len() >= usize::from(u16::MAX) {
            return Err(MapError::TooManyCounties { counties: boundaries.counties.len() });
        }
        for (geoid, &class) in shades {
            if boundaries.county(geoid).is_none() {
                return Err(MapError::UnknownCounty { geoid: geoid.clone() });
            }
            if self.classes.get(class).is_none() {
                return Err(MapError::UnknownClass { geoid: geoid.clone(), class, classes: self.classes.len() });
            }
        }
        Ok(())
    }

    /// Looks up the colour of each county, in the order of the boundaries.
    pub(super) fn fills(&self, boundaries: &Boundaries, shades: &BTreeMap<Geoid, ClassId>) -> Vec<Rgb> {
        let class = |geoid| shades.get(geoid).and_then(|&class| self.classes.get(class)).unwrap_or(&self.unshaded);
        boundaries.counties.iter().map(|county| class(&county.geoid).rgb).collect()
    }
}
