//! Operators that set colours and graphics states.

use lopdf::{Dictionary, Object};

use super::super::resources::{Space, number, numbers, resource};
use super::super::transparency;
use super::Run;
use super::state::State;

impl<'d> Run<'_, '_, 'd> {
    /// Runs an operator that sets a colour; tells whether it is one.
    pub(super) fn colour(
        &mut self,
        operator: &str,
        operands: &[Object],
        resources: &[&'d Dictionary],
        state: &mut State,
    ) -> bool {
        let stroke = operator.starts_with(|first: char| first.is_ascii_uppercase());
        let target = if stroke { &mut state.stroke } else { &mut state.fill };
        match operator {
            "g" | "G" => *target = (Space::Gray, numbers(operands)),
            "rg" | "RG" => *target = (Space::Rgb, numbers(operands)),
            "k" | "K" => *target = (Space::Cmyk, numbers(operands)),
            "cs" | "CS" => {
                let space = operands.first().map(|name| Space::of(self.document, name, resources));
                let space = space.unwrap_or(Space::Gray);
                *target = (space.clone(), space.initial());
            }
            "sc" | "SC" => target.1 = numbers(operands),
            "scn" | "SCN" => {
                target.1 = numbers(operands);
                if let Some(Ok(name)) = operands.last().map(Object::as_name) {
                    self.pattern(name, resources, state);
                }
            }
            _ => return false,
        }
        true
    }

    /// Runs the content of a tiling pattern once, as it would stand on the page.
    pub(super) fn pattern(&mut self, name: &[u8], resources: &[&'d Dictionary], state: &State) {
        let Some(pattern) = resource(self.document, resources, b"Pattern", name) else { return };
        let id = pattern.as_reference().ok();
        let Ok((_, pattern)) = self.document.dereference(pattern) else { return };
        match pattern {
            Object::Stream(stream) => self.form(stream, id, resources, state),
            Object::Dictionary(dictionary) => {
                if let Ok(shading) = dictionary.get_deref(b"Shading", self.document) {
                    self.shade(shading, resources, state);
                }
            }
            _ => {}
        }
    }

    pub(super) fn graphics_state(&mut self, operands: &[Object], resources: &[&'d Dictionary], state: &mut State) {
        let Some(Ok(name)) = operands.first().map(Object::as_name) else { return };
        let found = resource(self.document, resources, b"ExtGState", name);
        let found = found.and_then(|found| self.document.dereference(found).ok()?.1.as_dict().ok());
        if let Some(dictionary) = found {
            transparency::state(self.document, dictionary, &mut self.notes);
            if let Some(width) = dictionary.get(b"LW").ok().and_then(number) {
                state.width = width;
            }
        }
    }
}
