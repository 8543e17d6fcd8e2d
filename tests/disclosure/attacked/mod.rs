//! Releases are attacked by a reader who has the released files and the spec alone, reasons in its own way (`tests/python/attack`), and
//! is graded by the records afterwards.

mod links;
mod random;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::nation;
use crate::support::{Project, repository};

/// What a reader found in one release, graded.
struct Attacked {
    /// All that it made out: see `tests/python/attack`.
    found: Value,
    /// Small counts that are hidden.
    small: u64,
    exact: BTreeSet<String>,
    narrowed: BTreeSet<String>,
}

/// Runs a script of `tests/python` in the readers' environment.
fn python(script: &str) -> Command {
    let readers = repository().join("tests/python");
    let mut command = Command::new(readers.join("venv/bin/python"));
    command.arg(readers.join(script));
    command
}

/// Attacks releases, each with the spec that it was made by, and grades what was found.
fn attack(releases: &[(PathBuf, PathBuf)], options: &[&str]) -> Vec<Attacked> {
    let pairs = releases.iter().flat_map(|(release, spec)| [release, spec]);
    let output = python("attack").args(pairs).args(options).output().unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let scratch = Project::empty();
    scratch.write("attack.jsonl", &output.stdout);
    let graded = python("grade.py").arg(scratch.path("attack.jsonl")).output().unwrap();
    assert!(graded.status.success(), "{}", String::from_utf8_lossy(&graded.stderr));
    let lines = |bytes: &[u8]| -> Vec<Value> {
        String::from_utf8_lossy(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let names = |list: &Value| -> BTreeSet<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let found = lines(&output.stdout);
    assert_eq!(found.len(), releases.len());
    let attacked = found.into_iter().zip(lines(&graded.stdout)).map(|(found, graded)| {
        assert_eq!(graded["wrong"], serde_json::json!([]), "the reader is mistaken: {}", found["spec"]);
        let small = graded["small"].as_u64().unwrap();
        Attacked { found, small, exact: names(&graded["exact"]), narrowed: names(&graded["narrowed"]) }
    });
    attacked.collect()
}

fn released(project: &Project, spec: &str) -> (PathBuf, PathBuf) {
    project.succeeds(&["release", spec, "--out", "release", "--no-cache"]);
    (project.path("release"), project.path(spec))
}

#[test]
fn the_strict_release_of_the_nation_tells_no_reader_any_small_count() {
    let project = nation();
    let release = released(&project, "config/nhth-2016-national-strict.yaml");
    // Whatever a reader who knows more must hold possible, the others must as well.
    let attacked = attack(&[release], &["--aware", "--insider"]).remove(0);
    assert_eq!(attacked.found["reports"], 56);
    assert!(attacked.small > 4000, "{} small counts are hidden", attacked.small);
    assert!(attacked.exact.is_empty(), "{:?}", attacked.exact);
    assert!(attacked.narrowed.is_empty(), "{:?}", attacked.narrowed);
}

#[test]
fn of_the_release_as_published_a_reader_finds_what_the_audit_lists_and_nothing_else() {
    let spec = "config/nhth-2016-national.yaml";
    let project = nation();
    let attacked = attack(&[released(&project, spec)], &[]).remove(0);
    let audit = project.succeeds(&["audit", spec, "--json"]);
    let lines = audit.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    // A small count that is printed is found by reading, and a merged row is no count of a category.
    let told: BTreeSet<String> = lines
        .filter(|line| line["code"].as_str().is_some_and(|code| code.ends_with("-tell") || code.ends_with("-tells")))
        .map(|line| ["jurisdiction", "figure", "cell"].map(|key| line[key].as_str().unwrap_or_default()).join(" "))
        .filter(|name| !name.ends_with("(merged)"))
        .collect();
    let found: BTreeSet<String> = attacked.exact.union(&attacked.narrowed).cloned().collect();
    assert_eq!(told, found);
    assert_eq!((attacked.small, attacked.exact.len(), attacked.narrowed.len()), (4525, 72, 32));
}
