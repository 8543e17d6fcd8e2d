//! Bound propagation over integers: each row narrows its variables until none narrows any more.
//!
//! Sound and quick, not complete: what it leaves open is for the network and for branching.

use crate::system::{Row, System};

/// Says that a row and the bounds leave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Empty;

/// Knows which rows hold which variables, so that a change wakes few rows.
pub(crate) struct Propagator {
    rows_of: Vec<Vec<usize>>,
}

/// The bounds of a variable before they were narrowed.
#[derive(Clone, Copy)]
pub(crate) struct Before {
    variable: usize,
    lower: i64,
    upper: Option<i64>,
}

impl Before {
    pub(crate) fn of(system: &System, variable: usize) -> Self {
        Self { variable, lower: system.lower[variable], upper: system.upper[variable] }
    }

    pub(crate) fn restore(self, system: &mut System) {
        (system.lower[self.variable], system.upper[self.variable]) = (self.lower, self.upper);
    }
}

/// Bounds above are left away: they tell nothing, and sums with them might not fit.
const LARGEST: i128 = 1 << 56;

/// A row may wake this often before the rest is left to others: two inequalities can narrow each other for ever.
const WAKES_PER_ROW: usize = 64;

impl Propagator {
    pub(crate) fn new(system: &System) -> Self {
        let mut rows_of = vec![Vec::new(); system.lower.len()];
        for (row, Row { terms, .. }) in system.rows.iter().enumerate() {
            for &(variable, _) in terms {
                rows_of[variable].push(row);
            }
        }
        Self { rows_of }
    }

    /// Narrows all bounds to a fixed point.
    pub(crate) fn narrow(&self, system: &mut System) -> Result<(), Empty> {
        let all = (0..system.rows.len()).collect();
        self.run(system, all, |_| {})
    }

    /// Narrows what hangs on one variable whose bounds have changed.
    pub(crate) fn narrow_from(&self, system: &mut System, variable: usize) -> Result<(), Empty> {
        self.run(system, self.rows_of[variable].clone(), |_| {})
    }

    /// As [`Propagator::narrow_from`], and notes on a trail what bounds were before.
    pub(crate) fn narrow_on_trail(
        &self,
        system: &mut System,
        variable: usize,
        trail: &mut Vec<Before>,
    ) -> Result<(), Empty> {
        self.run(system, self.rows_of[variable].clone(), |before| trail.push(before))
    }

    /// The rows in which a variable stands.
    pub(crate) fn rows_of(&self, variable: usize) -> &[usize] {
        &self.rows_of[variable]
    }

    fn run(&self, system: &mut System, mut waiting: Vec<usize>, mut note: impl FnMut(Before)) -> Result<(), Empty> {
        let mut awake = vec![false; system.rows.len()];
        for &row in &waiting {
            awake[row] = true;
        }
        let mut left = system.rows.len().saturating_mul(WAKES_PER_ROW);
        let mut changed = Vec::new();
        while let Some(row) = waiting.pop() {
            awake[row] = false;
            left = left.saturating_sub(1);
            if left == 0 {
                break;
            }
            changed.clear();
            narrow_row(system, row, &mut changed)?;
            changed.iter().copied().for_each(&mut note);
            for &other in changed.iter().flat_map(|before: &Before| &self.rows_of[before.variable]) {
                if !awake[other] {
                    awake[other] = true;
                    waiting.push(other);
                }
            }
        }
        Ok(())
    }
}

/// The least (or greatest) sum of a row, and how many of its terms have no bound that way.
struct Side {
    sum: i128,
    unbounded: usize,
}

fn sides(system: &System, row: &Row) -> (Side, Side) {
    let (mut least, mut greatest) = (Side { sum: 0, unbounded: 0 }, Side { sum: 0, unbounded: 0 });
    for &(variable, coefficient) in &row.terms {
        let (low, high) = if coefficient > 0 { (&mut least, &mut greatest) } else { (&mut greatest, &mut least) };
        low.sum += i128::from(coefficient) * i128::from(system.lower[variable]);
        match system.upper[variable] {
            Some(upper) => high.sum += i128::from(coefficient) * i128::from(upper),
            None => high.unbounded += 1,
        }
    }
    (least, greatest)
}

/// Tells whether the bounds alone keep the row.
pub(crate) fn is_idle(system: &System, row: &Row) -> bool {
    let (least, greatest) = sides(system, row);
    row.lower.is_none_or(|lower| least.unbounded == 0 && i128::from(lower) <= least.sum)
        && row.upper.is_none_or(|upper| greatest.unbounded == 0 && greatest.sum <= i128::from(upper))
}

fn narrow_row(system: &mut System, row: usize, changed: &mut Vec<Before>) -> Result<(), Empty> {
    let Row { terms, lower, upper } = &system.rows[row];
    let (least, greatest) = sides(system, &system.rows[row]);
    if upper.is_some_and(|upper| least.unbounded == 0 && least.sum > upper.into())
        || lower.is_some_and(|lower| greatest.unbounded == 0 && greatest.sum < lower.into())
    {
        return Err(Empty);
    }
    let mut found = Vec::new();
    for &(variable, coefficient) in terms {
        let (low, high) = (system.lower[variable], system.upper[variable]);
        let product = |bound: i64| i128::from(coefficient) * i128::from(bound);
        // What the other terms leave of the row for this one: below `most` and above `fewest`.
        let (at_least, at_most) = if coefficient > 0 { (Some(low), high) } else { (high, Some(low)) };
        let most = upper.and_then(|upper| rest(&least, at_least.map(product)).map(|rest| i128::from(upper) - rest));
        let fewest = lower.and_then(|lower| rest(&greatest, at_most.map(product)).map(|rest| i128::from(lower) - rest));
        let (below, above) = if coefficient > 0 { (most, fewest) } else { (fewest, most) };
        let new_high = below.map(|limit| floor_div(limit, coefficient.into())).filter(|bound| *bound < LARGEST);
        let new_low = above.map(|limit| -floor_div(-limit, coefficient.into())).filter(|bound| *bound > low.into());
        let new_low = new_low.map(|bound| bound.min(LARGEST)).filter(|bound| *bound > low.into());
        let new_high = new_high.filter(|bound| high.is_none_or(|high| *bound < high.into()));
        let narrow = |bound: Option<i128>| bound.map(|bound| i64::try_from(bound).map_err(|_| Empty)).transpose();
        let (new_low, new_high) = (narrow(new_low)?.unwrap_or(low), narrow(new_high)?.or(high));
        if new_high.is_some_and(|high| high < new_low) {
            return Err(Empty);
        }
        if (new_low, new_high) != (low, high) {
            found.push((variable, new_low, new_high));
        }
    }
    for (variable, low, high) in found {
        changed.push(Before::of(system, variable));
        (system.lower[variable], system.upper[variable]) = (low, high);
    }
    Ok(())
}

/// The sum of a side without one of its terms; nothing if another term is open.
fn rest(side: &Side, own: Option<i128>) -> Option<i128> {
    match own {
        Some(own) => (side.unbounded == 0).then(|| side.sum - own),
        None => (side.unbounded == 1).then_some(side.sum),
    }
}

fn floor_div(dividend: i128, divisor: i128) -> i128 {
    // Almost every coefficient is 1 or −1, and divisions of 128 bits are slow.
    if divisor.abs() == 1 {
        return dividend * divisor;
    }
    if divisor < 0 { (-dividend).div_euclid(-divisor) } else { dividend.div_euclid(divisor) }
}
