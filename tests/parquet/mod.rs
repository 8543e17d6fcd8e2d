//! Parquet as tools in use write it, folders of parts, and files made to harm their reader.

mod hostile;
mod parts;
mod types;

use std::fs;

use crate::support::{Project, repository};

const SPEC: &str = "config/nhth-2016.yaml";
const CASES: &str = "data/connecticut-2016/cases.csv";
const LOCATIONS: &str = "data/connecticut-2016/case_locations.csv";

/// A project whose cases are read from one of the files that other tools wrote.
fn with_cases(file: &str) -> Project {
    let project = Project::new();
    fs::copy(repository().join("tests/parquet").join(file), project.path("data/cases.parquet")).unwrap();
    project.edit(SPEC, &format!("file: {CASES}"), "file: data/cases.parquet");
    project
}

#[test]
fn what_tools_in_use_write_gives_the_same_report() {
    let expected = Project::new().text();
    for file in [
        "cases-gzip.parquet",
        "cases-brotli.parquet",
        "cases-lz4.parquet",
        "cases-zstd.parquet",
        "cases-snappy.parquet",
        "cases-none.parquet",
        "cases-duckdb.parquet",
        "cases-int96.parquet",
        // Timestamps in nanoseconds, pages of the second version, delta encodings.
        "cases-delta.parquet",
    ] {
        assert_eq!(with_cases(file).text(), expected, "{file}");
    }
}

#[test]
fn uuids_are_ids_and_decimals_are_coordinates() {
    let expected = Project::new().text();
    let project = with_cases("cases-uuid.parquet");
    fs::copy(repository().join("tests/parquet/places-uuid.parquet"), project.path("data/places.parquet")).unwrap();
    project.edit(SPEC, &format!("file: {LOCATIONS}"), "file: data/places.parquet");
    assert_eq!(project.text(), expected);
    // Text and sixteen bytes name one record, as the id is printed.
    let text = project.read(LOCATIONS);
    let (header, _) = text.split_once('\n').unwrap();
    project.write(LOCATIONS, format!("{header}\n00000000-0000-0000-0000-000000000000,09001,,\n"));
    project.edit(SPEC, "file: data/places.parquet", &format!("file: {LOCATIONS}"));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unknown-reference]: `cases` has no record with the id `00000000-0000-0000-0000-000000000000`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
    1 error
    ");
}
