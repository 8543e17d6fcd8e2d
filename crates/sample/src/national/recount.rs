//! Counts the written rows anew and compares them with the targets, as a reader of the files would.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Counties, MOST, National, Plan, cases, check, counties, signals};
use crate::connecticut;
use crate::targets::{self, Targets};

/// A row, by column.
type Row = BTreeMap<String, String>;

/// The files in their order, as they are committed.
const COMMITTED: [(&str, &str); 3] = [
    ("signals.csv", include_str!("../../../../data/national-2016/signals.csv")),
    ("cases.csv", include_str!("../../../../data/national-2016/cases.csv")),
    ("case_locations.csv", include_str!("../../../../data/national-2016/case_locations.csv")),
];

/// Everything that is read before rows are made.
struct Inputs {
    own: Targets,
    national: National,
    counties: Counties,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn own() -> Targets {
    targets::read(&root().join("data/connecticut-2016/targets.yaml")).unwrap()
}

fn national(own: &Targets) -> National {
    super::targets::read(&root().join("data/national-2016/targets.yaml"), own).unwrap()
}

fn inputs() -> Inputs {
    let own = own();
    let national = national(&own);
    let counties = counties(&national, &root().join("geodata/2016")).unwrap();
    Inputs { own, national, counties }
}

/// Makes the three files at a scale.
fn made(inputs: &Inputs, scale: u64) -> [String; 3] {
    let own = connecticut::generate(&inputs.own, Path::new("targets.yaml")).unwrap();
    let plan = Plan { targets: &inputs.national, own_targets: &inputs.own, own, counties: &inputs.counties, scale };
    let [mut of_signals, mut of_cases, mut of_locations] = [(); 3].map(|()| csv::Writer::from_writer(Vec::new()));
    signals::write(&plan, &mut of_signals).unwrap();
    cases::write(&plan, &mut of_cases, &mut of_locations).unwrap();
    [of_signals, of_cases, of_locations].map(|rows| String::from_utf8(rows.into_inner().unwrap()).unwrap())
}

fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn committed(file: usize) -> Vec<Row> {
    rows(COMMITTED[file].1)
}

fn is_counted_call(row: &Row) -> bool {
    row["channel"] == "phone" && row["related"] == "true" && row["substantive"] == "true"
}

fn tally<'a>(rows: impl Iterator<Item = &'a Row>, column: &str) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[column].as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn committed_national_files_are_what_the_seed_gives() {
    for (text, (name, committed)) in made(&inputs(), 1).iter().zip(COMMITTED) {
        assert!(text == committed, "{name} is out of date");
    }
}

#[test]
fn calls_and_cases_of_each_jurisdiction_are_those_of_the_targets() {
    let national = national(&own());
    let (signals, cases) = (committed(0), committed(1));
    let calls = tally(signals.iter().filter(|row| is_counted_call(row)), "caller_state");
    let cases = tally(cases.iter(), "state");
    for jurisdiction in &national.jurisdictions {
        let counted = [&calls, &cases].map(|counts| counts.get(jurisdiction.code.as_str()).copied().unwrap_or(0));
        assert_eq!(counted, [jurisdiction.calls, jurisdiction.cases], "{}", jurisdiction.code);
    }
}

#[test]
fn related_signals_nationwide_are_as_many_as_the_report_prints() {
    let related = committed(0).iter().filter(|row| row["related"] == "true").count();
    assert_eq!(related, 34_068);
}

#[test]
fn connecticut_has_its_own_records_and_no_others() {
    let own = connecticut::generate(&own(), Path::new("targets.yaml")).unwrap();
    let signals: BTreeSet<String> = own.signals.into_iter().map(|signal| signal.id).collect();
    let of_connecticut = |row: &Row| row["state"] == "CT" || row["caller_state"] == "CT";
    let rows = committed(0);
    assert!(rows.iter().filter(|row| of_connecticut(row)).all(|row| signals.contains(&row["signal_id"])));
    let cases: BTreeSet<String> = own.cases.into_iter().map(|case| case.id).collect();
    let found = committed(1).into_iter().filter(|row| row["state"] == "CT").map(|row| row["case_id"].clone());
    assert_eq!(found.collect::<BTreeSet<_>>(), cases);
}

