//! Counts the national records anew and compares them with the targets.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn made(scale: u64) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let arguments = Arguments {
        out: out.path().to_path_buf(),
        targets: Some(repository().join("data/national-2016/targets.yaml")),
        boundaries: repository().join("geodata/2016"),
        scale,
    };
    run(&arguments).unwrap();
    out
}

fn rows(folder: &Path, file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn count<'a>(
    rows: &'a [BTreeMap<String, String>],
    column: &str,
    filter: impl Fn(&BTreeMap<String, String>) -> bool,
) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    for row in rows.iter().filter(|row| filter(row)) {
        *counts.entry(row[column].as_str()).or_insert(0) += 1;
    }
    counts
}

#[test]
fn the_files_in_the_folder_are_what_the_seed_gives() {
    let made = made(1);
    for file in ["signals.csv", "cases.csv", "case_locations.csv"] {
        let committed = fs::read(repository().join("data/national-2016").join(file)).unwrap();
        assert!(fs::read(made.path().join(file)).unwrap() == committed, "{file}: run the command of data/README.md");
    }
}

#[test]
fn calls_cases_and_signals_are_those_of_the_targets() {
    let folder = repository().join("data/national-2016");
    let targets = targets::read(&folder.join("targets.yaml")).unwrap();
    let (signals, cases) = (rows(&folder, "signals.csv"), rows(&folder, "cases.csv"));
    let is_call = |row: &BTreeMap<String, String>| {
        row["related"] == "true" && row["substantive"] == "true" && row["channel"] == "phone"
    };
    let (calls, cases) = (count(&signals, "caller_state", is_call), count(&cases, "state", |_| true));
    for one in &targets.jurisdictions {
        assert_eq!(calls.get(one.code.as_str()).copied().unwrap_or(0), one.calls, "calls of {}", one.code);
        assert_eq!(cases.get(one.code.as_str()).copied().unwrap_or(0), one.cases, "cases of {}", one.code);
    }
    assert_eq!(signals.iter().filter(|row| row["related"] == "true").count(), targets.related.count);
    assert!(signals.iter().all(|row| row["signal_id"].starts_with(crate::ids::MARK)));
}

#[test]
fn a_scaled_sample_has_so_many_times_the_records_and_no_id_twice() {
    let made = made(3);
    let signals = rows(made.path(), "signals.csv");
    let related = signals.iter().filter(|row| row["related"] == "true").count();
    assert_eq!(related, 3 * 34_068);
    let ids: std::collections::BTreeSet<&String> = signals.iter().map(|row| &row["signal_id"]).collect();
    assert_eq!(ids.len(), signals.len());
}
