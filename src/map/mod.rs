//! The map: counties shaded by class, as a picture ready to be placed.
//!
//! Takes checked boundaries and, for each shaded county, the index of its class; gives a [`Picture`] with its
//! [`IdRaster`]. It sees classes, never counts. The steps, in order: project the counties to a plane; arrange map
//! and legend; fill a county-id raster at four times the size, without anti-aliasing; colour it by lookup and
//! average it down, so that no background shines through along shared edges; stroke the borders; write legend and
//! names; encode. From the colours on, a picture is made and packed band by band. Sines and logarithms come from
//! `libm`, so the same input gives the same bytes everywhere.

mod contrast;
mod diags;
mod font_file;
mod id_raster;
mod layout;
mod plates;
mod prepared;
mod project;
mod ramp;
mod raster;
mod style;
mod text;

#[cfg(test)]
mod sample;

use std::collections::BTreeMap;

pub use contrast::{contrast_ratio, lightness};
pub use diags::MapError;
pub use font_file::read_font;
pub use id_raster::IdRaster;
pub use plates::{Inks, Plates, Shape, Strokes};
pub use project::Projection;
pub use ramp::red_ramp;
pub use style::{ClassStyle, MapStyle, Rgb};
pub use text::Step;

use layout::arrange;
use prepared::Prepared;
use project::Plane;
use text::Faces;

use crate::boundaries::{Boundaries, Geoid};
use crate::report_spec::ClassId;
use crate::unit::Pt;

/// A finished map.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels.
    pub height_px: u32,
    /// Width when placed at the resolution of its style.
    pub width: Pt,
    /// Height when placed at the resolution of its style.
    pub height: Pt,
    /// The picture as PNG, 8-bit RGB, with its resolution.
    pub png: Vec<u8>,
    /// Which county each pixel shows.
    pub ids: IdRaster,
    /// The counties whose name stands in the picture.
    pub labelled: Vec<Geoid>,
}

/// A map before it is encoded.
#[cfg(test)]
struct Painting {
    width_px: u32,
    height_px: u32,
    /// Three bytes a pixel (red, green, blue), row by row from the top.
    rgb: Vec<u8>,
    ids: IdRaster,
}

/// Draws the map of a jurisdiction.
///
/// `shades` gives the place of a county's class in `style.classes`; a county without one is drawn unshaded.
///
/// # Errors
/// Refuses a shade for an unknown county or class, a style that cannot be drawn, and a window without counties.
pub fn draw(
    boundaries: &Boundaries,
    shades: &BTreeMap<Geoid, ClassId>,
    style: &MapStyle<'_>,
) -> Result<Picture, MapError> {
    let map = Prepared::new(boundaries, shades, style)?;
    let letters = map.letters(boundaries, style)?;
    let png = raster::png(&map.sheet(&letters, style), style.ppi)?;
    let (width_px, height_px) = (map.arrangement.width, map.arrangement.height);
    let (width, height, labelled) = (style.placed(width_px), style.placed(height_px), map.labelled(boundaries));
    Ok(Picture { width_px, height_px, width, height, png, ids: map.ids, labelled })
}

/// Arranges the map of a jurisdiction without drawing it; returns width and height when placed.
///
/// # Errors
/// As [`draw`].
pub fn size(
    boundaries: &Boundaries,
    shades: &BTreeMap<Geoid, ClassId>,
    style: &MapStyle<'_>,
) -> Result<(Pt, Pt), MapError> {
    style.check(boundaries, shades)?;
    let faces = Faces::read(style)?;
    let plane = Plane::project(boundaries, style.window)?;
    let arrangement = arrange(&plane, style, &faces)?;
    faces.check(boundaries, style)?;
    Ok((style.placed(arrangement.width), style.placed(arrangement.height)))
}

/// Draws the map of a jurisdiction and gives its pixels.
#[cfg(test)]
fn paint(
    boundaries: &Boundaries,
    shades: &BTreeMap<Geoid, ClassId>,
    style: &MapStyle<'_>,
) -> Result<Painting, MapError> {
    let map = Prepared::new(boundaries, shades, style)?;
    let letters = map.letters(boundaries, style)?;
    let mut rgb = Vec::new();
    map.sheet(&letters, style).bands(|pixels| {
        rgb.extend_from_slice(pixels);
        Ok(())
    })?;
    Ok(Painting { width_px: map.arrangement.width, height_px: map.arrangement.height, rgb, ids: map.ids })
}

