//! The rows of `signals.csv`, one at a time.

use std::io::{self, Write};

use super::Plan;
use super::check::calls_held;
use super::deck::Deck;
use super::numbering::{Ids, of_copy};
use super::targets::{Group, National};
use crate::calendar::Calendar;
use crate::draw::{Draw, Stream};
use crate::signals::Signal;
use crate::write;

/// Writes the counted-out signals and then all others, each list sorted by id.
///
/// # Errors
/// When a row cannot be written.
pub(super) fn write(plan: &Plan, out: &mut csv::Writer<impl Write>) -> io::Result<()> {
    out.write_record(write::SIGNAL_COLUMNS)?;
    for signal in &plan.own.signals {
        for copy in 0..plan.scale {
            let id = of_copy(&signal.id, copy);
            out.write_record(write::signal(&Signal { id, ..signal.clone() }))?;
        }
    }
    let mut maker = Maker::new(plan);
    while let Some(signal) = maker.next() {
        out.write_record(write::signal(&signal))?;
    }
    Ok(())
}

/// Makes the signals that are not counted out.
struct Maker<'t> {
    targets: &'t National,
    calendar: Calendar,
    draw: Draw,
    ids: Ids<'t>,
    /// The calls of each jurisdiction, then the groups.
    deck: Deck,
    /// How often each jurisdiction is drawn.
    weights: Vec<u64>,
}

impl<'t> Maker<'t> {
    fn new(plan: &Plan<'t>) -> Self {
        let targets = plan.targets;
        let held = calls_held(plan.own_targets);
        let others = targets.jurisdictions.iter();
        let weights: Vec<u64> = others
            .map(|jurisdiction| if jurisdiction.code == targets.counted_out { 0 } else { jurisdiction.calls })
            .collect();
        let calls = targets.jurisdictions.iter().zip(&weights);
        let calls =
            calls.map(|(jurisdiction, calls)| calls - held.get(jurisdiction.code.as_str()).copied().unwrap_or(0));
        let groups = targets.signals.groups.iter().map(|group| group.count);
        let counts = calls.chain(groups).map(|count| count * plan.scale).collect();
        Self {
            targets,
            calendar: Calendar::new(&targets.period, &targets.weekdays),
            draw: Draw::new(targets.seed, Stream::Signals),
            ids: Ids::new(&targets.ids.signals),
            deck: Deck::new(counts),
            weights,
        }
    }

    /// Makes the next signal.
    fn next(&mut self) -> Option<Signal> {
        let kind = self.deck.next(&mut self.draw)?;
        let jurisdictions = self.targets.jurisdictions.len();
        Some(match kind.checked_sub(jurisdictions) {
            None => self.call(kind),
            Some(group) => self.other(&self.targets.signals.groups[group]),
        })
    }

    /// Makes a call of the call tables from the jurisdiction with the index `from`.
    fn call(&mut self, from: usize) -> Signal {
        let signals = &self.targets.signals;
        let about = self.near(from, signals.about_elsewhere_in_100);
        let answers = self.answers();
        Signal {
            channel: signals.channel.clone(),
            related: true,
            substantive: true,
            caller_type: answers.0,
            how_found: answers.1,
            ..self.between(from, about)
        }
    }

    /// Makes a signal of a group.
    fn other(&mut self, group: &Group) -> Signal {
        let about = self.draw.weighted(&self.weights);
        let from = self.near(about, self.targets.signals.from_elsewhere_in_100);
        let stated = group.substantive && self.draw.below(100) < self.targets.signals.stated_in_100;
        // The contract requires them of every related call with substance, and all of those are calls of the call tables.
        let (caller_type, how_found) = if stated { self.answers() } else { (String::new(), String::new()) };
        Signal {
            channel: group.channel.clone(),
            related: group.related,
            substantive: group.substantive,
            caller_type,
            how_found,
            ..self.between(from, about)
        }
    }

    /// Draws a jurisdiction: the given one, but another (or by chance the same) in so many of 100.
    fn near(&mut self, here: usize, elsewhere_in_100: u64) -> usize {
        if self.draw.below(100) < elsewhere_in_100 { self.draw.weighted(&self.weights) } else { here }
    }

    fn answers(&mut self) -> (String, String) {
        let signals = &self.targets.signals;
        let caller_type = signals.caller_type.draw(&mut self.draw).to_owned();
        (caller_type, signals.how_found.draw(&mut self.draw).to_owned())
    }

    /// Makes a signal from one jurisdiction about another (or the same), with id and day alone.
    fn between(&mut self, from: usize, about: usize) -> Signal {
        let jurisdictions = &self.targets.jurisdictions;
        Signal {
            id: self.ids.next(&mut self.draw),
            received_on: self.calendar.day(&mut self.draw),
            state: jurisdictions[about].code.clone(),
            caller_state: jurisdictions[from].code.clone(),
            channel: String::new(),
            related: false,
            substantive: false,
            caller_type: String::new(),
            how_found: String::new(),
        }
    }
}
