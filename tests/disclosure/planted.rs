//! Numbers and ids that nothing else holds are planted in what is hidden, and looked for in every byte that the program writes or says.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use super::{edition, nation};
use crate::support::{Project, files, tool};

/// Rows that are hidden to protect one of two: a public order says so.
const HIDDEN: [usize; 2] = [17_931, 12_409];

/// How ids of the records begin.
const ID: &str = "PLANTED";

/// Records of four kinds, the second of which is small.
fn planted() -> Project {
    let kinds = [("a", 15), ("b", 2), ("c", HIDDEN[0]), ("d", HIDDEN[1])];
    let (mut cases, mut places) =
        (String::from("case_id,opened_on,state,kind,type,place,first,second\n"), String::from("case_id,county\n"));
    for (kind, count) in kinds {
        for number in 0..count {
            cases += &format!("{ID}-{kind}-{number},2016-03-01,CT,{kind},x,p,false,false\n");
            places += &format!("{ID}-{kind}-{number},09001\n");
        }
    }
    let rule = (
        "    small_counts: { rule: merge, guard: full-range, label: Other kinds }\n",
        "    small_counts: { rule: suppress, hide_first: [c, d] }\n",
    );
    edition("strict", &[rule], &[("cases.csv", cases), ("places.csv", places)])
}

/// Says whether a number stands among bytes, as digits that no other digit is next to, plain or with a comma.
fn holds(bytes: &[u8], number: usize) -> bool {
    let grouped = format!("{},{:03}", number / 1000, number % 1000);
    [number.to_string(), grouped].iter().any(|digits| {
        let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        memchr_all(bytes, digits.as_bytes())
            .any(|at| !is_digit(at.checked_sub(1)) && !is_digit(Some(at + digits.len())))
    })
}

fn memchr_all<'b>(bytes: &'b [u8], needle: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    bytes.windows(needle.len()).enumerate().filter(move |(_, window)| *window == needle).map(|(at, _)| at)
}

fn assert_clean(what: &str, bytes: &[u8]) {
    for number in HIDDEN {
        assert!(!holds(bytes, number), "{what} tells {number}");
    }
    assert!(memchr_all(bytes, ID.as_bytes()).next().is_none(), "{what} names a record");
}

/// Every file that a folder holds, PDFs unpacked as well.
fn assert_files_are_clean(folder: &Path) -> usize {
    let files = files(folder);
    for (name, bytes) in &files {
        assert_clean(name, bytes);
        assert_clean("a file's name", name.as_bytes());
        if name.ends_with(".pdf") {
            let path = folder.join(name);
            let unpacked = tool("qpdf", &["--qdf", "--object-streams=disable", path.to_str().unwrap(), "-"]);
            assert_clean(name, unpacked.as_bytes());
            assert_clean(name, tool("pdftotext", &[path.to_str().unwrap(), "-"]).as_bytes());
        }
    }
    files.len()
}

/// Runs the program, and looks at all that it says.
fn says_nothing(project: &Project, arguments: &[&str], code: i32) {
    let output = project.platen(arguments);
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {says}");
    assert_clean(&format!("{arguments:?}"), &output.stdout);
    assert_clean(&format!("{arguments:?}"), &output.stderr);
}

const SPEC: &str = "config/strict.yaml";

#[test]
fn what_is_planted_in_hidden_rows_stands_in_no_byte_that_is_written_or_said() {
    let project = planted();
    let records = project.read("data/strict/cases.csv");
    assert!(memchr_all(records.as_bytes(), ID.as_bytes()).next().is_some(), "the search finds what is there");
    for arguments in [
        &["check", SPEC][..],
        &["check", SPEC, "--json"],
        &["build", SPEC],
        &["build", SPEC, "--json"],
        &["build", SPEC, "--text"],
        &["release", SPEC, "--out", "release"],
        &["release", SPEC, "--out", "release", "--json"],
        &["verify", "release"],
        &["audit", SPEC],
        &["audit", SPEC, "--json"],
        &["audit", SPEC, "--proof", "kept/proof.json"],
        &["audit", "--check", "kept/proof.json"],
        &["explain", "disclosure::tables-tell"],
    ] {
        if arguments.contains(&"kept/proof.json") {
            std::fs::create_dir_all(project.path("kept")).unwrap();
        }
        says_nothing(&project, arguments, 0);
    }
    says_nothing(&project, &["audit", SPEC, "--proof", "release/proof.json"], 1);
    assert!(assert_files_are_clean(&project.path("release")) > 10);
    assert!(assert_files_are_clean(&project.path("out")) > 3);
    let kept = files(&project.path("")).into_iter().filter(|(name, _)| name.contains("cache"));
    for (name, bytes) in kept {
        assert_clean(&name, &bytes);
    }
    let proof = std::fs::read(project.path("kept/proof.json")).unwrap();
    assert!(
        holds(&proof, HIDDEN[0]) && memchr_all(&proof, ID.as_bytes()).next().is_none(),
        "the proof counts, and names no record"
    );
}

