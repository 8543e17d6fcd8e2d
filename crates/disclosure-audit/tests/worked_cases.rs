//! Every worked case gives the answer that its field `expected` holds, field by field.

use std::fs;
use std::path::Path;

use disclosure_audit::{Case, Promise, Settings, Verdict, audit, check_worlds, derive};
use serde_json::Value;

fn cases() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let file: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert!(file["source"].is_string(), "{path:?} names no source");
        for case in file["cases"].as_array().unwrap() {
            cases.push((case["id"].as_str().unwrap().to_owned(), case.clone()));
        }
    }
    cases
}

fn read(case: &Value) -> Case {
    serde_json::from_value(case.clone()).unwrap()
}

/// Numbers are equal by value: 3 is 3.0.
fn differences(path: &str, ours: &Value, expected: &Value, found: &mut Vec<String>) {
    match (ours, expected) {
        (Value::Number(ours), Value::Number(expected)) if ours.as_f64() == expected.as_f64() => {}
        (Value::Array(ours), Value::Array(expected)) if ours.len() == expected.len() => {
            for (number, (ours, expected)) in ours.iter().zip(expected).enumerate() {
                differences(&format!("{path}[{number}]"), ours, expected, found);
            }
        }
        (Value::Object(ours), Value::Object(expected)) => {
            for key in ours.keys().chain(expected.keys().filter(|key| !ours.contains_key(*key))) {
                let missing = Value::String("(missing)".into());
                let (ours, expected) = (ours.get(key).unwrap_or(&missing), expected.get(key).unwrap_or(&missing));
                differences(&format!("{path}.{key}"), ours, expected, found);
            }
        }
        (ours, expected) if ours == expected => {}
        _ => found.push(format!("{path}: {ours} instead of {expected}")),
    }
}

#[test]
fn every_case_gives_its_answer() {
    let cases = cases();
    assert!(cases.len() >= 43);
    let mut found = Vec::new();
    for (id, case) in &cases {
        let answer = serde_json::to_value(read(case).answer(&Settings::default()).unwrap()).unwrap();
        differences(id, &answer, &case["expected"], &mut found);
    }
    assert!(found.is_empty(), "{} differences:\n{}", found.len(), found.join("\n"));
}

#[test]
fn safe_cases_are_proved_by_worlds() {
    for (id, case) in cases() {
        let model = read(&case).model().unwrap();
        let report = audit(&model, &Settings::default()).unwrap();
        if report.is_safe_from_exact() {
            assert_eq!(check_worlds(&model, &report.worlds, Promise::NoExact), Ok(()), "{id}");
        }
        assert_eq!(check_worlds(&model, &report.worlds, Promise::FullRange).is_ok(), report.is_full(), "{id}");
    }
}

#[test]
fn unsafe_cells_have_a_derivation() {
    let mut texts = String::new();
    for (id, case) in cases() {
        let model = read(&case).model().unwrap();
        let report = audit(&model, &Settings::default()).unwrap();
        for cell in report.cells.iter().filter(|cell| matches!(cell.verdict, Some(Verdict::Exact | Verdict::Narrowed)))
        {
            let derivation = derive(&model, cell, &Settings::default()).unwrap();
            let derivation = derivation.unwrap_or_else(|| panic!("{id}: {}", model.cells()[cell.cell].id));
            texts.push_str(&format!("{id}: {derivation}\n"));
        }
    }
    assert!(texts.contains("national_minus_one: US 29 − TX 12 − FL 9 − NY 6 = CT 2\n"));
}
