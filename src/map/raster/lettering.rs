//! Writing the legend and the names on the picture, by plotters.

use std::collections::BTreeMap;

use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord};

use crate::map::layout::{Arrangement, Label, Swatch};
use crate::map::text::{Face, Faces, Glyph};
use crate::map::{MapError, MapStyle, Rgb};
use crate::unit::Pt;

/// All words of the map and the legend's swatches, set but not drawn.
pub(in crate::map) struct Letters {
    swatches: Vec<(BackendCoord, BackendCoord, Rgb)>,
    glyphs: Vec<Glyph>,
    placed: Vec<Placed>,
}

/// A glyph where it is to be drawn.
struct Placed {
    at: BackendCoord,
    /// Its place among the glyphs.
    glyph: usize,
    rgb: Rgb,
}

impl Letters {
    /// Sets the legend and the names.
    pub(crate) fn set(arrangement: &Arrangement, labels: &[Label], style: &MapStyle<'_>, faces: &Faces<'_>) -> Self {
        let (left, top) = (f64::from(arrangement.legend_at.0), f64::from(arrangement.legend_at.1));
        let swatches = arrangement.legend.swatches.iter();
        let swatches = swatches.flat_map(|swatch| swatch_boxes(swatch, arrangement.legend_at, style)).collect();
        let mut plain = Pen::new(&faces.plain);
        let mut bold = Pen::new(&faces.bold);
        let mut letters = Self { swatches, glyphs: Vec::new(), placed: Vec::new() };
        for line in &arrangement.legend.lines {
            let pen = if line.bold { &mut bold } else { &mut plain };
            let (em, at) = (pen.face.snapped(style.px(style.legend_size)), (left + line.x, top + line.baseline));
            letters.write(pen, em, &line.text, at, style.dark_text);
        }
        for label in labels {
            for line in &label.lines {
                letters.write(&mut plain, label.em, &line.text, (line.x, line.baseline), label.rgb);
            }
        }
        letters
    }

    /// Sets a line of text, glyph by glyph, from a position on.
    fn write(&mut self, pen: &mut Pen<'_>, em: f64, text: &str, (mut x, baseline): (f64, f64), rgb: Rgb) {
        let size = (em * pen.face.line_height()).round() as f32;
        for character in text.chars() {
            let at = (x.round() as i32, baseline.round() as i32);
            self.placed.push(Placed { at, glyph: pen.glyph(size, character, &mut self.glyphs), rgb });
            x += pen.face.advance(character) * em;
        }
    }

    /// Draws what falls on the rows of pixels from row `top` on.
    pub(crate) fn draw(&self, rgb: &mut [u8], width: usize, top: usize) -> Result<(), MapError> {
        let (top, rows) = (top as i32, (rgb.len() / (width * 3)) as i32);
        let mut sheet = BitMapBackend::with_buffer(rgb, (width as u32, rows as u32));
        for (upper, lower, rgb) in
            self.swatches.iter().filter(|(upper, lower, _)| upper.1 < top + rows && lower.1 >= top)
        {
            let (upper, lower) = ((upper.0, upper.1 - top), (lower.0, lower.1 - top));
            sheet.draw_rect(upper, lower, &colour(*rgb), true).map_err(fault)?;
        }
        for Placed { at, glyph, rgb } in &self.placed {
            let (glyph, y) = (&self.glyphs[*glyph], at.1 - top);
            if y + glyph.rows.start >= rows || y + glyph.rows.end <= 0 {
                continue;
            }
            for (dx, dy, cover) in &glyph.pixels {
                let place = (at.0 + dx, y + dy);
                if (0..width as i32).contains(&place.0) && (0..rows).contains(&place.1) {
                    sheet
                        .draw_pixel(place, BackendColor { alpha: f64::from(*cover), rgb: (*rgb).into() })
                        .map_err(fault)?;
                }
            }
        }
        sheet.present().map_err(fault)
    }
}

/// Gives a swatch a thin edge, as the counties have: the box of the edge and the box inside.
fn swatch_boxes(swatch: &Swatch, at: (i32, i32), style: &MapStyle<'_>) -> [(BackendCoord, BackendCoord, Rgb); 2] {
    let edge = style.px(Pt(0.35)).round().max(1.0) as i32;
    let (x, y) = (at.0 + swatch.x as i32, at.1 + swatch.y as i32);
    let (right, bottom) = (x + swatch.width as i32 - 1, y + swatch.height as i32 - 1);
    [((x, y), (right, bottom), style.outline), ((x + edge, y + edge), (right - edge, bottom - edge), swatch.rgb)]
}

/// Writes in one font and remembers the glyphs that it has drawn: names of counties have few letters, at few sizes.
struct Pen<'a> {
    face: &'a Face<'a>,
    drawn: BTreeMap<(u32, char), usize>,
}

impl<'a> Pen<'a> {
    fn new(face: &'a Face<'a>) -> Self {
        Self { face, drawn: BTreeMap::new() }
    }

    /// Returns the place of a glyph among those that are drawn, after drawing it where it is not.
    fn glyph(&mut self, size: f32, character: char, glyphs: &mut Vec<Glyph>) -> usize {
        *self.drawn.entry((size.to_bits(), character)).or_insert_with(|| {
            glyphs.push(Glyph::draw(self.face, size, character));
            glyphs.len() - 1
        })
    }
}

fn colour([red, green, blue]: Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn fault(error: impl std::fmt::Display) -> MapError {
    MapError::Text { reason: error.to_string() }
}
