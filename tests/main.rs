//! Integration tests: the program as its user runs it, and the library by its public interface.
//!
//! `tests/README.md` says how to run one, add one, and accept a change.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod bad_data;
mod bad_pdf;
mod bad_spec;
mod boundaries;
mod circles;
mod codes;
mod command;
mod csv;
mod determinism;
mod disclosure;
mod editions;
mod figures;
mod fuzz;
mod labels;
mod languages;
mod layering;
mod outputs;
mod overlay;
mod pages;
mod parquet;
mod pdf_structure;
mod preflight;
mod press;
mod promise;
mod prose;
mod recipes;
mod release;
mod report_text;
mod review;
mod scalars;
mod schema;
mod scripts;
mod spec_input;
mod supply_chain;
mod support;
mod table_rules;
mod threshold_words;
mod variants;
