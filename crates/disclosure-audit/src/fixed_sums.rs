//! Small counts that stay open each by itself and add up to a number that follows, itself under the threshold.

use std::collections::BTreeSet;

use crate::check::World;
use crate::diags::AuditError;
use crate::model::{Cell, Fact, Model, Relation, Status};
use crate::possible::Possible;
use crate::reader::Settings;
use crate::system::LARGEST;

/// Sums are looked for modulo this prime, 2⁶¹ − 1: what is no sum is found out afterwards, and none is missed.
const PRIME: i128 = (1 << 61) - 1;

/// The most columns of which every choice is tried.
const CHOICES: usize = 16;

/// Finds every sum of two or more of these cells that follows from all facts together and is a small count, 1 … t−1.
///
/// Such a sum is the same in every world. So the worlds of an [`audit`](crate::audit()) leave few candidates, and of each it is
/// asked whether it can be another number. Each sum is given as the cells that it adds up, with the number. Confidential.
///
/// # Errors
/// As [`audit`](crate::audit()); [`AuditError::TooManySums`] where too many sums are the same in these worlds.
pub fn fixed_small_sums(
    model: &Model,
    cells: &[usize],
    worlds: &[World],
    settings: &Settings,
) -> Result<Vec<(Vec<usize>, i64)>, AuditError> {
    if let Some(&cell) = cells.iter().find(|cell| **cell >= model.cells().len()) {
        return Err(AuditError::UnknownCell { cell });
    }
    let fixed = FixedSums::of(cells, worlds);
    if fixed.free.len() > CHOICES {
        return Err(AuditError::TooManySums);
    }
    let mut found = Vec::new();
    for sum in fixed.sums() {
        let parts: Vec<usize> = sum.iter().map(|place| cells[*place]).collect();
        if let Some(sum) = small_sum(model, &parts, worlds, settings)? {
            found.push((parts, sum));
        }
    }
    Ok(found)
}

/// Returns what cells add up to, where that is small and the same in every world.
fn small_sum(model: &Model, parts: &[usize], worlds: &[World], settings: &Settings) -> Result<Option<i64>, AuditError> {
    let threshold = parts.iter().map(|cell| model.threshold_of(*cell)).min().unwrap_or(0);
    let Some(World(counts)) = worlds.first() else { return Ok(None) };
    let sum: i64 = parts.iter().map(|cell| counts[*cell]).sum();
    if !(1..threshold).contains(&sum) {
        return Ok(None);
    }
    let (model, cell) = with_sum(model, parts)?;
    let possible = Possible::new(&model, settings)?;
    let can_differ = possible.occurs(&[(cell, 0, sum - 1)])? || possible.occurs(&[(cell, sum + 1, LARGEST)])?;
    Ok((!can_differ).then_some(sum))
}

/// Gives a sum a cell of its own.
fn with_sum(model: &Model, parts: &[usize]) -> Result<(Model, usize), AuditError> {
    let mut model = model.clone();
    let mut name = "sum".to_owned();
    while model.cells().iter().any(|cell| cell.id == name) {
        name.push('+');
    }
    let overflow = |_| AuditError::Overflow { fact: "a sum".to_owned() };
    let cell = model.add_cell(Cell::hidden(name.clone(), None, Status::Hidden)).map_err(overflow)?;
    let mut terms: Vec<(usize, i64)> = parts.iter().map(|part| (*part, 1)).collect();
    terms.push((cell, -1));
    let fact = Fact { id: name, place: String::new(), terms, relation: Relation::Equal, constant: 0 };
    model.add_fact(fact).map_err(overflow)?;
    Ok((model, cell))
}

/// What does not change from world to world in a few cells: a choice of cells for each free one, by reduced row echelon form.
struct FixedSums {
    /// Cells that may be in a sum or not.
    free: Vec<usize>,
    /// The others, which follow: with each the factor of every free cell.
    bound: Vec<(usize, Vec<i128>)>,
}

impl FixedSums {
    fn of(cells: &[usize], worlds: &[World]) -> Self {
        let Some(World(first)) = worlds.first() else {
            return Self { free: (0..cells.len()).collect(), bound: Vec::new() };
        };
        let mut rows: Vec<(usize, Vec<i128>)> = Vec::new();
        for World(counts) in &worlds[1..] {
            let row = cells.iter().map(|cell| (i128::from(counts[*cell]) - i128::from(first[*cell])).rem_euclid(PRIME));
            reduce(&mut rows, row.collect());
        }
        let pivots: BTreeSet<usize> = rows.iter().map(|(pivot, _)| *pivot).collect();
        let free: Vec<usize> = (0..cells.len()).filter(|place| !pivots.contains(place)).collect();
        let factors = |row: &[i128]| free.iter().map(|place| (PRIME - row[*place]) % PRIME).collect();
        let bound = rows.iter().map(|(pivot, row)| (*pivot, factors(row))).collect();
        Self { free, bound }
    }

