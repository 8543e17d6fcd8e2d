//! What `check` passes, `build` builds; what it refuses, `build` refuses with the same findings.

use std::fs;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use platen::diag::Sources;
use platen::pipeline::Edition;
use platen::report_spec::Places;

use crate::fuzz::{Damage, apply, damage, with_damage};
use crate::labels;
use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";

/// Checks and builds a project; both must say the same.
fn agree(project: &Project) {
    let mut sources = Sources::default();
    let load = |sources: &mut Sources| Edition::load(&project.path(SPEC), &Places::default(), &[], sources);
    let checked = load(&mut sources).and_then(|edition| edition.check());
    let out = project.path("out");
    let built = load(&mut Sources::default()).and_then(|edition| edition.build(&out));
    match (checked, built) {
        (Ok(reports), Ok(files)) => {
            assert_eq!((reports, files.len()), (1, 3));
            fs::remove_dir_all(out).unwrap();
        }
        (Err(found), Err(stopped)) => assert_eq!(found, stopped),
        (Ok(_), Err(stopped)) => panic!("check passes what build refuses: {stopped:?}"),
        (Err(found), Ok(_)) => panic!("check refuses what build builds: {found:?}"),
    }
}

/// Changes a project, and returns what check, which must refuse it as build does, says.
fn refused(change: impl FnOnce(&Project)) -> String {
    let project = Project::new();
    change(&project);
    let findings = project.refused_alike(SPEC);
    assert!(!project.path("out").exists());
    findings
}

#[test]
fn check_passes_the_sample() {
    agree(&Project::new());
    Project::new().succeeds(&["build", SPEC]);
}

#[test]
fn check_reads_the_boundaries_of_every_map() {
    let findings = refused(|project| {
        let text = project.read("geodata/2016/CT.geojson");
        project.write("geodata/2016/CT.geojson", &text[..text.len() / 2]);
    });
    assert!(findings.contains("geodata/2016/CT.geojson"), "{findings}");
    let missing = refused(|project| fs::remove_file(project.path("geodata/2016/CT.geojson")).unwrap());
    assert!(missing.contains("geodata/2016/CT.geojson"), "{missing}");
}

#[test]
fn check_reads_the_detailed_boundaries_where_a_record_has_a_point() {
    let detail = "geodata/2016/CT.topojson.gz";
    let findings = refused(|project| project.write(detail, "neither packed nor boundaries"));
    assert_eq!(
        findings,
        "error[boundaries::bad-detail]: the detailed boundaries cannot be used: it cannot be unpacked (invalid gzip \
         header)\n  ┌─ geodata/2016/CT.topojson.gz\n  = help: make the file anew, or take it away: points are then located \
         by the boundaries of the map\n1 error\n"
    );
    // Those of another place are refused, though they name the same counties.
    let repack = |project: &Project, change: &dyn Fn(&mut serde_json::Value)| {
        project.add(detail);
        let file = fs::File::open(project.path(detail)).unwrap();
        let mut topology = serde_json::from_reader(GzDecoder::new(file)).unwrap();
        change(&mut topology);
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        serde_json::to_writer(&mut packed, &topology).unwrap();
        project.write(detail, packed.finish().unwrap());
    };
    let elsewhere = refused(|project| {
        repack(project, &|topology| {
            let west = &mut topology["transform"]["translate"][0];
            *west = (west.as_f64().unwrap() + 1.0).into();
        });
    });
    assert!(
        elsewhere.starts_with(
            "error[boundaries::bad-detail]: the detailed boundaries cannot be used: county 09001 is not where the map \
             has it, or of another size\n"
        ),
        "{elsewhere}"
    );
    let exchanged = refused(|project| {
        repack(project, &|topology| {
            let counties = topology["objects"]["counties"]["geometries"].as_array_mut().unwrap();
            let (first, second) = (counties[0]["id"].take(), counties[1]["id"].take());
            (counties[0]["id"], counties[1]["id"]) = (second, first);
        });
    });
    assert!(exchanged.contains("county 09001 is not where the map has it, or of another size\n"), "{exchanged}");
    // Where no record has a point they are not read.
    let project = Project::new();
    project.write(detail, "neither packed nor boundaries");
    let locations = "data/connecticut-2016/case_locations.csv";
    let rows = project.read(locations);
    let without: String = rows.lines().filter(|row| !row.contains(",-7")).map(|row| format!("{row}\n")).collect();
    project.write(locations, without);
    agree(&project);
    project.succeeds(&["check", SPEC]);
}

