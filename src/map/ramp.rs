//! The colours of the classes when a report gives none.

use libm::{cos, pow, sin};

use super::Rgb;

/// Most classes that the ramp tells apart.
const MOST: usize = 7;

/// Lightness, chroma and hue (degrees) at even places of the ramp, in OKLCH: from a pale warm red to a dark one.
///
/// Lightness falls evenly, so the order survives grey print and colour blindness; chroma peaks past the middle.
const ANCHORS: [[f64; 3]; 4] = [[0.890, 0.055, 42.0], [0.720, 0.150, 34.0], [0.540, 0.190, 28.0], [0.330, 0.125, 25.0]];

/// Makes a sequential red ramp from light (few) to dark (many); at most seven classes, for more none can tell apart.
pub fn red_ramp(classes: usize) -> Vec<Rgb> {
    let classes = classes.min(MOST);
    // A single class is a middle red; two keep away from the ends.
    let (first, last) = match classes {
        0 | 1 => (0.45, 0.45),
        2 => (0.15, 0.75),
        3 => (0.05, 0.85),
        _ => (0.0, 1.0),
    };
    let step = if classes > 1 { (last - first) / (classes - 1) as f64 } else { 0.0 };
    (0..classes).map(|class| srgb(at(first + step * class as f64))).collect()
}

/// Reads the ramp at a share of its length.
fn at(share: f64) -> [f64; 3] {
    let place = share.clamp(0.0, 1.0) * (ANCHORS.len() - 1) as f64;
    let left = (place as usize).min(ANCHORS.len() - 2);
    let part = place - left as f64;
    std::array::from_fn(|i| ANCHORS[left][i] + part * (ANCHORS[left + 1][i] - ANCHORS[left][i]))
}

/// Turns OKLCH into sRGB (B. Ottosson, *A perceptual color space for image processing*, 2020; IEC 61966-2-1).
fn srgb([lightness, chroma, hue]: [f64; 3]) -> Rgb {
    let (a, b) = (chroma * cos(hue.to_radians()), chroma * sin(hue.to_radians()));
    let long = lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b;
    let medium = lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b;
    let short = lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b;
    let [l, m, s] = [long, medium, short].map(|cone| cone * cone * cone);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(encode)
}

/// Applies the transfer curve of sRGB and rounds to a byte.
fn encode(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let curved = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * pow(linear, 1.0 / 2.4) - 0.055 };
    (curved * 255.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::lightness;

    #[test]
    fn every_ramp_darkens_in_steps_that_can_be_told_apart() {
        for classes in 1..=MOST {
            let ramp = red_ramp(classes);
            assert_eq!(ramp.len(), classes);
            for pair in ramp.windows(2) {
                let step = lightness(pair[0]) - lightness(pair[1]);
                assert!(step >= 8.0, "{classes} classes: {pair:?} differ by {step}");
            }
        }
    }

    #[test]
    fn the_lightest_class_differs_from_an_unshaded_county() {
        for classes in 1..=MOST {
            assert!(lightness([245, 244, 241]) - lightness(red_ramp(classes)[0]) >= 8.0, "{classes}");
        }
    }

    #[test]
    fn more_classes_than_can_be_told_apart_are_not_made() {
        assert_eq!((red_ramp(0).len(), red_ramp(50).len()), (0, 7));
    }

    #[test]
    fn every_colour_is_red() {
        for [red, green, blue] in (1..=MOST).flat_map(red_ramp) {
            assert!(red > green && red > blue);
        }
    }
}
