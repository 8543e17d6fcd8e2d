//! The audit of one linked part: which values each of its variables takes, and the worlds that show it.

use crate::branch::{Branching, Extreme, Limit};
use crate::diags::AuditError;
use crate::network::{Flow, Network};
use crate::ratio::GaveUp;
use crate::system::System;

/// Is what is asked about one variable of a part.
#[derive(Clone, Debug, Default)]
pub(crate) struct Question {
    /// Values that must be decided one by one.
    pub values: Vec<i64>,
    /// Those of them that a kept world has to show.
    pub proved: Vec<i64>,
    /// Whether the kept worlds have to show two values, if there are two.
    pub varied: bool,
    /// Whether both ends are wanted although the values alone would settle the verdict.
    pub ends: bool,
}

/// Is what was found about one variable.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub lower: i64,
    pub upper: Option<i64>,
    /// Values asked for that occur.
    pub occur: Vec<i64>,
    /// Values asked for that stayed open.
    pub open: Vec<i64>,
}

/// Is everything found about a part.
pub(crate) struct PartReport {
    pub findings: Vec<Finding>,
    pub base: Vec<i64>,
    /// Worlds that show, together with the base, all values that were to be proved.
    pub worlds: Vec<Vec<i64>>,
}

/// Answers all questions about one part; `known` is its true table, if the caller has it.
pub(crate) fn audit(
    system: System,
    questions: &[Question],
    known: Option<Vec<i64>>,
    limit: Limit,
) -> Result<PartReport, AuditError> {
    let network = Network::of(&system);
    let mut branching = Branching::new(system.clone(), limit);
    let base = match known.filter(|values| system.holds(values)) {
        Some(base) => base,
        None => match branching.world(None, None) {
            Ok(Some(base)) => base,
            Ok(None) => return Err(AuditError::Contradiction { facts: Vec::new() }),
            Err(GaveUp) => return Err(AuditError::NoWorld),
        },
    };
    branching = branching.from_near(base.clone());
    let mut shown = Shown::new(questions);
    shown.take(&base);
    let findings = match &network {
        Some(network) => flow(network, &system, questions, &base, &mut shown),
        None => branch(&mut branching, &system, questions, &base, &mut shown),
    };
    for variable in (0..questions.len()).filter(|&variable| questions[variable].varied) {
        let Finding { lower, upper, .. } = findings[variable];
        let varies = shown.worlds.iter().any(|world| world[variable] != base[variable]);
        if varies || upper == Some(lower) {
            continue;
        }
        let near = [base[variable].checked_sub(1), base[variable].checked_add(1)].into_iter().flatten();
        let other = near.filter(|value| *value >= lower && upper.is_none_or(|upper| *value <= upper));
        let others = other.chain([lower]).chain(upper).filter(|value| *value != base[variable]);
        let world = others.into_iter().find_map(|value| match &network {
            Some(network) => {
                let mut flow = network.flow(&system, &base);
                network.move_to(&mut flow, variable, value).then(|| network.values(&flow))
            }
            None => branching.world(Some((variable, value)), Some(&base)).ok().flatten(),
        });
        shown.worlds.extend(world);
    }
    let worlds = if network.is_some() { shown.worlds } else { merged(&system, &base, shown) };
    Ok(PartReport { findings, base, worlds })
}

/// Adds up the moves of several worlds wherever the sum is a world that still shows what each was kept for.
fn merged(system: &System, base: &[i64], shown: Shown) -> Vec<Vec<i64>> {
    let mut merged: Vec<(Vec<i64>, Vec<(usize, i64)>)> = Vec::new();
    for (number, world) in shown.worlds.into_iter().enumerate() {
        let shows = shown.shows.get(number).cloned().unwrap_or_default();
        let joined = merged.iter_mut().find_map(|(other, others)| {
            let moves = other.iter().zip(world.iter().zip(base));
            let sum: Vec<i64> = moves.map(|(other, (value, base))| other + value - base).collect();
            let kept = others.iter().chain(&shows).all(|&(variable, value)| sum[variable] == value);
            (kept && !shows.is_empty() && system.holds(&sum)).then(|| (*other = sum, others.extend(&shows)))
        });
        if joined.is_none() {
            merged.push((world, shows));
        }
    }
    merged.into_iter().map(|(world, _)| world).collect()
}

/// Keeps the worlds that show a value for the first time.
struct Shown {
    /// For each variable the values that no kept world shows yet.
    missing: Vec<Vec<i64>>,
    worlds: Vec<Vec<i64>>,
    /// For each of these worlds the variables and values that it was kept for.
    shows: Vec<Vec<(usize, i64)>>,
}

