//! JPEG pictures of four inks (ISO 32000-1, 7.4.8).

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::diag::catch_panic;

/// Longest side of a picture, in pixels.
const SIDE: usize = 20_000;
/// Most pixels of a picture.
const PIXELS: usize = 64 << 20;
/// Most passes of a progressive picture.
const PASSES: usize = 100;

/// Unpacks a picture of four inks as cyan, magenta, yellow and black; none for any other, and for broken ones.
///
/// Whether 255 is full tone or paper is for the picture's `Decode` to tell.
pub(super) fn inks(jpeg: &[u8]) -> Option<Vec<u8>> {
    catch_panic(|| {
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options(ColorSpace::CMYK));
        decoder.decode_headers().ok()?;
        let (width, height) = decoder.dimensions()?;
        if width * height > PIXELS {
            return None;
        }
        match decoder.input_colorspace()? {
            ColorSpace::CMYK => decoder.decode().ok(),
            ColorSpace::YCCK => {
                let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options(ColorSpace::YCCK));
                let mut pixels = decoder.decode().ok()?;
                pixels.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| *pixel = plain(*pixel));
                Some(pixels)
            }
            _ => None,
        }
    })
    .flatten()
}

fn options(colours: ColorSpace) -> DecoderOptions {
    DecoderOptions::default()
        .jpeg_set_out_colorspace(colours)
        .jpeg_set_max_scans(PASSES)
        .set_max_width(SIDE)
        .set_max_height(SIDE)
        .set_strict_mode(true)
}

/// Turns luminance and two differences into three inks; black stands by itself (ITU-T T.872, 6.3).
fn plain([luminance, blue, red, black]: [u8; 4]) -> [u8; 4] {
    let (y, b, r) = (f64::from(luminance), f64::from(blue) - 128.0, f64::from(red) - 128.0);
    let [c, m, y] = [y + 1.402 * r, y - 0.344_136 * b - 0.714_136 * r, y + 1.772 * b];
    let ink = |light: f64| 255 - light.round().clamp(0.0, 255.0) as u8;
    [ink(c), ink(m), ink(y), black]
}
