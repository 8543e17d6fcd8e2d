//! What a spec may hold and how it may be written: read where it is good, told in the author's words where it is not.

use platen::diag::Sources;
use serde_json::{Value, json};

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";

/// What a check of the sample's spec says after these edits.
fn refused(edits: &[(&str, &str)]) -> String {
    let project = Project::new();
    for (from, to) in edits {
        project.edit(SPEC, from, to);
    }
    project.refuses(&["check", SPEC])
}

/// Asserts that the sample's spec says the same after these edits.
fn reads_the_same(edits: &[(&str, &str)]) {
    let project = Project::new();
    let before = project.text();
    for (from, to) in edits {
        project.edit(SPEC, from, to);
    }
    assert_eq!(project.text(), before, "{edits:?}");
}

#[test]
fn yaml_is_read_however_it_is_written() {
    reads_the_same(&[("  threshold: 3\n", "  threshold: 3.0\n")]);
    reads_the_same(&[("edition: nhth-2016\n", "edition:\tnhth-2016\n"), ("  threshold: 3\n", "  threshold: \t 3\n")]);
    reads_the_same(&[("AL: { name: Alabama, ranked: true", "AL: { name: Alabama, ranked: TRUE")]);
    reads_the_same(&[("AL: { name: Alabama, ranked: true", "AL:\t{\tname:\tAlabama, ranked: True")]);
    let last = "  reason: \"Reason:\"\n";
    for end in ["---\n", "...\n", "---\n# the end\n\n", "...\n---\n", "\n---"] {
        reads_the_same(&[(last, &format!("{last}{end}"))]);
    }
    insta::assert_snapshot!(refused(&[(last, &format!("{last}---\nmore: 1\n"))]), @r"
    error[spec::syntax]: a spec is one YAML document; here a second one begins
        ┌─ config/nhth-2016.yaml:469:1
    469 │ ---
        │ ^^^
    1 error; nothing was published
    ");
}

#[test]
fn numbers_that_cannot_be_meant_are_told_as_the_author_wrote_them() {
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: 03\n")]), @r"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the value `03`
        ┌─ config/nhth-2016.yaml:243:14
    243 │   threshold: 03
        │              ^^
        = help: write 3
    1 error; nothing was published
    ");
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: \"03\"\n")]), @r#"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `03`
        ┌─ config/nhth-2016.yaml:243:14
    243 │   threshold: "03"
        │              ^^^^
        = help: write it without quotes
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: 99999999999999999999\n")]), @r#"
    error[spec::bad-value]: a number is at most 9007199254740991
        ┌─ config/nhth-2016.yaml:243:14
    243 │   threshold: 99999999999999999999
        │              ^^^^^^^^^^^^^^^^^^^^
        = help: write it in quotes where it is a text: "99999999999999999999"
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: 3e300\n")]), @r#"
    error[spec::bad-value]: a number is at most 9007199254740991
        ┌─ config/nhth-2016.yaml:243:14
    243 │   threshold: 3e300
        │              ^^^^^
        = help: write it in quotes where it is a text: "3e300"
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(refused(&[("width_pt: 468", "width_pt: .nan")]), @r#"
    error[spec::bad-value]: `.nan` is no number that can be meant
        ┌─ config/nhth-2016.yaml:359:15
    359 │     width_pt: .nan
        │               ^^^^
        = help: write it in quotes where it is a text: ".nan"
    1 error; nothing was published
    "#);
}

