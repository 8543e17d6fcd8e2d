//! Finding a place for map and legend together: the largest map first, then the least paper.

use super::legend::{Form, Legend};
use crate::map::project::{Frame, Plane, Silhouette};
use crate::map::text::Faces;
use crate::map::{MapError, MapStyle};

/// Where everything stands, in pixels.
#[derive(Clone, Debug)]
pub(in crate::map) struct Arrangement {
    pub width: u32,
    pub height: u32,
    pub frame: Frame,
    pub legend: Legend,
    /// Upper left corner of the legend.
    pub legend_at: (i32, i32),
    /// Where lines of the map may be drawn: left, top, right, bottom.
    limits: [usize; 4],
}

impl Arrangement {
    /// Returns where lines of the map may be drawn: first column and row, one past the last column and row.
    pub(crate) fn limits(&self) -> [usize; 4] {
        self.limits
    }

    /// Returns the box of the legend in pixels: left, top, right, bottom.
    pub(crate) fn legend_box(&self) -> [f64; 4] {
        let (x, y) = (f64::from(self.legend_at.0), f64::from(self.legend_at.1));
        [x, y, x + self.legend.width, y + self.legend.height]
    }
}

/// The paper at hand, in pixels.
struct Paper {
    width: f64,
    height: f64,
    /// Kept between legend and shapes.
    gap: f64,
    /// Kept around the map for the outer half of its outline.
    margin: f64,
}

impl Paper {
    /// Tells whether a placing fits, but for rounding.
    fn holds(&self, placing: &Placing) -> bool {
        placing.width <= self.width + EPSILON && placing.height <= self.height + EPSILON
    }
}

/// A way to place map and legend at one scale, in pixels.
#[derive(Clone, Copy, Debug)]
struct Placing {
    scale: f64,
    map: (f64, f64),
    legend: (f64, f64),
    width: f64,
    height: f64,
}

/// Part of a pixel that is no more than rounding.
const EPSILON: f64 = 0.01;
/// How much smaller the map is tried each time that it does not fit.
const SHRINK: f64 = 0.985;
/// Smallest map tried, as a share of the largest.
const SMALLEST: f64 = 0.05;
/// A map larger by this factor is worth more paper.
const LARGER: f64 = 1.04;

/// A place that takes less paper by this factor is better than one flush with the map.
const LESS_PAPER: f64 = 0.97;

/// Arranges map and legend within the style's size.
pub(in crate::map) fn arrange(plane: &Plane, style: &MapStyle<'_>, faces: &Faces<'_>) -> Result<Arrangement, MapError> {
    let margin = (style.px(style.outline_width) / 2.0 + 1.0).ceil();
    let paper = Paper {
        width: style.px(style.max_width).floor(),
        height: style.px(style.max_height).floor(),
        gap: 1.2 * style.px(style.legend_size),
        margin,
    };
    let silhouette = Silhouette::trace(plane);
    let candidates = [Form::Column, Form::Rows].map(|form| {
        let legend = Legend::set(style, faces, form, paper.width);
        largest(plane, &paper, &legend, form, &silhouette).map(|placing| (placing, legend))
    });
    let (placing, legend) = candidates.into_iter().flatten().reduce(better).ok_or(MapError::NoRoom)?;
    Ok(arranged(plane, &paper, placing, legend))
}

/// Chooses the clearly larger map, else the one that takes less paper for its size.
fn better(one: (Placing, Legend), other: (Placing, Legend)) -> (Placing, Legend) {
    let ((a, _), (b, _)) = (&one, &other);
    let paper = |placing: &Placing| placing.width * placing.height / (placing.scale * placing.scale);
    let first = if a.scale > b.scale * LARGER {
        true
    } else if b.scale > a.scale * LARGER {
        false
    } else {
        paper(a) <= paper(b)
    };
    if first { one } else { other }
}

/// Finds the largest scale at which map and legend fit.
fn largest(plane: &Plane, paper: &Paper, legend: &Legend, form: Form, silhouette: &Silhouette) -> Option<Placing> {
    let room = (paper.width - 2.0 * paper.margin, paper.height - 2.0 * paper.margin);
    let most = (room.0 / plane.extent.width()).min(room.1 / plane.extent.height());
    let scales = std::iter::successors(Some(most), |scale| Some(scale * SHRINK));
    scales.take_while(|&scale| scale > most * SMALLEST).find_map(|scale| {
        let placing = match form {
            Form::Column => beside(plane, paper, legend, silhouette, scale),
            Form::Rows => Some(below(plane, paper, legend, scale)),
        }?;
        paper.holds(&placing).then_some(placing)
    })
}

/// Places the legend under the map.
fn below(plane: &Plane, paper: &Paper, legend: &Legend, scale: f64) -> Placing {
    let (map_width, map_height) = map_size(plane, paper, scale);
    let width = map_width.max(legend.width);
    let map = (((width - map_width) / 2.0).floor(), 0.0);
    let at = (((width - legend.width) / 2.0).floor(), (map_height + paper.gap).ceil());
    Placing { scale, map, legend: at, width, height: at.1 + legend.height }
}

