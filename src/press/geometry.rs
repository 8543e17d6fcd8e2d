//! Where things lie on a sheet: boxes, cells, folds and cuts, all in points from the lower left corner.

use crate::unit::Pt;

use super::impose::{Cell, Scheme, Spine};
use super::profile::Profile;

/// An upright rectangle: left, bottom, right, top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area(pub [f64; 4]);

impl Area {
    /// Grows or, by a negative length, shrinks on all sides.
    pub fn grown(self, by: f64) -> Self {
        let [left, bottom, right, top] = self.0;
        Self([left - by, bottom - by, right + by, top + by])
    }

    /// Tells whether another area lies in this one, but for a tolerance.
    pub fn holds(self, other: Self, tolerance: f64) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        e >= a - tolerance && f >= b - tolerance && g <= c + tolerance && h <= d + tolerance
    }

    /// Returns what two areas share, which may be nothing.
    pub fn overlap(self, other: Self) -> Option<Self> {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        let [left, bottom, right, top] = [a.max(e), b.max(f), c.min(g), d.min(h)];
        (left <= right && bottom <= top).then_some(Self([left, bottom, right, top]))
    }

    /// Returns the smallest area around two.
    pub fn join(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.min(e), b.min(f), c.max(g), d.max(h)])
    }

    /// Returns the width.
    pub fn width(self) -> f64 {
        self.0[2] - self.0[0]
    }

    /// Returns the height.
    pub fn height(self) -> f64 {
        self.0[3] - self.0[1]
    }
}

/// Columns and rows of finished pages, with gutters between them.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Left edges of the columns, from the grid's own left edge.
    columns: Vec<f64>,
    /// Bottom edges of the rows, from the grid's own bottom edge; the first is the top row.
    rows: Vec<f64>,
    page: (f64, f64),
    /// Where the sheet is folded upright, from the grid's left edge.
    pub upright_folds: Vec<f64>,
    /// Where the sheet is folded across, from the grid's bottom edge.
    pub level_folds: Vec<f64>,
}

impl Grid {
    /// Lays out the cells of a scheme: pages meet at the spine, and have their bleed on all other sides.
    pub(super) fn of(profile: &Profile, scheme: &Scheme) -> Self {
        let (count, row_count) = scheme.grid();
        let (page, gutter) = ((profile.trim.0.0, profile.trim.1.0), 2.0 * profile.bleed.0);
        let (mut columns, mut upright_folds, mut left) = (Vec::new(), Vec::new(), 0.0);
        for column in 0..count {
            columns.push(left);
            left += page.0;
            if column + 1 < count {
                let gap = if scheme.folds_after(column) { 0.0 } else { gutter };
                if scheme.folds() {
                    upright_folds.push(left + gap / 2.0);
                }
                left += gap;
            }
        }
        let rows = (0..row_count).map(|row| (row_count - 1 - row) as f64 * (page.1 + gutter)).collect();
        let level_folds = if scheme.folds() && row_count == 2 { vec![page.1 + gutter / 2.0] } else { Vec::new() };
        Self { columns, rows, page, upright_folds, level_folds }
    }

    pub(super) fn width(&self) -> f64 {
        self.columns.last().map_or(0.0, |left| left + self.page.0)
    }

    pub(super) fn height(&self) -> f64 {
        self.rows.first().map_or(0.0, |bottom| bottom + self.page.1)
    }

    /// Returns the finished page of a cell, from the grid's lower left corner.
    pub(super) fn cell(&self, cell: &Cell) -> Area {
        let (left, bottom) = (self.columns[cell.column], self.rows[cell.row]);
        Area([left, bottom, left + self.page.0, bottom + self.page.1])
    }

    /// Returns all edges at which the sheet is cut, upright and across.
    pub(super) fn cuts(&self) -> (Vec<f64>, Vec<f64>) {
        let at_fold = |edge: &f64| self.upright_folds.iter().any(|fold| (fold - edge).abs() < 0.01);
        let upright = self.columns.iter().flat_map(|left| [*left, left + self.page.0]);
        let level = self.rows.iter().flat_map(|bottom| [*bottom, bottom + self.page.1]);
        (upright.filter(|edge| !at_fold(edge)).collect(), level.collect())
    }
}

/// A side of a sheet: its boxes, and where its grid lies.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub media: Area,
    pub bleed: Area,
    pub trim: Area,
    pub grid: Grid,
}

impl Side {
    /// Lays a grid in the middle of a paper, or of a paper just large enough.
    pub(super) fn of(profile: &Profile, scheme: &Scheme, paper: Option<(Pt, Pt)>) -> Self {
        let grid = Grid::of(profile, scheme);
        let around = 2.0 * (profile.bleed.0 + profile.marks.margin.0);
        let (width, height) =
            paper.map_or((grid.width() + around, grid.height() + around), |(width, height)| (width.0, height.0));
        let (left, bottom) = ((width - grid.width()) / 2.0, (height - grid.height()) / 2.0);
        let trim = Area([left, bottom, left + grid.width(), bottom + grid.height()]);
        Self { media: Area([0.0, 0.0, width, height]), bleed: trim.grown(profile.bleed.0), trim, grid }
    }

    /// Returns where a page of a cell is finished, and to where its colour may go: to the spine, or through the bleed.
    pub(super) fn page(&self, profile: &Profile, cell: &Cell) -> (Area, Area) {
        let [left, bottom, right, top] = self.grid.cell(cell).0;
        let (x, y) = (self.trim.0[0], self.trim.0[1]);
        let trim = Area([left + x, bottom + y, right + x, top + y]);
        let mut clip = trim.grown(profile.bleed.0);
        match cell.spine {
            Some(Spine::Left) => clip.0[0] = trim.0[0],
            Some(Spine::Right) => clip.0[2] = trim.0[2],
            None => {}
        }
        (trim, clip)
    }

    /// Returns how far a page moves toward its spine to make up for creep.
    pub(super) fn creep(profile: &Profile, cell: &Cell) -> f64 {
        let by = cell.depth as f64 * profile.caliper.0;
        match cell.spine {
            Some(Spine::Left) => -by,
            Some(Spine::Right) => by,
            None => 0.0,
        }
    }
}
