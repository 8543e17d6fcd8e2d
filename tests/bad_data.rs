//! Bad case data, boundaries, fonts and layouts: every class of fault, with the text that the user sees; and data
//! that look odd but are sound.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";
const SIGNALS: &str = "data/connecticut-2016/signals.csv";
const CASES: &str = "data/connecticut-2016/cases.csv";
const LOCATIONS: &str = "data/connecticut-2016/case_locations.csv";
const REFERENCE: &str = "data/connecticut-2016/reference.csv";

/// A project whose data are spoiled again and again.
struct Bad {
    project: Project,
}

impl Bad {
    fn new() -> Self {
        Self { project: Project::new() }
    }

    /// Replaces words of sound files, returns what a check of them says, and mends them.
    fn refused(&self, edits: &[(&str, &str, &str)]) -> String {
        let sound: BTreeMap<&str, String> = edits.iter().map(|(file, ..)| (*file, self.project.read(file))).collect();
        for (file, from, to) in edits {
            self.project.edit(file, from, to);
        }
        let says = self.project.refuses(&["check", SPEC]);
        for (file, text) in sound {
            self.project.write(file, text);
        }
        says
    }

    /// Returns what a check says when a file has this content, and mends it.
    fn says(&self, file: &str, content: impl AsRef<[u8]>) -> String {
        let sound = self.project.read(file);
        self.project.write(file, content);
        let says = self.project.refuses(&["check", SPEC]);
        self.project.write(file, sound);
        says
    }
}

/// Returns what a build says that must fail.
fn build_refused(project: &Project) -> String {
    project.refuses(&["build", SPEC])
}

#[test]
fn a_code_that_its_list_does_not_hold_is_refused_with_the_nearest_one() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tipp,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `reason` takes no code `tipp`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: did you mean `tip`?
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,Tip,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `reason` takes no code `Tip`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: did you mean `tip`?
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,something_else,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `reason` takes no code `something_else`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2016-01-30,CT,CT,fax,true,true,friend_of_victim,unknown")]), @r#"
    error[data::unknown-code]: `channel` takes no code `fax`
      ┌─ data/connecticut-2016/signals.csv:2, column `channel`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CX,2016-09-02,tip,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `CX`
      ┌─ data/connecticut-2016/cases.csv:2, column `state`
      = help: did you mean `CA`?
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2016-01-30,CT,Connecticut,phone,true,true,friend_of_victim,unknown")]), @r#"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `Connecticut`
      ┌─ data/connecticut-2016/signals.csv:2, column `caller_state`
    1 error; nothing was published
    "#);
}

#[test]
fn a_code_of_another_parent_is_refused_and_one_of_an_unknown_parent_is_not_judged() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,labor,hotel_motel,true,")]), @r#"
    error[data::wrong-parent]: the code `hotel_motel` does not belong to the record's `trafficking_type`
      ┌─ data/connecticut-2016/cases.csv:2, column `venue`
      = help: it belongs to `sex`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sexx,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `trafficking_type` takes no code `sexx`
      ┌─ data/connecticut-2016/cases.csv:2, column `trafficking_type`
      = help: did you mean `sex`?
    1 error; nothing was published
    "#);
}

#[test]
fn a_value_that_is_needed_and_empty_is_refused() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,,tip,sex,hotel_motel,true,")]), @r#"
    error[data::missing-value]: the value is empty, and this record needs one
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", ",CT,2016-09-02,tip,sex,hotel_motel,true,")]), @r#"
    error[data::missing-value]: the value is empty, and this record needs one
      ┌─ data/connecticut-2016/cases.csv:2, column `case_id`
    error[data::unknown-reference]: `cases` has no record with the id `SYN-C-0037`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
    2 errors; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,,unknown")]), @r#"
    error[data::missing-value]: the value is empty, and this record needs one
      ┌─ data/connecticut-2016/signals.csv:2, column `caller_type`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex_and_labor,,true,"), (SPEC, "parent: trafficking_type, optional: true", "parent: trafficking_type")]), @r"
    error[data::missing-value]: the value is empty, and this record needs one: 7 times, first at line 2
      ┌─ data/connecticut-2016/cases.csv:2, column `venue`
    1 error; nothing was published
    ");
}

#[test]
fn ids_are_unique_and_references_find_theirs() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0585,", "SYN-C-0037,")]), @r#"
    error[data::duplicate-id]: the id `SYN-C-0037` stands in an earlier record too
      ┌─ data/connecticut-2016/cases.csv:3, column `case_id`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-9999,09001,,\n")]), @r#"
    error[data::unknown-reference]: `cases` has no record with the id `SYN-C-9999`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
    1 error; nothing was published
    "#);
}

#[test]
fn dates_have_one_form_and_lie_in_the_period() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,9/2/2016,tip,sex,hotel_motel,true,")]), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a date with slashes, like 12/31/2016
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-9-2,tip,sex,hotel_motel,true,")]), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a date without leading zeros, like 2016-1-5
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-02-30,tip,sex,hotel_motel,true,")]), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a day that no calendar has
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2017-01-01,tip,sex,hotel_motel,true,")]), @r#"
    error[data::outside-period]: the date lies outside the period 2016-01-01 to 2016-12-31
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error; nothing was published
    "#);
}

#[test]
fn booleans_are_true_or_false() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,T,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,1,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,yes,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel, true,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error; nothing was published
    ");
}

#[test]
fn counties_are_those_of_the_vintage() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,9001,,\n")]), @r#"
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: did you mean `09001` (Fairfield)? the leading zero is missing
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,09110,,\n")]), @r#"
    error[data::unknown-county]: the boundaries of 2016 have no county `09110`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: `09110` is a planning region of Connecticut, from boundaries of 2022 or later; those of 2016 have counties 09001 to 09015
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,99999,,\n")]), @r#"
    error[data::unknown-county]: the boundaries of 2016 have no county `99999`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,Fairfield,,\n")]), @r#"
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: a GEOID is a text of five digits, and keeps its leading zero
    1 error; nothing was published
    "#);
}

