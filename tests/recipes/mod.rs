//! The recipes of CONTRIBUTING: what they name exists, and what they tell to do works.

mod procedures;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::support::repository;

/// What stands between backticks and is a form to follow, or a word of Rust.
const FORMS: [&str; 4] = ["stage: what", "stage::kebab-case", "unwrap", "expect"];

/// Commands of this repository, which must be executable.
const SCRIPTS: [&str; 4] = [".ci/run", ".ci/supply-chain", "fuzz/run", "tests/run"];

fn read(file: &str) -> String {
    fs::read_to_string(repository().join(file)).unwrap()
}

/// All that stands between backticks, but for examples in the table of words.
fn names(text: &str) -> BTreeSet<&str> {
    let lines = text.lines().filter(|line| !line.starts_with('|'));
    lines.flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The Rust sources below a folder, or the one of that name: each a text.
fn sources(module: &Path) -> Vec<String> {
    let file = module.with_extension("rs");
    if file.is_file() {
        return vec![fs::read_to_string(file).unwrap()];
    }
    let Ok(entries) = fs::read_dir(module) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "rs"))
        .flat_map(|path| sources(&path.with_extension("")))
        .collect()
}

/// Tells whether a source defines a function, a type or a constant.
fn defines(source: &str, name: &str) -> bool {
    ["fn", "struct", "enum", "trait", "type", "const", "static"].iter().any(|keyword| {
        let definition = format!("{keyword} {name}");
        source.match_indices(&definition).any(|(at, _)| {
            let after = source[at + definition.len()..].chars().next();
            !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        })
    })
}

/// Tells whether the code has such a name: `name`, `module::name`, or `Type::name`.
fn is_in_the_code(name: &str) -> bool {
    let src = repository().join("src");
    match name.rsplit_once("::") {
        None => sources(&src).iter().any(|source| defines(source, name)),
        Some((module, name)) if module.starts_with(char::is_lowercase) => {
            sources(&src.join(module.replace("::", "/"))).iter().any(|source| defines(source, name))
        }
        Some((of, name)) => {
            let implemented = format!("impl {of} {{");
            sources(&src).iter().any(|source| {
                let block = source.split_once(&implemented).map(|(_, rest)| rest.split("\n}").next().unwrap());
                block.is_some_and(|block| defines(block, name))
            })
        }
    }
}

/// Tells whether a name is a file or a folder: of the repository, of every layout, or one that holds a stage.
fn is_a_file(name: &str) -> bool {
    let root = repository();
    let stages = ["src", "src/confidential"].iter().any(|folder| root.join(folder).join(name).is_dir());
    let layouts = || fs::read_dir(root.join("layouts")).unwrap().map(|entry| entry.unwrap().path());
    let in_each_layout = || layouts().filter(|path| path.is_dir()).all(|layout| layout.join(name).is_file());
    root.join(name).exists() || stages || in_each_layout()
}

fn is_a_target_of_make(name: &str) -> bool {
    read("Makefile").lines().any(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')))
}

fn is_a_command(name: &str) -> bool {
    Command::new(env!("CARGO_BIN_EXE_platen")).args([name, "--help"]).output().unwrap().status.success()
}

/// Tells whether what stands between backticks is there.
fn is_true(name: &str) -> bool {
    match name.split_once(' ') {
        _ if FORMS.contains(&name) => true,
        Some(("make", target)) => is_a_target_of_make(target),
        Some(("platen", command)) => is_a_command(command),
        Some(_) => false,
        None => is_a_file(name) || is_in_the_code(name),
    }
}

#[test]
fn every_file_command_and_name_that_contributing_names_is_there() {
    let text = read("CONTRIBUTING.md");
    let names = names(&text);
    for named in ["make schema", "platen check", "RuleKind", "src/report_spec/raw", "fuzz/run"] {
        assert!(names.contains(named), "{named}");
    }
    let untrue: Vec<&&str> = names.iter().filter(|name| !is_true(name)).collect();
    assert_eq!(untrue, Vec::<&&str>::new());
    for script in SCRIPTS {
        let mode = fs::metadata(repository().join(script)).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111, "{script} can be run");
    }
}

#[test]
fn a_name_that_is_gone_is_found() {
    for gone in [
        "make shoes",
        "platen fold",
        "src/report_spec/row",
        "RuleKinds",
        "Audit::remove",
        "typeset::Audit",
        "src/report_spec/model.rs",
    ] {
        assert!(!is_true(gone), "{gone}");
    }
    for there in ["Audit::add", "report_spec::load", "RuleKind", "main.typ", "confidential/data", "make bless"] {
        assert!(is_true(there), "{there}");
    }
}

#[test]
fn each_library_has_a_comment_that_says_what_it_is_for() {
    for manifest in manifests() {
        let text = read(&manifest);
        let mut is_dependency = false;
        let mut is_explained = false;
        for line in text.lines() {
            match line.chars().next() {
                Some('[') => is_dependency = line.ends_with("dependencies]"),
                Some('#') => is_explained = true,
                None => is_explained = false,
                Some(_) => assert!(!is_dependency || is_explained, "{manifest}: {line}"),
            }
        }
    }
}

/// The manifests of the product and of the other members.
fn manifests() -> Vec<String> {
    let members = fs::read_dir(repository().join("crates")).unwrap();
    let members = members.map(|entry| format!("crates/{}/Cargo.toml", entry.unwrap().file_name().display()));
    std::iter::once("Cargo.toml".to_owned()).chain(members).collect()
}

#[test]
fn fuzzing_tries_every_target_that_there_is() {
    let script = read("fuzz/run");
    let run: BTreeSet<&str> =
        script.split_once("targets=(spec").unwrap().1.split(')').next().unwrap().split(' ').chain(["spec"]).collect();
    let run: BTreeSet<&str> = run.into_iter().filter(|name| !name.is_empty()).collect();
    let manifest = read("fuzz/Cargo.toml");
    let named = manifest.lines().filter_map(|line| line.strip_prefix("path = \"targets/")?.strip_suffix(".rs\""));
    assert_eq!(run, named.collect());
    for target in run {
        assert!(repository().join(format!("fuzz/dictionaries/{target}.dict")).is_file(), "{target}");
        assert!(repository().join(format!("fuzz/corpus/{target}")).is_dir(), "{target}");
    }
}

#[test]
fn the_description_of_layouts_names_every_kind_of_block() {
    let described = read("layouts/README.md");
    let table = described.split_once("| kind | keys |").unwrap().1.split_once("\n\n").unwrap().0;
    let described: BTreeSet<&str> =
        table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let layout = read("layouts/nhth-2016/main.typ");
    let kinds = layout.split_once("#let kinds = (").unwrap().1.split_once("\n)").unwrap().0;
    let kinds = kinds.lines().filter_map(|line| Some(line.trim().split_once(':')?.0.trim_matches('"')));
    assert_eq!(described, kinds.collect());
}
