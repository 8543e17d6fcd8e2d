//! Fonts: registering them with the drawing library, and the measures that it does not tell.
//!
//! plotters places each glyph's ink at the pen and so loses the space before it. To set text evenly, glyphs are
//! drawn one by one, and that space is read here from the font's own tables (OpenType specification 1.9: `cmap`
//! formats 4 and 12, `hhea`, `hmtx`, `head`, `OS/2`).

use std::sync::{Mutex, PoisonError};

use plotters::style::{FontStyle, register_font};

use crate::boundaries::Boundaries;
use crate::map::{MapError, MapStyle};

/// The fonts of a map.
pub(in crate::map) struct Faces {
    /// For names and labels.
    pub plain: Face,
    /// For the legend's title.
    pub bold: Face,
}

impl Faces {
    /// Registers the fonts of a style.
    pub fn register(style: &MapStyle<'_>) -> Result<Self, MapError> {
        let plain = Face::register(style.font)?;
        let bold = style.bold_font.map(Face::register).transpose()?.unwrap_or_else(|| plain.clone());
        Ok(Self { plain, bold })
    }

    /// Checks that the fonts have every character of the map's words.
    pub fn check(&self, boundaries: &Boundaries, style: &MapStyle<'_>) -> Result<(), MapError> {
        self.bold.check(&style.legend_title)?;
        let classes = style.classes.iter().chain([&style.unshaded]);
        let labels = classes.map(|class| class.label.as_str());
        let names = boundaries.counties.iter().map(|county| county.name.as_str());
        labels.chain(names).try_for_each(|words| self.plain.check(words))
    }
}

/// A registered font.
#[derive(Clone, Debug)]
pub(in crate::map) struct Face {
    /// The name that plotters knows it by.
    pub family: String,
    pub(in crate::map) bytes: &'static [u8],
    tables: Tables,
}

/// Where things stand in the font, and its global measures in font units.
#[derive(Clone, Copy, Debug)]
struct Tables {
    units_per_em: f64,
    height: f64,
    cap_height: f64,
    cmap: usize,
    metrics: usize,
    metric_count: usize,
}

/// The horizontal measures of a glyph in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::map) struct Advance {
    /// From one pen position to the next.
    pub width: f64,
    /// From the pen to the ink; negative where the ink starts before the pen.
    pub bearing: f64,
}

/// The fonts registered so far; plotters wants their bytes for good, so each is kept once.
static KEPT: Mutex<Vec<&'static [u8]>> = Mutex::new(Vec::new());

impl Face {
    /// Registers a font once, however often it is asked for.
    pub fn register(bytes: &[u8]) -> Result<Self, MapError> {
        let tables = Tables::read(bytes).ok_or(MapError::BadFont)?;
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|known| *known == bytes);
        let family = |place| format!("platen-map-{place}");
        if let Some(place) = place {
            return Ok(Self { family: family(place), bytes: kept[place], tables });
        }
        let bytes: &'static [u8] = Box::leak(bytes.into());
        let family = family(kept.len());
        register_font(&family, FontStyle::Normal, bytes).map_err(|_| MapError::BadFont)?;
        kept.push(bytes);
        Ok(Self { family, bytes, tables })
    }

    /// Checks that every character of some words has a glyph.
    pub fn check(&self, words: &str) -> Result<(), MapError> {
        match words.chars().find(|character| self.glyph(u32::from(*character)).unwrap_or(0) == 0) {
            None => Ok(()),
            Some(character) => Err(MapError::MissingCharacter { character, words: words.to_owned() }),
        }
    }

    /// Measures a glyph.
    pub fn advance(&self, character: char) -> Advance {
        let glyph = self.glyph(u32::from(character)).unwrap_or(0);
        let long = glyph.min(self.tables.metric_count - 1);
        let width = u16_at(self.bytes, self.tables.metrics + 4 * long).unwrap_or(0);
        let bearing_at = match glyph.checked_sub(self.tables.metric_count) {
            None => self.tables.metrics + 4 * glyph + 2,
            Some(rest) => self.tables.metrics + 4 * self.tables.metric_count + 2 * rest,
        };
        let bearing = u16_at(self.bytes, bearing_at).unwrap_or(0).cast_signed();
        Advance {
            width: f64::from(width) / self.tables.units_per_em,
            bearing: f64::from(bearing) / self.tables.units_per_em,
        }
    }

    /// Measures a line of text in ems.
    pub fn width(&self, text: &str) -> f64 {
        text.chars().map(|character| self.advance(character).width).sum()
    }

    /// Returns the height of capitals in ems.
    pub fn cap_height(&self) -> f64 {
        self.tables.cap_height / self.tables.units_per_em
    }

    /// Returns ascent and descent together in ems; plotters takes this, not the em, for a font's size.
    pub fn line_height(&self) -> f64 {
        self.tables.height / self.tables.units_per_em
    }

    /// Returns the size nearest to `em` pixels that plotters sets on whole pixels.
    ///
    /// It puts the baseline half a size below the pen, so the size (ascent and descent together) must be even.
    pub fn snapped(&self, em: f64) -> f64 {
        ((em * self.line_height() / 2.0).round() * 2.0).max(2.0) / self.line_height()
    }

    /// Finds the glyph of a code point.
    fn glyph(&self, code: u32) -> Option<usize> {
        let at = self.tables.cmap;
        match u16_at(self.bytes, at)? {
            4 => glyph_in_segments(self.bytes, at, u16::try_from(code).ok()?),
            12 => glyph_in_groups(self.bytes, at, code),
            _ => None,
        }
    }
}

