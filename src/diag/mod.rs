//! Findings: what is wrong, where it stands, and what to do about it.
//!
//! Every stage reports by [`Finding`]s, collected in [`Findings`] so that all faults of an input
//! are told at once. A finding has a stable kebab-case code (`spec::unknown-column`), a sentence in
//! lower case, a [`Place`] and one hint. Of a record it holds nothing but its code and its id, and no confidential count: save that
//! of an edition which would publish it, derived for who runs the program.

pub(crate) mod code;
mod finding;
mod findings;
mod first;
mod gather;
mod io;
mod limit;
mod nearest;
mod panics;
mod render;
mod source;

pub use code::Code;
pub use finding::{Finding, Place, Severity};
pub use findings::Findings;
pub use first::first_of;
pub use gather::gather;
pub use io::{UNSYNCED, describe_io_error, unsynced};
pub use limit::Tally;
pub use nearest::nearest;
pub use panics::{catch_panic, tell_panics_by_place};
pub use render::{printable, render, steers, turns};
pub use source::{SourceText, Sources};
