//! Stage `press`: typeset press pages become files for the printer, and any PDF is checked for the press.
//!
//! Takes a [`Profile`] (what the printer needs) and the typeset pages of reports; gives single pages with bleed and
//! marks, and imposed sheets. Which page stands where is a pure function, [`impose`]. [`preflight`] looks at a
//! finished file as a stranger would, and refuses nothing: it tells what it finds. Only this stage knows the
//! libraries that read and write PDFs.

mod assemble;
mod difference;
mod font;
mod geometry;
mod import;
mod impose;
mod marks;
mod metadata;
mod packed;
mod picture;
mod preflight;
mod profile;
mod raw;
mod sheets;

pub use difference::first_difference;
pub use geometry::Area;
pub use impose::{Binding, Cell, Scheme, Sheet, Spine, impose};
pub use picture::{LEAST_PPI, picture};
pub use preflight::{Expected, Forms, preflight, preflight_file, preflight_of_run};
pub use profile::{Intent, Limits, Marks, Profile, SheetPlan, load};
pub use sheets::{Placed, PressPages, PrintJob, Sheets, page_count_warning, pages, sheets};

/// Returns the JSON Schema of a press profile (draft 2020-12).
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(raw::ProfileFile).to_value()
}
