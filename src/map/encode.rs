//! From pixels to PNG.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::{MapError, Painting};

/// Encodes a picture with its resolution and nothing else: no time, no software name.
pub(super) fn png(painting: &Painting, ppi: u32) -> Result<Vec<u8>, MapError> {
    let mut bytes = Vec::with_capacity(painting.rgb.len() / 16);
    let mut encoder = Encoder::new(&mut bytes, painting.width_px, painting.height_px);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    encoder.set_pixel_dims(Some(per_metre(ppi)));
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_image_data(&painting.rgb).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(bytes)
}

/// Turns pixels per inch into PNG's pixels per metre, rounded (300 ppi is 11,811).
fn per_metre(ppi: u32) -> PixelDimensions {
    let value = (f64::from(ppi) / 0.0254).round() as u32;
    PixelDimensions { xppu: value, yppu: value, unit: Unit::Meter }
}

fn fault(error: png::EncodingError) -> MapError {
    MapError::Encode { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::map::{paint, sample};

    #[test]
    fn the_file_holds_the_pixels_and_their_resolution_and_nothing_else() {
        let painting = paint(&sample::quarters(), &BTreeMap::new(), &sample::style()).unwrap();
        let bytes = png(&painting, 300).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert!(pixels == painting.rgb);
        let resolution = reader.info().pixel_dims.unwrap();
        assert_eq!((resolution.xppu, resolution.yppu, resolution.unit), (11_811, 11_811, Unit::Meter));
        assert_eq!(kinds(&bytes), ["IHDR", "pHYs", "IDAT", "IEND"]);
    }

    /// Lists the kinds of chunks, each kind once.
    fn kinds(bytes: &[u8]) -> Vec<String> {
        let (mut at, mut kinds) = (8, Vec::new());
        while at < bytes.len() {
            let length = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
            kinds.push(String::from_utf8(bytes[at + 4..at + 8].to_vec()).unwrap());
            at += length + 12;
        }
        kinds.dedup();
        kinds
    }
}
