//! Fonts and their measures.

use ab_glyph::FontRef;
use ttf_parser::GlyphId;

use crate::boundaries::Boundaries;
use crate::map::{MapError, MapStyle};

/// The fonts of a map.
pub(in crate::map) struct Faces<'a> {
    /// For names and labels.
    pub plain: Face<'a>,
    /// For the legend's title.
    pub bold: Face<'a>,
}

impl<'a> Faces<'a> {
    /// Reads the fonts of a style.
    pub(crate) fn read(style: &MapStyle<'a>) -> Result<Self, MapError> {
        let plain = Face::read(style.font)?;
        let bold = style.bold_font.map(Face::read).transpose()?.unwrap_or_else(|| plain.clone());
        Ok(Self { plain, bold })
    }

    /// Checks that the fonts have every character of the map's words.
    pub(crate) fn check(&self, boundaries: &Boundaries, style: &MapStyle<'_>) -> Result<(), MapError> {
        self.bold.check(&style.legend_title)?;
        let classes = style.classes.iter().chain([&style.unshaded]);
        let labels = classes.map(|class| class.label.as_str());
        let names = boundaries.counties.iter().map(|county| county.name.as_str());
        labels.chain(names).try_for_each(|words| self.plain.check(words))
    }
}

/// A font.
#[derive(Clone, Debug)]
pub(in crate::map) struct Face<'a> {
    /// Its measures and outlines.
    pub(super) font: ttf_parser::Face<'a>,
    /// What draws its glyphs as pixels.
    pub(super) pixels: FontRef<'a>,
}

/// Height of capitals in ems, of a font that does not tell it.
const USUAL_CAPITALS: f64 = 0.7;

impl<'a> Face<'a> {
    /// Reads a TrueType or OpenType file.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, MapError> {
        let font = ttf_parser::Face::parse(bytes, 0).map_err(|_| MapError::BadFont)?;
        let is_complete = font.tables().cmap.is_some() && font.tables().hmtx.is_some();
        let pixels = FontRef::try_from_slice(bytes).ok().filter(|_| is_complete).ok_or(MapError::BadFont)?;
        Ok(Self { font, pixels })
    }

    /// Checks that every character of some words has a glyph.
    pub(crate) fn check(&self, words: &str) -> Result<(), MapError> {
        match words.chars().find(|character| self.glyph(*character) == GlyphId(0)) {
            None => Ok(()),
            Some(character) => Err(MapError::MissingCharacter { character, words: words.to_owned() }),
        }
    }

    /// Returns the way from one pen position to the next, in ems.
    pub(crate) fn advance(&self, character: char) -> f64 {
        let advance = self.font.glyph_hor_advance(self.glyph(character)).unwrap_or(0);
        f64::from(advance) / self.units_per_em()
    }

    /// Measures a line of text in ems.
    pub(crate) fn width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.advance(character)).sum()
    }

    /// Returns the height of capitals in ems.
    pub(crate) fn cap_height(&self) -> f64 {
        let height = self.font.capital_height().filter(|height| *height > 0);
        height.map_or(USUAL_CAPITALS * self.units_per_em(), f64::from) / self.units_per_em()
    }

    /// Returns ascent and descent together in ems.
    pub(crate) fn line_height(&self) -> f64 {
        (f64::from(self.font.ascender()) - f64::from(self.font.descender())) / self.units_per_em()
    }

    /// Returns the size nearest to `em` pixels at which ascent and descent together are an even number of pixels.
    ///
    /// Few sizes mean few glyphs to draw, and published maps have these sizes.
    pub(crate) fn snapped(&self, em: f64) -> f64 {
        ((em * self.line_height() / 2.0).round() * 2.0).max(2.0) / self.line_height()
    }

    pub(super) fn units_per_em(&self) -> f64 {
        f64::from(self.font.units_per_em())
    }

    /// Finds the glyph of a character; that of a missing one is the first of the font.
    pub(super) fn glyph(&self, character: char) -> GlyphId {
        self.font.glyph_index(character).unwrap_or(GlyphId(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;

    #[test]
    fn measures_are_those_of_the_font() {
        let face = Face::read(sample::font()).unwrap();
        // Source Sans 3: 1,000 units an em, ascent 1,024, descent −400, capitals 660.
        assert_eq!((face.line_height(), face.cap_height()), (1.424, 0.66));
        assert_eq!(
            "AHñ– 3".chars().map(|character| face.advance(character)).collect::<Vec<_>>(),
            [0.543, 0.652, 0.547, 0.48, 0.2, 0.497]
        );
        assert!((face.snapped(30.0) * 1.424 - 42.0).abs() < 1e-9);
    }

    #[test]
    fn a_character_without_a_glyph_is_told() {
        let face = Face::read(sample::font()).unwrap();
        assert_eq!(face.check("Doña Ana"), Ok(()));
        let words = "Doña 安娜".to_owned();
        assert_eq!(face.check(&words), Err(MapError::MissingCharacter { character: '安', words }));
    }

    #[test]
    fn damaged_fonts_are_refused_or_measured_but_never_panic() {
        assert_eq!(Face::read(b"").err(), Some(MapError::BadFont));
        let font = sample::font();
        assert!((0..4_000).step_by(37).all(|cut| Face::read(&font[..cut]).is_err()));
        let mut measured = 0;
        for place in 0..2_000 {
            let mut bytes = font.to_vec();
            bytes[place] ^= 0xff;
            let Ok(face) = Face::read(&bytes) else { continue };
            measured += 1;
            for character in ['A', 'ñ', '–', '\u{10ffff}'] {
                let _ = face.advance(character);
            }
        }
        assert!(measured > 100, "{measured}");
    }
}
