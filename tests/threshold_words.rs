//! Words of hidden counts, labels, notes and prose against the threshold: what is false is refused, what is innocent stays.

use crate::support::{Project, reads_the_same, refused};

const SPEC: &str = "config/nhth-2016.yaml";

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
        ┌─ config/nhth-2016.yaml:249:20
    249 │   cell: Fewer than Three
        │                    ^^^^^
        = help: write `{{ threshold.in_words | title }}` in its place, which follows the threshold
    error[spec::threshold-words]: the label of the merged row says `Three`, and counts under 11 are hidden
        ┌─ config/nhth-2016.yaml:291:49
    291 │       label: Caller Types Referenced Fewer than Three Times
        │                                                 ^^^^^
        = help: write `{{ threshold.in_words | title }}` in its place, which follows the threshold
    error[spec::threshold-words]: the label of this class names no 11, with which the class begins
        ┌─ config/nhth-2016.yaml:368:28
    368 │       - { from: 11, label: 3–4 cases, rgb: "#fcbba1", cmyk: [0, 28, 32, 0] }
        │                            ^^^^^^^^^
        = help: write the counts that the class holds
    error[spec::threshold-words]: the note `identity` says `three`, and counts under 11 are hidden
        ┌─ config/nhth-2016.yaml:388:27
    388 │     referenced fewer than three times.
        │                           ^^^^^
        = help: write `{{ threshold.in_words }}` in its place, which follows the threshold
    4 errors
    "##);
}

