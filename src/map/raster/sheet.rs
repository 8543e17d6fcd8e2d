//! From the id raster and the lines to pixels.

use rayon::prelude::*;

use super::average::Average;
use super::lettering::Letters;
use super::stroke::Mask;
use crate::map::id_raster::{IdRaster, SAMPLES};
use crate::map::project::{Borders, Segment, length};
use crate::map::{MapError, MapStyle, Rgb};

/// Pixel rows that one task draws.
pub(in crate::map) const BAND: usize = 48;
/// Coverage of pixels that no line touches.
const CLEAR: [u8; 32] = [0; 32];
/// Thinnest outline over the width that the style asks for.
const THINNEST: f64 = 0.3;
/// Most of the land that the outline may cover before it is thinned.
const MOST_COVERED: f64 = 0.08;

/// All that stands on a picture, drawn band by band.
pub(in crate::map) struct Sheet<'a> {
    ids: &'a IdRaster,
    fills: &'a [Rgb],
    paper: Rgb,
    lines: [Stroke<'a>; 2],
    /// Where lines may be drawn.
    limits: [usize; 4],
    letters: &'a Letters,
}

impl<'a> Sheet<'a> {
    /// Prepares to draw a map.
    ///
    /// Each county has its colour in `fills`, in the order of the boundaries; lines are drawn within `limits` only.
    pub(crate) fn new(
        ids: &'a IdRaster,
        fills: &'a [Rgb],
        borders: &'a Borders,
        limits: [usize; 4],
        letters: &'a Letters,
        style: &MapStyle<'_>,
    ) -> Self {
        let height = ids.height as usize;
        let (inner, outline) = (style.px(style.border_width), outline_width(ids, borders, style));
        let lines = [
            Stroke::new(&borders.inner, inner, style.border, height),
            Stroke::new(&borders.outline, outline, style.outline, height),
        ];
        Self { ids, fills, paper: style.paper, lines, limits, letters }
    }

    /// Returns width and height in pixels.
    pub(crate) fn size(&self) -> (u32, u32) {
        (self.ids.width, self.ids.height)
    }

    /// Draws the picture and hands on its rows from the top, a band at a time: three bytes a pixel.
    ///
    /// As many bands are held as there are threads, so a picture is never whole in memory.
    pub(crate) fn bands(&self, mut take: impl FnMut(&[u8]) -> Result<(), MapError>) -> Result<(), MapError> {
        let (line, height) = (self.ids.width as usize * 3, self.ids.height as usize);
        let mut held = vec![Vec::new(); rayon::current_num_threads()];
        for first in (0..height).step_by(BAND * held.len()) {
            held.par_iter_mut().enumerate().try_for_each(|(place, pixels)| {
                let top = (first + place * BAND).min(height);
                pixels.resize(line * BAND.min(height - top), 0);
                if pixels.is_empty() { Ok(()) } else { self.band(top / BAND, pixels) }
            })?;
            held.iter().try_for_each(|pixels| take(pixels))?;
        }
        Ok(())
    }

    /// Colours the counties, averages the samples of each pixel, strokes the lines on top and writes the words.
    fn band(&self, band: usize, pixels: &mut [u8]) -> Result<(), MapError> {
        let width = self.ids.width as usize;
        let mut average = Average::new(self.fills, self.paper, width);
        for (row, line) in pixels.chunks_exact_mut(width * 3).enumerate() {
            average.row(self.ids.lines_of(band * BAND + row), line);
        }
        for stroke in &self.lines {
            stroke.draw(band, pixels, width, self.limits);
        }
        self.letters.draw(pixels, width, band * BAND)
    }
}

/// Thins the outline where it would drown the land: along coasts with many islands and inlets.
pub(in crate::map) fn outline_width(ids: &IdRaster, lines: &Borders, style: &MapStyle<'_>) -> f64 {
    let wanted = style.px(style.outline_width);
    let land = ids.runs.iter().map(|run| f64::from(run.end - run.start)).sum::<f64>() / (SAMPLES * SAMPLES) as f64;
    let drawn: f64 = lines.outline.iter().map(length).sum();
    let fitting = MOST_COVERED * land / drawn.max(1.0);
    fitting.clamp(THINNEST * wanted, wanted)
}

/// Lines of one width and colour, with the bands of rows that each touches.
struct Stroke<'a> {
    segments: &'a [Segment],
    width: f64,
    rgb: Rgb,
    /// Places of the segments, band after band.
    order: Vec<u32>,
    /// Where each band starts in `order`; one entry more than bands.
    starts: Vec<u32>,
}

impl<'a> Stroke<'a> {
    fn new(segments: &'a [Segment], width: f64, rgb: Rgb, height: usize) -> Self {
        let bands = height.div_ceil(BAND);
        let reach = width.max(1.0) / 2.0 + 1.5;
        let touched = |[a, b]: &Segment| {
            let first = ((a.y.min(b.y) - reach).max(0.0) as usize) / BAND;
            let last = ((a.y.max(b.y) + reach).max(0.0) as usize) / BAND;
            first.min(bands)..(last + 1).min(bands)
        };
        let mut starts = vec![0u32; bands + 1];
        for band in segments.iter().flat_map(touched) {
            starts[band] += 1;
        }
        let total = starts.iter_mut().fold(0, |before, count| before + std::mem::replace(count, before));
        let mut next = starts.clone();
        let mut order = vec![0; total as usize];
        for (place, segment) in segments.iter().enumerate() {
            for band in touched(segment) {
                order[next[band] as usize] = place as u32;
                next[band] += 1;
            }
        }
        Self { segments, width, rgb, order, starts }
    }

    /// Draws the part of the lines that falls on one band of pixels.
    fn draw(&self, band: usize, pixels: &mut [u8], width: usize, limits: [usize; 4]) {
        let places = &self.order[self.starts[band] as usize..self.starts[band + 1] as usize];
        if places.is_empty() {
            return;
        }
        let mut mask = Mask::new(width, band * BAND, pixels.len() / (width * 3), limits);
        for &place in places {
            mask.stroke(&self.segments[place as usize], self.width);
        }
        for (pixels, covers) in pixels.chunks_mut(3 * CLEAR.len()).zip(mask.coverage.chunks(CLEAR.len())) {
            // Most of a band is far from any line.
            if covers.try_into().is_ok_and(|covers: [u8; 32]| covers == CLEAR) {
                continue;
            }
            for (pixel, &cover) in pixels.chunks_exact_mut(3).zip(covers).filter(|(_, cover)| **cover > 0) {
                blend(pixel, self.rgb, cover);
            }
        }
    }
}

/// Lays a colour over a pixel.
fn blend(pixel: &mut [u8], rgb: Rgb, cover: u8) {
    let cover = u32::from(cover);
    for (under, over) in pixel.iter_mut().zip(rgb) {
        *under = ((u32::from(*under) * (255 - cover) + u32::from(over) * cover + 127) / 255) as u8;
    }
}
