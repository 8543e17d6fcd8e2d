//! Tables whose populations overlap: no network, so repair, windows and branching are at work.

use disclosure_audit::{Promise, Settings, Verdict, audit, check_worlds, derive, suppress};

use crate::overlapping::overlapping;

const SETTINGS: Settings = Settings { intervals: false, ..Settings::DEFAULT };

#[test]
fn overlapping_tables_are_suppressed_and_proved() {
    for (seed, states, categories) in [(5, 4, 4), (6, 6, 4), (5, 12, 5)] {
        let (model, candidates) = overlapping(seed, states, categories);
        let before = audit(&model, &SETTINGS).unwrap();
        assert!(!before.is_full());
        let found = suppress(&model, &candidates, Promise::FullRange, &SETTINGS).unwrap();
        assert!(found.exposed.is_empty(), "seed {seed}");
        check_worlds(&found.model, &found.report.worlds, Promise::FullRange).unwrap();
        assert!(found.hidden.len() < candidates.len() / 2, "seed {seed}: {} are hidden", found.hidden.len());
    }
}

#[test]
fn nothing_stays_unknown_in_a_nation_of_overlapping_tables() {
    let (model, _) = overlapping(5, 51, 8);
    let report = audit(&model, &SETTINGS).unwrap();
    let count = |verdict: Verdict| report.cells.iter().filter(|cell| cell.verdict == Some(verdict)).count();
    assert_eq!(count(Verdict::Unknown), 0);
    assert!(count(Verdict::Exact) > 0 && count(Verdict::Full) > 0);
}

#[test]
fn a_small_share_of_the_work_suffices_for_a_nation() {
    let (model, _) = overlapping(5, 60, 14);
    assert!(model.cells().len() > 5_000);
    let report = audit(&model, &Settings { work: Settings::DEFAULT.work / 20, ..SETTINGS }).unwrap();
    assert!(report.cells.iter().all(|cell| cell.verdict != Some(Verdict::Unknown)));
}

#[test]
fn what_is_exact_in_overlapping_tables_is_derived() {
    let (model, _) = overlapping(5, 51, 8);
    let report = audit(&model, &SETTINGS).unwrap();
    let exact: Vec<_> = report.cells.iter().filter(|cell| cell.verdict == Some(Verdict::Exact)).collect();
    for cell in exact {
        let found = derive(&model, cell, &SETTINGS).unwrap().unwrap();
        assert!(!found.lines.is_empty() && !found.facts.is_empty());
    }
}
