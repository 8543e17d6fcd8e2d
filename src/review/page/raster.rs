//! Pictures of a page, no finer than they are shown.

use hayro::hayro_interpret::{Image, ImageData, LumaData};
use kurbo::Affine;

use super::super::draw::Pixels;

/// Pixels for each point: 144 to the inch.
const SCALE: f64 = 2.0;

/// A picture as PNG.
pub(super) struct Raster {
    pub width: usize,
    pub height: usize,
    pub png: Vec<u8>,
}

/// Takes a picture that is so wide and high in points; gives it with the matrix that leads from its pixels to those of the file.
/// Nothing, where it is a stencil or is partly transparent.
pub(super) fn raster(image: &Image<'_, '_>, size: (f64, f64)) -> Option<(Raster, Affine)> {
    let Image::Raster(image) = image else { return None };
    let mut found = None;
    image.with_rgba(|image, alpha| found = opaque(image, alpha.as_ref()), None);
    let (pixels, factors) = found?;
    let steps = [(pixels.width, size.0), (pixels.height, size.1)].map(|(pixels, points)| {
        let wanted = (points * SCALE).ceil().max(1.0) as usize;
        (pixels / wanted).max(1)
    });
    let reduced = reduced(pixels, steps);
    let picture = Raster { width: reduced.width, height: reduced.height, png: reduced.png()? };
    let scale =
        Affine::scale_non_uniform(f64::from(factors.0) * steps[0] as f64, f64::from(factors.1) * steps[1] as f64);
    Some((picture, scale))
}

fn opaque(image: ImageData, alpha: Option<&LumaData>) -> Option<(Pixels, (f32, f32))> {
    if alpha.is_some_and(|alpha| alpha.data.iter().any(|value| *value != u8::MAX)) {
        return None;
    }
    let (size, factors) = ((image.width() as usize, image.height() as usize), image.scale_factors());
    let rgba: Vec<u8> = match image {
        ImageData::Rgb(rgb) => rgb.data.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], u8::MAX]).collect(),
        ImageData::Luma(luma) => luma.data.iter().flat_map(|grey| [*grey, *grey, *grey, u8::MAX]).collect(),
    };
    let is_whole = size.0 > 0 && size.1 > 0 && rgba.len() == size.0.checked_mul(size.1)?.checked_mul(4)?;
    is_whole.then_some((Pixels { width: size.0, height: size.1, rgba }, factors))
}

/// Makes one pixel of a box of so many; the last of a row or column may have fewer.
fn reduced(pixels: Pixels, [across, down]: [usize; 2]) -> Pixels {
    if across == 1 && down == 1 {
        return pixels;
    }
    let (width, height) = (pixels.width.div_ceil(across), pixels.height.div_ceil(down));
    let mut rgba = Vec::with_capacity(width * height * 4);
    for row in 0..height {
        for column in 0..width {
            let (mut sums, mut count) = ([0_u32; 4], 0);
            for y in row * down..((row + 1) * down).min(pixels.height) {
                let start = y * pixels.width;
                let range = start + column * across..start + ((column + 1) * across).min(pixels.width);
                for pixel in pixels.rgba[range.start * 4..range.end * 4].chunks_exact(4) {
                    sums.iter_mut().zip(pixel).for_each(|(sum, value)| *sum += u32::from(*value));
                    count += 1;
                }
            }
            rgba.extend(sums.map(|sum| ((sum + count / 2) / count) as u8));
        }
    }
    Pixels { width, height, rgba }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_of_pixels_becomes_their_mean_at_the_edges_too() {
        let rgba = [10, 20, 90].into_iter().flat_map(|grey| [grey, grey, grey, 255]).collect();
        let pixels = reduced(Pixels { width: 3, height: 1, rgba }, [2, 2]);
        assert_eq!((pixels.width, pixels.height), (2, 1));
        assert_eq!(pixels.rgba, [15, 15, 15, 255, 90, 90, 90, 255]);
    }
}
