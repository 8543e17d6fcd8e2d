//! From pixels to PNG.

use fdeflate::Compressor;
use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit, chunk};

use super::sheet::Sheet;
use crate::map::MapError;

/// The filter of all rows: each byte less the one above it (PNG, clause 9.2, type 2).
const UP: u8 = 2;

/// Draws and encodes a picture with its resolution and nothing else: no time, no software name.
///
/// Each band is packed while it is near at hand. The encoder's own writer of rows would pack them slowly, and its fast
/// one takes whole pictures only.
pub(in crate::map) fn png(sheet: &Sheet<'_>, ppi: u32) -> Result<Vec<u8>, MapError> {
    let (width, height) = sheet.size();
    let line = width as usize * 3;
    let packed = Vec::with_capacity(line * height as usize / 16);
    let mut packer = Compressor::new(packed).map_err(fault)?;
    let (mut last, mut filtered) = (vec![0; line], vec![UP; line + 1]);
    sheet.bands(|pixels| {
        let mut above = last.as_slice();
        for row in pixels.chunks_exact(line) {
            for ((filtered, byte), above) in filtered[1..].iter_mut().zip(row).zip(above) {
                *filtered = byte.wrapping_sub(*above);
            }
            above = row;
            packer.write_data(&filtered).map_err(fault)?;
        }
        if let Some(row) = pixels.chunks_exact(line).last() {
            last.copy_from_slice(row);
        }
        Ok(())
    })?;
    let packed = packer.finish().map_err(fault)?;
    let mut bytes = Vec::with_capacity(packed.len() + 256);
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_pixel_dims(Some(per_metre(ppi)));
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_chunk(chunk::IDAT, &packed).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok(bytes)
}

/// Turns pixels per inch into PNG's pixels per metre, rounded (300 ppi is 11,811).
fn per_metre(ppi: u32) -> PixelDimensions {
    let value = (f64::from(ppi) / 0.0254).round() as u32;
    PixelDimensions { xppu: value, yppu: value, unit: Unit::Meter }
}

fn fault(error: impl std::fmt::Display) -> MapError {
    MapError::Encode { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::map::{draw, paint, sample};

    #[test]
    fn the_file_holds_the_pixels_and_their_resolution_and_nothing_else() {
        let (boundaries, style) = (sample::quarters(), sample::style());
        let painting = paint(&boundaries, &BTreeMap::new(), &style).unwrap();
        let bytes = draw(&boundaries, &BTreeMap::new(), &style).unwrap().png;
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
