//! Nothing is done twice, and nothing old is taken for new.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::{SPEC, built, files, outcomes, project, release, released, with_key, word};

#[test]
fn a_second_run_with_nothing_changed_does_nothing() {
    let project = project();
    assert_eq!(built(&release(&project, &[])), ["CT", "RI", "VT"]);
    let number = || fs::metadata(project.path("release")).unwrap().ino();
    let before = number();
    let events = release(&project, &[]);
    let last = events.last().unwrap();
    assert_eq!((&last["unchanged"], &last["built"]), (&true.into(), &0.into()));
    assert_eq!(number(), before, "the folder was not replaced");
}

#[test]
fn with_a_key_even_the_records_are_not_read_again() {
    let project = project();
    with_key(&project);
    release(&project, &[]);
    let events = release(&project, &[]);
    let steps: Vec<String> =
        events.iter().filter(|candidate| candidate["event"] == "step").map(|event| word(&event["step"])).collect();
    assert_eq!(steps, ["inputs"]);
    assert_eq!(events.last().unwrap()["unchanged"], true);
}

#[test]
fn a_jurisdictions_records_rebuild_its_report_alone() {
    let project = project();
    // A case that moves to Rhode Island takes no location in Connecticut with it.
    project.records("case_locations", crate::support::Records::clear);
    release(&project, &[]);
    // Figures cross the threshold, so the new release does not replace the old one.
    fs::remove_dir_all(project.path("release")).unwrap();
    project.records("cases", |cases| cases.recode(5, &[("state", "CT")], &[("state", "RI")]));
    assert_eq!(built(&release(&project, &[])), ["CT", "RI"]);
}

#[test]
fn what_stays_hidden_rebuilds_nothing() {
    let project = project();
    // The case keeps its county, which is then one of another state.
    project.edit(SPEC, "    legend: Cases by", "    outside: count\n    legend: Cases by");
    release(&project, &[]);
    project.records("cases", |cases| cases.recode(1, &[("state", "CT")], &[("state", "XX")]));
    let before = project.read("release/tables/Rhode-Island-2016.json");
    // One case more in Rhode Island: fewer than three, as before.
    project.records("cases", |cases| cases.recode(1, &[("state", "XX")], &[("state", "RI")]));
    assert_eq!(built(&release(&project, &[])), ["CT"]);
    assert_eq!(project.read("release/tables/Rhode-Island-2016.json"), before);
}

#[test]
fn a_note_rebuilds_the_reports_that_print_it() {
    let project = released();
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    let events = release(&project, &["--explain"]);
    let why = |code: &str| -> Vec<String> {
        let report = events.iter().find(|event| event["jurisdiction"] == code).unwrap();
        report["why"].as_array().unwrap().iter().map(word).collect()
    };
    assert_eq!(built(&events), ["CT", "RI", "VT"]);
    assert!(why("CT").iter().all(|part| part.starts_with("notes ")) && why("CT").len() == 1, "{:?}", why("CT"));
}

#[test]
fn a_boundary_rebuilds_its_report_and_the_layout_all() {
    let project = released();
    let file = "geodata/2016/VT.geojson";
    project.write(file, project.read(file) + "\n");
    let events = release(&project, &["--explain"]);
    assert_eq!(built(&events), ["VT"]);
    let vermont = events.iter().find(|event| event["jurisdiction"] == "VT").unwrap();
    assert_eq!(vermont["why"], serde_json::json!(["boundaries of map locations"]));
    let layout = "layouts/nhth-2016/main.typ";
    project.write(layout, project.read(layout) + "\n// another line\n");
    assert_eq!(built(&release(&project, &[])), ["CT", "RI", "VT"]);
}

#[test]
fn a_stopped_run_goes_on_where_it_stopped() {
    let project = project();
    let sound = project.read("geodata/2016/VT.geojson");
    project.write("geodata/2016/VT.geojson", "{");
    project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(!project.path("release").exists(), "every report, or none");
    project.write("geodata/2016/VT.geojson", sound);
    let events = release(&project, &[]);
    let outcomes: Vec<(String, String)> = outcomes(&events).into_iter().collect();
    let expected = [("CT", "reused"), ("RI", "reused"), ("VT", "built")];
    assert_eq!(outcomes, expected.map(|(code, outcome)| (code.to_owned(), outcome.to_owned())));
}

#[test]
fn the_cache_may_be_deleted_or_damaged_and_holds_no_record() {
    let project = released();
    let published = files(&project.path("release"));
    let kept = files(&project.path(".platen-cache"));
    for (name, content) in &kept {
        assert!(!String::from_utf8_lossy(content).contains("SYN-"), "{name} holds the id of a record");
        let is_published = published.values().any(|file| file == content);
        assert!(is_published || !name.starts_with("objects/"), "{name} is no published file");
    }
    for name in kept.keys().filter(|name| name.starts_with("objects/")) {
        fs::write(project.path(".platen-cache").join(name), "damaged").unwrap();
    }
    // The files of the last release are other names of the damaged ones.
    assert_eq!(built(&release(&project, &[])), ["CT", "RI", "VT"]);
    assert!(files(&project.path("release")) == published);
    fs::remove_dir_all(project.path(".platen-cache")).unwrap();
    fs::remove_dir_all(project.path("release")).unwrap();
    release(&project, &[]);
    assert!(files(&project.path("release")) == published);
}

#[test]
fn what_is_hidden_changes_no_byte_of_a_release() {
    let project = released();
    let before = files(&project.path("release"));
    // A masked cell of the labor demographics: another count under the threshold.
    project.records("cases", |cases| {
        let hidden = cases.find(&[("minors", "true"), ("trafficking_type", "labor")]);
        assert!(hidden.len() < 3, "fewer than three labor cases with minors");
        let (from, to) = if hidden.is_empty() { ("false", "true") } else { ("true", "false") };
        cases.recode(1, &[("trafficking_type", "labor"), ("minors", from)], &[("minors", to)]);
    });
    let events = release(&project, &[]);
    assert_eq!(built(&events), Vec::<String>::new());
    assert!(files(&project.path("release")) == before);
}

#[test]
fn reports_of_another_name_are_made_anew() {
    let project = released();
    let name = "output: \"";
    project.edit(SPEC, name, &format!("{name}Report-"));
    assert_eq!(built(&release(&project, &[])).len(), 3);
    let published = files(&project.path("release"));
    assert!(published.contains_key("pdf/Report-Connecticut-2016.pdf"), "{:?}", published.keys());
    assert!(!published.keys().any(|name| name.contains("/Connecticut")), "{:?}", published.keys());
    project.succeeds(&["verify", "release"]);
}
