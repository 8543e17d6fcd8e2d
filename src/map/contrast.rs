//! How light colours are, and which text can be read on them.

use libm::{cbrt, pow};

use super::{MapStyle, Rgb};

/// Contrast that text of this size needs (WCAG 2.2, success criterion 1.4.3).
const NEEDED: f64 = 4.5;

/// Returns the relative luminance of a colour, from 0 (black) to 1 (white) (WCAG 2.2, definitions).
fn luminance(rgb: Rgb) -> f64 {
    let [red, green, blue] = rgb.map(|byte| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { pow((value + 0.055) / 1.055, 2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definitions).
pub fn contrast_ratio(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Returns the lightness L* of a colour, from 0 to 100 (CIE 15, section 8.2.1, with the luminance of sRGB).
pub fn lightness(rgb: Rgb) -> f64 {
    let y = luminance(rgb);
    if y > 216.0 / 24_389.0 { 116.0 * cbrt(y) - 16.0 } else { y * 24_389.0 / 27.0 }
}

/// Chooses the text colour that is read best on a ground; pure black or white where the style's are too faint.
pub(super) fn text_on(ground: Rgb, style: &MapStyle<'_>) -> Rgb {
    let best = |a: Rgb, b: Rgb| {
        if contrast_ratio(a, ground) >= contrast_ratio(b, ground) { a } else { b }
    };
    let chosen = best(style.dark_text, style.light_text);
    if contrast_ratio(chosen, ground) >= NEEDED { chosen } else { best([0; 3], [255; 3]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{red_ramp, sample};

    #[test]
    fn the_ends_of_both_scales_are_right() {
        assert!((contrast_ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        assert!((lightness([255; 3]) - 100.0).abs() < 1e-9);
        assert_eq!(lightness([0; 3]), 0.0);
    }

    #[test]
    fn text_can_be_read_on_every_ground() {
        let style = sample::style();
        let greys = (0..=255).map(|grey| [grey; 3]);
        for ground in greys.chain((1..=7).flat_map(red_ramp)) {
            assert!(contrast_ratio(text_on(ground, &style), ground) >= NEEDED, "{ground:?}");
        }
    }
}