#[test]
fn points_are_whole_and_in_degrees() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,-200.5,41.2\n")]), @r#"
    error[data::not-a-coordinate]: the value is no number of degrees from −180 to 180
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,\"-73,2\",41.2\n")]), @r#"
    error[data::not-a-coordinate]: the value is no number of degrees from −180 to 180
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,NaN,41.2\n")]), @r#"
    error[data::not-a-coordinate]: the value is no number of degrees from −180 to 180
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,-73.2,\n")]), @r#"
    error[data::half-point]: a point needs both its coordinates, and one is empty
      ┌─ data/connecticut-2016/case_locations.csv:2, column `latitude`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,,41.2\n")]), @r#"
    error[data::half-point]: a point needs both its coordinates, and one is empty
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error; nothing was published
    "#);
}

#[test]
fn the_header_names_each_column_once() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "opened_on,", "opened,")]), @r#"
    error[data::missing-column]: `cases` needs the column `opened_on`
      ┌─ data/connecticut-2016/cases.csv:1, column `opened_on`
      = help: the header has `opened`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "opened_on,", "date,")]), @r#"
    error[data::missing-column]: `cases` needs the column `opened_on`
      ┌─ data/connecticut-2016/cases.csv:1, column `opened_on`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "opened_on,reason", "opened_on,opened_on")]), @r#"
    error[data::duplicate-column]: the header names `opened_on` twice
      ┌─ data/connecticut-2016/cases.csv:1, column `opened_on`
    error[data::missing-column]: `cases` needs the column `reason`
      ┌─ data/connecticut-2016/cases.csv:1, column `reason`
    2 errors; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "case_id,", "Case_ID,")]), @r#"
    error[data::missing-column]: `cases` needs the column `case_id`
      ┌─ data/connecticut-2016/cases.csv:1, column `case_id`
      = help: the header has `Case_ID`
    1 error; nothing was published
    "#);
}

#[test]
fn a_record_has_as_many_values_as_the_header() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,true,")]), @r#"
    error[data::field-count]: the record has 14 values, and the header names 15
      ┌─ data/connecticut-2016/cases.csv:2
      = help: a value that holds a comma must stand in quotes
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,,sex,hotel_motel,true,")]), @r#"
    error[data::field-count]: the record has 16 values, and the header names 15
      ┌─ data/connecticut-2016/cases.csv:2
      = help: a value that holds a comma must stand in quotes
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", r#""SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown"#)]), @r"
    error[data::not-csv]: a quote opens in this line and is never closed
      ┌─ data/connecticut-2016/signals.csv:2
      = help: close it, or write a quote within a value twice and put the value in quotes
    1 error; nothing was published
    ");
}

#[test]
fn faults_of_several_kinds_and_files_are_told_at_once() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tipp,sexx,hotel_motel,true,"), (SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2015-01-30,CT,CT,phone,true,true,friend_of_victim,unknown"), (LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,9001,-73.2,\n")]), @r#"
    error[data::outside-period]: the date lies outside the period 2016-01-01 to 2016-12-31
      ┌─ data/connecticut-2016/signals.csv:2, column `received_on`
    error[data::unknown-code]: `reason` takes no code `tipp`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: did you mean `tip`?
    error[data::unknown-code]: `trafficking_type` takes no code `sexx`
      ┌─ data/connecticut-2016/cases.csv:2, column `trafficking_type`
      = help: did you mean `sex`?
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: did you mean `09001` (Fairfield)? the leading zero is missing
    error[data::half-point]: a point needs both its coordinates, and one is empty
      ┌─ data/connecticut-2016/case_locations.csv:2, column `latitude`
    5 errors; nothing was published
    "#);
}

#[test]
fn a_record_that_could_not_be_read_leaves_no_reference_to_it_dangling() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,true,"), (LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,9001,,\n")]), @r#"
    error[data::field-count]: the record has 14 values, and the header names 15
      ┌─ data/connecticut-2016/cases.csv:2
      = help: a value that holds a comma must stand in quotes
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: did you mean `09001` (Fairfield)? the leading zero is missing
    2 errors; nothing was published
    "#);
}

#[test]
fn reference_figures_are_checked_too() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "signals,US,34068", "signal,US,34068")]), @r#"
    error[data::unknown-population]: no population is called `signal`
      ┌─ data/connecticut-2016/reference.csv:2, column `population`
      = help: did you mean `signals`?
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AKK,82")]), @r#"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `AKK`
      ┌─ data/connecticut-2016/reference.csv:3, column `jurisdiction`
      = help: did you mean `AK`?
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK,8a2")]), @r#"
    error[data::not-a-number]: the count is no whole number
      ┌─ data/connecticut-2016/reference.csv:3, column `count`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK,-82")]), @r#"
    error[data::not-a-number]: the count is no whole number
      ┌─ data/connecticut-2016/reference.csv:3, column `count`
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK,82\ncalls,AK,83")]), @r#"
    error[data::duplicate-figure]: the figure of this population and jurisdiction stands in an earlier line too
      ┌─ data/connecticut-2016/reference.csv:4
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "calls,AK,82", "calls,AK")]), @r#"
    error[data::field-count]: the record has 2 values, and the header names 3
      ┌─ data/connecticut-2016/reference.csv:3
      = help: a value that holds a comma must stand in quotes
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "population,jurisdiction,count", "population,jurisdiction,number")]), @r#"
    error[data::missing-column]: the header must be `population,jurisdiction,count`
      ┌─ data/connecticut-2016/reference.csv:1
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[(REFERENCE, "signals,US,34068\n", "")]), @r"
    error[spec::undefined-name]: `national.signals.text` has no value in this report
        ┌─ config/nhth-2016.yaml:412:7
    412 │       The following information is based on incoming communication with the National Human Trafficking
        │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: figures that the data do not cover are taken from the file of `reference`
    1 error; nothing was published
    ");
}

