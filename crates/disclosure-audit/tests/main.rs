//! The public interface, by worked cases and by random tables. `tests/README.md` says how to add a case.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod checker;
mod hostile;
#[path = "support/overlapping.rs"]
mod overlapping;
mod overlapping_tables;
mod random_tables;
mod refusals;
#[path = "support/states.rs"]
mod states;
mod states_and_nation;
mod sums;
mod worked_cases;
