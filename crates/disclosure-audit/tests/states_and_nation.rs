//! The tables of the benchmark: every count is kept, and proved.

use disclosure_audit::{Promise, Settings, Verdict, audit, check_worlds, suppress};

use crate::states::states;

#[test]
fn states_and_nation_are_suppressed_and_proved() {
    for seed in 0..4 {
        let (model, candidates) = states(seed);
        assert_eq!(model.cells().len(), 4_362);
        let before = audit(&model, &Settings::default()).unwrap();
        let count = |verdict: Verdict| before.cells.iter().filter(|cell| cell.verdict == Some(verdict)).count();
        assert!(count(Verdict::Exact) > 0 && count(Verdict::Unknown) == 0);

        let start = std::time::Instant::now();
        let found = suppress(&model, &candidates, Promise::FullRange, &Settings::default()).unwrap();
        assert!(found.exposed.is_empty(), "seed {seed}");
        assert!(found.report.is_full());
        check_worlds(&found.model, &found.report.worlds, Promise::FullRange).unwrap();
        let loss: i64 = found.hidden.iter().map(|&cell| model.cells()[cell].value.unwrap()).sum();
        println!("seed {seed}: {} primary, {} exact, {} narrowed; hidden {} with {loss} cases; {} worlds, {:?}",
            model.primaries().count(), count(Verdict::Exact), count(Verdict::Narrowed), found.hidden.len(), found.report.worlds.len(), start.elapsed());
    }
}
