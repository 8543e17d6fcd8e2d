//! platen: a publishing pipeline for official state reports.

pub mod boundaries;
pub mod cli;
pub mod compose;
pub mod data;
pub mod diag;
pub mod disclose;
pub mod map;
pub mod pipeline;
pub mod spec;
pub mod tabulate;
pub mod typeset;
pub mod unit;