impl Tables {
    fn read(bytes: &[u8]) -> Option<Self> {
        let head = table(bytes, b"head")?;
        let hhea = table(bytes, b"hhea")?;
        let units_per_em = f64::from(u16_at(bytes, head + 18)?);
        let metric_count = usize::from(u16_at(bytes, hhea + 34)?);
        if units_per_em == 0.0 || metric_count == 0 {
            return None;
        }
        let (ascent, descent) = extent(bytes, hhea)?;
        let cap_height = cap_height(bytes).unwrap_or(0.7 * units_per_em);
        let (cmap, metrics) = (subtable(bytes, table(bytes, b"cmap")?)?, table(bytes, b"hmtx")?);
        Some(Self { units_per_em, height: ascent - descent, cap_height, cmap, metrics, metric_count })
    }
}

/// Reads ascent and descent as ab_glyph chooses them: the typographic ones where the font says so, else `hhea`'s.
fn extent(bytes: &[u8], hhea: usize) -> Option<(f64, f64)> {
    const USE_TYPO_METRICS: u16 = 1 << 7;
    let signed = |at| u16_at(bytes, at).map(|value| f64::from(value.cast_signed()));
    let typo =
        table(bytes, b"OS/2").filter(|&os2| u16_at(bytes, os2 + 62).is_some_and(|flags| flags & USE_TYPO_METRICS != 0));
    match typo {
        Some(os2) => Some((signed(os2 + 68)?, signed(os2 + 70)?)),
        None => Some((signed(hhea + 4)?, signed(hhea + 6)?)),
    }
}

/// Reads the height of capitals, which `OS/2` has from its version 2 on.
fn cap_height(bytes: &[u8]) -> Option<f64> {
    let os2 = table(bytes, b"OS/2")?;
    let recent = u16_at(bytes, os2)? >= 2;
    u16_at(bytes, os2 + 88).filter(|&height| recent && height > 0).map(f64::from)
}

/// Finds the start of a table.
fn table(bytes: &[u8], tag: &[u8; 4]) -> Option<usize> {
    let count = usize::from(u16_at(bytes, 4)?);
    let record = (0..count).map(|place| 12 + 16 * place).find(|&at| bytes.get(at..at + 4) == Some(tag))?;
    u32_at(bytes, record + 8).map(|offset| offset as usize).filter(|&offset| offset < bytes.len())
}