#[test]
fn boundaries_are_those_of_the_spec() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(SPEC, "vintage: 2016", "vintage: 2022")]), @r#"
    error[boundaries::wrong-vintage]: the boundaries are of 2016, and the spec asks for those of 2022
      ┌─ geodata/2016/index.json
      = help: the spec's `vintage` must be the year of the boundaries in its folder
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.refused(&[("geodata/2016/CT.geojson", r#""vintage":2016"#, r#""vintage":2022"#)]), @r#"
    error[boundaries::wrong-vintage]: the boundaries are of 2022, and the spec asks for those of 2016
      ┌─ geodata/2016/CT.geojson
      = help: the spec's `vintage` must be the year of the boundaries in its folder
    1 error; nothing was published
    "#);
}

#[test]
fn a_file_that_is_no_csv_in_utf8_is_refused() {
    let data = Bad::new();
    let signals = data.project.read(SIGNALS).into_bytes();
    insta::assert_snapshot!(data.says(SIGNALS, ""), @r"
    error[data::empty-file]: the file is empty
      ┌─ data/connecticut-2016/signals.csv
      = help: a source without records still has a header
    1 error; nothing was published
    ");
    let latin: Vec<u8> = signals.iter().enumerate().map(|(at, byte)| if at == 150 { 0xe9 } else { *byte }).collect();
    insta::assert_snapshot!(data.says(SIGNALS, latin), @r"
    error[data::not-utf8]: the record is not UTF-8, but probably Latin-1 (ISO 8859-1)
      ┌─ data/connecticut-2016/signals.csv:2
      = help: save the file as UTF-8
    1 error; nothing was published
    ");
    let utf16: Vec<u8> = data.project.read(SIGNALS).encode_utf16().flat_map(u16::to_le_bytes).collect();
    insta::assert_snapshot!(data.says(SIGNALS, [vec![0xff, 0xfe], utf16].concat()), @r#"
    error[data::not-utf8]: the file is UTF-16 (little endian), and not UTF-8
      ┌─ data/connecticut-2016/signals.csv
      = help: save it as CSV in UTF-8 (in Excel: "CSV UTF-8 (Comma delimited)", not "Unicode Text")
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(data.says(SIGNALS, data.project.read(SIGNALS).replace(',', ";")), @r"
    error[data::missing-column]: the header has semicolons between its names, and not commas
      ┌─ data/connecticut-2016/signals.csv:1
      = help: save the file with commas between its values
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says(REFERENCE, ""), @r"
    error[data::empty-file]: the file is empty
      ┌─ data/connecticut-2016/reference.csv
      = help: its header is `population,jurisdiction,count`
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says(REFERENCE, b"population,jurisdiction,count\nsignals,US,\xff\n"), @r"
    error[data::not-utf8]: the record is not UTF-8, but probably Latin-1 (ISO 8859-1)
      ┌─ data/connecticut-2016/reference.csv:2
      = help: save the file as UTF-8
    1 error; nothing was published
    ");
}

#[test]
fn a_file_that_is_not_there_is_refused_once_whatever_refers_to_it() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(SPEC, "connecticut-2016/cases.csv", "connecticut-2016/c-*.csv")]), @r"
    error[data::unreadable]: no file fits this pattern
      ┌─ data/connecticut-2016/c-*.csv
    1 error; nothing was published
    ");
}

/// The sample's signals, each with another value in the place of how the hotline was found.
fn found_by(data: &Bad, value: impl Fn(usize) -> String) -> String {
    let signals = data.project.read(SIGNALS);
    let lines = signals.lines().enumerate().map(|(number, line)| match line.rsplit_once(',') {
        Some((record, found)) if number > 0 && !found.is_empty() => format!("{record},{}\n", value(number)),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn values_that_repeat_are_told_once_with_their_number_and_first_line() {
    let data = Bad::new();
    let values = [" unknown", "web search", "unknown\u{200b}"];
    insta::assert_snapshot!(data.says(SIGNALS, found_by(&data, |number| values[number % 3].to_owned())), @r"
    error[data::unknown-code]: `how_found` takes no code `web search`: 83 times, first at line 2
      ┌─ data/connecticut-2016/signals.csv:2, column `how_found`
      = help: did you mean `web_search`?
    error[data::unknown-code]: `how_found` takes no code `unknown<U+200B>`: 82 times, first at line 3
      ┌─ data/connecticut-2016/signals.csv:3, column `how_found`
      = help: it ends with U+200B ZERO WIDTH SPACE: did you mean `unknown`?
    error[data::unknown-code]: `how_found` takes no code ` unknown`: 79 times, first at line 4
      ┌─ data/connecticut-2016/signals.csv:4, column `how_found`
      = help: it begins with U+0020 SPACE: did you mean `unknown`?
    3 errors; nothing was published
    ");
    // Dates are never told, so that those of one form read alike.
    let cases = data.project.read(CASES);
    let lines = cases.lines().enumerate().map(|(number, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if number > 0 {
            cells[2] = ["03/14/2016", "3/4/2016", "42443"][number % 3];
        }
        cells.join(",") + "\n"
    });
    insta::assert_snapshot!(data.says(CASES, lines.collect::<String>()), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a date with slashes, like 12/31/2016: 36 times, first at line 2
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    error[data::not-a-date]: the value is no date like 2016-12-31, but the serial number of a day, as spreadsheets keep dates (42735 is 2016-12-31): 18 times, first at line 3
      ┌─ data/connecticut-2016/cases.csv:3, column `opened_on`
    2 errors; nothing was published
    ");
}

#[test]
fn the_first_hundred_of_a_kind_are_shown_with_the_total() {
    let data = Bad::new();
    let says = data.says(SIGNALS, found_by(&data, |number| format!("way {}", number % 150)));
    assert_eq!(says.matches("`how_found` takes no code `").count(), 100);
    let signals = data.project.read(SIGNALS);
    let total = signals.lines().skip(1).filter(|line| !line.ends_with(',')).count();
    assert!(total > 150);
    let told = format!(
        "error[data::unknown-code]: {total} findings of this kind in all; the first 100 are shown\n\
         101 errors; nothing was published\n"
    );
    assert!(says.ends_with(&told), "{says}");
}

#[test]
fn codes_and_ids_are_equal_in_either_normalization_form_and_hold_nothing_unseen() {
    let data = Bad::new();
    let (composed, apart) = ("h\u{f4}tel_motel", "ho\u{302}tel_motel");
    let expected = data.project.text();
    let (spec, cases) = (data.project.read(SPEC), data.project.read(CASES));
    for (in_spec, in_data) in [(composed, apart), (apart, composed)] {
        data.project.write(SPEC, spec.replace("hotel_motel", in_spec));
        data.project.write(CASES, cases.replace("hotel_motel", in_data));
        assert_eq!(data.project.text(), expected);
    }
    data.project.write(SPEC, &spec);
    data.project.write(CASES, &cases);
    // An id, its reference, and the same id once more.
    let line = "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,";
    let with_id = |id: &str| line.replace("SYN-C-0037", id);
    insta::assert_snapshot!(data.refused(&[(CASES, line, &with_id("SYN-\u{c9}")), (CASES, "SYN-C-0585,", "SYN-E\u{301},"), (LOCATIONS, "SYN-C-0037,", "SYN-E\u{301},")]), @r"
    error[data::duplicate-id]: the id `SYN-É` stands in an earlier record too
      ┌─ data/connecticut-2016/cases.csv:3, column `case_id`
    1 error; nothing was published
    ");
    for (id, words) in [
        (" ", "the id is nothing but U+0020 SPACE"),
        ("\t\t", "the id is nothing but U+0009 CHARACTER TABULATION"),
        ("\u{200b}", "the id is nothing but U+200B ZERO WIDTH SPACE"),
        ("SYN-C-0585 ", "the id `SYN-C-0585 ` ends with U+0020 SPACE"),
        (" SYN-C-0585", "the id ` SYN-C-0585` begins with U+0020 SPACE"),
        ("SYN-C\u{200b}-0585", "the id `SYN-C<U+200B>-0585` holds U+200B ZERO WIDTH SPACE"),
        ("SYN-C-0585\u{feff}", "the id `SYN-C-0585<U+FEFF>` ends with U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("SYN-C-0585\u{a0}", "the id `SYN-C-0585<U+00A0>` ends with U+00A0 NO-BREAK SPACE"),
        ("SYN\u{2060}C", "the id `SYN<U+2060>C` holds U+2060 WORD JOINER"),
        ("\u{202e}SYN-C", "the id `<U+202E>SYN-C` begins with U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("SYN\u{1a}", "the id `SYN<U+001A>` ends with U+001A SUBSTITUTE"),
        ("SYN\u{e000}", "the id `SYN<U+E000>` ends with U+E000"),
    ] {
        let expected = format!(
            "error[data::unseen-character]: {words}\n  ┌─ {CASES}:2, column `case_id`\n  \
             = help: an eye cannot tell it from an id without this character: take it out\n\
             1 error; nothing was published\n"
        );
        assert_eq!(data.refused(&[(CASES, line, &with_id(id))]), expected, "{id:?}");
    }
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037 ,09001,,\n")]), @r"
    error[data::unseen-character]: the id `SYN-C-0037 ` ends with U+0020 SPACE
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
      = help: an eye cannot tell it from an id without this character: take it out
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, line, &line.replace(",tip,", ",tip\u{200b},").replace(",CT,", ",\u{feff}CT,"))]), @r"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `<U+FEFF>CT`
      ┌─ data/connecticut-2016/cases.csv:2, column `state`
      = help: it begins with U+FEFF ZERO WIDTH NO-BREAK SPACE: did you mean `CT`?
    error[data::unknown-code]: `reason` takes no code `tip<U+200B>`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: it ends with U+200B ZERO WIDTH SPACE: did you mean `tip`?
    2 errors; nothing was published
    ");
    insta::assert_snapshot!(data.refused(&[(SPEC, "{ code: tip,", "{ code: \"cr\u{e9}\", label: x }\n    - { code: \"cre\u{301}\", label: y }\n    - { code: tip,")]), @r#"
    error[spec::duplicate-code]: the code `cré` stands here a second time
        ┌─ config/nhth-2016.yaml:178:15
    178 │     - { code: "cré", label: y }
        │               ^^^^^
    1 error; nothing was published
    "#);
}

#[test]
fn dates_of_other_forms_are_told_by_their_form_and_not_by_their_day() {
    let data = Bad::new();
    let line = "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,";
    for (date, form) in [
        ("03/14/2016", ", but a date with slashes, like 12/31/2016"),
        ("42443", ", but the serial number of a day, as spreadsheets keep dates (42735 is 2016-12-31)"),
        ("2016-03-14 00:00:00", ", but a date with a time of day, like 2016-12-31 00:00:00"),
        ("yesterday", ""),
    ] {
        let expected = format!(
            "error[data::not-a-date]: the value is no date like 2016-12-31{form}\n  ┌─ {CASES}:2, column `opened_on`\n\
             1 error; nothing was published\n"
        );
        assert_eq!(data.refused(&[(CASES, line, &line.replace("2016-09-02", date))]), expected, "{date}");
    }
}

#[test]
fn a_file_of_another_kind_is_told_by_what_it_is() {
    let data = Bad::new();
    let csv = data.project.read(SIGNALS);
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, bytes).unwrap();
        packed.finish().unwrap()
    };
    let zip = |name: &str| {
        [b"PK\x03\x04\x14\0\x06\0\x08\0".as_slice(), &[0; 16], &[name.len() as u8, 0, 0, 0], name.as_bytes()].concat()
    };
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (content, code, words) in [
        (zip("[Content_Types].xml"), "other-format", "the file is an Excel workbook (.xlsx), and CSV is needed"),
        (
            zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
            "other-format",
            "the file is an OpenDocument spreadsheet (.ods), and CSV is needed",
        ),
        (zip("signals.csv"), "other-format", "the file is a ZIP archive, and CSV is needed"),
        (gzip(csv.as_bytes()), "other-format", "the file is compressed by gzip, and CSV is needed"),
        (
            zstd::bulk::compress(csv.as_bytes(), 1).unwrap(),
            "other-format",
            "the file is compressed by Zstandard, and CSV is needed",
        ),
        (b"PAR1\x15\0".to_vec(), "other-format", "the file is Parquet, and CSV is needed"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            "other-format",
            "the file is an old or a protected Office file (as .xls, or .xlsx with a password), and CSV is needed",
        ),
        (
            b"<html><table><tr><td>signal_id".to_vec(),
            "other-format",
            "the file is a page of HTML or XML, and CSV is needed",
        ),
        (utf16(&csv), "not-utf8", "the file is UTF-16 (little endian), and not UTF-8"),
        (
            utf16(&format!("\u{feff}{}", csv.replace(',', "\t"))),
            "not-utf8",
            "the file is UTF-16 (little endian), and not UTF-8, with tabs and not commas between its values",
        ),
        (
            format!("\u{feff}{}", csv.replace(',', ";")).encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "not-utf8",
            "the file is UTF-16 (big endian), and not UTF-8, with semicolons and not commas between its values",
        ),
    ] {
        let says = data.says(SIGNALS, content);
        assert!(
            says.starts_with(&format!("error[data::{code}]: {words}\n  ┌─ {SIGNALS}\n  = help: ")),
            "{words}: {says}"
        );
        assert!(says.ends_with("1 error; nothing was published\n"), "{says}");
    }
    insta::assert_snapshot!(data.says(SIGNALS, csv.replace(',', "\t")), @r"
    error[data::missing-column]: the header has tabs between its names, and not commas
      ┌─ data/connecticut-2016/signals.csv:1
      = help: save the file with commas between its values
    1 error; nothing was published
    ");
    let mut latin = csv.replace(',', ";").into_bytes();
    latin[150] = 0xe9;
    insta::assert_snapshot!(data.says(SIGNALS, latin), @r"
    error[data::missing-column]: the header has semicolons between its names, and not commas
      ┌─ data/connecticut-2016/signals.csv:1
      = help: save the file with commas between its values
    error[data::not-utf8]: the record is not UTF-8, but probably Latin-1 (ISO 8859-1)
      ┌─ data/connecticut-2016/signals.csv:2
      = help: save the file as UTF-8
    2 errors; nothing was published
    ");
    let mut windows: Vec<u8> = csv.into_bytes();
    (150..2000).step_by(100).for_each(|at| windows[at] = 0x96);
    insta::assert_snapshot!(data.says(SIGNALS, windows), @r"
    error[data::not-utf8]: the record is not UTF-8, but probably Windows-1252: 19 times, first at line 2
      ┌─ data/connecticut-2016/signals.csv:2
      = help: save the file as UTF-8
    1 error; nothing was published
    ");
}

#[test]
fn compressed_text_is_read_and_told_where_it_is_none_or_cut_off() {
    let project = Project::new();
    let expected = project.text();
    let csv = project.read(SIGNALS);
    let packed = zstd::bulk::compress(csv.as_bytes(), 3).unwrap();
    project.edit(SPEC, &format!("file: {SIGNALS}"), "file: data/signals.csv.zst");
    project.write("data/signals.csv.zst", &packed);
    assert_eq!(project.text(), expected);
    project.write("data/signals.csv.zst", &packed[..packed.len() - 200]);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unreadable]: cannot read on: it was cut off or damaged, and cannot be unpacked
      ┌─ data/signals.csv.zst:1
    1 error; nothing was published
    ");
    project.write("data/signals.csv.zst", &csv);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::other-format]: the name of the file ends as if it were compressed by Zstandard, and it is not
      ┌─ data/signals.csv.zst
      = help: give it the name of what it is
    1 error; nothing was published
    ");
    // A window of 128 MiB, of which the first block is nothing.
    project.write("data/signals.csv.zst", [0x28, 0xb5, 0x2f, 0xfd, 0x00, 17 << 3, 1, 0, 0]);
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::unreadable]: cannot read on: it looks back over more than 64 MiB: compress it without `--long`
      ┌─ data/signals.csv.zst:1
    1 error; nothing was published
    ");
}

#[test]
fn a_point_in_no_county_is_told_without_its_coordinates() {
    let data = Bad::new();
    for file in fs::read_dir(crate::support::repository().join("geodata/2016")).unwrap() {
        data.project.add(&format!("geodata/2016/{}", file.unwrap().file_name().to_string_lossy()));
    }
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,12.5,41.9\n")]), @r"
    error[data::point-nowhere]: 1 of 55 locations lies in no county of the boundaries
      ┌─ data/connecticut-2016/case_locations.csv:2
      = help: correct it, or give its GEOID; or write `outside: count` in the map `locations`, which leaves such locations off the map
    1 error; nothing was published
    ");
}

/// Puts a marker into every cell of a column and returns all that `check` and `build` print.
fn told(project: &Project, file: &str, column: usize, marker: &str) -> String {
    let sound = project.read(file);
    let lines = sound.lines().enumerate().map(|(number, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if number > 0 {
            cells[column] = marker;
        }
        cells.join(",") + "\n"
    });
    project.write(file, lines.collect::<String>());
    let mut told = String::new();
    for arguments in [&["check", SPEC][..], &["check", SPEC, "--json"], &["build", SPEC, "--text"]] {
        let output = project.platen(arguments);
        assert_eq!(output.status.code(), Some(1), "{file}, column {column}");
        told += &String::from_utf8_lossy(&output.stdout);
        told += &String::from_utf8_lossy(&output.stderr);
    }
    project.write(file, sound);
    told
}

#[test]
fn of_a_record_nothing_is_told_but_its_codes_and_its_id() {
    let project = Project::new();
    let may_be_told = [
        "signal_id",
        "case_id",
        "state",
        "caller_state",
        "channel",
        "caller_type",
        "how_found",
        "reason",
        "trafficking_type",
        "venue",
    ];
    for file in [SIGNALS, CASES, LOCATIONS] {
        let header = project.read(file).lines().next().unwrap_or_default().to_owned();
        for (column, name) in header.split(',').enumerate().filter(|(_, name)| !may_be_told.contains(name)) {
            for marker in ["Xq7Marker", "1234567.891", "\"Xq7\nMarker\"", "1987-06-05"] {
                let told = told(&project, file, column, marker);
                let found = ["Xq7", "Marker", "1234567", "1987"].iter().find(|part| told.contains(**part));
                assert_eq!(found, None, "{file}, `{name}`: {told}");
            }
        }
    }
}

#[test]
fn odd_but_sound_csv_reads_as_the_ordinary_one() {
    let project = Project::new();
    let expected = project.text();
    let signals = project.read(SIGNALS);
    let again = |what: &str, text: String| {
        project.write(SIGNALS, text);
        assert_eq!(project.text(), expected, "{what}");
    };
    again("a byte order mark", format!("\u{feff}{signals}"));
    again("CRLF", signals.replace('\n', "\r\n"));
    again("no last line end", signals.trim_end().to_owned());
    again("an empty line at the end", format!("{signals}\n"));
    let quoted = signals.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\",\"")));
    again("quotes around all", quoted.collect());
    let noted = signals.lines().enumerate().map(|(number, line)| match number {
        0 => format!("note,{line},more\n"),
        _ => format!("\"a, \"\"note\"\"\nover lines\",{line},Ünïcödé 😀\n"),
    });
    again("further columns, with line breaks in them", noted.collect());
    let reversed = signals.lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n");
    again("columns in another order", reversed.collect());
    let mut records: Vec<&str> = signals.lines().skip(1).collect();
    records.reverse();
    let header = signals.lines().next().unwrap_or_default();
    again("records in another order", format!("{header}\n{}\n", records.join("\n")));
}

#[test]
fn several_files_of_a_pattern_read_as_one() {
    let project = Project::new();
    let expected = project.text();
    let signals = project.read(SIGNALS);
    let (header, records) = signals.split_once('\n').unwrap();
    let records: Vec<&str> = records.lines().collect();
    for (number, part) in records.chunks(records.len() / 3).enumerate() {
        project.write(&format!("data/signals-{number}.csv"), format!("{header}\n{}\n", part.join("\n")));
    }
    fs::create_dir(project.path("data/signals-folder.csv")).unwrap();
    project.edit(SPEC, "data/connecticut-2016/signals.csv", "data/signals-*.csv");
    assert_eq!(project.text(), expected);
    // An id is unique over all files.
    project.write("data/signals-9.csv", format!("{header}\n{}\n", records[0]));
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[data::duplicate-id]: the id `SYN-S-000012` stands in an earlier record too
      ┌─ data/signals-9.csv:2, column `signal_id`
    1 error; nothing was published
    ");
}

/// How a column of the sample is written to Parquet.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Boolean,
    Date,
    Double,
    Whole,
}

/// Writes a CSV of the sample as Parquet; an empty value becomes a null.
fn write_parquet(project: &Project, csv: &str, to: &str, kind: impl Fn(&str) -> Kind) {
    let text = project.read(csv);
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let declare = |name: &&str| match kind(name) {
        Kind::Text => format!("optional binary {name} (UTF8);"),
        Kind::Boolean => format!("optional boolean {name};"),
        Kind::Date => format!("optional int32 {name} (DATE);"),
        Kind::Double => format!("optional double {name};"),
        Kind::Whole => format!("optional int32 {name};"),
    };
    let schema = format!("message record {{ {} }}", header.iter().map(declare).collect::<String>());
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let file = File::create(project.path(to)).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    // Two row groups, so that readers have to go on.
    for part in rows.chunks(rows.len().div_ceil(2)) {
        let mut group = writer.next_row_group().unwrap();
        for (at, name) in header.iter().enumerate() {
            let cells: Vec<&str> = part.iter().map(|row| row[at]).filter(|cell| !cell.is_empty()).collect();
            let levels: Vec<i16> = part.iter().map(|row| i16::from(!row[at].is_empty())).collect();
            let levels = Some(levels.as_slice());
            let mut column = group.next_column().unwrap().unwrap();
            match kind(name) {
                Kind::Text => {
                    let values: Vec<ByteArray> = cells.iter().map(|cell| ByteArray::from(*cell)).collect();
                    column.typed::<ByteArrayType>().write_batch(&values, levels, None).unwrap();
                }
                Kind::Boolean => {
                    let values: Vec<bool> = cells.iter().map(|cell| *cell == "true").collect();
                    column.typed::<BoolType>().write_batch(&values, levels, None).unwrap();
                }
                Kind::Date => {
                    let epoch = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
                    let day = |cell: &&str| (cell.parse::<chrono::NaiveDate>().unwrap() - epoch).num_days() as i32;
                    let values: Vec<i32> = cells.iter().map(day).collect();
                    column.typed::<Int32Type>().write_batch(&values, levels, None).unwrap();
                }
                Kind::Double => {
                    let values: Vec<f64> = cells.iter().map(|cell| cell.parse().unwrap()).collect();
                    column.typed::<DoubleType>().write_batch(&values, levels, None).unwrap();
                }
                Kind::Whole => {
                    let values: Vec<i32> = vec![1; cells.len()];
                    column.typed::<Int32Type>().write_batch(&values, levels, None).unwrap();
                }
            }
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
}

/// The natural kind of a column of the sample.
fn natural(name: &str) -> Kind {
    match name {
        "received_on" | "opened_on" => Kind::Date,
        "longitude" | "latitude" => Kind::Double,
        "related"
        | "substantive"
        | "adults"
        | "minors"
        | "females"
        | "males"
        | "transgender_females"
        | "transgender_males"
        | "gender_nonconforming"
        | "us_citizens_lprs"
        | "foreign_nationals" => Kind::Boolean,
        _ => Kind::Text,
    }
}

/// A project whose sources are Parquet files.
fn parquet_project() -> Project {
    let project = Project::new();
    for (csv, name) in [(SIGNALS, "signals"), (CASES, "cases"), (LOCATIONS, "case_locations")] {
        let parquet = format!("data/{name}.parquet");
        write_parquet(&project, csv, &parquet, natural);
        project.edit(SPEC, &format!("file: {csv}"), &format!("file: {parquet}"));
    }
    project
}

#[test]
fn the_sample_as_parquet_gives_the_same_report() {
    let expected = Project::new().text();
    let project = parquet_project();
    assert_eq!(project.text(), expected);
    // All columns may be texts, as a table written from CSV has them.
    write_parquet(&project, CASES, "data/cases.parquet", |_| Kind::Text);
    assert_eq!(project.text(), expected);
}

#[test]
fn parquet_columns_of_wrong_types_are_refused() {
    let project = parquet_project();
    let first = |says: String| says.lines().take(3).collect::<Vec<_>>().join("\n");
    let with = |wrong: &'static str, kind: Kind| {
        write_parquet(&project, CASES, "data/cases.parquet", |name| if name == wrong { kind } else { natural(name) });
        first(project.refuses(&["check", SPEC]))
    };
    insta::assert_snapshot!(with("adults", Kind::Whole), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `adults`
      = help: write `true` or `false`, without spaces around
    ");
    insta::assert_snapshot!(with("reason", Kind::Whole), @r"
    error[data::wrong-type]: a code is a text: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `reason`
    1 error; nothing was published
    ");
    insta::assert_snapshot!(with("case_id", Kind::Whole), @r"
    error[data::wrong-type]: an id is a text: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `case_id`
    error[data::unknown-reference]: `cases` has no record with the id `SYN-C-0037`
    ");
    insta::assert_snapshot!(with("opened_on", Kind::Whole), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a number: 54 times, first at row 1
      ┌─ data/cases.parquet:1, column `opened_on`
    1 error; nothing was published
    ");
}

#[test]
fn a_parquet_file_that_is_cut_off_or_none_at_all_is_refused() {
    let project = parquet_project();
    let whole = fs::read(project.path("data/cases.parquet")).unwrap();
    let says = "error[data::not-parquet]: the file cannot be read as Parquet\n  ┌─ data/cases.parquet\n  \
                = help: it is another kind of file, or was cut off: write it again\n\
                1 error; nothing was published\n";
    let csv = project.read(CASES).into_bytes();
    for content in [&whole[..whole.len() / 2], &whole[..whole.len() - 1], &whole[100..], b"", b"PAR1", &csv] {
        project.write("data/cases.parquet", content);
        assert_eq!(project.refuses(&["check", SPEC]), says, "{} bytes", content.len());
    }
}

#[test]
fn a_damaged_parquet_file_is_refused_or_read_but_nothing_panics() {
    let project = parquet_project();
    let whole = fs::read(project.path("data/case_locations.parquet")).unwrap();
    // The library panics on some damage of the footer; that is where most places are tried.
    let footer = whole.len().saturating_sub(1000);
    for at in (0..footer).step_by(150).chain((footer..whole.len()).step_by(20)).chain(1870..1890) {
        for change in [0x01, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] ^= change;
            project.write("data/case_locations.parquet", &damaged);
            let output = project.platen(&["check", SPEC]);
            let says = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)) && !says.contains("panicked"), "byte {at}: {says}");
        }
    }
}

#[test]
fn boundary_files_that_are_broken_missing_or_of_another_state_are_refused() {
    let data = Bad::new();
    let file = "geodata/2016/CT.geojson";
    let sound = data.project.read(file);
    insta::assert_snapshot!(data.says(file, &sound[..5000]), @r"
    error[boundaries::not-geojson]: the file is broken: it ends too early
      ┌─ geodata/2016/CT.geojson:7
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says(file, sound.replacen("\"features\":[", "\"features\":[,", 1)), @r"
    error[boundaries::not-geojson]: the file is broken: expected value
      ┌─ geodata/2016/CT.geojson:6
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says(file, sound.replacen("\"GEOID\":\"09001\"", "\"GEOID\":\"36001\"", 1)), @r"
    error[boundaries::other-state]: county 36001 does not belong to state 09
      ┌─ geodata/2016/CT.geojson:7
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says(file, b"\xff\xfe"), @r"
    error[boundaries::not-utf8]: the file is UTF-16, not UTF-8
      ┌─ geodata/2016/CT.geojson
      = help: save the file as UTF-8
    1 error; nothing was published
    ");
    let other = fs::read(crate::support::repository().join("geodata/2016/RI.geojson")).unwrap();
    insta::assert_snapshot!(data.says(file, other), @r"
    error[boundaries::other-jurisdiction]: the file holds the counties of `RI`, and its name says `CT`
      ┌─ geodata/2016/CT.geojson
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says("geodata/2016/index.json", "{\"vintage\": 2016,\n\"jurisdictions\": ["), @r"
    error[boundaries::not-geojson]: the file is broken: it has not the form of boundaries
      ┌─ geodata/2016/index.json:2
    1 error; nothing was published
    ");
    insta::assert_snapshot!(data.says("geodata/2016/index.json", "{\"vintage\": 2016, \"jurisdictions\": {}}"), @r"
    error[boundaries::no-counties]: the collection holds no county
      ┌─ geodata/2016/index.json
    1 error; nothing was published
    ");
    fs::remove_file(data.project.path(file)).unwrap();
    insta::assert_snapshot!(data.project.refuses(&["check", SPEC]), @r"
    error[boundaries::unreadable]: cannot read the boundaries: no such file or folder
      ┌─ geodata/2016/CT.geojson
    1 error; nothing was published
    ");
}

#[test]
fn a_font_or_layout_that_cannot_be_used_is_refused_with_its_file_and_line() {
    let project = Project::new();
    let font = "fonts/source-sans-3/SourceSans3-SemiBold.ttf";
    let sound = fs::read(project.path(font)).unwrap();
    project.write(font, "no font");
    insta::assert_snapshot!(build_refused(&project), @r"
    error[typeset::bad-font]: the file is no font
      ┌─ fonts/source-sans-3/SourceSans3-SemiBold.ttf
    1 error; nothing was published
    ");
    project.write(font, sound);
    let main = "layouts/nhth-2016/main.typ";
    let sound = project.read(main);
    let broken = |start: &str| {
        project.write(main, format!("{start}\n{sound}"));
        build_refused(&project)
    };
    insta::assert_snapshot!(broken("\n#let x = (\n#let y = )"), @r"
    error[typeset::layout]: the character `#` is not valid in code
      ┌─ layouts/nhth-2016/main.typ:3
      = help: you are already in code mode; try removing the `#`
    error[typeset::layout]: expected expression
      ┌─ layouts/nhth-2016/main.typ:3
    2 errors; nothing was published
    ");
    insta::assert_snapshot!(broken("#let x = unknown"), @r"
    error[typeset::layout]: unknown variable: unknown
      ┌─ layouts/nhth-2016/main.typ:1
    1 error; nothing was published
    ");
    insta::assert_snapshot!(broken("#let x = read(\"/etc/passwd\")"), @r"
    error[typeset::layout]: file not found (searched at /etc/passwd)
      ┌─ layouts/nhth-2016/main.typ:1
    1 error; nothing was published
    ");
    insta::assert_snapshot!(broken("#import \"@preview/cetz:0.3.0\": canvas"), @r"
    error[typeset::layout]: failed to load file (access denied)
      ┌─ layouts/nhth-2016/main.typ:1
    1 error; nothing was published
    ");
    fs::remove_file(project.path(main)).unwrap();
    insta::assert_snapshot!(build_refused(&project), @r"
    error[typeset::no-layout]: the layout has no `main.typ`
      ┌─ layouts/nhth-2016
    1 error; nothing was published
    ");
}

#[test]
fn a_character_that_no_font_has_is_told_where_it_is_written() {
    let data = Bad::new();
    let built = |from: &str, to: &str| {
        let sound = data.project.read(SPEC);
        data.project.edit(SPEC, from, to);
        let says = build_refused(&data.project);
        data.project.write(SPEC, sound);
        says
    };
    insta::assert_snapshot!(built("label: \"Report a Trafficking Tip\"", "label: \"Report 😀 Tip\""), @r#"
    error[typeset::missing-character]: no font of the edition has the character `😀` (U+1F600), which stands in `Report 😀 Tip`
        ┌─ config/nhth-2016.yaml:177:35
    177 │     - { code: tip, label: "Report 😀 Tip" }
        │                                   ^^
        = help: add a font that has it to the folder of `fonts`, and name it in the layout
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(built("- heading: SUBSTANTIVE CALL DATA", "- heading: SUBSTANTIVE 電話 DATA"), @r"
    error[typeset::missing-character]: no font of the edition has the character `電` (U+96FB), which stands in `SUBSTANTIVE 電話 DATA`
        ┌─ config/nhth-2016.yaml:420:26
    420 │   - heading: SUBSTANTIVE 電話 DATA
        │                          ^^
        = help: add a font that has it to the folder of `fonts`, and name it in the layout
    error[typeset::missing-character]: no font of the edition has the character `話` (U+8A71), which stands in `SUBSTANTIVE 電話 DATA`
        ┌─ config/nhth-2016.yaml:420:27
    420 │   - heading: SUBSTANTIVE 電話 DATA
        │                            ^^
        = help: add a font that has it to the folder of `fonts`, and name it in the layout
    2 errors; nothing was published
    ");
    insta::assert_snapshot!(built("legend: Cases by {{ map.areas.one }}", "legend: 電話"), @r"
    error[map::missing-character]: the map's font has no character `電` (U+96FB), which stands in `電話`
        ┌─ config/nhth-2016.yaml:358:13
    358 │     legend: 電話
        │             ^^
    1 error; nothing was published
    ");
}

/// Reads every file of the output by its path.
fn output(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["pdf", "tables", "maps"] {
        for entry in fs::read_dir(project.path("out").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            files.insert(path.to_string_lossy().into_owned(), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn output_that_stands_there_stays_whole_when_a_build_fails() {
    let project = Project::new();
    project.pdf();
    let before = output(&project);
    assert_eq!(before.len(), 3);
    let cases = project.read(CASES);
    project.write(CASES, cases.replace("hotel_motel", "hotel"));
    build_refused(&project);
    assert_eq!(output(&project), before);
    project.write(CASES, cases);
    project.edit("layouts/nhth-2016/main.typ", "#import \"page.typ\"", "#panic()\n#import \"page.typ\"");
    build_refused(&project);
    assert_eq!(output(&project), before);
}

#[test]
fn a_place_that_cannot_be_written_to_is_refused_and_nothing_is_half_published() {
    let project = Project::new();
    project.write("out", "a file");
    insta::assert_snapshot!(build_refused(&project), @r"
    error[publish::unwritable]: cannot write the file: a file stands where a folder is needed
      ┌─ out/pdf/Connecticut-2016.pdf
    1 error; nothing was published
    ");
    fs::remove_file(project.path("out")).unwrap();
    // The last file of a report cannot take its place: the first ones must not have taken theirs.
    fs::create_dir_all(project.path("out/maps/Connecticut-2016.png")).unwrap();
    insta::assert_snapshot!(build_refused(&project), @r"
    error[publish::unwritable]: cannot write the file: it is a folder
      ┌─ out/maps/Connecticut-2016.png
    1 error; nothing was published
    ");
    let left = fs::read_dir(project.path("out/pdf")).unwrap().count();
    assert_eq!(left, 0, "no temporary file is left either");
}
