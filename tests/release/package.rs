//! What analysts get, and what the manifest says of a release.

use std::process::Command;

use platen::unit::Digest;
use serde_json::Value;

use super::{SPEC, files, manifest, outcomes, project, release, released, with_key};
use crate::support::{Project, repository};

#[test]
fn the_manifest_vouches_for_every_file() {
    let project = released();
    let manifest = manifest(&project);
    let mut vouched: Vec<String> = vec!["manifest.json".into(), "SHA256SUMS".into()];
    let list = |value: &Value| value.as_array().unwrap().clone();
    let reports = list(&manifest["reports"]);
    let all = reports.iter().flat_map(|report| list(&report["files"])).chain(list(&manifest["files"]));
    let published = files(&project.path("release"));
    for file in all {
        let path = file["path"].as_str().unwrap();
        assert_eq!(file["digest"], Digest::of(&published[path]).to_string());
        assert_eq!(file["bytes"], published[path].len());
        vouched.push(path.to_owned());
    }
    vouched.sort();
    assert_eq!(vouched, published.keys().cloned().collect::<Vec<_>>());
    assert_eq!(manifest["reports"][0]["pages"], 4);
    let schema = platen::release::manifest_schema();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&manifest).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn case_data_have_no_digest_without_a_key_and_a_keyed_one_with_it() {
    let project = released();
    let data = |project: &Project| -> Vec<Value> {
        let inputs = manifest(project)["inputs"].as_array().unwrap().clone();
        inputs.into_iter().filter(|input| input["kind"] == "data").map(|input| input["digest"].clone()).collect()
    };
    assert_eq!(data(&project), vec![Value::Null; 3]);
    with_key(&project);
    release(&project, &[]);
    let plain = Digest::of(project.read("data/connecticut-2016/case_locations.csv").as_bytes()).to_string();
    let keyed = data(&project);
    assert!(keyed.iter().all(|digest| digest.is_string() && *digest != plain.as_str()), "{keyed:?}");
}

#[test]
fn the_sheets_hold_the_cells_of_the_tables() {
    let project = released();
    let package: Value = serde_json::from_str(&project.read("release/datapackage.json")).unwrap();
    let mut cells = 0;
    for resource in package["resources"].as_array().unwrap() {
        let path = format!("release/{}", resource["path"].as_str().unwrap());
        let content = std::fs::read(project.path(&path)).unwrap();
        assert_eq!(resource["hash"], format!("sha256:{}", Digest::of(&content)));
        assert_eq!(resource["bytes"], content.len());
        if resource["format"] == "csv" {
            let mut reader = csv::Reader::from_reader(content.as_slice());
            let fields: Vec<&str> = resource["schema"]["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|field| field["name"].as_str().unwrap())
                .collect();
            assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), fields);
            cells += reader.records().map(|record| record.unwrap().len()).sum::<usize>();
        }
    }
    assert!(cells > 500, "{cells}");
    let connecticut: Value = serde_json::from_str(&project.read("release/tables/Connecticut-2016.json")).unwrap();
    for table in connecticut["tables"].as_array().unwrap() {
        let path = format!("release/data/{}.csv", table["id"].as_str().unwrap().replace('_', "-"));
        let text = project.read(&path);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> =
            reader.records().map(Result::unwrap).filter(|record| &record[0] == "CT").collect();
        let rows = table["rows"].as_array().unwrap();
        assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(rows) {
            let printed: Vec<&str> =
                row["cells"].as_array().unwrap().iter().map(|cell| cell["text"].as_str().unwrap()).collect();
            assert_eq!([&record[3], &record[7], &record[8]], [printed[0], printed[1], printed[2]]);
        }
    }
}

#[test]
fn what_could_be_built_is_published_when_the_user_wants_it_so() {
    let project = project();
    project.write("geodata/2016/VT.geojson", "{");
    let output = project.platen(&["release", SPEC, "--out", "release", "--keep-going"]);
    let findings = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(findings.contains("geodata/2016/VT.geojson") && findings.contains("no report for VT"), "{findings}");
    let manifest = manifest(&project);
    assert_eq!((&manifest["complete"], &manifest["missing"]), (&false.into(), &serde_json::json!(["VT"])));
    assert!(project.path("release/pdf/Connecticut-2016.pdf").exists());
}

