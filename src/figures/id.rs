//! What a figure is called in every publication, whatever words stand beside it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::boundaries::Geoid;
use crate::report_spec::{CellKind, CodeId, Rows, Spec, Table};

use super::prose::ProseId;

/// Names a figure of a report by what the spec calls it.
///
/// Whose it is and of which period stands at the head of the report: a figure has the same name in all of them, so that one
/// publication can be compared with another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FigureId {
    /// A figure that prose may print.
    Prose(ProseId),
    /// A counter: its row, and what it counts whatever its number.
    Counter {
        /// Name of the row.
        row: String,
        /// Its name in the row.
        name: String,
    },
    /// A table as a whole.
    Table(String),
    /// A row of a table with all its cells.
    Row {
        /// Name of the table.
        table: String,
        /// The row.
        row: RowId,
    },
    /// A cell of a table.
    Cell {
        /// Name of the table.
        table: String,
        /// The row.
        row: RowId,
        /// What the cell holds.
        column: CellKind,
    },
    /// A county of a map.
    County {
        /// Name of the map.
        map: String,
        /// The county.
        county: Geoid,
    },
}

impl FigureId {
    /// Returns the name in the spec of what it stands in: a table, a map, a row of counters, a population or a rank.
    pub fn name(&self) -> &str {
        match self {
            Self::Prose(prose) => prose.name(),
            Self::Counter { row, .. } => row,
            Self::Table(table) | Self::Row { table, .. } | Self::Cell { table, .. } => table,
            Self::County { map, .. } => map,
        }
    }

    /// Returns what it stands in.
    pub fn place(&self) -> FigurePlace<'_> {
        match self {
            Self::Prose(_) => FigurePlace::Prose,
            Self::Counter { .. } => FigurePlace::Counters,
            Self::Table(table) | Self::Row { table, .. } | Self::Cell { table, .. } => FigurePlace::Table(table),
            Self::County { map, .. } => FigurePlace::Map(map),
        }
    }

    /// Returns its path within that: the codes of a row, a county, the name of a counter; empty where it is all of it.
    pub fn path(&self) -> String {
        match self {
            Self::Row { row, .. } | Self::Cell { row, .. } => row.to_string(),
            other => other.key().to_owned(),
        }
    }

    /// Returns the codes above those of a row.
    pub fn parent(&self) -> &[String] {
        match self {
            Self::Row { row, .. } | Self::Cell { row, .. } => row.parent(),
            _ => &[],
        }
    }

    /// Returns its key within that: the code of a row, a county, the name of a counter; empty where it is all of it.
    pub fn key(&self) -> &str {
        match self {
            Self::Prose(_) | Self::Table(_) => "",
            Self::Counter { name, .. } => name,
            Self::Row { row, .. } | Self::Cell { row, .. } => row.code(),
            Self::County { county, .. } => county.as_str(),
        }
    }
}

/// Writes `figures.calls`, `signals/Emails`, `reason/crisis`, `reason/crisis count` or `cases/09001`.
impl fmt::Display for FigureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prose(prose) => prose.fmt(f),
            Self::Counter { row, name } => write!(f, "{row}/{name}"),
            Self::Table(table) => f.write_str(table),
            Self::Row { table, row } => write!(f, "{table}/{row}"),
            Self::Cell { table, row, column } => write!(f, "{table}/{row} {}", column.name()),
            Self::County { map, county } => write!(f, "{map}/{county}"),
        }
    }
}

/// What a figure stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigurePlace<'a> {
    /// Running text.
    Prose,
    /// The counters.
    Counters,
    /// A table, by its name.
    Table(&'a str),
    /// A map, by its name.
    Map(&'a str),
}

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RowRole {
    /// A category.
    Row,
    /// A category with others below it.
    Subtotal,
    /// A category below another.
    Child,
    /// Several categories in one.
    Merged,
    /// The total.
    Total,
}

impl RowRole {
    /// Returns its name, as it is published.
    pub fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Subtotal => "subtotal",
            Self::Child => "child",
            Self::Merged => "merged",
            Self::Total => "total",
        }
    }
}

/// Names a row of a table: its codes from the top down, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowId {
    /// Its codes, from the top down.
    pub codes: Vec<String>,
    /// What it is.
    pub role: RowRole,
}

impl RowId {
    /// Names the row of a category below the codes of its parent.
    pub fn category(role: RowRole, parent: &[String], code: &str) -> Self {
        Self { codes: [parent, &[code.to_owned()]].concat(), role }
    }

    /// Names the row of a code of a table, below another one where it is.
    pub fn of(spec: &Spec, table: &Table, code: CodeId, parent: Option<CodeId>) -> Self {
        let top = &spec.lists[table.rows.list()].codes;
        match (&table.rows, parent) {
            (Rows::Tree { child_list, .. }, Some(parent)) => {
                let above = [top[parent].code.clone()];
                Self::category(RowRole::Child, &above, &spec.lists[*child_list].codes[code].code)
            }
            (Rows::Tree { .. }, None) => Self::category(RowRole::Subtotal, &[], &top[code].code),
            _ => Self::category(RowRole::Row, &[], &top[code].code),
        }
    }

    /// Names the row that takes in the small categories below a parent.
    pub fn merged(parent: &[String]) -> Self {
        Self::category(RowRole::Merged, parent, "(merged)")
    }

    /// Names the row of the total.
    pub fn total() -> Self {
        Self::category(RowRole::Total, &[], "(total)")
    }

    /// Returns its own code.
    pub fn code(&self) -> &str {
        self.codes.last().map_or("", String::as_str)
    }

    /// Returns the codes above its own.
    pub fn parent(&self) -> &[String] {
        self.codes.split_last().map_or(&[], |(_, parent)| parent)
    }
}

/// Writes its codes, as a data package does.
impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.codes.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_code_below_two_parents_are_two_figures_with_one_key() {
        let row = |parent: &str| FigureId::Row {
            table: "venue".into(),
            row: RowId::category(RowRole::Child, &[parent.into()], "other"),
        };
        assert_ne!(row("labor"), row("sex"));
        assert_eq!(
            (row("sex").to_string().as_str(), row("sex").name(), row("sex").key()),
            ("venue/sex/other", "venue", "other")
        );
    }

    #[test]
    fn every_kind_of_figure_has_its_text() {
        let table = || "reason".to_owned();
        let county = Geoid::new("09001").unwrap();
        let texts = [
            FigureId::Counter { row: "signals".into(), name: "Emails".into() },
            FigureId::Table(table()),
            FigureId::Row { table: table(), row: RowId::merged(&[]) },
            FigureId::Cell { table: table(), row: RowId::total(), column: CellKind::Percent },
            FigureId::County { map: "cases".into(), county },
        ]
        .map(|figure| figure.to_string());
        assert_eq!(texts, ["signals/Emails", "reason", "reason/(merged)", "reason/(total) percent", "cases/09001"]);
    }

    #[test]
    fn a_role_is_named_as_it_is_published() {
        for role in [RowRole::Row, RowRole::Subtotal, RowRole::Child, RowRole::Merged, RowRole::Total] {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
    }
}
