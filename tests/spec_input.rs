//! What a spec may hold and how it may be written: read where it is good, told in the author's words where it is not.

use crate::support::{Project, reads_the_same, refused};

const SPEC: &str = "config/nhth-2016.yaml";

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
    insta::assert_snapshot!(refused(&[(last, &format!("{last}---\nmore: 1\n"))]), @"
    error[spec::syntax]: a spec is one YAML document; here a second one begins
        ┌─ config/nhth-2016.yaml:489:1
    489 │ ---
        │ ^^^
    1 error
    ");
}

#[test]
fn numbers_that_cannot_be_meant_are_told_as_the_author_wrote_them() {
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: 03\n")]), @"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the value `03`
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: 03
        │              ^^
        = help: write 3
    1 error
    ");
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: \"03\"\n")]), @r#"
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `03`
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: "03"
        │              ^^^^
        = help: write it without quotes
    1 error
    "#);
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: 99999999999999999999\n")]), @r#"
    error[spec::bad-value]: a number is at most 9007199254740991
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: 99999999999999999999
        │              ^^^^^^^^^^^^^^^^^^^^
        = help: write it in quotes where it is a text: "99999999999999999999"
    1 error
    "#);
    insta::assert_snapshot!(refused(&[("  threshold: 3\n", "  threshold: 3e300\n")]), @r#"
    error[spec::bad-value]: a number is at most 9007199254740991
        ┌─ config/nhth-2016.yaml:245:14
    245 │   threshold: 3e300
        │              ^^^^^
        = help: write it in quotes where it is a text: "3e300"
    1 error
    "#);
    insta::assert_snapshot!(refused(&[("width_pt: 468", "width_pt: .nan")]), @r#"
    error[spec::bad-value]: `.nan` is no number that can be meant
        ┌─ config/nhth-2016.yaml:374:15
    374 │     width_pt: .nan
        │               ^^^^
        = help: write it in quotes where it is a text: ".nan"
    1 error
    "#);
}

#[test]
fn a_comment_in_the_place_of_a_value_and_a_merge_key_are_told() {
    insta::assert_snapshot!(
        refused(&[("    unshaded: { label: \"Fewer than {{ threshold.in_words }} cases\", rgb: \"#f5f4f1\", cmyk: [0, 0, 2, 4] }",
            "    unshaded:\n      label: Few\n      rgb: #f5f4f1\n      cmyk: [0, 0, 2, 4]")]), @r##"
    error[spec::wrong-type]: `rgb` must be a text, and is empty
        ┌─ config/nhth-2016.yaml:374:10
    374 │       rgb: #f5f4f1
        │          ^
        = help: `#f5f4f1` is a comment: write it in quotes, "#f5f4f1"
    1 error
    "##);
    insta::assert_snapshot!(refused(&[("rgb: \"#fcbba1\", cmyk", "rgb: #fcbba1, cmyk")]), @r##"
    error[spec::syntax]: this is no valid YAML: "-" is only valid inside a block
        ┌─ config/nhth-2016.yaml:369:7
    369 │       - { from: 5, label: 5–9 cases, rgb: "#fb6a4a", cmyk: [0, 70, 70, 0] }
        │       ^
        = help: `#fcbba1` is a comment here: write it in quotes, "#fcbba1"
    1 error
    "##);
    insta::assert_snapshot!(refused(&[("    total: *non_cumulative", "    <<: *masked\n    total: *non_cumulative")]), @"
    error[spec::syntax]: the merge key `<<` is none of YAML 1.2, and a spec has none
        ┌─ config/nhth-2016.yaml:357:5
    357 │     <<: *masked
        │     ^^
        = help: write the keys out, or take the whole value by its alias
    1 error
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
    1 error
    "#);
    insta::assert_snapshot!(refused(&[("keywords: [human trafficking,", "keywords: [\"human\\uFFFEtrafficking\",")]), @r#"
    error[spec::bad-character]: the character U+FFFE cannot be printed
       ┌─ config/nhth-2016.yaml:12:12
    12 │ keywords: ["human\uFFFEtrafficking", hotline, state report, statistics]
       │            ^^^^^^^^^^^^^^^^^^^^^^^^
       = help: delete it: Unicode gives it no meaning, and no XML can hold it
    1 error
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
    1 error
    "#);
    insta::assert_snapshot!(told("    - { code: l, alias_of: labour }\n"), @r"
    error[spec::alias]: the list has no code `labour` with a row of its own here
        ┌─ config/nhth-2016.yaml:185:28
    185 │     - { code: l, alias_of: labour }
        │                            ^^^^^^
        = help: did you mean `labor`?
    1 error
    ");
    insta::assert_snapshot!(told("    - { code: l, alias_of: l }\n"), @r"
    error[spec::alias]: the code `l` is an alias of itself
        ┌─ config/nhth-2016.yaml:185:28
    185 │     - { code: l, alias_of: l }
        │                            ^
    1 error
    ");
    insta::assert_snapshot!(told("    - { code: l, alias_of: labor }\n    - { code: L, alias_of: l }\n"), @r"
    error[spec::alias]: the list has no code `l` with a row of its own here
        ┌─ config/nhth-2016.yaml:186:28
    186 │     - { code: L, alias_of: l }
        │                            ^
        = help: there are `sex`, `labor`, `sex_and_labor`, `not_specified`
    1 error
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
    2 errors
    ");
    insta::assert_snapshot!(told("    - { code: l }\n"), @r"
    error[spec::missing-key]: the code `l` needs a `label`, or `alias_of`
        ┌─ config/nhth-2016.yaml:185:7
    185 │     - { code: l }
        │       ^^^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(refused(&[("    - { code: minors, label: \"Minors\" }\n", "    - { code: minors, alias_of: adults }\n")]), @"
    error[spec::alias]: `minors` is an alias, and the rows of a multiple-response table are columns
        ┌─ config/nhth-2016.yaml:337:20
    337 │     rows: { flags: demographic }
        │                    ^^^^^^^^^^^
    error[spec::alias]: `minors` is an alias, and the rows of a multiple-response table are columns
        ┌─ config/nhth-2016.yaml:350:20
    350 │     rows: { flags: demographic }
        │                    ^^^^^^^^^^^
    2 errors
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
fn a_language_without_number_words_lists_them() {
    let edits = [("  locale: en_US\n", "  locale: fr_FR\n")];
    insta::assert_snapshot!(refused(&edits).lines().take(6).collect::<Vec<_>>().join("\n"), @"
    error[spec::number-words]: there is no word for 3 in the language of the edition
        ┌─ config/nhth-2016.yaml:247:24
    247 │   prose: fewer than {{ threshold.in_words }}
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
    1 error
    ");
    over("locale: en_GB");
    assert!(project.succeeds(&["build", "config/over.yaml", "--text"]).contains("This constitutes the 31st highest"));
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

#[test]
fn what_would_print_nothing_or_something_else_is_refused() {
    let first = |from: &str, to: &str| {
        let told = refused(&[(from, to)]);
        let mut lines = told.lines().filter(|line| line.starts_with("error") || line.contains(" = help"));
        [lines.next(), lines.next()].map(|line| line.unwrap_or_default().trim().to_owned()).join("\n")
    };
    let cell = "  cell: Fewer than {{ threshold.in_words | title }}";
    let other = "other: \"{n}th\"";
    let heading = "  - heading: SUBSTANTIVE CALL DATA\n";
    let all = [
        first(cell, "  cell: ' '"),
        first(cell, "  cell: 'Fewer than {{ threshold.number | int + 1 }}'"),
        first("referenced fewer than {{ threshold.in_words }} times.", "referenced three or fewer times."),
        first("long: \"%B %-d, %Y\"", "long: \"\""),
        first("long: \"%B %-d, %Y\"", "long: May"),
        first(other, "other: th"),
        first("locale: en_US", "locale: en-US"),
        first(heading, &format!("{heading}  - paragraph: \"some **bold words\"\n")),
        first(heading, &format!("{heading}  - paragraph: x\n    only_if: \"\"\n")),
        first("  AL: {", "  A\u{ad}L: {"),
        first("  threshold: 3\n", "  threshold\u{a0}: 3\n"),
        first("  threshold: 3\n", "  threshold: |\n    3\n"),
        first("  AL: {", "  True: {"),
        first("  AL: {", "  ~: {"),
    ];
    insta::assert_snapshot!(all.join("\n"), @r##"
    error[spec::bad-value]: `cell` is empty, and stands where a count is hidden
    = help: write what is true of a hidden count, as `not shown`
    error[spec::threshold-words]: `cell` says `4`, and counts under 3 are hidden
    = help: write `{{ threshold.number }}` in its place, which follows the threshold
    error[spec::threshold-words]: the note `identity` says `three`, and counts under 3 are hidden
    = help: write `fewer than {{ threshold.in_words }}`, which follows the threshold
    error[spec::bad-value]: the date format `` holds nothing of a date
    = help: the signs are those of strftime, as in "%B %-d, %Y"
    error[spec::bad-value]: the date format `May` holds nothing of a date
    = help: the signs are those of strftime, as in "%B %-d, %Y"
    error[spec::bad-value]: the ordinal form `th` prints no number, and stands for many
    = help: write `{n}` where the number belongs, as in "{n}th"
    error[spec::bad-value]: no locale is called `en-US`
    = help: write a language and a region, as in `en_US`
    error[spec::template]: bold words begin here with `**` and do not end
    = help: write `**` behind them as well, or `\*\*` for two stars
    error[spec::template]: this condition cannot be read: unexpected end of input, expected expression
    = help: a condition is written as in `figures.NAME.hidden`
    error[spec::bad-character]: the character U+00AD cannot be printed
    = help: delete it: no eye sees it
    error[spec::bad-character]: the character U+00A0 cannot be printed
    = help: delete it: no eye sees it
    error[spec::wrong-type]: `threshold` must be a whole number, and is the text `3`

    error[spec::syntax]: the key `True` is read as `true`
    = help: write it in quotes: "True"
    error[spec::syntax]: the key `~` is read as nothing
    = help: write it in quotes: "~"
    "##);
}
