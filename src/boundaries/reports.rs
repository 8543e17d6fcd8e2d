//! The boundary files that the reports of an edition need, read and checked.

use rayon::prelude::*;

use crate::diag::{Finding, Findings, code};
use crate::report_spec::{BlockKind, Jurisdiction, JurisdictionId, Spec};

use super::Geography;

impl Geography {
    /// Opens the boundaries of an edition; none, where its spec has no map.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn of(spec: &Spec) -> Result<Option<Self>, Finding> {
        let Some(map) = spec.maps.first() else { return Ok(None) };
        Self::open(&spec.root, map.boundaries.clone(), map.vintage).map(Some)
    }

    /// Reads the boundaries of all reports that have a map, and compares them with the spec.
    ///
    /// Returns what is wrong with them, and as warnings what is odd; `whole` tells whether one fault stops all reports.
    pub fn check(&self, spec: &Spec, whole: bool) -> Findings {
        let found: Vec<Findings> =
            mapped(spec).into_par_iter().map(|place| of_jurisdiction(place, self, whole)).collect();
        found.into_iter().flatten().collect()
    }

    /// Leaves out the reports whose boundaries cannot be read: their records are counted for the others, but for their
    /// points. Returns the faults.
    pub fn leave_out(&mut self, spec: &mut Spec) -> Findings {
        let code = |id: &JurisdictionId| spec.jurisdictions[*id].code.as_str();
        let faults = self.leave_out_unreadable(&spec.reports.iter().map(code).collect::<Vec<_>>());
        let kept = spec.reports.iter().copied().filter(|id| !faults.contains_key(code(id))).collect();
        spec.reports = kept;
        faults.into_values().flatten().collect()
    }
}

/// The jurisdictions whose reports have a map.
fn mapped(spec: &Spec) -> Vec<&Jurisdiction> {
    let has_map = spec.content.iter().any(|block| matches!(block.kind, BlockKind::Map(_)));
    let reports = spec.reports.iter().map(|id| &spec.jurisdictions[*id]);
    reports.filter(|place| has_map && place.fips.is_some()).collect()
}

fn of_jurisdiction(place: &Jurisdiction, geography: &Geography, whole: bool) -> Findings {
    if !geography.index().has(&place.code) {
        let message = format!("the index of the boundaries has no jurisdiction `{}`, which has a report", place.code);
        let help = "add it with its file, or leave its `fips` out of the spec: it then has no map";
        let file = format!("{}/index.json", geography.shown());
        return Finding::error(code::boundaries::NOT_IN_INDEX, message).in_file(file).help(help.to_owned()).into();
    }
    match geography.state(&place.code) {
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
            let file = format!("{}/{}.geojson", geography.shown(), place.code);
            findings.extend(state.compare(place.fips.as_deref(), place.window, file));
            findings
        }
    }
}
