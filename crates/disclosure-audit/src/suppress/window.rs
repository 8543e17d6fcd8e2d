//! Moves in parts that are no network: the least one by branch and bound, in a window around the cell.

use crate::branch::{Branching, Extreme};
use crate::propagate::Propagator;
use crate::suppress::field::Field;
use crate::system::{Row, System};

/// Variables of a window; the last try takes the whole part.
const SIZES: [usize; 3] = [48, 192, usize::MAX];

/// Finds the cheapest move within the smallest window that has one: it shows a value and costs what it newly hides.
pub(crate) fn cheapest(field: &Field, variable: usize, value: i64) -> Option<Vec<i64>> {
    let System { lower, upper, .. } = &field.system;
    if value < lower[variable] || upper[variable].is_some_and(|upper| value > upper) {
        return None;
    }
    let order = Propagator::new(&field.system).by_distance(&field.system, variable);
    for size in SIZES {
        let window = &order[..size.min(order.len())];
        let (mut system, mut costs) = cut(field, window, variable, value);
        add_costs(field, window, &mut system, &mut costs);
        let price = system.lower.len() - 1;
        // Where the cheapest is not found within the limit, any move that is found will do.
        let found = match Branching::new(system.clone(), field.limit).extreme(price, false) {
            Extreme::At(_, world) => Some(world),
            Extreme::Unknown(_) => Branching::new(system, field.limit).world(None, None).ok().flatten(),
            Extreme::Endless => None,
        };
        if let Some(found) = found {
            return Some(pasted(field, window, &found));
        }
        if window.len() == order.len() {
            break;
        }
    }
    None
}

/// Finds a world that shows a value while everything published stays.
pub(crate) fn with_hidden(field: &Field, variable: usize, value: i64) -> Option<Vec<i64>> {
    let mut system = field.system.clone();
    for (published, _) in field.cost.iter().enumerate().filter(|(_, cost)| cost.is_some()) {
        (system.lower[published], system.upper[published]) = (field.base[published], Some(field.base[published]));
    }
    let propagator = Propagator::new(&system);
    propagator.narrow(&mut system).ok()?;
    Branching::new(system, field.limit).world(Some((variable, value)), Some(&field.base)).ok().flatten()
}

/// The rows of a window with everything outside at its base, and the asked value set.
fn cut(field: &Field, window: &[usize], variable: usize, value: i64) -> (System, Vec<(usize, i64)>) {
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
                None => outside = outside.saturating_add(coefficient.saturating_mul(field.base[other])),
            }
        }
        if !terms.is_empty() {
            terms.sort_unstable_by_key(|&(place, _)| place);
            let less = |bound: Option<i64>| bound.map(|bound| bound.saturating_sub(outside));
            system.rows.push(Row { terms, lower: less(row.lower), upper: less(row.upper) });
        }
    }
    (system, Vec::new())
}

/// Adds, for every published variable, how far it moves up and down, and last the price of all that.
fn add_costs(field: &Field, window: &[usize], system: &mut System, costs: &mut Vec<(usize, i64)>) {
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