#[test]
fn check_compiles_the_layout() {
    let findings =
        refused(|project| project.edit("layouts/nhth-2016/table.typ", "#let inset-x = 6pt", "#let inset-x = 6"));
    assert!(findings.contains("error[typeset::layout]"), "{findings}");
    let title = refused(|project| project.edit("layouts/nhth-2016/main.typ", "  title: document-data.title,\n", ""));
    assert!(title.contains("missing document title"), "{title}");
}

#[test]
fn check_loads_the_fonts_and_looks_for_every_character() {
    let findings = refused(|project| project.write("fonts/source-sans-3/SourceSans3-Regular.ttf", "no font"));
    assert!(findings.contains("error[typeset::bad-font]: the file is no font"), "{findings}");
    // The last group of characters runs to the greatest number.
    let endless = refused(|project| {
        let font = "fonts/source-sans-3/SourceSans3-Regular.ttf";
        let mut bytes = fs::read(project.path(font)).unwrap();
        let subtable = bytes.windows(4).position(|bytes| bytes == [0, 12, 0, 0]).expect("a subtable of format 12");
        bytes[subtable + 16..subtable + 24].copy_from_slice(&[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        project.write(font, bytes);
    });
    let told = "error[typeset::bad-font]: the font lists more characters than there are\n  \
                ┌─ fonts/source-sans-3/SourceSans3-Regular.ttf\n";
    assert!(endless.contains(told), "{endless}");
    let missing = refused(|project| {
        project.edit(
            SPEC,
            "VICTIM DEMOGRAPHICS {{ note(\"non_cumulative\") }} (LABOR",
            "日 {{ note(\"non_cumulative\") }} (LABOR",
        );
    });
    assert!(missing.contains("error[typeset::missing-character]: no font of the edition has the character `日` (U+65E5), which stands in `日"), "{missing}");
    assert!(missing.contains("config/nhth-2016.yaml:"), "{missing}");
}

#[test]
fn check_arranges_every_map() {
    let findings = refused(|project| {
        project.edit(SPEC, "legend: Cases by {{ map.areas.one }}", &format!("legend: {}", "C".repeat(300)));
    });
    assert!(findings.contains("error[map::no-room]: the map and its legend do not fit the size"), "{findings}");
}

#[test]
fn check_finds_the_one_report_of_many_that_has_a_fault() {
    let long = format!("Z {}", "word ".repeat(700).trim());
    for (name, code) in [("Z日", "typeset::missing-character"), (&long, "typeset::")] {
        let project = labels::project(&["Row".to_owned()], "Xylophone");
        let mut spec: serde_json::Value = serde_json::from_str(&project.read("config/labels.yaml")).unwrap();
        spec["output"] = "{{ jurisdiction.file_name }}".into();
        spec["jurisdictions"] = serde_json::json!({
            "WV": { "name": "Winterland" }, "XY": { "name": "Xylophone" }, "ZZ": { "name": name, "file_name": "Z" },
        });
        project.write("config/labels.yaml", spec.to_string());
        let findings = project.refused_alike("config/labels.yaml");
        assert!(findings.contains(code), "{findings}");
        assert!(findings.ends_with("\n1 error\n"), "{findings}");
        assert!(project.platen(&["check", "config/labels.yaml", "--only", "WV,XY"]).status.success());
    }
}

/// Damages a file of the sample project again and again.
fn damaged(file: &str, cases: u32) {
    let project = Project::new();
    let sound = fs::read(project.path(file)).unwrap();
    with_damage(damage(), cases, |all: &[Damage]| {
        project.write(file, apply(&sound, all));
        agree(&project);
    });
}

#[test]
fn check_and_build_agree_on_damaged_specs() {
    damaged(SPEC, 60);
}

#[test]
fn check_and_build_agree_on_damaged_boundaries() {
    damaged("geodata/2016/CT.geojson", 60);
    damaged("geodata/2016/index.json", 30);
}

#[test]
fn check_and_build_agree_on_damaged_layouts() {
    for file in
        ["main.typ", "table.typ", "tokens.typ", "rich.typ", "head.typ", "counters.typ", "figure.typ", "page.typ"]
    {
        damaged(&format!("layouts/nhth-2016/{file}"), 12);
    }
}

#[test]
fn check_and_build_agree_on_damaged_fonts_and_records() {
    damaged("fonts/source-sans-3/SourceSans3-Regular.ttf", 16);
    damaged("data/connecticut-2016/cases.csv", 20);
    damaged("data/connecticut-2016/case_locations.csv", 20);
}
