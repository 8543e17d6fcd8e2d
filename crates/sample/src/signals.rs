//! The rows of `signals.csv`.
//!
//! Overview and call tables count different signals: the overview those *about* the jurisdiction, the call tables the substantive
//! calls *from* it. So four kinds of related signals are made (calls from here, calls from elsewhere about here, calls without
//! substance about here, and signals of the other channels about here), beside those that nothing counts.

use chrono::NaiveDate;

use crate::calendar::Calendar;
use crate::draw::{Draw, Stream};
use crate::ids;
use crate::targets::{Cell, Table, Targets, Unrelated};

/// One row of `signals.csv`.
#[derive(Debug, Clone)]
pub(crate) struct Signal {
    /// Its id.
    pub id: String,
    /// The day on which it came in.
    pub received_on: NaiveDate,
    /// The jurisdiction that it is about.
    pub state: String,
    /// The jurisdiction that it comes from.
    pub caller_state: String,
    /// The channel by which it came in.
    pub channel: String,
    /// Whether it is about the subject of the report.
    pub related: bool,
    /// Whether it has substance.
    pub substantive: bool,
    /// Who called; empty where not known.
    pub caller_type: String,
    /// How the caller found the hotline; empty where not known.
    pub how_found: String,
}

/// Makes the signals, sorted by id.
pub(crate) fn generate(targets: &Targets) -> Vec<Signal> {
    let mut maker = Maker {
        targets,
        calendar: Calendar::new(&targets.period, &targets.weekdays),
        draw: Draw::new(targets.seed, Stream::Signals),
    };
    let mut signals = maker.calls_from_here();
    signals.extend(maker.calls_from_elsewhere());
    signals.extend(maker.calls_without_substance());
    signals.extend(maker.written());
    for group in &targets.signals.unrelated {
        signals.extend(maker.unrelated(group));
    }
    maker.draw.shuffle(&mut signals);
    let drawn = ids::draw(&targets.ids.signals, signals.len(), &mut maker.draw);
    for (signal, id) in signals.iter_mut().zip(drawn) {
        signal.id = id;
    }
    signals
}

/// Lists each code as often as it is counted.
pub(crate) fn expand(cells: &[Cell]) -> Vec<&str> {
    cells.iter().flat_map(|cell| std::iter::repeat_n(cell.code.as_str(), cell.count)).collect()
}

/// Who called and how the caller found the hotline.
type Answers<'t> = (&'t str, &'t str);

/// What a signal of unknown caller says.
const NO_ANSWERS: Answers<'static> = ("", "");

/// Makes signals from targets.
struct Maker<'t> {
    targets: &'t Targets,
    calendar: Calendar,
    draw: Draw,
}

impl<'t> Maker<'t> {
    /// Makes the calls that the call tables count; some of them are about another jurisdiction.
    fn calls_from_here(&mut self) -> Vec<Signal> {
        let targets = self.targets;
        let calls = &targets.signals.calls;
        let mut callers = expand(&calls.caller_type.cells);
        let mut ways = expand(&calls.how_found.cells);
        self.draw.shuffle(&mut callers);
        self.draw.shuffle(&mut ways);
        let here = targets.jurisdiction.as_str();
        let about = expand(&targets.signals.phone.about_elsewhere).into_iter().chain(std::iter::repeat(here));
        callers.into_iter().zip(ways).zip(about).map(|(answers, state)| self.call(state, here, answers)).collect()
    }

    /// Makes the substantive calls about here that the overview alone counts.
    fn calls_from_elsewhere(&mut self) -> Vec<Signal> {
        let targets = self.targets;
        expand(&targets.signals.phone.from_elsewhere)
            .into_iter()
            .map(|from| {
                let answers = self.likely_answers();
                self.call(&targets.jurisdiction, from, answers)
            })
            .collect()
    }

    /// Makes the related calls about here that the overview alone counts because they have no substance.
    fn calls_without_substance(&mut self) -> Vec<Signal> {
        let targets = self.targets;
        expand(&targets.signals.phone.not_substantive)
            .into_iter()
            .map(|from| Signal { substantive: false, ..self.call(&targets.jurisdiction, from, NO_ANSWERS) })
            .collect()
    }

    /// Makes the signals of the other channels.
    fn written(&mut self) -> Vec<Signal> {
        let targets = self.targets;
        let calls = &targets.signals.calls.channel;
        let channels = targets.signals.overview.iter();
        channels
            .filter(|cell| cell.code != *calls)
            .flat_map(|cell| std::iter::repeat_n(&cell.code, cell.count))
            .map(|channel| self.written_signal(channel))
            .collect()
    }

    fn written_signal(&mut self, channel: &str) -> Signal {
        let written = &self.targets.signals.written;
        let weights: Vec<u64> = written.writers.iter().map(|writer| writer.weight).collect();
        let writer = &written.writers[self.draw.weighted(&weights)];
        let answers = if self.draw.below(100) < written.stated_in_100 { self.likely_answers() } else { NO_ANSWERS };
        Signal { channel: channel.to_owned(), ..self.call(&self.targets.jurisdiction, &writer.code, answers) }
    }

    /// Makes a group of signals that nothing counts.
    fn unrelated(&mut self, group: &Unrelated) -> Vec<Signal> {
        (0..group.count)
            .map(|_| {
                let answers = if group.substantive { self.likely_answers() } else { NO_ANSWERS };
                Signal {
                    channel: group.channel.clone(),
                    related: false,
                    substantive: group.substantive,
                    ..self.call(&group.state, &group.caller_state, answers)
                }
            })
            .collect()
    }

    /// Draws answers as frequent as in the call tables, for signals that these do not count.
    fn likely_answers(&mut self) -> Answers<'t> {
        let calls = &self.targets.signals.calls;
        (self.likely_code(&calls.caller_type), self.likely_code(&calls.how_found))
    }

    fn likely_code(&mut self, table: &'t Table) -> &'t str {
        let weights: Vec<u64> = table.cells.iter().map(|cell| cell.count as u64).collect();
        &table.cells[self.draw.weighted(&weights)].code
    }

    /// Makes a related, substantive call; its id comes later.
    fn call(&mut self, state: &str, caller_state: &str, answers: Answers<'_>) -> Signal {
        Signal {
            id: String::new(),
            received_on: self.calendar.day(&mut self.draw),
            state: state.to_owned(),
            caller_state: caller_state.to_owned(),
            channel: self.targets.signals.calls.channel.clone(),
            related: true,
            substantive: true,
            caller_type: answers.0.to_owned(),
            how_found: answers.1.to_owned(),
        }
    }
}
