//! A small picture of a page.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter};
use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

use crate::diag::{Finding, code};

/// Draws a page at a width in pixels, as a PNG of sixteen levels a channel.
pub(super) fn png(page: &Page, width: u32) -> Result<Vec<u8>, Finding> {
    let pixel_per_pt = Scalar::new(f64::from(width) / page.frame.width().to_pt());
    let pixels = typst_render::render(page, &RenderOptions { pixel_per_pt, render_bleed: false });
    let colours: Vec<u16> = pixels.pixels().iter().map(|p| colour([p.red(), p.green(), p.blue()])).collect();
    encode(pixels.width(), pixels.height(), &colours)
        .map_err(|error| Finding::error(code::internal::THUMBNAIL, error.to_string()))
}

/// Makes a picture of one white pixel.
pub(super) fn empty() -> Result<Vec<u8>, Finding> {
    encode(1, 1, &[0xfff]).map_err(|error| Finding::error(code::internal::THUMBNAIL, error.to_string()))
}

/// Packs the nearest of sixteen levels of each channel into four bits.
fn colour(channels: [u8; 3]) -> u16 {
    channels.into_iter().fold(0, |packed, value| (packed << 4) | ((u16::from(value) + 8) / 17))
}

fn channels(colour: u16) -> [u8; 3] {
    [8, 4, 0].map(|shift| ((colour >> shift) & 15) as u8 * 17)
}

/// Writes a picture of few colours with a palette, which is shorter, and any other as it is.
fn encode(width: u32, height: u32, colours: &[u16]) -> Result<Vec<u8>, png::EncodingError> {
    let mut number = [None; 4096];
    let mut palette = Vec::new();
    for colour in colours {
        number[usize::from(*colour)].get_or_insert_with(|| {
            palette.push(channels(*colour));
            palette.len() - 1
        });
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_depth(BitDepth::Eight);
    // More effort makes the pictures of a nation a twentieth smaller.
    encoder.set_deflate_compression(DeflateCompression::Level(2));
    if palette.len() > 256 {
        encoder.set_color(ColorType::Rgb);
        encoder.set_filter(Filter::Up);
        let pixels: Vec<[u8; 3]> = colours.iter().copied().map(channels).collect();
        encoder.write_header()?.write_image_data(pixels.as_flattened())?;
        return Ok(bytes);
    }
    encoder.set_color(ColorType::Indexed);
    encoder.set_palette(palette.as_flattened().to_vec());
    encoder.set_filter(Filter::NoFilter);
    let indices: Vec<u8> =
        colours.iter().filter_map(|colour| number[usize::from(*colour)]).map(|at| at as u8).collect();
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
        let few: Vec<u16> = (0..600).map(|n| n % 16 * 256 + 15).collect();
        let many: Vec<u16> = (0..600).collect();
        for (colours, kind) in [(few, ColorType::Indexed), (many, ColorType::Rgb)] {
            let bytes = encode(30, 20, &colours).unwrap();
            let pixels: Vec<[u8; 3]> = colours.into_iter().map(channels).collect();
            assert_eq!(decoded(&bytes), (kind, pixels.as_flattened().to_vec()));
        }
    }

    #[test]
    fn a_channel_takes_the_nearest_level_and_black_and_white_stay_what_they_are() {
        let level = |value| channels(colour([value, 0, 255]));
        assert_eq!([0, 8, 9, 127, 246, 247, 255].map(level), [0, 0, 17, 119, 238, 255, 255].map(|r| [r, 0, 255]));
    }
}
