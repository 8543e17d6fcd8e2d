//! Bad case data, boundaries, fonts and layouts: every class of fault, with the text that the user sees; and data
//! that look odd but are sound.

mod files;
mod findings;
mod names;
mod publishing;

use std::collections::BTreeMap;

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

#[test]
fn a_code_that_its_list_does_not_hold_is_refused_with_the_nearest_one() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tipp,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `reason` takes no code `tipp`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: did you mean `tip`?
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,Tip,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `reason` takes no code `Tip`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
      = help: did you mean `tip`?
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,something_else,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `reason` takes no code `something_else`
      ┌─ data/connecticut-2016/cases.csv:2, column `reason`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2016-01-30,CT,CT,fax,true,true,friend_of_victim,unknown")]), @r#"
    error[data::unknown-code]: `channel` takes no code `fax`
      ┌─ data/connecticut-2016/signals.csv:2, column `channel`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CX,2016-09-02,tip,sex,hotel_motel,true,")]), @r#"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `CX`
      ┌─ data/connecticut-2016/cases.csv:2, column `state`
      = help: did you mean `CA`?
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2016-01-30,CT,Connecticut,phone,true,true,friend_of_victim,unknown")]), @r#"
    error[data::unknown-jurisdiction]: no jurisdiction has the code `Connecticut`
      ┌─ data/connecticut-2016/signals.csv:2, column `caller_state`
    1 error
    "#);
}

#[test]
fn a_code_of_another_parent_is_refused_and_one_of_an_unknown_parent_is_not_judged() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,labor,hotel_motel,true,")]), @r#"
    error[data::wrong-parent]: the code `hotel_motel` does not belong to the record's `trafficking_type`
      ┌─ data/connecticut-2016/cases.csv:2, column `venue`
      = help: it belongs to `sex`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sexx,hotel_motel,true,")]), @r#"
    error[data::unknown-code]: `trafficking_type` takes no code `sexx`
      ┌─ data/connecticut-2016/cases.csv:2, column `trafficking_type`
      = help: did you mean `sex`?
    1 error
    "#);
}

#[test]
fn a_value_that_is_needed_and_empty_is_refused() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,,tip,sex,hotel_motel,true,")]), @r#"
    error[data::missing-value]: the value is empty, and this record needs one
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", ",CT,2016-09-02,tip,sex,hotel_motel,true,")]), @r#"
    error[data::missing-value]: the value is empty, and this record needs one
      ┌─ data/connecticut-2016/cases.csv:2, column `case_id`
    error[data::unknown-reference]: `cases` has no record with the id `SYN-C-0037`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
    2 errors
    "#);
    insta::assert_snapshot!(data.refused(&[(SIGNALS, "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown", "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,,unknown")]), @r#"
    error[data::missing-value]: the value is empty, and this record needs one
      ┌─ data/connecticut-2016/signals.csv:2, column `caller_type`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex_and_labor,,true,"), (SPEC, "parent: trafficking_type, optional: true", "parent: trafficking_type")]), @r"
    error[data::missing-value]: the value is empty, and this record needs one: 7 times, first at line 2
      ┌─ data/connecticut-2016/cases.csv:2, column `venue`
    1 error
    ");
}

#[test]
fn ids_are_unique_and_references_find_theirs() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0585,", "SYN-C-0037,")]), @r#"
    error[data::duplicate-id]: the id `SYN-C-0037` stands in an earlier record too
      ┌─ data/connecticut-2016/cases.csv:3, column `case_id`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-9999,09001,,\n")]), @r#"
    error[data::unknown-reference]: `cases` has no record with the id `SYN-C-9999`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `case_id`
    1 error
    "#);
}

#[test]
fn dates_have_one_form_and_lie_in_the_period() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,9/2/2016,tip,sex,hotel_motel,true,")]), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a date with slashes, like 12/31/2016
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-9-2,tip,sex,hotel_motel,true,")]), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a date without leading zeros, like 2016-1-5
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-02-30,tip,sex,hotel_motel,true,")]), @r"
    error[data::not-a-date]: the value is no date like 2016-12-31, but a day that no calendar has
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2017-01-01,tip,sex,hotel_motel,true,")]), @r#"
    error[data::outside-period]: the date lies outside the period 2016-01-01 to 2016-12-31
      ┌─ data/connecticut-2016/cases.csv:2, column `opened_on`
    1 error
    "#);
}

#[test]
fn booleans_are_true_or_false() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,T,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,1,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,yes,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error
    ");
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel, true,")]), @r"
    error[data::not-a-boolean]: the value is neither `true` nor `false`
      ┌─ data/connecticut-2016/cases.csv:2, column `adults`
      = help: write `true` or `false`, without spaces around
    1 error
    ");
}

#[test]
fn counties_are_those_of_the_vintage() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,9001,,\n")]), @r#"
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: did you mean `09001` (Fairfield)? the leading zero is missing
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,09110,,\n")]), @r#"
    error[data::unknown-county]: the boundaries of 2016 have no county `09110`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: `09110` is a planning region of Connecticut, from boundaries of 2022 or later; those of 2016 have counties 09001 to 09015
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,99999,,\n")]), @r#"
    error[data::unknown-county]: the boundaries of 2016 have no county `99999`
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,Fairfield,,\n")]), @r#"
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: a GEOID is a text of five digits, and keeps its leading zero
    1 error
    "#);
}

#[test]
fn points_are_whole_and_in_degrees() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,-200.5,41.2\n")]), @r#"
    error[data::not-a-coordinate]: the value is no number of degrees from −180 to 180
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,\"-73,2\",41.2\n")]), @r#"
    error[data::not-a-coordinate]: the value is no number of degrees from −180 to 180
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,NaN,41.2\n")]), @r#"
    error[data::not-a-coordinate]: the value is no number of degrees from −180 to 180
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
      = help: a value that is not there is left empty, without a word for it
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,-73.2,\n")]), @r#"
    error[data::half-point]: a point needs both its coordinates, and one is empty
      ┌─ data/connecticut-2016/case_locations.csv:2, column `latitude`
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,,41.2\n")]), @r#"
    error[data::half-point]: a point needs both its coordinates, and one is empty
      ┌─ data/connecticut-2016/case_locations.csv:2, column `longitude`
    1 error
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
        ("0000-12-31", ", but a day that no calendar has"),
        ("yesterday", ""),
    ] {
        let expected = format!(
            "error[data::not-a-date]: the value is no date like 2016-12-31{form}\n  ┌─ {CASES}:2, column `opened_on`\n\
             1 error\n"
        );
        assert_eq!(data.refused(&[(CASES, line, &line.replace("2016-09-02", date))]), expected, "{date}");
    }
}
