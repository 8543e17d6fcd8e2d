//! Every file of the shipped editions, by its digest: a change that means to change nothing changes none of these.
//!
//! What depends on how the program is written is left out: the bill of materials, and of a manifest the digest of the sources
//! and those of the parts of a report, by which a cache knows it. `make bless` accepts new files; the difference names them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use platen::unit::Digest;
use serde_json::Value;

use crate::support::{files, national_release, repository, tool};

/// Runs the program in the repository, and writes into a folder of its own.
fn run(arguments: &[&str], out: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_platen"));
    let output = command.args(arguments).arg("--out").arg(out).current_dir(repository()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    digests(&files(out))
}

/// Lists files with their digests; a manifest without what depends on how the program is written.
fn digests(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut list = String::new();
    for (path, content) in files {
        let digest = match path.as_str() {
            // The list of digests holds that of the manifest.
            "SHA256SUMS" | BILL_OF_MATERIALS => continue,
            "manifest.json" => Digest::of(&settled(content)),
            _ => Digest::of(content),
        };
        writeln!(list, "{digest}  {path}").unwrap();
    }
    list
}

/// Compared with what cargo knows by a test of its own.
const BILL_OF_MATERIALS: &str = "sbom.cdx.json";

fn settled(manifest: &[u8]) -> Vec<u8> {
    let mut manifest: Value = serde_json::from_slice(manifest).unwrap();
    assert!(manifest["program"]["source"].take().is_string());
    for report in manifest["reports"].as_array_mut().unwrap() {
        assert!(report["parts"].take().is_object());
    }
    for input in manifest["inputs"].as_array_mut().unwrap() {
        if input["kind"] == "policy" {
            input["digest"].take();
        }
    }
    let files = manifest["files"].as_array_mut().unwrap();
    files.retain(|file| file["path"] != BILL_OF_MATERIALS);
    serde_json::to_vec(&manifest).unwrap()
}

#[test]
fn connecticut() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(run(&["build", "config/nhth-2016.yaml"], &folder.path().join("out")));
}

#[test]
fn nation() {
    insta::assert_snapshot!(digests(national_release()));
}

#[test]
fn press() {
    let folder = tempfile::tempdir().unwrap();
    let press = ["press", "config/nhth-2016.yaml", "--profile", "config/press/us-letter-offset.yaml"];
    insta::assert_snapshot!(run(&press, &folder.path().join("out")));
}

/// The pictures of the page are drawn by instructions that a processor has or has not: the words and the paper are compared.
#[test]
fn review() {
    let folder = tempfile::tempdir().unwrap();
    let (old_release, new_release) = (folder.path().join("old"), folder.path().join("new"));
    let release = |out: &Path, only: &str| {
        run(&["release", "config/nhth-2016-national.yaml", "--no-cache", "--only", only], out);
    };
    release(&old_release, "CT,RI,VT");
    release(&new_release, "CT,RI,TX");
    // Connecticut's own edition has other records than the nation's.
    run(&["build", "config/nhth-2016.yaml"], &folder.path().join("own"));
    let reviewed = |old: &str, new: &str, form: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_platen"));
        let output = command.arg("review").args([old, new]).args(form).current_dir(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let mut list = String::new();
    let pairs = [("old", "new"), ("old/pdf/Connecticut-2016.pdf", "own/pdf/Connecticut-2016.pdf")];
    for (name, (old, new)) in ["releases", "reports"].into_iter().zip(pairs) {
        for form in ["--json", "--markdown", "--junit", "--unfold"] {
            writeln!(list, "{}  {name} {form}", Digest::of(&reviewed(old, new, &[form]))).unwrap();
        }
    }
    for (name, (old, new)) in ["releases", "reports"].into_iter().zip(pairs) {
        reviewed(old, new, &["--pdf", &format!("{name}.pdf")]);
    }
    let paper = std::fs::read(folder.path().join("reports.pdf")).unwrap();
    writeln!(list, "{}  reports.pdf", Digest::of(&paper)).unwrap();
    let words = words(&folder.path().join("releases.pdf"), [&old_release, &new_release]);
    writeln!(list, "{}  words of releases.pdf", Digest::of(words.as_bytes())).unwrap();
    insta::assert_snapshot!(list);
}

/// The words of the paper of two releases without blanks: it names them by the digests of their manifests, and so of the program.
fn words(paper: &Path, releases: [&Path; 2]) -> String {
    let text = tool("pdftotext", &["-layout", paper.to_str().unwrap(), "-"]);
    let mut words: String = text.split_whitespace().collect();
    for (release, name) in releases.into_iter().zip(["(old)", "(new)"]) {
        let manifest = Digest::of(&std::fs::read(release.join("manifest.json")).unwrap()).to_string();
        assert!(words.contains(&manifest), "{words}");
        words = words.replace(&manifest, name);
    }
    words
}
