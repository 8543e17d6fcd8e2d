//! Makes a system smaller without changing its worlds: fixed variables and equal ones go, rows that tell nothing go, and what
//! is not linked is parted.

use std::collections::{HashMap, HashSet};

use crate::propagate::{Empty, Propagator, is_idle};
use crate::ratio::gcd;
use crate::system::{LARGEST, Row, System, collect};

/// Variables that lie farther apart are not linked: their values are added and taken away without a check.
const LARGEST_OFFSET: i64 = 1 << 57;

/// Says that a variable is `sign · other + offset`, with a sign of 1 or −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub of: usize,
    pub sign: i64,
    pub offset: i64,
}

impl Link {
    pub(crate) fn value(self, of: i64) -> i64 {
        self.sign * of + self.offset
    }

    /// The value of the other variable at which this one has `value`.
    pub(crate) fn source(self, value: i64) -> i64 {
        (value - self.offset) * self.sign
    }
}

/// Is a system after presolving.
pub(crate) struct Presolved {
    pub system: System,
    /// For each variable the one that stands for it: often itself.
    pub links: Vec<Link>,
}

/// Repeats propagation and substitution until nothing changes.
pub(crate) fn presolve(mut system: System) -> Result<Presolved, Empty> {
    let mut links: Vec<_> = (0..system.lower.len()).map(|of| Link { of, sign: 1, offset: 0 }).collect();
    loop {
        tidy(&mut system)?;
        Propagator::new(&system).narrow(&mut system)?;
        substitute(&mut system, &mut links, &[]);
        tidy(&mut system)?;
        if !link_pairs(&mut system, &mut links)? {
            break;
        }
    }
    for variable in 0..links.len() {
        // No link was kept with which a chain would leave its limit.
        links[variable] = resolve(&links, variable).unwrap_or(links[variable]);
    }
    Ok(Presolved { system, links })
}

/// Follows links to a variable that stands for itself; nothing if the offset leaves the limit.
fn resolve(links: &[Link], variable: usize) -> Option<Link> {
    let mut link = links[variable];
    while links[link.of].of != link.of {
        let next = links[link.of];
        let offset = (link.sign * next.offset).checked_add(link.offset)?;
        link = Link { of: next.of, sign: link.sign * next.sign, offset };
    }
    (link.offset.abs() <= LARGEST_OFFSET).then_some(link)
}

/// Puts constants for fixed variables and representatives for linked ones into all rows.
///
/// A row that cannot take one of the links in `fresh` undoes it: rows name variables that stand for themselves, and no others.
fn substitute(system: &mut System, links: &mut [Link], fresh: &[usize]) {
    let is_fresh: HashSet<usize> = fresh.iter().copied().collect();
    loop {
        let new: Vec<Option<Row>> = system.rows.iter().map(|row| substituted(system, links, row)).collect();
        let failed = system.rows.iter().zip(&new).filter(|(_, new)| new.is_none());
        let linked = |variable: &usize| is_fresh.contains(variable) && links[*variable].of != *variable;
        let mut undone: Vec<usize> =
            failed.flat_map(|(row, _)| row.terms.iter().map(|&(variable, _)| variable)).filter(linked).collect();
        if undone.is_empty() && (0..links.len()).any(|variable| resolve(links, variable).is_none()) {
            undone = fresh.iter().copied().filter(linked).collect();
        }
        for &variable in &undone {
            links[variable] = Link { of: variable, sign: 1, offset: 0 };
        }
        if undone.is_empty() {
            // A row without a fresh link that fails only has fixed variables too large to be taken out: it stays, and is as true.
            system.rows.iter_mut().zip(new).for_each(|(row, new)| *row = new.unwrap_or_else(|| row.clone()));
            return;
        }
    }
}

/// Nothing if a number would leave its limit.
fn substituted(system: &System, links: &[Link], row: &Row) -> Option<Row> {
    let mut constant = 0i64;
    let mut terms = Vec::with_capacity(row.terms.len());
    for &(variable, coefficient) in &row.terms {
        let Link { of, sign, offset } = resolve(links, variable)?;
        constant = constant.checked_add(coefficient.checked_mul(offset)?)?;
        let coefficient = coefficient * sign;
        if system.upper[of] == Some(system.lower[of]) {
            constant = constant.checked_add(coefficient.checked_mul(system.lower[of])?)?;
        } else {
            terms.push((of, coefficient));
        }
    }
    let less = |bound: Option<i64>| match bound {
        Some(bound) => bound.checked_sub(constant).filter(|bound| (-LARGEST..=LARGEST).contains(bound)).map(Some),
        None => Some(None),
    };
    Some(Row { terms: collect(terms)?, lower: less(row.lower)?, upper: less(row.upper)? })
}

