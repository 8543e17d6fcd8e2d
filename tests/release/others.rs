//! Files of others: nobody's are thrown away or overwritten, nobody's are published, and no byte is shared with what others
//! can change.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use super::{SPEC, files, project, release, released};
use crate::support::Project;

#[test]
fn a_release_folder_keeps_what_is_not_its_own() {
    let project = released();
    project.write("release/NOTES.txt", "mine");
    project.write("release/pdf/more.pdf", "mine");
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    let told =
        "error[release::other-content]: the folder holds what is not of its release: `NOTES.txt`, `pdf/more.pdf`\n";
    assert!(findings.contains(told), "{findings}");
    assert!(findings.contains("= help: move it elsewhere, or throw it away by `--clean`\n"), "{findings}");
    assert_eq!(project.read("release/NOTES.txt"), "mine");
    release(&project, &["--clean"]);
    assert!(!project.path("release/NOTES.txt").exists());
    project.succeeds(&["verify", "release"]);
}

#[test]
fn a_file_that_is_laid_into_a_release_meanwhile_is_not_thrown_away() {
    let project = project();
    let lay = |there: bool, arguments: &[&str]| {
        // Waiting for the disk takes long enough: the folder aside is made when the first look was taken.
        let waits = ["trace=fdatasync", "inject=fdatasync:delay_enter=2000000:when=1"];
        let child = super::interrupted::traced(&project, "/dev/null", &waits, arguments).spawn().unwrap();
        while !project.path(".release.platen-new").exists() {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        if !there {
            fs::create_dir(project.path("release")).unwrap();
        }
        project.write("release/NOTES.txt", "mine");
        let output = child.wait_with_output().unwrap();
        let says = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{says}");
        assert!(says.contains("error[release::other-content]"), "{says}");
        assert_eq!(project.read("release/NOTES.txt"), "mine");
        fs::remove_file(project.path("release/NOTES.txt")).unwrap();
    };
    lay(false, &["release", SPEC, "--out", "release"]);
    assert_eq!(fs::read_dir(project.path("release")).unwrap().count(), 0);
    release(&project, &[]);
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    lay(true, &["release", SPEC, "--out", "release"]);
    lay(true, &["approve", "release", "--as", "A. Reader", "--role", "director", "--note", "read"]);
    project.succeeds(&["verify", "release", "--outputs-only"]);
}

#[test]
fn nothing_is_built_into_a_release() {
    let project = released();
    let before = files(&project.path("release"));
    for out in ["release", "release/pdf", "release/new"] {
        for command in [
            vec!["build", SPEC, "--out", out],
            vec!["press", SPEC, "--profile", "config/press/us-letter-offset.yaml", "--out", out],
        ] {
            let findings = project.refuses(&command);
            assert!(findings.contains("error[publish::in-release]"), "{findings}");
        }
    }
    assert!(files(&project.path("release")) == before);
}

#[test]
fn nothing_is_built_into_a_release_through_a_link_or_where_its_list_of_digests_is_gone() {
    let project = released();
    fs::create_dir(project.path("out")).unwrap();
    symlink("../release/pdf", project.path("out/pdf")).unwrap();
    symlink("release/maps", project.path("linked")).unwrap();
    let before = files(&project.path("release"));
    for out in ["out", "linked", "linked/new"] {
        let findings = project.refuses(&["build", SPEC, "--out", out]);
        assert!(findings.contains("error[publish::in-release]"), "{out}: {findings}");
        assert!(files(&project.path("release")) == before, "{out}");
    }
    assert!(!project.path("out/tables").exists(), "all files or none");
    fs::remove_file(project.path("release/SHA256SUMS")).unwrap();
    let findings = project.refuses(&["build", SPEC, "--out", "release"]);
    assert!(findings.contains("error[publish::in-release]"), "{findings}");
    // A manifest of something else is nobody's release.
    fs::create_dir(project.path("site")).unwrap();
    project.write("site/manifest.json", "{\"name\": \"site\"}");
    project.succeeds(&["build", SPEC, "--out", "site"]);
}

#[test]
fn nothing_is_released_approved_or_kept_within_a_release() {
    let project = released();
    super::revisions::correct(&project);
    release(&project, &[]);
    symlink("release/pdf", project.path("linked")).unwrap();
    let before = files(&project.path("release"));
    let approve = ["approve", "release/revisions/1", "--as", "A. Reader", "--role", "director", "--note", "read"];
    for command in [
        &["release", SPEC, "--out", "release/pdf/sub", "--previous", "release"][..],
        &["release", SPEC, "--out", "linked/sub", "--previous", "release"],
        &["release", SPEC, "--out", "other", "--previous", "release", "--cache", "release"],
        &["release", SPEC, "--out", "other", "--previous", "release", "--cache", "release/tables/kept"],
        &["release", "--merge", "release", "--out", "release/joined"],
        &approve,
    ] {
        let findings = project.refuses(command);
        assert!(
            findings.contains("error[publish::in-release]") || findings.contains("slice"),
            "{command:?}: {findings}"
        );
        assert!(files(&project.path("release")) == before, "{command:?}");
    }
    assert!(!project.path("other").exists());
}

#[test]
fn an_approval_of_nothing_makes_nothing() {
    let project = Project::new();
    let arguments = ["approve", "no/such/dir", "--as", "A. Reader", "--role", "director", "--note", "read"];
    assert!(project.refuses(&arguments).contains("error[release::no-release]"));
    assert!(!project.path("no").exists());
}

#[test]
fn published_files_are_nobody_elses_and_read_only() {
    let project = released();
    release(&project, &[]);
    project.succeeds(&["release", SPEC, "--out", "again"]);
    project.succeeds(&["approve", "again", "--as", "A. Reader", "--role", "director", "--note", "read"]);
    for folder in ["release", "again"] {
        for name in files(&project.path(folder)).keys() {
            let found = fs::metadata(project.path(folder).join(name)).unwrap();
            assert_eq!(found.nlink(), 1, "{folder}/{name} has another name");
            assert_eq!(found.permissions().mode() & 0o222, 0, "{folder}/{name} can be written");
        }
    }
}

#[test]
fn an_entry_of_a_cache_cannot_write_elsewhere_or_forge_a_report() {
    let project = released();
    let good = files(&project.path("release"));
    let entries = || fs::read_dir(project.path(".platen-cache/reports")).unwrap().map(|entry| entry.unwrap().path());
    // With the plain digest of the text, and with the seal that an edition without a secret has.
    let plain: Seal = |_, text| platen::unit::Digest::of(text.as_bytes());
    let seals: [Seal; 2] = [plain, seal];
    for path in ["../../EVIL.txt", "../EVIL.txt", "/tmp/EVIL.txt", "index.html", "pdf/../../EVIL.txt"] {
        for seal in seals {
            // Every entry is forged: that of each report must be refused.
            for entry in entries() {
                let text = fs::read_to_string(&entry).unwrap();
                let (_, text) = text.split_once('\n').unwrap();
                let (head, rest) = text.split_once("\"path\":\"tables/").unwrap();
                let forged = format!("{head}\"path\":\"{path}{}", &rest[rest.find('"').unwrap()..]);
                let seal = seal(entry.file_name().unwrap().to_str().unwrap(), &forged);
                fs::remove_file(&entry).unwrap();
                fs::write(&entry, format!("{seal}\n{forged}")).unwrap();
            }
            project.succeeds(&["release", SPEC, "--out", "other"]);
            assert!(files(&project.path("other")) == good, "{path}");
            assert!(files(&project.path("")).keys().all(|name| !name.ends_with("EVIL.txt")), "{path}");
            assert!(!project.path("../EVIL.txt").exists() && !Path::new("/tmp/EVIL.txt").exists(), "{path}");
            fs::remove_dir_all(project.path("other")).unwrap();
        }
    }
}

/// Makes what an entry of a cache begins with, of its key and its text.
type Seal = fn(&str, &str) -> platen::unit::Digest;

/// What an entry of a cache without a secret begins with.
fn seal(key: &str, text: &str) -> platen::unit::Digest {
    let key: platen::unit::Digest = key.parse().unwrap();
    platen::unit::Digest::of_parts([("key", key.bytes().as_slice()), ("report", text.as_bytes())])
}

#[test]
fn links_in_a_cache_are_not_published() {
    let project = released();
    let good = files(&project.path("release"));
    let mut objects = Vec::new();
    for folder in fs::read_dir(project.path(".platen-cache/objects")).unwrap() {
        objects.extend(fs::read_dir(folder.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    for (number, object) in objects.iter().enumerate() {
        match number % 3 {
            0 => {
                let moved = project.path(&format!("moved-{number}"));
                fs::rename(object, &moved).unwrap();
                symlink(moved, object).unwrap();
            }
            1 => {
                fs::remove_file(object).unwrap();
                symlink("/etc/passwd", object).unwrap();
            }
            _ => {
                fs::remove_file(object).unwrap();
                fs::create_dir(object).unwrap();
            }
        }
    }
    project.succeeds(&["release", SPEC, "--out", "other"]);
    assert!(files(&project.path("other")) == good);
    for name in good.keys() {
        assert!(!project.path("other").join(name).is_symlink(), "{name}");
    }
}

#[test]
fn a_predecessor_is_published_as_its_manifest_names_it() {
    let project = released();
    fs::rename(project.path("release"), project.path("first")).unwrap();
    let revision = "revision:\n  number: 2\n  date: 2017-06-01\n  reasons:\n    - reason: Words.\n";
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    project.edit(SPEC, "edition: nhth-2016\n", &format!("edition: nhth-2016\n{revision}"));
    let arguments = ["release", SPEC, "--out", "release", "--previous", "first"];
    project.write("first/draft.txt", "secret");
    symlink(project.path("data"), project.path("first/more")).unwrap();
    let findings = project.refuses(&arguments);
    assert!(findings.contains("error[release::not-listed]") && findings.contains("first/draft.txt"), "{findings}");
    assert!(findings.contains("first/more"), "{findings}");
    assert!(!project.path("release").exists());
    fs::remove_file(project.path("first/draft.txt")).unwrap();
    fs::remove_file(project.path("first/more")).unwrap();
    project.succeeds(&arguments);
    let (first, kept) = (files(&project.path("first")), files(&project.path("release/revisions/1")));
    assert!(first == kept);
    let manifest: serde_json::Value = serde_json::from_str(&project.read("release/manifest.json")).unwrap();
    let listed: Vec<&str> =
        manifest["earlier"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(listed.len(), first.len());
    assert!(project.read("release/SHA256SUMS").contains("  revisions/1/manifest.json\n"));
    project.succeeds(&["verify", "release"]);
}

#[test]
fn what_a_kill_left_in_an_output_folder_is_swept_by_the_next_build() {
    let project = Project::new();
    fs::create_dir_all(project.path("out/pdf")).unwrap();
    project.write("out/pdf/.platen-abcdef", "half");
    project.succeeds(&["build", SPEC, "--out", "out"]);
    let names: Vec<String> = files(&project.path("out")).into_keys().collect();
    assert!(names.iter().all(|name| !name.contains(".platen-")), "{names:?}");
}
