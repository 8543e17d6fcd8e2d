//! Filling the county-id raster, line by line.

use geo::Coord;
use rayon::prelude::*;

use crate::boundaries::{Boundaries, County};
use crate::map::id_raster::{IdRaster, Run, SAMPLES};
use crate::map::layout::Arrangement;
use crate::map::project::Plane;

/// Lines that one task sorts.
const BAND: usize = 256;

/// Fills the raster by the even-odd rule, all rings of a county in one path.
///
/// An edge is crossed at the same sample whichever of its two counties asks, so neighbours neither overlap nor leave
/// a gap. Where shapes overlap all the same, the smallest county keeps the place, as it does when a point is located.
pub(in crate::map) fn fill(boundaries: &Boundaries, plane: &Plane, arrangement: &Arrangement) -> IdRaster {
    let edges = edges(plane, arrangement);
    let (starts, crossings) = crossings(&edges, arrangement);
    let ranks = ranks(boundaries);
    let bands: Vec<_> =
        starts.windows(2).collect::<Vec<_>>().par_chunks(BAND).map(|lines| band(lines, &crossings, &ranks)).collect();
    let mut raster = IdRaster {
        width: arrangement.width,
        height: arrangement.height,
        geoids: boundaries.counties.iter().map(|county| county.geoid.clone()).collect(),
        lines: vec![0],
        runs: Vec::with_capacity(bands.iter().map(|(_, runs)| runs.len()).sum()),
    };
    for (ends, runs) in bands {
        let before = raster.runs.len() as u32;
        raster.lines.extend(ends.iter().map(|end| before + end));
        raster.runs.extend(runs);
    }
    raster
}

/// An edge in samples, the upper end first.
struct Edge {
    top: Coord<f64>,
    slope: f64,
    first: usize,
    last: usize,
    county: u16,
}

/// Collects the edges that cross the middle of a line within the frame.
fn edges(plane: &Plane, arrangement: &Arrangement) -> Vec<Edge> {
    let [_, top, _, bottom] = arrangement.frame.edges();
    let line = |y: f64| (y * SAMPLES as f64 - 0.5).ceil().max(0.0) as usize;
    let lines = arrangement.height as usize * SAMPLES;
    let (top_line, bottom_line) = if plane.cut { (line(top), line(bottom).min(lines)) } else { (0, lines) };
    let mut edges = Vec::new();
    for county in 0..plane.shapes.len() {
        edges.extend(plane.edges(county).filter_map(|ends| {
            let [a, b] = ends.map(|end| arrangement.frame.pixel(end) * SAMPLES as f64);
            let (a, b) = if a.y < b.y { (a, b) } else { (b, a) };
            let first = ((a.y - 0.5).ceil().max(0.0) as usize).max(top_line);
            let last = ((b.y - 0.5).ceil().max(0.0) as usize).min(bottom_line);
            let slope = (b.x - a.x) / (b.y - a.y);
            (first < last).then_some(Edge { top: a, slope, first, last, county: county as u16 })
        }));
    }
    edges
}

/// Finds where edges cross lines: for each line the place of its crossings, each a county (upper half) and a sample.
fn crossings(edges: &[Edge], arrangement: &Arrangement) -> (Vec<u32>, Vec<u32>) {
    let lines = arrangement.height as usize * SAMPLES;
    let mut starts = vec![0u32; lines + 1];
    for edge in edges {
        starts[edge.first..edge.last].iter_mut().for_each(|count| *count += 1);
    }
    let total = starts.iter_mut().fold(0, |before, count| before + std::mem::replace(count, before));
    let mut next = starts.clone();
    let mut crossings = vec![0u32; total as usize];
    let [left, _, right, _] = arrangement.frame.edges().map(|edge| (edge * SAMPLES as f64).round());
    let (left, right) = (left.max(0.0), right.min(f64::from(arrangement.width) * SAMPLES as f64).max(0.0));
    for edge in edges {
        let upper = u32::from(edge.county) << 16;
        for line in edge.first..edge.last {
            let x = edge.top.x + (line as f64 + 0.5 - edge.top.y) * edge.slope;
            let sample = (x - 0.5).ceil().clamp(left, right) as u32;
            crossings[next[line] as usize] = upper | sample;
            next[line] += 1;
        }
    }
    (starts, crossings)
}

/// Turns the crossings of some lines into runs; gives the end of each line's runs too.
fn band(lines: &[&[u32]], crossings: &[u32], ranks: &[u16]) -> (Vec<u32>, Vec<Run>) {
    let (mut ends, mut runs, mut sorted) = (Vec::with_capacity(lines.len()), Vec::new(), Vec::new());
    for line in lines {
        sorted.clear();
        sorted.extend_from_slice(&crossings[line[0] as usize..line[1] as usize]);
        // The edges of one county come after another's, so each county's few crossings are sorted by themselves.
        sorted.chunk_by_mut(|crossing, next| crossing >> 16 == next >> 16).for_each(<[u32]>::sort_unstable);
        let start = runs.len();
        // Rings are closed, so each county crosses a line an even number of times.
        let pairs = sorted.chunks_exact(2).filter(|pair| pair[0] < pair[1]);
        runs.extend(pairs.map(|pair| Run {
            start: pair[0] as u16,
            end: pair[1] as u16,
            county: (pair[0] >> 16) as u16,
        }));
        part(&mut runs, start, ranks);
        ends.push(runs.len() as u32);
    }
    (ends, runs)
}

