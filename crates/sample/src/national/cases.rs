//! The rows of `cases.csv`, one at a time, each with its rows of `case_locations.csv`.

use std::io::{self, Write};

use super::Plan;
use super::deck::Deck;
use super::locations;
use super::numbering::{Ids, of_copy};
use super::targets::{CaseType, National};
use crate::calendar::Calendar;
use crate::cases::Case;
use crate::draw::{Draw, Stream};
use crate::locations::Location;
use crate::write;

/// Writes the counted-out cases with their locations and then all others, each list sorted by id.
///
/// # Errors
/// When a row cannot be written.
pub(super) fn write(
    plan: &Plan,
    cases: &mut csv::Writer<impl Write>,
    places: &mut csv::Writer<impl Write>,
) -> io::Result<()> {
    cases.write_record(write::case_columns(plan.own_targets))?;
    places.write_record(write::LOCATION_COLUMNS)?;
    counted_out(plan, cases, places)?;
    let mut maker = Maker::new(plan);
    let mut locator = locations::Maker::new(&plan.targets.locations, plan.counties, plan.targets.seed);
    while let Some(case) = maker.next() {
        cases.write_record(write::case(&case))?;
        for row in locator.rows(&case) {
            places.write_record(write::location(&row))?;
        }
    }
    Ok(())
}

fn counted_out(
    plan: &Plan,
    cases: &mut csv::Writer<impl Write>,
    places: &mut csv::Writer<impl Write>,
) -> io::Result<()> {
    for case in &plan.own.cases {
        for copy in 0..plan.scale {
            let id = of_copy(&case.id, copy);
            for row in plan.own.locations.iter().filter(|row| row.case_id == case.id) {
                places.write_record(write::location(&Location { case_id: id.clone(), ..row.clone() }))?;
            }
            cases.write_record(write::case(&Case { id, ..case.clone() }))?;
        }
    }
    Ok(())
}

/// Makes the cases that are not counted out.
struct Maker<'t> {
    targets: &'t National,
    /// The demographics, in the order of their columns.
    columns: Vec<&'t str>,
    calendar: Calendar,
    draw: Draw,
    ids: Ids<'t>,
    /// The cases of each jurisdiction.
    deck: Deck,
    /// How often each type is drawn.
    types: Vec<u64>,
}

impl<'t> Maker<'t> {
    fn new(plan: &Plan<'t>) -> Self {
        let targets = plan.targets;
        let counts = targets.jurisdictions.iter();
        let counts =
            counts.map(
                |jurisdiction| {
                    if jurisdiction.code == targets.counted_out { 0 } else { jurisdiction.cases * plan.scale }
                },
            );
        Self {
            targets,
            columns: plan.own_targets.cases.demographics.columns().collect(),
            calendar: Calendar::new(&targets.period, &targets.weekdays),
            draw: Draw::new(targets.seed, Stream::Cases),
            ids: Ids::new(&targets.ids.cases),
            deck: Deck::new(counts.collect()),
            types: targets.cases.types.iter().map(|kind| kind.weight).collect(),
        }
    }

    /// Makes the next case.
    fn next(&mut self) -> Option<Case> {
        let state = self.deck.next(&mut self.draw)?;
        let cases = &self.targets.cases;
        let kind = &cases.types[self.draw.weighted(&self.types)];
        Some(Case {
            id: self.ids.next(&mut self.draw),
            state: self.targets.jurisdictions[state].code.clone(),
            opened_on: self.calendar.day(&mut self.draw),
            reason: cases.reason.draw(&mut self.draw).to_owned(),
            trafficking_type: kind.code.clone(),
            venue: kind.venues.draw(&mut self.draw).to_owned(),
            flags: self.flags(kind),
        })
    }

    fn flags(&mut self, kind: &CaseType) -> Vec<bool> {
        if self.draw.below(100) < kind.silent_in_100 {
            return vec![false; self.columns.len()];
        }
        let shares = self.columns.iter().map(|column| kind.in_100.get(*column).copied().unwrap_or(0));
        shares.map(|share| self.draw.below(100) < share).collect()
    }
}
