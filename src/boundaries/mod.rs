//! Boundaries: the counties of one jurisdiction, of one vintage, checked before anything uses them.
//!
//! Takes the text of a GeoJSON feature collection made from the Census Bureau's cartographic boundary
//! files and gives [`Boundaries`], sorted by [`Geoid`]. The key of a county is its GEOID, never its name:
//! one state may hold a county and a city of the same name. Refuses another vintage, another state's
//! counties, counties that lie elsewhere than the index says, and any geometry that is not a set of closed, finite
//! rings. What overlaps is put right, and told. A [`Geography`] finds the county of a point, by detailed boundaries
//! where a folder has them.

mod agree;
mod bounds;
mod changes;
mod codes;
mod county;
mod crossing;
mod crs;
mod detail;
mod diags;
mod enclave;
mod fault;
mod feature;
mod geography;
mod geoid;
mod ground;
mod hints;
mod index;
mod lines;
mod locate;
mod outlines;
mod overlap;
mod parse;
mod place;
mod polygons;
mod reports;
mod shape;
mod text;
mod words;

pub use county::{Boundaries, County};
pub use detail::detail_file;
pub use diags::BoundaryError;
pub use fault::Fault;
pub use geography::{Geography, State};
pub use geoid::Geoid;
pub use index::{CountyIndex, Described};
pub use locate::Locator;
pub use outlines::{OUTLINES, Outlines, outlines};
pub use parse::{MAX_BYTES, Parsed, parse, read};
pub use place::{Located, Reach};
