//! What becomes visible: filled and stroked paths, and text.

use lopdf::{Dictionary, Object};

use super::super::super::geometry::Area;
use super::super::display_list::{DisplayItem, Ink, PAINTED, PaintKind};
use super::super::matrix::around;
use super::Run;
use super::path::Path;
use super::state::State;

impl<'d> Run<'_, '_, 'd> {
    pub(super) fn paint(&mut self, operator: &str, state: &mut State, path: Path) {
        let Some(area) = around(path.points.iter().copied()) else { return };
        if matches!(operator, "f" | "F" | "f*" | "B" | "B*" | "b" | "b*") {
            let upright = path.rectangles == Some(1);
            self.add(PaintKind::Fill { upright }, area, state.fill.0.ink(&state.fill.1), state);
        }
        if matches!(operator, "S" | "s" | "B" | "B*" | "b" | "b*") {
            let (x, y) = state.matrix.scales();
            let width = state.width.abs() * x.min(y);
            let ink = state.stroke.0.ink(&state.stroke.1);
            self.add(PaintKind::Stroke { width }, area.grown(width / 2.0), ink, state);
        }
        if path.clips {
            state.clip = state.clip.and_then(|clip| clip.overlap(area));
        }
    }

    pub(super) fn text(
        &mut self,
        operator: &str,
        operands: &[Object],
        resources: &[&'d Dictionary],
        state: &mut State,
    ) {
        let shown = state.text.operate(operator, operands, self.document, resources, &mut self.fonts, state.matrix);
        for (area, size) in shown {
            match state.text.mode {
                3 | 7 => {}
                1 | 5 => self.add(PaintKind::Text { size }, area, state.stroke.0.ink(&state.stroke.1), state),
                _ => self.add(PaintKind::Text { size }, area, state.fill.0.ink(&state.fill.1), state),
            }
        }
    }

    /// Keeps what is visible of something painted.
    pub(super) fn add(&mut self, what: PaintKind, area: Area, ink: Ink, state: &State) {
        let visible = state.clip.and_then(|clip| clip.overlap(area));
        if let Some(area) = visible.filter(|_| self.painted.len() < PAINTED) {
            self.painted.push(DisplayItem { what, area, ink });
        }
    }
}
