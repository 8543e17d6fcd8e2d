//! Releases of many reports: what is held does not grow with their number.

use std::fmt::Write;
use std::process::Stdio;

use super::project;
use crate::support::Project;

/// An edition of so many places, each with counters and one table.
fn edition(project: &Project, reports: usize) {
    let mut spec =
        "extends: nhth-2016.yaml\nedition: many\nmaps: ~\ncoverage: ~\nreference: ~\njurisdictions:\n".to_owned();
    for number in 0..reports {
        writeln!(spec, "  Z{number:04}: {{ name: Zone {number}, ranked: false, fips: \"{:02}\" }}", 60 + number % 40)
            .unwrap();
    }
    let codes: Vec<String> = (0..reports).map(|number| format!("Z{number:04}")).collect();
    writeln!(spec, "reports: [{}]", codes.join(", ")).unwrap();
    spec.push_str("content:\n  - heading: SIGNALS\n  - counters: signals_by_channel\n  - table: how_found\n");
    project.write("config/many.yaml", spec);
}

/// Releases an edition; returns the most memory that the process had, in KiB.
fn peak(project: &Project, out: &str) -> u64 {
    peak_of(project, &["release", "config/many.yaml", "--no-cache", "--out", out])
}

/// Runs a command; returns the most memory that the process had, in KiB.
fn peak_of(project: &Project, arguments: &[&str]) -> u64 {
    let mut command = project.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (status, mut peak) = (format!("/proc/{}/status", child.id()), 0);
    let outcome = loop {
        let memory = std::fs::read_to_string(&status).unwrap_or_default();
        let line = memory.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        if let Some(outcome) = child.try_wait().unwrap() {
            break outcome;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    assert!(outcome.success(), "{}", project.refuses(arguments));
    peak
}

#[test]
fn four_times_the_reports_take_hardly_more_memory_and_the_page_leaves_their_pictures_out() {
    let project = project();
    edition(&project, 100);
    let few = peak(&project, "few");
    edition(&project, 400);
    let many = peak(&project, "many");
    // 300 reports more, of which the counts and the manifest's entries stay: 26 kB each as the process grows, and
    // that varies by 3 MB from run to run. The documents would be 60 kB each besides, were all held.
    assert!(few > 20_000 && many < few + 17_000, "{few} kB, then {many} kB");
    let pictures = |folder: &str| project.read(&format!("{folder}/index.html")).matches(";base64,").count();
    assert_eq!((pictures("few"), pictures("many")), (100, 0));
    assert!(project.read("many/index.html").contains("Zone-399-2016.pdf"));
}

#[test]
fn a_build_of_many_reports_has_few_in_work_at_a_time() {
    let project = project();
    edition(&project, 450);
    let peak = peak_of(&project, &["build", "config/many.yaml", "--out", "out"]);
    // With one begun within another, they took 313 MB, and more of the stack than a thread has.
    assert!(peak > 20_000 && peak < 200_000, "{peak} kB");
    assert_eq!(std::fs::read_dir(project.path("out/pdf")).unwrap().count(), 450);
}
