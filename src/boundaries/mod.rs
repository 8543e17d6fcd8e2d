//! Boundaries: the counties of one jurisdiction, of one vintage, checked before anything uses them.
//!
//! Takes the text of a GeoJSON feature collection made from the Census Bureau's cartographic boundary
//! files and gives [`Boundaries`], sorted by [`Geoid`]. The key of a county is its GEOID, never its name:
//! one state may hold a county and a city of the same name. Refuses another vintage, another state's
//! counties, and any geometry that is not a set of closed, finite rings; it never guesses.

mod county;
mod diags;
mod geography;
mod geoid;
mod index;
mod locate;
mod outlines;
mod parse;
mod polygons;

pub use county::{Boundaries, County};
pub use diags::BoundaryError;
pub use geography::{Geography, State};
pub use geoid::Geoid;
pub use index::CountyIndex;
pub use locate::Locator;
pub use outlines::{OUTLINES, Outlines, outlines};
pub use parse::{MAX_BYTES, parse};
