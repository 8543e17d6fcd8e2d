//! Counts that nobody sees change no byte: records are moved between hidden counts, and everything is built again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use super::nation;
use crate::support::{Project, files};

/// Flags of the records of cases.
const FLAGS: [&str; 9] = [
    "adults",
    "minors",
    "females",
    "males",
    "transgender_females",
    "transgender_males",
    "gender_nonconforming",
    "us_citizens_lprs",
    "foreign_nationals",
];

/// Categories of the national sample; those that count fewer than three anywhere are hidden there.
const REASONS: [&str; 5] = ["tip", "service_referrals", "crisis", "general_info", "tta"];
const VENUES: [&str; 9] = [
    "commercial_front_brothel",
    "hotel_motel",
    "online_ad",
    "residential_brothel",
    "escort",
    "street",
    "pornography",
    "strip_club",
    "truck_stop",
];
const INDUSTRIES: [&str; 9] = [
    "traveling_sales",
    "domestic_work",
    "agriculture",
    "restaurant",
    "health_beauty",
    "construction",
    "landscaping",
    "peddling",
    "begging",
];
const CALLERS: [&str; 21] = [
    "victim",
    "community_member",
    "ngo",
    "family_of_victim",
    "victim_other_crime",
    "legal_professional",
    "student",
    "victim_labor_exploitation",
    "government_official",
    "medical_professional",
    "mental_health_professional",
    "friend_of_victim",
    "buyer",
    "other",
    "law_enforcement",
    "educator",
    "transportation",
    "business",
    "faith_based",
    "media",
    "foreign_government",
];

/// A CSV file of the sample, whose values are never quoted.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(project: &Project, file: &str) -> Self {
        let text = project.read(file);
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        Self { head: lines.next().unwrap(), rows: lines.collect() }
    }

    fn write(&self, project: &Project, file: &str) {
        let lines = std::iter::once(&self.head).chain(&self.rows);
        project.write(file, lines.map(|row| row.join(",") + "\n").collect::<String>());
    }

    fn column(&self, name: &str) -> usize {
        self.head.iter().position(|column| column == name).unwrap()
    }

    /// The different values of a column.
    fn values(&self, column: &str) -> BTreeSet<String> {
        let at = self.column(column);
        self.rows.iter().map(|row| row[at].clone()).collect()
    }

    fn find(&self, values: &[(&str, &str)]) -> Vec<usize> {
        let wanted: Vec<(usize, &str)> = values.iter().map(|(name, value)| (self.column(name), *value)).collect();
        let fits = |row: &Vec<String>| wanted.iter().all(|(column, value)| row[*column] == *value);
        self.rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect()
    }

    /// Moves one record from a small category that counts something to another one; both stay small. Says whether it could.
    fn swap(&mut self, among: &[(&str, &str)], column: &str, codes: &[&str], turn: usize) -> bool {
        let at = self.column(column);
        let own = self.find(among);
        let mut counts: BTreeMap<&str, Vec<usize>> = codes.iter().map(|code| (*code, Vec::new())).collect();
        for row in own {
            if let Some(rows) = counts.get_mut(self.rows[row][at].as_str()) {
                rows.push(row);
            }
        }
        let from: Vec<(&str, usize)> = counts
            .iter()
            .filter(|(_, rows)| (1..3).contains(&rows.len()))
            .map(|(code, rows)| (*code, rows[0]))
            .collect();
        if from.is_empty() {
            return false;
        }
        let (code, row) = from[turn % from.len()];
        let to: Vec<&str> =
            counts.iter().filter(|(other, rows)| **other != code && rows.len() < 2).map(|(other, _)| *other).collect();
        if to.is_empty() {
            return false;
        }
        to[turn % to.len()].clone_into(&mut self.rows[row][at]);
        true
    }

    /// Gives a flag to one record, or takes it from one, where few have it; they stay few.
    fn flip(&mut self, among: &[(&str, &str)], flag: &str, all: &[&[(&str, &str)]]) -> bool {
        let at = self.column(flag);
        let having: usize = all.iter().map(|among| self.find(&[among, &[(flag, "true")][..]].concat()).len()).sum();
        let own = self.find(among);
        let Some(row) = own.iter().copied().find(|row| having < 2 || self.rows[*row][at] == "true") else {
            return false;
        };
        if having > 2 || (having == 2 && self.rows[row][at] == "false") {
            return false;
        }
        let turned = if self.rows[row][at] == "true" { "false" } else { "true" };
        turned.clone_into(&mut self.rows[row][at]);
        true
    }
}

/// How many worlds are tried: `PLATEN_WORLDS`, or a few.
fn worlds(few: usize) -> usize {
    std::env::var("PLATEN_WORLDS").map_or(few, |number| number.parse().unwrap())
}

/// Moves hidden counts of Connecticut, and says how many.
fn move_hidden(project: &Project, folder: &str, turn: usize) -> usize {
    let mut moved = 0;
    let calls = [("related", "true"), ("channel", "phone"), ("substantive", "true"), ("caller_state", "CT")];
    let callers = ["media", "foreign_government", "faith_based", "educator", "business", "transportation", "buyer"];
    let file = format!("{folder}/signals.csv");
    let mut signals = Table::read(project, &file);
    moved += usize::from(signals.swap(&calls, "caller_type", &callers, turn));
    signals.write(project, &file);

    let file = format!("{folder}/cases.csv");
    let mut cases = Table::read(project, &file);
    let of = |kind: &'static str| [("state", "CT"), ("trafficking_type", kind)];
    let (sex, labor, both) = (of("sex"), of("labor"), of("sex_and_labor"));
    let venues = ["escort", "street", "pornography", "strip_club", "truck_stop", "residential_brothel"];
    let industries = ["agriculture", "health_beauty", "construction", "landscaping", "peddling", "begging"];
    moved += usize::from(cases.swap(&sex, "venue", &venues, turn));
    moved += usize::from(cases.swap(&labor, "venue", &industries, turn));
    for flag in FLAGS {
        moved += usize::from(cases.flip(&labor, flag, &[&labor, &both]));
        moved += usize::from(cases.flip(&sex, flag, &[&sex, &both]));
    }
    cases.write(project, &file);
    moved
}