#[test]
fn a_comment_in_the_place_of_a_value_and_a_merge_key_are_told() {
    insta::assert_snapshot!(
        refused(&[("    unshaded: { label: \"Fewer than {{ threshold.in_words }} cases\", rgb: \"#f5f4f1\", cmyk: [0, 0, 2, 4] }",
            "    unshaded:\n      label: Few\n      rgb: #f5f4f1\n      cmyk: [0, 0, 2, 4]")]), @r##"
    error[spec::wrong-type]: `rgb` must be a text, and is empty
        ┌─ config/nhth-2016.yaml:359:10
    359 │       rgb: #f5f4f1
        │          ^
        = help: `#f5f4f1` is a comment: write it in quotes, "#f5f4f1"
    1 error; nothing was published
    "##);
    insta::assert_snapshot!(refused(&[("rgb: \"#fcbba1\", cmyk", "rgb: #fcbba1, cmyk")]), @r##"
    error[spec::syntax]: this is no valid YAML: "-" is only valid inside a block
        ┌─ config/nhth-2016.yaml:354:7
    354 │       - { from: 5, label: 5–9 cases, rgb: "#fb6a4a", cmyk: [0, 70, 70, 0] }
        │       ^
        = help: `#fcbba1` is a comment here: write it in quotes, "#fcbba1"
    1 error; nothing was published
    "##);
    insta::assert_snapshot!(refused(&[("    total: *non_cumulative", "    <<: *masked\n    total: *non_cumulative")]), @r"
    error[spec::syntax]: the merge key `<<` is none of YAML 1.2, and a spec has none
        ┌─ config/nhth-2016.yaml:342:5
    342 │     <<: *masked
        │     ^^
        = help: write the keys out, or take the whole value by its alias
    1 error; nothing was published
    ");
}

#[test]
fn what_stands_behind_the_last_line_is_named() {
    let project = Project::new();
    let sound = project.read(SPEC);
    project.write(SPEC, format!("{sound}\0\0\0\0"));
    let told = project.refuses(&["check", SPEC]);
    assert!(
        told.starts_with(
            "error[spec::bad-character]: the file ends with NUL characters (U+0000), which an editor does not show\n"
        ),
        "{told}"
    );
    assert!(told.contains("= help: save the file again as plain UTF-8 text\n"), "{told}");
    project.write(SPEC, format!("{sound}\u{1a}"));
    let told = project.refuses(&["check", SPEC]);
    assert!(
        told.starts_with(
            "error[spec::bad-character]: the file ends with Ctrl-Z (U+001A), which an editor does not show\n"
        ),
        "{told}"
    );
}

#[test]
fn characters_that_turn_hide_or_break_are_refused_in_every_text() {
    insta::assert_snapshot!(
        refused(&[("label: \"Victim of Trafficking\"", "label: \"Victim\\u202E nikciffarT fo\\u202C\"")]), @r#"
    error[spec::bad-character]: the character U+202E cannot be printed
        ┌─ config/nhth-2016.yaml:143:30
    143 │     - { code: victim, label: "Victim\u202E nikciffarT fo\u202C" }
        │                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: delete it: it turns the order of the letters after it, so that they read otherwise than they are written
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(refused(&[("keywords: [human trafficking,", "keywords: [\"human\\uFFFEtrafficking\",")]), @r#"
    error[spec::bad-character]: the character U+FFFE cannot be printed
       ┌─ config/nhth-2016.yaml:12:12
    12 │ keywords: ["human\uFFFEtrafficking", hotline, state report, statistics]
       │            ^^^^^^^^^^^^^^^^^^^^^^^^
       = help: delete it: Unicode gives it no meaning, and no XML can hold it
    1 error; nothing was published
    "#);
    let places = [
        ("publisher: National", "publisher: \"{}\" # "),
        ("title: \"{{ jur", "title: \"{}{{ jur"),
        ("output: \"{{ jur", "output: \"{}{{ jur"),
        ("subject: >-\n  Data report", "subject: >-\n  {}Data report"),
        ("DC: { name: \"Washington", "DC: { name: \"{}Washington"),
        ("  counter: Fewer", "  counter: \"{}\" # "),
        ("  neutral: Not Shown", "  neutral: \"{}\""),
        ("label: { one: Phone Call,", "label: { one: \"{}\","),
        ("head: CALLER TYPE", "head: \"{}CALLER TYPE\""),
        ("    legend: Cases by {{ map.areas.one }}", "    legend: \"{}\""),
        ("  series: NATIONAL HUMAN", "  series: \"{}\" # "),
        ("  - heading: OVERVIEW OF", "  - heading: \"{}\" # "),
        ("  column: COLUMN", "  column: \"{}\""),
        ("  absent: –", "  absent: \"{}\""),
        ("    A Foreign National in", "    {}A Foreign National in"),
        ("  thousands", "  thousands"),
    ];
    for (from, to) in &places[..15] {
        for bad in
            ['\u{202e}', '\u{2066}', '\u{fffe}', '\u{1ffff}', '\u{fdd0}', '\u{200b}', '\u{feff}', '\u{7}', '\u{85}']
        {
            let escaped = to.contains("\"{}").then(|| format!("\\U{:08X}", u32::from(bad)));
            let told = refused(&[(from, &to.replace("{}", &escaped.unwrap_or_else(|| bad.to_string())))]);
            let wanted =
                format!("error[spec::bad-character]: the character U+{:04X} cannot be printed\n", u32::from(bad));
            assert!(told.starts_with(&wanted), "{from}: {told}");
        }
    }
    // What a template puts together is looked at when it is filled in.
    let told = refused(&[("    legend: Cases by {{ map.areas.one }}", "    legend: '{{ \"a\\u202Eb\" }}'")]);
    assert!(told.starts_with("error[spec::bad-character]: the character U+202E cannot be printed\n"), "{told}");
}

#[test]
fn characters_that_a_language_needs_are_printed() {
    let project = Project::new();
    project.edit(
        SPEC,
        "label: \"Victim of Trafficking\"",
        "label: \"Vic\\u00ADtim\\u00A0of\\u202FTraf\\u200Eficking\"",
    );
    assert!(project.text().contains("Vic\u{ad}tim\u{a0}of\u{202f}Traf\u{200e}ficking"));
}

#[test]
fn texts_of_a_press_profile_hold_the_same_rule() {
    let project = Project::new();
    let profile = std::fs::read_dir(project.path("config/press")).unwrap().find_map(|file| {
        let name = file.unwrap().file_name().into_string().unwrap();
        name.ends_with(".yaml").then(|| format!("config/press/{name}"))
    });
    let profile = profile.expect("the project has a press profile");
    let text = project.read(&profile);
    let line = text.lines().find(|line| line.starts_with("name:")).expect("a profile has a name");
    project.write(&profile, text.replace(line, "name: \"a\\uFFFEb\""));
    let told = project.refuses(&["press", SPEC, "--profile", &profile, "--out", "out"]);
    assert!(told.contains("error[spec::bad-character]: the character U+FFFE cannot be printed\n"), "{told}");
}

#[test]
fn labels_that_look_alike_are_refused_unless_a_code_is_an_alias() {
    let list = |more: &str| {
        [(
            "    - { code: labor, label: \"Labor\" }\n".to_owned(),
            format!("    - {{ code: labor, label: \"Labor\" }}\n{more}"),
        )]
    };
    let told = |more: &str| {
        let edits = list(more);
        refused(&[(&edits[0].0, &edits[0].1)])
    };
    insta::assert_snapshot!(told("    - { code: l, label: \" LABOR\" }\n"), @r#"
    error[spec::duplicate-label]: the label `LABOR` is that of the code `labor` as well
        ┌─ config/nhth-2016.yaml:185:25
    185 │     - { code: l, label: " LABOR" }
        │                         ^^^^^^^^
        = help: give it a label of its own, or `alias_of: labor` where it counts as that one
    1 error; nothing was published
    "#);
    insta::assert_snapshot!(told("    - { code: l, alias_of: labour }\n"), @r"
    error[spec::alias]: the list has no code `labour` with a row of its own here
        ┌─ config/nhth-2016.yaml:185:28
    185 │     - { code: l, alias_of: labour }
        │                            ^^^^^^
        = help: did you mean `labor`?
    1 error; nothing was published
    ");
    insta::assert_snapshot!(told("    - { code: l, alias_of: l }\n"), @r"
    error[spec::alias]: the code `l` is an alias of itself
        ┌─ config/nhth-2016.yaml:185:28
    185 │     - { code: l, alias_of: l }
        │                            ^
    1 error; nothing was published
    ");
    insta::assert_snapshot!(told("    - { code: l, alias_of: labor }\n    - { code: L, alias_of: l }\n"), @r"
    error[spec::alias]: the list has no code `l` with a row of its own here
        ┌─ config/nhth-2016.yaml:186:28
    186 │     - { code: L, alias_of: l }
        │                            ^
        = help: there are `sex`, `labor`, `sex_and_labor`, `not_specified`
    1 error; nothing was published
    ");
    insta::assert_snapshot!(told("    - { code: l, alias_of: labor, label: Work, last: true }\n"), @r"
    error[spec::alias]: an alias has no row, and its `label` is printed nowhere
        ┌─ config/nhth-2016.yaml:185:42
    185 │     - { code: l, alias_of: labor, label: Work, last: true }
        │                                          ^^^^
    error[spec::alias]: an alias has no row, and its `last` is printed nowhere
        ┌─ config/nhth-2016.yaml:185:54
    185 │     - { code: l, alias_of: labor, label: Work, last: true }
        │                                                      ^^^^
    2 errors; nothing was published
    ");
    insta::assert_snapshot!(told("    - { code: l }\n"), @r"
    error[spec::missing-key]: the code `l` needs a `label`, or `alias_of`
        ┌─ config/nhth-2016.yaml:185:7
    185 │     - { code: l }
        │       ^^^^^^^^^^^
    1 error; nothing was published
    ");
    insta::assert_snapshot!(refused(&[("    - { code: minors, label: \"Minors\" }\n", "    - { code: minors, alias_of: adults }\n")]), @r"
    error[spec::alias]: `minors` is an alias, and the rows of a multiple-response table are columns
        ┌─ config/nhth-2016.yaml:322:20
    322 │     rows: { flags: demographic }
        │                    ^^^^^^^^^^^
    error[spec::alias]: `minors` is an alias, and the rows of a multiple-response table are columns
        ┌─ config/nhth-2016.yaml:335:20
    335 │     rows: { flags: demographic }
        │                    ^^^^^^^^^^^
    2 errors; nothing was published
    ");
    // Below another parent the same label is another row.
    reads_the_same(&[(
        "    - { parent: labor, code: begging, label: \"Begging Ring\" }\n",
        "    - { parent: labor, code: begging, label: \"Begging Ring\" }\n    - { parent: labor, code: none, label: \"Pornography\" }\n",
    )]);
}

#[test]
fn an_alias_counts_as_its_code_in_rows_children_and_conditions() {
    let project = Project::new();
    let before = project.text();
    project.records("cases", |cases| {
        let labor = cases.find(&[("trafficking_type", "labor")]).len();
        cases.recode(labor / 2, &[("trafficking_type", "labor")], &[("trafficking_type", "L")]);
        cases.recode(3, &[("venue", "hotel_motel")], &[("venue", "Hotel")]);
    });
    project.edit(
        SPEC,
        "    - { code: labor, label: \"Labor\" }\n",
        "    - { code: labor, label: \"Labor\" }\n    - { code: L, alias_of: labor }\n",
    );
    project.edit(
        SPEC,
        "    - { parent: sex, code: online_ad,",
        "    - { parent: sex, code: Hotel, alias_of: hotel_motel }\n    - { parent: sex, code: online_ad,",
    );
    assert_eq!(project.text(), before);
    project.edit(SPEC, "in: [labor, sex_and_labor]", "in: [L, sex_and_labor]");
    assert_eq!(project.text(), before, "a condition may name either");
}

#[test]
fn words_of_hidden_counts_follow_the_threshold() {
    let project = Project::new();
    // Eight cases of a venue and a sum of eight under eleven, with words that are taken over.
    project.write(
        "config/over.yaml",
        "extends: nhth-2016.yaml\nedition: over\nsmall_counts: { threshold: 11 }\nmaps: ~\naccept: ~\ncontent: [ { table: labor_demographics } ]\n\
         counters: ~\npopulations: { signals: { small_counts: mask }, calls: { small_counts: mask } }\n\
         tables: { caller_type: ~, how_found: ~, reason: ~, venue: ~ }\n",
    );
    let text = project.succeeds(&["build", "config/over.yaml", "--text"]);
    assert!(text.contains("Fewer than Eleven") && !text.to_lowercase().contains("three"), "{text}");
    assert!(text.contains("referenced fewer than eleven times."), "{text}");
}

#[test]
fn words_that_stop_being_true_are_refused() {
    let project = Project::new();
    project.edit(SPEC, "cell: Fewer than {{ threshold.in_words | title }}", "cell: Fewer than Three");
    project.edit(SPEC, "referenced fewer than {{ threshold.in_words }} times", "referenced fewer than three times");
    project.edit(
        SPEC,
        "Caller Types Referenced Fewer than {{ threshold.in_words | title }} Times",
        "Caller Types Referenced Fewer than Three Times",
    );
    assert!(project.text().contains("Fewer than Three"), "they are true of three");
    project.edit(SPEC, "  threshold: 3\n", "  threshold: 11\n");
    project.edit(SPEC, "from: 3, label: 3–4 cases", "from: 11, label: 3–4 cases");
    project.edit(SPEC, "from: 5, label: 5–9 cases", "from: 15, label: 15–19 cases");
    project.edit(SPEC, "from: 10, label: 10–24 cases", "from: 20, label: 20–24 cases");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r##"
    error[spec::threshold-words]: `cell` says `Three`, and counts under 11 are hidden
        ┌─ config/nhth-2016.yaml:247:20
    247 │   cell: Fewer than Three
        │                    ^^^^^
        = help: write `{{ threshold.in_words | title }}` in its place, which follows the threshold
    error[spec::threshold-words]: the label of the merged row says `Three`, and counts under 11 are hidden
        ┌─ config/nhth-2016.yaml:281:49
    281 │       label: Caller Types Referenced Fewer than Three Times
        │                                                 ^^^^^
        = help: write `{{ threshold.in_words | title }}` in its place, which follows the threshold
    error[spec::threshold-words]: the label of this class names no 11, with which the class begins
        ┌─ config/nhth-2016.yaml:353:28
    353 │       - { from: 11, label: 3–4 cases, rgb: "#fcbba1", cmyk: [0, 28, 32, 0] }
        │                            ^^^^^^^^^
        = help: write the counts that the class holds
    error[spec::threshold-words]: the note `identity` says `three`, and counts under 11 are hidden
        ┌─ config/nhth-2016.yaml:373:27
    373 │     referenced fewer than three times.
        │                           ^^^^^
        = help: write `{{ threshold.in_words }}` in its place, which follows the threshold
    4 errors; nothing was published
    "##);
}

#[test]
fn a_table_with_a_threshold_of_its_own_has_words_of_its_own() {
    insta::assert_snapshot!(
        refused(&[("    small_counts: &masked { rule: mask, note: identity }", "    small_counts: &masked { rule: mask, note: identity, threshold: 4 }")]), @r"
    error[spec::threshold-words]: the note `identity` names the threshold of the edition, 3, and that of `labor_demographics` is 4
        ┌─ config/nhth-2016.yaml:371:5
    371 │     To protect the identity of the people we serve, the National Human Trafficking Hotline does not
        │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: write a note of its own for this table
    error[spec::threshold-words]: the note `identity` names the threshold of the edition, 3, and that of `sex_demographics` is 4
        ┌─ config/nhth-2016.yaml:371:5
    371 │     To protect the identity of the people we serve, the National Human Trafficking Hotline does not
        │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: write a note of its own for this table
    2 errors; nothing was published
    ");
    let project = Project::new();
    project.edit(
        SPEC,
        "    small_counts: &masked { rule: mask, note: identity }",
        "    small_counts: &masked { rule: mask, threshold: 6 }",
    );
    let text = project.text();
    assert!(text.contains("Fewer than Six") && text.contains("Fewer than Three Times"), "{text}");
    project.edit(SPEC, "cell: Fewer than {{ threshold.in_words | title }}", "cell: Under 3");
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r"
    error[spec::threshold-words]: `cell` says `3`, and counts under 6 are hidden
        ┌─ config/nhth-2016.yaml:247:15
    247 │   cell: Under 3
        │               ^
        = help: write `{{ threshold.number }}` in its place, which follows the threshold
    1 error; nothing was published
    ");
}

#[test]
fn innocent_numbers_stay() {
    reads_the_same(&[("  neutral: Not Shown", "  neutral: Not Shown"), ("accept:\n", "# three counters\naccept:\n")]);
    let project = Project::new();
    project.edit(
        SPEC,
        "    referenced fewer than {{ threshold.in_words }} times.",
        "    referenced fewer than {{ threshold.in_words }} times in 12 of 16 months by one of five counters.",
    );
    assert!(project.text().contains("in 12 of 16 months by one of five counters."));
    project.edit(SPEC, "  cell: Fewer than {{ threshold.in_words | title }}", "  cell: 1–2");
    assert!(project.text().contains("1–2"));
}

#[test]
fn a_language_without_number_words_lists_them() {
    let edits = [("  locale: en_US\n", "  locale: fr_FR\n")];
    insta::assert_snapshot!(refused(&edits).lines().take(6).collect::<Vec<_>>().join("\n"), @r"
    error[spec::number-words]: there is no word for 3 in the language of the edition
        ┌─ config/nhth-2016.yaml:245:24
    245 │   prose: fewer than {{ threshold.in_words }}
        │                        ^^^^^^^^^^^^^^^^^^
        = help: list it in `language`, `numbers: { 3: … }`, or write `{{ threshold.number }}`
    error[spec::number-words]: there is no word for 3 in the language of the edition
    ");
    let project = Project::new();
    project.edit(SPEC, "  locale: en_US\n", "  locale: fr_FR\n  numbers: { 3: trois }\n");
    assert!(project.text().contains("Fewer than Trois"));
}

#[test]
fn ordinals_of_a_language_are_replaced_whole() {
    let project = Project::new();
    let over = |language: &str| {
        project
            .write("config/over.yaml", format!("extends: nhth-2016.yaml\nedition: over\nlanguage: {{ {language} }}\n"));
    };
    over("locale: es_US, ordinals: { other: \"{n}.º\" }");
    assert!(project.succeeds(&["build", "config/over.yaml", "--text"]).contains("This constitutes the 31.º highest"));
    over("locale: es_US, ordinals: { one: ~, two: ~, few: ~, zero: ~, other: \"{n}.º\" }");
    assert!(project.succeeds(&["build", "config/over.yaml", "--text"]).contains("This constitutes the 31.º highest"));
    over("locale: es_US, ordinals: ~");
    assert!(project.succeeds(&["build", "config/over.yaml", "--text"]).contains("This constitutes the 31 highest"));
    over("locale: es_US");
    insta::assert_snapshot!(project.refuses(&["check", "config/over.yaml"]), @r"
    error[spec::extends]: the locale is of the language `es`, and the ordinals of the extended spec are of `en`
      ┌─ config/over.yaml:3:21
    3 │ language: { locale: es_US }
      │                     ^^^^^
      = help: write `ordinals` in this language, or `ordinals: ~` for plain numbers
    1 error; nothing was published
    ");
    over("locale: en_GB");
    assert!(project.succeeds(&["build", "config/over.yaml", "--text"]).contains("This constitutes the 31st highest"));
}

/// Every value of the sample's spec, by its pointer with each place in a list taken as one.
fn leaves(value: &Value, pointer: &str, seen: &mut std::collections::BTreeMap<String, String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| leaves(item, &format!("{pointer}/{at}"), seen));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, item)| leaves(item, &format!("{pointer}/{key}"), seen));
        }
        _ => {
            let shape: Vec<&str> =
                pointer.split('/').map(|key| if key.parse::<usize>().is_ok() { "*" } else { key }).collect();
            // Entries of the same maps have the same types.
            let shape = match shape.as_slice() {
                [
                    "",
                    "jurisdictions" | "populations" | "notes" | "code_lists" | "sources" | "tables" | "counters",
                    _,
                    rest @ ..,
                ] => {
                    format!("{}/{}", shape[1], rest.join("/"))
                }
                _ => shape.join("/"),
            };
            seen.entry(shape).or_insert_with(|| pointer.to_owned());
        }
    }
}

#[test]
fn no_message_names_a_type_of_the_program() {
    let project = Project::new();
    let sound: Value = serde_yaml::from_str(&project.read(SPEC)).unwrap();
    let mut shapes = std::collections::BTreeMap::new();
    leaves(&sound, "", &mut shapes);
    assert!(shapes.len() > 60, "{}", shapes.len());
    let wrong = [
        json!(3.5),
        json!(-1),
        json!(300),
        json!(70_000),
        json!(5_000_000_000_u64),
        json!(9_007_199_254_740_991_u64),
        json!(u64::MAX),
        json!(1e300),
        json!("text"),
        json!(true),
        json!(null),
        json!([]),
        json!({}),
        json!([1]),
        json!({ "a": 1 }),
    ];
    let names = [
        "u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "f32", "f64", "usize", "isize", "struct",
        "enum",
    ];
    let mut told = 0;
    for pointer in shapes.values() {
        let is_number = sound.pointer(pointer).is_some_and(Value::is_number);
        // Texts are tried with a few of them: a value that no text takes is refused by the schema.
        for wrong in wrong.iter().skip(if is_number { 0 } else { 9 }) {
            let mut spoiled = sound.clone();
            *spoiled.pointer_mut(pointer).unwrap() = wrong.clone();
            project.write(SPEC, spoiled.to_string());
            let mut sources = Sources::default();
            let Err(findings) = platen::spec::load(&project.path(SPEC), &mut sources) else { continue };
            for finding in findings.iter() {
                told += 1;
                let words = format!("{} {}", finding.message, finding.help.as_deref().unwrap_or_default());
                let named = words.split(|c: char| !c.is_alphanumeric()).find(|word| names.contains(word));
                assert_eq!(named, None, "{pointer} = {wrong}: {words}");
                assert!(
                    !words.contains("invalid type") && !words.contains("invalid value"),
                    "{pointer} = {wrong}: {words}"
                );
                assert!(finding.place.is_some(), "{pointer} = {wrong}: {words}");
            }
        }
    }
    assert!(told > 300, "{told}");
}

#[test]
fn a_release_in_a_language_that_the_index_page_does_not_speak_says_so() {
    let project = Project::new();
    let warned = |out: &str| {
        let output = project.platen(&["release", SPEC, "--out", out, "--no-cache"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        told.lines().filter(|line| line.contains("no-words")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(warned("english"), Vec::<String>::new());
    project.edit(SPEC, "  locale: en_US\n", "  locale: fr_FR\n  numbers: { 3: trois }\n");
    assert_eq!(
        warned("french"),
        ["warning[release::no-words]: the index page has no words in `fr`, and is in English"]
    );
}
