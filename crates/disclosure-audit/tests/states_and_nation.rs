//! The tables of the benchmark: every count is kept, and proved.

use disclosure_audit::{Promise, Settings, Verdict, audit, check_worlds, suppress};

use crate::states::states;

#[test]
fn states_and_nation_are_suppressed_and_proved() {
    for seed in 0..8 {
        let (model, candidates) = states(seed);
        assert_eq!(model.cells().len(), 4_362);
        let before = audit(&model, &Settings::default()).unwrap();
        let count = |verdict: Verdict| before.cells.iter().filter(|cell| cell.verdict == Some(verdict)).count();
        assert!(count(Verdict::Exact) > 0 && count(Verdict::Narrowed) > 0 && count(Verdict::Unknown) == 0);

        let found = suppress(&model, &candidates, Promise::FullRange, &Settings::default()).unwrap();
        assert!(found.exposed.is_empty(), "seed {seed}");
        assert!(found.report.is_full());
        check_worlds(&found.model, &found.report.worlds, Promise::FullRange).unwrap();
        assert!(found.hidden.len() < candidates.len() / 10, "seed {seed}: {} are hidden", found.hidden.len());
    }
}

#[test]
fn the_same_tables_give_the_same_pattern_and_proof() {
    let run = || {
        let (model, candidates) = states(9);
        let found = suppress(&model, &candidates, Promise::FullRange, &Settings::default()).unwrap();
        (found.hidden, found.report.worlds)
    };
    assert_eq!(run(), run());
}

#[test]
fn nothing_hidden_could_be_published_again() {
    let (model, candidates) = states(9);
    let found = suppress(&model, &candidates, Promise::FullRange, &Settings::default()).unwrap();
    for &spared in found.hidden.iter().take(12) {
        let mut fewer = model.clone();
        found.hidden.iter().filter(|&&cell| cell != spared).for_each(|&cell| fewer.hide(cell));
        let report = audit(&fewer, &Settings { intervals: false, ..Settings::default() }).unwrap();
        assert!(!report.is_full(), "{} need not be hidden", model.cells()[spared].id);
    }
}
