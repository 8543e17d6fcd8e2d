//! All counts of classes that agree with what a report prints, one after another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::case::{Case, Record, Rows, Rule, classes};

const THRESHOLD: u64 = 3;

/// Numbers of records, class by class.
pub(super) type World = Vec<u64>;

/// A figure that is hidden in a report, as the audit names it, with the records that it counts.
pub(super) struct Hidden {
    pub name: String,
    pub counts: Box<dyn Fn(Record) -> bool>,
}

/// What a report says: for each figure which counts agree with it.
pub(super) struct Report {
    pub code: String,
    classes: Vec<Record>,
    says: Vec<Says>,
    pub hidden: Vec<Hidden>,
}

/// Some figures add up to a count between two numbers.
struct Says {
    counts: Box<dyn Fn(Record) -> bool>,
    least: u64,
    most: u64,
}

fn digits(text: &str) -> Option<u64> {
    text.parse().ok()
}

impl Report {
    /// Reads the published tables of a report.
    pub(super) fn read(case: &Case, published: &Value) -> Self {
        let code = published["jurisdiction"]["code"].as_str().unwrap().to_owned();
        let mut report = Self { code, classes: classes(case.has_marks()), says: Vec::new(), hidden: Vec::new() };
        for figure in published["figures"].as_array().unwrap() {
            match figure["id"].as_str().unwrap() {
                "figures.everyone" => report.figure("everyone", digits(figure["text"].as_str().unwrap()), |_| true),
                "figures.some" => {
                    report.figure("some", digits(figure["text"].as_str().unwrap()), |record| record.of_type == "x");
                }
                _ => {}
            }
        }
        for table in published["tables"].as_array().unwrap() {
            report.table(case, table);
        }
        report
    }

    fn say(&mut self, least: u64, most: u64, counts: impl Fn(Record) -> bool + 'static) {
        self.says.push(Says { counts: Box::new(counts), least, most });
    }

    /// Notes what is hidden, if any record could count to it: that others are none stands in the spec.
    fn hide(&mut self, name: &str, counts: impl Fn(Record) -> bool + 'static) {
        if !self.classes.iter().any(|class| counts(*class)) {
            return;
        }
        let name = format!("{} {name}", self.code);
        self.hidden.push(Hidden { name, counts: Box::new(counts) });
    }

    fn figure(&mut self, name: &str, value: Option<u64>, counts: impl Fn(Record) -> bool + Copy + 'static) {
        match value {
            Some(value) => self.say(value, value, counts),
            None => {
                self.say(0, THRESHOLD - 1, counts);
                self.hide(name, counts);
            }
        }
    }

    fn table(&mut self, case: &Case, table: &Value) {
        let id = table["id"].as_str().unwrap();
        let own = case.tables[id[1..].parse::<usize>().unwrap()];
        let rows: BTreeMap<&str, &Value> = table["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["key"][0].as_str().unwrap(), &row["cells"][1]))
            .collect();
        let is_told = rows.get("(total)").is_none_or(|total| total.get("hidden").is_none());
        if let Some(total) = rows.get("(total)") {
            self.figure(&format!("{id} (total)"), total["value"].as_u64(), move |record| own.filter.meets(record));
        }
        let counted = move |key: &'static str| move |record| own.filter.meets(record) && own.rows.counts(key, record);
        let mut gone = Vec::new();
        for key in own.rows.keys().iter().copied() {
            let name = format!("{id} {key}");
            match rows.get(key) {
                Some(cell) => match cell["value"].as_u64() {
                    Some(value) => self.say(value, value, counted(key)),
                    None => {
                        if cell["text"] == "Fewer than three" {
                            self.say(0, THRESHOLD - 1, counted(key));
                        }
                        self.hide(&name, counted(key));
                    }
                },
                None => {
                    gone.push(key);
                    self.hide(&name, counted(key));
                }
            }
        }
        if !is_told || gone.is_empty() {
            return;
        }
        if own.rows == Rows::Mark || own.rule == Rule::Suppress {
            for key in gone {
                self.say(0, 0, counted(key));
            }
            return;
        }
        let merged = rows.get("(merged)").map_or(0, |cell| cell["value"].as_u64().unwrap());
        for key in &gone {
            if own.rule == Rule::MergeAsPublished {
                self.say(0, THRESHOLD - 1, counted(key));
            }
        }
        self.say(merged, merged, move |record| {
            own.filter.meets(record) && gone.iter().any(|key| own.rows.counts(key, record))
        });
    }

    /// All worlds with at most so many records that agree with the report.
    pub(super) fn worlds(&self, most: u64) -> Vec<World> {
        let mut found = Vec::new();
        let mut world = vec![0; self.classes.len()];
        self.extend(0, most, &mut world, &mut found);
        found
    }

    fn extend(&self, at: usize, left: u64, world: &mut World, found: &mut Vec<World>) {
        if at == world.len() {
            let agrees = |says: &Says| (says.least..=says.most).contains(&self.sum(world, &says.counts));
            if self.says.iter().all(agrees) {
                found.push(world.clone());
            }
            return;
        }
        for count in 0..=left {
            world[at] = count;
            self.extend(at + 1, left - count, world, found);
        }
        world[at] = 0;
    }

    fn sum(&self, world: &World, counts: &dyn Fn(Record) -> bool) -> u64 {
        let own = self.classes.iter().zip(world).filter(|(class, _)| counts(**class));
        own.map(|(_, count)| count).sum()
    }

    /// Names the hidden figures that are small in truth, and of which some small count occurs in no world.
    pub(super) fn told(&self, worlds: &[World], truth: &[Record]) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        for hidden in &self.hidden {
            let count = truth.iter().filter(|record| (hidden.counts)(**record)).count() as u64;
            let seen: BTreeSet<u64> = worlds.iter().map(|world| self.sum(world, &hidden.counts)).collect();
            assert!(seen.contains(&count), "{} is {count}, which the test rules out: {seen:?}", hidden.name);
            if count < THRESHOLD && !(0..THRESHOLD).all(|small| seen.contains(&small)) {
                told.insert(hidden.name.clone());
            }
        }
        told
    }
}
