//! 51 states × 6 tables and the nation, 4,362 cells: audited, suppressed and proved. `cargo bench -p disclosure-audit`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

#[path = "../tests/support/overlapping.rs"]
mod overlapping;
#[path = "../tests/support/states.rs"]
mod states;

use disclosure_audit::{Promise, Settings, audit, check_worlds, suppress};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 2, 3])]
fn audit_primary_suppression(bencher: Bencher, seed: u64) {
    let (model, _) = states::states(seed);
    bencher.bench_local(|| audit(black_box(&model), &Settings::default()).unwrap());
}

#[divan::bench(args = [1, 2, 3])]
fn suppress_and_prove(bencher: Bencher, seed: u64) {
    let (model, candidates) = states::states(seed);
    bencher.bench_local(|| {
        let found = suppress(black_box(&model), &candidates, Promise::FullRange, &Settings::default()).unwrap();
        assert!(found.exposed.is_empty() && found.report.is_full());
        check_worlds(&found.model, &found.report.worlds, Promise::FullRange).unwrap();
        found
    });
}

/// 2,628 cells in one part that is no network.
#[divan::bench(args = [1, 2, 3], sample_count = 5)]
fn audit_overlapping_tables(bencher: Bencher, seed: u64) {
    let (model, _) = overlapping::overlapping(seed, 51, 8);
    let settings = Settings { intervals: false, ..Settings::default() };
    bencher.bench_local(|| audit(black_box(&model), &settings).unwrap());
}
