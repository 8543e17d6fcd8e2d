//! Slices of an edition, built apart and joined.

use std::fs;
use std::os::unix::fs::symlink;

use platen::unit::Digest;
use serde_json::Value;

use super::{SPEC, files, project, release, released};
use crate::support::Project;

fn slice(project: &Project, slice: &str, out: &str) {
    project.succeeds(&["release", SPEC, "--out", out, "--partition", slice, "--no-cache"]);
}

#[test]
fn joined_slices_have_the_bytes_of_a_run_that_was_not_sliced() {
    let project = released();
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

/// Changes the manifest of a slice, and makes its list of digests anew.
fn forge(project: &Project, slice: &str, change: impl FnOnce(&mut Value)) {
    let put = |name: &str, content: String| {
        let path = project.path(slice).join(name);
        fs::remove_file(&path).unwrap();
        fs::write(path, content).unwrap();
    };
    let mut manifest: Value = serde_json::from_str(&project.read(&format!("{slice}/manifest.json"))).unwrap();
    change(&mut manifest);
    let text = format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap());
    let reports = manifest["reports"].as_array().unwrap().iter().flat_map(|report| report["files"].as_array().unwrap());
    let all = reports.chain(manifest["files"].as_array().unwrap());
    let line = |digest: &str, path: &str| format!("{digest}  {path}\n");
    let mut sums: String =
        all.map(|file| line(file["digest"].as_str().unwrap(), file["path"].as_str().unwrap())).collect();
    sums += &line(&Digest::of(text.as_bytes()).to_string(), "manifest.json");
    put("manifest.json", text);
    put("SHA256SUMS", sums);
    project.succeeds(&["verify", slice, "--outputs-only"]);
}

/// Two slices: that of Connecticut and Vermont, and that of Rhode Island.
fn sliced() -> Project {
    let project = project();
    slice(&project, "1/2", "one");
    slice(&project, "2/2", "two");
    project
}

fn merge(project: &Project) -> String {
    let findings = project.refuses(&["release", "--merge", "one", "two", "--out", "joined"]);
    assert!(!project.path("joined").exists());
    findings
}

#[test]
fn slices_that_do_harm_are_refused() {
    let project = sliced();
    forge(&project, "two", |manifest| manifest["reports"][0]["jurisdiction"] = "CT".into());
    let findings = merge(&project);
    assert!(
        findings.contains("error[release::slices]: the report of `CT` is in `one` as well\n  ┌─ two\n"),
        "{findings}"
    );

    let project = sliced();
    for slice in ["one", "two"] {
        forge(&project, slice, |manifest| manifest["partition"]["of"] = 4_000_000_000_u32.into());
    }
    let findings = merge(&project);
    assert!(findings.contains("the slice 3/4000000000 is missing"), "{findings}");
    assert!(findings.contains("3999999988 more slices of 4000000000 are missing"), "{findings}");

    let project = sliced();
    forge(&project, "two", |manifest| {
        for file in manifest["reports"][0]["files"].as_array().unwrap() {
            let path = project.path("two").join(file["path"].as_str().unwrap());
            fs::remove_file(&path).unwrap();
            fs::remove_dir(path.parent().unwrap()).unwrap();
        }
        manifest["reports"] = Value::Array(Vec::new());
    });
    assert!(merge(&project).contains("the slice holds 0 reports of 1\n  ┌─ two\n"));

    let project = sliced();
    let pdf = project.path("two/pdf/Rhode-Island-2016.pdf");
    fs::rename(&pdf, project.path("moved.pdf")).unwrap();
    symlink(project.path("moved.pdf"), &pdf).unwrap();
    assert!(merge(&project).contains("it is a link\n  ┌─ two/pdf/Rhode-Island-2016.pdf\n"));
}

#[test]
fn files_of_slices_do_not_fall_into_one_place() {
    let project = sliced();
    fs::rename(project.path("two/pdf/Rhode-Island-2016.pdf"), project.path("two/pdf/connecticut-2016.pdf")).unwrap();
    forge(&project, "two", |manifest| {
        let files = manifest["reports"][0]["files"].as_array_mut().unwrap();
        let pdf = files.iter_mut().find(|file| file["path"] == "pdf/Rhode-Island-2016.pdf").unwrap();
        pdf["path"] = "pdf/connecticut-2016.pdf".into();
    });
    let findings = merge(&project);
    let told = "the slices cannot be joined: the manifest names `pdf/connecticut-2016.pdf` twice";
    assert!(findings.contains(told), "{findings}");
}

