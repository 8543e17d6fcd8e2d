//! Columns of two tables, paired by their heads.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::change::{Change, Place};
use super::super::content::{Row, Spot, Table, Text};
use super::super::kind::Kind;
use super::changes::Changes;

/// Of so many cells of a column the half must be the same for it to be one with another head.
const ALIKE: usize = 2;

/// Which columns beside the first are the same: their places before and after.
pub(super) struct Columns {
    pairs: Vec<(usize, usize)>,
    gone: Vec<usize>,
    come: Vec<usize>,
    moved: Vec<(usize, usize)>,
}

impl Columns {
    /// Pairs columns by their heads; then those between them that have the same cells, or that are as many.
    pub(super) fn of(old: &Table, new: &Table) -> Self {
        let heads =
            |table: &Table| -> Vec<String> { table.heads.iter().skip(1).map(|head| head.words.clone()).collect() };
        let (before, after) = (heads(old), heads(new));
        let mut columns = Self { pairs: Vec::new(), gone: Vec::new(), come: Vec::new(), moved: Vec::new() };
        if before.is_empty() || after.is_empty() {
            // Without heads the cells are known by their places.
            let count = |table: &Table| table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            columns.pairs = (0..count(old).max(count(new))).map(|at| (at, at)).collect();
            return columns;
        }
        for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
            match op {
                DiffOp::Equal { old_index, new_index, len } => {
                    columns.pairs.extend((0..len).map(|at| (old_index + at, new_index + at)));
                }
                _ => columns.gap(old, new, op.old_range(), op.new_range()),
            }
        }
        columns.find_moved(&before, &after);
        columns.pairs.sort_unstable();
        columns
    }

    /// Pairs what is left between two columns: those with the same cells, and all where they are as many.
    fn gap(&mut self, old: &Table, new: &Table, was: std::ops::Range<usize>, is: std::ops::Range<usize>) {
        if was.len() == is.len() {
            self.pairs.extend(was.zip(is));
            return;
        }
        let mut left: Vec<usize> = is.collect();
        for at in was {
            match left.iter().position(|to| are_alike(old, at, new, *to)) {
                Some(place) => self.pairs.push((at, left.remove(place))),
                None => self.gone.push(at),
            }
        }
        self.come.extend(left);
    }

    /// Pairs columns of one head that stand elsewhere.
    fn find_moved(&mut self, before: &[String], after: &[String]) {
        let mut at = 0;
        while at < self.gone.len() {
            let was = self.gone[at];
            match self.come.iter().position(|is| after[*is] == before[was]) {
                Some(place) => {
                    let is = self.come.remove(place);
                    self.gone.remove(at);
                    self.moved.push((was, is));
                    self.pairs.push((was, is));
                }
                None => at += 1,
            }
        }
    }

    /// Tells columns that came, went, moved or are called otherwise, and the notes that heads refer to.
    pub(super) fn tell(&self, old: &Table, new: &Table, changes: &mut Changes) {
        let place = |changes: &Changes, before: Option<&Text>, after: Option<&Text>| {
            let spot = |head: Option<&Text>| head.and_then(|head| head.spot);
            Place { table: Some(new.title().to_owned()), ..changes.place(spot(before), spot(after)) }
        };
        let titles = [(old.heads.first(), new.heads.first())];
        let paired = self.pairs.iter().map(|(was, is)| (old.heads.get(was + 1), new.heads.get(is + 1)));
        for (before, after) in titles.into_iter().chain(paired) {
            let place = place(changes, before, after);
            let words = |head: Option<&Text>| head.map(|head| head.words.clone());
            if words(before) != words(after) {
                changes.list.push(Change::new(Kind::ColumnHead, place.clone(), words(before), words(after)));
            }
            if let (Some(before), Some(after)) = (before, after) {
                changes.markers(before, after, Some(place));
                changes.follow(before, after);
            }
        }
        let alone = self.gone.iter().map(|at| (Kind::ColumnRemoved, Some(*at), None));
        let alone = alone.chain(self.come.iter().map(|at| (Kind::ColumnAdded, None, Some(*at))));
        let moved = self.moved.iter().map(|(was, is)| (Kind::ColumnMoved, Some(*was), Some(*is)));
        for (kind, was, is) in alone.chain(moved) {
            let (before, after) = (was.and_then(|at| old.heads.get(at + 1)), is.and_then(|at| new.heads.get(at + 1)));
            let column = after.or(before).map(|head| head.words.clone());
            let place = Place { column, ..place(changes, before, after) };
            let words = |at: Option<usize>, table: &Table| at.map(|at| words(table, at, kind));
            let mut change = Change::new(kind, place, words(was, old), words(is, new));
            change.covered =
                [(was, old), (is, new)].map(|(at, table)| at.map(|at| spots(table, at)).unwrap_or_default());
            changes.list.push(change);
        }
    }

    /// The places of the cells of two rows that belong together.
    pub(super) fn cells(&self, old: &Row, new: &Row) -> Vec<(usize, usize)> {
        let is_there = |(was, is): &&(usize, usize)| *was < old.cells.len() || *is < new.cells.len();
        self.pairs.iter().filter(is_there).copied().collect()
    }
}

/// Tells whether two columns have mostly the same cells.
fn are_alike(old: &Table, was: usize, new: &Table, is: usize) -> bool {
    let pairs = old.rows.iter().zip(&new.rows).filter_map(|(old, new)| Some((old.cells.get(was)?, new.cells.get(is)?)));
    let (mut same, mut all) = (0, 0);
    for (before, after) in pairs {
        same += usize::from(before.words == after.words);
        all += 1;
    }
    all > 0 && ALIKE * same >= all
}

/// The cells of a column, or its place among the others.
fn words(table: &Table, at: usize, kind: Kind) -> String {
    if kind == Kind::ColumnMoved {
        return (at + 2).to_string();
    }
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.words.as_str());
    cells.collect::<Vec<_>>().join(" · ")
}

fn spots(table: &Table, at: usize) -> Vec<Spot> {
    let head = table.heads.get(at + 1).and_then(|head| head.spot);
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at)?.spot);
    head.into_iter().chain(cells).collect()
}
