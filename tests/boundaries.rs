//! Boundaries and locations: what is read, what is refused with which words, where a point counts, and what counties are
//! called.

use std::collections::{BTreeMap, BTreeSet};

use platen::boundaries::{Geography, Located, Reach};

use crate::support::{Project, repository};

const SPEC: &str = "config/nhth-2016.yaml";
const FILE: &str = "geodata/2016/CT.geojson";
const INDEX: &str = "geodata/2016/index.json";
const LOCATIONS: &str = "data/connecticut-2016/case_locations.csv";

/// The reach of the default tolerance.
const REACH: Reach = Reach { line_m: 250.0, shore_m: 2500.0 };

/// Puts two counties in place of Connecticut's, each a list of rings, and leaves the index with them alone.
///
/// The counties of the sample's cases are mapped to these.
fn two_counties(hartford: &str, windham: &str) -> Project {
    let project = Project::new();
    let county = |geoid: &str, name: &str, kind: &str, coordinates: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"GEOID":"{geoid}","NAME":"{name}","LSADNAME":"County"}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
        )
    };
    let features =
        [county("09003", "Hartford", "MultiPolygon", hartford), county("09015", "Windham", "MultiPolygon", windham)];
    project.write(FILE, collection(&features.join(",\n")));
    project.write(
        INDEX,
        r#"{"vintage":2016,"jurisdictions":{"CT":{"statefp":"09","bbox":[-73.0,41.0,-71.0,42.0],"counties":{"09003":"Hartford","09015":"Windham"}}}}"#,
    );
    let locations = project.read(LOCATIONS);
    let cases = locations.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default());
    let cases: BTreeSet<&str> = cases.collect();
    let rows =
        cases.iter().enumerate().map(|(at, case)| format!("{case},{},,\n", if at < 20 { "09003" } else { "09015" }));
    project.write(LOCATIONS, format!("case_id,county_geoid,longitude,latitude\n{}", rows.collect::<String>()));
    project
}

fn collection(features: &str) -> String {
    format!(
        "{{\"type\":\"FeatureCollection\",\"vintage\":2016,\"jurisdiction\":\"CT\",\"statefp\":\"09\",\"features\":[\n{features}\n]}}"
    )
}

const WEST: &str = "[[[[-73,41],[-72,41],[-72,42],[-73,42],[-73,41]]]]";
const EAST: &str = "[[[[-72,41],[-71,41],[-71,42],[-72,42],[-72,41]]]]";
const INNER: &str = "[[[[-72.6,41.4],[-72.4,41.4],[-72.4,41.6],[-72.6,41.6],[-72.6,41.4]]]]";
/// The western county with a hole where the inner one lies.
const PIERCED: &str = "[[[[-73,41],[-72,41],[-72,42],[-73,42],[-73,41]],[[-72.6,41.4],[-72.6,41.6],[-72.4,41.6],[-72.4,41.4],[-72.6,41.4]]]]";

fn picture(project: &Project) -> Vec<u8> {
    project.succeeds(&["build", SPEC]);
    std::fs::read(project.path("out/maps/Connecticut-2016.png")).unwrap()
}

/// Returns what `check`, `build` and `release` print on stderr of a sound project, which must be the same findings.
fn warnings(project: &Project) -> String {
    let lines = |arguments: &[&str]| -> String {
        let output = project.platen(arguments);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{text}");
        let is_finding =
            |line: &&str| line.starts_with("warning[") || line.starts_with("  ") || line.starts_with("map `");
        text.lines().filter(is_finding).map(|line| format!("{line}\n")).collect()
    };
    let checked = lines(&["check", SPEC]);
    assert_eq!(lines(&["build", SPEC]), checked);
    assert_eq!(lines(&["release", SPEC, "--out", "release", "--no-cache"]), checked);
    checked
}

/// Returns what `check` and `build` say of a project that they must refuse: the same.
fn refused(project: &Project) -> String {
    project.refused_alike(SPEC)
}