#[test]
fn slices_have_the_same_outlines() {
    let project = project();
    project.add("geodata/2016/outlines.geojson");
    slice(&project, "1/2", "one");
    slice(&project, "2/2", "two");
    let outlines = project.path("two/outlines.geojson");
    let other = fs::read_to_string(&outlines).unwrap() + "\n";
    fs::remove_file(&outlines).unwrap();
    fs::write(&outlines, &other).unwrap();
    forge(&project, "two", |manifest| {
        let files = manifest["files"].as_array_mut().unwrap();
        let file = files.iter_mut().find(|file| file["path"] == "outlines.geojson").unwrap();
        file["digest"] = Digest::of(other.as_bytes()).to_string().into();
        file["bytes"] = other.len().into();
    });
    let findings = merge(&project);
    assert!(findings.contains("the slice has other outlines than the first\n  ┌─ two\n"), "{findings}");
}

#[test]
fn slices_that_cannot_be_read_leave_nothing_where_they_would_have_been_joined() {
    let project = sliced();
    let findings = project.refuses(&["release", "--merge", "no/a", "--out", "no/b"]);
    assert!(findings.contains("the folder holds no release"), "{findings}");
    assert!(!project.path("no").exists());
}

/// So many cases of Connecticut are crises; five are in the sample.
fn crises(project: &Project, count: usize) {
    project.records("cases", |records| records.recode(5 - count, &[("reason", "crisis")], &[("reason", "tip")]));
}

/// Makes the edition a second publication.
fn revise(project: &Project) {
    let revision = "revision:\n  number: 2\n  date: 2017-06-01\n  reasons:\n    - reason: Words.\n";
    project.edit(SPEC, "edition: nhth-2016\n", &format!("edition: nhth-2016\n{revision}"));
}

#[test]
fn a_figure_that_crosses_the_threshold_is_not_merged_over_the_release_in_the_folder() {
    let told = "CT: hidden in one edition and not in the other: ";
    let project = released();
    let before = files(&project.path("release"));
    crises(&project, 2);
    slice(&project, "1/2", "one");
    slice(&project, "2/2", "two");
    let arguments = ["release", "--merge", "one", "two", "--out", "release"];
    let findings = project.refuses(&arguments);
    assert!(findings.contains("error[disclosure::edition-tells]") && findings.contains(told), "{findings}");
    // Nor where the slices correct another copy, with which they agree.
    project.succeeds(&["release", SPEC, "--out", "first"]);
    revise(&project);
    for (number, out) in [("1/2", "one"), ("2/2", "two")] {
        project.succeeds(&["release", SPEC, "--out", out, "--partition", number, "--previous", "first"]);
    }
    let arguments = [arguments.as_slice(), &["--previous", "first"]].concat();
    let findings = project.refuses(&arguments);
    assert!(findings.contains("error[disclosure::edition-tells]") && findings.contains(told), "{findings}");
    assert!(files(&project.path("release")) == before);
}

#[test]
fn slices_are_joined_over_the_publication_that_they_correct_and_no_other() {
    let project = project();
    project.succeeds(&["release", SPEC, "--out", "first"]);
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    project.succeeds(&["release", SPEC, "--out", "other"]);
    revise(&project);
    for (number, out) in [("1/2", "one"), ("2/2", "two")] {
        project.succeeds(&["release", SPEC, "--out", out, "--partition", number, "--previous", "first"]);
    }
    let findings = merge(&project);
    assert!(findings.contains("error[release::no-predecessor]: revision 2 corrects a release, and none is here"));
    let arguments = ["release", "--merge", "one", "two", "--out", "joined", "--previous"];
    let findings = project.refuses(&[arguments.as_slice(), &["other"]].concat());
    let told =
        "error[release::no-predecessor]: the slices correct another release than the one that is here\n  ┌─ other\n";
    assert!(findings.contains(told), "{findings}");
    // The same where the other one stands in the folder.
    let findings = project.refuses(&["release", "--merge", "one", "two", "--out", "other"]);
    assert!(findings.contains(told), "{findings}");
    assert!(!project.path("joined").exists());
    project.succeeds(&[arguments.as_slice(), &["first"]].concat());
    assert!(files(&project.path("joined/revisions/1")) == files(&project.path("first")));
    project.succeeds(&["verify", "joined"]);
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
    let whole = files(&project.path("out1"));
    assert!(whole == files(&project.path("out2")) && whole == files(&project.path("out5")));
}
