//! Text before it is placed: fonts and their measures, lines that break, letters as pixels or outlines.

mod face;
mod glyph;
mod line_break;
mod outline;

pub(super) use face::{Face, Faces};
pub(super) use glyph::Glyph;
pub(super) use line_break::break_lines;
pub use outline::Step;
pub(super) use outline::outlines;
