//! Why something changed: the inputs that the manifests tell apart, and the records behind a figure.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::{SPEC, TOKENS, case};
use crate::support::{Project, files};

/// An edit, the inputs that differ after it, and what some of the changes follow from.
struct Edit {
    name: &'static str,
    make: fn(&Project),
    inputs: &'static [&'static str],
    follows: &'static [(&'static str, &'static [&'static str])],
}

const DATA: &str = "data data/connecticut-2016/cases.csv";

const EDITS: &[Edit] = &[
    Edit {
        name: "records",
        make: |p| case(p, 2, &[("reason", "tip")], &[("reason", "service_referrals")]),
        inputs: &[DATA],
        follows: &[("count", &[DATA]), ("percent", &[DATA])],
    },
    Edit {
        name: "a note",
        make: |p| p.edit(SPEC, "The image above is a heat map", "The picture above is a heat map"),
        inputs: &["spec config/nhth-2016.yaml line 420 /notes/heat_map"],
        follows: &[("note-text", &["spec config/nhth-2016.yaml line 420 /notes/heat_map"])],
    },
    Edit {
        name: "a comment",
        make: |p| p.edit(SPEC, "# --- Case data", "# --- The case data"),
        inputs: &[],
        follows: &[],
    },
    Edit {
        name: "a paragraph that comes before others",
        make: |p| p.edit(SPEC, "content:\n", "content:\n  - paragraph: What is new in this edition.\n"),
        inputs: &["spec config/nhth-2016.yaml line 430 /content/0/paragraph (new)"],
        follows: &[("prose", &["spec config/nhth-2016.yaml line 430 /content/0/paragraph (new)"])],
    },
    Edit {
        name: "records and a label",
        make: |p| {
            case(p, 2, &[("reason", "tip")], &[("reason", "service_referrals")]);
            p.edit(SPEC, "label: \"Student\"", "label: \"Pupil\"");
        },
        inputs: &[DATA, "spec config/nhth-2016.yaml line 149 /code_lists/caller_type/6/label"],
        follows: &[
            ("count", &[DATA]),
            ("row-relabelled", &["spec config/nhth-2016.yaml line 149 /code_lists/caller_type/6/label"]),
        ],
    },
    Edit {
        name: "a colour of the layout",
        make: |p| p.edit(TOKENS, "    strong: rgb(\"#17375e\")", "    strong: rgb(\"#5e1737\")"),
        inputs: &["layout layouts/nhth-2016/tokens.typ"],
        follows: &[("colour", &["layout layouts/nhth-2016/tokens.typ"])],
    },
    Edit {
        name: "the rules for small counts",
        make: |p| p.edit(SPEC, "  cell: Fewer than {{", "  cell: Under {{"),
        inputs: &["rules config/nhth-2016.yaml#small_counts", "spec config/nhth-2016.yaml line 250 /small_counts/cell"],
        follows: &[],
    },
    Edit {
        name: "a boundary",
        make: |p| {
            let text = p.read("geodata/2016/CT.geojson");
            let at = text.rfind("-72.").unwrap();
            p.write("geodata/2016/CT.geojson", format!("{}-72.9{}", &text[..at], &text[at + 5..]));
        },
        inputs: &["boundaries geodata/2016/CT.geojson"],
        follows: &[("picture", &["boundaries geodata/2016/CT.geojson"])],
    },
];

fn project() -> Project {
    let project = Project::new();
    project.add("geodata/2016/RI.geojson");
    project.write("config/secret.key", "0123456789abcdef0123456789abcdef");
    let rules = "  threshold: 3\n  zero: hide\n";
    project.edit(SPEC, rules, &format!("{rules}  key_file: config/secret.key\n"));
    project
}

fn release(project: &Project, out: &str) {
    project.succeeds(&["release", SPEC, "--out", out, "--no-cache"]);
}

/// The inputs that differ, and the changes by kind with the numbers of what they follow from.
fn told(project: &Project, old: &str, new: &str) -> (Vec<String>, Vec<(String, Vec<usize>)>) {
    let text = String::from_utf8(project.platen(&["review", old, new, "--json"]).stdout).unwrap();
    let (mut causes, mut changes) = (Vec::new(), Vec::new());
    for event in text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        if event["event"] == "cause" {
            causes.push(words(&event["cause"]));
        } else if event["event"] == "change" {
            let change = &event["change"];
            let numbers = change["causes"].as_array().into_iter().flatten();
            let numbers = numbers.map(|number| number.as_u64().unwrap() as usize).collect();
            changes.push((change["kind"].as_str().unwrap().to_owned(), numbers));
        }
    }
    (causes, changes)
}

