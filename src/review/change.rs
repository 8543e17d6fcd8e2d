//! What changed, and where.

use serde::Serialize;

use crate::figures::FigureId;

use super::cause::CauseId;
use super::content::Spot;
use super::kind::Kind;

/// A group of changes that follow from another, which a list may fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Group {
    /// A percent moved, and its count did not: its base did.
    Rounding,
    /// A number moved because a note was added or taken away before it.
    Renumbering,
    /// A figure is the same and written otherwise.
    Format,
}

impl Group {
    /// All groups, in the order in which lists end with them.
    pub const ALL: [Self; 3] = [Self::Rounding, Self::Renumbering, Self::Format];

    /// What the group is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Rounding => "Rounding",
            Self::Renumbering => "Renumbering",
            Self::Format => "Format",
        }
    }

    /// What its members are.
    pub fn words(self) -> &'static str {
        match self {
            Self::Rounding => "percents of counts that did not change",
            Self::Renumbering => "numbers of notes",
            Self::Format => "figures that are written otherwise",
        }
    }
}

/// Where a change is, in the words of the report.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Place {
    /// The heading above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Title of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Label of the row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Head of the column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Spot>,
    /// Where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Spot>,
}

impl Place {
    /// Says where it is: table, row and column, or the heading; and the page.
    pub fn words(&self) -> String {
        let names = [&self.table, &self.row, &self.column].into_iter().flatten();
        let names: Vec<&str> = names.map(String::as_str).collect();
        let words = if names.is_empty() { self.heading.clone().unwrap_or_default() } else { names.join(" › ") };
        match self.new.or(self.old) {
            Some(spot) if words.is_empty() => format!("page {}", spot.page + 1),
            Some(spot) => format!("{words}, page {}", spot.page + 1),
            None => words,
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What kind it is.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
    /// The figure that changed, as the old edition names it and as the new one does.
    #[serde(skip)]
    pub figures: [Option<FigureId>; 2],
    /// All places where it shows, as they were and as they are.
    #[serde(skip)]
    pub(super) covered: [Vec<Spot>; 2],
    /// What was printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// By how much a figure moved, or how far a thing, in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<f64>,
    /// What it follows from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
    /// In how many places the same change is.
    pub places: usize,
    /// The causes that it can follow from, among those of the review.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<CauseId>,
    /// The records behind it, where both editions' case data were given: confidential.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Traced>,
}

/// What became of a record between two editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RecordChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It counts to another jurisdiction or county.
    Moved,
    /// It has another code.
    Recoded,
    /// It is what it was, and another rule counts it.
    Recounted,
}

/// A record that a changed figure counts in one edition and not in the other: confidential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Traced {
    /// What became of it.
    #[serde(rename = "fate")]
    pub change: RecordChange,
    /// The source that it stands in.
    pub source: String,
    /// Its identifier.
    pub record: String,
    /// The figure counts it in the new edition; else it did in the old one.
    pub counts: bool,
    /// Its values that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

impl Traced {
    /// Says what became of the record.
    pub fn words(&self) -> String {
        let change = match self.change {
            RecordChange::Added => "added",
            RecordChange::Removed => "removed",
            RecordChange::Moved => "moved",
            RecordChange::Recoded => "re-coded",
            RecordChange::Recounted => "unchanged, and counted by another rule",
        };
        let values = self.values.iter().map(|value| {
            let or_empty = |text: &str| if text.is_empty() { "(empty)".to_owned() } else { text.to_owned() };
            format!("{} {} → {}", value.column, or_empty(&value.before), or_empty(&value.after))
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let sign = if self.counts { '+' } else { '−' };
        let gap = if values.is_empty() { "" } else { ": " };
        format!("{sign} {} {} {change}{gap}{values}", self.source, self.record)
    }
}

/// A value of a record in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// Its column.
    pub column: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

impl Change {
    /// Returns the figure that changed, as both editions name it; none where no figure did.
    pub fn named_figures(&self) -> Option<&[Option<FigureId>; 2]> {
        self.figures.iter().any(Option::is_some).then_some(&self.figures)
    }

    /// Makes a change.
    pub(crate) fn new(kind: Kind, place: Place, before: Option<String>, after: Option<String>) -> Self {
        Self {
            kind,
            place,
            figures: [None, None],
            covered: [Vec::new(), Vec::new()],
            before,
            after,
            size: None,
            group: None,
            places: 1,
            causes: Vec::new(),
            records: Vec::new(),
        }
    }
}
