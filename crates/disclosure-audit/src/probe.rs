//! Looks for a world near a known one: variables keep their values as far as propagation lets them.

use std::collections::VecDeque;

use crate::propagate::Propagator;
use crate::system::System;

/// So many dead ends before the search is left to branching.
const DEAD_ENDS: usize = 12;

/// Finds a world within the bounds, as near to `base` as the first tries bring; the bounds are left as they were.
///
/// The order is breadth first from the variable that was moved: what must move with it is near.
pub(crate) fn near(system: &mut System, propagator: &Propagator, moved: usize, base: &[i64]) -> Option<Vec<i64>> {
    let clamped = clamp(system, base);
    if system.holds(&clamped) {
        return Some(clamped);
    }
    let saved = (system.lower.clone(), system.upper.clone());
    let order = propagator.by_distance(system, moved);
    let mut dead_ends = 0;
    let found = walk(system, propagator, base, &order, &mut dead_ends);
    (system.lower, system.upper) = saved;
    found
}

/// Place and value of a trial, and the bounds before it.
type Tried = (usize, i64, Vec<i64>, Vec<Option<i64>>);

fn clamp(system: &System, base: &[i64]) -> Vec<i64> {
    let bounds = system.lower.iter().zip(&system.upper);
    let clamp = |(&value, (&lower, &upper)): (&i64, (&i64, &Option<i64>))| {
        upper.map_or(value, |upper| value.min(upper)).max(lower)
    };
    base.iter().zip(bounds).map(clamp).collect()
}

fn walk(
    system: &mut System,
    propagator: &Propagator,
    base: &[i64],
    order: &[usize],
    dead_ends: &mut usize,
) -> Option<Vec<i64>> {
    let mut tried: VecDeque<Tried> = VecDeque::new();
    let mut place = 0;
    loop {
        let open = (place..order.len()).find(|&place| system.upper[order[place]] != Some(system.lower[order[place]]));
        let Some(next) = open else {
            return Some(system.lower.clone()).filter(|world| system.holds(world));
        };
        let variable = order[next];
        let value = system.upper[variable].map_or(base[variable], |upper| base[variable].min(upper));
        let value = value.max(system.lower[variable]);
        if tried.len() > DEAD_ENDS {
            tried.pop_front();
        }
        tried.push_back((next, value, system.lower.clone(), system.upper.clone()));
        (system.lower[variable], system.upper[variable]) = (value, Some(value));
        place = next + 1;
        let mut narrowed = next;
        while propagator.narrow_from(system, order[narrowed]).is_err() {
            *dead_ends += 1;
            if *dead_ends > DEAD_ENDS {
                return None;
            }
            narrowed = step_back(system, order, &mut tried)?;
            place = narrowed;
        }
    }
}

/// Takes the value that failed out of the bounds of the last variable that has another; its place.
fn step_back(
    system: &mut System,
    order: &[usize],
    tried: &mut VecDeque<Tried>,
) -> Option<usize> {
    loop {
        let (place, value, lower, upper) = tried.pop_back()?;
        let variable = order[place];
        (system.lower, system.upper) = (lower, upper);
        if system.lower[variable] == value && system.upper[variable] != Some(value) {
            system.lower[variable] = value + 1;
            return Some(place);
        }
        if system.upper[variable] == Some(value) && system.lower[variable] != value {
            system.upper[variable] = Some(value - 1);
            return Some(place);
        }
        // A value in the middle: the larger half is given up, the search is a first try and no proof.
        if system.lower[variable] < value {
            system.upper[variable] = Some(value - 1);
            return Some(place);
        }
    }
}
