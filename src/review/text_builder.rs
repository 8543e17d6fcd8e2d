//! From glyphs to words and lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::content::{Spot, Style, Text, Word, enclosing};
use super::read::{Glyph, Sheet, Sight};

/// Baselines further apart than this are of two lines, in sizes of the font.
const LINE: f32 = 0.5;
/// Room between two glyphs that stands for a space.
const SPACE: f32 = 0.15;
/// Room between two glyphs of one height that parts two texts.
const APART: f32 = 2.0;
/// Sizes are told apart to a twentieth of a point.
const SIZE_STEPS: f32 = 20.0;

/// Font, size in twentieths of a point, colour, opacity and sight.
type StyleKey = (Arc<str>, i32, [u8; 3], u8, Sight);

/// Sets glyphs into words, a space where there is room for one or a line begins.
#[derive(Default)]
pub(super) struct TextBuilder {
    pub text: Text,
    last: Option<Last>,
    /// The word that is being set.
    word: Word,
    begins: bool,
    /// How many glyphs are set in each style.
    styles: BTreeMap<StyleKey, usize>,
}

/// The glyph before.
#[derive(Clone, Copy)]
struct Last {
    page: usize,
    angle: i16,
    end: f32,
    across: f32,
    size: f32,
}

impl TextBuilder {
    pub(super) fn push(&mut self, page: usize, glyph: &Glyph, sheet: &Sheet) {
        match self.last {
            Some(last) => self.part(last, page, glyph),
            None => {
                self.begins = true;
                self.text.lines.push(glyph.y);
            }
        }
        let (end, across, angle) = (glyph.along[1], glyph.across, glyph.angle);
        self.last = Some(Last { page, angle, end, across, size: glyph.size.max(1.0) });
        self.word.glyphs += usize::from(!glyph.text.trim().is_empty());
        for letter in glyph.text.chars() {
            if letter.is_whitespace() {
                self.end_word();
            } else {
                self.letter(letter, page, glyph, sheet);
            }
        }
    }

    /// Ends a word where a glyph is apart from the last one or begins a line.
    fn part(&mut self, last: Last, page: usize, glyph: &Glyph) {
        let is_new_line =
            last.page != page || last.angle != glyph.angle || (glyph.across - last.across).abs() > LINE * last.size;
        let is_apart = glyph.along[0] - last.end > SPACE * last.size || glyph.along[0] < last.end - last.size;
        if is_new_line && self.is_at_hyphen() {
            // A word that is broken after its own hyphen is one word.
            self.word.is_broken = true;
            if self.word.text.ends_with(SOFT_HYPHEN) {
                self.word.text.pop();
            }
        } else if is_new_line || is_apart {
            self.end_word();
        }
        if is_new_line {
            self.begins = !self.word.is_broken;
            if self.text.spot.is_some_and(|spot| spot.page == page) {
                self.text.lines.push(glyph.y);
            }
        }
    }

    fn is_at_hyphen(&self) -> bool {
        let mut letters = self.word.text.chars().rev();
        letters.next().is_some_and(|last| matches!(last, '-' | SOFT_HYPHEN))
            && letters.next().is_some_and(char::is_alphanumeric)
    }

    fn letter(&mut self, letter: char, page: usize, glyph: &Glyph, sheet: &Sheet) {
        let style = Style {
            font: sheet.fonts.get(glyph.font).cloned().unwrap_or_default(),
            size: (glyph.size * SIZE_STEPS).round() / SIZE_STEPS,
            rgb: glyph.rgb,
            opacity: glyph.opacity,
            sight: glyph.sight,
        };
        let steps = (glyph.size * SIZE_STEPS).round() as i32;
        let key = (Arc::clone(&style.font), steps, style.rgb, style.opacity, style.sight);
        *self.styles.entry(key).or_default() += 1;
        let word = &mut self.word;
        if word.styles.last().is_none_or(|(_, last)| *last != style) {
            word.styles.push((word.text.chars().count(), style));
        }
        if word.text.is_empty() {
            word.begins = std::mem::take(&mut self.begins);
        }
        word.text.push(letter);
        join(&mut word.spot, page, glyph.area);
        join(&mut self.text.spot, page, glyph.area);
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if !word.text.is_empty() {
            self.text.set.push(word);
        }
    }

    pub(super) fn finish(mut self) -> Text {
        self.end_word();
        self.text.words = self.text.set.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        if let Some(((font, size, rgb, opacity, sight), _)) = self.styles.into_iter().max_by_key(|(_, count)| *count) {
            self.text.style = Style { font, size: size as f32 / SIZE_STEPS, rgb, opacity, sight };
        }
        self.text
    }
}

const SOFT_HYPHEN: char = '\u{ad}';

/// Makes a place reach over another one on its page.
fn join(spot: &mut Option<Spot>, page: usize, area: [f32; 4]) {
    let spot = spot.get_or_insert(Spot { page, area });
    if spot.page == page {
        spot.area = enclosing(spot.area, area);
    }
}

/// Sets some glyphs of a page into lines.
pub(super) fn lines(page: usize, sheet: &Sheet, wanted: impl Fn(&Glyph) -> bool) -> Vec<Text> {
    let mut lines: Vec<TextBuilder> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in sheet.glyphs.iter().filter(|glyph| wanted(glyph)) {
        let goes_on = last.is_some_and(|last| {
            last.angle == glyph.angle
                && (glyph.across - last.across).abs() < LINE * glyph.size
                && glyph.along[0] - last.along[1] < APART * glyph.size
                && glyph.along[0] > last.along[1] - glyph.size
        });
        if !goes_on {
            lines.push(TextBuilder::default());
        }
        if let Some(line) = lines.last_mut() {
            line.push(page, glyph, sheet);
        }
        last = Some(glyph);
    }
    lines.into_iter().map(TextBuilder::finish).filter(|line| !line.words.is_empty()).collect()
}
