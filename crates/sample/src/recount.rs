//! Counts the written rows anew and compares them with the targets.
//!
//! The tests read what the files hold, not what the generator meant, so they share no code with it beyond the targets.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::connecticut::generate;
use crate::targets::{self, Cell, Source, Targets};
use crate::write;

const TARGETS: &str = include_str!("../../../data/connecticut-2016/targets.yaml");

/// The header of every file in the case data contract, and the file beside the targets.
const CONTRACT: [(&str, &str, &str); 3] = [
    (
        "signals.csv",
        "signal_id,received_on,state,caller_state,channel,related,substantive,caller_type,how_found",
        include_str!("../../../data/connecticut-2016/signals.csv"),
    ),
    (
        "cases.csv",
        "case_id,state,opened_on,reason,trafficking_type,venue,adults,minors,females,males,transgender_females,\
         transgender_males,gender_nonconforming,us_citizens_lprs,foreign_nationals",
        include_str!("../../../data/connecticut-2016/cases.csv"),
    ),
    (
        "case_locations.csv",
        "case_id,county_geoid,longitude,latitude",
        include_str!("../../../data/connecticut-2016/case_locations.csv"),
    ),
];

/// A row, by column.
type Row = BTreeMap<String, String>;

fn path() -> &'static Path {
    Path::new("targets.yaml")
}

fn targets() -> Targets {
    targets::parse(path(), TARGETS).unwrap()
}

fn encoded(targets: &Targets) -> Vec<(&'static str, String)> {
    let records = generate(targets, path()).unwrap();
    write::files(targets, &records)
        .into_iter()
        .map(|(name, rows)| (name, String::from_utf8(write::encode(&rows).unwrap()).unwrap()))
        .collect()
}

fn rows(targets: &Targets, file: &str) -> Vec<Row> {
    let files = encoded(targets);
    let (_, text) = files.iter().find(|(name, _)| *name == file).unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn has(row: &Row, values: &[(&str, &str)]) -> bool {
    values.iter().all(|(column, value)| row[*column] == *value)
}

fn count(rows: &[Row], values: &[(&str, &str)]) -> usize {
    rows.iter().filter(|row| has(row, values)).count()
}

fn tally(rows: &[Row], column: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[column].clone()).or_default() += 1;
    }
    counts
}

fn expected(cells: &[Cell]) -> BTreeMap<String, usize> {
    cells.iter().filter(|cell| cell.count > 0).map(|cell| (cell.code.clone(), cell.count)).collect()
}

fn calls(targets: &Targets) -> Vec<Row> {
    let from_here = [
        ("channel", "phone"),
        ("related", "true"),
        ("substantive", "true"),
        ("caller_state", targets.jurisdiction.as_str()),
    ];
    let mut signals = rows(targets, "signals.csv");
    signals.retain(|row| has(row, &from_here));
    signals
}

#[test]
fn headers_are_those_of_the_contract_and_lines_end_in_line_feeds() {
    for ((name, text), (contract, header, _)) in encoded(&targets()).into_iter().zip(CONTRACT) {
        assert_eq!(name, contract);
        assert_eq!(text.lines().next(), Some(header));
        assert!(text.ends_with('\n') && !text.contains('\r'));
    }
}

#[test]
fn committed_files_are_what_the_seed_gives() {
    for ((_, text), (name, _, committed)) in encoded(&targets()).into_iter().zip(CONTRACT) {
        assert!(text == committed, "{name} is out of date");
    }
}

#[test]
fn related_signals_about_the_state_are_those_of_the_overview() {
    let targets = targets();
    let mut signals = rows(&targets, "signals.csv");
    let about = [("related", "true"), ("state", targets.jurisdiction.as_str())];
    signals.retain(|row| has(row, &about));
    assert_eq!(tally(&signals, "channel"), expected(&targets.signals.overview));
}

