//! Editions in other languages: what is known of them is right, and what is not is told.

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";
const OVER: &str = "config/over.yaml";

/// An edition of two texts in a language: a date and a rank.
fn edition(language: &str) -> Project {
    let project = Project::new();
    project.write(
        OVER,
        format!(
            "extends: nhth-2016.yaml\nedition: over\nlanguage: {{ {language} }}\n\
             content:\n  - paragraph: 'From {{{{ period.from | date(\"long\") }}}} to {{{{ data_date | date(\"long\") }}}}: {{{{ \
             ranks.calls.position }}}}'\n"
        ),
    );
    project
}

/// What is printed, and what a check warns of.
fn told(language: &str) -> (String, Vec<String>) {
    let project = edition(language);
    let text = project.succeeds(&["build", OVER, "--text"]);
    let text = text.lines().find(|line| line.starts_with("From ")).unwrap_or_default().to_owned();
    let checked = project.platen(&["check", OVER]);
    let says = String::from_utf8(checked.stderr).unwrap();
    assert!(checked.status.success(), "{says}");
    let warnings = says.lines().filter_map(|line| line.strip_prefix("warning[")).map(str::to_owned).collect();
    (text, warnings)
}

#[test]
fn dates_ranks_and_words_are_those_of_the_language() {
    let languages = [
        r#"locale: fr_FR, numbers: { 3: trois }, dates: { long: "%-d %B %Y" }, ordinals: { one: "{n}er", other: "{n}e" }"#,
        r#"locale: de_DE, numbers: { 3: drei }, dates: { long: "%-d. %B %Y" }, ordinals: { other: "{n}." }"#,
        r#"locale: pt_BR, numbers: { 3: três }, dates: { long: "%-d de %B de %Y" }, ordinals: { other: "{n}.º" }"#,
        r#"locale: tl_PH, numbers: { 3: tatlo }, dates: { long: "%B %-d, %Y" }, ordinals: { one: "ika-{n}", other: "ika-{n}" }"#,
        r#"locale: vi_VN, numbers: { 3: ba }, dates: { long: "ngày %-d %B năm %Y" }, ordinals: { one: "thứ nhất", other: "thứ {n}" }"#,
        r#"locale: ht_HT, numbers: { 3: twa }, dates: { long: "%-d %B %Y" }, ordinals: ~"#,
    ];
    let all: Vec<String> = languages
        .iter()
        .map(|language| {
            let (text, warnings) = told(language);
            std::iter::once(text).chain(warnings).collect::<Vec<_>>().join("\n  ")
        })
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    From 1 janvier 2016 to 8 mars 2017: 31e
      release::no-words]: the index page has no words in `fr`, and is in English
    From 1. Januar 2016 to 8. März 2017: 31.
      release::no-words]: the index page has no words in `de`, and is in English
    From 1 de janeiro de 2016 to 8 de março de 2017: 31.º
      release::no-words]: the index page has no words in `pt`, and is in English
    From Enero 1, 2016 to Marso 8, 2017: ika-31
      spec::language]: no plural rules of `tl` are known: every count takes the form `other`
      spec::language]: no ordinal rules of `tl` are known: every rank takes the form `other`
      release::no-words]: the index page has no words in `tl`, and is in English
    From ngày 1 Tháng 1 năm 2016 to ngày 8 Tháng 3 năm 2017: thứ 31
      release::no-words]: the index page has no words in `vi`, and is in English
    From 1 janvye 2016 to 8 mas 2017: 31
      spec::language]: no plural rules of `ht` are known: every count takes the form `other`
      release::no-words]: the index page has no words in `ht`, and is in English
    ");
}

#[test]
fn what_is_not_known_of_a_language_is_told_by_check_and_build() {
    let project = edition("locale: ht_HT, numbers: { 3: twa }, ordinals: { one: \"1ye\", other: \"{n}yèm\" }");
    let says = |arguments: &[&str]| String::from_utf8(project.platen(arguments).stderr).unwrap();
    let checked = says(&["check", OVER]);
    insta::assert_snapshot!(checked, @r#"
    warning[spec::language]: no plural rules of `ht` are known: every count takes the form `other`
      ┌─ config/over.yaml:3:21
    3 │ language: { locale: ht_HT, numbers: { 3: twa }, ordinals: { one: "1ye", other: "{n}yèm" } }
      │                     ^^^^^
      = help: write labels whose form `other` fits every count
    warning[spec::language]: no ordinal rules of `ht` are known: every rank takes the form `other`
      ┌─ config/over.yaml:3:59
    3 │ language: { locale: ht_HT, numbers: { 3: twa }, ordinals: { one: "1ye", other: "{n}yèm" } }
      │                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: write the form `other` alone, so that it fits every number
    warning[release::no-words]: the index page has no words in `ht`, and is in English
      = help: the reports are in their own language
    spec and data are sound; 1 report can be built
    "#);
    // The index page is no business of a build.
    let warnings = checked.rsplit_once("warning[release::no-words]").unwrap().0;
    assert_eq!(says(&["build", OVER, "--text"]), warnings);
    let project = Project::new();
    project.edit(
        SPEC,
        "  ordinals: { one: \"{n}st\", two: \"{n}nd\", few: \"{n}rd\", other: \"{n}th\" }",
        "  ordinals: { other: \"{n}th\" }",
    );
    project.edit(SPEC, "label: { one: Email, other: Emails }", "label: { other: Emails }");
    insta::assert_snapshot!(String::from_utf8(project.platen(&["check", SPEC]).stderr).unwrap(), @r#"
    warning[spec::language]: `en` has a form `one`, as for 1, and here it is not written
       ┌─ config/nhth-2016.yaml:23:13
    23 │   ordinals: { other: "{n}th" }
       │             ^^^^^^^^^^^^^^^^^^
       = help: write it, though it may be the same as `other`
    warning[spec::language]: `en` has a form `one`, as for 1, and here it is not written
        ┌─ config/nhth-2016.yaml:276:89
    276 │     - { of: signals, where: { column: channel, is: email }, pictogram: envelope, label: { other: Emails }, small_counts: show }
        │                                                                                         ^^^^^^^^^^^^^^^^^
        = help: write it, though it may be the same as `other`
    spec and data are sound; 1 report can be built
    "#);
}

#[test]
fn months_that_are_printed_in_english_are_told() {
    let (text, warnings) = told("locale: sid_ET, numbers: { 3: sase }, ordinals: ~");
    assert_eq!(text, "From January 1, 2016 to March 8, 2017: 31");
    assert_eq!(
        warnings,
        [
            "spec::language]: no plural rules of `sid` are known: every count takes the form `other`",
            "spec::language]: no names of months are known in `sid`: they are printed in English",
            "release::no-words]: the index page has no words in `sid`, and is in English",
        ]
    );
}