fn words(cause: &Value) -> String {
    let input = cause["input"].as_str().unwrap().replace("policy", "rules");
    let mut words = format!("{input} {}", cause["path"].as_str().unwrap());
    if let Some(line) = cause["line"].as_u64() {
        words.push_str(&format!(" line {line} {}", cause["pointer"].as_str().unwrap()));
    }
    match cause["how"].as_str().unwrap() {
        "changed" => {}
        "added" => words.push_str(" (new)"),
        other => words.push_str(&format!(" ({other})")),
    }
    words
}

#[test]
fn the_inputs_that_differ_are_named_and_each_change_follows_from_what_made_it() {
    let base = project();
    release(&base, "old");
    let mut failed = Vec::new();
    for edit in EDITS {
        let project = project();
        (edit.make)(&project);
        release(&project, "new");
        let new = project.path("new");
        let (causes, changes) = told(&base, "old", new.to_str().unwrap());
        let mut known: Vec<&str> = causes.iter().map(String::as_str).collect();
        known.sort_unstable();
        let mut wanted = edit.inputs.to_vec();
        wanted.sort_unstable();
        // The key file moves lines and is no part of the edit: only what is named may differ.
        if known != wanted {
            failed.push(format!("{}: {known:#?}", edit.name));
        }
        for (kind, from) in edit.follows {
            let of_kind: Vec<_> = changes.iter().filter(|(own, _)| own == kind).collect();
            if of_kind.is_empty() {
                failed.push(format!("{}: no {kind}", edit.name));
            }
            for (_, numbers) in of_kind {
                let follows: Vec<&str> = numbers.iter().map(|at| causes[*at].as_str()).collect();
                if follows != *from {
                    failed.push(format!("{}: {kind} follows from {follows:#?}", edit.name));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn another_program_is_named_and_data_without_a_key_cannot_be_told_apart() {
    let project = Project::new();
    release(&project, "old");
    release(&project, "new");
    let mut manifest: Value = serde_json::from_str(&project.read("old/manifest.json")).unwrap();
    manifest["program"]["version"] = "0.0.9".into();
    project.write("old/manifest.json", manifest.to_string());
    let output = project.platen(&["review", "old/pdf/Connecticut-2016.pdf", "new/pdf/Connecticut-2016.pdf", "--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let causes: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|event| event["event"] == "cause")
        .map(|event| words(&event["cause"]))
        .collect();
    let program = format!("program platen 0.0.9 → platen {}", env!("CARGO_PKG_VERSION"));
    assert!(causes.contains(&program), "{causes:#?}");
    let untold = causes.iter().filter(|cause| cause.starts_with("data ") && cause.ends_with("(untold)")).count();
    assert_eq!(untold, 3, "{causes:#?}");
}

#[test]
fn a_file_of_a_release_that_was_altered_is_told_and_compared_with_nothing() {
    let project = super::two_releases();
    let mut bytes = fs::read(project.path("new/pdf/Connecticut-2016.pdf")).unwrap();
    let last = bytes.len() - 1;
    bytes[last] = b' ';
    fs::write(project.path("new/pdf/Connecticut-2016.pdf"), bytes).unwrap();
    let output = project.platen(&["review", "old", "new"]);
    let findings = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(findings.contains("the published file is not what the manifest says"), "{findings}");
    assert!(findings.contains("new/pdf/Connecticut-2016.pdf"), "{findings}");
}

/// Changes of one edition's records, and the lines of records that must follow the changes.
fn plant(project: &Project) {
    project.records("cases", |cases| {
        cases.recode(1, &[("reason", "tip")], &[("reason", "service_referrals")]);
        cases.recode(1, &[("case_id", "SYN-C-4779")], &[("state", "RI")]);
        cases.push(
            "SYN-NEW,CT,2016-05-05,general_info,not_specified,,false,false,false,false,false,false,false,false,false",
        );
    });
    project.records("case_locations", |places| {
        places.recode(3, &[("county_geoid", "09001")], &[("county_geoid", "09013")]);
    });
    project.records("signals", |signals| {
        let student = signals.find(&[("caller_type", "student"), ("related", "true"), ("channel", "phone")])[0];
        signals.remove(student);
    });
}

#[test]
fn the_records_behind_each_changed_figure_are_named_with_what_became_of_them() {
    let project = project();
    release(&project, "old");
    fs::create_dir(project.path("before")).unwrap();
    for source in ["signals", "cases", "case_locations"] {
        fs::copy(
            project.path(&format!("data/connecticut-2016/{source}.csv")),
            project.path(&format!("before/{source}.csv")),
        )
        .unwrap();
    }
    plant(&project);
    release(&project, "new");
    let data = ["--old-data", "before", "--new-data", "data/connecticut-2016"];
    let output = project.platen(&[["review", "old", "new"].as_slice(), &data].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.starts_with("CONFIDENTIAL: "), "{text}");
    insta::assert_snapshot!(text, @"
    CONFIDENTIAL: this review names records of the case data. It is for local use alone.

    Inputs that differ
      [1] data        data/connecticut-2016/case_locations.csv: 1 change
      [2] data        data/connecticut-2016/cases.csv: 20 changes
      [3] data        data/connecticut-2016/signals.csv: 12 changes

    Connecticut
      count            CALLER TYPE › Student › # OF CALLS, page 1: 8 → 7 (-1) [3]
                         − signals SYN-S-003935 removed
      count            CALLER TYPE › TOTAL # OF SUBSTANTIVE CALLS › # OF CALLS, page 1: 199 → 198 (-1) [3]
                         − signals SYN-S-003935 removed
      count            HOW CALLER FOUND THE NATIONAL HOTLINE › Unknown › # OF CALLS, page 2: 155 → 154 (-1) [3]
                         − signals SYN-S-003935 removed
      count            HOW CALLER FOUND THE NATIONAL HOTLINE › TOTAL # OF CALLS › # OF CALLS, page 2: 199 → 198 (-1) [3]
                         − signals SYN-S-003935 removed
      count            PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › # OF CASES, page 2: 27 → 26 (-1) [2]
                         − cases SYN-C-0037 re-coded: reason tip → service_referrals
      count            PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › # OF CASES, page 2: 17 → 18 (+1) [2]
                         + cases SYN-C-0037 re-coded: reason tip → service_referrals
      count            PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request Crisis Assistance › # OF CASES, page 2: 5 → 4 (-1) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      count            PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request General Information › # OF CASES, page 2: 5 → 6 (+1) [2]
                         + cases SYN-NEW added
      count            VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Sex › # OF CASES, page 2: 43 → 42 (-1) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      count            VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Online Ad, Venue Unknown › # OF CASES, page 2: 6 → 5 (-1) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      count            VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Trafficking Type Not Specified › # OF CASES, page 2: 3 → 4 (+1) [2]
                         + cases SYN-NEW added
      count            VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Adults › # OF CASES, page 3: 33 → 32 (-1) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      count            VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Females › # OF CASES, page 3: 40 → 39 (-1) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      percent          CALLER TYPE › Student › % OF CALLS, page 1: 4.0% → 3.5% (-0.5) [3]
                         − signals SYN-S-003935 removed
      percent          HOW CALLER FOUND THE NATIONAL HOTLINE › Unknown › % OF CALLS, page 2: 77.9% → 77.8% (-0.1) [3]
                         − signals SYN-S-003935 removed
      percent          PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Report a Trafficking Tip › % OF CASES, page 2: 50.0% → 48.1% (-1.9) [2]
                         − cases SYN-C-0037 re-coded: reason tip → service_referrals
      percent          PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Access Service Referrals › % OF CASES, page 2: 31.5% → 33.3% (+1.8) [2]
                         + cases SYN-C-0037 re-coded: reason tip → service_referrals
      percent          PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request Crisis Assistance › % OF CASES, page 2: 9.3% → 7.4% (-1.9) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      percent          PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request General Information › % OF CASES, page 2: 9.3% → 11.1% (+1.8) [2]
                         + cases SYN-NEW added
      percent          VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Sex › % OF CASES, page 2: 79.6% → 77.8% (-1.8) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      percent          VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Online Ad, Venue Unknown › % OF CASES, page 2: 11.1% → 9.3% (-1.8) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      percent          VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Trafficking Type Not Specified › % OF CASES, page 2: 5.6% → 7.4% (+1.8) [2]
                         + cases SYN-NEW added
      percent          VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Adults › % OF CASES, page 3: 61.1% → 59.3% (-1.8) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      percent          VICTIM DEMOGRAPHICS (SEX TRAFFICKING CASES) › Females › % OF CASES, page 3: 74.1% → 72.2% (-1.9) [2]
                         − cases SYN-C-4779 moved: state CT → RI
      figure           Phone Calls, page 1: 199 → 198 (-1) [3]
                         − signals SYN-S-003935 removed
      figure           SUBSTANTIVE CALL DATA, page 1: 199 → 198 (-1) [3]
                         − signals SYN-S-003935 removed
      row-moved        PRIMARY REASON FOR CONTACTING THE NATIONAL HOTLINE › Request General Information, page 2: 4 → 3 [2]
      row-moved        VENUE/INDUSTRY OF POTENTIAL TRAFFICKING › Trafficking Type Not Specified, page 2: 11 → 10 [2]
      county-class     Tolland, page 4: Fewer than three cases → 3–4 cases [1]
                         + cases SYN-C-0037 moved: reason tip → service_referrals, counties 09001 → 09013
                         + cases SYN-C-0753 moved: counties 09001 → 09013
                         + cases SYN-C-1386 moved: counties 09001 → 09013
      also             4 percents of counts that did not change (--unfold lists them)

    1 report compared, 0 the same, 1 changed: 33 changes
    ");

    // The page says so too, and is for its owner alone.
    project.platen(&[["review", "old", "new", "--html", "review.html"].as_slice(), &data].concat());
    let page = project.path("review.html");
    assert_eq!(fs::metadata(&page).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(project.read("review.html").contains("SYN-NEW"));
    for form in [["--markdown"].as_slice(), &["--junit"], &["--pdf", "review.pdf"]] {
        let output = project.platen(&[["review", "old", "new"].as_slice(), &data, form].concat());
        assert_eq!(output.status.code(), Some(2), "{form:?}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("SYN-"), "{form:?}");
    }
    assert!(!project.path("review.pdf").exists());
    for (path, content) in files(&project.path("new")) {
        assert!(!content.windows(4).any(|window| window == b"SYN-"), "{path} names a record");
    }
}

#[test]
fn records_are_found_with_key_and_data_outside_of_the_project() {
    let project = project();
    let vault = tempfile::tempdir().unwrap();
    let key = vault.path().join("edition.key");
    fs::rename(project.path("config/secret.key"), &key).unwrap();
    project.edit(SPEC, "key_file: config/secret.key", "key_file: ${REVIEWED_KEY}");
    let absolute = format!("file: {}/cases*.csv", vault.path().display());
    project.edit(SPEC, "file: data/connecticut-2016/cases.csv", &absolute);
    project.edit(SPEC, "file: data/connecticut-2016/signals.csv", "file: ${REVIEWED_DATA}/signals.csv");
    let data = project.path("data/connecticut-2016");
    let release = |out: &str| {
        fs::copy(data.join("cases.csv"), vault.path().join("cases.csv")).unwrap();
        let mut command = project.command(&["release", SPEC, "--out", out, "--no-cache"]);
        let output = command.env("REVIEWED_KEY", &key).env("REVIEWED_DATA", &data).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    release("old");
    fs::create_dir(project.path("before")).unwrap();
    for source in ["signals", "cases", "case_locations"] {
        fs::copy(data.join(source).with_extension("csv"), project.path(&format!("before/{source}.csv"))).unwrap();
    }
    plant(&project);
    release("new");
    fs::remove_file(vault.path().join("cases.csv")).unwrap();
    // Neither the variables of the release nor its files are there any more.
    let named = ["--old-data", "before", "--new-data", "data/connecticut-2016", "--key-file", key.to_str().unwrap()];
    let output = project.platen(&[["review", "old", "new"].as_slice(), &named].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    for line in [
        "  [1] data        ${REVIEWED_DATA}/signals.csv: 12 changes",
        "  [2] data        cases.csv: 20 changes",
        "  [3] data        data/connecticut-2016/case_locations.csv: 1 change",
        "Report a Trafficking Tip › # OF CASES, page 2: 27 → 26 (-1) [2]\n",
        "− cases SYN-C-0037 re-coded: reason tip → service_referrals\n",
        "− signals SYN-S-003935 removed\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let other = project.platen(&[["review", "old", "new"].as_slice(), &named[..4]].concat());
    assert_eq!(other.status.code(), Some(2), "without the key nothing is told");
}

#[test]
fn without_case_data_no_form_of_a_review_names_a_record() {
    let project = project();
    release(&project, "old");
    plant(&project);
    release(&project, "new");
    for form in [[].as_slice(), &["--json"], &["--markdown"], &["--junit"], &["--unfold"]] {
        let output = project.platen(&[["review", "old", "new"].as_slice(), form].concat());
        assert!(!String::from_utf8(output.stdout).unwrap().contains("SYN-"), "{form:?}");
    }
    project.platen(&["review", "old", "new", "--html", "review.html", "--pdf", "review.pdf"]);
    assert!(!project.read("review.html").contains("SYN-"));
    assert!(!crate::support::pages(&project.path("review.pdf")).join("").contains("SYN-"));
}

#[test]
fn data_that_the_release_was_not_made_from_explain_nothing() {
    let project = project();
    release(&project, "old");
    plant(&project);
    release(&project, "new");
    let output = project.platen(&["review", "old", "new", "--old-data", SPEC, "--new-data", SPEC]);
    let findings = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{findings}");
    assert!(findings.contains("error[review::other-data]"), "{findings}");
}

#[test]
fn nothing_of_a_file_that_a_release_names_as_its_spec_is_told() {
    let project = project();
    release(&project, "old");
    let data = project.path("data/connecticut-2016");
    fs::create_dir(project.path("before")).unwrap();
    for source in ["signals.csv", "cases.csv", "case_locations.csv"] {
        fs::copy(data.join(source), project.path("before").join(source)).unwrap();
    }
    plant(&project);
    release(&project, "new");
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.yaml"), "hunter2: 1\n").unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.yaml"), project.path("config/linked.yaml")).unwrap();
    let manifest = project.read("new/manifest.json");
    let first = project.read("data/connecticut-2016/cases.csv").lines().nth(1).unwrap().to_owned();
    let key = project.read("config/secret.key");
    for named in ["config/secret.key", "data/connecticut-2016/cases.csv", "config/linked.yaml", "fonts/README.md"] {
        let forged = manifest.replace("\"spec\": \"config/nhth-2016.yaml\"", &format!("\"spec\": \"{named}\""));
        assert_ne!(forged, manifest);
        let digest = |text: &str| platen::unit::Digest::of(text.as_bytes()).to_string();
        let sums =
            project.read("new/SHA256SUMS").replace(&digest(&project.read("new/manifest.json")), &digest(&forged));
        for (file, text) in [("new/manifest.json", &forged), ("new/SHA256SUMS", &sums)] {
            fs::remove_file(project.path(file)).unwrap();
            project.write(file, text);
        }
        let data = ["--old-data", "before", "--new-data", "data/connecticut-2016"];
        let output = project.platen(&[["review", "old", "new"].as_slice(), &data].concat());
        assert_eq!(output.status.code(), Some(2), "{named}");
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        for secret in [first.as_str(), key.trim(), "hunter2"] {
            assert!(!said.contains(secret), "{named}: {said}");
        }
        assert!(
            said.contains("error[release::no-inputs]") || said.contains("error[review::no-spec]"),
            "{named}: {said}"
        );
    }
}

#[test]
fn a_review_is_written_to_a_pipe_or_a_device_and_through_a_link() {
    let project = project();
    release(&project, "old");
    plant(&project);
    release(&project, "new");
    let pipe = project.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read_to_string(pipe).unwrap())
    };
    project.platen(&["review", "old", "new", "--html", "pipe"]);
    assert!(reader.join().unwrap().contains("</html>"));
    use std::os::unix::fs::FileTypeExt;
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    // A full device refuses what is written, and stays what it is.
    let output = project.platen(&["review", "old", "new", "--html", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write the file: the disk is full\n"));
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
    project.write("page.html", "");
    std::os::unix::fs::symlink("page.html", project.path("link.html")).unwrap();
    project.platen(&["review", "old", "new", "--html", "link.html"]);
    assert!(fs::symlink_metadata(project.path("link.html")).unwrap().is_symlink());
    assert!(project.read("page.html").contains("</html>"));
}
