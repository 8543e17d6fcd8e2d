//! Folds the sheets by their rules and reads the pages in order.

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
            let at =
                |side: &[Cell], column| side.iter().find(|cell| (cell.row, cell.column) == (row, column)).unwrap().page;
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
                assert_eq!(printed.iter().filter(|place| **place == Some(page)).count(), copies, "{scheme:?}");
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
            let leaf = |column| vec![(find(&sheet.back, row, column), find(&sheet.front, row, columns - 1 - column))];
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
