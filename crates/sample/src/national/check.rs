//! Whether the national targets agree with each other and with those of the jurisdiction that is counted out.

use std::collections::{BTreeMap, BTreeSet};

use super::targets::National;
use crate::ids::MARK;
use crate::targets::{Cell, Source, Targets};

/// Lists every contradiction.
pub(super) fn problems(targets: &National, own: &Targets) -> Vec<String> {
    let mut problems = frame(targets);
    problems.extend(counted_out(targets, own));
    problems.extend(related(targets, own));
    problems.extend(demographics(targets, own));
    problems
}

/// Counts the calls of each jurisdiction that the counted-out records hold already, by its code.
pub(super) fn calls_held(own: &Targets) -> BTreeMap<&str, u64> {
    own.signals.phone.from_elsewhere.iter().map(|cell| (cell.code.as_str(), cell.count as u64)).collect()
}

/// Checks period, ids and codes.
fn frame(targets: &National) -> Vec<String> {
    let mut problems = Vec::new();
    if targets.period.first > targets.period.last {
        problems.push("period: the last day is before the first".to_owned());
    }
    for (place, numbering) in [("signals", &targets.ids.signals), ("cases", &targets.ids.cases)] {
        if !numbering.prefix.starts_with(MARK) {
            problems.push(format!("ids.{place}: the prefix must begin with `{MARK}`"));
        }
    }
    if targets
        .jurisdictions
        .iter()
        .any(|jurisdiction| jurisdiction.code == targets.unknown && jurisdiction.source == Source::Published)
    {
        problems.push(format!("jurisdictions: no figure of `{}` is published", targets.unknown));
    }
    let mut seen = BTreeSet::new();
    let twice = targets.jurisdictions.iter().filter(|jurisdiction| !seen.insert(jurisdiction.code.as_str()));
    problems.extend(twice.map(|jurisdiction| format!("jurisdictions lists `{}` twice", jurisdiction.code)));
    problems
}

/// Requires the figures of the counted-out jurisdiction to be its own, and its records to fit among the others.
fn counted_out(targets: &National, own: &Targets) -> Vec<String> {
    let mut problems = Vec::new();
    let its = targets.jurisdictions.iter().find(|jurisdiction| jurisdiction.code == targets.counted_out);
    let figures = (own.signals.calls.total.count as u64, own.cases.total.count as u64);
    if own.jurisdiction != targets.counted_out
        || its.is_none_or(|jurisdiction| (jurisdiction.calls, jurisdiction.cases) != figures)
    {
        problems.push(format!("jurisdictions: `{}` differs from its own targets", targets.counted_out));
    }
    for (code, held) in calls_held(own) {
        if targets.jurisdictions.iter().all(|jurisdiction| jurisdiction.code != code || jurisdiction.calls < held) {
            problems
                .push(format!("jurisdictions: `{code}` has fewer calls than the records of `{}`", own.jurisdiction));
        }
    }
    problems
}

/// Requires all related signals to add up to the national figure.
fn related(targets: &National, own: &Targets) -> Vec<String> {
    let sum = |cells: &[Cell]| cells.iter().map(|cell| cell.count as u64).sum::<u64>();
    let others = targets.jurisdictions.iter().filter(|jurisdiction| jurisdiction.code != targets.counted_out);
    let calls = others.map(|jurisdiction| jurisdiction.calls).sum::<u64>();
    let written = targets.signals.groups.iter().filter(|group| group.related).map(|group| group.count).sum::<u64>();
    let phone = &own.signals.phone;
    let own_signals = sum(&own.signals.overview) + sum(&phone.about_elsewhere);
    let found = calls + written + own_signals - sum(&phone.from_elsewhere);
    let expected = targets.signals.related.count as u64;
    let mut problems = Vec::new();
    if found != expected {
        problems.push(format!("related signals add up to {found}, not {expected}"));
    }
    let groups = targets.signals.groups.iter().filter(|group| group.source == Source::Published);
    problems.extend(groups.map(|group| format!("signals.groups: {} are no published figure", group.what)));
    problems
}

/// Requires every demographic to be a column: one that is not would be drawn for nobody.
fn demographics(targets: &National, own: &Targets) -> Vec<String> {
    let columns: BTreeSet<&str> = own.cases.demographics.columns().collect();
    let named = targets.cases.types.iter().flat_map(|kind| kind.in_100.keys().map(|column| (&kind.code, column)));
    let unknown = named.filter(|(_, column)| !columns.contains(column.as_str()));
    unknown.map(|(kind, column)| format!("cases.types, {kind}: no demographic is called `{column}`")).collect()
}
