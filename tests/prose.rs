//! Figures in prose: printed, and nothing else.

use crate::support::Project;

const SPEC: &str = "config/nhth-2016.yaml";

/// A spec that extends the sample's with these lines.
fn with(lines: &str) -> Project {
    let project = Project::new();
    project.write(
        "config/over.yaml",
        format!(
            "extends: nhth-2016.yaml\nedition: over\ntables: ~\ncounters: ~\nmaps: ~\naccept: ~\n\
             populations:\n  \
             not_labor: {{ source: cases, jurisdiction: state, where: {{ column: trafficking_type, in: [sex, sex_and_labor, not_specified] }}, small_counts: mask }}\n  \
             labor: {{ source: cases, jurisdiction: state, where: {{ column: trafficking_type, is: labor }}, small_counts: mask }}\n  \
             signals: {{ small_counts: mask }}\n  calls: {{ small_counts: mask }}\n{lines}"
        ),
    );
    project
}

#[test]
fn a_sentence_that_calculates_with_figures_is_refused_at_its_place() {
    let project = with(
        "content:\n  - statement: \"Labor, as a figure: {{ figures.labor.text }}\"\n  - statement: \"Labor, by arithmetic: \
         {{ figures.cases.text }} {{ (figures.cases.text | int) - (figures.not_labor.text | int) }}\"\n",
    );
    let told = project.refuses(&["build", "config/over.yaml", "--text"]);
    insta::assert_snapshot!(told, @r#"
    error[spec::figure-in-prose]: the figure `figures.cases.text` can only be printed, and here the filter `int` takes it
       ┌─ config/over.yaml:14:68
    14 │   - statement: "Labor, by arithmetic: {{ figures.cases.text }} {{ (figures.cases.text | int) - (figures.not_labor.text | int) }}"
       │                                                                    ^^^^^^^^^^^^^^^^^^
       = help: prose may know of it whether it is shown, `figures.cases.hidden`, and its plural form, `figures.cases.form`
    error[spec::figure-in-prose]: the figure `figures.not_labor.text` can only be printed, and here the filter `int` takes it
       ┌─ config/over.yaml:14:97
    14 │   - statement: "Labor, by arithmetic: {{ figures.cases.text }} {{ (figures.cases.text | int) - (figures.not_labor.text | int) }}"
       │                                                                                                 ^^^^^^^^^^^^^^^^^^^^^^
       = help: prose may know of it whether it is shown, `figures.not_labor.hidden`, and its plural form, `figures.not_labor.form`
    2 errors
    "#);
    assert_eq!(told, project.refuses(&["check", "config/over.yaml"]), "check tells it as well");
}

#[test]
fn a_condition_of_a_block_asks_for_no_figure() {
    let project = with(
        "content:\n  - statement: Labor\n    only_if: figures.labor.text == \"2\"\n  - statement: Cases\n    only_if: \
         figures.cases.hidden or figures.cases.form == \"other\"\n",
    );
    insta::assert_snapshot!(project.refuses(&["build", "config/over.yaml", "--text"]), @r#"
    error[spec::figure-in-prose]: the figure `figures.labor.text` can only be printed, and here a comparison takes it
       ┌─ config/over.yaml:14:14
    14 │     only_if: figures.labor.text == "2"
       │              ^^^^^^^^^^^^^^^^^^
       = help: prose may know of it whether it is shown, `figures.labor.hidden`, and its plural form, `figures.labor.form`
    1 error
    "#);
}

#[test]
fn a_figure_without_its_text_is_an_error_with_the_hint() {
    let project = with(
        "content:\n  - paragraph: >-\n      In {{ jurisdiction.name }} there were\n      {{ figures.cases }} cases, as of \
         {{ data_date }}.\n",
    );
    insta::assert_snapshot!(project.refuses(&["check", "config/over.yaml"]), @r"
    error[spec::figure-in-prose]: `figures.cases` is a figure with its forms, and no text
       ┌─ config/over.yaml:15:10
    15 │       {{ figures.cases }} cases, as of {{ data_date }}.
       │          ^^^^^^^^^^^^^
       = help: write `{{ figures.cases.text }}`
    1 error
    ");
    project.edit("config/over.yaml", "{{ figures.cases }}", "{{ figures.cases.text }}");
    insta::assert_snapshot!(project.refuses(&["check", "config/over.yaml"]), @r"
    error[spec::template]: this text cannot be filled in: a placeholder names a mapping and not a text: write one of `.long`, `.short` after it
       ┌─ config/over.yaml:14:7
    14 │       In {{ jurisdiction.name }} there were
       │       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    1 error
    ");
}

#[test]
fn the_alternative_text_computes_with_no_figure() {
    // Legend and labels are values to the alternative text: with figures in them it could subtract.
    let project = Project::new();
    project.edit(SPEC, "legend: Cases by {{ map.areas.one }}", "legend: \"{{ figures.cases.text }}\"");
    project.edit(
        SPEC,
        "label: \"Fewer than {{ threshold.in_words }} cases\"",
        "label: \"{{ national.calls.text }} or {{ ranks.calls.number }}\"",
    );
    project.edit(
        SPEC,
        "      Heat map of {%",
        "      {{ (map.title | int) - (map.unshaded.label | int) }} Heat map of {%",
    );
    insta::assert_snapshot!(project.refuses(&["check", SPEC]), @r##"
    error[spec::figure-in-prose]: the figure `national.calls.text` can only be printed, and here the alternative text of the map takes it
        ┌─ config/nhth-2016.yaml:372:28
    372 │     unshaded: { label: "{{ national.calls.text }} or {{ ranks.calls.number }}", rgb: "#f5f4f1", cmyk: [0, 0, 2, 4] }
        │                            ^^^^^^^^^^^^^^^^^^^
        = help: prose may know of it whether it is shown, `national.calls.hidden`, and its plural form, `national.calls.form`
    error[spec::figure-in-prose]: the figure `ranks.calls.number` can only be printed, and here the alternative text of the map takes it
        ┌─ config/nhth-2016.yaml:372:57
    372 │     unshaded: { label: "{{ national.calls.text }} or {{ ranks.calls.number }}", rgb: "#f5f4f1", cmyk: [0, 0, 2, 4] }
        │                                                         ^^^^^^^^^^^^^^^^^^
        = help: prose may know of it whether there is one, `{% if ranks.calls %}`, and `ranks.calls.tied`
    error[spec::figure-in-prose]: the figure `figures.cases.text` can only be printed, and here the alternative text of the map takes it
        ┌─ config/nhth-2016.yaml:373:17
    373 │     legend: "{{ figures.cases.text }}"
        │                 ^^^^^^^^^^^^^^^^^^
        = help: prose may know of it whether it is shown, `figures.cases.hidden`, and its plural form, `figures.cases.form`
    3 errors
    "##);
}
