//! The additive core as an integer flow: what two-way and hierarchical tables are.
//!
//! Every variable that stands in at most two equations, once in and once out, is an arc between two nodes; what stands in one
//! equation leads to the ground. A cell can move iff its arc lies on a cycle of the residual graph (Castro; Fischetti &
//! Salazar: the attacker's problem in two-way tables), and then it takes every value between its ends, since the matrix is
//! totally unimodular. Rows that are ranges get an arc of slack. Anything else is refused and left to branching.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::ratio::GaveUp;
use crate::system::{LARGEST, System};

struct Arc {
    tail: usize,
    head: usize,
    lower: Option<i64>,
    upper: Option<i64>,
}

/// Is a system whose worlds are the flows of a network.
pub(crate) struct Network {
    arcs: Vec<Arc>,
    /// For each node the arcs that touch it.
    touching: Vec<Vec<usize>>,
    variables: usize,
}

/// Is a flow together with the arcs that may no longer change.
pub(crate) struct Flow {
    pub amount: Vec<i64>,
    pub locked: Vec<bool>,
}

impl Network {
    /// Reads a system as a network; nothing if it is none.
    pub(crate) fn of(system: &System) -> Option<Self> {
        let mut places: Vec<Vec<(usize, i64)>> = vec![Vec::new(); system.lower.len()];
        for (row, terms) in system.rows.iter().map(|row| &row.terms).enumerate() {
            for &(variable, coefficient) in terms {
                if coefficient.abs() != 1 || places[variable].len() == 2 {
                    return None;
                }
                places[variable].push((row, coefficient));
            }
        }
        let turned = orient(system.rows.len(), &places)?;
        let ground = system.rows.len();
        let mut arcs: Vec<Arc> = (places.iter().enumerate())
            .map(|(variable, places)| {
                let (mut tail, mut head) = (ground, ground);
                for &(row, coefficient) in places {
                    if coefficient * turned[row] > 0 { head = row } else { tail = row }
                }
                Arc { tail, head, lower: Some(system.lower[variable]), upper: system.upper[variable] }
            })
            .collect();
        for (row, range) in system.rows.iter().enumerate().filter(|(_, row)| !row.is_equation()) {
            // Σ − slack = 0: against the direction of the row's own terms.
            let (tail, head) = if turned[row] > 0 { (row, ground) } else { (ground, row) };
            arcs.push(Arc { tail, head, lower: range.lower, upper: range.upper });
        }
        let mut touching = vec![Vec::new(); ground + 1];
        for (arc, Arc { tail, head, .. }) in arcs.iter().enumerate() {
            touching[*tail].push(arc);
            if head != tail {
                touching[*head].push(arc);
            }
        }
        Some(Self { arcs, touching, variables: system.lower.len() })
    }

    /// Completes values of all variables, which must keep the system, to a flow.
    ///
    /// # Errors
    /// A slack beyond [`LARGEST`].
    pub(crate) fn flow(&self, system: &System, values: &[i64]) -> Result<Flow, GaveUp> {
        let mut amount = values.to_vec();
        for row in system.rows.iter().filter(|row| !row.is_equation()) {
            let terms = row.terms.iter().map(|&(variable, coefficient)| (coefficient, values[variable]));
            let slack: i128 = terms.map(|(coefficient, value)| i128::from(coefficient) * i128::from(value)).sum();
            amount.push(within_largest(slack)?);
        }
        Ok(Flow { locked: vec![false; amount.len()], amount })
    }

