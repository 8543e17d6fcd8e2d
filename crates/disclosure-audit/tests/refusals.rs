//! What a model and a case file refuse: nothing is lost or replaced in silence.

use disclosure_audit::{Case, Cell, Model, ModelError, Status};

#[test]
fn a_name_that_is_taken_keeps_its_cell() {
    let mut model = Model::new(3).unwrap();
    model.add_cell(Cell::published("a", 7)).unwrap();
    let twice = ModelError::Twice { cell: "a".into() };
    assert_eq!(model.add_cell(Cell::published("a", 8)), Err(twice));
    model.add_cell(Cell::published("b", 9)).unwrap();
    assert_eq!((model.position("a"), model.position("b")), (Some(0), Some(1)));
}

#[test]
fn a_count_that_its_label_denies_is_refused() {
    let mut model = Model::new(3).unwrap();
    let label = || Err(ModelError::Label { cell: "a".into() });
    assert_eq!(model.add_cell(Cell::published("a", 9).within(0, Some(2))), label());
    assert_eq!(model.add_cell(Cell::hidden("a", Some(9), Status::Primary).within(0, Some(2))), label());
    assert_eq!(model.add_cell(Cell::hidden("a", Some(-5), Status::Primary)), label());
    assert_eq!(model.cells().len(), 0);
}

#[test]
fn a_threshold_that_protects_nothing_or_everything_is_refused() {
    for threshold in [-1, 0, 1_001, i64::MAX] {
        assert_eq!(Model::new(threshold).unwrap_err(), ModelError::Threshold { threshold });
        let mut model = Model::new(3).unwrap();
        let cell = Cell::published("a", 1).under(threshold);
        assert_eq!(model.add_cell(cell), Err(ModelError::Threshold { threshold }));
    }
}

#[test]
fn case_files_lose_no_field() {
    let read = |text: &str| serde_json::from_str::<Case>(text).map(|_| ()).map_err(|error| error.to_string());
    let cells = r#""threshold": 3, "cells": [{"id": "a", "status": "primary"}, {"id": "b", "status": "primary"}]"#;
    assert_eq!(read(&format!("{{{cells}}}")), Ok(()));
    let refused = |text: String, why: &str| {
        let error = read(&text).unwrap_err();
        assert!(error.contains(why), "{error}");
    };
    refused(format!(r#"{{{cells}, "relation": []}}"#), "unknown field `relation`");
    refused(r#"{"threshold": 3, "cells": [{"id": "a", "status": "primary", "Upper": 0}]}"#.into(), "`Upper`");
    let linear =
        |coef: &str| format!(r#"{{{cells}, "linear": [{{"id": "s", "coef": {coef}, "op": "<=", "rhs": 1}}]}}"#);
    assert_eq!(read(&linear(r#"{"a": 1, "b": 1}"#)), Ok(()));
    refused(linear(r#"{"a": 1, "b": 1, "a": 0}"#), "two coefficients of the cell `a`");
    refused(format!(r#"{{{cells}, "threshold": 4}}"#), "duplicate field `threshold`");
}
