//! A proof of safety as a file: the model, and worlds that show every promised value.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::check::{Promise, World, WorldFault, check_worlds};
use crate::model::{Cell, Fact, Model, ModelError, Relation, Status};

/// What stands at the head of every proof.
const CONFIDENTIAL: &str =
    "Confidential: hidden counts can be read here. Keep this file as the records are kept, and out of every release.";

/// The form of the file; another one is refused.
const FORM: &str = "disclosure proof 1";

/// A model with worlds that prove it safe. Confidential.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    confidential: String,
    form: String,
    threshold: i64,
    promise: Promise,
    cells: Vec<ProofCell>,
    facts: Vec<ProofFact>,
    /// One complete table.
    base: Vec<i64>,
    /// For each further world the cells in which it differs from the base, with its counts.
    worlds: Vec<Vec<(usize, i64)>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofCell {
    id: String,
    /// All names of the count, where it stands in several places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    status: Status,
    /// The printed count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<i64>,
    lower: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upper: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    threshold: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProofFact {
    id: String,
    terms: Vec<(usize, i64)>,
    relation: Relation,
    constant: i64,
}

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProofError {
    /// It is of another form.
    Form {
        /// The form that it names.
        form: String,
    },
    /// Its model cannot be meant.
    Model(ModelError),
    /// A world names a cell that does not exist.
    Place {
        /// The world, from 0.
        world: usize,
    },
    /// A world does not fit, or a promised value is shown by none.
    World(WorldFault),
}

impl fmt::Display for ProofError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form { form } => write!(f, "the proof is of the form `{form}`, and `{FORM}` is read here"),
            Self::Model(error) => error.fmt(f),
            Self::Place { world } => write!(f, "world {world} names a cell that does not exist"),
            Self::World(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for ProofError {}

impl Proof {
    /// Makes a proof of a model and the worlds of its audit; `names` gives further names of a cell.
    pub fn of(model: &Model, worlds: &[World], promise: Promise, names: impl Fn(usize) -> Vec<String>) -> Self {
        let cells = model.cells().iter().enumerate().map(|(number, cell)| ProofCell {
            id: cell.id.clone(),
            names: names(number),
            status: cell.status,
            value: cell.value.filter(|_| !cell.is_hidden()),
            lower: cell.lower,
            upper: cell.upper,
            threshold: cell.threshold,
        });
        let facts = model.facts().iter().map(|fact| ProofFact {
            id: fact.id.clone(),
            terms: fact.terms.clone(),
            relation: fact.relation,
            constant: fact.constant,
        });
        let base = worlds.first().map(|World(counts)| counts.clone()).unwrap_or_default();
        let differs = |World(counts): &World| {
            let cells = counts.iter().zip(&base).enumerate();
            cells.filter(|(_, (count, base))| count != base).map(|(cell, (count, _))| (cell, *count)).collect()
        };
        Self {
            confidential: CONFIDENTIAL.to_owned(),
            form: FORM.to_owned(),
            threshold: model.threshold(),
            promise,
            cells: cells.collect(),
            facts: facts.collect(),
            worlds: worlds.iter().skip(1).map(differs).collect(),
            base,
        }
    }

    /// Checks the proof by adding up: every world agrees with every fact, and every promised value occurs.
    ///
    /// # Errors
    /// The first fault: [`ProofError`].
    pub fn check(&self) -> Result<Checked, ProofError> {
        if self.form != FORM {
            return Err(ProofError::Form { form: self.form.clone() });
        }
        let model = self.model().map_err(ProofError::Model)?;
        let mut worlds = vec![World(self.base.clone())];
        for (number, changes) in self.worlds.iter().enumerate() {
            let mut counts = self.base.clone();
            for (cell, count) in changes {
                *counts.get_mut(*cell).ok_or(ProofError::Place { world: number + 1 })? = *count;
            }
            worlds.push(World(counts));
        }
        check_worlds(&model, &worlds, self.promise).map_err(ProofError::World)?;
        Ok(Checked { cells: model.primaries().count(), facts: model.facts().len(), worlds: worlds.len() })
    }

    fn model(&self) -> Result<Model, ModelError> {
        let mut model = Model::new(self.threshold)?;
        for ProofCell { id, status, value, lower, upper, threshold, .. } in &self.cells {
            let cell = Cell::hidden(id.clone(), *value, *status).within(*lower, *upper);
            model.add_cell(Cell { threshold: *threshold, ..cell })?;
        }
        for ProofFact { id, terms, relation, constant } in &self.facts {
            let (id, terms) = (id.clone(), terms.clone());
            model.add_fact(Fact { id, place: String::new(), terms, relation: *relation, constant: *constant })?;
        }
        Ok(model)
    }
}

/// What a proof covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Protected counts.
    pub cells: usize,
    /// Facts that every world agrees with.
    pub facts: usize,
    /// Worlds.
    pub worlds: usize,
}
