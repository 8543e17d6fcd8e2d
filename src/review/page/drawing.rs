//! A page as a drawing: its glyphs, paths and pictures, which a browser draws as SVG (SVG 1.1, 8.3) at any size.
//!
//! A drawing is a list of lines. Lines that pages have alike are the same text, so that a file holds each once:
//!
//! | line | what it draws |
//! |---|---|
//! | `t MATRIX Y FILL GLYPH X …` | glyphs on one baseline: the linear part of their matrix, then each with its place |
//! | `p ATTRIBUTES` | a path, by the attributes of its element |
//! | `c D RULE`, `g OPACITY` | a clip and a group, ended by `e` |
//! | `i PICTURE MATRIX` | a picture of the unit square's size |
//!
//! What it takes is what nearly all pages consist of. A page with anything else (patterns, masks, blends, glyphs that are
//! programs) is no drawing, and is shown as a picture.

use std::collections::HashMap;
use std::fmt::Write;

use hayro::hayro_interpret::font::Glyph;
use hayro::hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, FillRule, GlyphDrawMode, Image, InterpreterCache, Paint,
    PathDrawMode, SoftMask, StrokeProps, TransformExt, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, Cap, Join, PathEl, Point, Rect};

use super::super::draw;
use super::raster::{Raster, raster};

/// Most bytes of a drawing: what has more is smaller as a picture.
const MOST: usize = 4_000_000;

/// A page as a drawing.
#[derive(Default)]
pub(super) struct Drawing {
    pub lines: Vec<Line>,
    /// Outlines of its glyphs.
    pub outlines: Vec<String>,
    pub pictures: Vec<Raster>,
}

/// A line of a drawing.
pub(super) enum Line {
    /// Glyphs on one baseline: what they have in common, and each by its outline and its place in hundredths of a point.
    Glyphs { style: String, glyphs: Vec<(usize, i64)> },
    /// Whatever needs no number.
    Words(String),
    /// A picture and its matrix.
    Picture(usize, String),
}

/// Draws a page; nothing, where it holds what a drawing does not.
pub(super) fn drawing<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>) -> Option<Drawing> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context =
        Context::new(page.initial_transform(true).to_kurbo(), bounds, cache, page.xref(), draw::interpreter());
    let mut canvas = Canvas::default();
    interpret_page(page, &mut context, &mut canvas);
    let Canvas { drawing, is_other, size, depth, .. } = canvas;
    (!is_other && size <= MOST && depth == 0).then_some(drawing)
}

#[derive(Default)]
struct Canvas {
    drawing: Drawing,
    /// Places of outlines among those of the page, by glyph.
    known: HashMap<u128, usize>,
    size: usize,
    /// Clips and groups that are open.
    depth: i32,
    /// It holds something that is no drawing.
    is_other: bool,
}

impl Canvas {
    fn words(&mut self, words: String) {
        self.size += words.len();
        // What is too long is given up, and no memory is spent on the rest.
        if self.size <= MOST && !self.is_other {
            self.drawing.lines.push(Line::Words(words));
        }
    }

    fn color(&mut self, paint: &Paint<'_>) -> Option<String> {
        let Paint::Color(color) = paint else {
            self.is_other = true;
            return None;
        };
        let [red, green, blue, alpha] = color.to_rgba().to_rgba8();
        let opacity = if alpha == u8::MAX { String::new() } else { format!("/{}", f32::from(alpha) / 255.0) };
        Some(format!("#{red:02x}{green:02x}{blue:02x}{opacity}"))
    }

    fn outline(&mut self, glyph: &Glyph<'_>) -> Option<usize> {
        let Glyph::Outline(glyph) = glyph else {
            self.is_other = true;
            return None;
        };
        let key = glyph.identifier().cache_key();
        if let Some(place) = self.known.get(&key) {
            return Some(*place);
        }
        // In thousandths of the em no digit behind the point is seen.
        let outline = path(&glyph.outline(), 0);
        self.size += outline.len();
        self.drawing.outlines.push(outline);
        let place = self.drawing.outlines.len() - 1;
        self.known.insert(key, place);
        Some(place)
    }

    fn group(&mut self, words: String) {
        self.depth += 1;
        self.words(words);
    }

    fn end(&mut self) {
        self.depth -= 1;
        self.words("e".to_owned());
    }
}

impl<'a> Device<'a> for Canvas {
    fn set_soft_mask(&mut self, mask: Option<SoftMask<'a>>) {
        self.is_other |= mask.is_some();
    }

    fn set_blend_mode(&mut self, mode: BlendMode) {
        self.is_other |= mode != BlendMode::Normal;
    }

