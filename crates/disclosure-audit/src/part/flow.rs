//! Answers about a network: how far each arc can move along residual cycles.

use crate::network::{Flow, Network};
use crate::part::shown::Shown;
use crate::part::{Finding, Question};
use crate::ratio::GaveUp;
use crate::system::System;

pub(crate) fn findings(
    network: &Network,
    system: &System,
    questions: &[Question],
    base: &[i64],
    shown: &mut Shown,
) -> Vec<Finding> {
    let mut flow = network.flow(system, base);
    let mut findings = Vec::with_capacity(questions.len());
    for (variable, question) in questions.iter().enumerate() {
        let ends = flow.as_mut().map_err(|&mut error| error).and_then(|flow| {
            let upper = network.extreme(flow, variable, true)?;
            Ok((network.extreme(flow, variable, false)?, upper))
        });
        let Ok((lower, upper)) = ends else {
            findings.push(Finding::unknown(system, variable, question));
            // The flow may have been left in the middle of a step.
            flow = network.flow(system, base);
            continue;
        };
        let lower = lower.unwrap_or(system.lower[variable]);
        // Between its ends a variable takes every value.
        let within = |value: &i64| lower <= *value && upper.is_none_or(|upper| *value <= upper);
        let occur: Vec<i64> = question.values.iter().copied().filter(within).collect();
        shown.missing[variable].retain(within);
        let another = [base[variable] + 1, base[variable] - 1].into_iter().find(within);
        findings.push(Finding { lower, upper, occur, open: Vec::new(), another, has_exact_ends: true });
    }
    // What fails here is missing in the worlds, and the verdict follows them.
    let _ = show(network, system, base, shown);
    findings
}

/// Makes worlds that show all values that are missing, many in each.
fn show(network: &Network, system: &System, base: &[i64], shown: &mut Shown) -> Result<(), GaveUp> {
    for variable in 0..shown.missing.len() {
        while let Some(value) = shown.missing[variable].pop() {
            let mut flow = network.flow(system, base)?;
            if network.move_to(&mut flow, variable, value) != Ok(true) {
                continue;
            }
            shown.missing[variable].push(value);
            flow.locked[variable] = true;
            show_more(network, &mut flow, shown, variable)?;
            shown.keep(network.values(&flow));
        }
    }
    Ok(())
}

/// Moves further variables to values that are not shown yet, while those that show one stay.
fn show_more(network: &Network, flow: &mut Flow, shown: &Shown, first: usize) -> Result<(), GaveUp> {
    for variable in first + 1..shown.missing.len() {
        for &value in &shown.missing[variable] {
            if network.move_to(flow, variable, value)? {
                flow.locked[variable] = true;
                break;
            }
        }
    }
    Ok(())
}

/// A world in which a variable has a value.
pub(crate) fn world(network: &Network, system: &System, base: &[i64], variable: usize, value: i64) -> Option<Vec<i64>> {
    let mut flow = network.flow(system, base).ok()?;
    (network.move_to(&mut flow, variable, value) == Ok(true)).then(|| network.values(&flow))
}
