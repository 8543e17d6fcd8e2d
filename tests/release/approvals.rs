//! Who approved what, and what may not change without it.

use std::fs;

use serde_json::Value;

use super::received::Keys;
use super::{SPEC, files, project, release, released, with_key};

const APPROVE: [&str; 8] = ["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "read in full"];

#[test]
fn an_approval_says_who_what_and_when() {
    let project = released();
    let mut arguments = APPROVE.to_vec();
    arguments.extend(["--at", "2017-03-09T10:00:00+01:00", "--only", "CT"]);
    project.succeeds(&arguments);
    let ledger: Value = serde_json::from_str(&project.read("release/approvals.json")).unwrap();
    let manifest: Value = serde_json::from_str(&project.read("release/manifest.json")).unwrap();
    let approval = &ledger["approvals"][0];
    assert_eq!(approval["name"], "A. Reader");
    assert_eq!(approval["at"], "2017-03-09T09:00:00Z");
    assert_eq!(approval["reports"], serde_json::json!({ "CT": manifest["reports"][0]["files"][0]["digest"] }));
    project.succeeds(&["verify", "release", "--outputs-only"]);
}

#[test]
fn an_approved_report_changes_only_with_another_approval() {
    let project = released();
    project.succeeds(&APPROVE);
    let before = fs::read(project.path("release/manifest.json")).unwrap();
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("the approved report of Connecticut would change"), "{findings}");
    assert_eq!(fs::read(project.path("release/manifest.json")).unwrap(), before);
    // A candidate is released elsewhere, approved there, and then published.
    project.succeeds(&["release", SPEC, "--out", "candidate", "--previous", "release"]);
    let mut arguments = APPROVE.to_vec();
    arguments[1] = "candidate";
    project.succeeds(&arguments);
    release(&project, &["--approvals", "candidate"]);
    assert_eq!(
        fs::read(project.path("release/manifest.json")).unwrap(),
        fs::read(project.path("candidate/manifest.json")).unwrap()
    );
    let ledger: Value = serde_json::from_str(&project.read("release/approvals.json")).unwrap();
    assert_eq!(ledger["approvals"].as_array().unwrap().len(), 2, "the first approval is kept");
    project.succeeds(&["verify", "release"]);
}

#[test]
fn another_notice_is_no_other_figure() {
    let project = released();
    project.succeeds(&APPROVE);
    let notice = |words: &str| {
        let spec = project.read(SPEC);
        let rest: String =
            spec.lines().filter(|line| !line.starts_with("notice:")).map(|line| format!("{line}\n")).collect();
        project.write(SPEC, format!("{rest}notice: {words}\n"));
    };
    notice("These records are invented.");
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(
        findings.contains("error[release::not-approved]: the approved report of Connecticut would change"),
        "{findings}"
    );
    assert!(!findings.contains("needs-revision") && !findings.contains("edition-tells"), "{findings}");
    project.succeeds(&["release", SPEC, "--out", "candidate", "--previous", "release"]);
    let mut arguments = APPROVE.to_vec();
    arguments[1] = "candidate";
    project.succeeds(&arguments);
    release(&project, &["--approvals", "candidate"]);
    assert!(project.read("release/tables/Connecticut-2016.json").contains("These records are invented."));
    // With another figure beside it, it is.
    notice("All records are invented.");
    project.records("cases", |cases| cases.recode(2, &[("reason", "tip")], &[("reason", "service_referrals")]));
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(
        findings.contains(
            "error[release::needs-revision]: figures of the approved report of Connecticut would change under the same number"
        ),
        "{findings}"
    );
}

