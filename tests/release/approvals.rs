//! Who approved what, and what may not change without it.

use std::fs;

use serde_json::Value;

use super::{SPEC, project, release};

const APPROVE: [&str; 8] = ["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "read in full"];

#[test]
fn an_approval_says_who_what_and_when() {
    let project = project();
    release(&project, &[]);
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
    let project = project();
    release(&project, &[]);
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
    let project = project();
    release(&project, &[]);
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
    let project = project();
    release(&project, &[]);
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
    let project = project();
    release(&project, &[]);
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
