//! The targets of `cases.csv`.

use std::collections::BTreeSet;

use super::Problems;
use crate::targets::{Cell, DemographicGroup, Source, Targets};

impl Problems {
    /// Checks reasons, types and venues.
    pub(super) fn cases(&mut self, targets: &Targets) {
        let cases = &targets.cases;
        let total = cases.total.count;
        self.published("cases.total", cases.total.source);
        self.table("cases.reasons", &cases.reasons, total, targets.threshold);
        self.unique("cases.types", cases.types.iter().map(|kind| kind.code.as_str()));
        let typed = cases.types.iter().map(|kind| kind.count).sum();
        self.equal("cases.types", typed, total);
        for kind in &cases.types {
            let place = format!("cases.types, {}", kind.code);
            self.published(&place, kind.source);
            if let Some(venues) = &kind.venues {
                self.table(&place, venues, kind.count, targets.threshold);
            }
        }
    }

    /// Checks that the groups add up to the tables and can be dealt.
    pub(super) fn demographics(&mut self, targets: &Targets) {
        let demographics = &targets.cases.demographics;
        self.unique("cases.demographics.dimensions", demographics.columns());
        for (name, table) in &demographics.tables {
            let place = format!("cases.demographics.tables.{name}");
            self.unique(&place, table.cells.iter().map(|cell| cell.code.as_str()));
            for cell in &table.cells {
                self.demographic_cell(targets, &place, &table.types, cell);
            }
        }
        for (kind, group) in &demographics.groups {
            let place = format!("cases.demographics.groups.{kind}");
            self.invented(&place, group.source);
            self.demographic_names(targets, &place, group);
            self.demographic_group(targets, &place, kind, group);
        }
    }

    fn demographic_cell(&mut self, targets: &Targets, place: &str, types: &[String], cell: &Cell) {
        let groups = &targets.cases.demographics.groups;
        let flagged = types.iter().filter_map(|kind| groups.get(kind)?.flags.get(&cell.code)).sum();
        let types = types.join(", ");
        self.equal(&format!("{place}: `{}` of the groups {types}", cell.code), flagged, cell.count);
        if cell.source == Source::Invented {
            self.below_threshold(place, cell, targets.threshold);
        }
    }

    fn demographic_names(&mut self, targets: &Targets, place: &str, group: &DemographicGroup) {
        let demographics = &targets.cases.demographics;
        let columns: BTreeSet<&str> = demographics.columns().collect();
        for column in group.flags.keys() {
            self.require(columns.contains(column.as_str()), || {
                format!("{place}: no dimension has a column `{column}`")
            });
        }
        for dimension in group.reported.keys() {
            self.require(demographics.dimensions.contains_key(dimension), || {
                format!("{place}: there is no dimension `{dimension}`")
            });
        }
    }

    /// Requires that every case which reports a dimension can have a flag of it, and no column one twice.
    fn demographic_group(&mut self, targets: &Targets, place: &str, kind: &str, group: &DemographicGroup) {
        let Some(of_type) = targets.cases.types.iter().find(|of| of.code == kind) else {
            self.0.push(format!("{place}: cases.types has no type `{kind}`"));
            return;
        };
        self.require(group.silent <= of_type.count, || format!("{place}: more silent cases than cases"));
        let speaking = of_type.count.saturating_sub(group.silent);
        for (dimension, columns) in &targets.cases.demographics.dimensions {
            let reported = group.reported.get(dimension).copied().unwrap_or(0);
            let flags = columns.iter().filter_map(|column| group.flags.get(column));
            let fewest = flags.clone().max().copied().unwrap_or(0);
            let most = flags.sum::<usize>().min(speaking);
            self.require((fewest..=most).contains(&reported), || {
                format!(
                    "{place}: `{dimension}` is reported in {reported} cases, but its flags need at least {fewest} \
                     and fill at most {most}"
                )
            });
        }
    }
}
