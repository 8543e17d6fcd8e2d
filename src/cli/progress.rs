//! Progress of long runs: a bar on a terminal, plain lines elsewhere, lines of JSON for machines.

use std::io::IsTerminal;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::{Event, Outcome, Progress, Step};

use super::report;

/// Tells progress as the user wants it.
pub(super) struct ProgressReporter {
    form: Form,
    /// Names for each report what differs from the last release.
    explain: bool,
}

enum Form {
    Bar(Mutex<ProgressBar>),
    Lines,
    Json,
}

impl ProgressReporter {
    pub(super) fn new(json: bool, explain: bool) -> Self {
        let form = if json {
            Form::Json
        } else if std::io::stderr().is_terminal() {
            Form::Bar(Mutex::new(ProgressBar::hidden()))
        } else {
            Form::Lines
        };
        Self { form, explain }
    }
}

impl Progress for ProgressReporter {
    fn report(&self, event: &Event<'_>) {
        match &self.form {
            Form::Json => report::line(event),
            Form::Lines => self.lines(event),
            Form::Bar(bar) => {
                let mut bar = bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                self.draw(&mut bar, event);
            }
        }
    }
}

impl ProgressReporter {
    fn lines(&self, event: &Event<'_>) {
        match event {
            Event::Step { step, reports: None } => report::note(step.word()),
            Event::Step { step, reports: Some(reports) } => {
                report::note(&format!("{}: {}", step.word(), report::counted(*reports, "report")));
            }
            Event::Report { jurisdiction, outcome, done, of, .. } => {
                report::note(&format!("{done}/{of} {jurisdiction} {}", word(*outcome)));
                self.explain(event, report::note);
            }
        }
    }

    fn draw(&self, bar: &mut ProgressBar, event: &Event<'_>) {
        match event {
            Event::Step { step, reports } => {
                bar.finish_and_clear();
                *bar = fresh(*step, *reports);
            }
            Event::Report { jurisdiction, done, .. } => {
                bar.set_message((*jurisdiction).to_owned());
                bar.set_position(*done as u64);
                self.explain(event, |line| bar.suspend(|| report::note(line)));
            }
        }
    }

    fn explain(&self, event: &Event<'_>, mut report: impl FnMut(&str)) {
        let Event::Report { jurisdiction, outcome, why, .. } = event else { return };
        if self.explain {
            let why = if why.is_empty() { "nothing differs from the last release".to_owned() } else { why.join(", ") };
            report(&format!("{jurisdiction} {}: {why}", word(*outcome)));
        }
    }
}

fn fresh(step: Step, reports: Option<usize>) -> ProgressBar {
    let (length, template) = match reports {
        Some(reports) => (Some(reports as u64), "{prefix:>11} {bar:30} {pos}/{len} {msg:12} {eta} left"),
        None => (None, "{prefix:>11} {spinner}"),
    };
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr()).with_prefix(step.word());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.tick();
    bar
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Built => "built",
        Outcome::Reused => "reused",
        Outcome::Failed => "failed",
    }
}