    /// Iterates over the sums of two cells or more that are the same in all worlds, as places among the cells.
    fn sums(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        (1..1usize << self.free.len()).filter_map(|choice| {
            let is_chosen = |place: usize| choice >> place & 1 == 1;
            let mut sum: Vec<usize> =
                self.free.iter().enumerate().filter(|(place, _)| is_chosen(*place)).map(|(_, cell)| *cell).collect();
            for (cell, factors) in &self.bound {
                let chosen = factors.iter().enumerate().filter(|(place, _)| is_chosen(*place));
                match chosen.map(|(_, factor)| factor).sum::<i128>() % PRIME {
                    0 => {}
                    1 => sum.push(*cell),
                    _ => return None,
                }
            }
            sum.sort_unstable();
            (sum.len() > 1).then_some(sum)
        })
    }
}

/// Adds a row to those in reduced row echelon form, each with the place of its leading one.
fn reduce(rows: &mut Vec<(usize, Vec<i128>)>, mut row: Vec<i128>) {
    for (pivot, other) in rows.iter() {
        subtract(&mut row, other, *pivot);
    }
    let Some(pivot) = row.iter().position(|factor| *factor != 0) else { return };
    let inverse = power(row[pivot], PRIME - 2);
    for factor in row.iter_mut() {
        *factor = *factor * inverse % PRIME;
    }
    for (_, other) in rows.iter_mut() {
        subtract(other, &row, pivot);
    }
    rows.push((pivot, row));
}

/// Takes a row so often from another that nothing is left in the place where the row has one.
fn subtract(from: &mut [i128], row: &[i128], pivot: usize) {
    let times = from[pivot];
    if times != 0 {
        for (factor, other) in from.iter_mut().zip(row) {
            *factor = (*factor - times * other).rem_euclid(PRIME);
        }
    }
}

fn power(base: i128, mut exponent: i128) -> i128 {
    let (mut result, mut square) = (1, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * square % PRIME;
        }
        square = square * square % PRIME;
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(worlds: &[&[i64]]) -> Vec<Vec<usize>> {
        let cells: Vec<usize> = (0..worlds[0].len()).collect();
        let worlds: Vec<World> = worlds.iter().map(|counts| World(counts.to_vec())).collect();
        FixedSums::of(&cells, &worlds).sums().collect()
    }

    #[test]
    fn sums_that_no_world_changes_are_found() {
        // Two pairs that add up to 2 and 1: each, and both together.
        let worlds: [&[i64]; 3] = [&[0, 2, 1, 0], &[1, 1, 1, 0], &[2, 0, 0, 1]];
        assert_eq!(sums(&worlds), [vec![0, 1], vec![2, 3], vec![0, 1, 2, 3]]);
        // A difference that stays is no sum.
        assert_eq!(sums(&[&[0, 1], &[1, 2]]), Vec::<Vec<usize>>::new());
        // Three that add up, of which no two do.
        assert_eq!(sums(&[&[1, 1, 0], &[0, 1, 1], &[1, 0, 1], &[2, 0, 0]]), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_sum_that_can_be_another_number_is_none() {
        let model = |total: bool| {
            let mut model = Model::new(3).unwrap();
            let small = |name: &str| Cell::hidden(name.to_owned(), None, Status::Primary).within(0, Some(2));
            let cells = ["a", "b"].map(|name| model.add_cell(small(name)).unwrap());
            let terms = cells.map(|cell| (cell, 1)).to_vec();
            let relation = if total { Relation::Equal } else { Relation::AtMost };
            let fact = Fact { id: "sum".into(), place: String::new(), terms, relation, constant: 2 };
            model.add_fact(fact).unwrap();
            model
        };
        let worlds = [World(vec![0, 2]), World(vec![1, 1])];
        let found = |total| fixed_small_sums(&model(total), &[0, 1], &worlds, &Settings::DEFAULT);
        assert_eq!(found(true), Ok(vec![(vec![0, 1], 2)]));
        assert_eq!(found(false), Ok(vec![]));
    }
}
