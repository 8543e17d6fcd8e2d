//! From four lines of four samples to one row of pixels.

use crate::map::id_raster::{Run, SAMPLES};

/// Averages samples row by row, in a colour space of so many bytes.
///
/// Colours change at few places of a row: only there anything is computed, and the stretches between are copied.
pub(in crate::map) struct Average<'a, const N: usize> {
    fills: &'a [[u8; N]],
    paper: [u8; N],
    /// What each pixel's sum differs by from the one before; all zeros between rows.
    changes: Vec<[i32; N]>,
    /// The pixels with a change, a bit each.
    changed: Vec<u64>,
}

impl<'a, const N: usize> Average<'a, N> {
    /// Prepares for rows of a width in pixels.
    pub(crate) fn new(fills: &'a [[u8; N]], paper: [u8; N], width: usize) -> Self {
        Self { fills, paper, changes: vec![[0; N]; width + 2], changed: vec![0; (width + 2).div_ceil(64)] }
    }

    /// Averages the lines of samples of one row of pixels.
    pub(crate) fn row<'r>(&mut self, lines: impl Iterator<Item = &'r [Run]>, row: &mut [u8]) {
        lines.flatten().for_each(|run| self.note(run));
        let full = (SAMPLES * SAMPLES) as i32;
        let mut sum = self.paper.map(|byte| i32::from(byte) * full + full / 2);
        let (mut colour, mut from, width) = (self.paper, 0, row.len() / N);
        for (word, bits) in self.changed.iter_mut().enumerate() {
            while *bits != 0 {
                let pixel = word * 64 + bits.trailing_zeros() as usize;
                *bits &= *bits - 1;
                let change = std::mem::replace(&mut self.changes[pixel], [0; N]);
                if pixel < width {
                    spread(&mut row[from * N..pixel * N], colour);
                    (0..N).for_each(|i| sum[i] += change[i]);
                    (colour, from) = (sum.map(|sum| (sum / full) as u8), pixel);
                }
            }
        }
        spread(&mut row[from * N..], colour);
    }

    /// Notes where a run begins and ends: a sample inside a pixel changes that pixel in part, and the next the rest.
    fn note(&mut self, run: &Run) {
        let fill = self.fills[usize::from(run.county)];
        let samples = SAMPLES as i32;
        for (sample, sign) in [(run.start, 1), (run.end, -1)] {
            let (pixel, inside) = (usize::from(sample) / SAMPLES, i32::from(sample) % samples);
            for (pixel, share) in [(pixel, samples - inside), (pixel + 1, inside)] {
                let colours = fill.iter().zip(&self.paper);
                for (change, (fill, paper)) in self.changes[pixel].iter_mut().zip(colours) {
                    *change += sign * share * (i32::from(*fill) - i32::from(*paper));
                }
                self.changed[pixel / 64] |= 1 << (pixel % 64);
            }
        }
    }
}

/// Fills a stretch with one colour.
fn spread<const N: usize>(stretch: &mut [u8], colour: [u8; N]) {
    // A long stretch is copied in ever larger pieces.
    if stretch.len() < 32 * N {
        stretch.chunks_exact_mut(N).for_each(|pixel| pixel.copy_from_slice(&colour));
        return;
    }
    stretch[..N].copy_from_slice(&colour);
    let mut filled = N;
    while filled < stretch.len() {
        let more = filled.min(stretch.len() - filled);
        stretch.copy_within(..more, filled);
        filled += more;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_is_the_average_of_its_samples() {
        let lines = [
            vec![Run { start: 2, end: 6, county: 0 }, Run { start: 6, end: 12, county: 1 }],
            vec![Run { start: 2, end: 6, county: 0 }, Run { start: 6, end: 12, county: 0 }],
            vec![],
            vec![Run { start: 0, end: 12, county: 0 }],
        ];
        let fills = [[160, 0, 32], [0, 0, 0]];
        let (mut average, mut row) = (Average::new(&fills, [0, 0, 0], 3), vec![7; 9]);
        // Of sixteen samples, 8, 10 and 8 show the first county; a second row is not changed by the first.
        for _ in 0..2 {
            average.row(lines.iter().map(Vec::as_slice), &mut row);
            assert_eq!(row, [80, 0, 16, 100, 0, 20, 80, 0, 16]);
        }
    }

    #[test]
    fn stretches_of_one_colour_are_filled_whole() {
        let fills = [[10, 20, 30]];
        let line = vec![Run { start: 8, end: 36, county: 0 }];
        let (mut average, mut row) = (Average::new(&fills, [255; 3], 10), vec![0; 30]);
        average.row([line.as_slice(); 4].into_iter(), &mut row);
        let wanted: Vec<u8> = (0..10).flat_map(|x| if (2..9).contains(&x) { [10, 20, 30] } else { [255; 3] }).collect();
        assert_eq!(row, wanted);
    }
}
