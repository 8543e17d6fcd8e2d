//! A page as it is read: its glyphs, its lines and fills, and what they are drawn with.

use std::sync::Arc;

use crate::unit::Digest;

/// Whether a reader sees a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(in crate::review) enum Sight {
    #[default]
    Seen,
    /// Drawn without ink, for whoever copies or searches.
    Invisible,
    Transparent,
    /// Outside of what the page clips to.
    Clipped,
    OffPage,
    /// White on white.
    White,
}

impl Sight {
    pub(in crate::review) fn words(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Invisible => "invisible",
            Self::Transparent => "transparent",
            Self::Clipped => "clipped away",
            Self::OffPage => "outside of the page",
            Self::White => "white on white",
        }
    }
}

/// A glyph on a page; lengths in points, y downward from the top of the page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct Glyph {
    pub text: String,
    /// Where its baseline begins.
    pub x: f32,
    pub y: f32,
    /// The angle of its baseline, in degrees.
    pub angle: i16,
    /// Where it begins and ends along its baseline, and how far the baseline lies across: of level text left, right and y.
    pub along: [f32; 2],
    pub across: f32,
    /// Left, top, right and bottom.
    pub area: [f32; 4],
    pub size: f32,
    /// Place of its font in the sheet's list.
    pub font: usize,
    pub rgb: [u8; 3],
    /// How much it covers, in percent.
    pub opacity: u8,
    pub sight: Sight,
    /// Identifier of its marked content; none for page furniture.
    pub mcid: Option<i32>,
}

/// A line or fill.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::review) struct Outline {
    /// Left, top, right and bottom, in hundredths of a point.
    pub(super) area: [i64; 4],
    pub(super) pieces: usize,
    pub(super) rgb: [u8; 3],
    pub(super) opacity: u8,
    pub(super) is_line: bool,
}

impl Outline {
    /// Colour, how much it covers, and whether it is a line.
    pub(in crate::review) fn colour(&self) -> ([u8; 3], u8, bool) {
        (self.rgb, self.opacity, self.is_line)
    }

    /// A fill for tests.
    #[cfg(test)]
    pub(in crate::review) fn black(area: [f32; 4]) -> Self {
        let area = area.map(|edge| (f64::from(edge) * 100.0).round() as i64);
        Self { area, pieces: 5, rgb: [0; 3], opacity: 100, is_line: false }
    }

    /// Left, top, right and bottom, in points.
    pub(in crate::review) fn area(&self) -> [f32; 4] {
        self.area.map(|edge| edge as f32 / 100.0)
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct Sheet {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// Names of the fonts, without the tag of a subset.
    pub fonts: Vec<Arc<str>>,
    /// Lines and fills.
    pub graphics: Vec<Outline>,
    /// Digest of the pictures.
    pub pictures: Digest,
    /// Where they stand: left, top, right and bottom of all together.
    pub pictured: Option<[f32; 4]>,
    /// Digest of all that the page draws.
    pub look: Digest,
}