#[test]
fn a_jurisdiction_without_calls_and_cases_occurs_nowhere() {
    let nothing = |row: &Row| row["state"] == "AS" || row.get("caller_state").is_some_and(|state| state == "AS");
    assert!(!committed(0).iter().any(nothing) && !committed(1).iter().any(nothing));
}

#[test]
fn locations_are_given_in_every_form_and_belong_to_the_state_of_their_case() {
    let cases = committed(1);
    let states: BTreeMap<&str, &str> =
        cases.iter().map(|row| (row["case_id"].as_str(), row["state"].as_str())).collect();
    let index = std::fs::read_to_string(root().join("geodata/2016/index.json")).unwrap();
    let index = platen::boundaries::CountyIndex::parse(&index).unwrap();
    let rows = committed(2);
    let named = rows.iter().filter(|row| !row["county_geoid"].is_empty());
    for row in named.clone() {
        let state = states[row["case_id"].as_str()];
        assert_eq!(index.jurisdiction_of(&row["county_geoid"]), Some(state), "{}", row["case_id"]);
    }
    let (with_point, alone): (Vec<_>, Vec<_>) = named.partition(|row| !row["longitude"].is_empty());
    assert!(!with_point.is_empty() && !alone.is_empty() && with_point.len() + alone.len() < rows.len());
    let located = tally(rows.iter(), "case_id");
    assert!(located.len() < cases.len() && located.values().any(|&rows| rows > 1));
}

#[test]
fn ids_are_sorted_unique_and_marked_at_every_scale() {
    let inputs = inputs();
    for scale in [1, 3] {
        let [of_signals, of_cases, of_locations] = made(&inputs, scale);
        for (text, column) in [(&of_signals, "signal_id"), (&of_cases, "case_id")] {
            let rows = rows(text);
            assert!(rows.iter().all(|row| row[column].starts_with("SYN-")));
            assert!(rows.is_sorted_by(|row, next| row[column] < next[column]));
        }
        let cases = rows(&of_cases);
        let known: BTreeSet<&str> = cases.iter().map(|row| row["case_id"].as_str()).collect();
        assert!(rows(&of_locations).iter().all(|row| known.contains(row["case_id"].as_str())));
    }
}

#[test]
fn a_scale_multiplies_signals_and_cases() {
    let inputs = inputs();
    let counts = |scale| made(&inputs, scale).map(|text| rows(&text).len());
    let ([signals, cases, _], [more_signals, more_cases, _]) = (counts(1), counts(3));
    assert_eq!([more_signals, more_cases], [3 * signals, 3 * cases]);
}

#[test]
fn targets_that_miss_the_national_figure_are_refused() {
    let own = own();
    let mut national = national(&own);
    national.signals.groups[0].count += 1;
    assert_eq!(check::problems(&national, &own), ["related signals add up to 34069, not 34068"]);
}

#[test]
fn targets_that_differ_from_those_of_the_counted_out_jurisdiction_are_refused() {
    let own = own();
    let mut national = national(&own);
    let its = national.jurisdictions.iter_mut().find(|jurisdiction| jurisdiction.code == "CT").unwrap();
    its.cases += 1;
    assert_eq!(check::problems(&national, &own), ["jurisdictions: `CT` differs from its own targets"]);
}

#[test]
fn a_misspelt_demographic_is_refused_with_its_name() {
    let own = own();
    let mut national = national(&own);
    national.cases.types[0].in_100.insert("adult".to_owned(), 50);
    let problem = format!("cases.types, {}: no demographic is called `adult`", national.cases.types[0].code);
    assert_eq!(check::problems(&national, &own), [problem]);
}

#[test]
fn ids_of_the_largest_scale_keep_to_their_digits() {
    let national = national(&own());
    for (file, numbering) in [(0, &national.ids.signals), (1, &national.ids.cases)] {
        let drawn = COMMITTED[file].1.lines().filter(|line| line.starts_with(&numbering.prefix)).count() as u64;
        assert!(drawn * MOST * numbering.step < 10_u64.pow(u32::try_from(numbering.digits).unwrap()));
    }
}

#[test]
fn every_row_of_the_sample_of_connecticut_stands_in_the_national_file() {
    for (name, national) in COMMITTED {
        let rows: BTreeSet<&str> = national.lines().collect();
        let own = std::fs::read_to_string(root().join("data/connecticut-2016").join(name)).unwrap();
        assert!(own.lines().count() > 1 && own.lines().all(|row| rows.contains(row)), "{name}");
    }
}
