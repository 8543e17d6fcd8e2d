//! The checker of safety proofs. It only adds up, and shares nothing with the search that found the worlds but the model.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Fact, Model, Relation};

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
    let kept = |cell: &usize| match promise {
        Promise::FullRange => shows_full_range(model, worlds, *cell),
        Promise::NoExact => shows_two_values(worlds, *cell),
    };
    match model.primaries().find(|cell| !kept(cell)) {
        Some(cell) => Err(WorldFault::Missing { cell: model.cells()[cell].id.clone() }),
        None => Ok(()),
    }
}

/// Tells whether complete tables show two values of a cell.
pub(crate) fn shows_two_values(worlds: &[World], cell: usize) -> bool {
    worlds.iter().any(|world| world.0[cell] != worlds[0].0[cell])
}

/// Tells whether complete tables show every value that is promised of a cell, and two at least.
pub(crate) fn shows_full_range(model: &Model, worlds: &[World], cell: usize) -> bool {
    let shown = |value: i64| worlds.iter().any(|world| world.0[cell] == value);
    shows_two_values(worlds, cell) && model.promised(cell).all(shown)
}

/// Checks that one world is a table that agrees with everything.
///
/// # Errors
/// The first fault found: [`WorldFault`]; a sum that leaves 128 bits is the fault of its fact.
pub(crate) fn check_world(model: &Model, number: usize, World(values): &World) -> Result<(), WorldFault> {
    if values.len() != model.cells().len() {
        return Err(WorldFault::Length { world: number });
    }
    for (cell, &value) in model.cells().iter().zip(values) {
        let kept = if cell.is_hidden() { cell.allows(value) } else { cell.value == Some(value) };
        if !kept {
            return Err(WorldFault::Cell { world: number, cell: cell.id.clone() });
        }
    }
    match model.facts().iter().find(|fact| !holds(fact, values)) {
        Some(fact) => Err(WorldFault::Fact { world: number, fact: fact.id.clone() }),
        None => Ok(()),
    }
}

/// Adds up a fact; a sum that leaves 128 bits proves nothing.
fn holds(fact: &Fact, values: &[i64]) -> bool {
    let constant = i128::from(fact.constant);
    let sum = fact.terms.iter().try_fold(0i128, |sum, &(cell, coefficient)| {
        sum.checked_add(i128::from(coefficient).checked_mul(i128::from(values[cell]))?)
    });
    sum.is_some_and(|sum| match fact.relation {
        Relation::Equal => sum == constant,
        Relation::AtLeast => sum >= constant,
        Relation::AtMost => sum <= constant,
    })
}