/// Picks the Unicode mapping: all planes (format 12) rather than the first (format 4).
fn subtable(bytes: &[u8], cmap: usize) -> Option<usize> {
    let count = usize::from(u16_at(bytes, cmap + 2)?);
    let offsets = (0..count).filter_map(|place| u32_at(bytes, cmap + 4 + 8 * place + 4));
    let tables = offsets.map(|offset| cmap.saturating_add(offset as usize));
    let known = tables.filter(|&at| matches!(u16_at(bytes, at), Some(4 | 12)));
    known.max_by_key(|&at| u16_at(bytes, at))
}

/// Looks a character up in segments of code points (format 4).
fn glyph_in_segments(bytes: &[u8], at: usize, code: u16) -> Option<usize> {
    let doubled = usize::from(u16_at(bytes, at + 6)?);
    let (ends, starts) = (at + 14, at + 16 + doubled);
    let segment = (0..doubled / 2).find(|&place| u16_at(bytes, ends + 2 * place).is_some_and(|end| end >= code))?;
    let start = u16_at(bytes, starts + 2 * segment)?;
    let inside = code.checked_sub(start)?;
    let delta = u16_at(bytes, starts + doubled + 2 * segment)?;
    let range_at = starts + 2 * doubled + 2 * segment;
    match u16_at(bytes, range_at)? {
        0 => Some(usize::from(code.wrapping_add(delta))),
        range => {
            let glyph = u16_at(bytes, range_at + usize::from(range) + 2 * usize::from(inside))?;
            (glyph != 0).then(|| usize::from(glyph.wrapping_add(delta)))
        }
    }
}

/// Looks a character up in groups of code points (format 12).
fn glyph_in_groups(bytes: &[u8], at: usize, code: u32) -> Option<usize> {
    let count = u32_at(bytes, at + 12)? as usize;
    let mut groups = (0..count).map_while(|place| {
        let group = at + 16 + 12 * place;
        Some((u32_at(bytes, group)?, u32_at(bytes, group + 4)?, u32_at(bytes, group + 8)?))
    });
    let (start, _, first) = groups.find(|&(start, end, _)| (start..=end).contains(&code))?;
    Some(first.wrapping_add(code - start) as usize)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let &[high, low] = bytes.get(at..at.checked_add(2)?)? else { return None };
    Some(u16::from_be_bytes([high, low]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(bytes, at)?) << 16 | u32::from(u16_at(bytes, at.checked_add(2)?)?))
}

#[cfg(test)]
mod tests {
    use plotters::style::IntoFont;

    use super::*;
    use crate::map::sample;

    #[test]
    fn widths_agree_with_the_drawing_librarys_own() {
        let face = Face::register(sample::font()).unwrap();
        for text in ["Fairfield", "Doña Ana", "10 or more cases", "3–4"] {
            let size = 4_000.0;
            let glyphs = text.chars().map(|c| {
                let font = (face.family.as_str(), size).into_font();
                font.box_size(&c.to_string()).unwrap().0
            });
            let theirs = f64::from(glyphs.sum::<u32>());
            let ours = face.width(text) * size / face.line_height();
            assert!((ours - theirs).abs() < 1.0 + text.len() as f64, "{text}: {ours}, not {theirs}");
        }
    }

    #[test]
    fn a_font_is_kept_once() {
        let first = Face::register(sample::font()).unwrap();
        let second = Face::register(sample::font()).unwrap();
        assert_eq!(first.family, second.family);
    }

    #[test]
    fn damaged_fonts_are_refused_or_measured_but_never_panic() {
        assert_eq!(Face::register(b"").err(), Some(MapError::BadFont));
        let font = sample::font();
        for cut in (0..font.len().min(4_000)).step_by(37) {
            assert!(Tables::read(&font[..cut]).is_none_or(|tables| tables.metric_count > 0));
        }
        for place in 0..2_000 {
            let mut bytes = font.to_vec();
            bytes[place] ^= 0xff;
            if let Some(tables) = Tables::read(&bytes) {
                let face = Face { family: String::new(), bytes: Box::leak(bytes.into_boxed_slice()), tables };
                for character in ['A', 'ñ', '–', '\u{10ffff}'] {
                    let _ = face.advance(character);
                }
                break;
            }
        }
    }
}
