//! What is hidden beyond the rules of the tables, because the figures of a release would tell a small count together.

use std::collections::BTreeSet;

use crate::report_spec::{CodeId, JurisdictionId, TableId};

/// A row of a report's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub jurisdiction: JurisdictionId,
    pub table: TableId,
    pub code: CodeId,
    /// The row that it stands below.
    pub parent: Option<CodeId>,
}

/// Rows of a report's table that add up: all, or those below one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub jurisdiction: JurisdictionId,
    pub table: TableId,
    pub parent: Option<CodeId>,
}

/// Rows that are hidden and tables that are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Further {
    pub rows: BTreeSet<Row>,
    pub tables: BTreeSet<(JurisdictionId, TableId)>,
}

impl Further {
    /// Tells whether a row is hidden.
    pub(super) fn hides(&self, row: Row) -> bool {
        self.rows.contains(&row)
    }

    /// Tells whether a table is left out.
    pub(super) fn withholds(&self, jurisdiction: JurisdictionId, table: TableId) -> bool {
        self.tables.contains(&(jurisdiction, table))
    }
}
