//! The public interface, by worked cases and by random tables. `tests/README.md` says how to add a case.

mod worked_cases;