impl Shown {
    fn new(questions: &[Question]) -> Self {
        let missing = questions.iter().map(|question| question.proved.clone()).collect();
        Self { missing, worlds: Vec::new(), shows: Vec::new() }
    }

    /// Crosses out what a world shows, and gives it.
    fn take(&mut self, world: &[i64]) -> Vec<(usize, i64)> {
        let mut new = Vec::new();
        for (variable, (missing, value)) in self.missing.iter_mut().zip(world).enumerate() {
            if let Some(place) = missing.iter().position(|other| other == value) {
                missing.swap_remove(place);
                new.push((variable, *value));
            }
        }
        new
    }

    fn keep(&mut self, world: Vec<i64>) {
        let shows = self.take(&world);
        if !shows.is_empty() {
            self.worlds.push(world);
            self.shows.push(shows);
        }
    }
}

fn flow(
    network: &Network,
    system: &System,
    questions: &[Question],
    base: &[i64],
    shown: &mut Shown,
) -> Vec<Finding> {
    let mut flow = network.flow(system, base);
    let mut findings = Vec::with_capacity(questions.len());
    for (variable, question) in questions.iter().enumerate() {
        let upper = network.extreme(&mut flow, variable, true);
        let lower = network.extreme(&mut flow, variable, false).unwrap_or(system.lower[variable]);
        let within = |value: &i64| lower <= *value && upper.is_none_or(|upper| *value <= upper);
        let occur: Vec<i64> = question.values.iter().copied().filter(within).collect();
        shown.missing[variable].retain(within);
        findings.push(Finding { lower, upper, occur, open: Vec::new() });
    }
    for variable in 0..questions.len() {
        while let Some(&value) = shown.missing[variable].first() {
            let mut flow = network.flow(system, base);
            if !network.move_to(&mut flow, variable, value) {
                // Between the ends every value occurs (total unimodularity): never reached.
                shown.missing[variable].remove(0);
                continue;
            }
            flow.locked[variable] = true;
            show_more(network, &mut flow, shown, variable);
            shown.keep(network.values(&flow));
        }
    }
    findings
}

/// Moves further variables to values that are not shown yet, while those that show one stay.
fn show_more(network: &Network, flow: &mut Flow, shown: &Shown, first: usize) {
    for variable in first + 1..shown.missing.len() {
        for &value in &shown.missing[variable] {
            if network.move_to(flow, variable, value) {
                flow.locked[variable] = true;
                break;
            }
        }
    }
}

fn branch(
    branching: &mut Branching,
    system: &System,
    questions: &[Question],
    base: &[i64],
    shown: &mut Shown,
) -> Vec<Finding> {
    let mut seen: Vec<Vec<i64>> = base.iter().map(|&value| vec![value]).collect();
    let mut findings = Vec::with_capacity(questions.len());
    for (variable, question) in questions.iter().enumerate() {
        let mut learn = |world: Vec<i64>, seen: &mut Vec<Vec<i64>>| {
            for (values, value) in seen.iter_mut().zip(&world) {
                if !values.contains(value) {
                    values.push(*value);
                }
            }
            shown.keep(world);
        };
        let mut finding =
            Finding { lower: system.lower[variable], upper: system.upper[variable], occur: Vec::new(), open: Vec::new() };
        if question.ends {
            ends(branching, variable, &mut finding, |world| learn(world, &mut seen));
        }
        for &value in &question.values {
            let outside = value < finding.lower || finding.upper.is_some_and(|upper| value > upper);
            if outside {
                continue;
            }
            if !seen[variable].contains(&value) {
                match branching.world(Some((variable, value)), Some(base)) {
                    Ok(Some(world)) => learn(world, &mut seen),
                    Ok(None) => continue,
                    Err(GaveUp) => {
                        finding.open.push(value);
                        continue;
                    }
                }
            }
            finding.occur.push(value);
        }
        if !question.ends && question.varied && seen[variable].len() < 2 {
            ends(branching, variable, &mut finding, |world| learn(world, &mut seen));
        }
        findings.push(finding);
    }
    findings
}

fn ends(branching: &mut Branching, variable: usize, finding: &mut Finding, mut learn: impl FnMut(Vec<i64>)) {
    for upwards in [true, false] {
        let end = match branching.extreme(variable, upwards) {
            Extreme::At(end, world) => {
                learn(world);
                Some(end)
            }
            Extreme::Endless => None,
            Extreme::Unknown(bound, world) => {
                world.into_iter().for_each(&mut learn);
                bound
            }
        };
        if upwards {
            finding.upper = end;
        } else {
            finding.lower = end.unwrap_or(finding.lower);
        }
    }
}
