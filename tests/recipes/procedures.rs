//! Recipes that are followed step by step.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::read;
use crate::support::{Project, repository};

const SPEC: &str = "config/nhth-2016.yaml";
const NEXT: &str = "config/next.yaml";

#[test]
fn a_new_edition_is_a_copy_of_a_spec_and_check_tells_what_it_lacks() {
    let project = Project::new();
    let text = project.read(SPEC);
    project.write(NEXT, &text);
    project.succeeds(&["check", NEXT]);
    let first = text.lines().next().unwrap();
    let schema = first.strip_prefix("# yaml-language-server: $schema=").unwrap();
    assert!(repository().join("config").join(schema).is_file(), "{schema}");
    let date = text.lines().find(|line| line.starts_with("data_date:")).unwrap();
    project.edit(NEXT, &format!("{date}\n"), "");
    let findings = project.refuses(&["check", NEXT]);
    assert!(findings.contains("error[spec::missing-key]: the report spec has no key `data_date`"), "{findings}");
    assert!(findings.contains(NEXT), "{findings}");
}

#[test]
fn a_new_layout_is_a_folder_with_a_main_file_that_sets_the_blocks_as_they_are_described() {
    let project = Project::new();
    fs::create_dir(project.path("layouts/plain")).unwrap();
    project.write("layouts/plain/main.typ", include_str!("layout.typ"));
    project.write(NEXT, project.read(SPEC).replace("layout: layouts/nhth-2016", "layout: layouts/plain"));
    let files = project.succeeds(&["build", NEXT]);
    assert_eq!(files.lines().count(), 3, "{files}");
    // A block that it forgets is told.
    project.edit("layouts/plain/main.typ", "par({ super(str(item.number)); rich(item.text) })", "none");
    let findings = project.refuses(&["check", NEXT]);
    assert!(findings.contains("error[typeset::"), "{findings}");
}

/// What was checked last.
const NOTE: &str = ".ci/advisories";

/// A commit of the database.
const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A folder with the scripts of CI, beside commands that only write down how they are called.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir_all(bench.path("bin")).unwrap();
        fs::create_dir_all(bench.path(".ci")).unwrap();
        for file in [".ci/supply-chain", "Cargo.lock", "Makefile"] {
            fs::copy(repository().join(file), bench.path(file)).unwrap();
        }
        let version = read(".ci/supply-chain");
        let version = version.lines().find_map(|line| line.strip_prefix("version=")).unwrap().to_owned();
        bench.command("cargo", &format!("[ \"$*\" != 'deny --version' ] || echo cargo-deny {version}"));
        let log = format!("[ \"$3\" != log ] || echo database {COMMIT} of 2026-01-02");
        bench.command("git", &format!("[ \"$1\" != clone ] || mkdir -p \"$(basename \"$2\")/crates\"\n{log}"));
        bench
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn command(&self, name: &str, script: &str) {
        let file = self.path("bin").join(name);
        let calls = self.path("calls");
        fs::write(&file, format!("#!/bin/sh\necho {name} \"$@\" >> '{}'\n{script}\n", calls.display())).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs a line of a shell in the folder.
    fn run(&self, line: &str) -> Output {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.args(["-c", line]).current_dir(self.folder.path()).env("PATH", path).env_remove("ADVISORY_DB");
        command.output().unwrap()
    }

    fn calls(&self) -> String {
        fs::read_to_string(self.path("calls")).unwrap()
    }
}

/// The lines of code in CONTRIBUTING: those that are set in by four blanks.
fn code() -> Vec<String> {
    let text = read("CONTRIBUTING.md");
    text.lines().filter_map(|line| line.strip_prefix("    ").map(str::to_owned)).collect()
}

#[test]
fn advisories_are_checked_as_the_recipe_says() {
    let code = code();
    let [line] = code.as_slice() else { panic!("a line of code that no test runs: {code:?}") };
    let bench = Bench::new();
    let output = bench.run(line);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let calls = bench.calls();
    assert!(calls.starts_with("git clone https://github.com/RustSec/advisory-db\n"), "{calls}");
    assert!(calls.contains("check advisories\n"), "{calls}");
    let note = fs::read_to_string(bench.path(NOTE)).unwrap();
    assert!(note.contains(&format!("database {COMMIT} of 2026-01-02\nlibraries ")), "{note}");
    // From now on the libraries are known, until one of them changes.
    bench.command("git", "exit 1");
    let output = bench.run(".ci/supply-chain");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lock = fs::read_to_string(bench.path("Cargo.lock")).unwrap();
    let (form, libraries) = lock.split_once("[[package]]").unwrap();
    let other = libraries.replacen("version = \"", "version = \"9", 1);
    fs::write(bench.path("Cargo.lock"), format!("{form}[[package]]{other}")).unwrap();
    let output = bench.run(".ci/supply-chain");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("not those that were checked last") && told.contains("make advisories"), "{told}");
}

#[test]
fn a_copy_of_the_advisories_that_is_named_and_is_not_there_fails() {
    let output = Bench::new().run("ADVISORY_DB=nowhere .ci/supply-chain");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("ADVISORY_DB=nowhere"));
}
