//! The legend: a title, and for each class a swatch with its words.

use crate::map::text::{Faces, break_lines};
use crate::map::{ClassStyle, MapStyle, Rgb};

/// How the classes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::map) enum Form {
    /// One under the other.
    Column,
    /// One beside the other, in as many rows as the width asks for.
    Rows,
}

/// A legend, set but not placed; all measures in pixels from its upper left corner.
#[derive(Clone, Debug)]
pub(in crate::map) struct Legend {
    pub width: f64,
    pub height: f64,
    pub lines: Vec<LegendLine>,
    pub swatches: Vec<Swatch>,
}

/// A line of text.
#[derive(Clone, Debug)]
pub(in crate::map) struct LegendLine {
    pub text: String,
    pub x: f64,
    pub baseline: f64,
    pub bold: bool,
}

/// A sample of a class's colour.
#[derive(Clone, Debug)]
pub(in crate::map) struct Swatch {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub rgb: Rgb,
}

/// Measures of the legend's parts, in ems of its size.
const SWATCH_WIDTH: f64 = 1.9;
const SWATCH_HEIGHT: f64 = 1.15;
const LINE: f64 = 1.25;
const ROW_GAP: f64 = 0.35;
const WORD_GAP: f64 = 0.6;
const COLUMN_GAP: f64 = 1.8;
/// Kept free after a line of text.
const SLACK: f64 = 0.15;
/// Widest text in a column before it is broken.
const TEXT_WIDTH: f64 = 15.0;

impl Legend {
    /// Sets the legend within a width in pixels.
    ///
    /// The classes stand from the most cases to the fewest, what is below all classes last.
    pub(crate) fn set(style: &MapStyle<'_>, faces: &Faces<'_>, form: Form, max_width: f64) -> Self {
        let mut placer = TextPlacer::new(style, faces, max_width);
        placer.title(&style.legend_title, form);
        for class in style.classes.iter().rev().chain([&style.unshaded]) {
            placer.class(class, form);
        }
        placer.finish()
    }
}

/// Sets one part of the legend after the other.
struct TextPlacer<'a> {
    faces: &'a Faces<'a>,
    em: f64,
    max_width: f64,
    x: f64,
    y: f64,
    row: f64,
    legend: Legend,
}

impl<'a> TextPlacer<'a> {
    fn new(style: &MapStyle<'_>, faces: &'a Faces<'a>, max_width: f64) -> Self {
        let legend = Legend { width: 0.0, height: 0.0, lines: Vec::new(), swatches: Vec::new() };
        Self {
            faces,
            em: faces.plain.snapped(style.px(style.legend_size)),
            max_width,
            x: 0.0,
            y: 0.0,
            row: 0.0,
            legend,
        }
    }

    fn title(&mut self, title: &str, form: Form) {
        let room = match form {
            Form::Column => self.max_width.min((TEXT_WIDTH + SWATCH_WIDTH + WORD_GAP) * self.em),
            Form::Rows => self.max_width - SLACK * self.em,
        };
        for text in break_lines(title, &self.faces.bold, room / self.em) {
            self.line(text, 0.0, self.y, true);
            self.y += LINE * self.em;
        }
        if self.y > 0.0 {
            self.y += ROW_GAP * self.em;
        }
    }

    fn class(&mut self, class: &ClassStyle, form: Form) {
        let indent = (SWATCH_WIDTH + WORD_GAP) * self.em;
        let room = match form {
            Form::Column => (self.max_width - indent).min(TEXT_WIDTH * self.em),
            Form::Rows => self.max_width - indent - SLACK * self.em,
        };
        let texts = break_lines(&class.label, &self.faces.plain, room / self.em);
        let widest = texts.iter().map(|text| self.faces.plain.width(text)).fold(0.0, f64::max);
        let width = indent + (widest + SLACK) * self.em;
        if self.x > 0.0 && (form == Form::Column || self.x + width > self.max_width) {
            self.next_row();
        }
        self.swatch(class.rgb);
        for (place, text) in texts.iter().enumerate() {
            self.line(text.clone(), self.x + indent, self.y + place as f64 * LINE * self.em, false);
        }
        self.row = self.row.max(texts.len() as f64 * LINE * self.em);
        self.x += width + COLUMN_GAP * self.em;
    }

    fn next_row(&mut self) {
        self.y += self.row + ROW_GAP * self.em;
        (self.x, self.row) = (0.0, 0.0);
    }

    /// Puts a swatch beside the first line of its words.
    fn swatch(&mut self, rgb: Rgb) {
        let (width, height) = ((SWATCH_WIDTH * self.em).round(), (SWATCH_HEIGHT * self.em).round());
        let y = (self.y + (LINE - SWATCH_HEIGHT) / 2.0 * self.em).round();
        self.legend.width = self.legend.width.max(self.x + width);
        self.legend.swatches.push(Swatch { x: self.x.round(), y, width, height, rgb });
    }

    /// Puts a line of text whose capitals stand in the middle of the line.
    fn line(&mut self, text: String, x: f64, top: f64, bold: bool) {
        let face = if bold { &self.faces.bold } else { &self.faces.plain };
        let baseline = top + (LINE + face.cap_height()) / 2.0 * self.em;
        // The bold face may snap to another size; a little room keeps its last letter in the picture.
        let width = face.width(&text) * face.snapped(self.em) + SLACK * self.em;
        self.legend.width = self.legend.width.max(x + width);
        self.legend.lines.push(LegendLine { text, x, baseline, bold });
    }

    fn finish(mut self) -> Legend {
        self.legend.width = self.legend.width.ceil();
        self.legend.height = (self.y + self.row).ceil();
        self.legend
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;

    #[test]
    fn the_legend_names_every_class_and_ends_with_what_is_below_them() {
        let style = sample::style();
        let faces = Faces::read(&style).unwrap();
        for form in [Form::Column, Form::Rows] {
            let legend = Legend::set(&style, &faces, form, 1950.0);
            let words: Vec<_> = legend.lines.iter().map(|line| line.text.as_str()).collect();
            let words = words.join(" ");
            assert_eq!(words, "Cases by county 10 or more cases 5–9 cases 3–4 cases Fewer than 3 cases");
            assert_eq!(legend.swatches.len(), 4);
            assert!(legend.width <= 1950.0 && legend.height > 0.0);
        }
    }

    #[test]
    fn a_narrow_legend_breaks_its_lines_and_stays_in_its_width() {
        let style = sample::style();
        let faces = Faces::read(&style).unwrap();
        for width in [300.0, 500.0, 900.0] {
            let legend = Legend::set(&style, &faces, Form::Rows, width);
            assert!(legend.width <= width, "{} in {width}", legend.width);
        }
    }
}
