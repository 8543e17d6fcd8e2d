//! What a figure in prose is called, in templates and in published tables.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

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
}
