//! Words the figures that cross the threshold between two publications, wherever a release finds them.
//!
//! A report that is made with the release at hand has a finding for each figure, which its spec may accept. Slices were made
//! without it: they have one for each report, and no spec is at hand that could accept a figure.

use std::path::Path;
use std::sync::Arc;

use crate::confidential::{Crossing, crossings};
use crate::diag::{Finding, Findings, code};
use crate::figures::{FigurePlace, PublishedTables};
use crate::report_spec::{DisclosureKind, Spec};

/// Refuses a figure that is hidden in one publication and shown or absent in the other, unless the spec accepts it.
pub(super) fn must_not_cross(
    spec: &Spec,
    jurisdiction: &str,
    before: &PublishedTables,
    after: &PublishedTables,
) -> Result<(), Findings> {
    let is_accepted = |table: &str| {
        spec.protection
            .accept
            .iter()
            .any(|accept| accept.kind == DisclosureKind::EditionTells && accept.figure == table)
    };
    let crossed = crossings(before, after).into_iter().filter(|crossing| !is_accepted(crossing.figure.name()));
    let findings: Findings = crossed.map(|crossing| would_cross(jurisdiction, &crossing, &spec.file)).collect();
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}

/// Says which figures of a report in a slice are hidden in one publication and shown or absent in the other.
pub(super) fn crossed_in_slice(
    folder: &Path,
    jurisdiction: &str,
    before: &PublishedTables,
    after: &PublishedTables,
) -> Option<Finding> {
    let labels: Vec<String> = crossings(before, after).iter().map(|crossing| format!("`{}`", crossing.label)).collect();
    if labels.is_empty() {
        return None;
    }
    let message = format!("{jurisdiction}: hidden in one edition and not in the other: {}", labels.join(", "));
    let help = "give the spec a `revision`, or merge into another folder".to_owned();
    Some(finding(message, folder.to_string_lossy(), help))
}

fn would_cross(jurisdiction: &str, crossing: &Crossing, file: &Arc<str>) -> Finding {
    let Crossing { figure, label, before, after } = crossing;
    let name = figure.name();
    let place = match figure.place() {
        FigurePlace::Prose => "in prose".to_owned(),
        _ => format!("of the table `{name}`"),
    };
    let message = format!("{jurisdiction}: `{label}` {place} was {before} and would be {after}");
    let help = format!(
        "who has both publications learns from that: correct it otherwise, or accept `disclosure::edition-tells` for `{name}` with a reason"
    );
    finding(message, file.clone(), help)
}

fn finding(message: String, file: impl Into<Arc<str>>, help: String) -> Finding {
    Finding::error(code::disclosure::EDITION_TELLS, message).in_file(file).help(help)
}

#[cfg(test)]
mod tests {
    use crate::figures::fixture::tables;

    use super::*;

    #[test]
    fn a_figure_is_told_by_its_place_and_a_slice_by_all_its_figures() {
        let before = tables(&[("tip", "Tip", "27", false), ("crisis", "Crisis", "Fewer than Three", true)]);
        let after = tables(&[("tip", "Tip", "Fewer than Three", true), ("crisis", "Crisis", "4", false)]);
        let told = crossed_in_slice(Path::new("slice-1"), "CT", &before, &after).unwrap();
        assert_eq!(told.message, "CT: hidden in one edition and not in the other: `Tip`, `Crisis`");
        assert_eq!(crossed_in_slice(Path::new("slice-1"), "CT", &after, &after), None);
        let [tip, _] = crossings(&before, &after).try_into().unwrap();
        let told = would_cross("CT", &tip, &Arc::from("spec.yaml"));
        assert_eq!(told.message, "CT: `Tip` of the table `reason` was shown and would be hidden");
    }
}
