//! Lines with soft edges: how much of each pixel a line covers.

use geo::Coord;

use super::borders::Segment;

/// Coverage of a band of pixel rows by lines, a byte a pixel.
///
/// Each pixel keeps the largest coverage of any segment, so joints are round and nothing is covered twice.
pub(super) struct Mask {
    width: usize,
    top: usize,
    rows: usize,
    /// Where may be drawn: first column and row, one past the last column and row.
    limits: [usize; 4],
    pub coverage: Vec<u8>,
}

impl Mask {
    /// Makes an empty mask for `rows` rows from row `top` on.
    pub fn new(width: usize, top: usize, rows: usize, limits: [usize; 4]) -> Self {
        Self { width, top, rows, limits, coverage: vec![0; width * rows] }
    }

    /// Draws a segment as a line of a given width in pixels.
    ///
    /// A pixel's coverage falls from full to none over one pixel, by the distance of its middle from the segment.
    pub fn stroke(&mut self, segment: &Segment, width: f64) {
        // Lines thinner than a pixel keep its width and lose strength.
        let (half, strength) = (width.max(1.0) / 2.0, width.min(1.0));
        let reach = half + 0.5;
        let [a, b] = *segment;
        let (top, bottom) = (a.y.min(b.y) - reach, a.y.max(b.y) + reach);
        let first = (top - 0.5).ceil().max(self.top.max(self.limits[1]) as f64) as usize;
        let last = ((bottom + 0.5).floor().max(0.0) as usize).min((self.top + self.rows).min(self.limits[3]));
        for row in first..last {
            self.stroke_row(row, [a, b], reach, strength);
        }
    }

    fn stroke_row(&mut self, row: usize, [a, b]: Segment, reach: f64, strength: f64) {
        let y = row as f64 + 0.5;
        let along = b - a;
        let square = along.x * along.x + along.y * along.y;
        let (near, far) = near_part(y, a, along, reach);
        let ends = [a.x + near * along.x, a.x + far * along.x];
        let left = (ends[0].min(ends[1]) - reach - 0.5).ceil().max(self.limits[0] as f64) as usize;
        let right = ((ends[0].max(ends[1]) + reach + 0.5).floor().max(0.0) as usize).min(self.limits[2]);
        let line = (row - self.top) * self.width;
        for x in left..right {
            let (dx, dy) = (x as f64 + 0.5 - a.x, y - a.y);
            let share = if square > 0.0 { ((dx * along.x + dy * along.y) / square).clamp(0.0, 1.0) } else { 0.0 };
            let (dx, dy) = (dx - share * along.x, dy - share * along.y);
            let cover = (reach - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0) * strength;
            let byte = (cover * 255.0 + 0.5) as u8;
            let pixel = &mut self.coverage[line + x];
            *pixel = byte.max(*pixel);
        }
    }
}

/// Returns the part of a segment, from 0 to 1, that a row can be near to.
fn near_part(y: f64, a: Coord<f64>, along: Coord<f64>, reach: f64) -> (f64, f64) {
    if along.y.abs() < 1e-9 {
        return (0.0, 1.0);
    }
    let shares = [(y - reach - a.y) / along.y, (y + reach - a.y) / along.y];
    (shares[0].min(shares[1]).clamp(0.0, 1.0), shares[0].max(shares[1]).clamp(0.0, 1.0))
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
