//! Worked cases, by the program.

use std::fs;

use serde_json::Value;

use crate::support::{Project, repository};

#[test]
fn every_worked_case_has_the_intervals_verdicts_and_patterns_that_it_is_published_with() {
    let project = Project::empty();
    let mut seen = 0;
    for entry in fs::read_dir(repository().join("crates/disclosure-audit/tests/cases")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for case in file["cases"].as_array().unwrap() {
            let mut question = case.clone();
            let expected = question.as_object_mut().unwrap().remove("expected").unwrap();
            project.write("case.json", question.to_string());
            let answer: Value = serde_json::from_str(&project.succeeds(&["attack", "case.json", "--json"])).unwrap();
            let id = &case["id"];
            for key in ["safe_exact", "safe_full"] {
                assert_eq!(answer[key], expected[key], "{id}: {key}");
            }
            for (cell, known) in expected["intervals"].as_object().unwrap() {
                for key in ["int", "small", "verdict"] {
                    assert_eq!(answer["intervals"][cell].get(key), known.get(key), "{id}: {cell}: {key}");
                }
            }
            if let Some(minimal) = expected.get("minimal") {
                assert_eq!(answer["minimal"]["cheapest_by_value"], minimal["cheapest_by_value"], "{id}");
            }
            seen += 1;
        }
    }
    assert!(seen >= 43, "{seen} cases");
}

#[test]
fn a_file_that_is_no_case_is_refused_with_its_line() {
    let project = Project::empty();
    project.write("case.json", "{ \"threshold\": 3,\n \"cells\": [ { \"id\": \"a\" } ] }");
    let says = project.refuses(&["attack", "case.json"]);
    assert!(
        says.starts_with("error[disclosure::case]: this is no worked case: missing field `status` at line 2"),
        "{says}"
    );
    assert!(says.contains("case.json"), "{says}");
    project.write("case.json", r#"{ "threshold": 0, "cells": [] }"#);
    assert!(project.refuses(&["attack", "case.json"]).contains("threshold 0 is not among 1 to 1000"));
    // A word that is not known could be a fact that the reader has.
    project.write("case.json", r#"{ "threshold": 3, "cells": [], "relation": [] }"#);
    assert!(project.refuses(&["attack", "case.json"]).contains("unknown field `relation`"));
}

#[test]
fn several_cases_are_answered_one_a_line_and_people_read_them_too() {
    let project = Project::empty();
    let case = |id: &str| {
        format!(
            r#"{{ "id": "{id}", "threshold": 3, "cells": [ {{ "id": "total", "value": 9, "status": "published" }},
            {{ "id": "shown", "value": 7, "status": "published" }}, {{ "id": "hidden", "status": "primary", "lower": 0, "upper": 2 }} ],
            "relations": [ {{ "id": "sum", "sum": "total", "parts": ["shown", "hidden"] }} ] }}"#
        )
    };
    project.write("cases.json", format!(r#"{{ "cases": [ {}, {} ] }}"#, case("one"), case("two")));
    let lines = project.succeeds(&["attack", "cases.json", "--json"]);
    assert_eq!(lines.lines().count(), 2);
    let text = project.succeeds(&["attack", "cases.json"]);
    assert!(text.contains("hidden: 2 to 2, small counts left: 2, exact"), "{text}");
    assert!(text.contains("no count exact: no"), "{text}");
}