/// Places the legend at the height and side where the picture stays smallest; of equals, flush with the map's
/// bottom, then with its top, then as low as can be.
fn beside(plane: &Plane, paper: &Paper, legend: &Legend, silhouette: &Silhouette, scale: f64) -> Option<Placing> {
    let (_, map_height) = map_size(plane, paper, scale);
    let lowest = map_height + paper.gap;
    let flush = (map_height - legend.height).max(0.0).floor();
    let between = (1..=96).rev().map(|step| (lowest * f64::from(step) / 96.0).round());
    let heights = [flush, 0.0].into_iter().chain(between);
    let placings = heights.flat_map(|top| sides(plane, paper, legend, silhouette, scale, top));
    let fitting = placings.filter(|placing| paper.holds(placing));
    fitting.reduce(|best, next| {
        let smaller = next.width * next.height < best.width * best.height * LESS_PAPER;
        if smaller { next } else { best }
    })
}

/// Places the legend right and left of the shapes, its top at a given height.
fn sides(plane: &Plane, paper: &Paper, legend: &Legend, silhouette: &Silhouette, scale: f64, top: f64) -> [Placing; 2] {
    let (map_width, map_height) = map_size(plane, paper, scale);
    let metres = |pixels: f64| (pixels - paper.margin) / scale;
    let reach = silhouette.reach(metres(top - paper.gap), metres(top + legend.height + paper.gap));
    let pixels = |metres: f64| metres * scale + paper.margin;
    let (west, east) =
        reach.map_or((map_width, 0.0), |(west, east)| (pixels(west) - paper.gap, pixels(east) + paper.gap));
    let height = map_height.max(top + legend.height);
    let right = east.max(map_width - legend.width).max(0.0).ceil();
    let placed_right =
        Placing { scale, map: (0.0, 0.0), legend: (right, top), width: map_width.max(right + legend.width), height };
    let left = (west - legend.width).min(0.0).floor();
    let placed_left =
        Placing { scale, map: (-left, 0.0), legend: (0.0, top), width: (map_width - left).max(legend.width), height };
    [placed_right, placed_left]
}

/// Returns the size of the map with its margins.
fn map_size(plane: &Plane, paper: &Paper, scale: f64) -> (f64, f64) {
    (plane.extent.width() * scale + 2.0 * paper.margin, plane.extent.height() * scale + 2.0 * paper.margin)
}

fn arranged(plane: &Plane, paper: &Paper, placing: Placing, legend: Legend) -> Arrangement {
    let (left, top) = (placing.map.0 + paper.margin, placing.map.1 + paper.margin);
    let frame = Frame { extent: plane.extent, scale: placing.scale, left, top };
    let (width, height) = ((placing.width - EPSILON).ceil() as u32, (placing.height - EPSILON).ceil() as u32);
    let limits = if plane.cut {
        let [west, north, east, south] = frame.edges();
        [
            (west - paper.margin) as usize,
            (north - paper.margin) as usize,
            (east + paper.margin) as usize,
            (south + paper.margin) as usize,
        ]
    } else {
        [0, 0, width as usize, height as usize]
    };
    let limits = [limits[0], limits[1], limits[2].min(width as usize), limits[3].min(height as usize)];
    Arrangement { width, height, frame, legend, legend_at: (placing.legend.0 as i32, placing.legend.1 as i32), limits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::sample::{self, Filled};
    use crate::unit::Pt;

    #[test]
    fn the_legend_never_lies_on_a_county_and_all_fits_the_size() {
        for code in ["CT", "TX", "AK", "PR", "VT", "VA", "GU", "MP", "DC", "FL", "ID", "MD", "NC", "KS"] {
            for (width, height) in [(468.0, 396.0), (468.0, 600.0), (300.0, 250.0)] {
                let boundaries = sample::real(code);
                let mut style = sample::style();
                (style.max_width, style.max_height) = (Pt(width), Pt(height));
                let Filled { arrangement, ids, .. } = sample::filled(&boundaries, &style);
                assert!(f64::from(arrangement.width) <= style.px(style.max_width), "{code}");
                assert!(f64::from(arrangement.height) <= style.px(style.max_height), "{code}");
                assert!(ids.is_paper(arrangement.legend_box().map(|edge| edge as i64)), "{code}");
            }
        }
    }

    #[test]
    fn no_margin_is_left_around_the_picture() {
        let style = sample::style();
        let faces = Faces::read(&style).unwrap();
        let plane = Plane::project(&sample::real("CT"), None).unwrap();
        let arrangement = arrange(&plane, &style, &faces).unwrap();
        let [left, top, right, bottom] = arrangement.frame.edges();
        let legend = arrangement.legend_box();
        assert!(left.min(legend[0]) < 5.0 && top.min(legend[1]) < 5.0);
        assert!(f64::from(arrangement.width) - right.max(legend[2]) < 5.0);
        assert!(f64::from(arrangement.height) - bottom.max(legend[3]) < 5.0);
    }

    #[test]
    fn a_size_that_holds_no_legend_is_refused() {
        let mut style = sample::style();
        (style.max_width, style.max_height) = (Pt(30.0), Pt(30.0));
        let faces = Faces::read(&style).unwrap();
        let plane = Plane::project(&sample::quarters(), None).unwrap();
        assert_eq!(arrange(&plane, &style, &faces).err(), Some(MapError::NoRoom));
    }
}
