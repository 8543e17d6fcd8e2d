//! Linked tables: what the figures of a release tell together.
//!
//! Takes what every report publishes; gives the hidden figures of which a reader can tell more than their words say, each with what
//! tells it. Whoever reads one report takes its tables, counters, texts and maps together, and whoever has all reports takes them
//! together with what is said of the nation. How figures are linked is derived from the conditions of the spec ([`shape`]); what
//! stands on the pages is read from the protected figures ([`reading`]); the audit solves it in integers (`disclosure-audit`).

mod answered;
mod base;
mod classes;
mod counties;
mod guess;
mod linking;
mod model;
mod names;
mod nation;
mod printed;
mod proofs;
mod ranks;
mod reading;
mod seen;
mod shape;
mod suppress;

pub(super) use linking::{Linked, Linking, Open, Told};
pub(super) use model::Scope;
pub(super) use proofs::Proofs;
