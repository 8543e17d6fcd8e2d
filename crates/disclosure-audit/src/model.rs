//! What was published, what is hidden, and what a reader knows of both.
//!
//! Takes cells and facts one by one and refuses what cannot be meant: two cells of one name, a published cell without a
//! value, bounds that leave nothing, a count that its own label denies. A model never changes once it is built, except that further cells are hidden.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Says how a cell was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The value is printed.
    Published,
    /// Hidden because its count is small: the promise is about these cells.
    Primary,
    /// Hidden so that others stay hidden; its own count may follow.
    Secondary,
    /// Never printed and never promised anything, as "state unknown".
    Hidden,
}

/// Is one count: printed or not, with what its label says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Name, unique within the model.
    pub id: String,
    /// The count itself. Needed where it is published; elsewhere it only speeds up the search for worlds.
    pub value: Option<i64>,
    /// How it was published.
    pub status: Status,
    /// Least count that the label allows; not negative.
    pub lower: i64,
    /// Greatest count that the label allows, if it names one.
    pub upper: Option<i64>,
    /// Counts under it are protected here; that of the model where there is none.
    pub threshold: Option<i64>,
}

impl Cell {
    /// Makes a printed count.
    pub fn published(id: impl Into<String>, value: i64) -> Self {
        Self { id: id.into(), value: Some(value), status: Status::Published, lower: 0, upper: None, threshold: None }
    }

    /// Makes a hidden count whose label says nothing but that it is a count.
    pub fn hidden(id: impl Into<String>, value: Option<i64>, status: Status) -> Self {
        Self { id: id.into(), value, status, lower: 0, upper: None, threshold: None }
    }

    /// Says what its label tells: at least `lower`, at most `upper`.
    #[must_use]
    pub fn within(self, lower: i64, upper: Option<i64>) -> Self {
        Self { lower, upper, ..self }
    }

    /// Says that counts under a threshold of its own are protected here.
    #[must_use]
    pub fn under(self, threshold: i64) -> Self {
        Self { threshold: Some(threshold), ..self }
    }

    /// Tells whether the reader sees no count here.
    pub fn is_hidden(&self) -> bool {
        self.status != Status::Published
    }

    pub(crate) fn allows(&self, value: i64) -> bool {
        self.lower <= value && self.upper.is_none_or(|upper| value <= upper)
    }
}

/// Says how the sum of a fact's terms stands to its constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// Equal to it.
    #[serde(rename = "==", alias = "=")]
    Equal,
    /// At least as much.
    #[serde(rename = ">=")]
    AtLeast,
    /// At most as much.
    #[serde(rename = "<=")]
    AtMost,
}

/// Is one linear fact about counts that a reader knows: `Σ coefficient · cell (= | ≥ | ≤) constant`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Name of the fact.
    pub id: String,
    /// Where it is read: table, row, line of the spec; free text, may be empty.
    pub place: String,
    /// Positions of cells in [`Model::cells`], with coefficients; a cell named twice counts twice.
    pub terms: Vec<(usize, i64)>,
    /// How the sum stands to the constant.
    pub relation: Relation,
    /// What the sum is compared with.
    pub constant: i64,
}

impl Fact {
    /// Makes the fact that `parts` add up to `total`.
    pub fn sum(id: impl Into<String>, total: usize, parts: impl IntoIterator<Item = usize>) -> Self {
        let mut terms = vec![(total, 1)];
        terms.extend(parts.into_iter().map(|part| (part, -1)));
        Self { id: id.into(), place: String::new(), terms, relation: Relation::Equal, constant: 0 }
    }

    /// Says where the fact is read.
    #[must_use]
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { place: place.into(), ..self }
    }
}

/// No threshold may be larger: every value under it is looked for one by one.
const LARGEST_THRESHOLD: i64 = 1_000;

/// No number of a model may be larger, so that sums of many stay within 64 bits.
const LARGEST: i64 = 1 << 47;

/// Is everything that one audit looks at.
#[derive(Clone, Debug)]
pub struct Model {
    threshold: i64,
    cells: Vec<Cell>,
    facts: Vec<Fact>,
    names: HashMap<String, usize>,
}

impl Model {
    /// Makes a model without cells; counts under `threshold` are protected.
    ///
    /// # Errors
    /// [`ModelError::Threshold`] if the threshold is under 1, which would protect nothing, or over 1,000.
    pub fn new(threshold: i64) -> Result<Self, ModelError> {
        check_threshold(threshold)?;
        Ok(Self { threshold, cells: Vec::new(), facts: Vec::new(), names: HashMap::new() })
    }

