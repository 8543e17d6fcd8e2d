//! The program makes the committed records again.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_committed_records_are_what_the_generator_makes_of_the_targets() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/connecticut-2016");
    let out = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_sample"))
        .args(["connecticut", "--out"])
        .arg(out.path())
        .arg("--targets")
        .arg(data.join("targets.yaml"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut names: Vec<_> = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["case_locations.csv", "cases.csv", "signals.csv"]);
    for name in names {
        let (committed, made) = (fs::read(data.join(&name)).unwrap(), fs::read(out.path().join(&name)).unwrap());
        assert!(committed == made, "{} differs from what the generator makes", name.display());
    }
}
