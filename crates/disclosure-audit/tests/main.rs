//! The public interface, by worked cases and by random tables. `tests/README.md` says how to add a case.

mod checker;
mod random_tables;
mod states_and_nation;
#[path = "support/states.rs"]
mod states;
mod worked_cases;