    fn draw_path(&mut self, drawn: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        let Some(color) = self.color(paint) else { return };
        let (color, opacity) = color.split_once('/').unwrap_or((&color, "1"));
        let mut words = String::from("p");
        match mode {
            PathDrawMode::Fill(rule) => {
                attribute(&mut words, "d", &path(&(transform * drawn.clone()), DIGITS));
                attribute(&mut words, "fill", color);
                attribute_but(&mut words, "fill-opacity", opacity, "1");
                if *rule == FillRule::EvenOdd {
                    attribute(&mut words, "fill-rule", "evenodd");
                }
            }
            PathDrawMode::Stroke(stroke) => {
                attribute(&mut words, "d", &path(drawn, FINE_DIGITS));
                attribute(&mut words, "fill", "none");
                attribute(&mut words, "stroke", color);
                attribute_but(&mut words, "stroke-opacity", opacity, "1");
                stroked(&mut words, stroke);
                let matrix = transform.as_coeffs().map(|value| number(value, FINE_DIGITS)).join(" ");
                attribute_but(&mut words, "transform", &format!("matrix({matrix})"), "matrix(1 0 0 1 0 0)");
            }
        }
        self.words(words);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let rule = if clip.fill == FillRule::EvenOdd { "evenodd" } else { "nonzero" };
        self.group(format!("c {rule} {}", path(&clip.path, DIGITS)));
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, mode: BlendMode) {
        self.is_other |= mask.is_some() || mode != BlendMode::Normal;
        self.group(format!("g {}", number(f64::from(opacity), DIGITS)));
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        matrix: Affine,
        paint: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        match mode {
            GlyphDrawMode::Invisible => return,
            GlyphDrawMode::Fill => {}
            GlyphDrawMode::Stroke(_) => self.is_other = true,
        }
        let (Some(color), Some(outline)) = (self.color(paint), self.outline(glyph)) else { return };
        let [a, b, c, d, x, y] = (transform * matrix).as_coeffs();
        let linear = [a, b, c, d].map(|value| number(value, FINEST_DIGITS)).join(" ");
        let style = format!("t {linear} {} {color}", number(y, DIGITS));
        let x = (x * HUNDREDTHS).round() as i64;
        self.size += 8;
        if self.size > MOST {
            return;
        }
        match self.drawing.lines.last_mut() {
            Some(Line::Glyphs { style: last, glyphs }) if *last == style => glyphs.push((outline, x)),
            _ => self.drawing.lines.push(Line::Glyphs { style, glyphs: vec![(outline, x)] }),
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let [a, b, c, d, ..] = transform.as_coeffs();
        // Its matrix leads from pixels to points.
        let size = (a.hypot(b) * f64::from(image.width()), c.hypot(d) * f64::from(image.height()));
        let Some((picture, scale)) = raster(&image, size) else {
            self.is_other = true;
            return;
        };
        let matrix = transform * scale;
        let matrix = matrix.as_coeffs().map(|value| number(value, FINE_DIGITS)).join(" ");
        let words = format!("{matrix} {} {}", picture.width, picture.height);
        self.drawing.pictures.push(picture);
        self.drawing.lines.push(Line::Picture(self.drawing.pictures.len() - 1, words));
    }

    fn pop_clip_path(&mut self) {
        self.end();
    }

    fn pop_transparency_group(&mut self) {
        self.end();
    }
}

/// Digits behind the point of lengths in points, and of what a matrix makes larger.
const DIGITS: usize = 2;
const FINE_DIGITS: usize = 5;
/// Of what makes points of thousandths of the em.
const FINEST_DIGITS: usize = 7;
const HUNDREDTHS: f64 = 100.0;

fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    if !text.contains('.') {
        return text;
    }
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn attribute(words: &mut String, name: &str, value: &str) {
    // Values are numbers, colours and words of this file: none needs an escape.
    let _ = write!(words, " {name}=\"{value}\"");
}

/// Writes an attribute where it is not what it is by itself.
fn attribute_but(words: &mut String, name: &str, value: &str, usual: &str) {
    if value != usual {
        attribute(words, name, value);
    }
}

fn stroked(words: &mut String, stroke: &StrokeProps) {
    let own = |value: f32| number(f64::from(value), FINE_DIGITS);
    attribute(words, "stroke-width", &own(stroke.line_width));
    match stroke.line_cap {
        Cap::Butt => {}
        Cap::Square => attribute(words, "stroke-linecap", "square"),
        Cap::Round => attribute(words, "stroke-linecap", "round"),
    }
    match stroke.line_join {
        Join::Miter => {}
        Join::Bevel => attribute(words, "stroke-linejoin", "bevel"),
        Join::Round => attribute(words, "stroke-linejoin", "round"),
    }
    attribute_but(words, "stroke-miterlimit", &own(stroke.miter_limit), "4");
    let dashes: Vec<String> = stroke.dash_array.iter().map(|length| own(*length)).collect();
    attribute_but(words, "stroke-dasharray", &dashes.join(" "), "");
    attribute_but(words, "stroke-dashoffset", &own(stroke.dash_offset), "0");
}

/// Writes a path (SVG 1.1, 8.3.1).
fn path(path: &BezPath, digits: usize) -> String {
    let mut words = String::new();
    let mut put = |letter: char, points: &[Point]| {
        words.push(letter);
        for (at, value) in points.iter().flat_map(|point| [point.x, point.y]).enumerate() {
            let value = number(value, digits);
            // A sign parts numbers as well.
            if at > 0 && !value.starts_with('-') {
                words.push(' ');
            }
            words.push_str(&value);
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => put('M', &[to]),
            PathEl::LineTo(to) => put('L', &[to]),
            PathEl::QuadTo(a, to) => put('Q', &[a, to]),
            PathEl::CurveTo(a, b, to) => put('C', &[a, b, to]),
            PathEl::ClosePath => put('Z', &[]),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_paths_are_written_short() {
        assert_eq!([0.0, -0.001, 12.5, 100.0, -2.71].map(|value| number(value, 1)), ["0", "0", "12.5", "100", "-2.7"]);
        assert_eq!([100.0, -0.4].map(|value| number(value, 0)), ["100", "-0"]);
        let mut triangle = BezPath::new();
        triangle.move_to((0.0, 0.0));
        triangle.line_to((10.25, -2.0));
        triangle.close_path();
        assert_eq!(path(&triangle, 2), "M0 0L10.25-2Z");
    }
}