#[test]
fn a_part_that_is_there_twice_is_drawn_as_if_it_were_there_once() {
    let once = two_counties(WEST, EAST);
    assert_eq!(warnings(&once), "");
    let twice = two_counties(&format!("[{0},{0}]", &WEST[1..WEST.len() - 1]), EAST);
    insta::assert_snapshot!(warnings(&twice), @r"
    warning[boundaries::overlapping-parts]: parts of county 09003 (Hartford) overlap at -73.00000, 41.00000
      ┌─ geodata/2016/CT.geojson
      = help: they are joined; take away what is there twice
    ");
    assert!(picture(&once) == picture(&twice));
}

#[test]
fn a_county_within_another_without_a_hole_is_drawn_and_has_its_points() {
    let (sound, odd) = (two_counties(PIERCED, INNER), two_counties(WEST, INNER));
    insta::assert_snapshot!(warnings(&odd), @r"
    warning[boundaries::enclave]: county 09015 (Windham) lies within county 09003 (Hartford), which has no hole for it
      ┌─ geodata/2016/CT.geojson
      = help: the inner one is drawn and gets its points; cut the hole to be rid of this warning
    ");
    assert!(picture(&sound) == picture(&odd));
    let geography = Geography::open(&odd.path(""), odd.path("geodata/2016"), 2016).ok().unwrap();
    let at = |lon, lat| geography.locator("CT").ok().unwrap().locate(lon, lat).map(|geoid| geoid.as_str().to_owned());
    assert_eq!((at(-72.5, 41.5), at(-72.9, 41.5)), (Some("09015".into()), Some("09003".into())));
}

#[test]
fn a_hole_that_is_cut_twice_is_a_hole() {
    let twice = PIERCED.replacen("]]]]", "]],[[-72.4,41.6],[-72.4,41.4],[-72.6,41.4],[-72.6,41.6],[-72.4,41.6]]]]", 1);
    let project = two_counties(&twice, EAST);
    insta::assert_snapshot!(warnings(&project), @r"
    warning[boundaries::overlapping-parts]: parts of county 09003 (Hartford) overlap at -72.40000, 41.60000
      ┌─ geodata/2016/CT.geojson
      = help: they are joined; take away what is there twice
    ");
    assert!(picture(&project) == picture(&two_counties(PIERCED, EAST)));
    // The same outline without the hole covers it.
    let filled = two_counties(&format!("[{},{}]", &PIERCED[1..PIERCED.len() - 1], &WEST[1..WEST.len() - 1]), EAST);
    assert!(warnings(&filled).contains("parts of county 09003 (Hartford) overlap at "));
    assert!(picture(&filled) == picture(&two_counties(WEST, EAST)));
}

#[test]
fn edges_that_cross_too_often_to_be_put_right_are_refused() {
    let corner = |at: usize| {
        let angle = std::f64::consts::TAU * (at * 350 % 701) as f64 / 701.0;
        format!("[{:.6},{:.6}]", -72.5 + 0.5 * libm::cos(angle), 41.5 + 0.5 * libm::sin(angle))
    };
    let star: Vec<String> = (0..=701).map(corner).collect();
    insta::assert_snapshot!(refused(&two_counties(&format!("[[[{}]]]", star.join(",")), EAST)), @r"
    error[boundaries::too-intricate]: the edges of county 09003 cross, or lie beside each other, too often to be put right
      ┌─ geodata/2016/CT.geojson
      = help: repair and simplify it: `mapshaper OLD.geojson -clean -simplify 10% keep-shapes -o NEW.geojson`
    1 error
    ");
}

#[test]
fn axes_signs_and_stray_parts_that_contradict_the_index_are_refused() {
    let swapped = "[[[[41,-73],[41,-72],[42,-72],[42,-73],[41,-73]]]]";
    let swapped_east = "[[[[41,-72],[41,-71],[42,-71],[42,-72],[41,-72]]]]";
    insta::assert_snapshot!(refused(&two_counties(swapped, swapped_east)), @r"
    error[boundaries::other-place]: the counties lie from longitude 41.00 to 42.00 and latitude -73.00 to -71.00, and the index says from longitude -73.00 to -71.00 and latitude 41.00 to 42.00
      ┌─ geodata/2016/CT.geojson
      = help: longitude and latitude are probably exchanged: longitude comes first; if the file is right, correct its `bbox` in `index.json`
    1 error
    ");
    let (west, east) = (WEST.replace('-', ""), EAST.replace('-', ""));
    insta::assert_snapshot!(refused(&two_counties(&west, &east)), @r"
    error[boundaries::other-place]: the counties lie from longitude 71.00 to 73.00 and latitude 41.00 to 42.00, and the index says from longitude -73.00 to -71.00 and latitude 41.00 to 42.00
      ┌─ geodata/2016/CT.geojson
      = help: the longitudes have probably lost their sign: west of Greenwich they are negative; if the file is right, correct its `bbox` in `index.json`
    1 error
    ");
    let stray = format!("[{},[[[0,0],[0.1,0],[0.1,0.1],[0,0]]]]", &WEST[1..WEST.len() - 1]);
    insta::assert_snapshot!(refused(&two_counties(&stray, EAST)), @r"
    error[boundaries::other-place]: the counties lie from longitude -73.00 to 0.10 and latitude 0.00 to 42.00, and the index says from longitude -73.00 to -71.00 and latitude 41.00 to 42.00
      ┌─ geodata/2016/CT.geojson
      = help: look for a part that lies far from the others, as at 0, 0, or for counties that are missing; if the file is right, correct its `bbox` in `index.json`
    1 error
    ");
}

#[test]
fn without_a_box_in_the_index_the_user_is_asked_whether_the_place_is_right() {
    let project = two_counties(WEST, EAST);
    project.edit(INDEX, r#""bbox":[-73.0,41.0,-71.0,42.0],"#, "");
    insta::assert_snapshot!(warnings(&project), @r#"
    warning[boundaries::no-place]: `index.json` has no `bbox` to check the place of the counties by: they lie from longitude -73.00 to -71.00 and latitude 41.00 to 42.00
      ┌─ geodata/2016/CT.geojson
      = help: if that is right, and not an exchange of the axes, write "bbox": [-73, 41, -71, 42] into its entry
    "#);
    // Where the file alone cannot be right, it is refused all the same.
    let says = |west: &str, east: &str| {
        let project = two_counties(west, east);
        project.edit(INDEX, r#""bbox":[-73.0,41.0,-71.0,42.0],"#, "");
        refused(&project)
    };
    let turned = |coordinates: &str| {
        let rings: Vec<Vec<Vec<[f64; 2]>>> = serde_json::from_str(coordinates).unwrap();
        let turn = |ring: &Vec<[f64; 2]>| ring.iter().map(|[lon, lat]| [*lat, *lon]).collect();
        let rings: Vec<Vec<Vec<[f64; 2]>>> = rings.iter().map(|part| part.iter().map(turn).collect()).collect();
        serde_json::to_string(&rings).unwrap()
    };
    insta::assert_snapshot!(says(&turned(WEST), &turned(EAST)), @r"
    error[boundaries::outside-state]: the counties lie from longitude 41.00 to 42.00 and latitude -73.00 to -71.00, where state 09 has none
      ┌─ geodata/2016/CT.geojson
      = help: longitude and latitude are probably exchanged: longitude comes first; if the file is right, write its `bbox` into `index.json`
    1 error
    ");
    insta::assert_snapshot!(says(&WEST.replace('-', ""), &EAST.replace('-', "")), @r"
    error[boundaries::outside-state]: the counties lie from longitude 71.00 to 73.00 and latitude 41.00 to 42.00, where state 09 has none
      ┌─ geodata/2016/CT.geojson
      = help: the longitudes have probably lost their sign: west of Greenwich they are negative; if the file is right, write its `bbox` into `index.json`
    1 error
    ");
    project.edit(SPEC, r#"ranked: true, fips: "09" }"#, r#"ranked: true, fips: "09", window: [10, 45, 12, 47] }"#);
    let says = refused(&project);
    assert!(says.starts_with(
        "error[boundaries::outside-window]: the counties lie from longitude -73.00 to -71.00 and latitude 41.00 to 42.00, \
         and none of them in the `window` of the jurisdiction\n"
    ) || says.contains("error[boundaries::outside-window]"), "{says}");
}

#[test]
fn a_file_that_is_not_the_one_of_the_index_is_told_as_such() {
    let project = Project::new();
    let sound = project.read(FILE);
    project.write(FILE, sound.replacen("-73.31287", "-73.31297", 1));
    let digest = platen::unit::Digest::of(project.read(FILE).as_bytes());
    let says = warnings(&project);
    assert_eq!(
        says,
        format!(
            "warning[boundaries::other-digest]: the file is not the one that `index.json` describes: its SHA-256 digest is \
             another\n  ┌─ geodata/2016/CT.geojson\n  = help: if it was changed on purpose, write its digest into the \
             index, or take `sha256` out of it: {digest}\n"
        )
    );
    // A byte order mark and other line ends change nothing.
    project.write(FILE, format!("\u{feff}{}", sound.replace('\n', "\r\n")));
    assert_eq!(warnings(&project), "");
    project.write(INDEX, format!("\u{feff}{}", project.read(INDEX)));
    assert_eq!(warnings(&project), "");
}

#[test]
fn names_and_counties_agree_with_the_index() {
    let project = two_counties(WEST, EAST);
    project.edit(INDEX, "\"Windham\"", "\"Tolland\"");
    insta::assert_snapshot!(refused(&project), @r"
    error[boundaries::other-name]: county 09015 is called `Windham`, and `Tolland` in the index
      ┌─ geodata/2016/CT.geojson
      = help: file and `index.json` must be of one make: correct the one that is wrong
    1 error
    ");
    let project = two_counties(WEST, EAST);
    project.edit(INDEX, "{\"09003\"", "{\"09001\":\"Fairfield\",\"09003\"");
    insta::assert_snapshot!(warnings(&project), @r"
    warning[boundaries::missing-counties]: the file lacks counties that are in the index, so that no map shows them: 09001
      ┌─ geodata/2016/CT.geojson
      = help: add them to the file, or take them out of the index if there are no such counties
    ");
    // What lies there cannot be shown.
    project.write(LOCATIONS, project.read(LOCATIONS).replace("09015", "09001"));
    insta::assert_snapshot!(refused(&project), @r"
    warning[boundaries::missing-counties]: the file lacks counties that are in the index, so that no map shows them: 09001
      ┌─ geodata/2016/CT.geojson
      = help: add them to the file, or take them out of the index if there are no such counties
    error[map::unknown-county]: county 09001 would be shaded, and the file lacks it
      ┌─ geodata/2016/CT.geojson
      = help: add the county to the file: the index has it, and records lie in it
    1 error
    ");
    let project = two_counties(WEST, EAST);
    project.edit(INDEX, "\"statefp\":\"09\"", "\"statefp\":\"10\"");
    assert!(
        refused(&project)
            .contains("error[boundaries::other-statefp]: the file holds the state 09, and the index says 10\n")
    );
    let project = two_counties(WEST, EAST);
    project.edit(INDEX, "\"CT\"", "\"RI\"");
    assert!(refused(&project).starts_with(
        "error[boundaries::not-in-index]: the index of the boundaries has no jurisdiction `CT`, which has a report\n  ┌─ \
         geodata/2016/index.json\n"
    ));
}

#[test]
fn blanks_around_a_name_and_its_normalization_form_make_no_difference() {
    let project = two_counties(WEST, EAST);
    project.edit(FILE, "\"Windham\"", "\"  Windha\u{308}m \"");
    project.edit(INDEX, "\"Windham\"", "\"Windh\u{e4}m\"");
    assert_eq!(warnings(&project), "");
    let text = project.text();
    assert!(text.contains("25 cases or more: Windh\u{e4}m. 10–24 cases: Hartford.]"), "{text}");
}

#[test]
fn a_part_at_zero_is_refused_where_the_index_has_no_box_or_a_wrong_one() {
    let stray = format!("[{},[[[0,0],[0.1,0],[0.1,0.1],[0,0]]]]", &WEST[1..WEST.len() - 1]);
    for bbox in ["", "\"bbox\":[-73,0,0.1,42],"] {
        let project = two_counties(&stray, EAST);
        project.edit(INDEX, r#""bbox":[-73.0,41.0,-71.0,42.0],"#, bbox);
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused(&project), @r"
            error[boundaries::stray-part]: a part of county 09003 lies at 0, 0, far from all others
              ┌─ geodata/2016/CT.geojson
              = help: take it away: its positions were probably missing where the file was made
            1 error
            ");
        }
    }
    // A place of its own may lie there.
    let (west, east) = ("[[[[0,0],[0.5,0],[0.5,0.5],[0,0.5],[0,0]]]]", "[[[[0.5,0],[1,0],[1,0.5],[0.5,0.5],[0.5,0]]]]");
    let project = two_counties(west, east);
    project.edit(INDEX, "[-73.0,41.0,-71.0,42.0]", "[0,0,1,0.5]");
    assert_eq!(warnings(&project), "");
}

/// What is said of a feature in place of the county of Windham.
fn said_of(feature: &str) -> String {
    let project = two_counties(WEST, EAST);
    let text = project.read(FILE);
    let (head, _) = text.split_once(",\n{\"type\":\"Feature\"").unwrap();
    project.write(FILE, format!("{head},\n{feature}\n]}}"));
    let says = refused(&project);
    let mut lines = says.lines();
    let first = lines.next().unwrap().trim_start_matches("error[boundaries::").to_owned();
    let place = lines.next().unwrap().trim_start_matches("  ┌─ geodata/2016/");
    let help = lines.next().unwrap();
    format!("{first}\n{place}\n{help}")
}

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

#[test]
fn each_fault_of_a_feature_is_told_with_its_line_and_a_way_out() {
    let square = format!(r#"{{"type":"MultiPolygon","coordinates":{EAST}}}"#);
    let windham = r#""GEOID":"09015","NAME":"Windham""#;
    let cases = [
        (
            feature(r#""NAME":"Windham""#, &square),
            "missing-geoid]: feature 2 has no property `GEOID`",
            "give each feature its five-digit code as the property `GEOID`",
        ),
        (
            feature(r#""geoid":"09015","NAME":"Windham""#, &square),
            "missing-geoid]: feature 2 has no property `GEOID`",
            "rename the property `geoid` to `GEOID`",
        ),
        (
            feature(r#""GEOID":"0500000US09015","NAME":"Windham""#, &square),
            "bad-geoid]: feature 2 has the GEOID `0500000US09015`, which is not five digits",
            "did you mean `09015`?",
        ),
        (
            feature(r#""GEOID":"9015","NAME":"Windham""#, &square),
            "bad-geoid]: feature 2 has the GEOID `9015`, which is not five digits",
            "did you mean `09015`?",
        ),
        (
            feature(r#""GEOID":9015.5,"NAME":"Windham""#, &square),
            "bad-geoid]: feature 2 has the GEOID `9015.5`, which is not five digits",
            "a GEOID is a text of five digits, and keeps its leading zero",
        ),
        (
            feature(r#""GEOID":"09015""#, &square),
            "missing-name]: county 09015 has no property `NAME`",
            "give the county its name, which the map and its alternative text print",
        ),
        (
            feature(r#""GEOID":"09015","name":"Windham""#, &square),
            "missing-name]: county 09015 has no property `NAME`",
            "rename the property `name` to `NAME`",
        ),
        (
            feature(r#""GEOID":"09015","NAME":15"#, &square),
            "not-text]: county 09015 has the property `NAME` as a number, not as a text",
            "put it between quotes",
        ),
        (
            feature(r#""GEOID":"09015","NAME":"Windham","LSADNAME":6"#, &square),
            "not-text]: county 09015 has the property `LSADNAME` as a number, not as a text",
            "put it between quotes",
        ),
        (
            feature(r#""GEOID":"09015","NAME":"Wind\u202eham""#, &square),
            "bad-character]: county 09015 has U+202E RIGHT-TO-LEFT OVERRIDE in its `NAME`, which cannot be printed",
            "delete it",
        ),
        (
            feature(r#""GEOID":"09015","NAME":"Wind\nham""#, &square),
            "bad-character]: county 09015 has U+000A LINE FEED in its `NAME`, which cannot be printed",
            "delete it",
        ),
        (
            feature(r#""GEOID":"09015","NAME":"Windham","LSADNAME":"Co\u200bunty""#, &square),
            "bad-character]: county 09015 has U+200B ZERO WIDTH SPACE in its `LSADNAME`, which cannot be printed",
            "delete it",
        ),
        (
            feature(windham, &square.replace("-71", "189")),
            "bad-coordinate]: county 09015 has the position 189, 41, which is not on the globe",
            "longitudes go from −180 to 180: what crosses the antimeridian is cut there (RFC 7946, section 3.1.9)",
        ),
        (
            feature(windham, "null"),
            "null-geometry]: county 09015 has no geometry: it is `null`",
            "give the county its polygons, or take its feature away, and its entry in `index.json`",
        ),
        (
            feature(windham, r#"{"type":"Point","coordinates":[-71.5,41.5]}"#),
            "not-polygonal]: county 09015 is a `Point`, not a polygon or multipolygon",
            "export the areas of the counties, not their centres or border lines",
        ),
        (
            feature(windham, &format!(r#"{{"type":"GeometryCollection","geometries":[{square}]}}"#)),
            "not-polygonal]: county 09015 is a `GeometryCollection`, not a polygon or multipolygon",
            "write the polygons of the collection as one `MultiPolygon`",
        ),
        (
            feature(windham, r#"{"type":"Polygon","coordinates":[[[-72,41],[-71,41],[-71,42],[-72,42]]]}"#),
            "unclosed-ring]: a ring of county 09015 does not end where it starts",
            "end each ring with its first position (RFC 7946, section 3.1.6)",
        ),
        (
            feature(
                windham,
                r#"{"type":"Polygon","coordinates":[[[-8015000,5012341],[-7903709,5012341],[-7903709,5160979],[-8015000,5012341]]]}"#,
            ),
            "bad-coordinate]: county 09015 has the position -8015000, 5012341, which is not on the globe",
            "the numbers are no degrees, but probably metres of a projection; convert it to degrees: `ogr2ogr -t_srs EPSG:4326 NEW.geojson OLD.geojson`, or `mapshaper OLD.geojson -proj wgs84 -o NEW.geojson`",
        ),
        (
            feature(windham, r#"{"type":"Polygon","coordinates":[[[41,-102],[41,-101],[42,-101],[41,-102]]]}"#),
            "bad-coordinate]: county 09015 has the position 41, -102, which is not on the globe",
            "longitude comes first and latitude second: the two are probably exchanged",
        ),
        (
            feature(r#""GEOID":"09003","NAME":"Windham""#, &square),
            "duplicate-geoid]: county 09003 stands twice",
            "make the parts of one county one feature of type `MultiPolygon`, or correct the GEOID",
        ),
    ];
    for (feature, says, help) in cases {
        assert_eq!(said_of(&feature), format!("{says}\nCT.geojson:3\n  = help: {help}"));
    }
}

#[test]
fn other_forms_of_files_are_named_with_a_way_out() {
    let project = two_counties(WEST, EAST);
    let sound = project.read(FILE);
    let says = |content: &[u8]| {
        project.write(FILE, content);
        let says = refused(&project);
        says.lines().take(1).collect::<String>().trim_start_matches("error[boundaries::").to_owned()
    };
    assert_eq!(
        says(br#"{"type":"Topology","objects":{},"arcs":[]}"#),
        "not-feature-collection]: the file is TopoJSON (`Topology`), and GeoJSON is needed"
    );
    assert_eq!(
        says(br#"{"type":"Feature","properties":{},"geometry":null}"#),
        "not-feature-collection]: a `FeatureCollection` is needed, not a `Feature`"
    );
    let utf_16: Vec<u8> = sound.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(says(&utf_16), "not-utf8]: the file is UTF-16, not UTF-8");
    let marked: Vec<u8> = [&[0xff, 0xfe], utf_16.as_slice()].concat();
    assert_eq!(says(&marked), "not-utf8]: the file is UTF-16, not UTF-8");
    assert_eq!(says(format!("{sound}\0\0\0").as_bytes()), "zero-byte]: the file holds bytes of zero");
}

#[test]
fn other_windings_altitudes_numbers_for_geoids_and_labels_of_degrees_are_read() {
    let sound = picture(&two_counties(WEST, EAST));
    let turned = "[[[[-73,41],[-73,42],[-72,42],[-72,41],[-73,41]]]]";
    let high = "[[[[-73,41,5],[-72,41,5],[-72,42,5],[-73,42,5],[-73,41,5]]]]";
    for west in [turned, high] {
        let project = two_counties(west, EAST);
        assert_eq!(warnings(&project), "");
        assert!(picture(&project) == sound, "{west}");
    }
    for (from, to) in [
        ("\"GEOID\":\"09015\"", "\"GEOID\":9015"),
        (
            "\"vintage\"",
            "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"vintage\"",
        ),
        (
            "\"vintage\"",
            "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4326\"}},\"vintage\"",
        ),
    ] {
        let project = two_counties(WEST, EAST);
        project.edit(FILE, from, to);
        assert_eq!(warnings(&project), "");
        assert!(picture(&project) == sound, "{to}");
    }
    let project = two_counties(WEST, EAST);
    project.edit(
        FILE,
        "\"vintage\"",
        "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:3857\"}},\"vintage\"",
    );
    insta::assert_snapshot!(warnings(&project), @r"
    warning[boundaries::other-crs]: the file calls its coordinates `EPSG:3857`, and they are read as degrees
      ┌─ geodata/2016/CT.geojson
      = help: GeoJSON is always in degrees (RFC 7946, section 4): take the member `crs` away
    ");
}

#[test]
fn a_ring_that_crosses_itself_is_told_with_its_county_and_place() {
    let bow = "[[[[-73,41],[-72,42],[-72,41],[-73,42],[-73,41]]]]";
    insta::assert_snapshot!(warnings(&two_counties(bow, EAST)), @r"
    warning[boundaries::crossed-ring]: a ring of county 09003 (Hartford) crosses itself at -72.50000, 41.50000
      ┌─ geodata/2016/CT.geojson
      = help: its loops are filled; repair it: `mapshaper OLD.geojson -clean -o NEW.geojson`
    ");
}

/// The sample with a few locations changed: one in New York by its GEOID, one there by its point, one on the open sea, and
/// one whose GEOID is not its point's.
fn astray() -> Project {
    let project = Project::new();
    for code in ["NJ", "NY"] {
        project.add(&format!("geodata/2016/{code}.geojson"));
    }
    project.edit(LOCATIONS, "SYN-C-0037,09001,,\n", "SYN-C-0037,36005,,\n");
    project.edit(LOCATIONS, "SYN-C-0624,,-72.6747,41.8358\n", "SYN-C-0624,,-73.9,40.85\n");
    project.edit(LOCATIONS, "SYN-C-0753,09001,,\n", "SYN-C-0753,,-60,35\n");
    project.edit(LOCATIONS, "SYN-C-0756,09003,-72.6754,41.9514\n", "SYN-C-0756,09001,-72.6754,41.9514\n");
    project
}

#[test]
fn locations_outside_of_their_jurisdiction_are_refused_by_default_and_told_without_their_content() {
    insta::assert_snapshot!(refused(&astray()), @r"
    error[data::location-outside]: 2 of 55 locations lie outside of the jurisdiction of their case: lines 2, 3
      ┌─ data/connecticut-2016/case_locations.csv:2
      = help: correct it; or write `outside: count` in the map `locations`, which leaves such locations off the map
    error[data::point-nowhere]: 1 of 55 locations lies in no county of the boundaries
      ┌─ data/connecticut-2016/case_locations.csv:4
      = help: correct it, or give its GEOID; or write `outside: count` in the map `locations`, which leaves such locations off the map
    error[data::point-contradicts-county]: 1 of 55 locations has a GEOID that is not its point's
      ┌─ data/connecticut-2016/case_locations.csv:5
      = help: correct the one that is wrong; or write `outside: count` in the map `locations`, by which the GEOID counts
    3 errors
    ");
}

#[test]
fn locations_outside_may_be_counted_or_told_and_then_are_on_no_map_and_in_no_file() {
    let project = astray();
    project.edit(SPEC, "    legend: Cases by", "    outside: count\n    legend: Cases by");
    let summary = "map `locations`: of 55 locations 2 outside of the jurisdiction of their case, 1 in no county, 1 with a GEOID \
                   that is not their point's\n";
    assert_eq!(warnings(&project), summary);
    for (name, content) in crate::support::files(&project.path("release")) {
        let text = String::from_utf8_lossy(&content);
        assert!(!text.contains("outside of the jurisdiction") && !text.contains("36005"), "{name}");
    }
    project.edit(SPEC, "outside: count", "outside: warn");
    insta::assert_snapshot!(warnings(&project), @r"
    warning[data::location-outside]: 2 of 55 locations lie outside of the jurisdiction of their case: lines 2, 3
      ┌─ data/connecticut-2016/case_locations.csv:2
      = help: correct it
    warning[data::point-nowhere]: 1 of 55 locations lies in no county of the boundaries
      ┌─ data/connecticut-2016/case_locations.csv:4
      = help: correct it, or give its GEOID
    warning[data::point-contradicts-county]: 1 of 55 locations has a GEOID that is not its point's
      ┌─ data/connecticut-2016/case_locations.csv:5
      = help: correct the one that is wrong
    map `locations`: of 55 locations 2 outside of the jurisdiction of their case, 1 in no county, 1 with a GEOID that is not their point's
    ");
    project.edit(SPEC, "outside: warn", "outside: ignore");
    let says = project.refuses(&["check", SPEC]);
    assert!(says.contains("spec::unknown-value"), "{says}");
}

#[test]
fn boundaries_that_are_needed_to_tell_where_a_point_lies_and_are_not_there_are_named() {
    let project = Project::new();
    project.edit(LOCATIONS, "SYN-C-0624,,-72.6747,41.8358\n", "SYN-C-0624,,-73.9,40.85\n");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[boundaries::unreadable]: cannot read the boundaries: no such file or folder
      ┌─ geodata/2016/NJ.geojson
      = help: they are needed to tell whether a point beside `CT` lies in `NJ`
    1 error
    ");
}

/// All boundaries that the repository ships.
fn nation() -> Geography {
    Geography::open(&repository(), repository().join("geodata/2016"), 2016).ok().unwrap()
}

fn placed(geography: &Geography, code: &str, lon: f64, lat: f64) -> String {
    match geography.place(code, lon, lat, REACH).ok().unwrap() {
        Located::In(geoid) => geoid.to_string(),
        Located::Near(geoid) => format!("near {geoid}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn points_around_state_lines_count_in_their_own_county() {
    // Points scattered around state lines, each with the county of the Census Bureau's unsimplified boundaries that holds it.
    let text = std::fs::read_to_string(repository().join("tests/reference/state-line-points.csv")).unwrap();
    let geography = nation();
    let mut wrong = Vec::new();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    for row in &rows {
        let (lon, lat) = (row[2].parse().unwrap(), row[3].parse().unwrap());
        let found = placed(&geography, row[0], lon, lat);
        if found.trim_start_matches("near ") != row[1] {
            wrong.push(format!("{}: {found}", row.join(",")));
        }
    }
    assert_eq!((rows.len(), wrong), (4000, Vec::new()));
}

#[test]
fn piers_and_shores_count_for_the_nearest_county_and_the_open_sea_for_none() {
    let geography = nation();
    assert_eq!(placed(&geography, "IL", -87.60, 41.8917), "near 17031", "Navy Pier");
    assert_eq!(placed(&geography, "CA", -122.423, 37.8267), "near 06075", "Alcatraz");
    assert_eq!(placed(&geography, "CA", -125.0, 37.8), "Nowhere");
    assert_eq!(placed(&geography, "GA", -85.566, 34.77421), "13083", "150 m inside the line");
    assert_eq!(placed(&geography, "MS", -88.44553, 32.1157), "near 28023", "beside the line");
    assert_eq!(placed(&geography, "AL", -88.44553, 32.1157), "01023");
    // Stamford and Port Chester are neighbours; the Bronx is far from Connecticut.
    assert_eq!(placed(&geography, "CT", -73.9, 40.85), "Elsewhere");
    // East of the last island of Alaska and west of the antimeridian, still within reach of it.
    assert_eq!(placed(&geography, "AK", -170.0, 60.0), "Nowhere");
}

#[test]
fn the_tolerance_is_a_setting_of_the_map() {
    let project = Project::new();
    // 1.1 km off the shore of New Haven's county, by the boundaries of the map.
    for code in ["NY", "RI"] {
        project.add(&format!("geodata/2016/{code}.geojson"));
    }
    project.edit(LOCATIONS, "SYN-C-0624,,-72.6747,41.8358\n", "SYN-C-0624,,-72.9,41.225\n");
    let found = warnings(&project);
    assert_eq!(found, "map `locations`: of 55 locations 1 beside a county, and counted there\n");
    project.edit(SPEC, "    legend: Cases by", "    tolerance: { line_m: 50, shore_m: 100 }\n    legend: Cases by");
    assert!(refused(&project).starts_with("error[data::point-nowhere]: 1 of 55 locations lies in no county"));
    project.edit(SPEC, "shore_m: 100", "shore_m: 100000");
    assert!(refused(&project).contains("spec::bad-value") || refused(&project).contains("spec::"), "out of range");
}

#[test]
fn no_two_counties_of_a_jurisdiction_have_one_printed_name() {
    let mut geography = nation();
    let codes: Vec<String> = geography.index().jurisdictions().map(str::to_owned).collect();
    geography.read_ahead(&codes.iter().map(String::as_str).collect::<Vec<_>>());
    geography.learn_names();
    let mut told = Vec::new();
    for code in &codes {
        let mut names = BTreeMap::new();
        for (geoid, name) in geography.index().of_jurisdiction(code) {
            assert_eq!(names.insert(name, geoid), None, "{code}: {name}");
            told.extend(name.ends_with(')').then(|| format!("{code} {name}")));
        }
        let on_map = geography.state(code).ok().unwrap();
        let drawn: BTreeSet<&str> = on_map.boundaries.counties.iter().map(|county| county.name.as_str()).collect();
        assert!(drawn.iter().eq(names.keys()), "{code}: map and words have one list of names");
        assert!(on_map.remarks.is_empty(), "{code}: {:?}", on_map.remarks);
    }
    assert_eq!(codes.len(), 56);
    assert_eq!(
        told,
        [
            "MD Baltimore (County)",
            "MD Baltimore (city)",
            "MO St. Louis (County)",
            "MO St. Louis (city)",
            "VA Fairfax (County)",
            "VA Franklin (County)",
            "VA Richmond (County)",
            "VA Roanoke (County)",
            "VA Fairfax (city)",
            "VA Franklin (city)",
            "VA Richmond (city)",
            "VA Roanoke (city)",
        ]
    );
}

/// The alternative text of the map of each of some jurisdictions, from the national records.
fn alternatives(codes: &[&str], change: impl FnOnce(&Project)) -> Vec<String> {
    let project = Project::new();
    std::fs::create_dir_all(project.path("data/national-2016")).unwrap();
    for source in ["signals", "cases", "case_locations"] {
        project.add(&format!("data/national-2016/{source}.csv"));
    }
    for code in codes {
        project.add(&format!("geodata/2016/{code}.geojson"));
        project.add(&format!("geodata/2016/{code}.topojson.gz"));
    }
    change(&project);
    let text = project.succeeds(&["build", "config/nhth-2016-national.yaml", "--only", &codes.join(","), "--text"]);
    let maps = text.lines().filter_map(|line| line.strip_prefix("[Heat map of "));
    let maps = maps.map(|line| line.strip_prefix("the ").unwrap_or(line));
    maps.map(|line| line.trim_end_matches(']').to_owned()).collect()
}

#[test]
fn parishes_boroughs_and_municipios_are_called_so_and_counties_of_one_name_are_told_apart() {
    let found = alternatives(&["AK", "LA", "MD", "PR"], |_| {});
    let [alaska, louisiana, maryland, puerto_rico] = found.as_slice() else { panic!("{found:?}") };
    assert!(alaska.starts_with("boroughs and census areas of Alaska by number"), "{alaska}");
    assert!(alaska.ends_with("All other boroughs and census areas: Fewer than three cases."), "{alaska}");
    assert!(louisiana.starts_with("parishes of Louisiana by number"), "{louisiana}");
    assert!(louisiana.ends_with("All other parishes: Fewer than three cases."), "{louisiana}");
    assert!(puerto_rico.starts_with("municipios of Puerto Rico by number"), "{puerto_rico}");
    assert!(maryland.starts_with("counties and cities of Maryland by number"), "{maryland}");
    assert_eq!(maryland.matches("Baltimore (city)").count(), 1, "{maryland}");
    assert_eq!(maryland.matches("Baltimore (County)").count(), 1, "{maryland}");
    assert_eq!(maryland.matches("Baltimore").count(), 2, "{maryland}");
    for text in [alaska, louisiana, puerto_rico] {
        assert!(!text.contains("count"), "{text}");
    }
}

#[test]
fn a_jurisdiction_that_is_one_area_is_not_called_its_areas() {
    let found = alternatives(&["DC", "GU"], |_| {});
    let [capital, guam] = found.as_slice() else { panic!("{found:?}") };
    assert!(capital.starts_with("Washington, D.C. by number of potential human trafficking cases."), "{capital}");
    assert!(guam.starts_with("Guam by number of potential human trafficking cases."), "{guam}");
    for text in [capital, guam] {
        assert!(!text.contains("area") && !text.contains("other"), "{text}");
    }
}

#[test]
fn where_no_county_is_shaded_none_are_others_and_the_spec_may_name_them() {
    let found = alternatives(&["PR"], |project| {
        let file = "data/national-2016/case_locations.csv";
        let head = project.read(file).lines().next().unwrap().to_owned();
        project.write(file, head + "\n");
        project.edit(
            SPEC,
            "  PR: { name: Puerto Rico,",
            "  PR: { areas: { one: town, other: towns }, name: Puerto Rico,",
        );
    });
    assert_eq!(
        found,
        ["towns of Puerto Rico by number of potential human trafficking cases. All towns: Fewer than three cases."]
    );
}
