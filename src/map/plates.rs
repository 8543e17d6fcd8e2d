//! The map in ink: class colours as a raster of cyan, magenta, yellow and black, lines and letters as vectors in
//! black alone.
//!
//! A tint of black in a thin line breaks up into the dots of the screen, so all lines are solid and the inner
//! borders thin instead of grey. Letters on dark ground are left out of every plate, so that paper shows.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::contrast::lightness;
use super::id_raster::IdRaster;
use super::layout::{Arrangement, Label};
use super::prepared::Prepared;
use super::project::Segment;
use super::raster::{Average, BAND, outline_width};
use super::text::{Faces, Step, outlines};
use super::{MapStyle, Rgb};
use crate::boundaries::{Boundaries, Geoid};
use crate::report_spec::{ClassId, TiVec};
use crate::unit::Pt;

/// The inks of a map in percent: cyan, magenta, yellow, black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inks {
    /// Of the classes, from the fewest cases to the most.
    pub classes: TiVec<ClassId, [u8; 4]>,
    /// Of counties without a class.
    pub unshaded: [u8; 4],
}

/// A map in ink.
#[derive(Clone, Debug)]
pub struct Plates {
    /// Width of the raster in pixels.
    pub width_px: u32,
    /// Height of the raster in pixels.
    pub height_px: u32,
    /// Width when placed.
    pub width: Pt,
    /// Height when placed.
    pub height: Pt,
    /// Four bytes a pixel (cyan, magenta, yellow, black; 255 is full ink), row by row from the top.
    pub cmyk: Vec<u8>,
    /// Where lines of the map may be drawn, in points: left, top, right, bottom.
    pub limits: [f64; 4],
    /// Borders and outline, in solid black.
    pub lines: Vec<Strokes>,
    /// Swatches and letters, in the order in which they are painted.
    pub shapes: Vec<Shape>,
}

/// Straight pieces of one width, in points from the upper left corner.
#[derive(Clone, Debug)]
pub struct Strokes {
    /// Their width.
    pub width: Pt,
    /// Their ends.
    pub segments: Vec<[[f64; 2]; 2]>,
}

/// A filled shape, in points from the upper left corner, y downward.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Ink in percent: cyan, magenta, yellow, black.
    pub ink: [u8; 4],
    /// Its outline.
    pub path: Vec<Step>,
}

const BLACK: [u8; 4] = [0, 0, 0, 100];
const PAPER: [u8; 4] = [0; 4];
/// The thinnest line that a press holds.
const THINNEST: f64 = 0.25;
/// Solid inner borders have this share of their width on screen, where they are grey.
const SOLID_SHARE: f64 = 0.75;

/// Separates a map into its plates.
pub(super) fn plates(
    map: &Prepared<'_>,
    boundaries: &Boundaries,
    shades: &BTreeMap<Geoid, ClassId>,
    style: &MapStyle<'_>,
    inks: &Inks,
) -> Plates {
    let Prepared { faces, arrangement, ids, borders, labels, .. } = map;
    let Arrangement { width, height, .. } = *arrangement;
    let point = 72.0 / f64::from(style.ppi);
    debug_assert_eq!(inks.classes.len(), style.classes.len(), "every class has its ink");
    let fills = fills(boundaries, shades, inks);
    let outline = outline_width(ids, borders, style) * point;
    let line = |segments: &[Segment], width: f64| Strokes {
        width: Pt(width.max(THINNEST)),
        segments: segments.iter().map(|ends| ends.map(|end| [end.x * point, end.y * point])).collect(),
    };
    let lines = vec![line(&borders.inner, style.border_width.0 * SOLID_SHARE), line(&borders.outline, outline)];
    let mut shapes = legend(arrangement, style, faces, inks, point);
    shapes.extend(names(labels, faces, point));
    Plates {
        width_px: width,
        height_px: height,
        width: Pt(f64::from(width) * point),
        height: Pt(f64::from(height) * point),
        cmyk: raster(ids, &fills),
        limits: arrangement.limits().map(|limit| limit as f64 * point),
        lines,
        shapes,
    }
}

/// Looks up the ink of each county, in bytes and in the order of the boundaries.
fn fills(boundaries: &Boundaries, shades: &BTreeMap<Geoid, ClassId>, inks: &Inks) -> Vec<[u8; 4]> {
    let ink = |class: Option<&ClassId>| class.and_then(|class| inks.classes.get(*class)).unwrap_or(&inks.unshaded);
    boundaries.counties.iter().map(|county| ink(shades.get(&county.geoid)).map(byte)).collect()
}

fn byte(percent: u8) -> u8 {
    ((u32::from(percent.min(100)) * 255 + 50) / 100) as u8
}

/// Colours the counties and averages the samples of each pixel, ink by ink.
fn raster(ids: &IdRaster, fills: &[[u8; 4]]) -> Vec<u8> {
    let (width, height) = (ids.width as usize, ids.height as usize);
    let mut cmyk = vec![0; width * height * 4];
    cmyk.par_chunks_mut(width * 4 * BAND).enumerate().for_each(|(band, pixels)| {
        let mut average = Average::new(fills, PAPER, width);
        for (row, line) in pixels.chunks_exact_mut(width * 4).enumerate() {
            average.row(ids.lines_of(band * BAND + row), line);
        }
    });
    cmyk
}

