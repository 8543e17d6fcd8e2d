//! Disclosures are accepted by code, figure and row, with a reason.

use super::{edition, records};

const MASKED_SUM: (&str, &str) = (
    "    small_counts: { rule: merge, guard: full-range, label: Other kinds }\n",
    "    small_counts: { rule: none }\n",
);

fn accepting(entries: &str) -> crate::support::Project {
    let accept = format!("accept:\n{entries}tables:\n");
    let files = records(&[
        (9, "a,x,p,false,false"),
        (8, "b,y,s,false,false"),
        (2, "c,x,q,false,false"),
        (1, "d,x,r,false,false"),
    ]);
    edition("strict", &[MASKED_SUM, ("tables:\n", &accept)], &files)
}

#[test]
fn a_row_that_is_not_named_is_not_accepted_nor_is_another_kind() {
    let entry = |code: &str, rows: &str| {
        format!("  - {{ code: \"disclosure::{code}\", figure: merged, rows: {rows}, reason: A test. }}\n")
    };
    let refused = accepting(&entry("small-count-shown", "[c]")).refuses(&["check", "config/strict.yaml"]);
    assert!(refused.contains("`merged`, `d`, of CT prints a count under the threshold"), "{refused}");
    assert!(!refused.contains("`merged`, `c`"), "{refused}");
    let refused = accepting(&entry("merged-row-tells", "all")).refuses(&["check", "config/strict.yaml"]);
    assert!(refused.contains("`merged`, `c`, of CT") && refused.contains("`merged`, `d`, of CT"), "{refused}");
    accepting(&entry("small-count-shown", "[c, d]")).succeeds(&["check", "config/strict.yaml"]);
    accepting(&entry("small-count-shown", "all")).succeeds(&["check", "config/strict.yaml"]);
}

#[test]
fn an_acceptance_that_nothing_needs_is_a_warning_at_its_line() {
    let entries = "  - { code: \"disclosure::small-count-shown\", figure: merged, rows: [a, c, d], reason: A test. }\n  \
                   - { code: \"disclosure::rank-tells\", figure: cases, reason: A test. }\n";
    let project = accepting(entries);
    let output = project.platen(&["check", "config/strict.yaml"]);
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{says}");
    assert!(says.contains("warning[disclosure::unused-accept]: nothing discloses `a` of `merged`"), "{says}");
    assert!(says.contains("nothing discloses `cases` as `disclosure::rank-tells`"), "{says}");
    assert!(says.contains("config/strict.yaml:"), "{says}");
}

#[test]
fn rows_that_a_figure_does_not_have_are_refused() {
    let entry = "  - { code: \"disclosure::small-count-shown\", figure: merged, rows: [c, d, e], reason: A test. }\n";
    let says = accepting(entry).refuses(&["check", "config/strict.yaml"]);
    assert!(says.starts_with("error[spec::unknown-code]: `merged` has no row `e`"), "{says}");
}

#[test]
fn the_audit_lists_each_row_with_how_it_follows() {
    let project = crate::support::Project::new();
    let lines = project.succeeds(&["audit", "config/nhth-2016.yaml", "--json"]);
    let lines: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let absent = lines.iter().find(|line| line["code"] == "disclosure::absent-row-tells").unwrap();
    assert_eq!((&absent["figure"], &absent["cell"]), (&"reason".into(), &"tta".into()));
    assert!(absent["derivation"][0].as_str().unwrap().ends_with("= CT reason/tta 0"), "{absent}");
}

#[test]
fn a_spec_of_before_rows_were_named_is_read_with_a_warning_that_names_them() {
    let project = accepting("  - { code: \"disclosure::small-count-shown\", figure: merged, reason: A test. }\n");
    let output = project.platen(&["check", "config/strict.yaml"]);
    let says = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{says}");
    assert!(says.contains("warning[disclosure::rows-not-named]") && says.contains("`rows: [\"c\", \"d\"]`"), "{says}");
}
