//! The graphics state (ISO 32000-1, 8.4).

use super::super::super::geometry::Area;
use super::super::matrix::Matrix;
use super::super::resources::Space;
use super::super::text::TextState;

/// The graphics state, as far as it matters here.
#[derive(Clone)]
pub(super) struct State {
    pub matrix: Matrix,
    pub clip: Option<Area>,
    pub fill: (Space, Vec<f64>),
    pub stroke: (Space, Vec<f64>),
    pub width: f64,
    pub text: TextState,
}

impl State {
    pub(super) fn new(clip: Area) -> Self {
        let black = (Space::Gray, vec![0.0]);
        Self {
            matrix: Matrix::IDENTITY,
            clip: Some(clip),
            fill: black.clone(),
            stroke: black,
            width: 1.0,
            text: TextState::default(),
        }
    }

    /// Returns the state at the beginning of a page without end.
    pub(super) fn unbounded() -> Self {
        Self::new(Area([f64::MIN, f64::MIN, f64::MAX, f64::MAX]))
    }

    /// Tells whether nothing was set that a form would take over, save where it stands and is cut off.
    pub(super) fn is_fresh(&self) -> bool {
        let Self { matrix: _, clip: _, fill, stroke, width, text } = Self::unbounded();
        self.fill == fill && self.stroke == stroke && self.width.total_cmp(&width).is_eq() && self.text == text
    }
}