#[test]
fn a_damaged_release_cannot_be_approved_and_a_ledger_cannot_be_cut() {
    let project = released();
    project.succeeds(&APPROVE);
    project.succeeds(&APPROVE);
    let ledger = project.read("release/approvals.json");
    project.write("release/approvals.json", ledger.replacen("read in full", "read in part", 1));
    assert!(project.refuses(&["verify", "release", "--outputs-only"]).contains("a record was changed or taken out"));
    project.write("release/approvals.json", &ledger);
    fs::remove_file(project.path("release/tables/Vermont-2016.json")).unwrap();
    let findings = project.refuses(&APPROVE);
    assert!(
        findings.contains("error[release::altered]") && findings.contains("tables/Vermont-2016.json"),
        "{findings}"
    );
    assert_eq!(project.read("release/approvals.json"), ledger);
}

#[test]
fn approvals_need_a_name_a_role_a_note_and_a_report() {
    let project = released();
    let output = project.platen(&["approve", "release", "--as", " ", "--role", "director", "--note", "x"]);
    assert_eq!(output.status.code(), Some(2));
    let mut arguments = APPROVE.to_vec();
    arguments.extend(["--only", "CX"]);
    let findings = project.refuses(&arguments);
    assert!(
        findings.contains("the release has no report for `CX`") && findings.contains("did you mean `CT`?"),
        "{findings}"
    );
    assert!(!project.path("release/approvals.json").exists());
}

