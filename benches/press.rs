//! What press files cost beside the typesetting of their pages: prints both, and their ratio.
//!
//! Usage: `cargo bench --bench press [-- SPEC [ROUNDS]]`. Each round typesets the press pages of all reports alone,
//! and then makes, checks and publishes all press files of the same reports; nothing is remembered in between.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "the figures are the result")]

use std::path::Path;
use std::time::{Duration, Instant};

use platen::diag::Sources;
use platen::pipeline::Edition;
use platen::press::{self, PrintJob};
use platen::report_spec::Places;
use platen::typeset;

fn main() {
    // Cargo itself hands on `--bench`.
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let spec = words.next().unwrap_or_else(|| "config/nhth-2016-national.yaml".into());
    let rounds = words.next().map_or(5, |rounds| rounds.parse().unwrap());
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::default();
    let profile = press::load(&repository.join("config/press/us-letter-offset.yaml"), &mut sources).ok().unwrap();
    let edition = Edition::load(&repository.join(spec), &Places::default(), &[], &mut sources).ok().unwrap();
    let job = PrintJob { name: "bench".into(), revision: "1".into() };
    let (mut typeset, mut all) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        typeset = typeset.min(timed(|| drop(edition.press_reports().ok().unwrap())));
        let out = tempfile::tempdir().unwrap();
        all = all.min(timed(|| drop(edition.press(&profile, &job, out.path()).ok().unwrap())));
    }
    println!("reports                                  {:>8}", edition.published.len());
    println!("typesetting of the press pages alone     {:>8.3} s", typeset.as_secs_f64());
    println!("pages and sheets, checked and published  {:>8.3} s", all.as_secs_f64());
    println!("ratio (fastest of {rounds} rounds each)        {:>8.2}", all.as_secs_f64() / typeset.as_secs_f64());
}

/// Measures what a step takes when the typesetter remembers nothing.
fn timed(step: impl FnOnce()) -> Duration {
    typeset::forget(0);
    let start = Instant::now();
    step();
    start.elapsed()
}
