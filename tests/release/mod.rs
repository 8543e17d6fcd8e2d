//! The annual release: complete or not at all, each byte vouched for, nothing done twice.

mod approvals;
mod atomic;
mod incremental;
mod package;
mod revisions;
mod slices;
mod verification;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";

/// A project whose edition has the reports of Connecticut, Rhode Island and Vermont; the latter two have no records.
fn project() -> Project {
    let project = Project::new();
    for code in ["RI", "VT"] {
        project.add(&format!("geodata/2016/{code}.geojson"));
    }
    project.edit(SPEC, "reports: [CT]\ncoverage: [CT]\n", "reports: [CT, RI, VT]\ncoverage: [CT, RI, VT]\n");
    project
}

/// Releases into `release` and returns the lines of JSON.
fn release(project: &Project, more: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["release", SPEC, "--out", "release", "--json"];
    arguments.extend(more);
    project.succeeds(&arguments).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What became of each report, by jurisdiction.
fn outcomes(events: &[Value]) -> BTreeMap<String, String> {
    let reports = events.iter().filter(|event| event["event"] == "report");
    reports.map(|event| (word(&event["jurisdiction"]), word(&event["outcome"]))).collect()
}

/// The jurisdictions whose reports were built anew.
fn built(events: &[Value]) -> Vec<String> {
    outcomes(events).into_iter().filter(|(_, outcome)| outcome == "built").map(|(code, _)| code).collect()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn manifest(project: &Project) -> Value {
    serde_json::from_str(&project.read("release/manifest.json")).unwrap()
}

/// Every file below a folder by its relative path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}
