//! The published figures of a report: the one form in which programs write and read them.
//!
//! [`PublishedTables`] is the JSON that stands beside each report and is attached to its PDF. `compose` fills it in, a release
//! keeps and compares it, a review reads it back from either place. It holds what the pages print and nothing else; to make
//! one of records, counts must have been protected first.

mod compare;
mod date;
#[cfg(test)]
pub(crate) mod fixture;
mod id;
mod prose;
mod tables;

pub use id::{FigureId, FigurePlace, RowId, RowRole};
pub use prose::{NoFigure, ProseId, RankPart};
pub use tables::{
    JurisdictionName, Period, ProseFigure, PublishedCell, PublishedColumn, PublishedCounter, PublishedMap,
    PublishedRow, PublishedTable, PublishedTables,
};

use schemars::generate::SchemaSettings;

/// Returns the JSON Schema of published tables (draft 2020-12), as this program writes them.
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<PublishedTables>().to_value()
}