/// Draws the legend: swatches edged in black, and its words.
fn legend(arrangement: &Arrangement, style: &MapStyle<'_>, faces: &Faces<'_>, inks: &Inks, point: f64) -> Vec<Shape> {
    let (left, top) = (f64::from(arrangement.legend_at.0), f64::from(arrangement.legend_at.1));
    // The legend lists the classes from the most cases to the fewest, what is below all classes last.
    let ordered = inks.classes.iter().rev().chain([&inks.unshaded]);
    let mut shapes = Vec::new();
    for (swatch, ink) in arrangement.legend.swatches.iter().zip(ordered) {
        let edge = 0.35 / point;
        let (x, y) = (left + swatch.x, top + swatch.y);
        shapes.push(rectangle([x, y, x + swatch.width, y + swatch.height], BLACK, point));
        let inside = [x + edge, y + edge, x + swatch.width - edge, y + swatch.height - edge];
        shapes.push(rectangle(inside, *ink, point));
    }
    for line in &arrangement.legend.lines {
        let face = if line.bold { &faces.bold } else { &faces.plain };
        let em = face.snapped(style.px(style.legend_size));
        let pen = [(left + line.x) * point, (top + line.baseline) * point];
        shapes.push(Shape { ink: BLACK, path: outlines(face, &line.text, em * point, pen) });
    }
    shapes
}

fn rectangle([left, top, right, bottom]: [f64; 4], ink: [u8; 4], point: f64) -> Shape {
    let corners =
        [[left, top], [right, top], [right, bottom], [left, bottom]].map(|corner| corner.map(|at| at * point));
    let [first, rest @ ..] = corners;
    let path = [Step::Move(first)].into_iter().chain(rest.map(Step::Line)).chain([Step::Close]).collect();
    Shape { ink, path }
}

fn names(labels: &[Label], faces: &Faces<'_>, point: f64) -> Vec<Shape> {
    let ink = |rgb: Rgb| if lightness(rgb) > 50.0 { PAPER } else { BLACK };
    let lines = labels.iter().flat_map(|label| label.lines.iter().map(move |line| (label, line)));
    lines
        .map(|(label, line)| {
            let pen = [line.x * point, line.baseline * point];
            Shape { ink: ink(label.rgb), path: outlines(&faces.plain, &line.text, label.em * point, pen) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{paint, plates, sample};

    fn inks() -> Inks {
        Inks { classes: vec![[0, 28, 32, 0], [0, 70, 70, 0], [20, 100, 85, 55]].into(), unshaded: [0, 0, 2, 4] }
    }

    #[test]
    fn a_countys_pixels_have_the_ink_of_its_class_and_the_picture_its_size() {
        let boundaries = sample::real("CT");
        let (style, shades) = (sample::style(), sample::shades(&boundaries));
        let plates = plates(&boundaries, &shades, &style, &inks()).unwrap();
        let painting = paint(&boundaries, &shades, &style).unwrap();
        assert_eq!((plates.width_px, plates.height_px), (painting.width_px, painting.height_px));
        let (mut same, mut all) = (0u32, 0u32);
        for (x, y) in (0..plates.height_px).flat_map(|y| (0..plates.width_px).map(move |x| (x, y))) {
            let Some(geoid) = painting.ids.county_at(x, y) else { continue };
            let ink = shades.get(geoid).map_or(inks().unshaded, |class| inks().classes[*class]);
            let at = (y as usize * plates.width_px as usize + x as usize) * 4;
            same += u32::from(plates.cmyk[at..at + 4] == ink.map(byte));
            all += 1;
        }
        assert!(all > 100_000 && same * 1000 > all * 985, "{same} of {all}");
    }

    #[test]
    fn lines_and_letters_are_black_alone_or_paper_and_no_line_is_a_hairline() {
        let boundaries = sample::real("AK");
        let plates = plates(&boundaries, &sample::shades(&boundaries), &sample::style(), &inks()).unwrap();
        assert!(plates.lines.iter().all(|line| line.width.0 >= 0.25 && !line.segments.is_empty()));
        let classes = inks();
        for shape in &plates.shapes {
            let swatch = classes.classes.contains(&shape.ink) || shape.ink == classes.unshaded;
            assert!(swatch || shape.ink == BLACK || shape.ink == PAPER);
        }
    }

    #[test]
    fn an_empty_map_has_the_ink_of_unshaded_counties_only() {
        let plates = plates(&sample::quarters(), &BTreeMap::new(), &sample::style(), &inks()).unwrap();
        let black = plates.cmyk.chunks_exact(4).map(|pixel| pixel[3]).max();
        assert_eq!(black, Some(byte(4)));
        assert!(plates.cmyk.chunks_exact(4).all(|pixel| pixel[0] == 0 && pixel[1] == 0));
    }
}
