//! What is told of faulty records: once, all at once, and nothing of their content.

use crate::support::Project;

use super::{Bad, CASES, LOCATIONS, SIGNALS, SPEC};

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
    5 errors
    "#);
}

#[test]
fn a_record_that_could_not_be_read_leaves_no_reference_to_it_dangling() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(CASES, "SYN-C-0037,CT,2016-09-02,tip,sex,hotel_motel,true,", "SYN-C-0037,CT,2016-09-02,tip,sex,true,"), (LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,9001,,\n")]), @r#"
    error[data::field-count]: the record has 14 values, and the header names 15
      ┌─ data/connecticut-2016/cases.csv:2
      = help: a record has as many commas as the header, those of empty values too; what is no record is taken out
    error[data::not-a-county]: the value is no county GEOID
      ┌─ data/connecticut-2016/case_locations.csv:2, column `county_geoid`
      = help: did you mean `09001` (Fairfield)? the leading zero is missing
    2 errors
    "#);
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
    3 errors
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
    2 errors
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
         101 errors\n"
    );
    assert!(says.ends_with(&told), "{says}");
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
fn a_word_for_a_value_that_is_not_there_is_told_as_such() {
    let data = Bad::new();
    let line = "SYN-S-000012,2016-01-30,CT,CT,phone,true,true,friend_of_victim,unknown";
    for word in ["NULL", "None", "nil", "NA", "n/a", "#N/A", "<NA>", "NaN", "NaT", "\\N"] {
        for (column, message) in [
            ("received_on", "error[data::not-a-date]: the value is no date like 2016-12-31".to_owned()),
            ("state", format!("error[data::unknown-jurisdiction]: no jurisdiction has the code `{word}`")),
            ("channel", format!("error[data::unknown-code]: `channel` takes no code `{word}`")),
            ("related", "error[data::not-a-boolean]: the value is neither `true` nor `false`".to_owned()),
        ] {
            let at =
                ["signal_id", "received_on", "state", "", "channel", "related"].iter().position(|name| *name == column);
            let mut cells: Vec<&str> = line.split(',').collect();
            cells[at.unwrap()] = word;
            let expected = format!(
                "{message}\n  ┌─ {SIGNALS}:2, column `{column}`\n  \
                 = help: a value that is not there is left empty, without a word for it\n\
                 1 error\n"
            );
            assert_eq!(data.refused(&[(SIGNALS, line, &cells.join(","))]), expected, "{word}");
        }
    }
}
