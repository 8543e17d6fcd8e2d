//! Which page stands where: imposition as a pure function of a scheme and a number of pages.
//!
//! Pages are counted from 0. Every sheet is printed on both sides and turned over its vertical axis, so the page
//! behind a cell stands on the back in the mirrored column of the same row.

/// How pages are laid on sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// One page a side.
    Single,
    /// Each page twice, side by side: cut apart, the sheets give two copies.
    TwoUp,
    /// Sheets folded once and put into one another; four pages make a folder.
    Saddle,
    /// Sheets folded several times; 4, 8 or 16 pages each.
    Signatures {
        /// Pages of a signature.
        pages: usize,
        /// How signatures become a book.
        binding: Binding,
    },
    /// Piles that are cut and put one on the other: the first on top.
    CutAndStack {
        /// Piles side by side.
        columns: usize,
        /// Piles one above the other.
        rows: usize,
    },
}

/// How signatures become a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// One on the other.
    Gathered,
    /// One in the other.
    Nested,
}

/// A place on a side of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The page, or nothing for a blank one.
    pub page: Option<usize>,
    /// Column from the left.
    pub column: usize,
    /// Row from the top.
    pub row: usize,
    /// Whether the page stands on its head.
    pub turned: bool,
    /// On which side of the cell the spine lies, where the sheet is folded.
    pub spine: Option<Spine>,
    /// How many leaves lie around this one: it creeps out by as many thicknesses.
    pub depth: usize,
}

/// The side of a cell on which the spine lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spine {
    /// Left.
    Left,
    /// Right.
    Right,
}

/// A sheet, printed on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The side printed first.
    pub front: Vec<Cell>,
    /// The other side.
    pub back: Vec<Cell>,
}

impl Scheme {
    /// Returns the columns and rows of a sheet.
    pub fn grid(self) -> (usize, usize) {
        match self {
            Self::Single => (1, 1),
            Self::TwoUp | Self::Saddle => (2, 1),
            Self::Signatures { pages, .. } => match pages {
                4 => (2, 1),
                8 => (2, 2),
                _ => (4, 2),
            },
            Self::CutAndStack { columns, rows } => (columns, rows),
        }
    }

    /// Tells whether the sheet is folded at a line between two columns, counted from the left.
    pub fn folds_after(self, column: usize) -> bool {
        matches!(self, Self::Saddle | Self::Signatures { .. }) && column.is_multiple_of(2)
    }

    /// Tells whether sheets are folded at all.
    pub fn folds(self) -> bool {
        matches!(self, Self::Saddle | Self::Signatures { .. })
    }

    /// Returns how many pages the whole has with blank ones: a full last sheet.
    pub fn padded(self, pages: usize) -> usize {
        let step = match self {
            Self::Single => 1,
            Self::TwoUp => 2,
            Self::Saddle => 4,
            Self::Signatures { pages, .. } => pages,
            Self::CutAndStack { columns, rows } => 2 * columns * rows,
        };
        pages.div_ceil(step) * step
    }
}

/// Lays a number of pages on sheets.
pub fn impose(scheme: Scheme, pages: usize) -> Vec<Sheet> {
    let all = scheme.padded(pages);
    let page = |index: usize| (index < pages).then_some(index);
    match scheme {
        Scheme::Single => {
            (0..pages).map(|index| Sheet { front: vec![flat(page(index), 0, 0)], back: Vec::new() }).collect()
        }
        Scheme::TwoUp => (0..all / 2).map(|leaf| twice(page(2 * leaf), page(2 * leaf + 1))).collect(),
        Scheme::Saddle => {
            let plan =
                |sheet| folded(4, |place| if place < 2 { 2 * sheet + place } else { all - 2 * sheet - 4 + place });
            let depth = |index: usize| index.min(all - 1 - index) / 2;
            (0..all / 4).map(|sheet| filled(&plan(sheet), page, depth)).collect()
        }
        Scheme::Signatures { pages: size, binding } => {
            (0..all / size).map(|number| signature(number, size, binding, all, page)).collect()
        }
        Scheme::CutAndStack { columns, rows } => stack(columns, rows, all, page),
    }
}

