//! Lines with soft edges: how much of each pixel a line covers.

use geo::Coord;

use crate::map::project::Segment;

/// Coverage of a band of pixel rows by lines, a byte a pixel.
///
/// Each pixel keeps the largest coverage of any segment, so joints are round and nothing is covered twice.
pub(in crate::map) struct Mask {
    width: usize,
    top: usize,
    rows: usize,
    /// Where may be drawn: first column and row, one past the last column and row.
    limits: [usize; 4],
    pub coverage: Vec<u8>,
}

impl Mask {
    /// Makes an empty mask for `rows` rows from row `top` on.
    pub(super) fn new(width: usize, top: usize, rows: usize, limits: [usize; 4]) -> Self {
        Self { width, top, rows, limits, coverage: vec![0; width * rows] }
    }

    /// Draws a segment as a line of a given width in pixels.
    ///
    /// A pixel's coverage falls from full to none over one pixel, by the distance of its middle from the segment.
    pub(super) fn stroke(&mut self, segment: &Segment, width: f64) {
        let line = StrokedLine::new(*segment, width);
        let [a, b] = *segment;
        let first = ceiling(a.y.min(b.y) - line.reach - 0.5).max(self.top.max(self.limits[1]));
        let last = floor(a.y.max(b.y) + line.reach + 0.5).min((self.top + self.rows).min(self.limits[3]));
        for row in first..last {
            self.stroke_row(row, &line);
        }
    }

    fn stroke_row(&mut self, row: usize, line: &StrokedLine) {
        let y = row as f64 + 0.5;
        let (near, far) = line.near_part(y);
        let ends = [line.a.x + near * line.along.x, line.a.x + far * line.along.x];
        let left = ceiling(ends[0].min(ends[1]) - line.reach - 0.5).max(self.limits[0]);
        let right = floor(ends[0].max(ends[1]) + line.reach + 0.5).min(self.limits[2]);
        if left >= right {
            return;
        }
        let start = (row - self.top) * self.width;
        let first = Coord { x: left as f64 + 0.5 - line.a.x, y: y - line.a.y };
        // Positions beside the segment are small numbers, for which single precision is enough.
        let along = [line.along.x as f32, line.along.y as f32];
        let (dx, dy, reach) = (first.x as f32, first.y as f32, line.reach as f32);
        let [x_share, y_share] = [(line.along.x * line.inverse) as f32, (line.along.y * line.inverse) as f32];
        let (nearest, full) = (dy * y_share, line.strength as f32 * 255.0);
        for (step, pixel) in self.coverage[start + left..start + right].iter_mut().enumerate() {
            let dx = dx + step as f32;
            let share = (dx * x_share + nearest).clamp(0.0, 1.0);
            let (off_x, off_y) = (dx - share * along[0], dy - share * along[1]);
            let cover = (reach - (off_x * off_x + off_y * off_y).sqrt()).clamp(0.0, 1.0) * full;
            *pixel = ((cover + 0.5) as u8).max(*pixel);
        }
    }
}

/// A segment as a line of some width.
struct StrokedLine {
    a: Coord<f64>,
    along: Coord<f64>,
    /// One over the square of its length; zero for a point.
    inverse: f64,
    /// One over its height; infinite for a level line.
    steepness: f64,
    /// Distance at which nothing is covered any more.
    reach: f64,
    /// Most that is covered, from 0 to 1.
    strength: f64,
}

impl StrokedLine {
    fn new([a, b]: Segment, width: f64) -> Self {
        let along = b - a;
        let square = along.x * along.x + along.y * along.y;
        Self {
            a,
            along,
            inverse: if square > 0.0 { 1.0 / square } else { 0.0 },
            steepness: if along.y.abs() < 1e-9 { f64::INFINITY } else { 1.0 / along.y },
            // Lines thinner than a pixel keep its width and lose strength.
            reach: width.max(1.0) / 2.0 + 0.5,
            strength: width.min(1.0),
        }
    }

    /// Returns the part of the segment, from 0 to 1, that a row can be near to.
    fn near_part(&self, y: f64) -> (f64, f64) {
        if self.steepness.is_infinite() {
            return (0.0, 1.0);
        }
        let middle = (y - self.a.y) * self.steepness;
        let off = self.reach * self.steepness.abs();
        ((middle - off).clamp(0.0, 1.0), (middle + off).clamp(0.0, 1.0))
    }
}

/// Rounds up to a place in a row or column; nothing is below the first.
fn ceiling(value: f64) -> usize {
    let whole = value as usize;
    whole + usize::from(value > whole as f64)
}

/// Rounds down to a place in a row or column; nothing is below the first.
fn floor(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(segment: Segment, width: f64) -> f64 {
        let mut mask = Mask::new(100, 0, 100, [0, 0, 100, 100]);
        mask.stroke(&segment, width);
        mask.coverage.iter().map(|&byte| f64::from(byte) / 255.0).sum()
    }

    #[test]
    fn ink_is_length_times_width_in_every_direction() {
        for (x, y) in [(60.0, 0.0), (0.0, 60.0), (48.0, 36.0), (36.0, -48.0), (-1.0, 59.99)] {
            let a = Coord { x: 50.3 - x / 2.0, y: 50.1 - y / 2.0 };
            let ink = sum([a, a + Coord { x, y }], 3.0);
            let wanted = 60.0 * 3.0 + std::f64::consts::PI * 1.5 * 1.5;
            assert!((ink / wanted - 1.0).abs() < 0.02, "{x}, {y}: {ink}, not {wanted}");
        }
    }

    #[test]
    fn lines_thinner_than_a_pixel_are_fainter() {
        let segment = [Coord { x: 20.0, y: 50.5 }, Coord { x: 80.0, y: 50.5 }];
        assert!((sum(segment, 0.5) / sum(segment, 1.0) - 0.5).abs() < 0.02);
    }

    #[test]
    fn lines_off_the_mask_are_cut() {
        let far = [Coord { x: -1e6, y: -1e6 }, Coord { x: 1e6, y: 1e6 }];
        assert!(sum(far, 2.0) > 0.0);
        assert_eq!(sum([Coord { x: 200.0, y: 200.0 }, Coord { x: 300.0, y: 300.0 }], 2.0), 0.0);
        assert_eq!(sum([Coord { x: -50.0, y: -50.0 }, Coord { x: -9.0, y: -9.0 }], 2.0), 0.0);
    }
}
