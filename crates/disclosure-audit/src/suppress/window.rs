//! Moves in parts that are no network: the least one by branch and bound, in a window around the cell.

use crate::branch::{Branching, Extreme, Limit};
use crate::repair;
use crate::suppress::field::Field;
use crate::system::{Row, System};

/// Windows, tried in turn: how many variables, and how many of them one row may bring in. A national sum would else fill the
/// window with cells whose own tables are not in it.
const SIZES: [(usize, usize); 3] = [(60, 3), (200, 5), (600, 16)];

/// What a window may take: it makes a pattern cheaper, and a move is found without it too.
const LIMIT: Limit = Limit { nodes: 60, pivots: 2_000 };

/// Finds a cheap move that shows a value: the least within a window, else the first that repairs the facts, else any.
pub(crate) fn cheapest(field: &Field, variable: usize, value: i64) -> Option<Vec<i64>> {
    let System { lower, upper, .. } = &field.system;
    if value < lower[variable] || upper[variable].is_some_and(|upper| value > upper) {
        return None;
    }
    let windows = SIZES.into_iter().map(|(size, fan_out)| around(field, variable, size, fan_out));
    windows
        .into_iter()
        .find_map(|window| within_window(field, &window, variable, value))
        .or_else(|| any_move(field, variable, value))
}

/// The variables around one, nearest first, of each row those that cost least.
fn around(field: &Field, variable: usize, size: usize, fan_out: usize) -> Vec<usize> {
    let mut inside = vec![false; field.base.len()];
    let mut rows_seen = vec![false; field.system.rows.len()];
    inside[variable] = true;
    let mut window = vec![variable];
    let mut next = 0;
    while let Some(&variable) = window.get(next).filter(|_| window.len() < size) {
        next += 1;
        for &row in field.propagator.rows_of(variable) {
            if std::mem::replace(&mut rows_seen[row], true) {
                continue;
            }
            let others = field.system.rows[row].terms.iter().map(|&(other, _)| other);
            let mut others: Vec<usize> = others.filter(|&other| !inside[other]).collect();
            others.sort_by_key(|&other| field.cost[other]);
            for &other in others.iter().take(fan_out) {
                inside[other] = true;
                window.push(other);
            }
        }
    }
    window
}

/// A move found with little regard to what is best.
fn any_move(field: &Field, variable: usize, value: i64) -> Option<Vec<i64>> {
    let mut system = field.system.clone();
    (system.lower[variable], system.upper[variable]) = (value, Some(value));
    field.propagator.narrow_from(&mut system, variable).ok()?;
    let near = repair::near(&mut system, &field.propagator, &field.base, |variable| field.cost[variable].unwrap_or(0));
    near.or_else(|| field.ask(system, |branching| branching.world(None, None)).ok().flatten())
}

fn within_window(field: &Field, window: &[usize], variable: usize, value: i64) -> Option<Vec<i64>> {
    let mut system = cut(field, window, variable, value)?;
    add_costs(field, window, &mut system);
    let price = system.lower.len() - 1;
    let mut start: Vec<i64> = window.iter().map(|&inside| field.base[inside]).collect();
    start.resize(system.lower.len(), 0);
    match Branching::new(system, LIMIT).starting_near(start).extreme(price, false) {
        Extreme::At(_, world) | Extreme::Unknown(_, Some(world)) => Some(pasted(field, window, &world)),
        _ => None,
    }
}

/// The rows of a window with everything outside at its base, and the asked value set; nothing if a number leaves 64 bits.
fn cut(field: &Field, window: &[usize], variable: usize, value: i64) -> Option<System> {
    let mut place = vec![None; field.base.len()];
    let mut system = System::default();
    for (number, &inside) in window.iter().enumerate() {
        place[inside] = Some(number);
        let fixed = (inside == variable).then_some(value);
        system.lower.push(fixed.unwrap_or(field.system.lower[inside]));
        system.upper.push(fixed.or(field.system.upper[inside]));
    }
    for row in &field.system.rows {
        let mut outside = 0i64;
        let mut terms = Vec::new();
        for &(other, coefficient) in &row.terms {
            match place[other] {
                Some(place) => terms.push((place, coefficient)),
                None => outside = outside.checked_add(coefficient.checked_mul(field.base[other])?)?,
            }
        }
        if !terms.is_empty() {
            terms.sort_unstable_by_key(|&(place, _)| place);
            let less = |bound: Option<i64>| match bound {
                Some(bound) => bound.checked_sub(outside).map(Some),
                None => Some(None),
            };
            system.rows.push(Row { terms, lower: less(row.lower)?, upper: less(row.upper)? });
        }
    }
    Some(system)
}

/// Adds, for every published variable, how far it moves up and down, and last the price of all that.
fn add_costs(field: &Field, window: &[usize], system: &mut System) {
    let mut costs: Vec<(usize, i64)> = Vec::new();
    for (place, &inside) in window.iter().enumerate() {
        let Some(cost) = field.cost[inside] else { continue };
        let up = system.lower.len();
        let down = up + 1;
        system.lower.extend([0, 0]);
        system.upper.extend([None, Some(field.base[inside].saturating_sub(system.lower[place]).max(0))]);
        let base = Some(field.base[inside]);
        system.rows.push(Row { terms: vec![(place, 1), (up, -1), (down, 1)], lower: base, upper: base });
        let cost = i64::try_from(cost).unwrap_or(i64::MAX).max(1);
        costs.extend([(up, cost), (down, cost)]);
    }
    let price = system.lower.len();
    system.lower.push(0);
    system.upper.push(None);
    let mut terms: Vec<(usize, i64)> = costs.iter().map(|&(variable, cost)| (variable, -cost)).collect();
    terms.push((price, 1));
    system.rows.push(Row { terms, lower: Some(0), upper: Some(0) });
}

fn pasted(field: &Field, window: &[usize], found: &[i64]) -> Vec<i64> {
    let mut world = field.base.clone();
    for (&inside, &value) in window.iter().zip(found) {
        world[inside] = value;
    }
    world
}
