//! To which county a location counts.

use crate::boundaries::{Geography, Located, Reach};
use crate::diag::Findings;
use crate::report_spec::{BlockKind, Jurisdiction, JurisdictionId, Spec, TiVec, Tolerance};

/// The jurisdiction of a case, as its locations see it.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    code: &'a str,
    fips: &'a str,
}

/// Where a location counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Assigned {
    /// The record gives no place.
    Unplaced,
    /// In this county of the case's jurisdiction.
    County {
        /// Its GEOID as a number.
        county: u32,
        /// The point lies beside it, within reach.
        near: bool,
        /// The point lies elsewhere than the GEOID says.
        contradicted: bool,
    },
    /// In another jurisdiction.
    Outside,
    /// In no county.
    Nowhere,
    /// The boundaries that would tell are left out.
    Unknown,
}

impl<'a> Home<'a> {
    /// Returns its postal code.
    pub(super) fn code(&self) -> &'a str {
        self.code
    }

    /// Returns the jurisdictions whose reports have a map; of the others no location is looked
    /// at.
    pub(super) fn of_reports(spec: &'a Spec, geography: Option<&Geography>) -> TiVec<JurisdictionId, Option<Self>> {
        let has_map = geography.is_some() && spec.content.iter().any(|block| matches!(block.kind, BlockKind::Map(_)));
        let home = |(id, jurisdiction): (JurisdictionId, &'a Jurisdiction)| {
            let home = Home { code: &jurisdiction.code, fips: jurisdiction.fips.as_deref()? };
            (has_map && spec.reports.contains(&id)).then_some(home)
        };
        spec.jurisdictions.iter_enumerated().map(home).collect()
    }
}

/// Finds the county of a location from its GEOID (0 where it is empty) and its point.
///
/// A GEOID counts for more than a point, as who wrote it knew the place by name.
pub(super) fn assign(
    home: Home<'_>,
    (county, point): (u32, Option<(f64, f64)>),
    tolerance: Tolerance,
    geography: Option<&Geography>,
) -> Result<Assigned, Findings> {
    let reach = Reach { line_m: tolerance.line_m, shore_m: tolerance.shore_m };
    let (Some(geography), Some((longitude, latitude))) = (geography, point) else {
        return Ok(match county {
            0 => Assigned::Unplaced,
            own if is_of(own, home.fips) => Assigned::County { county, near: false, contradicted: false },
            _ => Assigned::Outside,
        });
    };
    if county > 0 {
        if !is_of(county, home.fips) {
            return Ok(Assigned::Outside);
        }
        let agrees = geography.may_be_of(&format!("{county:05}"), longitude, latitude, reach)?;
        return Ok(Assigned::County { county, near: false, contradicted: !agrees });
    }
    Ok(match geography.place(home.code, longitude, latitude, reach)? {
        Located::In(geoid) => Assigned::County { county: number(&geoid), near: false, contradicted: false },
        Located::Near(geoid) => Assigned::County { county: number(&geoid), near: true, contradicted: false },
        Located::Elsewhere => Assigned::Outside,
        Located::Nowhere => Assigned::Nowhere,
        Located::Unknown => Assigned::Unknown,
    })
}

fn is_of(county: u32, fips: &str) -> bool {
    format!("{county:05}").starts_with(fips)
}

fn number(geoid: &crate::boundaries::Geoid) -> u32 {
    geoid.as_str().parse().expect("a GEOID is five digits")
}
