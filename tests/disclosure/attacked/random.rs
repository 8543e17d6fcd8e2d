//! Random records of small editions: whatever is released tells a reader nothing.

use super::super::links::{ALL_REPORT, FOUR_CHANNELS};
use super::super::{edition, records, signals};
use super::Project;
use super::links::{
    FLAGS_OF_A_PART, FLAGS_OF_X_OR_Y, KNOWS_THE_PROGRAM, NO_COUNTERS, SHOW_FLAGS_OF_A_PART, assert_nothing_is_told,
    is_refused,
};

/// How often the records of each edition are drawn: `PLATEN_SEEDS`, or a few.
fn seeds() -> u64 {
    std::env::var("PLATEN_SEEDS").map_or(10, |number| number.parse().unwrap())
}

/// Numbers that look random and are the same in every run (Steele, Lea and Flood 2014, SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    /// Mostly small, now and then large.
    fn count(&mut self) -> usize {
        let end = [2, 4, 9][self.below(3) as usize];
        self.below(end) as usize
    }
}

fn random_cases(draw: &mut Draw) -> Vec<(&'static str, String)> {
    let places = ["x,p", "x,q", "y,s", "y,t", "y,u", "z,u"];
    let counts: Vec<(usize, String)> = (0..8)
        .map(|_| {
            let kind = ["a", "a", "b", "b", "c", "d"][draw.below(6) as usize];
            let place = places[draw.below(6) as usize];
            let flags = ["true,true", "true,false", "true,false", "false,false"][draw.below(4) as usize];
            (draw.count(), format!("{kind},{place},{flags}"))
        })
        .collect();
    records(&counts.iter().map(|(count, record)| (*count, record.as_str())).collect::<Vec<_>>())
}

fn random_signals(draw: &mut Draw) -> Vec<(&'static str, String)> {
    let mut counts = Vec::new();
    for state in ["NM", "TX", "VT"] {
        for channel in ["chat", "text", "mail", "fax"] {
            counts.push((state, channel, draw.count() + draw.count()));
        }
    }
    signals(&counts)
}

type Draws = fn(&mut Draw) -> Vec<(&'static str, String)>;

/// Releases editions of random records, which are refused or tell nothing; enough must be released.
fn try_seeds(base: &'static str, edits: &[(&str, &str)], draws: Draws, seeds: u64, options: &[&str]) {
    let mut released: Vec<(&str, &str, Project)> = Vec::new();
    let names: Vec<String> = (0..seeds).map(|seed| format!("seed {seed} of {base}")).collect();
    for (seed, name) in names.iter().enumerate() {
        let project = edition(base, edits, &draws(&mut Draw(seed as u64)));
        if !is_refused(name, base, &project) {
            released.push((name, base, project));
        }
    }
    assert_nothing_is_told(&released, options);
    assert!(!released.is_empty(), "none of {} was released", names.len());
}

#[test]
fn random_records_of_the_strict_edition_tell_nothing() {
    try_seeds("strict", &[], random_cases, seeds(), &KNOWS_THE_PROGRAM);
}

#[test]
fn random_records_of_two_flag_tables_of_overlapping_parts_tell_nothing() {
    let of_x_or_z =
        ("    where: { column: type, in: [x, y] }\n    rows:", "    where: { column: type, in: [x, z] }\n    rows:");
    let edits = [FLAGS_OF_A_PART, of_x_or_z, FLAGS_OF_X_OR_Y, SHOW_FLAGS_OF_A_PART];
    try_seeds("strict", &edits, random_cases, seeds(), &KNOWS_THE_PROGRAM);
}

#[test]
fn random_signals_of_states_and_their_nation_tell_nothing() {
    try_seeds("nation", &[FOUR_CHANNELS], random_signals, seeds(), &KNOWS_THE_PROGRAM);
    // Where every state reports most are refused; who knows where the rule stops in each report may still rule out a count of zero.
    try_seeds("nation", &[ALL_REPORT, FOUR_CHANNELS, NO_COUNTERS], random_signals, 2 * seeds(), &["--insider"]);
}
