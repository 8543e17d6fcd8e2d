//! Pages as pictures: to be compared pixel by pixel, and to be shown to the reviewer.

use std::cmp::Reverse;
use std::collections::HashMap;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

/// Most colours of a palette.
const COLOURS: usize = 256;
/// How far a colour may be from the one of the palette that stands for it, in levels of a channel: no eye tells them apart.
const UNSEEN: u8 = 6;
/// How far a colour may be that fewer than one of so many pixels have: it is a pixel at the edge of something.
const UNSEEN_AT_EDGES: u8 = 40;
const ALIKE_AT_EDGES: u8 = 12;
const EDGE: usize = 2000;

/// A page as pixels, four bytes each.
pub(super) struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

/// How pages are drawn: as a reader shows them.
pub(super) fn interpreter() -> InterpreterSettings {
    InterpreterSettings::default()
}

/// Draws a page, with so many pixels for each point.
pub(super) fn pixels(pdf: &Pdf, page: usize, scale: f32) -> Option<Pixels> {
    let page = pdf.pages().get(page)?;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(page, &RenderCache::new(), &interpreter(), &settings);
    let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
    Some(Pixels { width, height, rgba: drawn.data_as_u8_slice().to_vec() })
}

impl Pixels {
    /// Writes the picture as PNG: with a palette where one holds its colours, as no eye tells them apart, and else with all.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Balanced);
        let data = match self.indexed() {
            Some((palette, numbers)) => {
                encoder.set_color(ColorType::Indexed);
                encoder.set_palette(palette.as_flattened().to_vec());
                encoder.set_filter(Filter::NoFilter);
                numbers
            }
            None => {
                encoder.set_color(ColorType::Rgb);
                encoder.set_filter(Filter::Adaptive);
                self.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
            }
        };
        encoder.write_header().ok()?.write_image_data(&data).ok()?;
        Some(bytes)
    }

    /// The colours that most pixels have, and for each pixel the place of its own or of the nearest one.
    fn indexed(&self) -> Option<(Vec<Colour>, Vec<u8>)> {
        let mut counts: HashMap<Colour, usize> = HashMap::new();
        // Most pixels are like the one before.
        for pixels in self.rgba.chunks_exact(4).map(colour).collect::<Vec<_>>().chunk_by(|a, b| a == b) {
            *counts.entry(pixels[0]).or_default() += pixels.len();
        }
        let mut colours: Vec<(Colour, usize)> = counts.into_iter().collect();
        colours.sort_unstable_by_key(|(colour, count)| (Reverse(*count), *colour));
        let is_edge = |count: usize| count * EDGE < self.width * self.height;
        let (mut palette, mut places) = (Vec::<Colour>::new(), HashMap::new());
        for (colour, count) in colours {
            let nearest = palette.iter().enumerate().map(|(place, other)| (distance(colour, *other), place)).min();
            // Colours of edges that are nearly alike share a place, so that others have one.
            let is_near = |distance: u8| distance == 0 || is_edge(count) && distance <= ALIKE_AT_EDGES;
            let place = match nearest.filter(|(distance, _)| is_near(*distance)) {
                Some((_, place)) => place,
                None if palette.len() < COLOURS => {
                    palette.push(colour);
                    palette.len() - 1
                }
                None => {
                    let most = if is_edge(count) { UNSEEN_AT_EDGES } else { UNSEEN };
                    nearest.filter(|(distance, _)| *distance <= most)?.1
                }
            };
            places.insert(colour, u8::try_from(place).ok()?);
        }
        Some((palette, self.rgba.chunks_exact(4).map(|pixel| places[&colour(pixel)]).collect()))
    }
}

type Colour = [u8; 3];

fn colour(pixel: &[u8]) -> Colour {
    [pixel[0], pixel[1], pixel[2]]
}

/// The largest difference of a channel.
fn distance(a: Colour, b: Colour) -> u8 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(colours: impl Iterator<Item = Colour>) -> Pixels {
        let rgba: Vec<u8> = colours.flat_map(|[red, green, blue]| [red, green, blue, 255]).collect();
        Pixels { width: rgba.len() / 4, height: 1, rgba }
    }

    fn decoded(pixels: &Pixels) -> (Vec<Colour>, ColorType) {
        let png = pixels.png().unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        (data.chunks_exact(3).map(colour).collect(), reader.info().color_type)
    }

    #[test]
    fn a_tint_keeps_its_colour_and_no_colour_is_seen_as_another() {
        let tints = picture([[238, 242, 246], [255, 255, 255], [23, 55, 94]].into_iter());
        assert_eq!(decoded(&tints), (vec![[238, 242, 246], [255, 255, 255], [23, 55, 94]], ColorType::Indexed));
        // More greys than a palette holds, and colours that none is near to.
        let ramp = |step: u8| {
            (0..=u8::MAX).flat_map(move |grey| [[grey; 3], [grey; 3], [grey, grey, grey.saturating_add(step)]])
        };
        let (near, kind) = decoded(&picture(ramp(3)));
        assert_eq!(kind, ColorType::Indexed);
        assert!(near.iter().zip(ramp(3)).all(|(own, wanted)| distance(*own, wanted) <= UNSEEN));
        assert_eq!(decoded(&picture(ramp(90))), (ramp(90).collect(), ColorType::Rgb));
    }
}
