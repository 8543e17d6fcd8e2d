//! Random linked tables over few records: all worlds that agree with what is published are listed, and what they tell is compared with
//! what the audit lists. The test reads the published files in its own way.

mod case;
mod worlds;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use crate::support::{Project, repository};

use case::{Case, cases};
use worlds::{Report, World};

const SPEC: &str = "config/linked.yaml";

/// Builds an edition and reads its reports; nothing where it is refused.
fn published(project: &Project, case: &Case) -> Option<Vec<Report>> {
    let output = project.platen(&["build", SPEC]);
    let says = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        assert!(output.status.code() == Some(1) && says.contains("error[disclosure::"), "{case:?}: {says}");
        return None;
    }
    let read = |name: &str| serde_json::from_str(&project.read(&format!("out/tables/{name}.json"))).unwrap();
    Some(["New-Mexico", "Texas"].map(|name| Report::read(case, &read(name))).into())
}

/// What all worlds tell together. States are linked by the total of the nation alone, of which any part can be of no state.
fn told(case: &Case, reports: &[Report]) -> BTreeSet<String> {
    let all: u64 = case.records.iter().map(|records| records.len() as u64).sum();
    // Words for a small total leave two at most.
    let nation = case.nation.then_some(all.max(2));
    let most = if case.has_marks() { 6 } else { 12 };
    let worlds: Vec<Vec<World>> = reports.iter().map(|report| report.worlds(most)).collect();
    let total = |world: &World| world.iter().sum::<u64>();
    let mut told = BTreeSet::new();
    for (at, report) in reports.iter().enumerate() {
        let least = worlds[1 - at].iter().map(total).min().unwrap_or(0);
        let fits = |world: &&World| nation.is_none_or(|nation| total(world) + least <= nation);
        let own: Vec<World> = worlds[at].iter().filter(fits).cloned().collect();
        told.extend(report.told(&own, &case.records[at]));
    }
    told
}

/// What the audit lists of hidden counts of categories and totals. A merged row stands for its sum, and a total whose difference tells
/// stands for rows whose rule could not hide enough: neither is a hidden count.
fn listed(project: &Project) -> BTreeSet<String> {
    let lines = project.succeeds(&["audit", SPEC, "--json"]);
    let mut listed = BTreeSet::new();
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let [code, jurisdiction, figure, cell] =
            ["code", "jurisdiction", "figure", "cell"].map(|key| line[key].as_str().unwrap_or_default());
        let is_of_a_rule = cell.ends_with("(merged)") || (cell == "(total)" && code.ends_with("difference-tells"));
        if (code.ends_with("-tell") || code.ends_with("-tells")) && !is_of_a_rule {
            listed.insert(format!("{jurisdiction} {figure} {cell}").trim_end().to_owned());
        }
    }
    listed
}

#[test]
fn verdicts_on_random_linked_tables_are_those_of_all_worlds_listed() {
    let project = Project::new();
    let base = fs::read_to_string(repository().join("tests/editions/linked/spec.yaml")).unwrap();
    fs::create_dir_all(project.path("data/linked")).unwrap();
    let cases_wanted = std::env::var("PLATEN_SEEDS").map_or(40, |number| number.parse().unwrap());
    let config = Config { cases: cases_wanted, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let seen = std::cell::RefCell::new(BTreeMap::<&str, usize>::new());
    let count = |what| *seen.borrow_mut().entry(what).or_default() += 1;
    let outcome = runner.run(&cases(), |case| {
        project.write("data/linked/records.csv", case.csv());
        project.write(SPEC, case.spec(&base, false));
        let reports = published(&project, &case).expect("everything is accepted");
        let (told_by_worlds, listed) = (told(&case, &reports), listed(&project));
        assert_eq!(told_by_worlds, listed, "left: told by the worlds; right: listed by the audit");
        count(if listed.is_empty() { "nothing told" } else { "told" });
        project.write(SPEC, case.spec(&base, true));
        if let Some(reports) = published(&project, &case) {
            assert_eq!(told(&case, &reports), BTreeSet::new(), "the strict edition tells");
            count("strict");
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let seen = seen.borrow();
    let each = ["nothing told", "told", "strict"].map(|what| seen.get(what).copied().unwrap_or(0));
    assert!(each.iter().all(|times| *times >= 3), "{seen:?}");
}
