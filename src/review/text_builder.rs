//! From glyphs to words and lines.

use std::collections::BTreeMap;

use super::content::{Spot, Style, Text};
use super::read::{Glyph, Sheet};

/// Baselines further apart than this are of two lines, in sizes of the font.
const LINE: f32 = 0.5;
/// Room between two glyphs that stands for a space.
const SPACE: f32 = 0.15;
/// Room between two glyphs of one height that parts two texts.
const APART: f32 = 2.0;
/// How far letters reach above and below their baseline.
const ASCENT: f32 = 0.8;
const DESCENT: f32 = 0.2;
/// Sizes are told apart to a twentieth of a point.
const SIZE_STEPS: f32 = 20.0;

/// Sets glyphs into words, a space where there is room for one or a line begins.
#[derive(Default)]
pub(super) struct TextBuilder {
    pub text: Text,
    last: Option<(usize, f32, f32, f32)>,
    /// How many glyphs are set in each style.
    styles: BTreeMap<(String, i32, [u8; 3]), usize>,
}

impl TextBuilder {
    pub(super) fn push(&mut self, page: usize, glyph: &Glyph, sheet: &Sheet) {
        if let Some((last_page, end, y, size)) = self.last {
            let is_new_line = last_page != page || (glyph.y - y).abs() > LINE * size;
            let is_apart = glyph.x - end > SPACE * size || glyph.x < end - size;
            let words = &self.text.words;
            // A word that is broken after its own hyphen is one word.
            let is_joined = words.ends_with(['-', '\u{ad}']) && is_new_line;
            if (is_new_line || is_apart) && !is_joined && !words.ends_with(char::is_whitespace) {
                self.text.words.push(' ');
            }
            if is_new_line && self.text.spot.is_some_and(|spot| spot.page == page) {
                self.text.lines.push(glyph.y);
            }
        } else {
            self.text.lines.push(glyph.y);
        }
        self.last = Some((page, glyph.end, glyph.y, glyph.size.max(1.0)));
        self.text.words.push_str(&glyph.text);
        if glyph.text.trim().is_empty() {
            return;
        }
        let area = [glyph.x, glyph.y - ASCENT * glyph.size, glyph.end, glyph.y + DESCENT * glyph.size];
        let spot = self.text.spot.get_or_insert(Spot { page, area });
        if spot.page == page {
            let old = spot.area;
            spot.area = [old[0].min(area[0]), old[1].min(area[1]), old[2].max(area[2]), old[3].max(area[3])];
        }
        let font = sheet.fonts.get(glyph.font).cloned().unwrap_or_default();
        *self.styles.entry((font, (glyph.size * SIZE_STEPS).round() as i32, glyph.rgb)).or_default() += 1;
    }

    pub(super) fn finish(mut self) -> Text {
        self.text.words = self.text.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(((font, size, rgb), _)) = self.styles.into_iter().max_by_key(|(_, count)| *count) {
            self.text.style = Style { font, size: size as f32 / SIZE_STEPS, rgb };
        }
        self.text
    }
}

/// Sets some glyphs of a page into lines.
pub(super) fn lines(page: usize, sheet: &Sheet, wanted: impl Fn(&Glyph) -> bool) -> Vec<Text> {
    let mut lines: Vec<TextBuilder> = Vec::new();
    let mut last: Option<(f32, f32)> = None;
    for glyph in sheet.glyphs.iter().filter(|glyph| wanted(glyph)) {
        let goes_on = last.is_some_and(|(y, end)| {
            (glyph.y - y).abs() < LINE * glyph.size && glyph.x - end < APART * glyph.size && glyph.x > end - glyph.size
        });
        if !goes_on {
            lines.push(TextBuilder::default());
        }
        if let Some(line) = lines.last_mut() {
            line.push(page, glyph, sheet);
        }
        last = Some((glyph.y, glyph.end));
    }
    lines.into_iter().map(TextBuilder::finish).filter(|line| !line.words.is_empty()).collect()
}
