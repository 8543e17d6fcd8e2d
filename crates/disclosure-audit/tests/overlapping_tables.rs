//! Tables whose populations overlap.

use disclosure_audit::{Promise, Settings, Verdict, audit, check_worlds, suppress};

use crate::overlapping::overlapping;

#[test]
fn overlapping_tables_are_suppressed_and_proved() {
    for (states, categories) in [(4, 4), (12, 5), (51, 8)] {
        let (model, candidates) = overlapping(5, states, categories);
        let settings = Settings { intervals: false, ..Settings::default() };
        let start = std::time::Instant::now();
        let before = audit(&model, &settings).unwrap();
        let count = |verdict: Verdict| before.cells.iter().filter(|cell| cell.verdict == Some(verdict)).count();
        println!("seed {states} states: {} cells, {} primary, {} exact, {} narrowed, {} unknown, {} worlds {:?}", model.cells().len(), model.primaries().count(),
            count(Verdict::Exact), count(Verdict::Narrowed), count(Verdict::Unknown), before.worlds.len(), start.elapsed());
        let start = std::time::Instant::now();
        let found = suppress(&model, &candidates, Promise::FullRange, &settings).unwrap();
        let loss: i64 = found.hidden.iter().map(|&cell| model.cells()[cell].value.unwrap()).sum();
        println!("seed hidden {} with {loss} cases of {}; exposed {}; {:?}", found.hidden.len(), candidates.len(), found.exposed.len(), start.elapsed());
        for cell in found.exposed.iter().take(3) {
            println!("seed exposed {} {:?}", model.cells()[*cell].id, found.report.cells.iter().find(|report| report.cell == *cell));
        }
        if found.exposed.is_empty() {
            check_worlds(&found.model, &found.report.worlds, Promise::FullRange).unwrap();
        }
    }
}