/// Ranks the counties by their size, the smallest first.
fn ranks(boundaries: &Boundaries) -> Vec<u16> {
    let sizes: Vec<f64> = boundaries.counties.iter().map(County::square_degrees).collect();
    let mut order: Vec<u16> = (0..sizes.len() as u16).collect();
    order.sort_by(|a, b| sizes[usize::from(*a)].total_cmp(&sizes[usize::from(*b)]));
    let mut ranks = vec![0; order.len()];
    for (rank, county) in (0..).zip(order) {
        ranks[usize::from(county)] = rank;
    }
    ranks
}

/// Puts the runs of one line in order; where some overlap, the county of the lowest rank keeps the place.
fn part(runs: &mut Vec<Run>, start: usize, ranks: &[u16]) {
    runs[start..].sort_unstable_by_key(|run| (run.start, run.county));
    if runs[start..].windows(2).all(|pair| pair[0].end <= pair[1].start) {
        return;
    }
    let line: Vec<Run> = runs.drain(start..).collect();
    let mut cuts: Vec<u16> = line.iter().flat_map(|run| [run.start, run.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    for cut in cuts.windows(2) {
        let covering = line.iter().filter(|run| run.start <= cut[0] && cut[1] <= run.end);
        let Some(first) = covering.min_by_key(|run| ranks[usize::from(run.county)]) else { continue };
        match runs[start..].last_mut() {
            Some(last) if last.county == first.county && last.end == cut[0] => last.end = cut[1],
            _ => runs.push(Run { start: cut[0], end: cut[1], county: first.county }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample::{self, Filled};

    fn filled(boundaries: &Boundaries) -> Filled<'static> {
        sample::filled(boundaries, &sample::style())
    }

    #[test]
    fn the_pixel_at_a_countys_inner_point_is_that_county() {
        for code in ["CT", "TX", "AK", "VA", "GU", "AS"] {
            let boundaries = sample::real(code);
            let Filled { plane, arrangement, ids, .. } = filled(&boundaries);
            for (place, county) in boundaries.counties.iter().enumerate() {
                let point = arrangement.frame.pixel(plane.inner_point(place).unwrap());
                // A county narrower than a pixel may miss the pixel's middle, but not the sample at the point.
                let line = ids.line((point.y * SAMPLES as f64) as usize);
                let sample = point.x * SAMPLES as f64;
                let near = |run: &&Run| f64::from(run.start) <= sample + 1.0 && sample - 1.0 <= f64::from(run.end);
                let found: Vec<_> = line.iter().filter(near).map(|run| usize::from(run.county)).collect();
                assert!(found.contains(&place), "{} {}: {found:?}", county.geoid, county.name);
            }
        }
    }

    #[test]
    fn neighbours_leave_no_gap_and_do_not_overlap() {
        let ids = filled(&sample::quarters()).ids;
        // Parallels are arcs, so the first and last lines meet only parts of the counties.
        let lines = ids.height() as usize * SAMPLES;
        let drawn: Vec<_> = (0..lines).map(|line| ids.line(line)).filter(|line| !line.is_empty()).collect();
        let drawn = &drawn[drawn.len() / 20..drawn.len() * 19 / 20];
        assert!(drawn.len() > 1000);
        for line in drawn {
            assert!(line.len() >= 2 && line.windows(2).all(|pair| pair[0].end == pair[1].start), "{line:?}");
        }
    }

    #[test]
    fn areas_on_the_raster_are_those_of_the_plane() {
        use geo::Area;
        let boundaries = sample::real("CT");
        let Filled { plane, arrangement, ids, .. } = filled(&boundaries);
        for (place, (geoid, samples)) in ids.samples().into_iter().enumerate() {
            let pixels = plane.shapes[place].unsigned_area() * arrangement.frame.scale * arrangement.frame.scale;
            let ratio = samples as f64 / 16.0 / pixels;
            assert!((ratio - 1.0).abs() < 2e-3, "{geoid}: {ratio}");
        }
    }

    #[test]
    fn of_overlapping_counties_the_smaller_one_is_drawn() {
        let boundaries = sample::boxes(&[("09001", [-73.0, 41.0, -72.4, 41.4]), ("09003", [-72.5, 41.1, -72.2, 41.3])]);
        let ids = filled(&boundaries).ids;
        let line = ids.line(ids.height() as usize * 2);
        assert!(line.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let (west, east) = (line[0], line[1]);
        // The western county, 0.6° wide, gives way over its last 0.1°.
        let share = f64::from(west.end - west.start) / f64::from(east.end - east.start);
        assert!((west.county, east.county) == (0, 1) && (share - 5.0 / 3.0).abs() < 0.01, "{share}");
    }

    #[test]
    fn a_county_on_top_of_another_leaves_it_on_both_sides() {
        let ranks = [1, 0];
        let mut runs = vec![Run { start: 0, end: 10, county: 0 }, Run { start: 4, end: 6, county: 1 }];
        part(&mut runs, 0, &ranks);
        let found: Vec<_> = runs.iter().map(|run| (run.start, run.end, run.county)).collect();
        assert_eq!(found, [(0, 4, 0), (4, 6, 1), (6, 10, 0)]);
    }
}