    /// Adds a cell and gives its position.
    ///
    /// # Errors
    /// A name that is taken, a published cell without a value, a negative lower bound or bounds that leave nothing, a value
    /// that the label does not allow.
    pub fn add_cell(&mut self, cell: Cell) -> Result<usize, ModelError> {
        if cell.status == Status::Published && cell.value.is_none_or(|value| value < 0) {
            return Err(ModelError::NoValue { cell: cell.id });
        }
        if let Some(threshold) = cell.threshold {
            check_threshold(threshold)?;
        }
        if cell.lower < 0 || cell.upper.is_some_and(|upper| upper < cell.lower) {
            return Err(ModelError::Bounds { cell: cell.id });
        }
        if [Some(cell.lower), cell.upper, cell.value].into_iter().flatten().any(|number| number > LARGEST) {
            return Err(ModelError::TooLarge { name: cell.id });
        }
        if cell.value.is_some_and(|value| !cell.allows(value)) {
            return Err(ModelError::Label { cell: cell.id });
        }
        let position = self.cells.len();
        let Entry::Vacant(name) = self.names.entry(cell.id.clone()) else {
            return Err(ModelError::Twice { cell: cell.id });
        };
        name.insert(position);
        self.cells.push(cell);
        Ok(position)
    }

    /// Adds a fact.
    ///
    /// # Errors
    /// [`ModelError::Unknown`] if it names a position that no cell has; [`ModelError::TooLarge`] past 2^47.
    pub fn add_fact(&mut self, fact: Fact) -> Result<(), ModelError> {
        if let Some((cell, _)) = fact.terms.iter().find(|(cell, _)| *cell >= self.cells.len()) {
            return Err(ModelError::Unknown { fact: fact.id, cell: format!("number {cell}") });
        }
        let mut numbers = fact.terms.iter().map(|&(_, coefficient)| coefficient).chain([fact.constant]);
        if numbers.any(|number| !(-LARGEST..=LARGEST).contains(&number)) {
            return Err(ModelError::TooLarge { name: fact.id });
        }
        self.facts.push(fact);
        Ok(())
    }

    /// Gives the position of a cell by its name.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.names.get(id).copied()
    }

    /// Counts under this number are protected, where a cell has no threshold of its own.
    pub fn threshold(&self) -> i64 {
        self.threshold
    }

    /// Counts under this number are protected in a cell.
    pub fn threshold_of(&self, cell: usize) -> i64 {
        self.cells[cell].threshold.unwrap_or(self.threshold)
    }

    /// All cells, in the order in which they were added.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// All facts, in the order in which they were added.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Positions of the cells that the promise is about.
    pub fn primaries(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cells.len()).filter(|&cell| self.cells[cell].status == Status::Primary)
    }

    /// Hides a published cell as a secondary one; a cell that is hidden already stays as it is.
    pub fn hide(&mut self, cell: usize) {
        if self.cells[cell].status == Status::Published {
            self.cells[cell].status = Status::Secondary;
        }
    }

    /// Takes the promise from a primary cell: what it discloses is accepted.
    pub fn waive(&mut self, cell: usize) {
        if self.cells[cell].status == Status::Primary {
            self.cells[cell].status = Status::Secondary;
        }
    }

    /// The values under the threshold that the label of a cell leaves open: what full range asks for.
    pub fn promised(&self, cell: usize) -> std::ops::Range<i64> {
        let Cell { lower, upper, .. } = self.cells[cell];
        let threshold = self.threshold_of(cell);
        let end = upper.map_or(threshold, |upper| threshold.min(upper.saturating_add(1)));
        lower.min(end)..end
    }
}

fn check_threshold(threshold: i64) -> Result<(), ModelError> {
    if (1..=LARGEST_THRESHOLD).contains(&threshold) { Ok(()) } else { Err(ModelError::Threshold { threshold }) }
}

/// Says what a model cannot hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// The threshold protects nothing, or more than can be looked through.
    Threshold {
        /// As it was given.
        threshold: i64,
    },
    /// Two cells have one name.
    Twice {
        /// The name.
        cell: String,
    },
    /// A published cell has no value, or a negative one.
    NoValue {
        /// The cell.
        cell: String,
    },
    /// A lower bound is negative or above the upper one.
    Bounds {
        /// The cell.
        cell: String,
    },
    /// The value of a cell is none that its label allows.
    Label {
        /// The cell.
        cell: String,
    },
    /// A number of a cell or fact is beyond 2^47.
    TooLarge {
        /// The cell or fact.
        name: String,
    },
    /// A fact or a search names a cell that does not exist.
    Unknown {
        /// The fact, or what else names it.
        fact: String,
        /// The name that no cell has.
        cell: String,
    },
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Threshold { threshold } => {
                write!(f, "the threshold {threshold} is not among 1 to {LARGEST_THRESHOLD}")
            }
            Self::Twice { cell } => write!(f, "two cells are named `{cell}`"),
            Self::NoValue { cell } => write!(f, "published cell `{cell}` has no value of 0 or more"),
            Self::Bounds { cell } => write!(f, "the bounds of cell `{cell}` leave no count of 0 or more"),
            Self::Label { cell } => write!(f, "the count of cell `{cell}` is none that its label allows"),
            Self::TooLarge { name } => write!(f, "a number of `{name}` is too large for a count"),
            Self::Unknown { fact, cell } => write!(f, "`{fact}` names the cell `{cell}`, which does not exist"),
        }
    }
}

impl std::error::Error for ModelError {}
