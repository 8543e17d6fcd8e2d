//! Letters as pixels, for the screen.

use std::ops::Range;

use ab_glyph::{Font, ScaleFont};

use super::face::Face;

/// The pixels of a glyph, from the pen on the baseline, rows counted downward.
pub(in crate::map) struct Glyph {
    /// Column, row, and how much of the pixel is covered, from 0 to 1.
    pub pixels: Vec<(i32, i32, f32)>,
    /// The rows that it takes.
    pub rows: Range<i32>,
}

impl Glyph {
    /// Draws a character at a size: ascent and descent together, in pixels.
    pub(crate) fn draw(face: &Face<'_>, size: f32, character: char) -> Self {
        let font = face.pixels.as_scaled(size);
        let Some(outlined) = font.outline_glyph(font.scaled_glyph(character)) else {
            return Self { pixels: Vec::new(), rows: 0..0 };
        };
        let bounds = outlined.px_bounds();
        let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
        let mut pixels = Vec::new();
        outlined.draw(|x, y, cover| pixels.push((left + x as i32, top + y as i32, cover)));
        Self { pixels, rows: top..bounds.max.y as i32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;

    #[test]
    fn capitals_stand_on_the_baseline_and_other_letters_reach_below_it() {
        let face = Face::read(sample::font()).unwrap();
        let draw = |character| Glyph::draw(&face, 142.0, character);
        // 99.7 pixels an em: capitals rise 65.8, and H begins 8.97 from the pen.
        let h = draw('H');
        assert_eq!((h.rows, h.pixels.iter().map(|(x, _, _)| *x).min()), (-66..0, Some(8)));
        assert!(draw('g').rows.end > 15);
        let space = draw(' ');
        assert!(space.pixels.is_empty() && space.rows.is_empty());
    }
}
