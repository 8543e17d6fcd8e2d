//! Audits published counts in exact integers.
//!
//! Given cells (published or hidden), what their labels say, and every linear fact that a reader can know, it finds what that
//! reader can still tell of each hidden count, proves it, and picks further cells to hide until nothing is told. The steps:
//!
//! - [`Model`], [`Cell`], [`Fact`]: what is published, hidden and known; [`Case`] reads them from JSON
//! - [`audit`]: for every hidden cell the interval and the small values that occur, with a [`Verdict`]
//! - [`check_worlds`]: the checker of safety proofs, which only adds up
//! - [`Proof`]: worlds and model as a file
//! - [`derive()`]: for a cell that is not safe, the derivation that a person can follow
//! - [`suppress`] and [`cheapest_patterns`]: which further cells to hide
//! - [`Possible`]: which counts are possible together
//! - [`small_sums`], [`fixed_small_sums`]: sums of protected cells that follow and are small counts themselves, from one sum that
//!   is given or from all facts together
//! - [`count_tables`], [`real_intervals`]: how many tables agree; what a reader over real numbers sees
//!
//! No float decides anything: relaxations are solved over exact fractions, worlds are confirmed by adding up, and what the
//! limit of work leaves open is [`Verdict::Unknown`], to be taken as unsafe.
//!
//! Sources: Hundepool et al., *Handbook on Statistical Disclosure Control*, 2nd ed., ch. 4 and 5; Geurts (1992), *Heuristics for
//! cell suppression in tables*; Fischetti & Salazar (2001), *Solving the cell suppression problem on tabular data with linear
//! constraints*; Castro (2012), *Recent advances in optimization techniques for statistical tabular data protection*;
//! Langsrud (2024), *Secondary cell suppression by Gaussian elimination*; Daalmans & de Waal (2010) on sums that follow.

mod branch;
mod case;
mod check;
mod contradiction;
mod count;
mod derive;
mod diags;
mod fixed_sums;
mod line;
mod model;
mod network;
mod part;
mod possible;
mod presolve;
mod proof;
mod propagate;
mod ratio;
mod reader;
mod real;
mod repair;
mod search;
mod simplex;
mod sums;
mod suppress;
mod system;

pub use case::{Answer, AnswerCell, AnswerMinimal, COUNT_LIMIT, Case, CaseCell, CaseError, CaseFile, CaseLinear};
pub use case::{CaseSearch, CaseSum, PATTERN_LIMIT};
pub use check::{Promise, World, WorldFault, check_worlds};
pub use count::count_tables;
pub use derive::{Derivation, derive};
pub use diags::AuditError;
pub use fixed_sums::fixed_small_sums;
pub use model::{Cell, Fact, Model, ModelError, Relation, Status};
pub use possible::Possible;
pub use proof::{Checked, Proof, ProofError};
pub use reader::{CellReport, Report, Settings, Verdict, audit};
pub use real::{RealInterval, real_intervals};
pub use search::{Minimal, cheapest_patterns};
pub use sums::{SmallSum, small_sums};
pub use suppress::{Candidate, Suppression, suppress};
