//! How many records each jurisdiction has.

use std::collections::BTreeMap;

use crate::connecticut::Records;

use super::targets::{IdForm, Targets};

/// The records of all jurisdictions, in numbers.
pub struct Plan {
    /// One share a jurisdiction, in the order of the targets.
    pub shares: Vec<Share>,
    /// Jurisdictions that a call from elsewhere may be about, with their calls as weights; not the exact one.
    pub others: Vec<(String, u64)>,
}

/// The records of one jurisdiction, in numbers.
pub struct Share {
    /// Its code.
    pub code: String,
    /// Substantive calls to be made; those among the exact records are taken off.
    pub calls: u64,
    /// Related signals to be made beside them.
    pub related: u64,
    /// Signals to be made that are not related.
    pub unrelated: u64,
    /// Cases.
    pub cases: u64,
}

impl Plan {
    /// Counts out what each jurisdiction has.
    ///
    /// # Errors
    /// When the calls alone are more than all related signals, or exact records hold more calls from a jurisdiction
    /// than it has.
    pub fn new(targets: &Targets, scale: u64, exact: Option<&Records>) -> Result<Self, String> {
        let (made, taken) = exact.map(taken).unwrap_or_default();
        let own = |code: &str| exact.is_some() && code == targets.exact.jurisdiction;
        let mut shares = Vec::new();
        for one in &targets.jurisdictions {
            let taken = taken.get(one.code.as_str()).copied().unwrap_or(0);
            let calls = if own(&one.code) {
                0
            } else {
                (one.calls * scale).checked_sub(taken).ok_or_else(too_many(&one.code))?
            };
            shares.push(Share { code: one.code.clone(), calls, related: 0, unrelated: 0, cases: one.cases * scale });
        }
        let calls: u64 = shares.iter().map(|share| share.calls).sum();
        let rest = (targets.related.count as u64 * scale).checked_sub(calls + made);
        let rest = rest.ok_or("related: the calls of the jurisdictions are more")?;
        deal(&mut shares, rest, |share, part| share.related = part);
        let unrelated = (calls + rest) * targets.unrelated_to_1000 / 1000;
        deal(&mut shares, unrelated, |share, part| share.unrelated = part);
        let others = targets.jurisdictions.iter().filter(|one| one.code != targets.exact.jurisdiction);
        Ok(Self { shares, others: others.map(|one| (one.code.clone(), one.calls)).collect() })
    }
}

fn too_many(code: &str) -> impl Fn() -> String {
    move || format!("jurisdictions: the exact records hold more calls from {code} than it has")
}

/// Counts the related signals of the exact records, and the substantive calls among them by the caller's jurisdiction.
fn taken(records: &Records) -> (u64, BTreeMap<&str, u64>) {
    let related: Vec<_> = records.signals.iter().filter(|signal| signal.related).collect();
    let mut calls = BTreeMap::new();
    for signal in related.iter().filter(|signal| signal.substantive && signal.channel == "phone") {
        *calls.entry(signal.caller_state.as_str()).or_insert(0) += 1;
    }
    (related.len() as u64, calls)
}

/// Deals a number over the shares in proportion to their calls, every one of it.
fn deal(shares: &mut [Share], number: u64, mut give: impl FnMut(&mut Share, u64)) {
    let all: u64 = shares.iter().map(|share| share.calls).sum::<u64>().max(1);
    let (mut before, mut given) = (0, 0);
    for share in shares {
        before += share.calls;
        let until = (u128::from(number) * u128::from(before) / u128::from(all)) as u64;
        give(share, until - given);
        given = until;
    }
}

/// Numbers of records, one after the other.
#[derive(Default)]
pub struct Ids {
    signals: u64,
    cases: u64,
}

impl Ids {
    /// Makes the id of the next signal.
    pub fn signal(&mut self, form: &IdForm) -> String {
        self.signals += 1;
        id(form, self.signals)
    }

    /// Makes the id of the next case.
    pub fn case(&mut self, form: &IdForm) -> String {
        self.cases += 1;
        id(form, self.cases)
    }
}

fn id(form: &IdForm, number: u64) -> String {
    format!("{}{number:0width$}", form.prefix, width = form.digits)
}
