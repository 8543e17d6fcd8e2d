//! Bad report specs: every class of fault, with the text that its author sees.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";

/// A project whose spec is spoiled again and again.
struct Bad {
    project: Project,
    sound: String,
}

impl Bad {
    fn new() -> Self {
        let project = Project::new();
        let sound = project.read(SPEC);
        Self { project, sound }
    }

    /// Replaces words of the sound spec, and returns what a check of it says.
    fn refused(&self, edits: &[(&str, &str)]) -> String {
        self.project.write(SPEC, &self.sound);
        for (from, to) in edits {
            self.project.edit(SPEC, from, to);
        }
        self.project.refuses(&["check", SPEC])
    }

    /// Returns what a check of this text says.
    fn says(&self, text: impl AsRef<[u8]>) -> String {
        self.project.write(SPEC, text);
        self.project.refuses(&["check", SPEC])
    }
}

#[test]
fn a_key_that_a_spec_does_not_know_is_refused_with_the_nearest_one() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "pubisher: National")]), @r#"
    error[spec::unknown-key]: the report spec takes no key `pubisher`
      ┌─ config/nhth-2016.yaml:8:1
    8 │ pubisher: National Human Trafficking Hotline
      │ ^^^^^^^^
      = help: did you mean `publisher`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("AL: { name: Alabama, ranked", "AL: { name: Alabama, rankd")]), @r#"
    error[spec::unknown-key]: `AL` takes no key `rankd`
       ┌─ config/nhth-2016.yaml:30:24
    30 │   AL: { name: Alabama, rankd: true, fips: "01" }
       │                        ^^^^^
       = help: did you mean `ranked`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, equals: phone }")]), @"
    error[spec::unknown-key]: `where` takes no key `equals`
        ┌─ config/nhth-2016.yaml:275:48
    275 │     - { of: signals, where: { column: channel, equals: phone }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                ^^^^^^
        = help: its keys are `column`, `is`, `in`, `from`, `to`, `empty`, `all`, `any`, `not`
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "1: c\npublisher: National")]), @r#"
    error[spec::unknown-key]: the report spec takes no key `1`
      ┌─ config/nhth-2016.yaml:8:1
    8 │ 1: c
      │ ^
    1 error
    "#);
}

#[test]
fn a_missing_key_is_told_at_the_mapping_that_needs_it() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("data_date: 2017-03-08\n", "")]), @r#"
    error[spec::missing-key]: the report spec has no key `data_date`
      ┌─ config/nhth-2016.yaml
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("  prose: fewer than {{ threshold.in_words }}\n", "")]), @r#"
    error[spec::missing-key]: `small_counts` has no key `prose`
        ┌─ config/nhth-2016.yaml:242:1
    242 │ small_counts:
        │ ^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(", head: CALLER TYPE }", " }")]), @"
    error[spec::missing-key]: `columns[0]` has no key `head`
        ┌─ config/nhth-2016.yaml:284:9
    284 │       - { cell: label }
        │         ^^^^^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[(r#"total: { label: "TOTAL # OF SUBSTANTIVE CALLS", percent: "100.0%" }"#, r#"total: { percent: "100.0%" }"#)]), @r#"
    error[spec::missing-key]: `total` has no key `label`
        ┌─ config/nhth-2016.yaml:287:5
    287 │     total: { percent: "100.0%" }
        │     ^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("        labor: Industries Referenced in Fewer than {{ threshold.in_words | title }} Cases\n", "")]), @"
    error[spec::missing-key]: `labels` has no label for `labor`
        ┌─ config/nhth-2016.yaml:328:7
    328 │       labels:
        │       ^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("      label: Caller Types Referenced Fewer than {{ threshold.in_words | title }} Times\n", "")]), @"
    error[spec::missing-key]: the rule `merge` needs a `label` of the merged row
        ┌─ config/nhth-2016.yaml:289:13
    289 │       rule: merge
        │             ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("{ from: 10, label", "{ label")]), @r##"
    error[spec::missing-key]: a class needs `from`, its smallest count
        ┌─ config/nhth-2016.yaml:370:9
    370 │       - { label: 10–24 cases, rgb: "#cb181d", cmyk: [0, 95, 90, 18] }
        │         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("type: code, list: reason", "type: code")]), @r#"
    error[spec::missing-key]: a column of type `code` needs a `list`
        ┌─ config/nhth-2016.yaml:115:7
    115 │       reason: { type: code }
        │       ^^^^^^
    1 error
    "#);
}

#[test]
fn a_value_of_a_wrong_kind_is_told_with_what_is_wanted() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("edition: nhth-2016", "edition: 2016")]), @r#"
    error[spec::wrong-type]: `edition` must be a text, and is the value `2016`
      ┌─ config/nhth-2016.yaml:6:10
    6 │ edition: 2016
      │          ^^^^
      = help: write it in quotes: "2016"
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#"fips: "10""#, "fips: 10")]), @r#"
    error[spec::wrong-type]: `fips` must be a text, and is the value `10`
       ┌─ config/nhth-2016.yaml:37:45
    37 │   DE: { name: Delaware, ranked: true, fips: 10 }
       │                                             ^^
       = help: write it in quotes: "10"
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#""TOTAL # OF SUBSTANTIVE CALLS", percent: "100.0%""#, r#""TOTAL # OF SUBSTANTIVE CALLS", percent: 100"#)]), @r#"
    error[spec::wrong-type]: `percent` must be a text, and is the value `100`
        ┌─ config/nhth-2016.yaml:287:62
    287 │     total: { label: "TOTAL # OF SUBSTANTIVE CALLS", percent: 100 }
        │                                                              ^^^
        = help: write it in quotes: "100"
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("Alabama, ranked: true", "Alabama, ranked: yes")]), @r#"
    error[spec::wrong-type]: `ranked` must be `true` or `false`, and is the text `yes`
       ┌─ config/nhth-2016.yaml:30:32
    30 │   AL: { name: Alabama, ranked: yes, fips: "01" }
       │                                ^^^
       = help: write `true`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("  threshold: 3", "  threshold: three")]), @"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `three`
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: three
        │              ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("  threshold: 3", r#"  threshold: "3""#)]), @r#"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `3`
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: "3"
        │              ^^^
        = help: write it without quotes
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("  threshold: 3", "  threshold: 3.5")]), @"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the value `3.5`
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: 3.5
        │              ^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("small_counts: { rule: none }", "small_counts: { rule: none, threshold: three }")]), @"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `three`
        ┌─ config/nhth-2016.yaml:301:44
    301 │     small_counts: { rule: none, threshold: three }
        │                                            ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("period: { from: 2016-01-01, to: 2016-12-31 }", "period: [2016-01-01, 2016-12-31]")]), @r#"
    error[spec::wrong-type]: `period` must be a mapping, and is a list
       ┌─ config/nhth-2016.yaml:25:9
    25 │ period: [2016-01-01, 2016-12-31]
       │         ^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("data_date: 2017-03-08", "data_date:")]), @r#"
    error[spec::wrong-type]: `data_date` must be a text, and is empty
       ┌─ config/nhth-2016.yaml:26:10
    26 │ data_date:
       │          ^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("keywords: [human trafficking, hotline, state report, statistics]", "keywords: human trafficking")]), @r#"
    error[spec::wrong-type]: `keywords` must be a list, and is the text `human trafficking`
       ┌─ config/nhth-2016.yaml:12:11
    12 │ keywords: human trafficking
       │           ^^^^^^^^^^^^^^^^^
       = help: write it in brackets: [human trafficking]
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("where: { column: trafficking_type, in: [labor, sex_and_labor] }", "where: { column: trafficking_type, in: labor }")]), @"
    error[spec::wrong-type]: `in` must be a list, and is the text `labor`
        ┌─ config/nhth-2016.yaml:335:44
    335 │     where: { column: trafficking_type, in: labor }
        │                                            ^^^^^
        = help: write it in brackets: [labor]
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: phone")]), @"
    error[spec::wrong-type]: `where` must be a mapping, and is the text `phone`
        ┌─ config/nhth-2016.yaml:275:29
    275 │     - { of: signals, where: phone, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                             ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("width_pt: 468", "width_pt: .inf")]), @r#"
    error[spec::bad-value]: `.inf` is no number that can be meant
        ┌─ config/nhth-2016.yaml:374:15
    374 │     width_pt: .inf
        │               ^^^^
        = help: write it in quotes where it is a text: ".inf"
    1 error
    "#);
}

