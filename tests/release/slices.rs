//! Slices of an edition, built apart and joined.

use super::{SPEC, files, project, release};
use crate::support::Project;

fn slice(project: &Project, slice: &str, out: &str) {
    project.succeeds(&["release", SPEC, "--out", out, "--partition", slice, "--no-cache"]);
}

#[test]
fn joined_slices_have_the_bytes_of_a_run_that_was_not_sliced() {
    let project = project();
    release(&project, &[]);
    slice(&project, "1/2", "one");
    slice(&project, "2/2", "two");
    assert_eq!(files(&project.path("one")).keys().filter(|name| name.starts_with("pdf/")).count(), 2);
    project.succeeds(&["release", "--merge", "two", "one", "--out", "joined"]);
    let (whole, joined) = (files(&project.path("release")), files(&project.path("joined")));
    assert_eq!(whole.keys().collect::<Vec<_>>(), joined.keys().collect::<Vec<_>>());
    for (name, content) in &whole {
        assert!(joined[name] == *content, "{name} differs");
    }
    project.succeeds(&["verify", "joined"]);
}

#[test]
fn more_slices_than_reports_leave_some_empty_and_join_all_the_same() {
    let project = project();
    let refused = project.platen(&["release", SPEC, "--out", "five", "--partition", "5/5"]);
    let findings = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.success(), "{findings}");
    for number in 1..=4 {
        slice(&project, &format!("{number}/5"), &format!("s{number}"));
    }
    project.succeeds(&["release", "--merge", "s1", "s2", "s3", "s4", "five", "--out", "joined"]);
    release(&project, &[]);
    assert!(files(&project.path("joined")) == files(&project.path("release")));
}

#[test]
fn slices_that_do_not_fit_together_are_refused() {
    let project = project();
    slice(&project, "1/2", "one");
    slice(&project, "2/2", "two");
    let merge = |folders: &[&str]| {
        let mut arguments = vec!["release", "--out", "joined", "--merge"];
        arguments.extend(folders);
        let findings = project.refuses(&arguments);
        assert!(!project.path("joined").exists());
        findings
    };
    assert!(merge(&["one"]).contains("the slice 2/2 is missing"));
    assert!(merge(&["one", "two", "two"]).contains("the slice 2/2 is named twice"));
    assert!(merge(&["one", "data"]).contains("the folder holds no release"));
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    slice(&project, "2/2", "other");
    assert!(merge(&["one", "other"]).contains("the slice was made from other inputs, or by another program"));
    release(&project, &[]);
    assert!(merge(&["one", "release"]).contains("the release is no slice"));
}

#[test]
fn a_slice_outside_its_number_is_a_usage_error() {
    let project = project();
    for wrong in ["0/2", "3/2", "1", "1/0", "a/b"] {
        let output = project.platen(&["release", SPEC, "--out", "x", "--partition", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let project = project();
    for threads in ["1", "2", "5"] {
        let mut command = project.command(&["release", SPEC, "--no-cache", "--out"]);
        let output = command.arg(format!("out{threads}")).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(output.status.success());
    }
    let one = files(&project.path("out1"));
    assert!(one == files(&project.path("out2")) && one == files(&project.path("out5")));
}