fn flat(page: Option<usize>, column: usize, row: usize) -> Cell {
    Cell { page, column, row, turned: false, spine: None, depth: 0 }
}

fn twice(front: Option<usize>, back: Option<usize>) -> Sheet {
    let side = |page| vec![flat(page, 0, 0), flat(page, 1, 0)];
    Sheet { front: side(front), back: side(back) }
}

/// A folded sheet as a table: place in the book, column, row, whether it stands on its head.
struct Folded {
    front: Vec<(usize, usize, usize, bool)>,
    back: Vec<(usize, usize, usize, bool)>,
}

/// Lays the pages of one signature, given by their place in it, on its sheet.
///
/// The tables are the usual ones of right-angle folding: 4 pages folded once, 8 pages folded head to foot and then
/// at the spine, 16 pages folded across, head to foot, and at the spine. Heads meet in the middle of the sheet.
fn folded(size: usize, page: impl Fn(usize) -> usize) -> Folded {
    let (front, back): (&[&[usize]], &[&[usize]]) = match size {
        4 => (&[&[4, 1]], &[&[2, 3]]),
        8 => (&[&[5, 4], &[8, 1]], &[&[3, 6], &[2, 7]]),
        _ => (&[&[5, 12, 9, 8], &[4, 13, 16, 1]], &[&[7, 10, 11, 6], &[2, 15, 14, 3]]),
    };
    let side = |rows: &[&[usize]]| {
        let turned = |row: usize| rows.len() > 1 && row == 0;
        let cells = rows
            .iter()
            .enumerate()
            .flat_map(|(row, places)| places.iter().enumerate().map(move |(column, place)| (place - 1, column, row)));
        cells.map(|(place, column, row)| (page(place), column, row, turned(row))).collect()
    };
    Folded { front: side(front), back: side(back) }
}

/// Makes the cells of a folded sheet.
fn filled(plan: &Folded, page: impl Fn(usize) -> Option<usize>, depth: impl Fn(usize) -> usize) -> Sheet {
    let cell = |&(index, column, row, turned): &(usize, usize, usize, bool)| {
        let spine = if column % 2 == 0 { Spine::Right } else { Spine::Left };
        Cell { page: page(index), column, row, turned, spine: Some(spine), depth: depth(index) }
    };
    Sheet { front: plan.front.iter().map(cell).collect(), back: plan.back.iter().map(cell).collect() }
}

fn signature(number: usize, size: usize, binding: Binding, all: usize, page: impl Fn(usize) -> Option<usize>) -> Sheet {
    match binding {
        Binding::Gathered => {
            let depth = |index: usize| (index % size).min(size - 1 - index % size) / 2;
            filled(&folded(size, |place| number * size + place), page, depth)
        }
        Binding::Nested => {
            let half = size / 2;
            let place = |place: usize| {
                if place < half { number * half + place } else { all - (number + 1) * half + (place - half) }
            };
            filled(&folded(size, place), page, |index: usize| index.min(all - 1 - index) / 2)
        }
    }
}

fn stack(columns: usize, rows: usize, all: usize, page: impl Fn(usize) -> Option<usize>) -> Vec<Sheet> {
    let piles = columns * rows;
    let sheets = all / (2 * piles);
    let leaf = |sheet: usize, pile: usize| pile * sheets + sheet;
    let side = |sheet: usize, back: bool| {
        let cell = |pile: usize| {
            let (column, row) = (pile % columns, pile / columns);
            let column = if back { columns - 1 - column } else { column };
            flat(page(2 * leaf(sheet, pile) + usize::from(back)), column, row)
        };
        (0..piles).map(cell).collect()
    };
    (0..sheets).map(|sheet| Sheet { front: side(sheet, false), back: side(sheet, true) }).collect()
}

#[cfg(test)]
mod tests;