/// Approves the report of Connecticut in a folder.
const ALONE: [&str; 10] =
    ["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "read in full", "--only", "CT"];

/// Gives the report of Vermont other words; that of Connecticut stays as it is.
fn rename(project: &crate::support::Project) {
    project.edit(SPEC, "name: Vermont,", "name: New Vermont,");
}

#[test]
fn approvals_of_a_release_before_are_told_apart() {
    let project = project();
    let says = |arguments: &[&str]| String::from_utf8(project.platen(arguments).stderr).unwrap();
    release(&project, &[]);
    project.succeeds(&ALONE);
    let verify = ["verify", "release", "--outputs-only"];
    assert!(says(&verify).ends_with("1 approval, 1 of this release\n"));
    rename(&project);
    release(&project, &[]);
    assert!(says(&verify).ends_with("1 approval, 0 of this release\n"), "{}", says(&verify));
    project.succeeds(&ALONE);
    assert!(says(&verify).ends_with("2 approvals, 1 of this release\n"));
    let told = project.succeeds(&[verify.as_slice(), &["--json"]].concat());
    let told: Value = serde_json::from_str(told.lines().next_back().unwrap()).unwrap();
    assert_eq!((&told["approvals"], &told["approvals_of_release"]), (&2.into(), &1.into()));
}

#[test]
fn approvals_of_another_edition_do_not_count() {
    let project = project();
    project.edit(SPEC, "edition: nhth-2016\n", "edition: nhth-2015\n");
    project.succeeds(&["release", SPEC, "--out", "other"]);
    project.succeeds(&["approve", "other", "--as", "A. Reader", "--role", "director", "--note", "read in full"]);
    project.edit(SPEC, "edition: nhth-2015\n", "edition: nhth-2016\n");
    let findings = project.refuses(&["release", SPEC, "--out", "release", "--approvals", "other"]);
    let told = "error[release::approvals]: the approvals are of the edition `nhth-2015`, not `nhth-2016`\n  ┌─ other\n";
    assert!(findings.contains(told), "{findings}");
    assert!(!project.path("release").exists());
}

#[test]
fn whoever_approved_is_proved_by_their_own_key() {
    let project = project();
    let [publisher, director] = ["publisher", "director"].map(|name| Keys::named(&project, name, false));
    release(&project, &["--sign", "publisher.key"]);
    project.succeeds(&[ALONE.as_slice(), &["--sign", "director.key"]].concat());
    let verify = ["verify", "release", "--outputs-only", "--key", "publisher.pub"];
    assert!(project.refuses(&verify).contains("the signature is not of this list of approvals"));
    let verify = [verify.as_slice(), &["--approvals-key", "director.pub"]].concat();
    let output = project.platen(&verify);
    assert!(output.status.success());
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(says.ends_with("1 approval, 1 of this release; signed\n"), "{says}");
    project.succeeds(&["verify", "release", "--outputs-only", "--approvals-key", "director.pub"]);
    project.refuses(&["verify", "release", "--outputs-only", "--approvals-key", "publisher.pub"]);
    // Releases that add no record leave the signature as it is.
    for sign in [&[][..], &["--sign", "publisher.key"]] {
        rename(&project);
        release(&project, sign);
        assert!(director.holds("approvals.json"));
        assert_eq!(publisher.holds("manifest.json"), !sign.is_empty());
        project.edit(SPEC, "name: New Vermont,", "name: Vermont,");
        release(&project, sign);
        assert!(director.holds("approvals.json"));
    }
    project.succeeds(&verify);
}

#[test]
fn a_signature_of_approvals_is_not_lost_without_a_word() {
    let project = project();
    let director = Keys::named(&project, "director", false);
    release(&project, &[]);
    let sign = ["--sign", "director.key"];
    project.succeeds(&[APPROVE.as_slice(), &sign].concat());
    let before = files(&project.path("release"));
    let told = "error[release::unsigned-approvals]: the approvals were signed, and with other records they would have no signature\n";
    let findings = project.refuses(&APPROVE);
    assert!(findings.contains(told) && findings.contains("/release/approvals.json\n"), "{findings}");
    rename(&project);
    let candidate = |more: &[&str]| {
        let _ = fs::remove_dir_all(project.path("candidate"));
        project.succeeds(&[&["release", SPEC, "--out", "candidate", "--previous", "release"], more].concat());
        let mut approve = APPROVE.to_vec();
        approve[1] = "candidate";
        project.succeeds(&[approve.as_slice(), &sign].concat());
    };
    // Two lists, each with a signature: there is none of both together.
    candidate(&[]);
    let take = ["release", SPEC, "--out", "release", "--approvals", "candidate"];
    let findings = project.refuses(&take);
    assert!(findings.contains("error[release::unsigned-approvals]"), "{findings}");
    assert!(files(&project.path("release")) == before);
    // One list, whose last signature is of all records.
    candidate(&["--approvals", "release"]);
    project.succeeds(&take);
    assert!(director.holds("approvals.json"));
    assert_eq!(project.read("release/approvals.json"), project.read("candidate/approvals.json"));
    project.succeeds(&["verify", "release", "--approvals-key", "director.pub"]);
    // Whoever wants it may give the signature up.
    project.succeeds(&[APPROVE.as_slice(), &["--unsigned-approvals"]].concat());
    assert!(!project.path("release/approvals.json.minisig").exists());
    project.succeeds(&["verify", "release"]);
}

#[test]
fn approvals_and_signatures_are_changes_too() {
    let project = project();
    with_key(&project);
    let keys = ["one", "two"].map(|name| Keys::named(&project, name, false));
    release(&project, &[]);
    project.succeeds(&["release", SPEC, "--out", "candidate"]);
    project.succeeds(&["approve", "candidate", "--as", "A. Reader", "--role", "director", "--note", "read in full"]);
    let done = |more: &[&str]| release(&project, more).pop().unwrap()["unchanged"] == false;
    assert!(!done(&[]));
    assert!(done(&["--approvals", "candidate"]));
    assert_eq!(project.read("release/approvals.json"), project.read("candidate/approvals.json"));
    assert!(!done(&["--approvals", "candidate"]) && !done(&[]));
    for (key, sign) in keys.iter().zip([["--sign", "one.key"], ["--sign", "two.key"]]) {
        assert!(done(&sign) && key.holds("manifest.json"));
        assert!(!done(&sign) && !done(&[]));
        assert!(key.holds("manifest.json"));
    }
    assert!(keys[0].holds("approvals.json"), "nobody approved anew");
    project.succeeds(&["verify", "release", "--key", "two.pub", "--approvals-key", "one.pub"]);
}