#[test]
fn a_value_in_a_condition_is_a_boolean_or_a_text_that_its_column_takes() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, is: 1 }")]), @r#"
    error[spec::wrong-type]: `is` must be `true` or `false` or a text, and is the value `1`
        ┌─ config/nhth-2016.yaml:275:52
    275 │     - { of: signals, where: { column: channel, is: 1 }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                    ^
        = help: write it in quotes: "1"
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, in: [phone, 2] }")]), @r#"
    error[spec::wrong-type]: `in[1]` must be `true` or `false` or a text, and is the value `2`
        ┌─ config/nhth-2016.yaml:275:60
    275 │     - { of: signals, where: { column: channel, in: [phone, 2] }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                            ^
        = help: write it in quotes: "2"
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, is: [phone] }")]), @"
    error[spec::wrong-type]: `is` must be `true` or `false` or a text, and is a list
        ┌─ config/nhth-2016.yaml:275:52
    275 │     - { of: signals, where: { column: channel, is: [phone] }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                    ^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, is: true }")]), @r#"
    error[spec::condition]: `channel` is compared with a code
        ┌─ config/nhth-2016.yaml:275:52
    275 │     - { of: signals, where: { column: channel, is: true }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                    ^^^^
        = help: write it in quotes: "true"
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: related, is: phone }")]), @"
    error[spec::condition]: `related` is either `true` or `false`
        ┌─ config/nhth-2016.yaml:275:52
    275 │     - { of: signals, where: { column: related, is: phone }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                    ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, is: phon }")]), @"
    error[spec::unknown-code]: `channel` takes no code `phon`
        ┌─ config/nhth-2016.yaml:275:52
    275 │     - { of: signals, where: { column: channel, is: phon }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                    ^^^^
        = help: did you mean `phone`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: received_on, is: today }")]), @"
    error[spec::bad-value]: `today` is no date like 2016-12-31
        ┌─ config/nhth-2016.yaml:275:56
    275 │     - { of: signals, where: { column: received_on, is: today }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                        ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: signal_id, is: phone }")]), @"
    error[spec::condition]: `signal_id` cannot be compared: only codes, jurisdictions, booleans and dates can
        ┌─ config/nhth-2016.yaml:275:54
    275 │     - { of: signals, where: { column: signal_id, is: phone }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                      ^^^^^
    1 error
    ");
}

#[test]
fn a_condition_has_one_form() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, is: phone, in: [email] }")]), @"
    error[spec::condition]: a condition has one form, and this one has `is` and `in`
        ┌─ config/nhth-2016.yaml:275:29
    275 │     - { of: signals, where: { column: channel, is: phone, in: [email] }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel }")]), @"
    error[spec::condition]: a condition on a column needs `is`, `in`, `from`, `to` or `empty`
        ┌─ config/nhth-2016.yaml:275:29
    275 │     - { of: signals, where: { column: channel }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                             ^^^^^^^^^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { is: phone }")]), @"
    error[spec::condition]: a condition with `is` needs a `column`
        ┌─ config/nhth-2016.yaml:275:29
    275 │     - { of: signals, where: { is: phone }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                             ^^^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: {}")]), @"
    error[spec::condition]: a condition needs a `column`, or `all`, `any` or `not`
        ┌─ config/nhth-2016.yaml:275:29
    275 │     - { of: signals, where: {}, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                             ^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, not: { column: channel, is: phone } }")]), @"
    error[spec::condition]: a condition with `not` has no `column`
        ┌─ config/nhth-2016.yaml:275:29
    275 │     - { of: signals, where: { column: channel, not: { column: channel, is: phone…
        │                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: channel, from: 2016-01-01 }")]), @"
    error[spec::condition]: `from` and `to` compare dates, and `channel` is no column of type `date`
        ┌─ config/nhth-2016.yaml:275:39
    275 │     - { of: signals, where: { column: channel, from: 2016-01-01 }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                       ^^^^^^^
    1 error
    ");
}

#[test]
fn a_word_that_is_none_of_those_a_key_takes_is_refused() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("small_counts: { rule: none }", "small_counts: { rule: hide }")]), @"
    error[spec::unknown-value]: `rule` cannot be `hide`
        ┌─ config/nhth-2016.yaml:301:27
    301 │     small_counts: { rule: hide }
        │                           ^^^^
        = help: it can be one of `none`, `merge`, `mask`, `suppress`
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("guard: as-published\n      label: Caller", "guard: as-publishd\n      label: Caller")]), @"
    error[spec::unknown-value]: `guard` cannot be `as-publishd`
        ┌─ config/nhth-2016.yaml:290:14
    290 │       guard: as-publishd
        │              ^^^^^^^^^^^
        = help: did you mean `as-published`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("pictogram: phone", "pictogram: fone")]), @"
    error[spec::unknown-value]: `pictogram` cannot be `fone`
        ┌─ config/nhth-2016.yaml:275:72
    275 │     - { of: signals, where: { column: channel, is: phone }, pictogram: fone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                                                        ^^^^
        = help: it can be one of `phone`, `envelope`, `form`, `chat`, `text`
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("signal_id: { type: id }", "signal_id: { type: identifier }")]), @r#"
    error[spec::unknown-value]: `type` cannot be `identifier`
       ┌─ config/nhth-2016.yaml:99:26
    99 │       signal_id: { type: identifier }
       │                          ^^^^^^^^^^
       = help: it can be one of `id`, `reference`, `jurisdiction`, `code`, `boolean`, `date`, `county`, `longitude`, `latitude`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("signal_id: { type: id }", "signal_id: { type: 3 }")]), @r#"
    error[spec::unknown-value]: `type` cannot be the value `3`
       ┌─ config/nhth-2016.yaml:99:26
    99 │       signal_id: { type: 3 }
       │                          ^
       = help: it can be one of `id`, `reference`, `jurisdiction`, `code`, `boolean`, `date`, `county`, `longitude`, `latitude`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("    file: data/connecticut-2016/cases.csv", "    format: xls\n    file: data/connecticut-2016/cases.csv")]), @r#"
    error[spec::unknown-value]: `format` cannot be `xls`
        ┌─ config/nhth-2016.yaml:110:13
    110 │     format: xls
        │             ^^^
        = help: it can be one of `csv`, `parquet`
    1 error
    "#);
}

