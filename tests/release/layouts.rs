//! A layout is a program: one that does not end, or takes all memory, is stopped, and nothing else is lost by it.

use std::collections::BTreeMap;
use std::process::Output;

use super::interrupted::left_aside;
use super::{SPEC, files, release};
use crate::support::Project;

const RELEASE: [&str; 4] = ["release", SPEC, "--out", "release"];
const COMMANDS: [&[&str]; 4] = [
    &RELEASE,
    &["check", SPEC],
    &["build", SPEC, "--out", "out"],
    &["press", SPEC, "--profile", "config/press/us-letter-offset.yaml", "--out", "press"],
];

/// A released project, whose layout ends with these words from then on.
fn project_with(layout: &str) -> Project {
    let project = Project::new();
    release(&project, &[]);
    let main = project.read("layouts/nhth-2016/main.typ");
    project.write("layouts/nhth-2016/main.typ", format!("{main}\n{layout}\n"));
    project
}

/// Asserts that each command ends with this reason, and changes no file.
fn stops(layout: &str, seconds: &str, reason: &str) {
    stops_each(&COMMANDS, layout, seconds, reason);
}

fn stops_each(commands: &[&[&str]], layout: &str, seconds: &str, reason: &str) {
    let project = project_with(layout);
    let before = files(&project.path(""));
    for command in commands {
        let mut command_line = project.command(command);
        // A backtrace of an abort takes seconds.
        command_line.env("PLATEN_LAYOUT_SECONDS", seconds).env("RUST_BACKTRACE", "0");
        let output = command_line.output().unwrap();
        let says = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?} {says}");
        let told = format!(
            "error[typeset::too-much]: the layout does not finish \"Connecticut State Report 2016\": {reason}\n  \
             ┌─ layouts/nhth-2016\n  = help: look for a loop without an end, or a value that grows in one\n"
        );
        assert!(says.contains(&told), "{command:?} {says}");
        assert_eq!(left_aside(&project), [""; 0], "{command:?}");
        assert!(files(&project.path("release")) == files_below(&before, "release/"), "{command:?}");
        assert!(!project.path("out").exists() && !project.path("press").exists());
    }
}

fn files_below(files: &BTreeMap<String, Vec<u8>>, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let below =
        files.iter().filter_map(|(name, content)| Some((name.strip_prefix(folder)?.to_owned(), content.clone())));
    below.collect()
}

#[test]
fn loops_that_do_not_end_are_stopped() {
    stops("#for i in range(100000) { for j in range(100000) { let n = i * j } }", "1", "it takes more than 1 second");
}

#[test]
fn values_that_grow_are_stopped() {
    stops("#{ let a = (1,); for i in range(40) { a += a } }", "600", "it takes more than 1 GiB of memory");
    // What grows makes no difference to a command.
    let text = "#{ let a = \"a\"; for i in range(33) { a += a } }";
    stops_each(&COMMANDS[1..2], text, "600", "it takes more than 1 GiB of memory");
}

/// No machine has an exabyte; the allocator hears of it before Rust aborts the process.
#[test]
fn a_value_that_no_memory_holds_is_stopped() {
    let reason = "it takes more memory than there is";
    stops("#let a = \"a\" * 1000000000000000000", "600", reason);
    for layout in ["#context { let a = \"a\" * 1000000000000000000; a.len() }", "#let a = (1,) * 10000000000000000"] {
        stops_each(&COMMANDS[1..2], layout, "600", reason);
    }
}

fn with_limit(project: &Project, name: &str, value: &str) -> Output {
    project.command(&["check", SPEC]).env(name, value).output().unwrap()
}

#[test]
fn the_times_of_a_layout_and_of_a_review_are_whole_seconds() {
    let project = Project::new();
    for name in ["PLATEN_LAYOUT_SECONDS", "PLATEN_REVIEW_SECONDS"] {
        let told = format!("error: the environment variable `{name}` must hold whole seconds, from 1 to 86400\n");
        for wrong in ["", "0", "-1", "1.5", "soon", "86401", "99999999999999999999"] {
            let output = with_limit(&project, name, wrong);
            assert_eq!(String::from_utf8(output.stderr).unwrap(), told, "{wrong}");
            assert_eq!(output.status.code(), Some(2), "{wrong}");
        }
        for right in ["60", "86400"] {
            assert!(with_limit(&project, name, right).status.success(), "{right}");
        }
    }
}
