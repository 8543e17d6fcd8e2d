//! Decisions, held against the review that they are of, made again.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Finding, Findings, code};
use crate::figures::FigureId;
use crate::release::{Decided, DecidedChange, Decisions};

use super::change::Change;
use super::policy::{Policy, Weight};
use super::run::{Review, Reviewed};

/// Finds the changes of a review that decisions do not name, and those that they name by another figure.
pub fn missing_changes(decisions: &Decisions, path: &Path, review: &Review, policy: &Policy) -> Findings {
    let fault = |message: String| Finding::error(code::release::DECISIONS, message).in_file(path.to_string_lossy());
    let mut findings = Findings::new();
    let old = review.releases.as_ref().map(|[old, _]| old.digest);
    if old != decisions.old.manifest {
        findings.push(fault("the decisions compare with another release than the one named".to_owned()));
    }
    if policy.digest() != decisions.policy {
        let help = "name the policy of the review by `--policy`".to_owned();
        findings.push(fault("the decisions were made by another policy".to_owned()).help(help));
    }
    for reviewed in &review.reports {
        let is_own = |decided: &&Decided| decided.jurisdiction == reviewed.jurisdiction;
        let listed = decisions.reports.iter().find(is_own).map_or(&[][..], |decided| decided.changes.as_slice());
        let Matched { missing, unknown, misnamed } = matched(listed, reviewed, policy);
        if missing > 0 {
            findings.push(fault(format!("the decisions leave out {missing} changes of {}", reviewed.name)));
        }
        if unknown > 0 {
            findings
                .push(fault(format!("the decisions name {unknown} changes of {} that there are not", reviewed.name)));
        }
        findings
            .extend(misnamed.into_iter().map(|(decided, change)| fault(misnaming(&reviewed.name, decided, change))));
    }
    findings
}

/// What the decisions on a report do not say of its changes.
#[derive(Default)]
struct Matched<'a> {
    /// How many changes they do not name.
    missing: usize,
    /// How many they name that there are not.
    unknown: usize,
    /// Decisions on the figure of another change.
    misnamed: Vec<(&'a DecidedChange, &'a Change)>,
}

/// Finds the decision on each change of a report; of equal changes as many must be named as there are.
fn matched<'a>(listed: &'a [DecidedChange], reviewed: &'a Reviewed, policy: &Policy) -> Matched<'a> {
    let mut known: BTreeMap<&str, Vec<&DecidedChange>> = BTreeMap::new();
    for decided in listed {
        known.entry(decided.id.as_str()).or_default().push(decided);
    }
    let mut matched = Matched::default();
    for change in reviewed.changes.iter().filter(|change| policy.weight(change) > Weight::Ignore) {
        match known.get_mut(reviewed.identity(change).as_str()).filter(|decided| !decided.is_empty()) {
            None => matched.missing += 1,
            Some(decided) => matched.misnamed.extend(take(decided, change).err().map(|other| (other, change))),
        }
    }
    matched.unknown = known.values().map(Vec::len).sum();
    matched
}

/// Takes the decision on a change out of those that name it, of which there is one at least.
///
/// # Errors
/// Returns a decision that names another figure, where no decision names that of the change or none.
fn take<'a>(left: &mut Vec<&'a DecidedChange>, change: &Change) -> Result<&'a DecidedChange, &'a DecidedChange> {
    let own = change.named_figures();
    let is_of =
        |figures: Option<&[Option<FigureId>; 2]>| left.iter().position(|decided| decided.figures.as_ref() == figures);
    // Decisions on a review by an older program name no figure.
    match is_of(own).or_else(|| is_of(None)) {
        Some(at) => Ok(left.remove(at)),
        None => Err(left.remove(0)),
    }
}

fn misnaming(report: &str, decided: &DecidedChange, change: &Change) -> String {
    let (named, own) = (words(decided.figures.as_ref()), words(change.named_figures()));
    let DecidedChange { id, .. } = decided;
    format!("the decision `{id}` on {report} ({}) names {named}, and the change is of {own}", change.place.words())
}

/// Names a figure as both editions do.
fn words(figures: Option<&[Option<FigureId>; 2]>) -> String {
    let mut names: Vec<String> = figures.into_iter().flatten().flatten().map(|figure| format!("`{figure}`")).collect();
    names.dedup();
    if names.is_empty() { "no figure".to_owned() } else { names.join(" and ") }
}