#[test]
fn a_name_that_nothing_has_is_refused_with_the_nearest_one() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("rows: { codes: caller_type }", "rows: { codes: callertype }")]), @"
    error[spec::unknown-column]: `signals` has no column `callertype`
        ┌─ config/nhth-2016.yaml:282:20
    282 │     rows: { codes: callertype }
        │                    ^^^^^^^^^^
        = help: did you mean `caller_type`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("type: code, list: reason", "type: code, list: reasons")]), @r#"
    error[spec::unknown-code-list]: no code list is called `reasons`
        ┌─ config/nhth-2016.yaml:115:35
    115 │       reason: { type: code, list: reasons }
        │                                   ^^^^^^^
        = help: did you mean `reason`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("type: reference, source: cases", "type: reference, source: case")]), @r#"
    error[spec::unknown-source]: no source is called `case`
        ┌─ config/nhth-2016.yaml:131:43
    131 │       case_id: { type: reference, source: case }
        │                                           ^^^^
        = help: did you mean `cases`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("calls: { of: calls }", "calls: { of: call }")]), @r#"
    error[spec::unknown-population]: no population is called `call`
        ┌─ config/nhth-2016.yaml:240:16
    240 │   calls: { of: call }
        │                ^^^^
        = help: did you mean `calls`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("- table: how_found", "- table: how_foun")]), @"
    error[spec::unknown-table]: no table is called `how_foun`
        ┌─ config/nhth-2016.yaml:452:12
    452 │   - table: how_foun
        │            ^^^^^^^^
        = help: did you mean `how_found`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("- map: locations", "- map: location")]), @"
    error[spec::unknown-map]: no map is called `location`
        ┌─ config/nhth-2016.yaml:464:10
    464 │   - map: location
        │          ^^^^^^^^
        = help: did you mean `locations`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("- counters: signals_by_channel", "- counters: signals")]), @"
    error[spec::unknown-counters]: no counter row is called `signals`
        ┌─ config/nhth-2016.yaml:438:15
    438 │   - counters: signals
        │               ^^^^^^^
        = help: there is only `signals_by_channel`
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("label: Caller Types Referenced Fewer than {{ threshold.in_words | title }} Times\n      note: identity", "label: Caller Types Referenced Fewer than {{ threshold.in_words | title }} Times\n      note: identiti")]), @"
    error[spec::unknown-note]: no note is called `identiti`
        ┌─ config/nhth-2016.yaml:292:13
    292 │       note: identiti
        │             ^^^^^^^^
        = help: did you mean `identity`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[(r#"WHERE KNOWN){{ note("heat_map") }}"#, r#"WHERE KNOWN){{ note("heatmap") }}"#)]), @r#"
    error[spec::unknown-note]: no note is called `heatmap`
        ┌─ config/nhth-2016.yaml:463:77
    463 │   - heading: 'LOCATION OF POTENTIAL TRAFFICKING CASES (WHERE KNOWN){{ note("heatmap") }}'
        │                                                                             ^^^^^^^
        = help: did you mean `heat_map`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("reports: [CT]", "reports: [CTT]")]), @r#"
    error[spec::unknown-jurisdiction]: no jurisdiction is called `CTT`
       ┌─ config/nhth-2016.yaml:89:11
    89 │ reports: [CTT]
       │           ^^^
       = help: did you mean `CT`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("coverage: [CT]", "coverage: [CT, Ohio]")]), @r#"
    error[spec::unknown-jurisdiction]: no jurisdiction is called `Ohio`
       ┌─ config/nhth-2016.yaml:90:16
    90 │ coverage: [CT, Ohio]
       │                ^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("locale: en_US", "locale: en_UX")]), @r#"
    error[spec::bad-value]: no locale is called `en_UX`
       ┌─ config/nhth-2016.yaml:19:11
    19 │   locale: en_UX
       │           ^^^^^
       = help: write a language and a region, as in `en_US`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("        labor: Industries", "        labour: Industries")]), @"
    error[spec::missing-key]: `labels` has no label for `labor`
        ┌─ config/nhth-2016.yaml:328:7
    328 │       labels:
        │       ^^^^^^
    error[spec::unknown-code]: no parent has the code `labour`
        ┌─ config/nhth-2016.yaml:330:9
    330 │         labour: Industries Referenced in Fewer than {{ threshold.in_words | title }} Cases
        │         ^^^^^^
        = help: did you mean `labor`?
    2 errors
    ");
    insta::assert_snapshot!(spec.refused(&[("where: { column: channel, is: phone }", "where: { column: chanel, is: phone }")]), @"
    error[spec::unknown-column]: `signals` has no column `chanel`
        ┌─ config/nhth-2016.yaml:275:39
    275 │     - { of: signals, where: { column: chanel, is: phone }, pictogram: phone, label: { one: Phone Call, other: Phone Calls }, small_counts: show }
        │                                       ^^^^^^
        = help: did you mean `channel`?
    1 error
    ");
}

#[test]
fn a_placeholder_that_does_not_exist_is_shown_where_it_stands() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("Number of Substantive Calls Received from {{ jurisdiction.in_prose }}", "Number of Substantive Calls Received from {{ jurisdiction.in_prose }} {{ jurisdiction.nam }}")]), @r#"
    error[spec::undefined-name]: no placeholder is called `jurisdiction.nam`
        ┌─ config/nhth-2016.yaml:446:90
    446 │   - statement: "Number of Substantive Calls Received from {{ jurisdiction.in_prose }} {{ jurisdiction.nam }}: **{{ figures.calls.text }}**"
        │                                                                                          ^^^^^^^^^^^^^^^^
        = help: did you mean `jurisdiction.name`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("{{ jurisdiction.in_prose }} at the time", "{{ jurisdicton.name }} at the time")]), @"
    error[spec::undefined-name]: no placeholder is called `jurisdicton.name`
        ┌─ config/nhth-2016.yaml:444:10
    444 │       {{ jurisdicton.name }} at the time of their call. Substantive calls exclude hang-ups, missed
        │          ^^^^^^^^^^^^^^^^
        = help: did you mean `jurisdiction.name`?
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("Received from {{ jurisdiction.in_prose }}: **{{ figures.calls.text }}**", "of period.yeer {{ period.yeer }}: **{{ figures.call.text }}**")]), @r#"
    error[spec::undefined-name]: no placeholder is called `period.yeer`
        ┌─ config/nhth-2016.yaml:446:63
    446 │   - statement: "Number of Substantive Calls of period.yeer {{ period.yeer }}: **{{ figures.call.text }}**"
        │                                                               ^^^^^^^^^^^
        = help: did you mean `period.year`?
    error[spec::undefined-name]: no placeholder is called `figures.call.text`
        ┌─ config/nhth-2016.yaml:446:84
    446 │   - statement: "Number of Substantive Calls of period.yeer {{ period.yeer }}: **{{ figures.call.text }}**"
        │                                                                                    ^^^^^^^^^^^^^^^^^
        = help: did you mean `figures.calls.text`?
    2 errors
    "#);
    insta::assert_snapshot!(spec.refused(&[("- table: how_found", "- table: how_found\n    only_if: \"figurs.calls.text\"")]), @r#"
    error[spec::undefined-name]: no placeholder is called `figurs.calls.text`
        ┌─ config/nhth-2016.yaml:453:15
    453 │     only_if: "figurs.calls.text"
        │               ^^^^^^^^^^^^^^^^^
        = help: did you mean `figures.calls.text`?
    1 error
    "#);
}

#[test]
fn a_template_that_cannot_be_read_or_filled_in_is_refused() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("Number of Substantive Calls Received from {{ jurisdiction.in_prose }}", "Number of Substantive Calls Received from {{ jurisdiction.in_prose }")]), @r#"
    error[spec::template]: the placeholders of this text are broken: unexpected `}`, expected end of variable block
        ┌─ config/nhth-2016.yaml:446:16
    446 │   - statement: "Number of Substantive Calls Received from {{ jurisdiction.in_prose }: **{{ figures.calls.text }}**"
        │                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: a placeholder is written `{{ name }}`, a condition `{% if name %}…{% endif %}`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("{% if ranks.calls %}", "{% if ranks.calls %}{% foo %}")]), @"
    error[spec::template]: the placeholders of this text are broken: unknown statement foo
        ┌─ config/nhth-2016.yaml:448:7
    448 │       {% if ranks.calls %}{% foo %}This constitutes the {{ ranks.calls.position }} highest call volume
        │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: a placeholder is written `{{ name }}`, a condition `{% if name %}…{% endif %}`
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("- table: how_found", "- table: how_found\n    only_if: \"figures.calls.text ==\"")]), @r#"
    error[spec::template]: this condition cannot be read: unexpected end of input, expected expression
        ┌─ config/nhth-2016.yaml:453:14
    453 │     only_if: "figures.calls.text =="
        │              ^^^^^^^^^^^^^^^^^^^^^^^
        = help: a condition is written as in `figures.NAME.hidden`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#"title: "{{ jurisdiction.name }}"#, r#"title: "{{ jurisdiction.name | uper }}"#)]), @r#"
    error[spec::template]: prose has no filter `uper`
      ┌─ config/nhth-2016.yaml:7:32
    7 │ title: "{{ jurisdiction.name | uper }} State Report {{ period.year }}"
      │                                ^^^^
      = help: did you mean `upper`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("subject: >-", "subject: >-\n  {{ data_date | date(\"longer\") }}")]), @r#"
    error[spec::template]: this text cannot be filled in: no date format is called `longer`, only `long`, `short`
       ┌─ config/nhth-2016.yaml:10:3
    10 │   {{ data_date | date("longer") }}
       │   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("  foreign_national: >-", "  foreign_national: >-\n    {{ note(\"identity\") }}")]), @r#"
    error[spec::nested-note]: the note `foreign_national` holds a marker itself
        ┌─ config/nhth-2016.yaml:416:5
    416 │     {{ note("identity") }}
        │     ^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#"title: "{{"#, r#"title: "**{{"#), ("State Report {{ period.year }}\"\npublisher", "State Report** {{ period.year }}\"\npublisher")]), @r#"
    error[spec::plain-text]: neither bold words nor note markers may stand here
      ┌─ config/nhth-2016.yaml:7:8
    7 │ title: "**{{ jurisdiction.name }} State Report** {{ period.year }}"
      │        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#"output: "{{ jurisdiction.file_name }}-{{ period.year }}""#, r#"output: "a/b""#)]), @r#"
    error[spec::output]: `a/b` cannot name a file
       ┌─ config/nhth-2016.yaml:13:9
    13 │ output: "a/b"
       │         ^^^^^
    1 error
    "#);
}

