//! The checker of safety proofs. It only adds up, and shares nothing with the search that found the worlds but the model.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Model, Relation};

/// Is a complete table: one count for each cell of a model, in its order. Confidential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct World(pub Vec<i64>);

/// Says what worlds have to show of every primary cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Promise {
    /// Every value under the threshold that its label allows, and two values at least.
    #[serde(rename = "full")]
    FullRange,
    /// At least two values.
    #[serde(rename = "exact")]
    NoExact,
}

/// Says why worlds prove nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldFault {
    /// A world has more or fewer counts than the model has cells.
    Length {
        /// Number of the world, from 0.
        world: usize,
    },
    /// A count is not the published one, negative, or not what the label allows.
    Cell {
        /// Number of the world, from 0.
        world: usize,
        /// The cell.
        cell: String,
    },
    /// A fact does not add up.
    Fact {
        /// Number of the world, from 0.
        world: usize,
        /// The fact.
        fact: String,
    },
    /// No world shows a value that the promise asks for.
    Missing {
        /// The cell.
        cell: String,
    },
}

impl fmt::Display for WorldFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { world } => write!(f, "world {world} is not a complete table"),
            Self::Cell { world, cell } => write!(f, "world {world} has a count that `{cell}` cannot have"),
            Self::Fact { world, fact } => write!(f, "world {world} does not add up in `{fact}`"),
            Self::Missing { cell } => write!(f, "no world shows every value that is promised of `{cell}`"),
        }
    }
}

impl std::error::Error for WorldFault {}

/// Checks that worlds prove the promise of every primary cell.
///
/// # Errors
/// The first fault found: [`WorldFault`].
///
/// # Example
/// ```
/// use disclosure_audit::{Cell, Fact, Model, Promise, Status, World, check_worlds};
///
/// let mut model = Model::new(2)?;
/// let total = model.add_cell(Cell::published("total", 1))?;
/// let parts = ["a", "b"].map(|id| Cell::hidden(id, None, Status::Primary));
/// let parts = [model.add_cell(parts[0].clone())?, model.add_cell(parts[1].clone())?];
/// model.add_fact(Fact::sum("sum", total, parts))?;
///
/// assert!(check_worlds(&model, &[World(vec![1, 0, 1]), World(vec![1, 1, 0])], Promise::FullRange).is_ok());
/// assert!(check_worlds(&model, &[World(vec![1, 0, 1]), World(vec![1, 1, 1])], Promise::FullRange).is_err());
/// # Ok::<(), disclosure_audit::ModelError>(())
/// ```
pub fn check_worlds(model: &Model, worlds: &[World], promise: Promise) -> Result<(), WorldFault> {
    for (number, world) in worlds.iter().enumerate() {
        check_world(model, number, world)?;
    }
    for cell in model.primaries() {
        let shown = |value: i64| worlds.iter().any(|world| world.0[cell] == value);
        let varies = worlds.iter().any(|world| world.0[cell] != worlds[0].0[cell]);
        if !varies || promise == Promise::FullRange && !model.promised(cell).all(shown) {
            return Err(WorldFault::Missing { cell: model.cells()[cell].id.clone() });
        }
    }
    Ok(())
}

fn check_world(model: &Model, number: usize, World(values): &World) -> Result<(), WorldFault> {
    if values.len() != model.cells().len() {
        return Err(WorldFault::Length { world: number });
    }
    for (cell, &value) in model.cells().iter().zip(values) {
        let kept = if cell.is_hidden() { cell.allows(value) } else { cell.value == Some(value) };
        if !kept {
            return Err(WorldFault::Cell { world: number, cell: cell.id.clone() });
        }
    }
    for fact in model.facts() {
        // A product of two numbers of 64 bits fits in 128; a sum of many of them need not.
        let mut terms =
            fact.terms.iter().map(|&(cell, coefficient)| i128::from(coefficient) * i128::from(values[cell]));
        let Some(sum) = terms.try_fold(0i128, i128::checked_add) else {
            return Err(WorldFault::Fact { world: number, fact: fact.id.clone() });
        };
        let constant = i128::from(fact.constant);
        let kept = match fact.relation {
            Relation::Equal => sum == constant,
            Relation::AtLeast => sum >= constant,
            Relation::AtMost => sum <= constant,
        };
        if !kept {
            return Err(WorldFault::Fact { world: number, fact: fact.id.clone() });
        }
    }
    Ok(())
}
