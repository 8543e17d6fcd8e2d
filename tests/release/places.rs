//! Key and case data outside of the project: what is published of them is as if they stood within, and tells nothing of where
//! they stand.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Output;

use platen::release::Value;

use super::{SPEC, manifest, with_key};
use crate::support::{Project, files};

const KEY: &str = "3fK9-operators-key-Zq7w-0123456789";
const DATA: [&str; 3] = ["signals.csv", "cases.csv", "case_locations.csv"];

/// The sample with its key and its case data moved into a folder of their own, and what it released before.
struct Moved {
    project: Project,
    vault: tempfile::TempDir,
}

impl Moved {
    fn new() -> Self {
        let project = Project::new();
        with_key(&project);
        project.write("config/secret.key", KEY);
        project.succeeds(&["release", SPEC, "--out", "within", "--no-cache"]);
        let vault = tempfile::Builder::new().prefix("operators-vault-").tempdir().unwrap();
        let moved = Self { project, vault };
        fs::rename(moved.project.path("config/secret.key"), moved.key()).unwrap();
        fs::set_permissions(moved.key(), fs::Permissions::from_mode(0o600)).unwrap();
        fs::create_dir_all(moved.data()).unwrap();
        for name in DATA {
            fs::rename(moved.project.path("data/connecticut-2016").join(name), moved.data().join(name)).unwrap();
        }
        moved
    }

    fn key(&self) -> PathBuf {
        self.vault.path().join("edition.key")
    }

    fn data(&self) -> PathBuf {
        self.vault.path().join("data/connecticut-2016")
    }

    /// Names the key and the folder of data on the command line.
    fn named(&self, data: &Path) -> [String; 4] {
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        ["--key-file".into(), text(&self.key()), "--data".into(), text(data)]
    }

    fn run(&self, arguments: &[&str], more: &[String]) -> Output {
        let mut command = self.project.command(arguments);
        command.args(more).env("EDITION_KEY", self.key()).env("CASE_DATA", self.vault.path().join("data"));
        command.output().unwrap()
    }

    fn succeeds(&self, arguments: &[&str], more: &[String]) -> String {
        let output = self.run(arguments, more);
        let says = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{says}");
        says
    }

    /// Nothing that is published holds the key, or names the folder.
    fn tells_nothing(&self, release: &str) {
        let folder = self.vault.path().file_name().unwrap().to_str().unwrap().to_owned();
        let published = files(&self.project.path(release));
        assert!(published.len() > 10);
        for (name, content) in &published {
            for secret in [KEY, folder.as_str(), "operators-vault"] {
                let is_there = content.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
                assert!(!is_there && !name.contains(secret), "{name} holds `{secret}`");
            }
        }
        // Whoever guesses a path must not find it by its digest.
        let paths = DATA.map(|name| self.data().join(name)).into_iter().chain([self.key()]);
        for path in paths {
            let digests = Value::digests_of(path.to_str().unwrap());
            let manifest = String::from_utf8(published["manifest.json"].clone()).unwrap();
            assert!(!digests.iter().any(|digest| manifest.contains(digest)), "{} can be guessed", path.display());
        }
    }
}

