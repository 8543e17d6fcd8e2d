//! Writing the legend and the names on the picture, by plotters.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::style::{BLACK, IntoFont, RGBColor};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingErrorKind};

use super::arrange::Arrangement;
use super::face::{Face, Faces};
use super::label::Label;
use super::legend::Swatch;
use super::{MapError, MapStyle, Rgb};
use crate::unit::Pt;

/// Writes all words of the map, and the legend's swatches.
pub(super) fn letter(
    rgb: &mut [u8],
    arrangement: &Arrangement,
    labels: &[Label],
    style: &MapStyle<'_>,
    faces: &Faces,
) -> Result<(), MapError> {
    let mut sheet = BitMapBackend::with_buffer(rgb, (arrangement.width, arrangement.height));
    let (left, top) = (f64::from(arrangement.legend_at.0), f64::from(arrangement.legend_at.1));
    for swatch in &arrangement.legend.swatches {
        draw_swatch(&mut sheet, swatch, arrangement.legend_at, style)?;
    }
    for line in &arrangement.legend.lines {
        let face = if line.bold { &faces.bold } else { &faces.plain };
        write(
            &mut sheet,
            face,
            face.snapped(style.px(style.legend_size)),
            &line.text,
            (left + line.x, top + line.baseline),
            style.dark_text,
        )?;
    }
    for label in labels {
        for line in &label.lines {
            write(&mut sheet, &faces.plain, label.em, &line.text, (line.x, line.baseline), label.rgb)?;
        }
    }
    sheet.present().map_err(fault)
}

/// Draws a swatch with a thin edge, as the counties have.
fn draw_swatch(
    sheet: &mut BitMapBackend<'_>,
    swatch: &Swatch,
    at: (i32, i32),
    style: &MapStyle<'_>,
) -> Result<(), MapError> {
    let edge = style.px(Pt(0.35)).round().max(1.0) as i32;
    let (x, y) = (at.0 + swatch.x as i32, at.1 + swatch.y as i32);
    let (right, bottom) = (x + swatch.width as i32 - 1, y + swatch.height as i32 - 1);
    let inside = ((x + edge, y + edge), (right - edge, bottom - edge));
    sheet.draw_rect((x, y), (right, bottom), &colour(style.outline), true).map_err(fault)?;
    sheet.draw_rect(inside.0, inside.1, &colour(swatch.rgb), true).map_err(fault)
}

/// Writes a line of text, glyph by glyph, from a pen position on.
fn write(
    sheet: &mut BitMapBackend<'_>,
    face: &Face,
    em: f64,
    text: &str,
    (x, baseline): (f64, f64),
    rgb: Rgb,
) -> Result<(), MapError> {
    let size = (em * face.line_height()).round();
    let (width, height) = sheet.get_size();
    let inside = |(x, y): BackendCoord| (0..width as i32).contains(&x) && (0..height as i32).contains(&y);
    let (mut pen, y) = (x, baseline.round() as i32 - (size / 2.0) as i32);
    for character in text.chars() {
        let advance = face.advance(character);
        let left = (pen.round() + (advance.bearing * em).floor()) as i32;
        for (dx, dy, alpha) in glyph(face, size, character)?.iter() {
            let place = (left + dx, y + dy);
            if inside(place) {
                sheet.draw_pixel(place, BackendColor { alpha: *alpha, rgb: rgb.into() }).map_err(fault)?;
            }
        }
        pen += advance.width * em;
    }
    Ok(())
}

/// The pixels of a glyph from where it is put, with their coverage.
type Pixels = Rc<[(i32, i32, f64)]>;

thread_local! {
    /// Glyphs drawn before: names of counties have few letters, at few sizes.
    static GLYPHS: RefCell<HashMap<(usize, u64, char), Pixels>> = RefCell::default();
}

/// Most glyphs that a thread keeps.
const MOST_KEPT: usize = 4_000;

/// Has plotters draw a glyph, or takes it from those drawn before.
fn glyph(face: &Face, size: f64, character: char) -> Result<Pixels, MapError> {
    // A registered font stays where it is.
    let key = (face.bytes.as_ptr() as usize, size.to_bits(), character);
    if let Some(known) = GLYPHS.with_borrow(|glyphs| glyphs.get(&key).cloned()) {
        return Ok(known);
    }
    let style = (face.family.as_str(), size).into_font().color(&BLACK);
    let mut recorder = Recorder::default();
    let mut bytes = [0; 4];
    recorder.draw_text(character.encode_utf8(&mut bytes), &style, (MIDDLE, MIDDLE)).map_err(fault)?;
    let pixels: Pixels = recorder.pixels.into();
    GLYPHS.with_borrow_mut(|glyphs| {
        if glyphs.len() >= MOST_KEPT {
            glyphs.clear();
        }
        glyphs.insert(key, pixels.clone());
    });
    Ok(pixels)
}

/// Where a recorder's glyph is put, so that none of it lies outside.
const MIDDLE: i32 = 1 << 14;

/// Notes the pixels that plotters draws.
#[derive(Default)]
struct Recorder {
    pixels: Vec<(i32, i32, f64)>,
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
        self.pixels.push((x - MIDDLE, y - MIDDLE, color.alpha));
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
