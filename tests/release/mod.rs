//! The annual release: complete or not at all, each byte vouched for, nothing done twice.

mod approvals;
mod atomic;
mod engines;
mod forged;
mod incremental;
mod interrupted;
mod layouts;
mod many;
mod others;
mod package;
mod page;
mod places;
mod received;
mod revisions;
mod slices;
mod verification;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Project, files};

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

/// A project with its release. The first test that asks makes it, and each gets its files in a folder of its own.
fn released() -> Project {
    static FILES: LazyLock<Vec<(String, Permissions, Vec<u8>)>> = LazyLock::new(|| {
        let project = project();
        release(&project, &[]);
        let mode = |path: &str| fs::metadata(project.path(path)).unwrap().permissions();
        files(&project.path("")).into_iter().map(|(path, content)| (path.clone(), mode(&path), content)).collect()
    });
    let project = Project::empty();
    for (path, mode, content) in FILES.iter() {
        fs::create_dir_all(project.path(path).parent().unwrap()).unwrap();
        project.write(path, content);
        fs::set_permissions(project.path(path), mode.clone()).unwrap();
    }
    project
}

/// Gives the edition a secret.
fn with_key(project: &Project) {
    project.write("config/secret.key", "0123456789abcdef0123456789abcdef");
    let rules = "  threshold: 3\n  zero: hide\n";
    project.edit(SPEC, rules, &format!("{rules}  key_file: config/secret.key\n"));
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
