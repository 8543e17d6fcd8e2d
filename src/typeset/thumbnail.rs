//! A small picture of a page.

use std::collections::BTreeMap;

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

use crate::diag::Finding;

/// Steps between two levels of a channel that are told apart: 16 levels from black to white.
const STEP: u8 = 17;

/// Draws a page at a width in pixels, as a PNG whose colours are few enough for a palette.
pub(super) fn png(page: &Page, width: u32) -> Result<Vec<u8>, Finding> {
    let pixel_per_pt = Scalar::new(f64::from(width) / page.frame.width().to_pt());
    let pixels = typst_render::render(page, &RenderOptions { pixel_per_pt, render_bleed: false });
    let colours: Vec<[u8; 3]> = pixels.pixels().iter().map(|p| [p.red(), p.green(), p.blue()].map(level)).collect();
    encode(pixels.width(), pixels.height(), &colours)
        .map_err(|error| Finding::error("internal::thumbnail", error.to_string()))
}

/// Returns the level of a channel that is nearest.
fn level(value: u8) -> u8 {
    (value.saturating_add(STEP / 2)) / STEP * STEP
}

fn encode(width: u32, height: u32, colours: &[[u8; 3]]) -> Result<Vec<u8>, png::EncodingError> {
    let mut palette: BTreeMap<[u8; 3], u8> = colours.iter().map(|colour| (*colour, 0)).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    if palette.len() > 256 {
        encoder.set_color(ColorType::Rgb);
        encoder.set_filter(Filter::Up);
        encoder.write_header()?.write_image_data(colours.as_flattened())?;
        return Ok(bytes);
    }
    for (number, slot) in palette.values_mut().enumerate() {
        *slot = number as u8;
    }
    encoder.set_color(ColorType::Indexed);
    encoder.set_palette(palette.keys().flatten().copied().collect::<Vec<u8>>());
    encoder.set_filter(Filter::NoFilter);
    let indices: Vec<u8> = colours.iter().map(|colour| palette[colour]).collect();
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (ColorType, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        (reader.info().color_type, pixels)
    }

    #[test]
    fn few_colours_make_a_palette_and_many_do_not_and_both_keep_their_pixels() {
        let few: Vec<[u8; 3]> = (0..600_u32).map(|n| [(n % 16) as u8 * 17, 0, 255]).collect();
        let many: Vec<[u8; 3]> = (0..600_u32).map(|n| [(n % 256) as u8, (n / 256) as u8, 7]).collect();
        for (colours, kind) in [(few, ColorType::Indexed), (many, ColorType::Rgb)] {
            let bytes = encode(30, 20, &colours).unwrap();
            assert_eq!(decoded(&bytes), (kind, colours.as_flattened().to_vec()));
        }
    }

    #[test]
    fn black_and_white_stay_what_they_are() {
        assert_eq!([0, 8, 9, 127, 246, 247, 255].map(level), [0, 0, 17, 119, 238, 255, 255]);
    }
}