/// Draws the map of a jurisdiction for the press: class colours in ink, lines and letters as vectors.
///
/// # Errors
/// As [`draw`].
pub fn plates(
    boundaries: &Boundaries,
    shades: &BTreeMap<Geoid, ClassId>,
    style: &MapStyle<'_>,
    inks: &Inks,
) -> Result<Plates, MapError> {
    Ok(plates::plates(&Prepared::new(boundaries, shades, style)?, boundaries, shades, style, inks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::code;

    #[test]
    fn neighbours_of_one_class_show_no_seam() {
        let boundaries = sample::quarters();
        let mut style = sample::style();
        // Lines in the colour of the class leave only what the fill does.
        (style.border, style.min_label_size, style.label_size) = (style.classes.raw[0].rgb, Pt(90.0), Pt(90.0));
        let shades = boundaries.counties.iter().map(|county| (county.geoid.clone(), ClassId::from(0))).collect();
        let painting = paint(&boundaries, &shades, &style).unwrap();
        let whole = |x: u32, y: u32| {
            let near = [(x - 8, y - 8), (x + 8, y - 8), (x - 8, y + 8), (x + 8, y + 8)];
            near.iter().all(|&(x, y)| painting.ids.county_at(x, y).is_some())
        };
        let (mut inside, class) = (0, style.classes.raw[0].rgb);
        for (x, y) in (8..painting.height_px - 8).flat_map(|y| (8..painting.width_px - 8).map(move |x| (x, y))) {
            if whole(x, y) {
                let at = (y as usize * painting.width_px as usize + x as usize) * 3;
                assert_eq!(painting.rgb[at..at + 3], class, "at {x}, {y}");
                inside += 1;
            }
        }
        assert!(inside > 500_000);
    }

    #[test]
    fn the_same_bytes_come_out_on_any_number_of_threads() {
        let boundaries = sample::real("CT");
        let (style, shades) = (sample::style(), sample::shades(&boundaries));
        let once = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| draw(&boundaries, &shades, &style).unwrap())
        };
        let (one, three) = (once(1), once(3));
        assert!(one.png == three.png && one.ids == three.ids && one.labelled == three.labelled);
    }

    #[test]
    fn a_countys_pixels_have_the_colour_of_its_class() {
        let boundaries = sample::real("CT");
        let (style, shades) = (sample::style(), sample::shades(&boundaries));
        let painting = paint(&boundaries, &shades, &style).unwrap();
        let mut agreeing = BTreeMap::new();
        for (x, y) in (0..painting.height_px).flat_map(|y| (0..painting.width_px).map(move |x| (x, y))) {
            let Some(geoid) = painting.ids.county_at(x, y) else { continue };
            let at = (y as usize * painting.width_px as usize + x as usize) * 3;
            let wanted = shades.get(geoid).map_or(style.unshaded.rgb, |&class| style.classes[class].rgb);
            let (same, all) = agreeing.entry(geoid).or_insert((0u32, 0u32));
            *same += u32::from(painting.rgb[at..at + 3] == wanted);
            *all += 1;
        }
        assert_eq!(agreeing.len(), 8);
        for (geoid, (same, all)) in agreeing {
            assert!(same * 100 > all * 95, "{geoid}: {same} of {all}");
        }
    }

    #[test]
    fn the_placed_size_is_the_pixels_at_the_resolution() {
        let boundaries = sample::real("HI");
        let mut style = sample::style();
        style.window = Some([-160.6, 18.6, -154.6, 22.5]);
        let picture = draw(&boundaries, &BTreeMap::new(), &style).unwrap();
        assert!(picture.width.0 <= style.max_width.0 && picture.width.0 > 0.95 * style.max_width.0);
        assert!((picture.width.0 - f64::from(picture.width_px) * 0.24).abs() < 1e-9);
        assert!(picture.height.0 < 0.7 * picture.width.0, "the far islands stay out");
    }

    #[test]
    fn shades_and_styles_that_cannot_be_drawn_are_refused() {
        let boundaries = sample::quarters();
        let refused = |shade: (&str, usize), change: fn(&mut MapStyle<'_>)| {
            let mut style = sample::style();
            change(&mut style);
            let shades = BTreeMap::from([(Geoid::new(shade.0).unwrap(), ClassId::from(shade.1))]);
            draw(&boundaries, &shades, &style).map(|_| ()).unwrap_err().code()
        };
        assert_eq!(refused(("36001", 0), |_| ()), code::map::UNKNOWN_COUNTY);
        assert_eq!(refused(("09001", 3), |_| ()), code::map::UNKNOWN_CLASS);
        assert_eq!(refused(("09001", 0), |style| style.ppi = 0), code::map::BAD_RESOLUTION);
        assert_eq!(refused(("09001", 0), |style| style.max_width = Pt(f64::NAN)), code::map::BAD_LENGTH);
        assert_eq!(refused(("09001", 0), |style| style.max_height = Pt(1e9)), code::map::BAD_LENGTH);
        assert_eq!(refused(("09001", 0), |style| style.font = b"no font"), code::map::BAD_FONT);
        assert_eq!(refused(("09001", 0), |style| style.window = Some([1.0, 1.0, 0.0, 0.0])), code::map::BAD_WINDOW);
    }

    #[test]
    fn every_jurisdiction_can_be_drawn() {
        let index = format!("{}/geodata/2016/index.json", env!("CARGO_MANIFEST_DIR"));
        let index: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(index).unwrap()).unwrap();
        for code in index["jurisdictions"].as_object().unwrap().keys() {
            let boundaries = sample::real(code);
            let picture = draw(&boundaries, &sample::shades(&boundaries), &sample::style()).unwrap();
            assert!(picture.width_px > 300 && picture.height_px > 300, "{code}");
        }
    }
}
