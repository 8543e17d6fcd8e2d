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

    Example: a point needs both its coordinates, and one is empty
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

const SPEC: &str = "config/nhth-2016.yaml";

/// Runs the program with its results thrown into a full disk, and returns exit code and stderr.
fn into_full_disk(project: &Project, arguments: &[&str]) -> (Option<i32>, String) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = project.command(arguments).stdout(full).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn results_that_cannot_be_written_fail_the_command() {
    let project = Project::new();
    let lost = "error: cannot write to standard output: the disk is full\n";
    for arguments in [
        &["build", SPEC, "--text"][..],
        &["build", SPEC],
        &["build", SPEC, "--json"],
        &["release", SPEC, "--out", "release", "--json"],
        &["schema"],
        &["explain"],
        &["explain", "data::half-point"],
        &["--help"],
        &["help", "build"],
        &["--version"],
    ] {
        assert_eq!(into_full_disk(&project, arguments), (Some(1), lost.to_owned()), "{arguments:?}");
    }
    let audit = into_full_disk(&project, &["audit", SPEC]);
    assert_eq!(audit, (Some(1), format!("7 accepted disclosures\n{lost}")));
    let (code, says) = into_full_disk(&project, &["release", SPEC, "--out", "other"]);
    assert!(code == Some(1) && says.ends_with(lost), "{says}");
    // What prints no result loses none.
    assert_eq!(into_full_disk(&project, &["check", SPEC, "--json"]).0, Some(0));
}

#[test]
fn a_reader_that_goes_away_ends_the_command_quietly() {
    let project = Project::new();
    for arguments in
        [&["build", SPEC, "--text"][..], &["schema"], &["explain"], &["--help"], &["build", SPEC, "--json"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = project.command(arguments).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]), "{arguments:?}");
    }
}

#[test]
fn paths_that_are_no_text_are_told_in_json() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::new();
    for (command, expected) in [("build", 3), ("release", 6)] {
        let mut run = project.command(&[command, SPEC, "--json", "--out"]);
        let output = run.arg(std::ffi::OsStr::from_bytes(b"out-\xff")).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]));
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), expected, "{text}");
        let last = lines.last().unwrap();
        match command {
            "build" => assert_eq!(last["path"], "out-\u{fffd}/maps/Connecticut-2016.png"),
            _ => assert_eq!((&last["event"], &last["out"]), (&"released".into(), &"out-\u{fffd}".into())),
        }
        let folder = project.path("").join(std::ffi::OsStr::from_bytes(b"out-\xff"));
        assert!(folder.join("pdf/Connecticut-2016.pdf").is_file());
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn names_and_arguments_do_not_steer_the_terminal() {
    let project = Project::new();
    project.succeeds(&["build", SPEC, "--out", "old"]);
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    project.succeeds(&["build", SPEC, "--out", "new"]);
    for (from, to) in [("old", "old\u{1b}[31m.pdf"), ("new", "new\u{1b}[31m.pdf")] {
        std::fs::copy(project.path(from).join("pdf/Connecticut-2016.pdf"), project.path(to)).unwrap();
    }
    project.succeeds(&["release", SPEC, "--out", "r"]);
    project.write("layouts/nhth-2016/main.typ", "#panic(\"\u{1b}[31m\u{202e}\")\n");
    for arguments in [
        &["bu\u{1b}[31mild"][..],
        &["explain", "a\u{1b}]0;title\u{7}"],
        &["check", "config/\u{1b}[31m.yaml"],
        &["check", SPEC],
        &["check", SPEC, "--only", "C\u{1b}[31mT"],
        &["check", SPEC, "--data", "\u{1b}[31m"],
        &["check", SPEC, "--key-file", "\u{9b}31m"],
        &["release", SPEC, "--out", "r\u{1b}[31m", "--previous", "p\u{202e}"],
        &["verify", "r\u{1b}[31m"],
        &["verify", "r", "--outputs-only", "--key", "\u{1b}[31m"],
        &["verify", "r", "--outputs-only", "--approvals-key", "\u{1b}[31m"],
        &["approve", "r\u{1b}[31m", "--as", "A", "--role", "b", "--note", "c"],
        &["review", "none\u{1b}[31m.pdf", "b.pdf"],
        &["review", "old\u{1b}[31m.pdf", "new\u{1b}[31m.pdf"],
        &["review", "old\u{1b}[31m.pdf", "new\u{1b}[31m.pdf", "--markdown"],
        &["preflight", "\u{1b}[31m.pdf"],
        &["press", SPEC, "--profile", "\u{1b}[31m.yaml"],
    ] {
        let output = project.platen(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let steers = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
        assert!(!text.is_empty() && !text.contains(steers), "{arguments:?}: {text:?}");
    }
    for arguments in [
        &["release", SPEC, "--out", "r\u{9b}31m", "--previous", "p\u{202e}", "--json"][..],
        &["build", "config/\u{9b}31m\u{202e}.yaml", "--json"],
        &["check", SPEC, "--only", "C\u{9b}31m\u{2066}T", "--json"],
        &["verify", "r\u{9b}31m", "--json"],
        &["preflight", "\u{202e}.pdf", "--json"],
    ] {
        let output = project.platen(arguments);
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        let steers =
            |letter: char| (letter.is_control() && letter != '\n') || matches!(letter, '\u{202e}' | '\u{2066}');
        assert!(!text.is_empty() && !text.contains(steers), "{arguments:?}: {text:?}");
        let told = text
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap().to_string())
            .collect::<String>();
        assert!(told.contains('\u{9b}') || told.contains('\u{202e}'), "{arguments:?}: {told}");
    }
    let built = project.platen(&["schema", "\u{1b}[31m"]);
    assert_eq!(built.status.code(), Some(2));
}

#[test]
fn that_nothing_was_published_is_said_where_something_would_have_been() {
    let project = Project::new();
    project.edit(SPEC, "  threshold: 3", "  threshold: three");
    let profile = ["press", SPEC, "--profile", "config/press/us-letter-offset.yaml"];
    for arguments in [&["build", SPEC][..], &["release", SPEC, "--out", "release"], &profile] {
        let findings = project.refuses(arguments);
        assert!(findings.ends_with("\n1 error; nothing was published\n"), "{findings}");
    }
    for arguments in [&["check", SPEC][..], &["audit", SPEC], &["build", SPEC, "--text"], &["preflight", "none.pdf"]] {
        let findings = project.refuses(arguments);
        assert!(findings.ends_with("\n1 error\n"), "{findings}");
    }
    let approve = ["approve", "none", "--as", "A. Reader", "--role", "director", "--note", "read"];
    assert!(project.refuses(&approve).ends_with("\n1 error\n"));
    let verify = project.refuses(&["verify", "none"]);
    assert!(verify.ends_with("\n1 error; nothing was verified\n"), "{verify}");
    let output = project.platen(&["review", "a.pdf", "b.pdf"]);
    assert!(String::from_utf8(output.stderr).unwrap().ends_with("\n2 errors; nothing was compared\n"));
}