/// Moves hidden counts of all states of the nation but Connecticut, and says how many.
fn move_everywhere(project: &Project, folder: &str, turn: usize) -> usize {
    let paths = ["cases", "case_locations", "signals"].map(|name| format!("{folder}/{name}.csv"));
    let [mut cases, mut locations, mut signals] = paths.each_ref().map(|file| Table::read(project, file));
    let mut moved = 0;
    let mut gone = BTreeSet::new();
    for state in cases.values("state").into_iter().filter(|state| state != "CT" && state != "XX") {
        let turn = turn + moved;
        let of = |kind: &'static str| [("state", state.as_str()), ("trafficking_type", kind)];
        let all = cases.find(&[("state", &state)]);
        if all.len() < 3 {
            // The total is hidden: any number up to 2.
            gone.extend(all.iter().take(turn % (all.len() + 1)).map(|row| cases.rows[*row][0].clone()));
            continue;
        }
        moved += usize::from(cases.swap(&[("state", &state)], "reason", &REASONS, turn));
        let (sex, labor, both) = (of("sex"), of("labor"), of("sex_and_labor"));
        for (only, venues) in [(sex, &VENUES[..]), (labor, &INDUSTRIES[..])] {
            if cases.find(&only).len() >= 3 {
                moved += usize::from(cases.swap(&only, "venue", venues, turn));
            }
            for flag in FLAGS {
                moved += usize::from(cases.flip(&only, flag, &[&only, &both]));
            }
        }
    }
    for state in signals.values("caller_state").into_iter().filter(|state| !["CT", "XX", ""].contains(&state.as_str()))
    {
        let calls = [("related", "true"), ("channel", "phone"), ("substantive", "true"), ("caller_state", &*state)];
        moved += usize::from(signals.swap(&calls, "caller_type", &CALLERS, turn + moved));
    }
    moved += gone.len();
    for table in [&mut cases, &mut locations] {
        table.rows.retain(|row| !gone.contains(&row[0]));
    }
    paths.iter().zip([cases, locations, signals]).for_each(|(file, table)| table.write(project, file));
    moved
}

fn changes_nothing(project: &Project, spec: &str, folder: &str, turns: usize) {
    let build = ["build", spec, "--only", "CT"];
    let out = project.path("out");
    project.succeeds(&build);
    let before = files(&out);
    let mut moved = 0;
    for turn in 0..turns {
        moved += move_hidden(project, folder, turn);
        fs::remove_dir_all(&out).unwrap();
        project.succeeds(&build);
        let after = files(&out);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        let differing: Vec<&String> = before.keys().filter(|file| before[*file] != after[*file]).collect();
        assert!(differing.is_empty(), "turn {turn}: {differing:?}");
    }
    assert!(moved > 4 * turns, "{moved} counts were moved");
}

#[test]
fn moving_hidden_counts_of_connecticut_changes_no_byte() {
    changes_nothing(&Project::new(), "config/nhth-2016.yaml", "data/connecticut-2016", worlds(12));
}

#[test]
fn moving_hidden_counts_changes_no_byte_of_the_strict_edition() {
    changes_nothing(&nation(), "config/nhth-2016-national-strict.yaml", "data/national-2016", worlds(3));
}

/// The list of digests without that of the manifest.
fn without_manifest(digests: &[u8]) -> Vec<u8> {
    let digests = std::str::from_utf8(digests).unwrap().lines();
    digests.filter(|line| !line.ends_with("manifest.json")).collect::<Vec<_>>().join("\n").into_bytes()
}

#[test]
fn moving_hidden_counts_of_all_states_changes_no_byte_of_either_national_release() {
    let project = nation();
    let folder = "data/national-2016";
    let originals = ["cases", "case_locations", "signals"].map(|name| format!("{folder}/{name}.csv"));
    let originals = originals.map(|file| (project.read(&file), file));
    for spec in ["config/nhth-2016-national.yaml", "config/nhth-2016-national-strict.yaml"] {
        let release = || {
            project.succeeds(&["release", spec, "--no-cache", "--out", "out"]);
            let mut published = files(&project.path("out"));
            // The case data differ, and so do their keyed digests.
            let mut manifest: Value = serde_json::from_slice(&published["manifest.json"]).unwrap();
            for input in manifest["inputs"].as_array_mut().unwrap().iter_mut().filter(|input| input["kind"] == "data") {
                assert!(input.as_object_mut().unwrap().remove("digest").is_some());
            }
            published.insert("manifest.json".into(), manifest.to_string().into_bytes());
            let digests = published.remove("SHA256SUMS").unwrap();
            published.insert("SHA256SUMS".into(), without_manifest(&digests));
            fs::remove_dir_all(project.path("out")).unwrap();
            published
        };
        let before = release();
        for turn in 0..worlds(1) {
            let moved = move_everywhere(&project, folder, turn);
            assert!(moved > 200, "{moved} counts were moved");
            let after = release();
            assert!(before.keys().eq(after.keys()));
            let differing: Vec<&String> = before.keys().filter(|file| before[*file] != after[*file]).collect();
            assert!(differing.is_empty(), "{spec}, turn {turn}: {differing:?}");
        }
        for (content, file) in &originals {
            project.write(file, content);
        }
    }
}
