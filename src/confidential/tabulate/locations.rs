//! What there is to tell of the locations of cases: for who runs the program, and for no published file.

use std::sync::Arc;

use serde::Serialize;

use crate::diag::{Finding, Findings, Place, code};
use crate::report_spec::{Map, Outside};

use super::assign::Assigned;

/// How many lines a finding names.
const NAMED: usize = 10;

/// What there is to tell of the locations of an edition.
#[derive(Debug, Default)]
pub struct Locations {
    /// Each map's numbers.
    pub told: Vec<Told>,
    /// What the spec wants as warnings.
    pub warnings: Findings,
}

/// How the locations of a map's cases lie.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The map.
    pub map: String,
    /// Records that give a place.
    pub locations: u64,
    /// Those that lie outside of their case's jurisdiction.
    pub outside: u64,
    /// Those that lie in no county.
    pub nowhere: u64,
    /// Those whose GEOID is not their point's.
    pub contradicted: u64,
    /// Those that the nearest county took.
    pub near: u64,
}

impl Told {
    /// Words what is out of the ordinary; nothing where nothing is.
    pub fn words(&self) -> Option<String> {
        let parts = [
            (self.outside, "outside of the jurisdiction of their case"),
            (self.nowhere, "in no county"),
            (self.contradicted, "with a GEOID that is not their point's"),
            (self.near, "beside a county, and counted there"),
        ];
        let told = parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}"));
        let told: Vec<String> = told.collect();
        let noun = if self.locations == 1 { "location" } else { "locations" };
        (!told.is_empty()).then(|| format!("map `{}`: of {} {noun} {}", self.map, self.locations, told.join(", ")))
    }
}

/// A line of case data.
pub(super) struct Line {
    pub file: Arc<str>,
    pub line: u64,
}

/// The locations of one map so far.
#[derive(Default)]
pub(super) struct Sighted {
    locations: u64,
    near: u64,
    outside: Group,
    nowhere: Group,
    contradicted: Group,
}

/// Locations that have one thing in common.
#[derive(Default)]
struct Group {
    number: u64,
    first: Vec<Line>,
}

impl Group {
    fn add(&mut self, line: Line) {
        self.number += 1;
        if self.first.len() < NAMED {
            self.first.push(line);
        }
    }
}

impl Sighted {
    /// Takes in a location.
    pub(super) fn add(&mut self, assigned: &Assigned, line: impl FnOnce() -> Line) {
        self.locations += u64::from(*assigned != Assigned::Unplaced);
        match assigned {
            Assigned::Unplaced | Assigned::Unknown => {}
            Assigned::County { near, contradicted, .. } => {
                self.near += u64::from(*near);
                if *contradicted {
                    self.contradicted.add(line());
                }
            }
            Assigned::Outside => self.outside.add(line()),
            Assigned::Nowhere => self.nowhere.add(line()),
        }
    }

    pub(super) fn told(&self, map: &Map) -> Told {
        Told {
            map: map.name.clone(),
            locations: self.locations,
            outside: self.outside.number,
            nowhere: self.nowhere.number,
            contradicted: self.contradicted.number,
            near: self.near,
        }
    }

    /// Makes the findings that the map's spec asks for.
    pub(super) fn findings(&self, map: &Map) -> Vec<Finding> {
        let make = match map.outside {
            Outside::Count => return Vec::new(),
            Outside::Warn => Finding::warning,
            Outside::Refuse => Finding::error,
        };
        let groups = [
            (
                code::data::LOCATION_OUTSIDE,
                &self.outside,
                ["lies outside of the jurisdiction of its case", "lie outside of the jurisdiction of their case"],
                "correct it",
                "which leaves such locations off the map",
            ),
            (
                code::data::POINT_NOWHERE,
                &self.nowhere,
                ["lies in no county of the boundaries", "lie in no county of the boundaries"],
                "correct it, or give its GEOID",
                "which leaves such locations off the map",
            ),
            (
                code::data::POINT_CONTRADICTS_COUNTY,
                &self.contradicted,
                ["has a GEOID that is not its point's", "have a GEOID that is not their point's"],
                "correct the one that is wrong",
                "by which the GEOID counts",
            ),
        ];
        let found = groups.into_iter().filter(|(_, group, ..)| group.number > 0);
        found
            .map(|(code, group, [one, several], what, then)| {
                let verb = if group.number == 1 { one } else { several };
                let message = format!("{} of {} locations {verb}{}", group.number, self.locations, group.lines());
                let finding = make(code, message).at(group.place());
                finding.help(match map.outside {
                    Outside::Refuse => format!("{what}; or write `outside: count` in the map `{}`, {then}", map.name),
                    Outside::Warn | Outside::Count => what.to_owned(),
                })
            })
            .collect()
    }
}

impl Group {
    /// Lists the lines after the first, which is the finding's place.
    fn lines(&self) -> String {
        let Some((first, others)) = self.first.split_first() else { return String::new() };
        let lines = others.iter().filter(|line| line.file == first.file).map(|line| line.line.to_string());
        let lines: Vec<String> = lines.collect();
        match lines.as_slice() {
            [] => String::new(),
            lines => {
                let rest = self.number as usize - 1 - lines.len();
                let more = if rest == 0 { String::new() } else { format!(" and {rest} more") };
                format!(": lines {}, {}{more}", first.line, lines.join(", "))
            }
        }
    }

    fn place(&self) -> Option<Place> {
        let first = self.first.first()?;
        Some(Place::Record { file: first.file.clone(), line: first.line, column: None })
    }
}
