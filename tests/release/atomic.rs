//! Whatever happens, the folder holds the old release or the new one, whole.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use platen::release::ExistingRelease;
use platen::unit::Digest;

use super::{SPEC, files, project, release, released};
use crate::support::Project;

/// Digest of the manifest in a folder, whose every file must be what the manifest says.
fn whole(project: &Project) -> Digest {
    let past = ExistingRelease::read(&project.path("release")).unwrap().expect("there is a release");
    let faults: Vec<String> = past.check().into_iter().map(|finding| finding.message).collect();
    assert!(faults.is_empty(), "{faults:?}");
    past.digest
}

/// Kills so many runs, each at a moment between its begin and half as long again as a whole run takes.
fn kill_at_random(wanted: u32, more: &[&str]) -> [u32; 2] {
    let project = project();
    let text = project.read("data/connecticut-2016/cases.csv");
    // No figure crosses the threshold between the two.
    project.records("cases", |cases| cases.recode(1, &[("reason", "tip")], &[("reason", "service_referrals")]));
    let versions = [text, project.read("data/connecticut-2016/cases.csv")];
    let digests = versions.clone().map(|version| {
        project.write("data/connecticut-2016/cases.csv", version);
        release(&project, &[]);
        whole(&project)
    });
    assert_ne!(digests[0], digests[1]);
    let start = Instant::now();
    project.write("data/connecticut-2016/cases.csv", &versions[0]);
    release(&project, more);
    let longest = u64::try_from(start.elapsed().as_micros()).unwrap() * 3 / 2;
    let (mut state, mut seen) = (0x2545_F491_4F6C_DD1D_u64, [0; 2]);
    for round in 0..wanted {
        project.write("data/connecticut-2016/cases.csv", &versions[(round % 2) as usize]);
        let mut arguments = vec!["release", SPEC, "--out", "release"];
        arguments.extend(more);
        let mut child = project.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // xorshift: moments that look random and are the same in every run of the test.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Now and then a run has time enough, however busy the machine is by now.
        let patience = if round % 8 == 7 { 6 * longest } else { state % longest };
        std::thread::sleep(Duration::from_micros(patience));
        child.kill().unwrap();
        child.wait().unwrap();
        let left = whole(&project);
        let found = digests.iter().position(|digest| *digest == left).expect("the old release or the new one");
        seen[found] += 1;
    }
    release(&project, &[]);
    let beside: Vec<String> = fs::read_dir(project.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".release."))
        .collect();
    assert_eq!(beside, [".release.platen-lock"], "nothing is left aside");
    seen
}

#[test]
fn killed_at_two_hundred_moments_it_leaves_the_old_release_or_the_new() {
    let finished = kill_at_random(160, &[]);
    let building = kill_at_random(40, &["--no-cache"]);
    assert!(finished.iter().chain(&building).all(|seen| *seen > 0), "both were seen: {finished:?} {building:?}");
}

#[test]
fn a_full_disk_leaves_the_last_release() {
    let project = released();
    let before = files(&project.path("release"));
    project.edit(SPEC, "The image above is a heat map", "The picture above is a heat map");
    // No file may grow beyond 64 blocks of 512 bytes: writing fails as it does on a full disk.
    for cache in ["--no-cache", "--cache=other"] {
        let program = env!("CARGO_BIN_EXE_platen");
        let script = format!("trap '' XFSZ; ulimit -f 64; exec {program} release {SPEC} --out release {cache}");
        let output = Command::new("sh").args(["-c", &script]).current_dir(project.path("")).output().unwrap();
        let findings = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{findings}");
        assert!(findings.contains("cannot write"), "{findings}");
        assert!(files(&project.path("release")) == before);
    }
    assert!(!project.path(".release.platen-new").exists());
}

#[test]
fn an_unreadable_font_leaves_the_last_release() {
    let project = released();
    let before = files(&project.path("release"));
    let font = fs::read_dir(project.path("fonts")).unwrap().map(|entry| entry.unwrap().path());
    let font = font
        .filter(|path| path.is_dir())
        .flat_map(|path| fs::read_dir(path).unwrap())
        .map(|entry| entry.unwrap().path());
    let font = font
        .into_iter()
        .find(|path| path.extension().is_some_and(|ending| ending == "ttf" || ending == "otf"))
        .unwrap();
    fs::write(&font, "no font").unwrap();
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("error[typeset::bad-font]") || findings.contains("error[map::bad-font]"), "{findings}");
    assert!(files(&project.path("release")) == before);
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let project = project();
    project.write("file", "");
    let findings = project.refuses(&["release", SPEC, "--out", "file/release"]);
    assert!(findings.contains("error[publish::unwritable]") && findings.contains("file"), "{findings}");
    let locked = project.path("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write everywhere.
    if fs::write(locked.join("probe"), "").is_err() {
        let findings = project.refuses(&["release", SPEC, "--out", "locked/release"]);
        assert!(findings.contains("error[publish::unwritable]") && findings.contains("permission"), "{findings}");
    }
    let findings = project.refuses(&["release", SPEC, "--out", "data"]);
    assert!(findings.contains("error[release::other-content]"), "{findings}");
}

#[test]
fn two_releases_into_one_folder_are_refused() {
    let project = project();
    let lock = fs::File::create(project.path(".release.platen-lock")).unwrap();
    lock.lock().unwrap();
    let findings = project.refuses(&["release", SPEC, "--out", "release"]);
    assert!(findings.contains("another release into this folder is running"), "{findings}");
    drop(lock);
    release(&project, &[]);
}
