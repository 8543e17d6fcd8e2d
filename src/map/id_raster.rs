//! Which county each place of a picture shows.

use crate::boundaries::Geoid;

/// Samples per pixel in each direction.
pub(super) const SAMPLES: usize = 4;

/// A stretch of one line of samples that shows one county.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// First sample.
    pub start: u16,
    /// One past the last sample.
    pub end: u16,
    /// Place of the county in the boundaries.
    pub county: u16,
}

/// The county-id raster of a map: four lines of four samples a pixel, kept as runs.
///
/// It is drawn without anti-aliasing, so each sample is exactly one county or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdRaster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) geoids: Vec<Geoid>,
    /// Where each line's runs start; one entry more than lines.
    pub(super) lines: Vec<u32>,
    pub(super) runs: Vec<Run>,
}

impl IdRaster {
    /// Returns the width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Returns the height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Returns the county at the middle of a pixel, or nothing on paper or outside the picture.
    pub fn county_at(&self, x: u32, y: u32) -> Option<&Geoid> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let sample = u16::try_from(x as usize * SAMPLES + SAMPLES / 2).ok()?;
        let runs = self.line(y as usize * SAMPLES + SAMPLES / 2);
        let run = runs.get(runs.partition_point(|run| run.end <= sample))?;
        (run.start <= sample).then(|| self.geoids.get(usize::from(run.county))).flatten()
    }

    /// Counts the samples of each county, in the order of the boundaries: sixteen to a pixel.
    pub fn samples(&self) -> Vec<(&Geoid, u64)> {
        let mut counts: Vec<_> = self.geoids.iter().map(|geoid| (geoid, 0)).collect();
        for run in &self.runs {
            counts[usize::from(run.county)].1 += u64::from(run.end - run.start);
        }
        counts
    }

    /// Tells whether a box of pixels (left, top, right, bottom) lies in the picture and shows no county.
    pub(super) fn is_paper(&self, [left, top, right, bottom]: [i64; 4]) -> bool {
        let inside = left >= 0 && top >= 0 && right <= i64::from(self.width) && bottom <= i64::from(self.height);
        let samples = SAMPLES as i64;
        let clear = |line: i64| {
            let runs = self.line(line as usize);
            let next = runs.get(runs.partition_point(|run| i64::from(run.end) <= left * samples));
            next.is_none_or(|run| i64::from(run.start) >= right * samples)
        };
        inside && (top * samples..bottom * samples).all(clear)
    }

    /// Returns the lines of samples of a row of pixels.
    pub(super) fn lines_of(&self, row: usize) -> impl Iterator<Item = &[Run]> {
        (0..SAMPLES).map(move |sample| self.line(row * SAMPLES + sample))
    }

    /// Returns the runs of a line of samples, from left to right.
    pub(super) fn line(&self, line: usize) -> &[Run] {
        match self.lines.get(line..line + 2) {
            Some(&[start, end]) => &self.runs[start as usize..end as usize],
            _ => &[],
        }
    }
}