#[test]
fn dates_and_their_formats_are_checked() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("data_date: 2017-03-08", "data_date: 2017-02-30")]), @r#"
    error[spec::bad-value]: `2017-02-30` is no date like 2016-12-31
       ┌─ config/nhth-2016.yaml:26:12
    26 │ data_date: 2017-02-30
       │            ^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("data_date: 2017-03-08", "data_date: 8/3/2017")]), @r#"
    error[spec::bad-value]: `8/3/2017` is no date like 2016-12-31
       ┌─ config/nhth-2016.yaml:26:12
    26 │ data_date: 8/3/2017
       │            ^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("from: 2016-01-01, to: 2016-12-31", "from: 2016-12-31, to: 2016-01-01")]), @r#"
    error[spec::bad-value]: the period ends before it begins
       ┌─ config/nhth-2016.yaml:25:33
    25 │ period: { from: 2016-12-31, to: 2016-01-01 }
       │                                 ^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("short: \"%-m/%-d/%Y\"\n    long: \"%B %-d, %Y\"", "short: \"%Q\"\n    long: \"%H:%M\"")]), @r#"
    error[spec::bad-value]: `%Q` is no date format
       ┌─ config/nhth-2016.yaml:21:12
    21 │     short: "%Q"
       │            ^^^^
       = help: the signs are those of strftime, as in "%B %-d, %Y"
    error[spec::bad-value]: the date format `%H:%M` asks for a time of day
       ┌─ config/nhth-2016.yaml:22:11
    22 │     long: "%H:%M"
       │           ^^^^^^^
       = help: the signs are those of strftime, as in "%B %-d, %Y"
    2 errors
    "#);
}

#[test]
fn nothing_is_named_twice() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "title: x\npublisher: National")]), @r#"
    error[spec::duplicate-key]: the key `title` stands here a second time
      ┌─ config/nhth-2016.yaml:8:1
    8 │ title: x
      │ ^^^^^
    1 error
    "#);
    // Two names that look alike and are coded otherwise: é as one character, and as two.
    let twins = "notes:\n  caf\u{e9}: One.\n  cafe\u{301}: Two.\n";
    let said = spec.refused(&[("notes:\n", twins)]);
    assert!(
        said.starts_with("error[spec::duplicate-key]: the key `cafe\u{301}` stands here a second time\n"),
        "{said}"
    );
    insta::assert_snapshot!(spec.refused(&[("- { code: buyer, label", "- { code: student, label")]), @r#"
    error[spec::duplicate-code]: the code `student` stands here a second time
        ┌─ config/nhth-2016.yaml:155:15
    155 │     - { code: student, label: "Buyer of Commercial Sex" }
        │               ^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("file_name: District-of-Columbia", "file_name: Florida")]), @r#"
    error[spec::duplicate-name]: two jurisdictions would write files called `Florida`
       ┌─ config/nhth-2016.yaml:39:15
    39 │   FL: { name: Florida, ranked: true, fips: "12" }
       │               ^^^^^^^
    1 error
    "#);
}

#[test]
fn values_out_of_bounds_are_told_with_the_bound() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("  threshold: 3", "  threshold: 0")]), @"
    error[spec::bad-value]: `threshold` must be at least 1, and is 0
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: 0
        │              ^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[(r#"fips: "01""#, r#"fips: "1""#)]), @r#"
    error[spec::bad-form]: `fips` must be two digits, and is `1`
       ┌─ config/nhth-2016.yaml:30:44
    30 │   AL: { name: Alabama, ranked: true, fips: "1" }
       │                                            ^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("edition: nhth-2016", "edition: nhth 2016")]), @r#"
    error[spec::bad-form]: `edition` must be a name of letters, digits, `-` and `_`, at most 64, and is `nhth 2016`
      ┌─ config/nhth-2016.yaml:6:10
    6 │ edition: nhth 2016
      │          ^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r##""#fcbba1""##, "red")]), @r##"
    error[spec::bad-form]: `rgb` must be a colour such as "#cb181d", and is `red`
        ┌─ config/nhth-2016.yaml:368:43
    368 │       - { from: 3, label: 3–4 cases, rgb: red, cmyk: [0, 28, 32, 0] }
        │                                           ^^^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("[0, 28, 32, 0]", "[0, 28, 32]")]), @r##"
    error[spec::bad-value]: `cmyk` must have at least 4 values, and has 3
        ┌─ config/nhth-2016.yaml:368:60
    368 │       - { from: 3, label: 3–4 cases, rgb: "#fcbba1", cmyk: [0, 28, 32] }
        │                                                            ^^^^^^^^^^^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("[0, 28, 32, 0]", "[0, 28, 132, 0]")]), @r##"
    error[spec::bad-value]: `cmyk[2]` must be at most 100, and is 132
        ┌─ config/nhth-2016.yaml:368:68
    368 │       - { from: 3, label: 3–4 cases, rgb: "#fcbba1", cmyk: [0, 28, 132, 0] }
        │                                                                    ^^^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("width_pt: 468", "width_pt: 4680")]), @"
    error[spec::bad-value]: a map is from 36 to 2000 points wide and high
        ┌─ config/nhth-2016.yaml:374:15
    374 │     width_pt: 4680
        │               ^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("window: [-160.6, 18.8, -154.7, 22.4]", "window: [-160.6, 28.8, -154.7, 22.4]")]), @r#"
    error[spec::bad-value]: a window is west, south, east, north in degrees, and this one is empty or off the globe
       ┌─ config/nhth-2016.yaml:41:57
    41 │   HI: { name: Hawaii, ranked: true, fips: "15", window: [-160.6, 28.8, -154.7, 22.4] }
       │                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("file_name: District-of-Columbia", "file_name: a/b")]), @r#"
    error[spec::bad-value]: `a/b` cannot name a file
       ┌─ config/nhth-2016.yaml:38:46
    38 │   DC: { name: "Washington, D.C.", file_name: a/b, ranked: true, fips: "11" }
       │                                              ^^^
    1 error
    "#);
}

