//! Figures that may be published.
//!
//! Fields are private to this stage: whoever holds a value of these types holds something safe.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::boundaries::Geoid;
use crate::figures::RowRole;
use crate::report_spec::{ClassId, CodeId, CounterRowId, JurisdictionId, MapId, PopulationId, TableId, TiSlice, TiVec};

/// Everything published of one jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub(super) jurisdiction: JurisdictionId,
    pub(super) figures: TiVec<PopulationId, SafeFigure>,
    pub(super) national: TiVec<PopulationId, Option<SafeFigure>>,
    pub(super) ranks: Vec<Option<SafeRank>>,
    pub(super) counters: TiVec<CounterRowId, Vec<SafeFigure>>,
    pub(super) tables: TiVec<TableId, SafeTable>,
    pub(super) maps: TiVec<MapId, SafeMap>,
}

impl Published {
    /// Leaves a table out; says whether it was left out before.
    pub(super) fn withhold(&mut self, table: TableId) -> bool {
        self.tables[table].rows.clear();
        std::mem::replace(&mut self.tables[table].is_withheld, true)
    }

    /// Returns the jurisdiction.
    pub fn jurisdiction(&self) -> JurisdictionId {
        self.jurisdiction
    }

    /// Returns the totals of the populations.
    pub fn figures(&self) -> &TiSlice<PopulationId, SafeFigure> {
        &self.figures
    }

    /// Returns the national totals, where they are known.
    pub fn national(&self) -> &TiSlice<PopulationId, Option<SafeFigure>> {
        &self.national
    }

    /// Returns the ranks, where the jurisdiction has one that may be told.
    pub fn ranks(&self) -> &[Option<SafeRank>] {
        &self.ranks
    }

    /// Returns the counters by row.
    pub fn counters(&self) -> &TiSlice<CounterRowId, Vec<SafeFigure>> {
        &self.counters
    }

    /// Returns the tables.
    pub fn tables(&self) -> &TiSlice<TableId, SafeTable> {
        &self.tables
    }

    /// Returns the maps.
    pub fn maps(&self) -> &TiSlice<MapId, SafeMap> {
        &self.maps
    }
}

/// A single figure: shown, or hidden for being small.
///
/// Nothing outside this stage makes one:
///
/// ```compile_fail,E0423
/// let figure = platen::confidential::SafeFigure(Some(1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SafeFigure(pub(super) Option<u64>);

impl SafeFigure {
    /// Returns the figure where it is shown.
    pub fn shown(self) -> Option<u64> {
        self.0
    }
}

/// A rank that may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SafeRank {
    pub(super) position: u64,
    pub(super) tied: bool,
    pub(super) among: u64,
}

impl SafeRank {
    /// Returns the position, 1 for the highest count.
    pub fn position(self) -> u64 {
        self.position
    }

    /// Tells whether another jurisdiction shares the position.
    pub fn tied(self) -> bool {
        self.tied
    }

    /// Returns how many jurisdictions are ranked.
    pub fn among(self) -> u64 {
        self.among
    }
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum SafeCell {
    /// A count or a percent that is shown.
    Shown {
        /// The count; none in a percent's cell.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<u64>,
        /// As printed.
        text: String,
    },
    /// Words that stand for a hidden figure.
    Hidden {
        /// The words.
        text: String,
        /// What the words say the count is less than, where they do.
        #[serde(skip)]
        under: Option<u64>,
    },
    /// Nothing.
    Empty,
}

impl SafeCell {
    /// Returns what is printed.
    pub fn text(&self) -> &str {
        match self {
            Self::Shown { text, .. } | Self::Hidden { text, .. } => text,
            Self::Empty => "",
        }
    }
}

/// Names the label of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowLabel {
    /// A code of the table's (upper) list.
    Code(CodeId),
    /// A code of the list below.
    Child(CodeId),
    /// The merged row; in a hierarchical table, below this parent.
    Merged(Option<CodeId>),
    /// The merged row of the parents themselves.
    MergedParents,
    /// The total.
    Total,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeRow {
    pub(super) role: RowRole,
    pub(super) label: RowLabel,
    pub(super) count: SafeCell,
    pub(super) percent: SafeCell,
    pub(super) label_note: Option<String>,
    pub(super) count_note: Option<String>,
}

impl SafeRow {
    /// Returns what the row is.
    pub fn role(&self) -> RowRole {
        self.role
    }

    /// Names its label.
    pub fn label(&self) -> &RowLabel {
        &self.label
    }

    /// Returns its count cell.
    pub fn count(&self) -> &SafeCell {
        &self.count
    }

    /// Returns its percent cell.
    pub fn percent(&self) -> &SafeCell {
        &self.percent
    }

    /// Returns the note whose marker follows the label because of the small-count rule.
    pub fn label_note(&self) -> Option<&str> {
        self.label_note.as_deref()
    }

    /// Returns the note whose marker follows the count.
    pub fn count_note(&self) -> Option<&str> {
        self.count_note.as_deref()
    }
}

/// A table whose small counts are protected by its rule.
///
/// Nothing outside this stage makes one:
///
/// ```compile_fail,E0451
/// let table = platen::confidential::SafeTable { table: platen::report_spec::TableId::from(0), rows: Vec::new(), total_shown: true, is_withheld: false };
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeTable {
    pub(super) table: TableId,
    pub(super) rows: Vec<SafeRow>,
    /// The table's total may be told; where it is hidden, so are all counts of the table.
    pub(super) total_shown: bool,
    /// The table is left out, since its figures would tell a small count of another one.
    pub(super) is_withheld: bool,
}

impl SafeTable {
    /// Returns the table.
    pub fn table(&self) -> TableId {
        self.table
    }

    /// Tells whether the table is left out, since its figures would tell a small count of another one.
    pub fn is_withheld(&self) -> bool {
        self.is_withheld
    }

    /// Returns the rows from top to bottom.
    pub fn rows(&self) -> &[SafeRow] {
        &self.rows
    }
}

/// A map: for each county at or above the threshold, its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeMap {
    pub(super) map: MapId,
    pub(super) classes: BTreeMap<Geoid, ClassId>,
}

impl SafeMap {
    /// Returns the map.
    pub fn map(&self) -> MapId {
        self.map
    }

    /// Returns the class of each shaded county; a county not in it has fewer than the threshold.
    pub fn classes(&self) -> &BTreeMap<Geoid, ClassId> {
        &self.classes
    }
}
