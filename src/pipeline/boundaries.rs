//! The boundary files that the reports of an edition need, read and checked.

use rayon::prelude::*;

use crate::boundaries::Geography;
use crate::diag::{Finding, Findings, code};
use crate::report_spec::{BlockKind, Jurisdiction, Spec};

/// Reads the boundaries of all reports that have a map, and compares them with the spec.
///
/// Returns what is wrong with them, and as warnings what is odd; `whole` tells whether one fault stops all reports.
pub(super) fn boundaries(spec: &Spec, geography: &Geography, whole: bool) -> Findings {
    let found: Vec<Findings> = mapped(spec).into_par_iter().map(|one| of_jurisdiction(one, geography, whole)).collect();
    found.into_iter().flatten().collect()
}

/// The jurisdictions whose reports have a map.
fn mapped(spec: &Spec) -> Vec<&Jurisdiction> {
    let has_map = spec.content.iter().any(|block| matches!(block.kind, BlockKind::Map(_)));
    let reports = spec.reports.iter().map(|place| &spec.jurisdictions[*place]);
    reports.filter(|one| has_map && one.fips.is_some()).collect()
}

fn of_jurisdiction(one: &Jurisdiction, geography: &Geography, whole: bool) -> Findings {
    if !geography.index().has(&one.code) {
        let message = format!("the index of the boundaries has no jurisdiction `{}`, which has a report", one.code);
        let help = "add it with its file, or leave its `fips` out of the spec: it then has no map";
        let file = format!("{}/index.json", geography.shown());
        return Finding::error(code::boundaries::NOT_IN_INDEX, message).in_file(file).help(help.to_owned()).into();
    }
    match geography.state(&one.code) {
        // In a release the report tells it when it is built, and the others are kept.
        Err(faults) => {
            if whole {
                faults
            } else {
                Findings::new()
            }
        }
        // The detailed boundaries are read where a record has a point to locate.
        Ok(state) => {
            let mut findings: Findings = state.remarks.iter().cloned().collect();
            let file = format!("{}/{}.geojson", geography.shown(), one.code);
            findings.extend(state.compare(one.fips.as_deref(), one.window, file));
            findings
        }
    }
}
