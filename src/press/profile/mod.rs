//! The press profile, resolved: lengths in points, choices checked, the ICC profile read.

mod icc;
mod load;
mod plans;
mod resolve;

pub(super) use icc::is_cmyk_output;
pub use load::load;

use std::sync::OnceLock;

use crate::unit::Pt;

use super::impose::Scheme;
use super::packed::Packed;

/// What a printer needs to know of a job, and what its files are checked against.
#[derive(Debug, Clone)]
pub struct Profile {
    /// What it is for.
    pub name: String,
    /// Width and height of the finished page.
    pub trim: (Pt, Pt),
    /// How far colour goes past the edge.
    pub bleed: Pt,
    /// How near to the edge text and pictures may come.
    pub safe: Pt,
    /// Marks outside the bleed.
    pub marks: Marks,
    /// Limits of ink, lines and pictures.
    pub limits: Limits,
    /// The printing condition.
    pub intent: Intent,
    /// Thickness of a leaf.
    pub caliper: Pt,
    /// Imposed sheets.
    pub sheets: Vec<SheetPlan>,
}

/// Marks outside the bleed.
#[derive(Debug, Clone)]
pub struct Marks {
    /// White between bleed and marks.
    pub gap: Pt,
    /// Room around the bleed.
    pub margin: Pt,
    /// Length of crop and fold marks.
    pub length: Pt,
    /// Their weight.
    pub weight: Pt,
    /// Font of the slug line, and the name of its file without ending.
    pub font: (String, Vec<u8>),
}

/// Limits of ink, lines and pictures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// All four inks together, in percent.
    pub ink: f64,
    /// Type under this size is black alone or paper.
    pub small_type: Pt,
    /// A ground with this much black, in percent, beside other inks is rich black.
    pub rich_black: f64,
    /// The thinnest line.
    pub hairline: Pt,
    /// Least resolution of pictures.
    pub image_ppi: u32,
}

/// The printing condition.
#[derive(Debug, Clone)]
pub struct Intent {
    /// The ICC profile.
    pub icc: Vec<u8>,
    /// The ICC profile, packed when it is first written, once for all files.
    packed: OnceLock<Packed>,
    /// Identifier of the condition in its registry.
    pub condition_id: String,
    /// The condition in words.
    pub condition: String,
    /// The registry.
    pub registry: String,
}

impl Intent {
    /// Returns the ICC profile as files hold it.
    pub(super) fn packed(&self) -> &Packed {
        self.packed.get_or_init(|| Packed::of(&self.icc))
    }
}

/// An imposition to make.
#[derive(Debug, Clone)]
pub struct SheetPlan {
    /// The end of its files' names.
    pub name: String,
    /// How pages are laid.
    pub scheme: Scheme,
    /// Width and height of the paper on the press.
    pub paper: (Pt, Pt),
}
