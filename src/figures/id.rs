//! What a figure is called in every publication, whatever words stand beside it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::boundaries::Geoid;
use crate::report_spec::CellKind;

use super::tables::RowRole;

/// Names a figure of a report by what the spec calls it.
///
/// Whose it is and of which period stands at the head of the report: a figure has the same name in all of them, so that one
/// publication can be compared with another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// Names a row of a table: its codes from the top down, and what it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// Names a figure that prose may print, as templates do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProseId {
    /// The total of a population in the jurisdiction: `figures.calls`.
    Total(String),
    /// The national total of a population: `national.calls`.
    National(String),
    /// A rank among the jurisdictions: `ranks.calls.position`.
    Rank {
        /// Its name.
        rank: String,
        /// What of it is printed.
        part: RankPart,
    },
}

/// What of a rank is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RankPart {
    /// The position as an ordinal.
    Position,
    /// The position as a bare number.
    Number,
    /// How many jurisdictions are ranked.
    Among,
}

impl RankPart {
    const ALL: [Self; 3] = [Self::Position, Self::Number, Self::Among];

    fn name(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Number => "number",
            Self::Among => "among",
        }
    }
}

impl ProseId {
    /// Returns the name of the population or of the rank.
    pub fn name(&self) -> &str {
        match self {
            Self::Total(name) | Self::National(name) | Self::Rank { rank: name, .. } => name,
        }
    }
}

impl fmt::Display for ProseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Total(name) => write!(f, "figures.{name}"),
            Self::National(name) => write!(f, "national.{name}"),
            Self::Rank { rank, part } => write!(f, "ranks.{rank}.{}", part.name()),
        }
    }
}

/// Says that a text names no figure of prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoFigure;

impl fmt::Display for NoFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a figure in prose is `figures.…`, `national.…` or `ranks.…`")
    }
}

impl FromStr for ProseId {
    type Err = NoFigure;

    fn from_str(text: &str) -> Result<Self, NoFigure> {
        let (kind, name) = text.split_once('.').ok_or(NoFigure)?;
        match kind {
            "figures" => Ok(Self::Total(name.to_owned())),
            "national" => Ok(Self::National(name.to_owned())),
            "ranks" => {
                let (rank, part) = name.rsplit_once('.').ok_or(NoFigure)?;
                let part = RankPart::ALL.into_iter().find(|own| own.name() == part).ok_or(NoFigure)?;
                Ok(Self::Rank { rank: rank.to_owned(), part })
            }
            _ => Err(NoFigure),
        }
    }
}

impl Serialize for ProseId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ProseId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for ProseId {
    fn schema_name() -> Cow<'static, str> {
        "ProseId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A figure in prose, as templates name it: `figures.cases`, `national.cases` or `ranks.cases.position`.",
            "type": "string",
            "pattern": r"^(figures\.|national\.|ranks\..*\.(position|number|among)$)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_in_prose_is_read_as_it_is_written() {
        let rank = |part| ProseId::Rank { rank: "calls".into(), part };
        for (text, id) in [
            ("figures.calls", ProseId::Total("calls".into())),
            ("national.calls", ProseId::National("calls".into())),
            ("ranks.calls.position", rank(RankPart::Position)),
            ("ranks.calls.number", rank(RankPart::Number)),
            ("ranks.calls.among", rank(RankPart::Among)),
        ] {
            assert_eq!((text.parse(), id.to_string().as_str()), (Ok(id.clone()), text));
        }
        for text in ["", "calls", "figure.calls", "ranks.calls", "ranks.calls.tied"] {
            assert_eq!(text.parse::<ProseId>(), Err(NoFigure), "{text}");
        }
    }

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
}
