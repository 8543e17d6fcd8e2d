//! The command line: exit codes, help and explanations.

use crate::support::Project;

/// Runs the program and returns exit code, stdout and stderr.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Project::new().platen(arguments);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn without_arguments_the_help_is_printed_and_usage_is_at_fault() {
    let (code, out, err) = run(&[]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("Usage: platen <COMMAND>") && err.contains("  Build the reports of an edition"), "{err}");
}

#[test]
fn help_and_version_are_results() {
    for arguments in [&["--help"][..], &["--version"], &["build", "--help"], &["help", "check"]] {
        let (code, out, err) = run(arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(!out.is_empty());
    }
}

#[test]
fn what_the_command_line_does_not_know_is_usage() {
    for arguments in
        [&["buidl"][..], &["build"], &["check", "--fast"], &["check", "a.yaml", "b.yaml"], &["explain", "x"]]
    {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.starts_with("error: "), "{err}");
    }
    assert!(run(&["buidl"]).2.contains("a similar subcommand exists: 'build'"));
    let (_, _, err) = run(&["explain", "spec::unknown-kye"]);
    assert_eq!(err, "error: no finding has the code `spec::unknown-kye`; did you mean `spec::unknown-key`?\n");
}

#[test]
fn done_is_0_and_a_fault_of_spec_or_data_is_1() {
    let project = Project::new();
    assert_eq!(project.platen(&["check", "config/nhth-2016.yaml"]).status.code(), Some(0));
    assert_eq!(project.platen(&["check", "config/none.yaml"]).status.code(), Some(1));
    assert_eq!(project.platen(&["audit", "config/none.yaml"]).status.code(), Some(1));
}

#[test]
fn a_code_is_explained_and_all_are_listed() {
    let (code, out, _) = run(&["explain", "data::half-point"]);
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(out, @r"
    data::half-point

    A place has a longitude without a latitude, or the other way round. Give both, or neither.
    ");
    let (_, all, _) = run(&["explain"]);
    assert!(all.lines().count() > 100 && all.lines().all(|line| line.contains("::")), "{all}");
}

#[test]
fn the_schema_in_the_documentation_is_the_programs() {
    let (_, schema, _) = run(&["schema"]);
    let path = crate::support::repository().join("docs/spec.schema.json");
    assert!(schema == std::fs::read_to_string(path).unwrap(), "run `platen schema > docs/spec.schema.json`");
}
