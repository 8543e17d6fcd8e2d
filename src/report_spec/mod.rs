//! Stage `report_spec`: a report spec in YAML becomes a resolved [`Spec`].
//!
//! Takes the path of a spec; gives a value in which every reference is an index and every default
//! is filled in. Refuses unknown keys, wrong types, unknown names, bad templates and paths that
//! leave the project, all of them at once, each with file, line and a caret at the value.

mod bounds;
mod characters;
mod check;
mod choose;
mod entries;
mod language;
mod model;
mod number_words;
mod numbers;
mod overlay;
mod prose;
mod raw;
mod read;
mod resolve;
mod root;
mod schema;
mod tree;
mod wanted;
mod words;
mod yaml_file;

pub(crate) use characters::{find as bad_character, look};
pub use entries::{Entry, entries};
pub use language::Language;
pub use model::*;
pub use prose::{Context, Engine, Prose, Rich, Span, plain};
pub use root::Places;
pub use schema::schema;
pub use yaml_file::YamlFile;

use std::path::Path;

use crate::diag::{Findings, Sources};

/// Reads, checks and resolves a report spec.
///
/// `places` tells where the key and the case data are, where that is not where the spec says. `sources` keeps the spec's text, so that findings can show their lines.
///
/// # Errors
/// Returns every fault of the spec, in the order of the file; of each kind the first hundred.
pub fn load(path: &Path, places: &Places, sources: &mut Sources) -> Result<Spec, Findings> {
    let yaml = overlay::read(path, sources).map_err(Findings::in_order)?;
    let raw = check::decode(&yaml).map_err(Findings::in_order)?;
    let root = root::find(path)?;
    resolve::resolve(raw, &yaml, root, places).map_err(Findings::in_order)
}
