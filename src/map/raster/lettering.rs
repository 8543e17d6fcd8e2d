//! Writing the legend and the names on the picture, by plotters.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::style::{BLACK, IntoFont, RGBColor};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingErrorKind};

use crate::map::layout::{Arrangement, Label, Swatch};
use crate::map::text::{Face, Faces};
use crate::map::{MapError, MapStyle, Rgb};
use crate::unit::Pt;

/// All words of the map and the legend's swatches, set but not drawn.
pub(in crate::map) struct Letters {
    swatches: Vec<(BackendCoord, BackendCoord, Rgb)>,
    glyphs: Vec<Placed>,
}

/// A glyph where it is to be drawn.
struct Placed {
    at: BackendCoord,
    glyph: Arc<Glyph>,
    rgb: Rgb,
}

/// The pixels of a glyph.
struct Glyph {
    /// From where it is put, with their coverage.
    pixels: Vec<(i32, i32, f64)>,
    /// The rows that it takes.
    rows: Range<i32>,
}

impl Letters {
    /// Sets the legend and the names.
    pub fn set(
        arrangement: &Arrangement,
        labels: &[Label],
        style: &MapStyle<'_>,
        faces: &Faces,
    ) -> Result<Self, MapError> {
        let (left, top) = (f64::from(arrangement.legend_at.0), f64::from(arrangement.legend_at.1));
        let swatches = arrangement.legend.swatches.iter();
        let swatches = swatches.flat_map(|swatch| swatch_boxes(swatch, arrangement.legend_at, style)).collect();
        let mut letters = Self { swatches, glyphs: Vec::new() };
        for line in &arrangement.legend.lines {
            let face = if line.bold { &faces.bold } else { &faces.plain };
            let (em, at) = (face.snapped(style.px(style.legend_size)), (left + line.x, top + line.baseline));
            letters.write(face, em, &line.text, at, style.dark_text)?;
        }
        for label in labels {
            for line in &label.lines {
                letters.write(&faces.plain, label.em, &line.text, (line.x, line.baseline), label.rgb)?;
            }
        }
        Ok(letters)
    }

    /// Sets a line of text, glyph by glyph, from a pen position on.
    fn write(&mut self, face: &Face, em: f64, text: &str, (x, baseline): (f64, f64), rgb: Rgb) -> Result<(), MapError> {
        let size = (em * face.line_height()).round();
        let (mut pen, y) = (x, baseline.round() as i32 - (size / 2.0) as i32);
        for character in text.chars() {
            let advance = face.advance(character);
            let left = (pen.round() + (advance.bearing * em).floor()) as i32;
            self.glyphs.push(Placed { at: (left, y), glyph: glyph(face, size, character)?, rgb });
            pen += advance.width * em;
        }
        Ok(())
    }

    /// Draws what falls on the rows of pixels from row `top` on.
    pub fn draw(&self, rgb: &mut [u8], width: usize, top: usize) -> Result<(), MapError> {
        let (top, rows) = (top as i32, (rgb.len() / (width * 3)) as i32);
        let mut sheet = BitMapBackend::with_buffer(rgb, (width as u32, rows as u32));
        for (upper, lower, rgb) in
            self.swatches.iter().filter(|(upper, lower, _)| upper.1 < top + rows && lower.1 >= top)
        {
            let (upper, lower) = ((upper.0, upper.1 - top), (lower.0, lower.1 - top));
            sheet.draw_rect(upper, lower, &colour(*rgb), true).map_err(fault)?;
        }
        for Placed { at, glyph, rgb } in &self.glyphs {
            let y = at.1 - top;
            if y + glyph.rows.start >= rows || y + glyph.rows.end <= 0 {
                continue;
            }
            for (dx, dy, alpha) in &glyph.pixels {
                let place = (at.0 + dx, y + dy);
                if (0..width as i32).contains(&place.0) && (0..rows).contains(&place.1) {
                    sheet.draw_pixel(place, BackendColor { alpha: *alpha, rgb: (*rgb).into() }).map_err(fault)?;
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

thread_local! {
    /// Glyphs drawn before: names of counties have few letters, at few sizes.
    static GLYPHS: RefCell<HashMap<(usize, u64, char), Arc<Glyph>>> = RefCell::default();
}

/// Most glyphs that a thread keeps.
const MOST_KEPT: usize = 4_000;

/// Has plotters draw a glyph, or takes it from those drawn before.
fn glyph(face: &Face, size: f64, character: char) -> Result<Arc<Glyph>, MapError> {
    // A registered font stays where it is.
    let key = (face.bytes.as_ptr() as usize, size.to_bits(), character);
    if let Some(known) = GLYPHS.with_borrow(|glyphs| glyphs.get(&key).cloned()) {
        return Ok(known);
    }
    let style = (face.family.as_str(), size).into_font().color(&BLACK);
    let mut recorder = Recorder::default();
    let mut bytes = [0; 4];
    recorder.draw_text(character.encode_utf8(&mut bytes), &style, (MIDDLE, MIDDLE)).map_err(fault)?;
    let (pixels, rows) = (recorder.pixels, recorder.rows.unwrap_or(0..0));
    let glyph = Arc::new(Glyph { pixels, rows });
    GLYPHS.with_borrow_mut(|glyphs| {
        if glyphs.len() >= MOST_KEPT {
            glyphs.clear();
        }
        glyphs.insert(key, glyph.clone());
    });
    Ok(glyph)
}

/// Where a recorder's glyph is put, so that none of it lies outside.
const MIDDLE: i32 = 1 << 14;

/// Notes the pixels that plotters draws.
#[derive(Default)]
struct Recorder {
    pixels: Vec<(i32, i32, f64)>,
    rows: Option<Range<i32>>,
}

impl DrawingBackend for Recorder {
    type ErrorType = std::convert::Infallible;

    fn get_size(&self) -> (u32, u32) {
        (2 * MIDDLE as u32, 2 * MIDDLE as u32)
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }

    fn draw_pixel(
        &mut self,
        (x, y): BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        let y = y - MIDDLE;
        self.pixels.push((x - MIDDLE, y, color.alpha));
        self.rows = Some(self.rows.as_ref().map_or(y..y + 1, |rows| rows.start.min(y)..rows.end.max(y + 1)));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        _: BackendCoord,
        _: BackendCoord,
        _: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        Ok(())
    }
}

fn colour([red, green, blue]: Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

fn fault(error: impl std::fmt::Display) -> MapError {
    MapError::Text { reason: error.to_string() }
}
