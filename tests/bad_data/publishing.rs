//! What stands beside the case data: boundaries, fonts, layouts, and the place of the output.

use std::collections::BTreeMap;
use std::fs;

use crate::support::Project;

use super::{Bad, CASES, LOCATIONS, SPEC};

/// Returns what a build says that must fail.
fn build_refused(project: &Project) -> String {
    project.refuses(&["build", SPEC])
}

#[test]
fn boundaries_are_those_of_the_spec() {
    let data = Bad::new();
    insta::assert_snapshot!(data.refused(&[(SPEC, "vintage: 2016", "vintage: 2022")]), @r#"
    error[boundaries::wrong-vintage]: the boundaries are of 2016, and the spec asks for those of 2022
      ┌─ geodata/2016/index.json
      = help: the spec's `vintage` must be the year of the boundaries in its folder
    1 error
    "#);
    insta::assert_snapshot!(data.refused(&[("geodata/2016/CT.geojson", r#""vintage":2016"#, r#""vintage":2022"#)]), @r#"
    error[boundaries::wrong-vintage]: the boundaries are of 2022, and the spec asks for those of 2016
      ┌─ geodata/2016/CT.geojson
      = help: the spec's `vintage` must be the year of the boundaries in its folder
    1 error
    "#);
}

#[test]
fn a_point_in_no_county_is_told_without_its_coordinates() {
    let data = Bad::new();
    for file in fs::read_dir(crate::support::repository().join("geodata/2016")).unwrap() {
        data.project.add(&format!("geodata/2016/{}", file.unwrap().file_name().to_string_lossy()));
    }
    insta::assert_snapshot!(data.refused(&[(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,,12.5,41.9\n")]), @r"
    error[data::point-nowhere]: 1 of 55 locations lies in no county of the boundaries
      ┌─ data/connecticut-2016/case_locations.csv:2
      = help: correct it, or give its GEOID; or write `outside: count` in the map `locations`, which leaves such locations off the map
    1 error
    ");
}

#[test]
fn boundary_files_that_are_broken_missing_or_of_another_state_are_refused() {
    let data = Bad::new();
    let file = "geodata/2016/CT.geojson";
    let sound = data.project.read(file);
    insta::assert_snapshot!(data.says(file, &sound[..5000]), @r"
    error[boundaries::not-geojson]: the file is broken: it ends too early
      ┌─ geodata/2016/CT.geojson:7
    1 error
    ");
    insta::assert_snapshot!(data.says(file, sound.replacen("\"features\":[", "\"features\":[,", 1)), @r"
    error[boundaries::not-geojson]: the file is broken: expected value
      ┌─ geodata/2016/CT.geojson:6
    1 error
    ");
    insta::assert_snapshot!(data.says(file, sound.replacen("\"GEOID\":\"09001\"", "\"GEOID\":\"36001\"", 1)), @r"
    error[boundaries::other-state]: county 36001 does not belong to state 09
      ┌─ geodata/2016/CT.geojson:7
    1 error
    ");
    insta::assert_snapshot!(data.says(file, b"\xff\xfe"), @r"
    error[boundaries::not-utf8]: the file is UTF-16, not UTF-8
      ┌─ geodata/2016/CT.geojson
      = help: save the file as UTF-8
    1 error
    ");
    let other = fs::read(crate::support::repository().join("geodata/2016/RI.geojson")).unwrap();
    insta::assert_snapshot!(data.says(file, other), @r"
    error[boundaries::other-jurisdiction]: the file holds the counties of `RI`, and its name says `CT`
      ┌─ geodata/2016/CT.geojson
    1 error
    ");
    insta::assert_snapshot!(data.says("geodata/2016/index.json", "{\"vintage\": 2016,\n\"jurisdictions\": ["), @r"
    error[boundaries::not-geojson]: the file is broken: it has not the form of boundaries
      ┌─ geodata/2016/index.json:2
    1 error
    ");
    insta::assert_snapshot!(data.says("geodata/2016/index.json", "{\"vintage\": 2016, \"jurisdictions\": {}}"), @r"
    error[boundaries::no-counties]: the collection holds no county
      ┌─ geodata/2016/index.json
    1 error
    ");
    fs::remove_file(data.project.path(file)).unwrap();
    insta::assert_snapshot!(data.project.refuses(&["check", SPEC]), @r"
    error[boundaries::unreadable]: cannot read the boundaries: no such file or folder
      ┌─ geodata/2016/CT.geojson
    1 error
    ");
}

#[test]
fn a_font_or_layout_that_cannot_be_used_is_refused_with_its_file_and_line() {
    let project = Project::new();
    let font = "fonts/source-sans-3/SourceSans3-SemiBold.ttf";
    let sound = fs::read(project.path(font)).unwrap();
    project.write(font, "no font");
    insta::assert_snapshot!(build_refused(&project), @r"
    error[typeset::bad-font]: the file is no font
      ┌─ fonts/source-sans-3/SourceSans3-SemiBold.ttf
    1 error; nothing was published
    ");
    project.write(font, sound);
    let main = "layouts/nhth-2016/main.typ";
    let sound = project.read(main);
    let broken = |start: &str| {
        project.write(main, format!("{start}\n{sound}"));
        build_refused(&project)
    };
    insta::assert_snapshot!(broken("\n#let x = (\n#let y = )"), @r"
    error[typeset::layout]: the character `#` is not valid in code
      ┌─ layouts/nhth-2016/main.typ:3
      = help: you are already in code mode; try removing the `#`
    error[typeset::layout]: expected expression
      ┌─ layouts/nhth-2016/main.typ:3
    2 errors; nothing was published
    ");
    insta::assert_snapshot!(broken("#let x = unknown"), @r"
    error[typeset::layout]: unknown variable: unknown
      ┌─ layouts/nhth-2016/main.typ:1
    1 error; nothing was published
    ");
    insta::assert_snapshot!(broken("#let x = read(\"/etc/passwd\")"), @r"
    error[typeset::layout]: file not found (searched at /etc/passwd)
      ┌─ layouts/nhth-2016/main.typ:1
    1 error; nothing was published
    ");
    insta::assert_snapshot!(broken("#import \"@preview/cetz:0.3.0\": canvas"), @r"
    error[typeset::layout]: failed to load file (access denied)
      ┌─ layouts/nhth-2016/main.typ:1
    1 error; nothing was published
    ");
    for path in ["../../secret.txt", "/../secret.txt"] {
        let message = format!(
            "error[typeset::layout]: path `\"{path}\"` would escape the project root\n  ┌─ layouts/nhth-2016/main.typ:1\n  \
             = help: put the file into the folder of the layout, and write its path from the file that names it\n\
             1 error; nothing was published\n"
        );
        assert_eq!(broken(&format!("#let x = read(\"{path}\")")), message);
    }
    fs::remove_file(project.path(main)).unwrap();
    insta::assert_snapshot!(build_refused(&project), @r"
    error[typeset::no-layout]: the layout has no `main.typ`
      ┌─ layouts/nhth-2016
    1 error; nothing was published
    ");
}

#[test]
fn a_character_that_no_font_has_is_told_where_it_is_written() {
    let data = Bad::new();
    let built = |from: &str, to: &str| {
        let sound = data.project.read(SPEC);
        data.project.edit(SPEC, from, to);
        let says = build_refused(&data.project);
        data.project.write(SPEC, sound);
        says
    };
    insta::assert_snapshot!(built("label: \"Report a Trafficking Tip\"", "label: \"Report 😀 Tip\""), @r#"
    error[typeset::missing-character]: no font of the edition has the character `😀` (U+1F600), which stands in `Report 😀 Tip`
        ┌─ config/nhth-2016.yaml:177:35
    177 │     - { code: tip, label: "Report 😀 Tip" }
        │                                   ^^
        = help: add a font that has it to the folder of `fonts`, and name it in the layout
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(built("- heading: SUBSTANTIVE CALL DATA", "- heading: SUBSTANTIVE 電話 DATA"), @"
    error[typeset::missing-character]: no font of the edition has the character `電` (U+96FB), which stands in `SUBSTANTIVE 電話 DATA`
        ┌─ config/nhth-2016.yaml:439:26
    439 │   - heading: SUBSTANTIVE 電話 DATA
        │                          ^^
        = help: add a font that has it to the folder of `fonts`, and name it in the layout
    error[typeset::missing-character]: no font of the edition has the character `話` (U+8A71), which stands in `SUBSTANTIVE 電話 DATA`
        ┌─ config/nhth-2016.yaml:439:27
    439 │   - heading: SUBSTANTIVE 電話 DATA
        │                            ^^
        = help: add a font that has it to the folder of `fonts`, and name it in the layout
    2 errors; nothing was published
    ");
    insta::assert_snapshot!(built("legend: Cases by {{ map.areas.one }}", "legend: 電話"), @"
    error[map::missing-character]: the map's font has no character `電` (U+96FB), which stands in `電話`
        ┌─ config/nhth-2016.yaml:373:13
    373 │     legend: 電話
        │             ^^
    1 error; nothing was published
    ");
}

/// Reads every file of the output by its path.
fn output(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for folder in ["pdf", "tables", "maps"] {
        for entry in fs::read_dir(project.path("out").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            files.insert(path.to_string_lossy().into_owned(), fs::read(&path).unwrap());
        }
    }
    files
}

#[test]
fn output_that_stands_there_stays_whole_when_a_build_fails() {
    let project = Project::new();
    project.pdf();
    let before = output(&project);
    assert_eq!(before.len(), 3);
    let cases = project.read(CASES);
    project.write(CASES, cases.replace("hotel_motel", "hotel"));
    build_refused(&project);
    assert_eq!(output(&project), before);
    project.write(CASES, cases);
    project.edit("layouts/nhth-2016/main.typ", "#import \"page.typ\"", "#panic()\n#import \"page.typ\"");
    build_refused(&project);
    assert_eq!(output(&project), before);
}

#[test]
fn a_place_that_cannot_be_written_to_is_refused_and_nothing_is_half_published() {
    let project = Project::new();
    project.write("out", "a file");
    insta::assert_snapshot!(build_refused(&project), @r"
    error[publish::unwritable]: cannot write the file: a file stands where a folder is needed
      ┌─ out/pdf/Connecticut-2016.pdf
    1 error; nothing was published
    ");
    fs::remove_file(project.path("out")).unwrap();
    // The last file of a report cannot take its place: the first ones must not have taken theirs.
    fs::create_dir_all(project.path("out/maps/Connecticut-2016.png")).unwrap();
    insta::assert_snapshot!(build_refused(&project), @r"
    error[publish::unwritable]: cannot write the file: it is a folder
      ┌─ out/maps/Connecticut-2016.png
    1 error; nothing was published
    ");
    let left = fs::read_dir(project.path("out/pdf")).unwrap().count();
    assert_eq!(left, 0, "no temporary file is left either");
}