#[test]
fn a_rule_must_fit_its_table() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("small_counts: &masked { rule: mask, note: identity }", "small_counts: &masked { rule: merge, label: x, note: identity }")]), @"
    error[spec::rule-does-not-fit]: rows of a multiple-response table do not add up: only `none` and `mask` fit it
        ┌─ config/nhth-2016.yaml:345:35
    345 │     small_counts: &masked { rule: merge, label: x, note: identity }
        │                                   ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("    parents: { rule: suppress, note: identity, neutral_note: protection }\n", "")]), @"
    error[spec::missing-key]: a hierarchical table needs a rule `parents` for its upper rows
        ┌─ config/nhth-2016.yaml:317:3
    317 │   venue:
        │   ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("small_counts: { rule: none }", "small_counts: { rule: none }\n    parents: { rule: none }")]), @"
    error[spec::rule-does-not-fit]: only a hierarchical table takes a rule `parents`
        ┌─ config/nhth-2016.yaml:302:5
    302 │     parents: { rule: none }
        │     ^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("small_counts: { rule: none }", "small_counts: { rule: none, label: x }")]), @"
    error[spec::rule-does-not-fit]: only the rule `merge` takes `label`
        ┌─ config/nhth-2016.yaml:301:33
    301 │     small_counts: { rule: none, label: x }
        │                                 ^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("{ cell: count, head: \"# OF CALLS\" }\n      - { cell: percent, head: \"% OF CALLS\" }\n    total: { label: \"TOTAL # OF SUB", "{ cell: label, head: \"# OF CALLS\" }\n      - { cell: percent, head: \"% OF CALLS\" }\n    total: { label: \"TOTAL # OF SUB")]), @"
    error[spec::bad-value]: a table has exactly one column of labels
        ┌─ config/nhth-2016.yaml:284:7
    284 │       - { cell: label, head: CALLER TYPE }
        │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    ");
}

#[test]
fn the_classes_of_a_map_begin_at_its_threshold_and_rise() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("{ from: 3, label", "{ from: 2, label")]), @r##"
    error[spec::map-classes]: the first class must begin at the threshold, 3
        ┌─ config/nhth-2016.yaml:368:17
    368 │       - { from: 2, label: 3–4 cases, rgb: "#fcbba1", cmyk: [0, 28, 32, 0] }
        │                 ^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("{ from: 10, label", "{ from: 4, label")]), @r##"
    error[spec::map-classes]: a class must begin above the one before it
        ┌─ config/nhth-2016.yaml:370:17
    370 │       - { from: 4, label: 10–24 cases, rgb: "#cb181d", cmyk: [0, 95, 90, 18] }
        │                 ^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("unshaded: { label", "unshaded: { from: 1, label")]), @r##"
    error[spec::map-classes]: the unshaded class has no `from`: it holds all counts under the threshold
        ┌─ config/nhth-2016.yaml:372:23
    372 │     unshaded: { from: 1, label: "Fewer than {{ threshold.in_words }} cases", rgb: "#f5f4f1", cmyk: [0, 0, 2, 4] }
        │                       ^
    1 error
    "##);
    insta::assert_snapshot!(spec.refused(&[("through: case_locations", "through: cases")]), @"
    error[spec::bad-value]: `cases` needs a reference to `cases`, a column of type `county`, and both or neither of `longitude` and `latitude`
        ┌─ config/nhth-2016.yaml:363:14
    363 │     through: cases
        │              ^^^^^
    1 error
    ");
}

#[test]
fn judgements_need_their_reason_and_name_what_exists() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("figure: signals, rows: all, reason: The published reports print numbers of signals as they are.", r#"figure: signals, rows: all, reason: """#)]), @r#"
    error[spec::missing-reason]: an accepted disclosure needs a reason
        ┌─ config/nhth-2016.yaml:255:82
    255 │   - { code: "disclosure::small-count-shown", figure: signals, rows: all, reason: "" }
        │                                                                                  ^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("figure: signals, rows: all, reason: The published reports print numbers of signals as they are.", "figure: signals, rows: all")]), @r#"
    error[spec::missing-key]: `accept[0]` has no key `reason`
        ┌─ config/nhth-2016.yaml:255:5
    255 │   - { code: "disclosure::small-count-shown", figure: signals, rows: all }
        │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#"- { code: "disclosure::rank-tells""#, r#"- { code: "disclosure::rank-tell""#)]), @r#"
    error[spec::unknown-code]: no disclosure has the code `disclosure::rank-tell`
        ┌─ config/nhth-2016.yaml:258:13
    258 │   - { code: "disclosure::rank-tell", figure: calls, rows: all, reason: The number of calls is printed beside the rank. }
        │             ^^^^^^^^^^^^^^^^^^^^^^^
        = help: did you mean `disclosure::rank-tells`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("figure: how_found, rows", "figure: howfound, rows")]), @r#"
    error[spec::unknown-figure]: no table, counter row, map or population is called `howfound`
        ┌─ config/nhth-2016.yaml:259:54
    259 │   - { code: "disclosure::small-count-shown", figure: howfound, rows: all, reason: How a caller found the hotline describes no victim and no case. }
        │                                                      ^^^^^^^^
        = help: did you mean `how_found`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("# The published format of 2016 discloses", "overrides:\n  - { table: reasn, row: tip, reason: x }\n  - { table: reason, row: tipp, reason: \" \" }\n  - { table: how_found, row: radio, reason: x, jurisdictions: [CX] }\n# The published format of 2016 discloses")]), @r#"
    error[spec::unknown-table]: no table is called `reasn`
        ┌─ config/nhth-2016.yaml:254:14
    254 │   - { table: reasn, row: tip, reason: x }
        │              ^^^^^
        = help: did you mean `reason`?
    error[spec::unknown-code]: `reason` has no row `tipp`
        ┌─ config/nhth-2016.yaml:255:27
    255 │   - { table: reason, row: tipp, reason: " " }
        │                           ^^^^
        = help: did you mean `tip`?
    error[spec::missing-reason]: an override needs a reason
        ┌─ config/nhth-2016.yaml:255:41
    255 │   - { table: reason, row: tipp, reason: " " }
        │                                         ^^^
    error[spec::rule-does-not-fit]: the rule of `how_found` is `none`, which hides nothing
        ┌─ config/nhth-2016.yaml:256:14
    256 │   - { table: how_found, row: radio, reason: x, jurisdictions: [CX] }
        │              ^^^^^^^^^
    error[spec::unknown-jurisdiction]: no jurisdiction is called `CX`
        ┌─ config/nhth-2016.yaml:256:64
    256 │   - { table: how_found, row: radio, reason: x, jurisdictions: [CX] }
        │                                                                ^^
        = help: did you mean `CA`?
    5 errors
    "#);
}

#[test]
fn columns_have_what_their_type_needs() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("related: { type: boolean }", "related: { type: boolean, list: reason }")]), @r#"
    error[spec::bad-value]: only a column of type `code` takes `list`
        ┌─ config/nhth-2016.yaml:104:39
    104 │       related: { type: boolean, list: reason }
        │                                       ^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("list: venue, parent: trafficking_type", "list: venue, parent: trafficking_typ")]), @r#"
    error[spec::unknown-column]: `cases` has no column `trafficking_typ`
        ┌─ config/nhth-2016.yaml:118:49
    118 │       venue: { type: code, list: venue, parent: trafficking_typ, optional: true }
        │                                                 ^^^^^^^^^^^^^^^
        = help: did you mean `trafficking_type`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("list: venue, parent: trafficking_type", "list: venue, parent: adults")]), @r#"
    error[spec::bad-value]: the column `adults` must stand before `venue`
        ┌─ config/nhth-2016.yaml:118:49
    118 │       venue: { type: code, list: venue, parent: adults, optional: true }
        │                                                 ^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("type: code, list: reason", "type: code, list: reason, parent: case_id")]), @r#"
    error[spec::bad-value]: `case_id` is no column of type `code`
        ┌─ config/nhth-2016.yaml:115:51
    115 │       reason: { type: code, list: reason, parent: case_id }
        │                                                   ^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("- { parent: sex, code: escort", "- { parent: sexx, code: escort")]), @r#"
    error[spec::unknown-code]: the list `trafficking_type` has no code `sexx`
        ┌─ config/nhth-2016.yaml:193:17
    193 │     - { parent: sexx, code: escort, label: "Escort/Delivery Service" }
        │                 ^^^^
        = help: did you mean `sex`?
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("- { parent: sex, code: escort", "- { code: escort")]), @r#"
    error[spec::missing-key]: the code `escort` needs a `parent` of the list `trafficking_type`
        ┌─ config/nhth-2016.yaml:193:7
    193 │     - { code: escort, label: "Escort/Delivery Service" }
        │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("signal_id: { type: id }", "signal_id: { type: id }\n      place: { type: reference, source: case_locations }"), ("case_id: { type: reference, source: cases }", "case_id: { type: reference, source: signals }")]), @"
    error[spec::circular-reference]: sources refer to each other in a circle: `signals`, `case_locations`
       ┌─ config/nhth-2016.yaml:96:3
    96 │   signals:
       │   ^^^^^^^
    error[spec::bad-value]: `case_locations` has no column of type `id`
        ┌─ config/nhth-2016.yaml:100:41
    100 │       place: { type: reference, source: case_locations }
        │                                         ^^^^^^^^^^^^^^
    error[spec::bad-value]: `case_locations` needs a reference to `cases`, a column of type `county`, and both or neither of `longitude` and `latitude`
        ┌─ config/nhth-2016.yaml:364:14
    364 │     through: case_locations
        │              ^^^^^^^^^^^^^^
    3 errors
    ");
}