/// Paths of the case data in a manifest.
fn told(project: &Project) -> Vec<String> {
    let manifest = manifest(project);
    let inputs = manifest["inputs"].as_array().unwrap().iter().filter(|input| input["kind"] == "data");
    inputs.map(|input| input["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn key_and_data_named_on_the_command_line_make_the_same_release() {
    let moved = Moved::new();
    let within = files(&moved.project.path("within"));
    for data in [moved.vault.path().to_path_buf(), moved.data()] {
        let named = moved.named(&data);
        let _ = fs::remove_dir_all(moved.project.path("release"));
        let says = moved.succeeds(&["release", SPEC, "--out", "release", "--no-cache"], &named);
        assert!(!says.contains("warning"), "{says}");
        assert!(files(&moved.project.path("release")) == within);
        moved.tells_nothing("release");
        moved.succeeds(&["verify", "release"], &named);
        for command in [&["check", SPEC][..], &["audit", SPEC], &["build", SPEC, "--text"]] {
            moved.succeeds(command, &named);
        }
    }
    // Without the options they are not found, and nothing else is taken.
    let findings = moved.project.refuses(&["check", SPEC]);
    assert!(findings.contains("cannot find `config/secret.key`: no such file or folder"), "{findings}");
    let empty = moved.named(&moved.project.path("config"));
    let says = String::from_utf8(moved.run(&["check", SPEC], &empty).stderr).unwrap();
    assert!(says.contains("cannot find `data/connecticut-2016/cases.csv` in the folder of data\n"), "{says}");
}

#[test]
fn key_and_data_by_variables_of_the_environment_are_told_as_the_spec_has_them() {
    let moved = Moved::new();
    let spec = moved.project.read(SPEC);
    let spec = spec.replace("key_file: config/secret.key", "key_file: ${EDITION_KEY}");
    moved.project.write(SPEC, spec.replace("    file: data/", "    file: ${CASE_DATA}/"));
    moved.succeeds(&["release", SPEC, "--out", "release", "--no-cache"], &[]);
    let expected = ["case_locations.csv", "cases.csv", "signals.csv"];
    assert_eq!(told(&moved.project), expected.map(|name| format!("${{CASE_DATA}}/connecticut-2016/{name}")));
    moved.tells_nothing("release");
    moved.succeeds(&["verify", "release"], &[]);
    insta::assert_snapshot!(moved.project.refuses(&["check", SPEC]), @"
    error[spec::path]: the environment has no variable `CASE_DATA`
       ┌─ config/nhth-2016.yaml:97:11
    97 │     file: ${CASE_DATA}/connecticut-2016/signals.csv
       │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    error[spec::path]: the environment has no variable `CASE_DATA`
        ┌─ config/nhth-2016.yaml:110:11
    110 │     file: ${CASE_DATA}/connecticut-2016/cases.csv
        │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    error[spec::path]: the environment has no variable `CASE_DATA`
        ┌─ config/nhth-2016.yaml:129:11
    129 │     file: ${CASE_DATA}/connecticut-2016/case_locations.csv
        │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    error[spec::path]: the environment has no variable `EDITION_KEY`
        ┌─ config/nhth-2016.yaml:247:13
    247 │   key_file: ${EDITION_KEY}
        │             ^^^^^^^^^^^^^^
    4 errors
    ");
    // A variable that holds a relative path leads no further than the spec itself, and what it holds is told to nobody: a spec
    // of somebody else may name any variable.
    for (value, told) in [
        ("../hunter2-9Zx", "the path `${EDITION_KEY}` leads out of the project"),
        ("hunter2-9Zx", "cannot find `${EDITION_KEY}`: no such file or folder"),
        ("/hunter2-9Zx", "cannot find `${EDITION_KEY}`: no such file or folder"),
        ("hunter2-9Zx/**", "the path `${EDITION_KEY}` holds `**`"),
    ] {
        let output = moved.project.command(&["check", SPEC]).env("EDITION_KEY", value).output().unwrap();
        let says = String::from_utf8(output.stderr).unwrap();
        assert!(says.contains(&format!("error[spec::path]: {told}")) && !says.contains("hunter2"), "{value}: {says}");
    }
}

#[test]
fn of_absolute_paths_the_last_name_alone_is_told() {
    let moved = Moved::new();
    let spec = moved.project.read(SPEC);
    let spec = spec.replace("key_file: config/secret.key", &format!("key_file: {}", moved.key().display()));
    let data = format!("    file: {}/data/", moved.vault.path().display());
    moved.project.write(SPEC, spec.replace("    file: data/", &data));
    moved.succeeds(&["release", SPEC, "--out", "release", "--no-cache"], &[]);
    assert_eq!(told(&moved.project), ["case_locations.csv", "cases.csv", "signals.csv"]);
    moved.tells_nothing("release");
    moved.succeeds(&["verify", "release"], &[]);
    // Two files of one name are told with their sources.
    let spec = moved.project.read(SPEC);
    fs::create_dir(moved.data().join("signals")).unwrap();
    fs::rename(moved.data().join("signals.csv"), moved.data().join("signals/cases.csv")).unwrap();
    moved.project.write(SPEC, spec.replace("/signals.csv", "/signals/cases.csv"));
    moved.succeeds(&["release", SPEC, "--out", "release", "--no-cache"], &[]);
    assert_eq!(told(&moved.project), ["case_locations.csv", "cases/cases.csv", "signals/cases.csv"]);
    moved.tells_nothing("release");
    moved.succeeds(&["verify", "release"], &[]);
    // A link in a folder of data leads no more out of it than one in the project does.
    symlink("/etc/passwd", moved.data().join("cases-2.csv")).unwrap();
    moved.project.write(SPEC, moved.project.read(SPEC).replace("/cases.csv", "/cases*.csv"));
    let says = moved.project.refuses(&["check", SPEC]);
    assert!(says.contains("error[data::unreadable]: the path leads out of the project\n"), "{says}");
    assert!(!says.contains("root:"), "{says}");
}

#[test]
fn two_files_of_one_name_do_not_become_one_in_a_folder_of_data() {
    let moved = Moved::new();
    let spec = moved.project.read(SPEC);
    let twin = "    file: data/connecticut-2016/cases.csv\n";
    assert!(spec.contains(twin));
    moved.project.write(SPEC, spec.replace("/signals.csv\n", "/earlier/cases.csv\n"));
    let says = String::from_utf8(moved.run(&["check", SPEC], &moved.named(&moved.data())).stderr).unwrap();
    let told = "`data/connecticut-2016/cases.csv` and `data/connecticut-2016/earlier/cases.csv` of source `signals` are one file\n";
    assert!(says.contains(&format!("error[spec::path]: {told}")), "{says}");
    // A path that is there is not looked for elsewhere.
    moved.project.write(SPEC, spec.replace("data/connecticut-2016/signals.csv", "data/*/cases.csv"));
    let says = String::from_utf8(moved.run(&["check", SPEC], &moved.named(moved.vault.path())).stderr).unwrap();
    assert!(!says.contains("are one file"), "{says}");
}

#[test]
fn a_key_that_others_could_know_is_warned_of_and_one_that_is_none_refused() {
    let project = Project::new();
    let named = |content: &[u8], mode: u32| {
        project.write("edition.key", content);
        fs::set_permissions(project.path("edition.key"), fs::Permissions::from_mode(mode)).unwrap();
        let output = project.platen(&["check", SPEC, "--key-file", "edition.key"]);
        String::from_utf8(output.stderr).unwrap()
    };
    let sound = "spec and data are sound; 1 report can be built\n";
    assert_eq!(named(KEY.as_bytes(), 0o600), sound);
    let help = "  = help: 16 random bytes or more, for their owner alone: mode 600\n";
    for mode in [0o644, 0o640, 0o604] {
        let open = "warning[spec::weak-key]: the key file can be read by others than its owner\n  ┌─ edition.key\n";
        assert_eq!(named(KEY.as_bytes(), mode), format!("{open}{help}{sound}"));
    }
    for weak in [&[0; 64][..], b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", b"abababababababab"] {
        let guessed = "warning[spec::weak-key]: the key can be guessed: it repeats few bytes\n  ┌─ edition.key\n";
        assert_eq!(named(weak, 0o600), format!("{guessed}{help}{sound}"));
    }
    let short = "error[spec::key]: the key file holds fewer than 16 bytes\n  ┌─ edition.key\n1 error\n";
    assert_eq!(named(b"short", 0o600), short);
    let device = project.refuses(&["check", SPEC, "--key-file", "/dev/zero"]);
    assert_eq!(device, "error[spec::key]: the key file is no regular file\n  ┌─ /dev/zero\n1 error\n");
    // A key that the spec names is told at its place.
    with_key(&project);
    let says = String::from_utf8(project.platen(&["check", SPEC]).stderr).unwrap();
    assert!(says.contains("  ┌─ config/nhth-2016.yaml:") && says.contains("  key_file: config/secret.key\n"), "{says}");
}
