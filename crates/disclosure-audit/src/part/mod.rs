//! The audit of one linked part: which values each of its variables takes, and the worlds that show it.
//!
//! Networks are answered by [`flow`], everything else by [`search`]; [`shown`] keeps the worlds.

mod flow;
mod search;
mod shown;

use crate::branch::{Branching, Limit};
use crate::diags::AuditError;
use crate::network::Network;
use crate::ratio::GaveUp;
use crate::system::System;

use shown::Shown;

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
    /// A value that occurs beside that of the base, if one is known to.
    pub another: Option<i64>,
    /// Whether both ends occur, where there are ends.
    pub has_exact_ends: bool,
}

impl Finding {
    /// What is known before anything is looked for.
    fn unknown(system: &System, variable: usize, question: &Question) -> Self {
        let (lower, upper) = (system.lower[variable], system.upper[variable]);
        let open = question.values.iter().copied();
        let open = open.filter(|&value| lower <= value && upper.is_none_or(|upper| value <= upper)).collect();
        Self { lower, upper, occur: Vec::new(), open, another: None, has_exact_ends: false }
    }
}

/// Is everything found about a part.
pub(crate) struct PartReport {
    pub findings: Vec<Finding>,
    pub base: Vec<i64>,
    /// Worlds that show, together with the base, all values that were to be proved.
    pub worlds: Vec<Vec<i64>>,
}

/// Answers all questions about one part; `known` is its true table, if the caller has it. What the questions take is taken from
/// `work`.
pub(crate) fn audit(
    system: System,
    questions: &[Question],
    known: Option<Vec<i64>>,
    limit: Limit,
    work: &mut u64,
) -> Result<PartReport, AuditError> {
    let network = Network::of(&system);
    let base = base(&system, known, limit)?;
    let mut branching = Branching::new(system.clone(), limit).starting_near(base.clone()).with_work(*work);
    let mut shown = Shown::new(questions, &base);
    let findings = match &network {
        Some(network) => flow::findings(network, &system, questions, &base, &mut shown),
        None => search::findings(&mut branching, &system, questions, &base, &mut shown),
    };
    let mut worlds = if network.is_some() { shown.worlds } else { shown.merged(&system, &base) };
    for variable in (0..questions.len()).filter(|&variable| questions[variable].varied) {
        let shows = |world: &Vec<i64>| world[variable] != base[variable];
        let Some(value) = findings[variable].another.filter(|_| !worlds.iter().any(shows)) else { continue };
        worlds.extend(match &network {
            Some(network) => flow::world(network, &system, &base, variable, value),
            None => branching.world(Some((variable, value)), Some(&base)).ok().flatten(),
        });
    }
    *work = branching.work_left;
    Ok(PartReport { findings, base, worlds })
}

/// A world of the part: the known one if it is one.
pub(crate) fn base(system: &System, known: Option<Vec<i64>>, limit: Limit) -> Result<Vec<i64>, AuditError> {
    if let Some(base) = known.filter(|values| system.holds(values)) {
        return Ok(base);
    }
    match Branching::new(system.clone(), limit).world(None, None) {
        Ok(Some(base)) => Ok(base),
        Ok(None) => Err(AuditError::Contradiction { facts: Vec::new() }),
        Err(GaveUp) => Err(AuditError::NoWorld),
    }
}
