//! The signals of one jurisdiction.

use chrono::NaiveDate;

use crate::draw::{Draw, Stream};
use crate::signals::Signal;

use super::codes::{Choice, days};
use super::plan::{Ids, Plan, Share};
use super::targets::{Kind, Targets};

/// Makes the signals of a jurisdiction in random order: substantive calls from it, other related signals about it, and
/// signals that nothing counts.
pub fn generate(targets: &Targets, plan: &Plan, share: &Share, seed: u64, ids: &mut Ids) -> Vec<Signal> {
    let mut maker = Maker::new(targets, plan, share, seed);
    let mut signals: Vec<Signal> = (0..share.calls).map(|_| maker.call()).collect();
    signals.extend((0..share.related).map(|_| maker.other()));
    signals.extend((0..share.unrelated).map(|_| Signal { related: false, ..maker.other() }));
    maker.draw.shuffle(&mut signals);
    for signal in &mut signals {
        signal.id = ids.signal(&targets.ids.signals);
    }
    signals
}

struct Maker<'t> {
    targets: &'t Targets,
    here: &'t str,
    draw: Draw,
    days: Choice<NaiveDate>,
    others: Choice<&'t str>,
    kinds: Choice<&'t Kind>,
    callers: Choice<&'t str>,
    ways: Choice<&'t str>,
}

impl<'t> Maker<'t> {
    fn new(targets: &'t Targets, plan: &'t Plan, share: &'t Share, seed: u64) -> Self {
        let others = plan.others.iter().filter(|(code, _)| *code != share.code);
        Self {
            targets,
            here: &share.code,
            draw: Draw::new(seed, Stream::Signals),
            days: days(targets),
            others: Choice::new(others.map(|(code, weight)| (code.as_str(), *weight))),
            kinds: Choice::new(targets.kinds.iter().map(|kind| (kind, kind.weight))),
            callers: Choice::of(&targets.caller_type),
            ways: Choice::of(&targets.how_found),
        }
    }

    /// Makes a substantive call from here; some are about elsewhere.
    fn call(&mut self) -> Signal {
        let elsewhere = self.draw.below(1000) < self.targets.about_elsewhere_in_1000;
        let about = if elsewhere { self.others.code(&mut self.draw) } else { self.here };
        self.signal(about, "phone", true, true)
    }

    /// Makes a related signal about here that is no substantive call.
    fn other(&mut self) -> Signal {
        let kind = self.kinds.draw(&mut self.draw).map(|kind| (kind.channel.as_str(), kind.substantive));
        let (channel, substantive) = kind.unwrap_or(("phone", false));
        let stated = substantive && self.draw.below(1000) < self.targets.stated_in_1000;
        self.signal(self.here, channel, substantive, stated)
    }

    fn signal(&mut self, about: &str, channel: &str, substantive: bool, stated: bool) -> Signal {
        let answers = match stated {
            true => (self.callers.code(&mut self.draw), self.ways.code(&mut self.draw)),
            false => ("", ""),
        };
        Signal {
            id: String::new(),
            received_on: self.days.draw(&mut self.draw).copied().unwrap_or(self.targets.period.first),
            state: about.to_owned(),
            caller_state: self.here.to_owned(),
            channel: channel.to_owned(),
            related: true,
            substantive,
            caller_type: answers.0.to_owned(),
            how_found: answers.1.to_owned(),
        }
    }
}