#[test]
fn a_block_is_one_thing() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("- table: how_found", "- table: how_found\n    map: locations")]), @"
    error[spec::block]: a block is one thing, and this one has `table` and `map`
        ┌─ config/nhth-2016.yaml:452:5
    452 │   - table: how_found
        │     ^^^^^^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("- table: how_found", "- only_if: edition")]), @"
    error[spec::block]: a block needs one of `heading`, `paragraph`, `statement`, `notice`, `counters`, `table`, `map`
        ┌─ config/nhth-2016.yaml:452:5
    452 │   - only_if: edition
        │     ^^^^^^^^^^^^^^^^
    1 error
    ");
}

#[test]
fn paths_stay_in_the_project_and_name_what_is_needed() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("layout: layouts/nhth-2016", "layout: ../layouts/nhth-2016")]), @r#"
    error[spec::path]: the path `../layouts/nhth-2016` leads out of the project
       ┌─ config/nhth-2016.yaml:15:9
    15 │ layout: ../layouts/nhth-2016
       │         ^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("layout: layouts/nhth-2016", "layout: /etc")]), @r#"
    error[spec::path]: the path `/etc` leads out of the project
       ┌─ config/nhth-2016.yaml:15:9
    15 │ layout: /etc
       │         ^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("layout: layouts/nhth-2016", "layout: layouts/nhth-2017")]), @r#"
    error[spec::path]: cannot find `layouts/nhth-2017`: no such file or folder
       ┌─ config/nhth-2016.yaml:15:9
    15 │ layout: layouts/nhth-2017
       │         ^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("layout: layouts/nhth-2016", "layout: layouts/README.md")]), @r#"
    error[spec::path]: `layouts/README.md` is a file, and a folder is needed
       ┌─ config/nhth-2016.yaml:15:9
    15 │ layout: layouts/README.md
       │         ^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("file: data/connecticut-2016/cases.csv", "file: data/connecticut-2016/case.csv")]), @r#"
    error[spec::path]: cannot find `data/connecticut-2016/case.csv`: no such file or folder
        ┌─ config/nhth-2016.yaml:110:11
    110 │     file: data/connecticut-2016/case.csv
        │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("file: data/connecticut-2016/reference.csv", "file: data")]), @r"
    error[spec::path]: `data` is a folder, and a file is needed
       ┌─ config/nhth-2016.yaml:91:20
    91 │ reference: { file: data }
       │                    ^^^^
    1 error
    ");
    insta::assert_snapshot!(spec.refused(&[("file: data/connecticut-2016/cases.csv", r#"file: """#)]), @r#"
    error[spec::path]: the path is empty
        ┌─ config/nhth-2016.yaml:110:11
    110 │     file: ""
        │           ^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("file: data/connecticut-2016/cases.csv", "file: elsewhere/case*.csv")]), @r#"
    error[spec::path]: cannot find `elsewhere/case*.csv`: no such file or folder
        ┌─ config/nhth-2016.yaml:110:11
    110 │     file: elsewhere/case*.csv
        │           ^^^^^^^^^^^^^^^^^^^
    1 error
    "#);
}

#[test]
fn what_is_no_yaml_is_told_where_it_stops_being_it() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("period: {", "---\nperiod: {")]), @r#"
    error[spec::syntax]: a spec is one YAML document; here a second one begins
       ┌─ config/nhth-2016.yaml:25:1
    25 │ ---
       │ ^^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("  locale: en_US", "	locale: en_US")]), @r#"
    error[spec::syntax]: this is no valid YAML: tabs disallowed within this context (block indentation)
       ┌─ config/nhth-2016.yaml:19:2
    19 │     locale: en_US
       │     ^
       = help: indent with spaces
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[(r#"title: "{{ jurisdiction.name }} State Report {{ period.year }}""#, r#"title: "{{ jurisdiction.name }} State Report"#)]), @r#"
    error[spec::syntax]: this is no valid YAML: invalid indentation in quoted text
      ┌─ config/nhth-2016.yaml:7:8
    7 │ title: "{{ jurisdiction.name }} State Report
      │        ^
      = help: close the quote that opens here
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "publisher: The: National")]), @r#"
    error[spec::syntax]: this is no valid YAML: mapping values are not allowed in this context
      ┌─ config/nhth-2016.yaml:8:15
    8 │ publisher: The: National Human Trafficking Hotline
      │               ^
      = help: write a text that holds `: ` in quotes
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "? [a, b]\n: c\npublisher: National")]), @r#"
    error[spec::syntax]: a key must be a word, and here a list or mapping is one
      ┌─ config/nhth-2016.yaml:8:3
    8 │ ? [a, b]
      │   ^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "publisher: !name National")]), @r#"
    error[spec::syntax]: a YAML tag has no meaning in a spec
      ┌─ config/nhth-2016.yaml:8:12
    8 │ publisher: !name National Human Trafficking Hotline
      │            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: take away the word that begins with `!`
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("how_found: { type: code, list: how_found, optional: true, required_where: *substantive_call }", "how_found: { type: code, list: how_found, optional: true, required_where: *substantive_cal }")]), @r#"
    error[spec::syntax]: this is no valid YAML: while parsing node, found unknown anchor
        ┌─ config/nhth-2016.yaml:108:81
    108 │       how_found: { type: code, list: how_found, optional: true, required_where: *substantive_cal }
        │                                                                                 ^
        = help: `*name` needs an `&name` before it
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("how_found: { type: code, list: how_found, optional: true, required_where: *substantive_call }", "how_found: { type: code, list: how_found, required_where: &a { not: *a } }")]), @r#"
    error[spec::syntax]: an alias stands inside its own anchor
        ┌─ config/nhth-2016.yaml:108:75
    108 │       how_found: { type: code, list: how_found, required_where: &a { not: *a } }
        │                                                                           ^^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "publisher: a\u{7}b")]), @r#"
    error[spec::bad-character]: the character U+0007 cannot be printed
      ┌─ config/nhth-2016.yaml:8:13
    8 │ publisher: a?b Human Trafficking Hotline
      │             ^
    1 error
    "#);
    insta::assert_snapshot!(spec.refused(&[("publisher: National Human Trafficking Hotline", r#"publisher: "a\x1b[31mb""#)]), @r#"
    error[spec::bad-character]: the character U+001B cannot be printed
      ┌─ config/nhth-2016.yaml:8:12
    8 │ publisher: "a\x1b[31mb"
      │            ^^^^^^^^^^^^
    1 error
    "#);
}

#[test]
fn faults_of_different_kinds_are_told_all_at_once_in_the_order_of_the_file() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("publisher: National", "pubisher: National"), ("  threshold: 3", "  threshold: three"), ("small_counts: { rule: none }", "small_counts: { rule: hide }")]), @"
    error[spec::unknown-key]: the report spec takes no key `pubisher`
      ┌─ config/nhth-2016.yaml:8:1
    8 │ pubisher: National Human Trafficking Hotline
      │ ^^^^^^^^
      = help: did you mean `publisher`?
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `three`
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: three
        │              ^^^^^
    error[spec::unknown-value]: `rule` cannot be `hide`
        ┌─ config/nhth-2016.yaml:301:27
    301 │     small_counts: { rule: hide }
        │                           ^^^^
        = help: it can be one of `none`, `merge`, `mask`, `suppress`
    3 errors
    ");
    insta::assert_snapshot!(spec.refused(&[("rows: { codes: caller_type }", "rows: { codes: callertype }"), ("reports: [CT]", "reports: [CTT]"), ("data_date: 2017-03-08", "data_date: 2017-02-30"), ("layout: layouts/nhth-2016", "layout: layouts/nhth-2017"), ("{{ period.year }}, the National", "{{ period.yeer }}, the National")]), @"
    error[spec::path]: cannot find `layouts/nhth-2017`: no such file or folder
       ┌─ config/nhth-2016.yaml:15:9
    15 │ layout: layouts/nhth-2017
       │         ^^^^^^^^^^^^^^^^^
    error[spec::bad-value]: `2017-02-30` is no date like 2016-12-31
       ┌─ config/nhth-2016.yaml:26:12
    26 │ data_date: 2017-02-30
       │            ^^^^^^^^^^
    error[spec::unknown-jurisdiction]: no jurisdiction is called `CTT`
       ┌─ config/nhth-2016.yaml:89:11
    89 │ reports: [CTT]
       │           ^^^
       = help: did you mean `CT`?
    error[spec::unknown-column]: `signals` has no column `callertype`
        ┌─ config/nhth-2016.yaml:282:20
    282 │     rows: { codes: callertype }
        │                    ^^^^^^^^^^
        = help: did you mean `caller_type`?
    error[spec::undefined-name]: no placeholder is called `period.yeer`
        ┌─ config/nhth-2016.yaml:436:10
    436 │       {{ period.yeer }}, the National Human Trafficking Hotline received a total of
        │          ^^^^^^^^^^^
        = help: did you mean `period.year`?
    5 errors
    ");
}

#[test]
fn a_fault_of_an_anchor_is_told_once_however_often_it_is_used() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.refused(&[("{ column: substantive, is: true } ]", "{ column: substantive, is: true, foo: 2 } ]")]), @r#"
    error[spec::unknown-key]: `all[2]` takes no key `foo`
        ┌─ config/nhth-2016.yaml:107:208
    107 │ …one }, { column: substantive, is: true, foo: 2 } ] } }
        │                                          ^^^
        = help: its keys are `column`, `is`, `in`, `from`, `to`, `empty`, `all`, `any`, `not`
    1 error
    "#);
}

