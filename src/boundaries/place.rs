//! Whether a place lies in its jurisdiction, and in which county.

use std::sync::Arc;

use crate::diag::{Finding, Findings};

use super::{Geography, Geoid, Locator};

/// How far a point may lie from a county of its own jurisdiction and still belong to it, in metres on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// For a point in another jurisdiction: what the simplification of the boundaries, and the point, may be off.
    pub line_m: f64,
    /// For a point in no county at all: on a pier, a bridge, a shore.
    pub shore_m: f64,
}

/// Where a point lies, as its own jurisdiction sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Located {
    /// In this county of its own.
    In(Geoid),
    /// Near this county of its own, within reach.
    Near(Geoid),
    /// In or near another jurisdiction.
    Elsewhere,
    /// Near no county.
    Nowhere,
    /// That cannot be told: the boundaries of a jurisdiction are left out.
    Unknown,
}

impl Geography {
    /// Finds the county of a point that belongs to a jurisdiction.
    ///
    /// The rule, in this order: the county of the jurisdiction that the point lies in; the nearest one of the
    /// jurisdiction, where it is within `line_m`; where the point lies in no county of another jurisdiction, the nearest
    /// one of the jurisdiction within `shore_m`. Ties go to the first county by GEOID, overlaps to the smallest county.
    ///
    /// # Errors
    /// Passes on what is wrong with a boundary file.
    pub fn place(&self, code: &str, lon: f64, lat: f64, reach: Reach) -> Result<Located, Findings> {
        let own = self.locator(code)?;
        if let Some(geoid) = own.locate(lon, lat) {
            return Ok(Located::In(geoid.clone()));
        }
        let near = own.nearest(lon, lat, reach.line_m.max(reach.shore_m));
        if let Some((geoid, _)) = near.filter(|(_, metres)| *metres <= reach.line_m) {
            return Ok(Located::Near(geoid.clone()));
        }
        let near = near.filter(|(_, metres)| *metres <= reach.shore_m);
        Ok(match (self.elsewhere(code, lon, lat)?, near) {
            (Some(elsewhere), _) => elsewhere,
            (None, Some((geoid, _))) => Located::Near(geoid.clone()),
            (None, None) => Located::Nowhere,
        })
    }

    /// Looks for a point in all other jurisdictions whose box holds it.
    fn elsewhere(&self, code: &str, lon: f64, lat: f64) -> Result<Option<Located>, Findings> {
        let others = self.index().jurisdictions().filter(|other| *other != code);
        let mut unknown = None;
        for other in others.filter(|other| self.index().may_hold(other, lon, lat)) {
            if self.is_left_out(other) {
                unknown = Some(Located::Unknown);
            } else if self.neighbour(other, code)?.locate(lon, lat).is_some() {
                return Ok(Some(Located::Elsewhere));
            }
        }
        Ok(unknown)
    }

    /// Reads the boundaries of another jurisdiction, and says what for where they cannot be read.
    fn neighbour(&self, other: &str, code: &str) -> Result<Arc<Locator>, Findings> {
        let with_hint = |fault: Finding| {
            let help = format!("they are needed to tell whether a point beside `{code}` lies in `{other}`");
            let has_hint = fault.help.is_some();
            if has_hint { fault } else { fault.help(help) }
        };
        self.locator(other).map_err(|faults| faults.into_iter().map(with_hint).collect())
    }

    /// Tells whether a point may be of a county: it lies in it, or within reach.
    ///
    /// # Errors
    /// Passes on what is wrong with a boundary file.
    pub fn may_be_of(&self, geoid: &str, lon: f64, lat: f64, reach: Reach) -> Result<bool, Findings> {
        let Some(code) = self.index().jurisdiction_of(geoid) else { return Ok(false) };
        let own = self.locator(code)?;
        if own.is_within(geoid, lon, lat, reach.line_m) {
            return Ok(true);
        }
        let is_shore = own.locate(lon, lat).is_none() && own.is_within(geoid, lon, lat, reach.shore_m);
        Ok(is_shore && !matches!(self.elsewhere(code, lon, lat)?, Some(Located::Elsewhere)))
    }
}