#[test]
fn an_edition_that_is_refused_says_no_other_count_than_the_one_that_follows() {
    let project = planted();
    // The text prints all but the two of kind B, in a table whose rule hides them.
    let part = "  rest:\n    source: cases\n    jurisdiction: state\n    where: { column: kind, in: [a, c, d] }\n    small_counts: mask\n  x_or_y:\n";
    project.edit(SPEC, "  x_or_y:\n", part);
    project.edit(
        SPEC,
        "  - table: merged\n",
        "  - statement: \"All but a few: {{ figures.rest.text }}\"\n  - table: merged\n",
    );
    for arguments in [
        &["check", SPEC][..],
        &["check", SPEC, "--json"],
        &["build", SPEC],
        &["release", SPEC, "--out", "release"],
        &["audit", SPEC],
        &["audit", SPEC, "--json"],
    ] {
        says_nothing(&project, arguments, 1);
    }
    assert!(project.refuses(&["check", SPEC]).contains("= CT merged/b 2"), "the derivation names the count");
    assert!(!project.path("release").exists() && !project.path("out").exists());
}

#[test]
fn no_record_of_the_strict_release_of_the_nation_is_named_in_any_byte() {
    let project = nation();
    for file in ["cases.csv", "signals.csv", "case_locations.csv"] {
        let file = format!("data/national-2016/{file}");
        let records = project.read(&file);
        let id = records.lines().nth(1).unwrap().split(',').next().unwrap();
        let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let planted = records.replace(prefix, &format!("{ID}-"));
        project.write(&file, planted);
    }
    let spec = "config/nhth-2016-national-strict.yaml";
    says_nothing(&project, &["release", spec, "--out", "release", "--only", "VT,WY", "--json"], 0);
    says_nothing(&project, &["audit", spec, "--json"], 0);
    assert!(assert_files_are_clean(&project.path("release")) > 10);
}

#[test]
fn a_panic_tells_its_place_and_not_its_words() {
    const PANICS: &str = "PLATEN_TEST_PANICS";
    if std::env::var_os(PANICS).is_some() {
        platen::diag::tell_panics_by_place();
        panic!("{ID} has {}", HIDDEN[0]);
    }
    // The test itself is the program that panics.
    let mut test = Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "--nocapture", "disclosure::planted::a_panic_tells_its_place_and_not_its_words"]);
    let output = test.env(PANICS, "1").output().unwrap();
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(
        !output.status.success() && says.contains("a fault of the program at tests/disclosure/planted.rs:"),
        "{says}"
    );
    assert_clean("a panic", says.as_bytes());
    assert_clean("a panic", &output.stdout);
}

#[test]
fn an_attack_says_no_count_of_its_case_that_a_reader_cannot_tell() {
    let project = Project::empty();
    let [first, second] = HIDDEN;
    let case = json!({
        "threshold": 3,
        "cells": [
            { "id": "total", "value": 2 + first + second, "status": "published" },
            { "id": "small", "value": 2, "status": "primary", "lower": 0, "upper": 2 },
            { "id": "first", "value": first, "status": "secondary" },
            { "id": "second", "value": second, "status": "secondary" },
        ],
        "relations": [{ "id": "table", "sum": "total", "parts": ["small", "first", "second"] }],
    });
    project.write("case.json", case.to_string());
    says_nothing(&project, &["attack", "case.json"], 0);
    says_nothing(&project, &["attack", "case.json", "--json"], 0);
    project.write("case.json", case.to_string().replace("\"small\",\"first\",\"second\"", "\"small\""));
    says_nothing(&project, &["attack", "case.json"], 1);
}
