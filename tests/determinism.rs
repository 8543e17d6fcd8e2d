//! Same input, same bytes: whoever builds, wherever, whenever.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::support::{Project, files, tool};

const SPEC: &str = "config/nhth-2016.yaml";

/// Builds with a changed command into `out` and returns what was published.
fn built(project: &Project, change: impl FnOnce(&mut Command)) -> BTreeMap<String, Vec<u8>> {
    let mut command = project.command(&["build", SPEC]);
    change(&mut command);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let published = files(&project.path("out"));
    fs::remove_dir_all(project.path("out")).unwrap();
    assert_eq!(
        published.keys().collect::<Vec<_>>(),
        ["maps/Connecticut-2016.png", "pdf/Connecticut-2016.pdf", "tables/Connecticut-2016.json"],
        "these files and no others, none of them left aside"
    );
    published
}

/// Asserts equal bytes without printing them.
fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{what}");
    for (name, content) in one {
        assert!(other[name] == *content, "{name} differs {what}");
    }
}

#[test]
fn two_builds_give_the_same_bytes() {
    let project = Project::new();
    assert_same(&built(&project, |_| ()), &built(&project, |_| ()), "between two builds");
}

#[test]
fn a_copy_of_the_project_elsewhere_gives_the_same_bytes() {
    let elsewhere = built(&Project::new(), |_| ());
    assert_same(&built(&Project::new(), |_| ()), &elsewhere, "between two folders");
}

#[test]
fn time_zone_and_locale_change_nothing() {
    let project = Project::new();
    let plain = built(&project, |_| ());
    for (name, value) in [
        ("TZ", "Pacific/Auckland"),
        ("TZ", "America/Los_Angeles"),
        ("LANG", "de_DE.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LC_ALL", "C"),
        ("LC_NUMERIC", "fr_FR.UTF-8"),
        ("SOURCE_DATE_EPOCH", "1"),
    ] {
        let other = built(&project, |command| {
            command.env(name, value);
        });
        assert_same(&plain, &other, &format!("under {name}={value}"));
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let project = Project::new();
    let with = |threads: &str| {
        built(&project, |command| {
            command.env("RAYON_NUM_THREADS", threads);
        })
    };
    let one = with("1");
    for threads in ["2", "4", "7"] {
        assert_same(&one, &with(threads), &format!("with {threads} threads"));
    }
}

#[test]
fn an_empty_environment_changes_nothing() {
    let project = Project::new();
    let bare = built(&project, |command| {
        command.env_clear();
    });
    assert_same(&built(&project, |_| ()), &bare, "in an empty environment");
}

#[test]
fn the_working_directory_and_the_output_folder_change_nothing() {
    let project = Project::new();
    let here = built(&project, |_| ());
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (project.path(SPEC), folder.path().join("some/where else"));
    let arguments = ["build", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = project.command(&arguments).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_same(&here, &files(&out), "from another working directory");
    assert!(!project.path("out").exists(), "nothing is written beside the output folder");
}

#[test]
fn a_home_that_cannot_be_written_changes_nothing() {
    let project = Project::new();
    let home = tempfile::tempdir().unwrap();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let other = built(&project, |command| {
        for name in ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(name, home.path());
        }
    });
    assert_eq!(files(home.path()).len(), 0, "nothing is written into the home");
    assert_same(&built(&project, |_| ()), &other, "with a home that cannot be written");
}

#[test]
fn files_are_readable_by_everyone_unless_the_umask_forbids_it() {
    let project = Project::new();
    let with = |umask: &str| {
        let program = env!("CARGO_BIN_EXE_platen");
        tool(
            "sh",
            &["-c", &format!("umask {umask} && cd '{}' && '{program}' build {SPEC}", project.path("").display())],
        );
        let mode = |name: &str| fs::metadata(project.path(name)).unwrap().permissions().mode() & 0o777;
        let modes = ["pdf/Connecticut-2016.pdf", "tables/Connecticut-2016.json", "maps/Connecticut-2016.png"]
            .map(|name| mode(&format!("out/{name}")));
        let published = files(&project.path("out"));
        fs::remove_dir_all(project.path("out")).unwrap();
        (modes, published)
    };
    let (open, usual) = with("022");
    let (closed, other) = with("077");
    assert_eq!((open, closed), ([0o644; 3], [0o600; 3]));
    assert_same(&usual, &other, "under another umask");
}

#[test]
fn order_and_line_endings_of_the_records_change_nothing() {
    let project = Project::new();
    let plain = built(&project, |_| ());
    for source in ["signals", "cases", "case_locations"] {
        let file = format!("data/connecticut-2016/{source}.csv");
        let text = project.read(&file);
        let (head, rows) = text.split_once('\n').unwrap();
        let reversed: Vec<&str> = rows.lines().rev().collect();
        project.write(&file, format!("{head}\r\n{}\r\n", reversed.join("\r\n")));
    }
    assert_same(&plain, &built(&project, |_| ()), "with the records in another order");
}

#[test]
fn no_output_names_the_machine_a_folder_or_the_time() {
    let project = Project::new();
    let pdf = project.pdf();
    let open = project.path("open.pdf");
    tool("qpdf", &["--qdf", "--object-streams=disable", pdf.to_str().unwrap(), open.to_str().unwrap()]);
    fs::copy(&pdf, project.path("out/closed.pdf")).unwrap();
    fs::rename(open, project.path("out/open.pdf")).unwrap();
    let user = tool("id", &["-un"]).trim().to_owned();
    let folder = project.path("").to_string_lossy().trim_end_matches('/').to_owned();
    let year = tool("date", &["+%Y"]).trim().to_owned();
    for (name, content) in files(&project.path("out")) {
        let text = String::from_utf8_lossy(&content);
        for word in [folder.as_str(), env!("CARGO_MANIFEST_DIR"), "/tmp/", "/home/", "/root/"] {
            assert!(!text.contains(word), "{name} holds {word}");
        }
        for word in [format!("({user})"), format!("D:{year}"), format!("{year}-")] {
            assert!(!text.contains(&word), "{name} holds {word}");
        }
    }
    let host = tool("uname", &["-n"]).trim().to_owned();
    let pdf = pdf.to_str().unwrap();
    let described = [tool("pdfinfo", &[pdf]), tool("pdfinfo", &["-meta", pdf]), tool("pdftotext", &[pdf, "-"])];
    for text in described.iter().chain([&project.read("out/tables/Connecticut-2016.json")]) {
        assert!(text.split(|c: char| !c.is_alphanumeric() && c != '-').all(|word| word != host), "{text}");
    }
    let png = fs::read(project.path("out/maps/Connecticut-2016.png")).unwrap();
    for chunk in ["tIME", "tEXt", "zTXt", "iTXt", "eXIf"] {
        assert!(!png.windows(4).any(|bytes| bytes == chunk.as_bytes()), "the picture has no chunk {chunk}");
    }
}
