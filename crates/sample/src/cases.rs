//! The rows of `cases.csv`.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::demographics;
use crate::draw::{Draw, Stream};
use crate::ids;
use crate::signals::expand;
use crate::targets::{CaseType, Targets};

/// One row of `cases.csv`.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Its id.
    pub id: String,
    /// The jurisdiction that it is about.
    pub state: String,
    /// The day on which it was opened.
    pub opened_on: NaiveDate,
    /// Why the hotline was contacted.
    pub reason: String,
    /// The type of trafficking.
    pub trafficking_type: String,
    /// The venue or industry; empty where not specified.
    pub venue: String,
    /// Whether it references each demographic, in the order of the targets' columns.
    pub flags: Vec<bool>,
}

/// Makes the cases, sorted by id.
pub(crate) fn generate(targets: &Targets) -> Vec<Case> {
    let mut draw = Draw::new(targets.seed, Stream::Cases);
    let calendar = Calendar::new(&targets.period, &targets.weekdays);
    let mut cases = Vec::new();
    for kind in &targets.cases.types {
        cases.extend(of_type(targets, kind, &calendar, &mut draw));
    }
    draw.shuffle(&mut cases);
    // Reasons are dealt over all types alike: how the two go together is not published.
    let mut reasons = expand(&targets.cases.reasons.cells);
    draw.shuffle(&mut reasons);
    let drawn = ids::draw(&targets.ids.cases, cases.len(), &mut draw);
    for ((case, id), reason) in cases.iter_mut().zip(drawn).zip(reasons) {
        case.id = id;
        reason.clone_into(&mut case.reason);
    }
    cases
}

/// Makes the cases of one type; id and reason come later.
fn of_type(targets: &Targets, kind: &CaseType, calendar: &Calendar, draw: &mut Draw) -> Vec<Case> {
    let mut venues = match &kind.venues {
        Some(table) => expand(&table.cells),
        None => vec![""; kind.count],
    };
    draw.shuffle(&mut venues);
    let flags = demographics::deal(&targets.cases.demographics, kind, draw);
    venues
        .into_iter()
        .zip(flags)
        .map(|(venue, flags)| Case {
            id: String::new(),
            state: targets.jurisdiction.clone(),
            opened_on: calendar.day(draw),
            reason: String::new(),
            trafficking_type: kind.code.clone(),
            venue: venue.to_owned(),
            flags,
        })
        .collect()
}
