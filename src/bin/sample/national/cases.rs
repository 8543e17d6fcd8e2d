//! The cases of one jurisdiction.

use crate::cases::Case;
use crate::draw::{Draw, Stream};

use super::codes::{Choice, days};
use super::plan::{Ids, Share};
use super::targets::{CaseType, Targets};

/// Makes the cases of a jurisdiction.
pub fn generate(targets: &Targets, share: &Share, seed: u64, ids: &mut Ids) -> Vec<Case> {
    let mut draw = Draw::new(seed, Stream::Cases);
    let (days, reasons) = (days(targets), Choice::of(&targets.reason));
    let types = Choice::new(targets.types.iter().map(|kind| ((kind, Choice::of(&kind.venues)), kind.weight)));
    let cases = (0..share.cases).filter_map(|_| {
        let (kind, venues) = types.draw(&mut draw)?;
        Some(Case {
            id: ids.case(&targets.ids.cases),
            state: share.code.clone(),
            opened_on: *days.draw(&mut draw)?,
            reason: reasons.code(&mut draw).to_owned(),
            trafficking_type: kind.code.clone(),
            venue: venues.code(&mut draw).to_owned(),
            flags: flags(kind, &mut draw),
        })
    });
    cases.collect()
}

fn flags(kind: &CaseType, draw: &mut Draw) -> Vec<bool> {
    kind.demographics.values().map(|often| draw.below(1000) < *often).collect()
}