/// Divides rows by what their coefficients share, joins rows of the same sum, drops those that the bounds imply.
///
/// # Errors
/// Rows of the same sum, or the whole numbers within one, that leave nothing.
pub(crate) fn tidy(system: &mut System) -> Result<(), Empty> {
    let mut seen: HashMap<Vec<(usize, i64)>, usize> = HashMap::new();
    let mut kept: Vec<Row> = Vec::new();
    for mut row in std::mem::take(&mut system.rows) {
        normalize(&mut row);
        match seen.get(&row.terms) {
            Some(&other) => {
                kept[other].narrow(&row);
            }
            None => {
                seen.insert(row.terms.clone(), kept.len());
                kept.push(row);
            }
        }
    }
    if kept.iter().any(Row::is_crossed) {
        return Err(Empty);
    }
    kept.retain(|row| !is_idle(system, row));
    system.rows = kept;
    Ok(())
}

pub(crate) fn normalize(row: &mut Row) {
    let shared = row.terms.iter().fold(0u128, |shared, &(_, c)| gcd(shared, u128::from(c.unsigned_abs())));
    let Ok(shared) = i64::try_from(shared.max(1)) else { return };
    row.lower = row.lower.map(|lower| lower.div_euclid(shared) + i64::from(lower.rem_euclid(shared) != 0));
    row.upper = row.upper.map(|upper| upper.div_euclid(shared));
    row.terms.iter_mut().for_each(|(_, coefficient)| *coefficient /= shared);
    if row.terms.first().is_some_and(|&(_, first)| first < 0) {
        row.terms.iter_mut().for_each(|(_, coefficient)| *coefficient = -*coefficient);
        (row.lower, row.upper) = (row.upper.map(|upper| -upper), row.lower.map(|lower| -lower));
    }
}

/// Links the two variables of each equation `±x ± y = c`; true if there was one.
fn link_pairs(system: &mut System, links: &mut [Link]) -> Result<bool, Empty> {
    let mut fresh = Vec::new();
    for position in 0..system.rows.len() {
        let Some((gone, link)) = pair(&system.rows[position]) else { continue };
        let kept = link.of;
        if links[kept].of != kept || links[gone].of != gone {
            continue;
        }
        let ends = [Some(system.lower[gone]), system.upper[gone]].map(|end| end.map(|end| link.source(end)));
        let [low, high] = if link.sign > 0 { ends } else { [ends[1], ends[0]] };
        system.lower[kept] = system.lower[kept].max(low.unwrap_or(i64::MIN));
        system.upper[kept] = [system.upper[kept], high].into_iter().flatten().min();
        if system.upper[kept].is_some_and(|upper| upper < system.lower[kept]) {
            return Err(Empty);
        }
        links[gone] = link;
        fresh.push(gone);
    }
    substitute(system, links, &fresh);
    Ok(fresh.into_iter().any(|gone| links[gone].of != gone))
}

/// The link that a row is, with the variable that goes: `first · kept + second · gone = constant`.
fn pair(row: &Row) -> Option<(usize, Link)> {
    let (&[(kept, first), (gone, second)], Some(constant)) = (row.terms.as_slice(), row.lower) else { return None };
    let links = row.is_equation() && first.abs() == 1 && second.abs() == 1 && constant.abs() <= LARGEST_OFFSET;
    links.then_some((gone, Link { of: kept, sign: -first * second, offset: second * constant }))
}

/// Is a part of a system that shares no row with the rest.
pub(crate) struct Component {
    /// Variable of the whole system for each variable of the part.
    pub variables: Vec<usize>,
    pub system: System,
}

/// Parts a system; variables that stand in no row make parts of their own.
pub(crate) fn components(system: &System, links: &[Link]) -> Vec<Component> {
    let mut parent: Vec<usize> = (0..system.lower.len()).collect();
    for row in &system.rows {
        let mut variables = row.terms.iter().map(|&(variable, _)| variable);
        if let Some(first) = variables.next() {
            for other in variables {
                let (left, right) = (root(&mut parent, first), root(&mut parent, other));
                parent[left.max(right)] = left.min(right);
            }
        }
    }
    let mut parts: Vec<Component> = Vec::new();
    let mut part_of = vec![usize::MAX; system.lower.len()];
    let mut local = vec![0; system.lower.len()];
    for variable in (0..system.lower.len()).filter(|&variable| links[variable].of == variable) {
        let root = root(&mut parent, variable);
        if part_of[root] == usize::MAX {
            part_of[root] = parts.len();
            parts.push(Component { variables: Vec::new(), system: System::default() });
        }
        let part = &mut parts[part_of[root]];
        local[variable] = part.variables.len();
        part.variables.push(variable);
        part.system.lower.push(system.lower[variable]);
        part.system.upper.push(system.upper[variable]);
    }
    for row in &system.rows {
        let Some(&(first, _)) = row.terms.first() else { continue };
        let part = part_of[root(&mut parent, first)];
        let terms = row.terms.iter().map(|&(variable, coefficient)| (local[variable], coefficient)).collect();
        parts[part].system.rows.push(Row { terms, ..*row });
    }
    parts
}

fn root(parent: &mut [usize], mut variable: usize) -> usize {
    while parent[variable] != variable {
        parent[variable] = parent[parent[variable]];
        variable = parent[variable];
    }
    variable
}
