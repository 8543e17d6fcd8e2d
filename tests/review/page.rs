//! The HTML page of a review in a real browser, and the decisions that it exports.

use std::process::Command;

use serde_json::Value;

use crate::support::{Project, repository};

const NATIONAL: &str = "config/nhth-2016-national.yaml";

/// Some of the jurisdictions: a page of all takes three times as long, and shows nothing else.
const REPORTS: &str = "AK, CA, CT, DE, DC, FL, GA, HI, IL, NY, OH, PA, TX, VT, GU, PR";

/// A project with the national edition.
fn nation() -> Project {
    let project = Project::new();
    for folder in ["geodata/2016", "data/national-2016"] {
        for entry in std::fs::read_dir(repository().join(folder)).unwrap() {
            let name = entry.unwrap().file_name();
            project.add(&format!("{folder}/{}", name.to_string_lossy()));
        }
    }
    project.add(NATIONAL);
    project.add("config/nhth-2016-national.key");
    project
}

/// A project with a part of the national edition, released into `old`; then changed in its data and its words, and released
/// into `new`.
fn part_of_the_nation() -> Project {
    let project = nation();
    let spec = project.read(NATIONAL);
    let all = spec.lines().find(|line| line.starts_with("reports: [")).unwrap();
    project.edit(NATIONAL, all, &format!("reports: [{REPORTS}]"));
    project.write(POLICY, "kinds: { alternative: warning }\n");
    project.succeeds(&["release", NATIONAL, "--out", "old", "--no-cache"]);
    change(&project);
    project.succeeds(&["release", NATIONAL, "--out", "new", "--no-cache"]);
    project
}

/// Changes a figure of nearly every report, shows what was hidden in Vermont, and changes words of all reports.
fn change(project: &Project) {
    let mut seen = std::collections::BTreeSet::new();
    edit(project, "signals", |fields| {
        if fields[4] == "email" && fields[5] == "true" && seen.insert(fields[2].clone()) {
            fields[4] = "online_tip".into();
        } else if fields[3] == "TX" && fields[7] == "victim" && seen.insert("a call from Texas".into()) {
            fields[7] = "ngo".into();
        }
    });
    edit(project, "cases", |fields| {
        if fields[1] == "VT" {
            fields[14] = "true".into();
        }
    });
    project.edit("config/nhth-2016.yaml", "label: \"Student\"", "label: \"Pupil\"");
    project.edit("config/nhth-2016.yaml", "The image above is a heat map", "The picture above is a heat map");
}

/// Changes the records of a source, each by its fields.
fn edit(project: &Project, source: &str, mut change: impl FnMut(&mut Vec<String>)) {
    let path = format!("data/national-2016/{source}.csv");
    let text = project.read(&path);
    let records = text.lines().enumerate().map(|(at, line)| {
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        if at > 0 {
            change(&mut fields);
        }
        fields.join(",")
    });
    project.write(&path, records.collect::<Vec<_>>().join("\n") + "\n");
}

#[test]
fn the_page_works_in_a_browser_and_approve_takes_what_it_exports() {
    let project = part_of_the_nation();
    let files = ["--html", "review.html", "--pdf", "review.pdf"];
    let told = project.platen(&[&["review", "old", "new", "--policy", POLICY, "--json"], files.as_slice()].concat());
    assert_eq!(told.status.code(), Some(1));
    project.write("changes.jsonl", &told.stdout);
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec", "review.mjs"])
        .current_dir(repository().join("tests/browser"))
        .env("REVIEW", project.path("review.html"))
        .env("CHANGES", project.path("changes.jsonl"))
        .env("OUT", project.path("."))
        .output()
        .expect("`node` is needed by this test; `tests/run` installs it");
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{words}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(!words.contains("ℹ tests 0"), "{words}");
    for decisions in ["whole.json", "grouped.json"] {
        schema(&project, decisions);
    }
    paper(&project);
    approvals(&project);
}

