//! Forms, each run in place or by itself.

use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::super::cache::Seen;
use super::super::matrix::Matrix;
use super::super::resources::{area, numbers, resource};
use super::super::transparency;
use super::state::State;
use super::{CODE, CONTENT, Run};

/// Deepest nesting of forms.
const DEPTH: usize = 16;

impl<'d> Run<'_, '_, 'd> {
    pub(super) fn object(&mut self, operands: &[Object], resources: &[&'d Dictionary], state: &State) {
        let Some(Ok(name)) = operands.first().map(Object::as_name) else { return };
        let Some(found) = resource(self.document, resources, b"XObject", name) else {
            let name = String::from_utf8_lossy(name).into_owned();
            return self.notes.error(CODE, format!("the object `{name}` is missing"));
        };
        let id = found.as_reference().ok();
        let Ok(stream) = self.document.dereference(found).and_then(|(_, found)| found.as_stream()) else { return };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.image(stream, id, resources, state),
            _ => self.form(stream, id, resources, state),
        }
    }

    pub(super) fn form(
        &mut self,
        stream: &'d Stream,
        id: Option<ObjectId>,
        resources: &[&'d Dictionary],
        state: &State,
    ) {
        match self.apart(stream, id, state) {
            Some(seen) => self.place(&seen, state),
            None => self.in_place(stream, id, resources, state),
        }
    }

    /// Returns what a form paints by itself, where that does not depend on what stands around it.
    fn apart(&mut self, stream: &'d Stream, id: Option<ObjectId>, state: &State) -> Option<Arc<Seen>> {
        let is_own = self.inside.is_empty() && state.is_fresh() && state.matrix.is_rigid();
        let has_resources = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).is_ok();
        if !is_own || !has_resources || area(self.document, &stream.dict, b"BBox").is_none() {
            return None;
        }
        let name = self.shared.identity.of(id?)?;
        if let Some(seen) = self.shared.forms.get(&name).filter(|seen| seen.operations < self.shared.budget) {
            self.shared.budget -= seen.operations;
            return Some(seen);
        }
        let seen = Arc::new(self.by_itself(stream, id));
        // What was cut short is not all that the form paints.
        if self.shared.budget > 0 {
            self.shared.forms.put(name, &seen);
        }
        Some(seen)
    }

    fn by_itself(&mut self, stream: &'d Stream, id: Option<ObjectId>) -> Seen {
        let before = self.shared.budget;
        let mut run = Run::fresh(self.document, &mut *self.shared);
        run.in_place(stream, id, &[], &State::unbounded());
        let Run { painted, notes, .. } = run;
        Seen { painted, notes, operations: before - self.shared.budget }
    }

    fn place(&mut self, seen: &Seen, state: &State) {
        self.notes.join(&seen.notes);
        for painted in &seen.painted {
            self.add(painted.what.clone(), state.matrix.area(painted.area), painted.ink.clone(), state);
        }
    }

    fn in_place(&mut self, stream: &'d Stream, id: Option<ObjectId>, resources: &[&'d Dictionary], state: &State) {
        let again = id.is_some_and(|id| self.inside.contains(&id));
        if again || self.inside.len() >= DEPTH {
            let message = if again { "a form contains itself" } else { "forms nest too deep" };
            return self.notes.error(CODE, message);
        }
        transparency::form(self.document, &stream.dict, &mut self.notes);
        let mut state = state.clone();
        let matrix = stream.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array);
        if let Ok(Ok(matrix)) = matrix.map(|matrix| <[f64; 6]>::try_from(numbers(matrix))) {
            state.matrix = Matrix(matrix).then(state.matrix);
        }
        if let Some(bounds) = area(self.document, &stream.dict, b"BBox") {
            state.clip = state.clip.and_then(|clip| clip.overlap(state.matrix.area(bounds)));
        }
        let content = self.plain(stream, CONTENT);
        let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict);
        let resources: Vec<&Dictionary> = own.map_or_else(|_| resources.to_vec(), |own| vec![own]);
        self.inside.push(id.unwrap_or((0, u16::MAX)));
        self.content(&content, &resources, state);
        self.inside.pop();
    }
}
