//! What is painted on a page, in the order of painting.

use super::super::geometry::Area;
use super::collector::On;

/// Most things that are kept of one page, or of one form, of some hundred bytes each.
pub(super) const PAINTED: usize = 2_000_000;

/// A page, interpreted.
pub(super) struct Page {
    pub on: On,
    pub boxes: Boxes,
    pub painted: Vec<DisplayItem>,
}

/// The boxes of a page (ISO 32000-1, 14.11.2).
#[derive(Clone, Copy, Debug)]
pub(super) struct Boxes {
    pub media: Area,
    pub bleed: Option<Area>,
    pub trim: Option<Area>,
}

impl Boxes {
    /// Returns where the page is finished.
    pub(super) fn finished(&self) -> Area {
        self.trim.unwrap_or(self.media)
    }

    /// Returns to where colour goes on.
    pub(super) fn bled(&self) -> Area {
        self.bleed.unwrap_or_else(|| self.finished())
    }
}

/// Something painted.
pub(super) struct DisplayItem {
    pub what: PaintKind,
    /// The box around its visible part.
    pub area: Area,
    pub ink: Ink,
}

/// What it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PaintKind {
    /// A filled shape; `upright` where it is one upright rectangle.
    Fill { upright: bool },
    /// A line, with its width in points.
    Stroke { width: f64 },
    /// Text, with its size in points.
    Text { size: f64 },
    /// A picture, with its pixels per inch.
    Picture { ppi: f64, one_bit: bool },
    /// A blend of colours.
    Shading,
}

impl PaintKind {
    /// Names its kind.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Fill { .. } => "a shape",
            Self::Stroke { .. } => "a line",
            Self::Text { .. } => "text",
            Self::Picture { .. } => "a picture",
            Self::Shading => "a blend",
        }
    }

    /// Names it in a sentence, text with its size.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Text { size } => format!("text of {} pt", rounded(*size)),
            other => other.kind().into(),
        }
    }
}

/// The colour of something, as far as a press is concerned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ink {
    /// Cyan, magenta, yellow and black, from 0 to 1; of a picture, those of its heaviest pixel.
    Process([f64; 4]),
    /// Every plate.
    All,
    /// A plate of its own.
    Spot(String),
    /// Red, green and blue, in any form.
    Rgb,
    /// A colour without a device, such as Lab.
    Independent(String),
    /// A pattern, whose own content is looked at by itself.
    Pattern,
    /// A picture whose pixels are packed in a way that is not read here.
    Unread,
}

impl Ink {
    /// Returns the sum of the inks in percent.
    pub(super) fn total(&self) -> Option<f64> {
        match self {
            Self::Process(inks) => Some(inks.iter().sum::<f64>() * 100.0),
            _ => None,
        }
    }

    /// Tells whether it is black alone, or paper.
    pub(super) fn is_black_or_paper(&self) -> bool {
        matches!(self, Self::Process([c, m, y, _]) if c.max(*m).max(*y) < 0.005)
    }

    /// Tells whether it is black beside other inks.
    pub(super) fn is_rich_black(&self, percent: f64) -> bool {
        matches!(self, Self::Process([c, m, y, k]) if c.max(*m).max(*y) >= 0.005 && k * 100.0 >= percent)
    }
}

/// Writes a length with at most two decimals.
pub(super) fn rounded(length: f64) -> String {
    let text = format!("{length:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
