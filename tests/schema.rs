//! The JSON Schema of report specs, as editors read it.

use std::fs;
use std::process::Command;

use platen::boundaries::Geography;
use platen::compose;
use platen::diag::Sources;
use platen::pipeline::Edition;
use platen::report_spec::Places;
use serde_json::Value;

use crate::support::repository;

/// What `platen schema` can print: the usage error lists it.
fn schemas() -> Vec<String> {
    let refused = Command::new(env!("CARGO_BIN_EXE_platen")).args(["schema", "?"]).output().unwrap();
    let told = String::from_utf8(refused.stderr).unwrap();
    let list = told.split_once("[possible values: ").unwrap().1.split_once(']').unwrap().0;
    list.split(',').map(|of| of.trim().to_owned()).collect()
}

#[test]
fn every_schema_is_committed_and_written_by_make_schema() {
    let mut schemas = schemas();
    let makefile = fs::read_to_string(repository().join("Makefile")).unwrap();
    let recipe = makefile.lines().find_map(|line| line.strip_prefix("\tfor of in ")?.split_once(';')).unwrap().0;
    assert_eq!(recipe.split(' ').collect::<Vec<_>>(), schemas);
    let files = fs::read_dir(repository().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let name = |file: std::ffi::OsString| Some(file.to_str()?.strip_suffix(".schema.json")?.to_owned());
    let mut committed: Vec<String> = files.filter_map(name).collect();
    committed.sort();
    schemas.sort();
    assert_eq!(committed, schemas);
}

#[test]
fn the_committed_schemas_are_those_that_the_program_prints() {
    for of in schemas() {
        let printed = Command::new(env!("CARGO_BIN_EXE_platen")).args(["schema", &of]).output().unwrap();
        let committed = fs::read(repository().join(format!("docs/{of}.schema.json"))).unwrap();
        assert!(committed == printed.stdout, "run `make schema`: {of}");
    }
}

#[test]
fn a_spec_that_extends_another_is_valid_with_what_differs_alone() {
    let schema = fs::read_to_string(repository().join("docs/spec.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let text = fs::read_to_string(repository().join("config/nhth-2016-national.yaml")).unwrap();
    let mut part: Value = serde_yaml::from_str(&text).unwrap();
    assert!(schema.is_valid(&part));
    part["tables"] = serde_json::json!({ "reason": { "order": "no such order" } });
    assert!(!schema.is_valid(&part), "what is there must be right");
    part.as_object_mut().unwrap().remove("tables");
    part.as_object_mut().unwrap().remove("extends");
    assert!(!schema.is_valid(&part), "without `extends` a spec must be whole");
}

#[test]
fn the_shipped_spec_names_the_schema_in_its_first_line_and_is_valid_by_it() {
    is_valid("config/nhth-2016.yaml");
}

#[test]
fn the_shipped_press_profile_names_its_schema_in_its_first_line_and_is_valid_by_it() {
    is_valid("config/press/us-letter-offset.yaml");
}

#[test]
fn the_shipped_review_policy_names_its_schema_in_its_first_line_and_is_valid_by_it() {
    is_valid("config/review.yaml");
}

#[test]
fn published_tables_are_valid_by_their_schema_and_others_are_not() {
    let path = repository().join("config/nhth-2016.yaml");
    let edition = Edition::load(&path, &Places::default(), &[], &mut Sources::default()).unwrap();
    let published = &edition.published[0];
    let counties = edition.geography.as_ref().map(Geography::index);
    let document = edition.compose(published).unwrap();
    let tables = compose::published_tables(&edition.spec, published, &document, counties).to_json();
    let schema = fs::read_to_string(repository().join("docs/table.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let tables: Value = serde_json::from_slice(&tables).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&tables).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    for (place, other) in [("/tables/0/rows/0/role", "heading"), ("/tables/0/columns/0/kind", "sum")] {
        let mut tables = tables.clone();
        *tables.pointer_mut(place).unwrap() = other.into();
        assert!(!schema.is_valid(&tables), "{place}");
    }
}

fn is_valid(file: &str) {
    let spec = repository().join(file);
    let text = fs::read_to_string(&spec).unwrap();
    let named = text.lines().next().and_then(|line| line.strip_prefix("# yaml-language-server: $schema=")).unwrap();
    let schema = fs::read_to_string(spec.parent().unwrap().join(named)).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let value: Value = serde_yaml::from_str(&text).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, Vec::<String>::new());
}
