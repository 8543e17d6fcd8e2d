//! Safety is proved by worlds, which two checkers add up.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::{Value, json};

use super::nation;
use crate::support::repository;

const SPEC: &str = "config/nhth-2016-national-strict.yaml";

#[test]
fn the_strict_release_of_the_nation_is_proved_and_two_checkers_agree() {
    let project = nation();
    let audited = project.platen(&["audit", SPEC, "--proof", "proof.json"]);
    let says = String::from_utf8(audited.stderr).unwrap();
    assert!(audited.status.success() && says.starts_with("0 accepted disclosures\n"), "{says}");
    assert!(says.contains("hidden beyond small counts: `reason`: "), "the loss is told: {says}");
    let mode = fs::metadata(project.path("proof.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it is confidential");
    let checked = project.succeeds(&["audit", "--check", "proof.json"]);
    assert!(checked.contains("hidden counts keep their promise"), "{checked}");
    project.succeeds(&["release", SPEC, "--out", "release"]);
    let outside = |proof: &str| {
        let script = repository().join("tests/python/check_worlds.py");
        Command::new("python3").arg(script).args([project.path(proof), project.path("release")]).output().unwrap()
    };
    let output = outside("proof.json");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().contains("56 reports"));
    // The proof of another release is none of this one.
    let refused = project.refuses(&["audit", SPEC, "--proof", "release/proof.json"]);
    assert!(refused.contains("is a release"), "no proof is written into a release: {refused}");

    let proof: Value = serde_json::from_str(&project.read("proof.json")).unwrap();
    for (what, pointer, value) in [
        ("a world that does not add up", "/base/0", json!(1_000_000)),
        ("worlds that show too little", "/worlds", json!([])),
        ("a printed figure of another value", "/cells/0/value", json!(3)),
        ("another form", "/form", json!("disclosure proof 0")),
    ] {
        let mut altered = proof.clone();
        *altered.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        project.write("altered.json", altered.to_string());
        let told = project.refuses(&["audit", "--check", "altered.json"]);
        assert!(told.starts_with("error[disclosure::proof]: "), "{what}: {told}");
    }
}
