//! A spec that extends another: what it says is laid over the other, and every fault is shown where it is written.

use crate::support::Project;

const OVER: &str = "config/over.yaml";

fn refused(over: &str) -> String {
    let project = Project::new();
    project.write(OVER, over);
    project.refuses(&["check", OVER])
}

#[test]
fn what_differs_is_laid_over_and_the_rest_stays() {
    let project = Project::new();
    project.write(OVER, "extends: nhth-2016.yaml\nnotice: Draft.\ntables: { reason: { order: list } }\n");
    let (base, over) = (project.text(), project.succeeds(&["build", OVER, "--text"]));
    assert!(over.contains("Draft.") && !base.contains("Draft."));
    let rest: Vec<&str> = over.lines().filter(|line| *line != "Draft.").collect();
    let same = base.lines().filter(|line| rest.contains(line)).count();
    assert_eq!(same, base.lines().count(), "nothing else differs but the notice");
}

#[test]
fn an_empty_value_takes_a_key_away() {
    let project = Project::new();
    project.write(OVER, "extends: nhth-2016.yaml\nmaps: ~\ncontent: [ { table: reason } ]\n");
    let text = project.succeeds(&["build", OVER, "--text"]);
    assert!(text.contains("Report a Trafficking Tip") && !text.contains("[Map"), "{text}");
}

#[test]
fn faults_are_shown_in_the_file_where_they_are_written() {
    insta::assert_snapshot!(refused("extends: nhth-2016.yaml\ntables: { reason: { order: wrong } }\nfoo: 1\n"), @r"
    error[spec::unknown-value]: `order` cannot be `wrong`
      ┌─ config/over.yaml:2:28
    2 │ tables: { reason: { order: wrong } }
      │                            ^^^^^
      = help: it can be one of `count`, `list`
    error[spec::unknown-key]: the report spec takes no key `foo`
      ┌─ config/over.yaml:3:1
    3 │ foo: 1
      │ ^^^
    2 errors
    ");
}

#[test]
fn what_takes_away_what_is_not_there_is_told() {
    insta::assert_snapshot!(refused("extends: nhth-2016.yaml\nreferences: ~\n"), @r"
    error[spec::extends]: there is no key `references` to take away
      ┌─ config/over.yaml:2:1
    2 │ references: ~
      │ ^^^^^^^^^^
      = help: an empty value takes a key of the extended spec away
    1 error
    ");
}

#[test]
fn bases_that_cannot_be_read_are_told() {
    insta::assert_snapshot!(refused("extends: nhth-2015.yaml\n"), @r"
    error[spec::extends]: there is no spec `nhth-2015.yaml`
      ┌─ config/over.yaml:1:10
    1 │ extends: nhth-2015.yaml
      │          ^^^^^^^^^^^^^^
      = help: the path is relative to the folder of the spec that names it
    1 error
    ");
    insta::assert_snapshot!(refused("extends: over.yaml\n"), @r"
    error[spec::extends]: the specs extend each other in a circle: `over.yaml` → `over.yaml`
      ┌─ config/over.yaml:1:10
    1 │ extends: over.yaml
      │          ^^^^^^^^^
    1 error
    ");
    insta::assert_snapshot!(refused("extends: 2016\n"), @r"
    error[spec::extends]: `extends` must be the path of a spec
      ┌─ config/over.yaml:1:10
    1 │ extends: 2016
      │          ^^^^
    1 error
    ");
}

#[test]
fn a_base_outside_of_the_project_is_refused() {
    let (project, other) = (Project::new(), Project::new());
    let base = other.path("config/nhth-2016.yaml");
    std::os::unix::fs::symlink(base, project.path("config/link.yaml")).unwrap();
    project.write(OVER, "extends: link.yaml\n");
    assert!(project.refuses(&["check", OVER]).contains("the spec `link.yaml` stands outside the project"));
}

#[test]
fn specs_extend_each_other_only_so_deep_and_never_in_a_circle() {
    let project = Project::new();
    project.write("config/one.yaml", "extends: two.yaml\n");
    project.write("config/two.yaml", "extends: one.yaml\n");
    assert!(
        project.refuses(&["check", "config/one.yaml"]).contains("in a circle: `one.yaml` → `two.yaml` → `one.yaml`")
    );
    for step in 0..6 {
        project.write(&format!("config/s{step}.yaml"), format!("extends: s{}.yaml\n", step + 1));
    }
    project.write("config/s6.yaml", "extends: nhth-2016.yaml\n");
    assert!(project.refuses(&["check", "config/s0.yaml"]).contains("more than 4 specs extend each other"));
    // Four below the first are the most.
    project.succeeds(&["check", "config/s3.yaml"]);
    assert!(project.refuses(&["check", "config/s2.yaml"]).contains("more than 4 specs extend each other"));
}

#[test]
fn a_fault_of_the_base_is_shown_in_the_base_and_one_that_the_overlay_makes_in_the_overlay() {
    let project = Project::new();
    project.write(OVER, "extends: nhth-2016.yaml\nedition: other\n");
    project.edit("config/nhth-2016.yaml", "publisher: ", "publisher: 7 #");
    let findings = project.refuses(&["check", OVER]);
    assert!(findings.contains("┌─ config/nhth-2016.yaml:"), "{findings}");
    let project = Project::new();
    for (over, told) in [("tables: 7", "config/over.yaml:2:9"), ("publisher: ~", "config/over.yaml")] {
        project.write(OVER, format!("extends: nhth-2016.yaml\n{over}\n"));
        let findings = project.refuses(&["check", OVER]);
        assert!(findings.contains(&format!("┌─ {told}")), "{over}: {findings}");
    }
}

#[test]
fn a_key_that_looks_like_one_of_the_base_and_is_coded_otherwise_is_refused() {
    let project = Project::new();
    project.edit("config/nhth-2016.yaml", "notes:\n", "notes:\n  caf\u{e9}: One.\n");
    project.write("config/over.yaml", "extends: nhth-2016.yaml\nnotes:\n  cafe\u{301}: Two.\n");
    let findings = project.refuses(&["check", "config/over.yaml"]);
    let told = "error[spec::duplicate-key]: the key `caf\u{e9}` of the extended spec is written here in another normalization form\n  \
                ┌─ config/over.yaml:3:3\n";
    assert!(findings.contains(told), "{findings}");
}
