//! Looks for a world near a known one: moves what a fact needs to add up again, and what that upsets in turn.
//!
//! A first try and no proof: after a few dead ends it is left to branching. In a two-way table it walks the cycles of the
//! residual graph; in linked tables it branches where a cell stands in more than two facts.

use crate::propagate::Propagator;
use crate::system::{LARGEST, Row, System};

/// So many dead ends before the search is given up.
const DEAD_ENDS: usize = 4;

/// So many moves within each other.
const DEEPEST: usize = 96;

/// Finds a world within the bounds near `base`; `price` says what moving a variable from its base costs. The bounds are left
/// as they were.
pub(crate) fn near(
    system: &mut System,
    propagator: &Propagator,
    base: &[i64],
    price: impl Fn(usize) -> u64,
) -> Option<Vec<i64>> {
    let saved = (system.lower.clone(), system.upper.clone());
    let mut search = Search { system, propagator, base, price: &price, dead_ends: DEAD_ENDS };
    let found = search.repair(DEEPEST);
    (system.lower, system.upper) = saved;
    found.filter(|world| system.holds(world))
}

struct Search<'a> {
    system: &'a mut System,
    propagator: &'a Propagator,
    base: &'a [i64],
    price: &'a dyn Fn(usize) -> u64,
    dead_ends: usize,
}

/// A way to bring a row nearer to its bounds.
struct Move {
    variable: usize,
    by: i64,
    /// What it costs, then how much more (or less) all rows miss.
    rank: (u64, i128),
}

impl Search<'_> {
    fn repair(&mut self, deepest: usize) -> Option<Vec<i64>> {
        let world = self.clamped();
        let Some(row) = self.system.rows.iter().position(|row| miss(row, &world) != 0) else { return Some(world) };
        if deepest == 0 {
            return None;
        }
        for Move { variable, by, .. } in self.moves(row, &world) {
            let saved = (self.system.lower.clone(), self.system.upper.clone());
            let value = world[variable] + by;
            if by > 0 {
                self.system.lower[variable] = value;
            } else {
                self.system.upper[variable] = Some(value);
            }
            if self.propagator.narrow_from(self.system, variable).is_ok()
                && let Some(found) = self.repair(deepest - 1)
            {
                return Some(found);
            }
            (self.system.lower, self.system.upper) = saved;
            self.dead_ends = self.dead_ends.checked_sub(1)?;
            // The move is excluded from now on.
            if by > 0 {
                self.system.upper[variable] = Some(value - 1);
            } else {
                self.system.lower[variable] = value + 1;
            }
        }
        None
    }

    /// The base, pressed into the present bounds.
    fn clamped(&self) -> Vec<i64> {
        let bounds = self.system.lower.iter().zip(&self.system.upper);
        let clamp = |(&value, (&lower, &upper)): (&i64, (&i64, &Option<i64>))| {
            upper.map_or(value, |upper| value.min(upper)).max(lower)
        };
        self.base.iter().zip(bounds).map(clamp).collect()
    }

    /// All moves that help a row, the cheapest and least upsetting first.
    fn moves(&self, row: usize, world: &[i64]) -> Vec<Move> {
        let miss = miss(&self.system.rows[row], world);
        let mut moves = Vec::new();
        for &(variable, coefficient) in &self.system.rows[row].terms {
            let upwards = (coefficient > 0) == (miss < 0);
            let room = if upwards {
                self.system.upper[variable].map_or(i64::MAX, |upper| upper - world[variable])
            } else {
                world[variable] - self.system.lower[variable]
            };
            let needed = miss.unsigned_abs().div_ceil(coefficient.unsigned_abs().into());
            let step = room.min(i64::try_from(needed).unwrap_or(i64::MAX));
            if step > 0 && step <= LARGEST {
                let by = if upwards { step } else { -step };
                moves.push(Move { variable, by, rank: self.rank(variable, by, world) });
            }
        }
        moves.sort_by_key(|option| option.rank);
        moves
    }

    fn rank(&self, variable: usize, by: i64, world: &[i64]) -> (u64, i128) {
        let price = if world[variable] == self.base[variable] { (self.price)(variable) } else { 0 };
        let mut upset = 0i128;
        for &row in self.propagator.rows_of(variable) {
            let row = &self.system.rows[row];
            let own = row.terms.binary_search_by_key(&variable, |&(variable, _)| variable);
            let coefficient = own.map_or(0, |place| row.terms[place].1);
            let sum = sum(row, world);
            let moved = sum + i128::from(coefficient) * i128::from(by);
            upset = upset.saturating_add(missed(row, moved).abs() - missed(row, sum).abs());
        }
        (price, upset)
    }
}

fn sum(row: &Row, world: &[i64]) -> i128 {
    row.terms.iter().map(|&(variable, coefficient)| i128::from(coefficient) * i128::from(world[variable])).sum()
}

/// How far a row is above (or, negative, below) its bounds.
fn miss(row: &Row, world: &[i64]) -> i128 {
    missed(row, sum(row, world))
}

fn missed(row: &Row, sum: i128) -> i128 {
    match (row.lower, row.upper) {
        (Some(lower), _) if sum < lower.into() => sum - i128::from(lower),
        (_, Some(upper)) if sum > upper.into() => sum - i128::from(upper),
        _ => 0,
    }
}
