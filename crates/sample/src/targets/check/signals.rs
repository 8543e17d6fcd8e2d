//! The targets of `signals.csv`.

use super::{Problems, sum};
use crate::targets::{Targets, Unrelated};

impl Problems {
    /// Checks the tables of calls, and how they go with the overview.
    pub(super) fn signals(&mut self, targets: &Targets) {
        self.overview(targets);
        self.calls(targets);
        self.phone(targets);
        self.written(targets);
        for group in &targets.signals.unrelated {
            self.unrelated(targets, group);
        }
    }

    fn overview(&mut self, targets: &Targets) {
        let overview = &targets.signals.overview;
        self.unique("signals.overview", overview.iter().map(|cell| cell.code.as_str()));
        for cell in overview {
            self.published(&format!("signals.overview, {}", cell.code), cell.source);
        }
    }

    fn calls(&mut self, targets: &Targets) {
        let calls = &targets.signals.calls;
        self.published("signals.calls.total", calls.total.source);
        let tables = [("signals.calls.caller_type", &calls.caller_type), ("signals.calls.how_found", &calls.how_found)];
        for (place, table) in tables {
            self.table(place, table, calls.total.count, targets.threshold);
        }
    }

    /// Requires the calls about the jurisdiction to be those of the overview.
    fn phone(&mut self, targets: &Targets) {
        let signals = &targets.signals;
        let phone = &signals.phone;
        let total = signals.calls.total.count;
        let away = sum(&phone.about_elsewhere);
        self.require(away <= total, || "signals.phone.about_elsewhere: more calls than signals.calls.total".to_owned());
        let home = total.saturating_sub(away);
        let calls = &signals.calls.channel;
        let overview = signals.overview.iter().filter(|cell| cell.code == *calls);
        self.equal(
            "calls about the jurisdiction (signals.calls.total and signals.phone)",
            home + sum(&phone.from_elsewhere) + sum(&phone.not_substantive),
            overview.map(|cell| cell.count).sum(),
        );
        for cell in phone.from_elsewhere.iter().chain(&phone.about_elsewhere) {
            self.require(cell.code != targets.jurisdiction, || {
                format!("signals.phone: `{}` is not elsewhere", cell.code)
            });
        }
    }

    fn written(&mut self, targets: &Targets) {
        let writers = &targets.signals.written.writers;
        let weights: u64 = writers.iter().map(|writer| writer.weight).sum();
        self.require(weights > 0, || "signals.written.writers: no weight is above 0".to_owned());
    }

    fn unrelated(&mut self, targets: &Targets, group: &Unrelated) {
        let place = format!("signals.unrelated, {}", group.what);
        let mut channels = targets.signals.overview.iter();
        self.require(channels.any(|cell| cell.code == group.channel), || {
            format!("{place}: `{}` is no channel of signals.overview", group.channel)
        });
        self.invented(&place, group.source);
    }
}