#[test]
fn substantive_calls_from_the_state_meet_both_call_tables() {
    let targets = targets();
    let calls = calls(&targets);
    let expected_calls = &targets.signals.calls;
    assert_eq!(calls.len(), expected_calls.total.count);
    assert_eq!(tally(&calls, "caller_type"), expected(&expected_calls.caller_type.cells));
    assert_eq!(tally(&calls, "how_found"), expected(&expected_calls.how_found.cells));
}

#[test]
fn calls_about_the_state_and_calls_from_the_state_are_different_calls() {
    let targets = targets();
    let here = targets.jurisdiction.as_str();
    assert!(calls(&targets).iter().any(|row| row["state"] != here));
    let inbound = rows(&targets, "signals.csv").into_iter().any(|row| {
        has(&row, &[("related", "true"), ("state", here), ("channel", "phone")]) && row["caller_state"] != here
    });
    assert!(inbound);
}

#[test]
fn signals_without_substance_name_no_caller() {
    for row in rows(&targets(), "signals.csv") {
        if row["substantive"] == "false" {
            assert!(has(&row, &[("caller_type", ""), ("how_found", "")]));
        }
    }
}

#[test]
fn cases_meet_the_tables_of_reasons_and_types() {
    let targets = targets();
    let cases = rows(&targets, "cases.csv");
    assert_eq!(cases.len(), targets.cases.total.count);
    assert_eq!(tally(&cases, "reason"), expected(&targets.cases.reasons.cells));
    for kind in &targets.cases.types {
        let of_type = [("trafficking_type", kind.code.as_str())];
        assert_eq!(count(&cases, &of_type), kind.count, "{}", kind.code);
    }
}

#[test]
fn cases_of_each_type_meet_its_venues() {
    let targets = targets();
    for kind in &targets.cases.types {
        let mut cases = rows(&targets, "cases.csv");
        cases.retain(|row| row["trafficking_type"] == kind.code);
        let venues = tally(&cases, "venue");
        match &kind.venues {
            Some(table) => assert_eq!(venues, expected(&table.cells), "{}", kind.code),
            None => assert_eq!(venues.keys().collect::<Vec<_>>(), [""]),
        }
    }
}

#[test]
fn a_case_of_both_types_counts_in_both_demographic_tables() {
    let targets = targets();
    let cases = rows(&targets, "cases.csv");
    for (name, table) in &targets.cases.demographics.tables {
        for cell in &table.cells {
            let flagged =
                cases.iter().filter(|row| table.types.contains(&row["trafficking_type"]) && row[&cell.code] == "true");
            assert_eq!(flagged.count(), cell.count, "{name}, {}", cell.code);
        }
    }
}

#[test]
fn some_cases_reference_several_demographics_and_some_none() {
    let targets = targets();
    let cases = rows(&targets, "cases.csv");
    assert!(count(&cases, &[("adults", "true"), ("minors", "true")]) > 0);
    let columns: Vec<&str> = targets.cases.demographics.columns().collect();
    let silent = cases.iter().filter(|row| columns.iter().all(|column| row[*column] == "false"));
    assert!(silent.count() > 0);
}

#[test]
fn a_case_counts_once_in_a_county_however_many_rows_it_has_there() {
    let targets = targets();
    let rows = rows(&targets, "case_locations.csv");
    let places: BTreeSet<(&str, &str)> =
        rows.iter().map(|row| (row["case_id"].as_str(), county(&targets, row))).collect();
    assert_eq!(rows.len() - places.len(), targets.locations.repeated);
    for expected in &targets.locations.counties {
        let cases = places.iter().filter(|(_, geoid)| *geoid == expected.geoid);
        assert_eq!(cases.count(), expected.cases, "{}", expected.name);
    }
}

/// Finds the county of a row: the one it names, else the one whose inner box holds its point.
fn county<'a>(targets: &'a Targets, row: &Row) -> &'a str {
    let mut counties = targets.locations.counties.iter();
    let named = row["county_geoid"].as_str();
    let found = counties.find(|county| {
        let holds = || {
            let [west, south, east, north] = county.inner_box;
            let longitude: f64 = row["longitude"].parse().unwrap();
            let latitude: f64 = row["latitude"].parse().unwrap();
            (west..=east).contains(&longitude) && (south..=north).contains(&latitude)
        };
        if row["longitude"].is_empty() {
            county.geoid == named
        } else {
            (named.is_empty() || county.geoid == named) && holds()
        }
    });
    found.unwrap().geoid.as_str()
}