#[test]
fn another_threshold_takes_few_decisions_few_pages_and_a_small_file_and_hides_no_change() {
    let project = nation();
    project.succeeds(&["release", NATIONAL, "--out", "old", "--no-cache"]);
    project.edit("config/nhth-2016.yaml", "  threshold: 3\n", "  threshold: 5\n");
    let spec = project.read("config/nhth-2016.yaml");
    // The first class of the map begins at the threshold.
    let class = spec.lines().find(|line| line.contains("label: 3–4 cases")).unwrap();
    project.edit("config/nhth-2016.yaml", &format!("{class}\n"), "");
    project.succeeds(&["release", NATIONAL, "--out", "new", "--no-cache"]);
    let told = project.platen(&["review", "old", "new", "--json", "--html", "review.html", "--pdf", "review.pdf"]);
    let events: Vec<Value> =
        String::from_utf8(told.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |name: &str| events.iter().filter(|event| event["event"] == name).collect::<Vec<_>>();
    let (changes, groups) = (of("change"), of("group"));
    assert!(changes.len() > 2000 && groups.len() <= 15, "{} changes in {} groups", changes.len(), groups.len());
    let wording = groups.iter().find(|group| group["title"] == "Fewer than Three → Fewer than Five").unwrap();
    assert!(wording["changes"].as_array().unwrap().len() > 400 && wording["reports"] == 56, "{wording}");
    // Each change is in one group, by its name.
    let ids =
        |list: &Value| list.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let mut grouped: Vec<String> = groups.iter().flat_map(|group| ids(&group["changes"])).collect();
    let mut own: Vec<String> = changes.iter().map(|change| change["id"].as_str().unwrap().to_owned()).collect();
    grouped.sort();
    own.sort();
    assert_eq!(grouped, own);
    // No class of a map moves a table.
    let causes = of("cause");
    let is_of_map = |cause: &Value| cause["pointer"].as_str().is_some_and(|pointer| pointer.starts_with("/maps/"));
    let of_map: Vec<usize> = (0..causes.len()).filter(|at| is_of_map(&causes[*at]["cause"])).collect();
    assert!(!of_map.is_empty());
    for change in changes.iter().filter(|change| change["change"]["kind"] == "count") {
        let causes = change["change"]["causes"].as_array().unwrap();
        assert!(of_map.iter().all(|at| !causes.contains(&Value::from(*at))), "{change}");
    }
    assert!(crate::support::pages(&project.path("review.pdf")).len() <= 5);
    let bytes = std::fs::metadata(project.path("review.html")).unwrap().len();
    assert!(bytes < 12_000_000, "{bytes} bytes");
}

const POLICY: &str = "review.yaml";

/// Every change stands on paper: by itself, or once for all reports that have it alike.
fn paper(project: &Project) {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let text = squeezed(&crate::support::pages(&project.path("review.pdf")).join("\n"));
    let told = project.read("changes.jsonl");
    let events = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let changes: Vec<Value> = events.filter(|event| event["event"] == "change").collect();
    let (mut single, mut alike) = (0, 0);
    for event in &changes {
        let change = &event["change"];
        let same = |other: &&Value| {
            let parts = ["kind", "before", "after"].iter().all(|part| other["change"][part] == change[part]);
            parts
                && ["table", "row", "column"].iter().all(|part| other["change"]["place"][part] == change["place"][part])
        };
        let reports = changes.iter().filter(same).count();
        let word = |value: &Value| squeezed(value.as_str().unwrap_or_default());
        let (row, before, after) = (word(&change["place"]["row"]), word(&change["before"]), word(&change["after"]));
        if reports > 8 {
            assert!(text.contains(&format!("{reports}reports")), "{change}");
            alike += 1;
        } else {
            assert!(
                text.contains(&row) && (before.len() > 20 || text.contains(&format!("{before}{after}"))),
                "{change}"
            );
            single += 1;
        }
    }
    assert!(single > 20 && alike > 20, "{single} single, {alike} alike");
    for words in ["Tickedgroupsareaccepted", "1figureisshownthatwashidden.", "Signature", "Inputsthatdiffer"] {
        assert!(text.contains(words), "{words}");
    }
    let tags = crate::support::tool("pdfinfo", &[project.path("review.pdf").to_str().unwrap()]);
    assert!(tags.lines().any(|line| line.starts_with("Tagged:") && line.ends_with("yes")), "{tags}");
}

fn schema(project: &Project, decisions: &str) {
    let schema: Value =
        serde_json::from_slice(&std::fs::read(repository().join("docs/decisions.schema.json")).unwrap()).unwrap();
    let decisions: Value = serde_json::from_str(&project.read(decisions)).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&decisions).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

fn approvals(project: &Project) {
    let approve = |decisions: &'static str| vec!["approve", "new", "--decisions", decisions, "--role", "director"];
    let with = |decisions, more: &[&'static str]| [approve(decisions), more.to_vec()].concat();
    let findings = project.refuses(&approve("part.json"));
    assert!(findings.contains("error[release::not-accepted]"), "{findings}");
    assert!(findings.contains("changes of Texas, ") && findings.contains(" undecided"), "{findings}");
    assert!(!project.path("new/approvals.json").exists());
    let findings = project.refuses(&["approve", "old", "--decisions", "whole.json", "--role", "director"]);
    assert!(findings.contains("the decisions are on another release"), "{findings}");
    // A decision on a group names exactly what it covered.
    let mut covering: Value = serde_json::from_str(&project.read("grouped.json")).unwrap();
    covering["acts"][0]["changes"].as_array_mut().unwrap().push("0123456789abcdef".into());
    project.write("covering.json", covering.to_string());
    let findings = project.refuses(&approve("covering.json"));
    assert!(findings.contains("covers the change `0123456789abcdef`, which is not listed"), "{findings}");
    covering["acts"][0]["changes"].as_array_mut().unwrap().pop();
    covering["reports"][0]["changes"][0]["decision"] = "undecided".into();
    project.write("covering.json", covering.to_string());
    let findings = project.refuses(&approve("covering.json"));
    assert!(findings.contains("which was decided otherwise, or not at all"), "{findings}");
    // What the decisions leave out is found by making the review again.
    let findings = project.refuses(&with("whole.json", &["--against", "old"]));
    assert!(findings.contains("the decisions were made by another policy"), "{findings}");
    let mut cut: Value = serde_json::from_str(&project.read("whole.json")).unwrap();
    // As an older program exports them.
    cut.as_object_mut().unwrap().remove("acts");
    let texas =
        cut["reports"].as_array_mut().unwrap().iter_mut().find(|report| report["jurisdiction"] == "TX").unwrap();
    let changes = texas["changes"].as_array_mut().unwrap();
    changes.pop();
    // A decision on the figure of another change.
    let counts: Vec<usize> = (0..changes.len()).filter(|at| changes[*at]["kind"] == "count").collect();
    assert_ne!(changes[counts[0]]["figures"], changes[counts[1]]["figures"]);
    changes[counts[0]]["figures"] = changes[counts[1]]["figures"].clone();
    project.write("cut.json", cut.to_string());
    let findings = project.refuses(&with("cut.json", &["--against", "old", "--policy", POLICY]));
    assert!(findings.contains("the decisions leave out 1 changes of Texas"), "{findings}");
    assert!(findings.contains("error[release::decisions]: the decision `"), "{findings}");
    assert!(findings.contains(", and the change is of `") && findings.contains("cut.json"), "{findings}");
    assert!(!project.path("new/approvals.json").exists());
    project.succeeds(&with("grouped.json", &["--against", "old", "--policy", POLICY]));
    let ledger: Value = serde_json::from_str(&project.read("new/approvals.json")).unwrap();
    let approval = &ledger["approvals"][0];
    assert_eq!(approval["name"], "A. Reader");
    assert_eq!(approval["reports"].as_object().unwrap().len(), REPORTS.split(',').count());
    let told = project.read("changes.jsonl");
    let told = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let changes = told.filter(|event| event["event"] == "change" && event["weight"] != "ignore").count();
    assert!(changes > 50 && approval["review"]["accepted"] == changes, "{changes} changes: {approval}");
    assert!(!project.read("new/approvals.json").contains("which record?"), "a note stays with the reviewer");
    project.succeeds(&["verify", "new", "--outputs-only"]);
}

#[test]
fn files_of_a_review_do_not_come_into_a_release_and_damaged_decisions_are_told() {
    let project = super::two_releases();
    let findings =
        String::from_utf8(project.platen(&["review", "old", "new", "--html", "new/pdf/review.html"]).stderr).unwrap();
    assert!(findings.contains("error[publish::in-release]"), "{findings}");
    assert!(!project.path("new/pdf/review.html").exists());
    for (text, cause) in [
        ("{", "line 1 is no part of decisions on a review"),
        (
            r#"{"decisions":9,"review":"","program":"","old":{"name":""},"new":{"name":""},"reports":[]}"#,
            "of the form 9",
        ),
        (
            r#"{"decisions":1,"review":"","program":"","old":{"name":""},"new":{"name":""},"reports":[]}"#,
            "on another release",
        ),
    ] {
        project.write("decisions.json", text);
        let findings =
            project.refuses(&["approve", "new", "--decisions", "decisions.json", "--as", "A", "--role", "B"]);
        assert!(findings.contains(cause), "{findings}");
    }
    assert!(!project.path("new/approvals.json").exists());
}

#[test]
fn words_that_look_like_markup_stay_words_in_the_page() {
    let project = super::two_releases();
    project.edit(super::SPEC, "label: \"Student\"", "label: \"</script><img src=x onerror=alert(1)>\"");
    project.succeeds(&["release", super::SPEC, "--out", "newer"]);
    project.platen(&["review", "new", "newer", "--html", "review.html"]);
    let page = project.read("review.html");
    assert!(!page.contains("<img src=x") && page.contains("\\u003c/script>\\u003cimg src=x onerror=alert(1)>"));
}
