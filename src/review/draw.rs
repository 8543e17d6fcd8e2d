//! Pages as pictures: to be compared pixel by pixel, and to be shown to the reviewer.

use std::collections::HashMap;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// Most bits of a channel: thirty-two levels keep every letter and halve the file.
const FINEST: u32 = 5;
/// Most colours of a palette.
const COLOURS: usize = 256;

/// A page as pixels, four bytes each.
pub(super) struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

/// Draws a page, with so many pixels for each point.
pub(super) fn pixels(pdf: &Pdf, page: usize, scale: f32) -> Option<Pixels> {
    let page = pdf.pages().get(page)?;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let interpreter = InterpreterSettings::default();
    let drawn = render(page, &RenderCache::new(), &interpreter, &settings);
    let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
    Some(Pixels { width, height, rgba: drawn.data_as_u8_slice().to_vec() })
}

impl Pixels {
    /// Writes the picture as PNG with a palette; where it has more colours than a palette holds, in coarser steps.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let coarse = |bits: u32| {
            move |pixel: &[u8]| -> [u8; 3] {
                let step = |value: u8| {
                    let kept = u32::from(value) >> (8 - bits);
                    (kept * 255 / ((1 << bits) - 1)) as u8
                };
                [step(pixel[0]), step(pixel[1]), step(pixel[2])]
            }
        };
        let (palette, numbers) = (2..=FINEST).rev().find_map(|bits| self.indexed(coarse(bits)))?;
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(palette.as_flattened().to_vec());
        encoder.set_filter(Filter::NoFilter);
        encoder.set_compression(Compression::Balanced);
        encoder.write_header().ok()?.write_image_data(&numbers).ok()?;
        Some(bytes)
    }

    fn indexed(&self, colour: impl Fn(&[u8]) -> [u8; 3]) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
        let (mut palette, mut known) = (Vec::new(), HashMap::new());
        let mut numbers = Vec::with_capacity(self.width * self.height);
        let (mut last, mut last_number) = ([0; 4], None);
        for pixel in self.rgba.chunks_exact(4) {
            let number = match last_number {
                Some(number) if pixel == last => number,
                _ => {
                    let colour = colour(pixel);
                    let next = palette.len();
                    let number = *known.entry(colour).or_insert(next);
                    if number == next {
                        palette.push(colour);
                    }
                    u8::try_from(number).ok().filter(|_| palette.len() <= COLOURS)?
                }
            };
            last.copy_from_slice(pixel);
            last_number = Some(number);
            numbers.push(number);
        }
        Some((palette, numbers))
    }
}