#[test]
fn a_file_without_values_or_with_other_values_than_a_mapping_is_refused() {
    let spec = Bad::new();
    let empty = "error[spec::empty]: the report spec is empty\n  ┌─ config/nhth-2016.yaml\n\
                 1 error\n";
    assert_eq!(spec.says(""), empty);
    assert_eq!(spec.says("# nothing\n"), empty);
    assert_eq!(spec.says("\u{feff}"), empty);
    insta::assert_snapshot!(spec.says("~\n"), @r"
    error[spec::wrong-type]: the report spec must be a mapping, and is the value `~`
      ┌─ config/nhth-2016.yaml:1:1
    1 │ ~
      │ ^
    1 error
    ");
    insta::assert_snapshot!(spec.says("- a\n"), @r"
    error[spec::wrong-type]: the report spec must be a mapping, and is a list
      ┌─ config/nhth-2016.yaml:1:1
    1 │ - a
      │ ^^^
    1 error
    ");
}

#[test]
fn a_file_that_is_not_utf8_or_holds_nul_is_refused() {
    let spec = Bad::new();
    insta::assert_snapshot!(spec.says(b"edition: a\ntitle: caf\xe9\n"), @r"
    error[spec::not-utf8]: line 2 is not UTF-8
      ┌─ config/nhth-2016.yaml
      = help: save the file as UTF-8
    1 error
    ");
    insta::assert_snapshot!(spec.says("edition: a\0b\n"), @r"
    error[spec::bad-character]: the character U+0000 cannot be printed
      ┌─ config/nhth-2016.yaml:1:11
    1 │ edition: a?b
      │           ^
    1 error
    ");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let project = Project::new();
    let expected = project.text();
    project.write(SPEC, format!("\u{feff}{}", project.read(SPEC).replace('\n', "\r\n")));
    assert_eq!(project.text(), expected);
}

#[test]
fn a_spec_that_is_not_there_or_outside_a_project_is_refused() {
    let project = Project::new();
    insta::assert_snapshot!(project.refuses(&["check", "config/none.yaml"]), @r"
    error[spec::unreadable]: cannot read the file: no such file or folder
      ┌─ config/none.yaml
    1 error
    ");
    insta::assert_snapshot!(project.refuses(&["check", "config"]), @r"
    error[spec::unreadable]: cannot read the file: it is a folder
      ┌─ config
    1 error
    ");
    std::fs::rename(project.path("layouts"), project.path("designs")).unwrap();
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[spec::no-project]: no folder above the report spec holds a folder `layouts`
      ┌─ config/nhth-2016.yaml
      = help: put the spec below the folder of the project, e.g. into `config`
    1 error
    ");
}

#[test]
fn a_report_that_the_edition_does_not_have_is_refused() {
    let project = Project::new();
    insta::assert_snapshot!(project.refuses(&["check", SPEC, "--only", "CTT,TX"]), @r"
    error[spec::unknown-jurisdiction]: the edition has no report for `CTT`
      ┌─ config/nhth-2016.yaml
      = help: did you mean `CT`?
    error[spec::unknown-jurisdiction]: the edition has no report for `TX`
      ┌─ config/nhth-2016.yaml
      = help: it has reports for `CT`
    2 errors
    ");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_project_is_refused() {
    let spec = Bad::new();
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::os::unix::fs::symlink(outside.path(), spec.project.path("data/link.csv")).unwrap();
    let says = spec.refused(&[("file: data/connecticut-2016/cases.csv", "file: data/link.csv")]);
    insta::assert_snapshot!(says, @r"
    error[spec::path]: the path `data/link.csv` leads out of the project
        ┌─ config/nhth-2016.yaml:110:11
    110 │     file: data/link.csv
        │           ^^^^^^^^^^^^^
    1 error
    ");
}

#[test]
fn a_link_among_the_boundaries_that_leads_out_of_the_project_is_refused() {
    let project = Project::new();
    let outside = tempfile::tempdir().unwrap();
    for name in ["CT.geojson", "index.json", "CT.topojson.gz", "outlines.geojson"] {
        let file = project.path(&format!("geodata/2016/{name}"));
        let there = outside.path().join(name);
        match file.exists() {
            true => std::fs::rename(&file, &there).unwrap(),
            false => std::fs::write(&there, "{}").unwrap(),
        }
        std::os::unix::fs::symlink(&there, &file).unwrap();
        let expected =
            format!("error[boundaries::unreadable]: the path leads out of the project\n  ┌─ geodata/2016/{name}\n");
        assert_eq!(project.refused_alike(SPEC), format!("{expected}1 error\n"));
        let released = project.refuses(&["release", SPEC, "--out", "release"]);
        assert!(released.ends_with(&format!("{expected}1 error; nothing was published\n")), "{released}");
        std::fs::remove_file(&file).unwrap();
        if ["CT.geojson", "index.json"].contains(&name) {
            std::fs::rename(&there, &file).unwrap();
        }
    }
    // A link to another file of the project is one.
    std::fs::rename(project.path("geodata/2016/CT.geojson"), project.path("geodata/ct.json")).unwrap();
    std::os::unix::fs::symlink("../ct.json", project.path("geodata/2016/CT.geojson")).unwrap();
    project.succeeds(&["check", SPEC]);
}

#[test]
fn links_behind_a_star_lead_nowhere_else() {
    let spec = Bad::new();
    let outside = tempfile::tempdir().unwrap();
    std::fs::copy(spec.project.path("data/connecticut-2016/cases.csv"), outside.path().join("cases.csv")).unwrap();
    std::fs::create_dir(spec.project.path("data/more")).unwrap();
    std::os::unix::fs::symlink(outside.path(), spec.project.path("data/more/folder")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("cases.csv"), spec.project.path("data/file.csv")).unwrap();
    for (pattern, told) in [
        ("data/*/folder/cases.csv", "data/more/folder"),
        ("data/more/*/cases.csv", "data/more/folder"),
        ("data/more", "data/more/folder"),
        ("data/f*.csv", "data/file.csv"),
    ] {
        let says = spec.refused(&[("file: data/connecticut-2016/cases.csv", &format!("file: {pattern}"))]);
        let expected = format!("error[data::unreadable]: the path leads out of the project\n  ┌─ {told}\n1 error\n");
        assert_eq!(says, expected, "{pattern}");
    }
}

#[test]
fn a_code_of_a_jurisdiction_names_no_file_elsewhere() {
    let spec = Bad::new();
    for code in ["..", "../../../outside/x", "/etc/x", "a/b", "a\\\\b", ".x"] {
        let says = spec.refused(&[("  AL: { name: Alabama,", &format!("  \"{code}\": {{ name: Alabama,"))]);
        let code = code.replace("\\\\", "\\");
        let told = format!("error[spec::bad-value]: the code `{code}` cannot name a file of boundaries\n");
        assert!(says.starts_with(&told) && says.ends_with("\n1 error\n"), "{says}");
    }
}

#[test]
fn names_that_would_be_one_file_are_refused() {
    let spec = Bad::new();
    let place = "    ┌─ config/nhth-2016.yaml:339:30\n339 │       - { cell: label, head: 'VICTIM DEMOGRAPHICS {{ note(\"non_cumulative\") }} (LABOR TRAFFICKING CASES)' }\n";
    for (name, message) in [
        (
            "caller-type",
            "the tables `caller-type` and `caller_type` would have one sheet in the data package of a release",
        ),
        (
            "Caller_Type",
            "the tables `Caller_Type` and `caller_type` would have one sheet in the data package of a release",
        ),
        ("counters", "the table `counters` would have the name of another sheet in the data package of a release"),
        ("Counties", "the table `Counties` would have the name of another sheet in the data package of a release"),
    ] {
        spec.project.write(SPEC, spec.sound.replace("labor_demographics", name));
        let says = spec.project.refuses(&["check", SPEC]);
        assert!(says.starts_with(&format!("error[release::same-sheet]: {message}\n{place}")), "{says}");
        assert!(says.ends_with("= help: give the table a name that differs in letters or digits\n1 error\n"), "{says}");
        let released = spec.project.refuses(&["release", SPEC, "--out", "release"]);
        assert!(released.starts_with(&says[..says.len() - 1]), "{released}");
    }
    // Letters of either case, and either form of one letter.
    let says = spec.refused(&[
        ("  AL: { name: Alabama,", "  AL: { name: Alabama, file_name: \"Cafe\\u0301\","),
        ("  AK: { name: Alaska,", "  AK: { name: Alaska, file_name: \"CAF\\u00c9\","),
    ]);
    let told = "error[spec::duplicate-name]: two jurisdictions would write files called `CAFÉ`\n";
    assert!(says.starts_with(told) && says.ends_with("\n1 error\n"), "{says}");
}

#[test]
fn findings_are_lines_of_json_for_machines() {
    let spec = Bad::new();
    spec.project.edit(SPEC, "  threshold: 3", "  threshold: three");
    let output = spec.project.platen(&["check", SPEC, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r#"{"severity":"error","code":"spec::wrong-type","message":"`threshold` must be a whole number, and is the text `three`","place":{"span":{"file":"config/nhth-2016.yaml","start":11722,"end":11727}}}"#);
    assert!(output.stderr.is_empty());
}

/// Checks a text in a process that may take up 400 MB of addresses and one second, and returns its first line.
fn bounded(spec: &Bad, text: &[u8]) -> String {
    spec.project.write(SPEC, text);
    let program = env!("CARGO_BIN_EXE_platen");
    let script = format!("ulimit -v 400000; exec '{program}' check {SPEC}");
    let began = Instant::now();
    let output = Command::new("sh").args(["-c", &script]).current_dir(spec.project.path("")).output().unwrap();
    let took = began.elapsed();
    let says = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{says}");
    // A machine that runs all tests at once is slower; the ordinary time is some hundredths.
    assert!(took < Duration::from_secs(5), "{took:?}");
    says.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn bombs_end_in_an_error_soon_and_in_little_memory() {
    let spec = Bad::new();
    let alias_bomb = (1..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
        let below = vec![format!("*a{}", level - 1); 10].join(",");
        text + &format!("a{level}: &a{level} [{below}]\n")
    });
    let too_many = "error[spec::too-many-values]: the spec holds more than 100000 values, aliases expanded";
    assert_eq!(bounded(&spec, alias_bomb.as_bytes()), too_many);
    let long_text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 90_000].join(","));
    assert_eq!(bounded(&spec, long_text.as_bytes()), too_many);
    let many: String = (0..90_000).map(|number| format!("k{number}: 1\n")).collect();
    assert_eq!(bounded(&spec, many.as_bytes()), "error[spec::missing-key]: the report spec has no key `edition`");
    assert_eq!(
        bounded(&spec, &vec![b'a'; 100 * 1024 * 1024]),
        "error[spec::too-large]: a spec has at most 2097152 bytes"
    );
}

#[test]
fn deep_nesting_ends_in_an_error() {
    let spec = Bad::new();
    let too_deep = "error[spec::too-deep]: values nest deeper than 48 levels";
    let recursion = "error[spec::syntax]: this is no valid YAML: recursion limit exceeded";
    assert_eq!(bounded(&spec, format!("a: {}", "[".repeat(10_000)).as_bytes()), recursion);
    assert_eq!(bounded(&spec, format!("a: {}{}", "[".repeat(10_000), "]".repeat(10_000)).as_bytes()), recursion);
    assert_eq!(bounded(&spec, format!("a: {}", "{a: ".repeat(10_000)).as_bytes()), too_deep);
    assert_eq!(bounded(&spec, "- ".repeat(10_000).as_bytes()), too_deep);
    let block: String = (0..1_900).map(|level| " ".repeat(level) + "a:\n").collect();
    assert_eq!(bounded(&spec, block.as_bytes()), too_deep);
}

#[test]
fn templates_that_nest_deep_end_in_an_error() {
    let spec = Bad::new();
    let with = |heading: String| {
        spec.sound.replace("- heading: OVERVIEW OF INCOMING SIGNALS", &format!("- heading: \"{heading}\"")).into_bytes()
    };
    let too_long = "error[spec::template]: a text with placeholders has at most 4096 bytes";
    for chain in ["1+", "not ", "-", "(", "["] {
        assert_eq!(bounded(&spec, &with(format!("{{{{ {}1 }}}}", chain.repeat(50_000)))), too_long, "{chain}");
        // Below the bound the engine itself refuses, or nothing is wrong.
        let short = with(format!("{{{{ {}1 }}}}", chain.repeat(3_900 / chain.len())));
        spec.project.write(SPEC, &short);
        let code = spec.project.platen(&["check", SPEC]).status.code();
        assert!(matches!(code, Some(0 | 1)), "{chain}: {code:?}");
    }
    let only_if =
        spec.sound.replace("- table: how_found", &format!("- table: how_found\n    only_if: {}1", "1+".repeat(50_000)));
    assert_eq!(bounded(&spec, only_if.as_bytes()), too_long);
    let endless = with("{% for a in 'x' * 999 %}{% for b in 'x' * 999 %}{{ b }}{% endfor %}{% endfor %}".to_owned());
    assert_eq!(
        bounded(&spec, &endless),
        "error[spec::template]: this text cannot be filled in: engine ran out of fuel"
    );
}
