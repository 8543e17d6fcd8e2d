//! The index page of a release, in a real browser and as bytes.

use std::process::Command;

use super::{SPEC, files, manifest, project, release, released};
use crate::support::{Project, national_release, repository};

/// Runs the steps of a browser test on a release; node prints which step failed and why.
fn in_browser(script: &str, project: &Project, folder: &str) {
    let output = Command::new("node")
        .args(["--test", "--test-reporter=spec", script])
        .current_dir(repository().join("tests/browser"))
        .env("RELEASE", project.path(folder))
        .output()
        .expect("`node` is needed by this test; `tests/run` installs it");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(!told.contains("ℹ tests 0"), "{told}");
}

#[test]
fn the_page_of_a_national_release_works_in_a_browser() {
    let project = Project::empty();
    for (path, content) in national_release() {
        let path = format!("release/{path}");
        std::fs::create_dir_all(project.path(&path).parent().unwrap()).unwrap();
        project.write(&path, content);
    }
    in_browser("index.mjs", &project, "release");
    says_on_every_page(&project.path("release/pdf"), 56);
}

/// Every page of every report says that its records are invented; the note that closes it stands on the map's page.
fn says_on_every_page(folder: &std::path::Path, reports: usize) {
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let pages = crate::support::pages(&path);
        for (number, page) in pages.iter().enumerate() {
            let said = page.contains("Synthetic data: the records behind this report are invented.");
            assert!(said, "{}, page {}", path.display(), number + 1);
            assert!(!page.contains(".."), "{}, page {}: a sentence stops twice", path.display(), number + 1);
        }
        let last = pages.last().unwrap();
        let closes = ["LOCATION OF POTENTIAL TRAFFICKING CASES", "Important Note:"].map(|words| last.contains(words));
        assert_eq!(closes, [true, true], "{}: {last}", path.display());
        read += 1;
    }
    assert_eq!(read, reports);
}

#[test]
fn press_pages_of_the_national_edition_say_that_their_records_are_invented() {
    let project = Project::new();
    let spec = repository().join("config/nhth-2016-national.yaml");
    let profile = repository().join("config/press/us-letter-offset.yaml");
    let arguments =
        ["press", spec.to_str().unwrap(), "--profile", profile.to_str().unwrap(), "--only", "VT,DC", "--out", "press"];
    project.succeeds(&arguments);
    let files = files(&project.path("press"));
    let mut read = 0;
    let single: Vec<&String> = files.keys().filter(|name| name.ends_with(".pdf")).collect();
    assert!(!single.is_empty());
    for name in single {
        for (number, page) in crate::support::pages(&project.path("press").join(name)).iter().enumerate() {
            // A sheet holds several pages, a slip none.
            let reports = page.matches("State Report: 1/1/2016").count();
            let notices = page.matches("Synthetic data: the records behind this report are invented.").count();
            assert_eq!(reports, notices, "{name}, page {}", number + 1);
            read += reports;
        }
    }
    assert!(read >= 8, "{read} pages");
}

#[test]
fn the_page_of_a_corrected_release_names_the_corrected_reports_and_leads_to_the_publication_before() {
    let project = project();
    project.add("geodata/2016/outlines.geojson");
    release(&project, &[]);
    super::revisions::correct(&project);
    release(&project, &[]);
    in_browser("revised.mjs", &project, "release");
}

#[test]
fn a_release_without_outlines_has_a_page_without_a_map() {
    let project = released();
    let page = project.read("release/index.html");
    assert!(page.contains("id=\"report-VT\"") && !page.contains("<svg"));
    let files = manifest(&project)["files"].clone();
    let listed = files.as_array().unwrap().iter().filter(|file| file["path"] == "index.html").count();
    assert_eq!(listed, 1);
}

#[test]
fn slices_bring_the_map_along() {
    let project = project();
    project.add("geodata/2016/outlines.geojson");
    release(&project, &[]);
    for slice in ["1/2", "2/2"] {
        let out = format!("s{}", &slice[..1]);
        project.succeeds(&["release", SPEC, "--out", &out, "--partition", slice, "--no-cache"]);
    }
    project.succeeds(&["release", "--merge", "s1", "s2", "--out", "joined"]);
    assert!(project.read("joined/index.html").contains("<svg"));
    assert!(files(&project.path("joined")) == files(&project.path("release")));
}

#[test]
fn broken_outlines_are_told_and_the_release_before_stays() {
    let project = project();
    project.add("geodata/2016/outlines.geojson");
    release(&project, &[]);
    let before = files(&project.path("release"));
    project.write(
        "geodata/2016/outlines.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"CT","properties":null,"geometry":null}]}"#,
    );
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("the outline of `CT` has no polygons"), "{findings}");
    assert!(files(&project.path("release")) == before);
}

#[test]
fn names_that_look_like_markup_stay_words() {
    let project = project();
    project.edit(SPEC, "name: Vermont", "name: \"Ver<img src=x onerror=alert(1)>mont & \\\"Sons\\\"\"");
    release(&project, &[]);
    let page = project.read("release/index.html");
    assert!(
        !page.contains("<img src=x")
            && page.contains("Ver&lt;img src=x onerror=alert(1)&gt;mont &amp; &quot;Sons&quot;")
    );
}
