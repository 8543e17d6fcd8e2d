//! Letters as outlines, for the press: a shape needs neither a font nor a grid of pixels.

use ttf_parser::OutlineBuilder;

use super::face::Face;

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Starts a new part at a position.
    Move([f64; 2]),
    /// Draws a straight line to a position.
    Line([f64; 2]),
    /// Draws a cubic curve: two control positions and the end.
    Curve([f64; 2], [f64; 2], [f64; 2]),
    /// Closes the part.
    Close,
}

/// Returns the outlines of a line of text; `em` and the pen's start are in the unit of the result, y downward.
pub(in crate::map) fn outlines(face: &Face<'_>, text: &str, em: f64, pen: [f64; 2]) -> Vec<Step> {
    let scale = em / face.units_per_em();
    let mut tracer = Tracer { steps: Vec::new(), scale, origin: pen, last: pen };
    for character in text.chars() {
        face.font.outline_glyph(face.glyph(character), &mut tracer);
        tracer.origin[0] += face.advance(character) * em;
    }
    tracer.steps
}

struct Tracer {
    steps: Vec<Step>,
    scale: f64,
    origin: [f64; 2],
    last: [f64; 2],
}

impl Tracer {
    fn at(&self, x: f32, y: f32) -> [f64; 2] {
        [self.origin[0] + f64::from(x) * self.scale, self.origin[1] - f64::from(y) * self.scale]
    }
}

impl OutlineBuilder for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = self.at(x, y);
        self.steps.push(Step::Move(self.last));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.last = self.at(x, y);
        self.steps.push(Step::Line(self.last));
    }

    /// Raises a quadratic curve to a cubic one: each control position lies two thirds of the way.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, end) = (self.at(x1, y1), self.at(x, y));
        let toward = |from: [f64; 2]| std::array::from_fn(|i| from[i] + (control[i] - from[i]) * 2.0 / 3.0);
        self.steps.push(Step::Curve(toward(self.last), toward(end), end));
        self.last = end;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.last = self.at(x, y);
        self.steps.push(Step::Curve(self.at(x1, y1), self.at(x2, y2), self.last));
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample;
    use crate::map::text::Faces;

    #[test]
    fn letters_stand_on_the_baseline_one_after_the_other() {
        let faces = Faces::read(&sample::style()).unwrap();
        let steps = outlines(&faces.plain, "HI", 10.0, [5.0, 20.0]);
        let positions = steps.iter().filter_map(|step| match step {
            Step::Move(at) | Step::Line(at) | Step::Curve(_, _, at) => Some(*at),
            Step::Close => None,
        });
        let (mut lowest, mut right) = (0.0f64, 0.0f64);
        for [x, y] in positions {
            assert!(x >= 5.0 && y > 12.0);
            (lowest, right) = (lowest.max(y), right.max(x));
        }
        assert!((lowest - 20.0).abs() < 1e-6);
        assert!(right > 10.0 && right < 5.0 + faces.plain.width("HI") * 10.0);
    }
}