#[test]
fn a_table_with_a_threshold_of_its_own_has_words_of_its_own() {
    insta::assert_snapshot!(
        refused(&[("    small_counts: &masked { rule: mask, note: identity }", "    small_counts: &masked { rule: mask, note: identity, threshold: 4 }")]), @"
    error[spec::threshold-words]: the note `identity` names the threshold of the edition, 3, and that of `labor_demographics` is 4
        ┌─ config/nhth-2016.yaml:386:5
    386 │     To protect the identity of the people we serve, the National Human Trafficking Hotline does not
        │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: write a note of its own for this table
    error[spec::threshold-words]: the note `identity` names the threshold of the edition, 3, and that of `sex_demographics` is 4
        ┌─ config/nhth-2016.yaml:386:5
    386 │     To protect the identity of the people we serve, the National Human Trafficking Hotline does not
        │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: write a note of its own for this table
    2 errors
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
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @"
    error[spec::threshold-words]: `cell` says `3`, and counts under 6 are hidden
        ┌─ config/nhth-2016.yaml:249:15
    249 │   cell: Under 3
        │               ^
        = help: write `{{ threshold.number }}` in its place, which follows the threshold
    1 error
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
fn bounds_of_another_threshold_are_found_wherever_they_stand() {
    // Threshold 3: what is hidden is 1 or 2.
    let told = |from: &str, to: &str| {
        let told = refused(&[(from, to)]);
        told.lines().next().unwrap_or_default().to_owned()
    };
    let code = "error[spec::threshold-words]: ";
    let cell = "  cell: Fewer than {{ threshold.in_words | title }}";
    for (words, named) in [
        ("Fewer than 4", "4"),
        ("Less than two", "two"),
        ("\"<5\"", "5"),
        ("\"≤3\"", "3"),
        ("\"<=3\"", "3"),
        ("Up to three", "three"),
        ("No more than three", "three"),
        ("1 to 3", "3"),
        ("1–10", "10"),
        ("1-4", "4"),
        ("Between 1 and 10", "10"),
        ("Under 11", "11"),
        ("3 or more", "3"),
        ("At least three", "three"),
        ("Menos de 4", "4"),
        ("5 or fewer", "5"),
    ] {
        assert_eq!(
            told(cell, &format!("  cell: {words}")),
            format!("{code}`cell` says `{named}`, and counts under 3 are hidden"),
            "{words}"
        );
    }
    let note = "referenced fewer than {{ threshold.in_words }} times.";
    for (words, named) in [
        ("referenced fewer than four times.", "four"),
        ("referenced up to three times.", "three"),
        ("of which there are 1–10 cases.", "10"),
        ("of less than 11.", "11"),
        ("referenced between 1 and 10 times.", "10"),
        ("of one to ten cases.", "ten"),
        ("referenced ten times or fewer.", "ten"),
    ] {
        assert_eq!(
            told(note, words),
            format!("{code}the note `identity` says `{named}`, and counts under 3 are hidden"),
            "{words}"
        );
    }
    let unshaded = "label: \"Fewer than {{ threshold.in_words }} cases\"";
    assert_eq!(
        told(unshaded, "label: \"Up to ten cases\""),
        format!("{code}the label of unshaded counties says `ten`, and counts under 3 are hidden")
    );
    assert_eq!(
        told("legend: Cases by {{ map.areas.one }}", "legend: Cases (counts of fewer than 5 are not shown)"),
        format!("{code}this text says `5`, and counts under 3 are hidden")
    );
    assert_eq!(
        told("from: 5, label: 5–9 cases", "from: 5, label: 4–9 cases"),
        format!("{code}the label of this class names no 5, with which the class begins")
    );
    assert_eq!(
        told("label: 3–4 cases", "label: 3–9 cases"),
        format!("{code}the label of this class ends with 9, and the next class begins with 5")
    );
    assert_eq!(
        told("  neutral: Not Shown", "  neutral: Fewer than Three"),
        format!("{code}`neutral` says `Three`, and greater counts are hidden as well to protect those")
    );
    insta::assert_snapshot!(
        refused(&[("  - heading: SUBSTANTIVE CALL DATA\n", "  - heading: SUBSTANTIVE CALL DATA\n  - paragraph: There are five counters. Counts of fewer than five are not shown.\n")]), @"
    error[spec::threshold-words]: this text says `five`, and counts under 3 are hidden
        ┌─ config/nhth-2016.yaml:440:62
    440 │   - paragraph: There are five counters. Counts of fewer than five are not shown.
        │                                                              ^^^^
        = help: write `{{ threshold.in_words }}` in its place, which follows the threshold
    1 error
    ");
}

#[test]
fn bounds_that_are_true_or_of_something_else_stay() {
    let note = "referenced fewer than {{ threshold.in_words }} times.";
    for (from, words) in [
        (
            "  cell: Fewer than {{ threshold.in_words | title }}",
            ["  cell: 1 to 2", "  cell: Up to two", "  cell: \"<3\"", "  cell: \"≤ 2\"", "  cell: One or two"]
                .as_slice(),
        ),
        (
            note,
            &[
                "referenced one or two times.",
                "referenced up to two times.",
                "of which there are 1–2.",
                "of less than 3.",
                "fewer than three times. Minors are children under 18.",
                "fewer than 3 times, as are ages 0–17.",
                "in fewer than 3% of cases or under 3 times.",
                "in up to 2016 as in less than 24 hours.",
                "of which there are not at least three.",
                "fewer than three times. Cases may involve up to five victims.",
            ],
        ),
        (
            "  - heading: SUBSTANTIVE CALL DATA\n",
            &[
                "  - heading: CALLS FROM FEWER THAN TEN COUNTIES\n",
                "  - paragraph: Counts of fewer than three are not shown, nor are persons under 18.\n",
                "  - paragraph: One of the public shelters has fewer than five beds.\n",
                "  - paragraph: This report shows calls from more than 40 counties, and cases from fewer than ten.\n",
                "  - paragraph: Victims are hidden by up to five traffickers, who withhold the wages of fewer than ten workers.\n",
                "  - paragraph: Calls shorter than ten seconds, or from fewer than two callers, are not reported.\n",
                "  - paragraph: The number of a case that is not published has fewer than 10 digits.\n",
                "  - paragraph: Cell phones of fewer than ten callers were not listed.\n",
            ],
        ),
        ("legend: Cases by {{ map.areas.one }}", &["legend: Cases of victims under 18 by {{ map.areas.one }}"]),
        (
            "Caller Types Referenced Fewer than {{ threshold.in_words | title }} Times",
            &["Minors, Ages 0–17, and Persons Under 21"],
        ),
    ] {
        for words in words {
            let project = Project::new();
            project.edit(SPEC, from, words);
            project.succeeds(&["check", SPEC]);
        }
    }
}