    /// Moves one variable as near to `target` as the network lets it; true if it arrives.
    ///
    /// # Errors
    /// An amount beyond [`LARGEST`].
    pub(crate) fn move_to(&self, flow: &mut Flow, variable: usize, target: i64) -> Result<bool, GaveUp> {
        while flow.amount[variable] != target {
            let upwards = target > flow.amount[variable];
            let wanted = target.abs_diff(flow.amount[variable]);
            let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
            if self.step(flow, variable, upwards, Some(wanted))? == Step::Stuck {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// As [`Network::move_to`], over the cheapest cycles; `cost` takes an arc and its present amount.
    pub(crate) fn move_cheaply(
        &self,
        flow: &mut Flow,
        variable: usize,
        target: i64,
        cost: impl Fn(usize, i64) -> u64,
    ) -> Result<bool, GaveUp> {
        let Arc { tail, head, .. } = self.arcs[variable];
        while flow.amount[variable] != target {
            let upwards = target > flow.amount[variable];
            let (from, to) = if upwards { (head, tail) } else { (tail, head) };
            let Some(way) = self.cheapest_way(flow, variable, (from, to), &cost) else { return Ok(false) };
            let wanted = i64::try_from(target.abs_diff(flow.amount[variable])).ok();
            if self.send(flow, variable, &way, upwards, wanted)? == Step::Stuck {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The way of least cost through the residual graph, the shortest among equals (Dijkstra).
    fn cheapest_way(
        &self,
        flow: &Flow,
        avoided: usize,
        (from, to): (usize, usize),
        cost: &impl Fn(usize, i64) -> u64,
    ) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.touching.len()];
        let mut best = vec![(u64::MAX, usize::MAX); self.touching.len()];
        best[from] = (0, 0);
        let mut waiting = BinaryHeap::from([Reverse(((0, 0), from))]);
        while let Some(Reverse((price, node))) = waiting.pop() {
            if node == to {
                break;
            }
            if price > best[node] {
                continue;
            }
            for &arc in &self.touching[node] {
                let upwards = self.arcs[arc].tail == node;
                let next = if upwards { self.arcs[arc].head } else { self.arcs[arc].tail };
                if arc == avoided || self.room(flow, arc, upwards) == Some(0) {
                    continue;
                }
                let price = (price.0.saturating_add(cost(arc, flow.amount[arc])), price.1 + 1);
                if price < best[next] {
                    best[next] = price;
                    came[next] = Some((arc, upwards));
                    waiting.push(Reverse((price, next)));
                }
            }
        }
        self.traced(&came, from, to)
    }

    /// Moves one variable to its least or greatest value; nothing if it has none that way.
    ///
    /// # Errors
    /// An amount beyond [`LARGEST`].
    pub(crate) fn extreme(&self, flow: &mut Flow, variable: usize, upwards: bool) -> Result<Option<i64>, GaveUp> {
        loop {
            match self.step(flow, variable, upwards, None)? {
                Step::Moved => {}
                Step::Stuck => return Ok(Some(flow.amount[variable])),
                Step::Endless => return Ok(None),
            }
        }
    }

    /// How far an arc may still go in a direction: nothing if without end.
    fn room(&self, flow: &Flow, arc: usize, upwards: bool) -> Option<i64> {
        if flow.locked[arc] {
            return Some(0);
        }
        let Arc { lower, upper, .. } = self.arcs[arc];
        if upwards { upper.map(|upper| upper - flow.amount[arc]) } else { lower.map(|lower| flow.amount[arc] - lower) }
    }

    /// Sends what fits around the shortest residual cycle through a variable's arc.
    fn step(&self, flow: &mut Flow, variable: usize, upwards: bool, wanted: Option<i64>) -> Result<Step, GaveUp> {
        let Arc { tail, head, .. } = self.arcs[variable];
        let (from, to) = if upwards { (head, tail) } else { (tail, head) };
        match self.way(flow, variable, from, to) {
            Some(way) => self.send(flow, variable, &way, upwards, wanted),
            None => Ok(Step::Stuck),
        }
    }

    /// Sends what fits over a variable's arc and back over a way.
    fn send(
        &self,
        flow: &mut Flow,
        variable: usize,
        way: &[(usize, bool)],
        upwards: bool,
        wanted: Option<i64>,
    ) -> Result<Step, GaveUp> {
        let cycle = || way.iter().copied().chain([(variable, upwards)]);
        let rooms = cycle().filter_map(|(arc, upwards)| self.room(flow, arc, upwards));
        let Some(amount) = rooms.chain(wanted).min() else { return Ok(Step::Endless) };
        if amount == 0 {
            return Ok(Step::Stuck);
        }
        for (arc, upwards) in cycle() {
            let moved = if upwards { amount } else { -amount };
            flow.amount[arc] = within_largest(i128::from(flow.amount[arc]) + i128::from(moved))?;
        }
        Ok(Step::Moved)
    }

    /// The shortest way through the residual graph, not over the arc itself: arcs with their direction.
    fn way(&self, flow: &Flow, avoided: usize, from: usize, to: usize) -> Option<Vec<(usize, bool)>> {
        let mut came: Vec<Option<(usize, bool)>> = vec![None; self.touching.len()];
        let mut waiting = VecDeque::from([from]);
        let mut seen = vec![false; self.touching.len()];
        seen[from] = true;
        while let Some(node) = waiting.pop_front() {
            if node == to {
                break;
            }
            for &arc in &self.touching[node] {
                let upwards = self.arcs[arc].tail == node;
                let next = if upwards { self.arcs[arc].head } else { self.arcs[arc].tail };
                if arc != avoided && !seen[next] && self.room(flow, arc, upwards) != Some(0) {
                    seen[next] = true;
                    came[next] = Some((arc, upwards));
                    waiting.push_back(next);
                }
            }
        }
        self.traced(&came, from, to)
    }

    fn traced(&self, came: &[Option<(usize, bool)>], from: usize, to: usize) -> Option<Vec<(usize, bool)>> {
        let mut way = Vec::new();
        let mut node = to;
        while node != from {
            let (arc, upwards) = came[node]?;
            way.push((arc, upwards));
            node = if upwards { self.arcs[arc].tail } else { self.arcs[arc].head };
        }
        Some(way)
    }

    /// The values of the variables, without slack.
    pub(crate) fn values(&self, flow: &Flow) -> Vec<i64> {
        flow.amount[..self.variables].to_vec()
    }
}

#[derive(PartialEq, Eq)]
enum Step {
    Moved,
    Stuck,
    Endless,
}

fn within_largest(amount: i128) -> Result<i64, GaveUp> {
    i64::try_from(amount).ok().filter(|amount| (-LARGEST..=LARGEST).contains(amount)).ok_or(GaveUp)
}

/// Finds which equations to turn (multiply by −1) so that each variable enters one and leaves the other.
fn orient(rows: usize, places: &[Vec<(usize, i64)>]) -> Option<Vec<i64>> {
    let mut joined: Vec<Vec<(usize, i64)>> = vec![Vec::new(); rows];
    for place in places {
        if let &[(first, a), (second, b)] = place.as_slice() {
            let product = -a * b;
            joined[first].push((second, product));
            joined[second].push((first, product));
        }
    }
    let mut turned = vec![0i64; rows];
    for start in 0..rows {
        if turned[start] != 0 {
            continue;
        }
        turned[start] = 1;
        let mut waiting = vec![start];
        while let Some(row) = waiting.pop() {
            for &(other, product) in &joined[row] {
                let needed = turned[row] * product;
                if turned[other] == 0 {
                    turned[other] = needed;
                    waiting.push(other);
                } else if turned[other] != needed {
                    return None;
                }
            }
        }
    }
    Some(turned)
}
