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
mod tests {
    use super::*;

    const SCHEMES: [Scheme; 9] = [
        Scheme::TwoUp,
        Scheme::Saddle,
        Scheme::Signatures { pages: 4, binding: Binding::Gathered },
        Scheme::Signatures { pages: 8, binding: Binding::Gathered },
        Scheme::Signatures { pages: 16, binding: Binding::Gathered },
        Scheme::Signatures { pages: 8, binding: Binding::Nested },
        Scheme::Signatures { pages: 16, binding: Binding::Nested },
        Scheme::CutAndStack { columns: 2, rows: 1 },
        Scheme::CutAndStack { columns: 3, rows: 2 },
    ];

    /// Prints the pages of a side by rows, counted from 1; 0 is blank.
    fn numbers(side: &[Cell]) -> Vec<Vec<usize>> {
        let mut rows = vec![Vec::new(); side.iter().map(|cell| cell.row + 1).max().unwrap_or(0)];
        let mut cells: Vec<_> = side.to_vec();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        for cell in cells {
            rows[cell.row].push(cell.page.map_or(0, |page| page + 1));
        }
        rows
    }

    #[test]
    fn four_pages_make_a_folder_of_four_one_two_three() {
        let sheets = impose(Scheme::Saddle, 4);
        assert_eq!(sheets.len(), 1);
        assert_eq!(numbers(&sheets[0].front), [[4, 1]]);
        assert_eq!(numbers(&sheets[0].back), [[2, 3]]);
    }

    #[test]
    fn a_fifth_page_costs_a_second_sheet_with_three_blank_pages() {
        let sheets = impose(Scheme::Saddle, 5);
        assert_eq!(sheets.len(), 2);
        assert_eq!((numbers(&sheets[0].front), numbers(&sheets[0].back)), (vec![vec![0, 1]], vec![vec![2, 0]]));
        assert_eq!((numbers(&sheets[1].front), numbers(&sheets[1].back)), (vec![vec![0, 3]], vec![vec![4, 5]]));
    }

    #[test]
    fn inner_leaves_of_a_saddle_creep_further() {
        let sheets = impose(Scheme::Saddle, 12);
        let depths: Vec<usize> = sheets.iter().map(|sheet| sheet.front[0].depth).collect();
        assert_eq!(depths, [0, 1, 2]);
        let gathered = impose(Scheme::Signatures { pages: 8, binding: Binding::Gathered }, 16);
        assert_eq!(gathered[1].front.iter().map(|cell| cell.depth).collect::<Vec<_>>(), [1, 1, 0, 0]);
    }

    #[test]
    fn piles_cut_and_put_one_on_the_other_are_in_order() {
        for (columns, rows, pages) in [(2, 1, 8), (2, 1, 5), (3, 2, 31), (1, 1, 3)] {
            let sheets = impose(Scheme::CutAndStack { columns, rows }, pages);
            let mut read = Vec::new();
            for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
                let at = |side: &[Cell], column| {
                    side.iter().find(|cell| (cell.row, cell.column) == (row, column)).unwrap().page
                };
                for sheet in &sheets {
                    read.extend([at(&sheet.front, column), at(&sheet.back, columns - 1 - column)]);
                }
            }
            let wanted: Vec<_> = (0..read.len()).map(|page| (page < pages).then_some(page)).collect();
            assert_eq!(read, wanted, "{columns} × {rows}");
        }
    }

    #[test]
    fn two_up_sheets_cut_apart_give_two_copies() {
        let sheets = impose(Scheme::TwoUp, 3);
        assert_eq!(numbers(&sheets[0].front), [[1, 1]]);
        assert_eq!(numbers(&sheets[0].back), [[2, 2]]);
        assert_eq!(numbers(&sheets[1].back), [[0, 0]]);
    }

    #[test]
    fn every_page_is_printed_and_behind_an_odd_page_stands_the_next_one() {
        for scheme in SCHEMES {
            for pages in 1..70 {
                let sheets = impose(scheme, pages);
                let (columns, _) = scheme.grid();
                let mut printed = Vec::new();
                for sheet in &sheets {
                    for cell in &sheet.front {
                        let behind = |other: &&Cell| other.row == cell.row && other.column == columns - 1 - cell.column;
                        let back = sheet.back.iter().find(behind).unwrap();
                        assert_eq!(back.turned, cell.turned);
                        if let (Some(a), Some(b)) = (cell.page, back.page) {
                            assert_eq!(a / 2, b / 2, "{scheme:?}: leaf of {a} and {b}");
                        }
                        printed.extend([cell.page, back.page]);
                    }
                }
                let copies = if scheme == Scheme::TwoUp { 2 } else { 1 };
                assert_eq!(printed.len(), scheme.padded(pages) * copies);
                for page in 0..pages {
                    assert_eq!(printed.iter().filter(|one| **one == Some(page)).count(), copies, "{scheme:?}");
                }
                assert_eq!(printed.iter().flatten().filter(|page| **page >= pages).count(), 0);
            }
        }
    }

    /// A pile of leaves while a sheet is folded: pages seen from above, from the top leaf down.
    type Pile = Vec<(usize, usize)>;

    fn over(pile: Pile) -> Pile {
        pile.into_iter().rev().map(|(up, down)| (down, up)).collect()
    }

    fn put(upper: Pile, lower: Pile) -> Pile {
        upper.into_iter().chain(lower).collect()
    }

    /// Folds a sheet whose front lies below, and reads the pages as they then follow.
    fn folded_pages(sheet: &Sheet, columns: usize, rows: usize) -> Vec<usize> {
        let find = |side: &[Cell], row, column| {
            side.iter().find(|cell| (cell.row, cell.column) == (row, column)).unwrap().page.unwrap()
        };
        let mut piles: Vec<Vec<Pile>> = (0..rows)
            .map(|row| {
                let leaf =
                    |column| vec![(find(&sheet.back, row, column), find(&sheet.front, row, columns - 1 - column))];
                (0..columns).map(leaf).collect()
            })
            .collect();
        if columns == 4 {
            // The right half over the left.
            for row in &mut piles {
                let (mut right, left) = (row.split_off(2), std::mem::take(row));
                right.reverse();
                *row = left.into_iter().zip(right).map(|(left, right)| put(over(right), left)).collect();
            }
        }
        if piles.len() == 2 {
            // The upper half over the lower.
            let (lower, upper) = (piles.remove(1), piles.remove(0));
            piles = vec![upper.into_iter().zip(lower).map(|(upper, lower)| put(over(upper), lower)).collect()];
        }
        let (right, left) = (piles[0].remove(1), piles[0].remove(0));
        put(over(left), right).into_iter().flat_map(|(up, down)| [up, down]).collect()
    }

    #[test]
    fn folded_sheets_read_in_order() {
        for size in [4, 8, 16] {
            let scheme = Scheme::Signatures { pages: size, binding: Binding::Gathered };
            let (columns, rows) = scheme.grid();
            let pages = folded_pages(&impose(scheme, size)[0], columns, rows);
            assert!(pages == (0..size).collect::<Vec<_>>(), "{size}: {pages:?}");
        }
    }
}