#[cfg(test)]
mod tests {
    use crate::figures::{RowId, RowRole};
    use crate::report_spec::CellKind;

    use super::super::change::Place;
    use super::super::identity::identity;
    use super::super::kind::Kind;
    use super::*;

    fn cell(table: &str) -> Option<FigureId> {
        let row = RowId::category(RowRole::Row, &[], "tip");
        Some(FigureId::Cell { table: table.into(), row, column: CellKind::Count })
    }

    fn change(figures: [Option<FigureId>; 2]) -> Change {
        let place = Place { row: Some("Tip".into()), ..Place::default() };
        Change { figures, ..Change::new(Kind::Count, place, Some("4".into()), Some("5".into())) }
    }

    /// A decision as the page writes it, with these figures.
    fn decision(of: &Change, figures: Option<serde_json::Value>) -> DecidedChange {
        let mut decision = serde_json::json!({
            "id": identity("CT", of), "kind": "count", "weight": "error", "where": "Tip", "decision": "accepted",
        });
        if let Some(figures) = figures {
            decision["figures"] = figures;
        }
        serde_json::from_value(decision).unwrap()
    }

    fn told(changes: &[Change], decisions: &[DecidedChange]) -> (usize, Vec<String>) {
        let (missing, unknown, words) = all_told(changes, decisions);
        assert_eq!(unknown, 0);
        (missing, words)
    }

    fn all_told(changes: &[Change], decisions: &[DecidedChange]) -> (usize, usize, Vec<String>) {
        let reviewed = Reviewed {
            name: "Connecticut".into(),
            jurisdiction: Some("CT".into()),
            files: [None, None],
            digests: [None, None],
            tables: [None, None],
            changes: changes.to_vec(),
            is_tagged: true,
            substituted: Vec::new(),
        };
        let Matched { missing, unknown, misnamed } = matched(decisions, &reviewed, &Policy::default());
        (
            missing,
            unknown,
            misnamed.into_iter().map(|(decided, change)| misnaming("Connecticut", decided, change)).collect(),
        )
    }

    #[test]
    fn a_decision_on_the_figure_of_another_change_is_refused_and_one_without_a_figure_is_not() {
        let changes = [change([cell("reason"), cell("reason")])];
        let of = |figures| vec![decision(&changes[0], figures)];
        let own = serde_json::to_value(changes[0].named_figures()).unwrap();
        assert_eq!(
            own[1],
            serde_json::json!({ "cell": { "table": "reason", "row": { "codes": ["tip"], "role": "row" }, "column": "count" } })
        );
        assert_eq!(told(&changes, &of(Some(own))), (0, vec![]));
        assert_eq!(told(&changes, &of(None)), (0, vec![]));
        assert_eq!(told(&changes, &[]), (1, vec![]));
        let other = serde_json::to_value([cell("venue"), cell("venue")]).unwrap();
        let id = identity("CT", &changes[0]);
        let words = format!(
            "the decision `{id}` on Connecticut (Tip) names `venue/tip count`, and the change is of `reason/tip count`"
        );
        assert_eq!(told(&changes, &of(Some(other))), (0, vec![words]));
    }

    #[test]
    fn a_decision_on_a_change_that_there_is_not_is_told() {
        let changes = [change([None, None])];
        let decisions = [decision(&changes[0], None), decision(&changes[0], None)];
        assert_eq!(all_told(&changes, &decisions), (0, 1, vec![]));
        assert_eq!(all_told(&[], &decisions), (0, 2, vec![]));
    }

    #[test]
    fn of_changes_that_say_the_same_each_takes_the_decision_on_its_own_figure() {
        let changes = [change([None, None]), change([cell("reason"), cell("reasons")]), change([None, cell("venue")])];
        let figures = |change: &Change| change.named_figures().map(|figures| serde_json::to_value(figures).unwrap());
        let mut decisions: Vec<DecidedChange> =
            changes.iter().rev().map(|change| decision(change, figures(change))).collect();
        assert_eq!(told(&changes, &decisions), (0, vec![]));
        decisions[2].figures = decisions[0].figures.clone();
        let (missing, words) = told(&changes, &decisions);
        assert_eq!((missing, words.len()), (0, 1));
        assert!(words[0].ends_with("names `venue/tip count`, and the change is of no figure"), "{words:?}");
    }
}
