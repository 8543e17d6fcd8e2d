//! The press profile as it is written in YAML: one type for each mapping, with its documentation.

use schemars::JsonSchema;
use serde::Deserialize;

/// What a printer needs to know of a job, and what its files are checked against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "platen press profile")]
pub(super) struct ProfileFile {
    /// What the profile is for.
    pub name: String,
    /// The finished page.
    pub trim: SizeFile,
    /// How far colour goes past the edge, in inches.
    pub bleed_in: f64,
    /// How near to the edge text and pictures may come, in inches.
    pub safe_in: f64,
    /// Marks outside the bleed.
    pub marks: MarksFile,
    /// Limits of ink.
    pub ink: InkFile,
    /// The thinnest line, in points.
    pub hairline_pt: f64,
    /// Least resolution of pictures at their placed size.
    #[schemars(range(max = 9600))]
    pub image_ppi: u32,
    /// The printing condition.
    pub output_intent: IntentFile,
    /// Thickness of a leaf in inches.
    #[serde(default)]
    pub caliper_in: f64,
    /// Imposed sheets, a file for each.
    #[serde(default)]
    pub sheets: Vec<SheetFile>,
}

/// A size in inches.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeFile {
    /// Width in inches.
    pub width_in: f64,
    /// Height in inches.
    pub height_in: f64,
}

/// Marks outside the bleed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarksFile {
    /// White between bleed and marks, in inches.
    pub gap_in: f64,
    /// Room around the bleed that marks, colour bar and slug line take, in inches.
    pub margin_in: f64,
    /// Length of crop and fold marks, in inches.
    pub length_in: f64,
    /// Weight of the marks, in points.
    pub weight_pt: f64,
    /// Font of the slug line.
    pub font: String,
}

/// Limits of ink.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InkFile {
    /// All four inks together, in percent.
    pub limit_percent: u16,
    /// Type under this size, in points, is black alone or paper.
    pub small_type_pt: f64,
    /// A ground with this much black, in percent, beside other inks is rich black.
    pub rich_black_percent: u16,
}

/// The printing condition.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct IntentFile {
    /// ICC profile of the condition.
    pub profile: String,
    /// Its identifier in the registry.
    pub condition_id: String,
    /// The condition in words.
    pub condition: String,
    /// Registry of conditions.
    pub registry: String,
}

/// An imposition.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SheetFile {
    /// Name of the imposition, the end of its files' names.
    #[schemars(regex(pattern = "^[a-z0-9][a-z0-9-]*$"))]
    pub name: String,
    /// How pages are laid on the sheet.
    pub imposition: ImpositionFile,
    /// The paper on the press.
    pub paper: SizeFile,
    /// Pages of a signature: 4, 8 or 16.
    pub pages: Option<u8>,
    /// How signatures become a book.
    pub binding: Option<BindingFile>,
    /// Piles side by side, for cut-and-stack.
    pub columns: Option<u8>,
    /// Piles one above the other, for cut-and-stack.
    pub rows: Option<u8>,
}

/// How pages are laid on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ImpositionFile {
    /// Each page twice, side by side: cut apart, the sheets give two copies.
    TwoUp,
    /// Sheets folded once and put into one another.
    Saddle,
    /// Sheets folded several times.
    Signatures,
    /// Piles that are cut and put one on the other.
    CutAndStack,
}

/// How signatures become a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum BindingFile {
    /// One on the other.
    Gathered,
    /// One in the other.
    Nested,
}
