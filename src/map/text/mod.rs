//! Text before it is placed: fonts and their measures, lines that break, letters as outlines.

mod face;
mod line_break;
mod outline;

pub(super) use face::{Face, Faces};
pub(super) use line_break::break_lines;
pub use outline::Step;
pub(super) use outline::outlines;