#[test]
fn boundaries_that_cannot_be_read_keep_back_the_report_of_their_place_alone_though_its_records_have_points() {
    let project = Project::new();
    for name in ["signals.csv", "cases.csv", "case_locations.csv"] {
        project.add(&format!("data/national-2016/{name}"));
    }
    for entry in std::fs::read_dir(repository().join("geodata/2016")).unwrap() {
        project.add(&format!("geodata/2016/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    let national = "config/nhth-2016-national.yaml";
    project.succeeds(&["release", national, "--only", "CT,VT,OH", "--out", "whole", "--no-cache"]);
    project.write("geodata/2016/VT.geojson", "{");
    let arguments = ["release", national, "--only", "CT,VT,OH", "--out", "rest", "--no-cache"];
    // Without the wish to go on, nothing is published.
    let findings = project.refuses(&arguments);
    assert!(findings.contains("geodata/2016/VT.geojson") && !project.path("rest").exists(), "{findings}");
    let output = project.platen(&[&arguments[..], &["--keep-going"]].concat());
    let findings = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{findings}");
    assert!(findings.contains("geodata/2016/VT.geojson") && findings.contains("no report for VT"), "{findings}");
    let (whole, rest) = (files(&project.path("whole")), files(&project.path("rest")));
    for name in ["pdf/Connecticut-2016.pdf", "pdf/Ohio-2016.pdf", "tables/Ohio-2016.json"] {
        assert!(whole[name] == rest[name], "{name}");
    }
    assert!(!rest.contains_key("pdf/Vermont-2016.pdf"));
}

#[test]
fn an_incomplete_run_never_replaces_a_complete_release() {
    let project = released();
    let before = files(&project.path("release"));
    project.write("geodata/2016/VT.geojson", "{");
    let findings = project.refuses(&["release", SPEC, "--out", "release", "--keep-going"]);
    assert!(findings.contains("error[release::would-shrink]"), "{findings}");
    let findings = project.refuses(&["release", SPEC, "--out", "release", "--only", "CT"]);
    assert!(findings.contains("the folder holds 3 reports, and this release would hold 1"), "{findings}");
    assert!(files(&project.path("release")) == before);
}

#[test]
fn fail_fast_stops_at_the_first_failure() {
    let project = project();
    project.write("geodata/2016/RI.geojson", "{");
    let mut command = project.command(&["release", SPEC, "--out", "release", "--fail-fast", "--json"]);
    let output = command.env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let events: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        outcomes(&events).into_iter().collect::<Vec<_>>(),
        [("CT".to_owned(), "built".to_owned()), ("RI".to_owned(), "failed".to_owned())]
    );
}

/// Runs the reference validator of data packages (Frictionless Framework); returns its report.
fn validated(project: &Project) -> Value {
    let validator = repository().join("tests/python/venv/bin/frictionless");
    let output = Command::new(&validator)
        .args(["validate", "--json", "datapackage.json"])
        .current_dir(project.path("release"))
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}; `tests/run` installs it", validator.display()));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_reference_validator_accepts_the_package_and_sees_a_changed_cell() {
    let project = released();
    let package: Value = serde_json::from_str(&project.read("release/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let report = validated(&project);
    assert_eq!((&report["valid"], &report["stats"]["errors"]), (&true.into(), &0.into()), "{report:#}");
    assert_eq!(report["stats"]["tasks"], resources.len());
    let sheet = resources.iter().find(|resource| resource["format"] == "csv").unwrap()["path"].as_str().unwrap();
    let sheet = format!("release/{sheet}");
    let changed = project.read(&sheet).replacen(",CT", ",XX", 1).replacen("CT,", "XX,", 1);
    project.write(&sheet, changed);
    assert_eq!(validated(&project)["valid"], false);
}