#[test]
fn locations_are_unknown_double_and_given_in_every_form_as_intended() {
    let targets = targets();
    let rows = rows(&targets, "case_locations.csv");
    let locations = &targets.locations;
    let located: BTreeSet<&str> = rows.iter().map(|row| row["case_id"].as_str()).collect();
    assert_eq!(located.len(), targets.cases.total.count - locations.unknown);
    let points = rows.iter().filter(|row| !row["longitude"].is_empty());
    let (bare, named): (Vec<_>, Vec<_>) = points.partition(|row| row["county_geoid"].is_empty());
    assert_eq!(bare.len(), locations.point_only);
    assert_eq!(named.len(), locations.point_and_county);
    let places = located.len() + locations.two_counties + locations.repeated;
    assert_eq!(rows.len(), places);
}

#[test]
fn ids_say_that_a_record_is_synthetic_and_are_sorted_and_unique() {
    let targets = targets();
    for (file, column) in [("signals.csv", "signal_id"), ("cases.csv", "case_id")] {
        let rows = rows(&targets, file);
        assert!(rows.iter().all(|row| row[column].starts_with("SYN-")));
        assert!(rows.is_sorted_by(|row, next| row[column] < next[column]));
    }
    let cases = rows(&targets, "cases.csv");
    let known: BTreeSet<&str> = cases.iter().map(|row| row["case_id"].as_str()).collect();
    let locations = rows(&targets, "case_locations.csv");
    assert!(locations.iter().all(|row| known.contains(row["case_id"].as_str())));
    assert!(locations.is_sorted_by(|location, next| location["case_id"] <= next["case_id"]));
}

#[test]
fn all_records_fall_into_the_period() {
    let targets = targets();
    for (file, column) in [("signals.csv", "received_on"), ("cases.csv", "opened_on")] {
        for row in rows(&targets, file) {
            let day = row[column].parse().unwrap();
            assert!((targets.period.first..=targets.period.last).contains(&day));
        }
    }
}

#[test]
fn another_seed_gives_other_records_and_the_same_tables() {
    let mut targets = targets();
    let before = encoded(&targets);
    targets.seed += 1;
    assert_ne!(encoded(&targets), before);
    assert_eq!(tally(&calls(&targets), "caller_type"), expected(&targets.signals.calls.caller_type.cells));
}

#[test]
fn merged_rows_hold_two_categories_or_more() {
    let targets = targets();
    let venues = targets.cases.types.iter().filter_map(|kind| kind.venues.as_ref());
    for table in venues.chain([&targets.signals.calls.caller_type]) {
        let hidden = table.cells.iter().filter(|cell| cell.source == Source::Invented);
        assert!(hidden.count() >= 2);
    }
}

#[test]
fn contradicting_targets_are_refused_with_every_reason() {
    let changes = [
        ("code: victim, count: 49", "code: victim, count: 48"),
        ("code: tip, count: 27", "code: tip, count: 26"),
        ("prefix: SYN-S-", "prefix: S-"),
    ];
    let broken = changes.iter().fold(TARGETS.to_owned(), |text, (old, new)| text.replace(old, new));
    let error = targets::parse(path(), &broken).unwrap_err().to_string();
    assert!(error.contains("targets.yaml"), "{error}");
    assert!(error.contains("caller_type add up to 198, not 199"), "{error}");
    assert!(error.contains("cases.reasons add up to 53, not 54"), "{error}");
    assert!(error.contains("must begin with `SYN-`"), "{error}");
}

#[test]
fn an_unknown_key_is_refused_with_its_name() {
    let broken = TARGETS.replace("threshold: 3", "treshold: 3");
    let error = targets::parse(path(), &broken).unwrap_err().to_string();
    assert!(error.contains("treshold"), "{error}");
}
