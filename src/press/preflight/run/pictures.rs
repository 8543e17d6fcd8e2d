//! Pictures and blends.

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::super::super::geometry::Area;
use super::super::display_list::{Ink, PaintKind};
use super::super::resources::{Space, number, resource};
use super::super::transparency;
use super::Run;
use super::state::State;

impl<'d> Run<'_, '_, 'd> {
    pub(super) fn image(&mut self, image: &Stream, id: Option<ObjectId>, resources: &[&'d Dictionary], state: &State) {
        transparency::image(self.document, &image.dict, &mut self.notes);
        let measure = |key: &[u8], short: &[u8]| {
            let found = image.dict.get_deref(key, self.document).or_else(|_| image.dict.get(short));
            found.ok().and_then(number).unwrap_or(0.0)
        };
        let (columns, rows) = (measure(b"Width", b"W"), measure(b"Height", b"H"));
        let (width, height) = state.matrix.scales();
        let ppi = (columns / width.max(1e-6)).min(rows / height.max(1e-6)) * 72.0;
        let is_mask = image.dict.get(b"ImageMask").or_else(|_| image.dict.get(b"IM"));
        let is_mask = is_mask.and_then(Object::as_bool).unwrap_or(false);
        let one_bit = is_mask || (measure(b"BitsPerComponent", b"BPC") - 1.0).abs() < 0.1;
        let ink = if is_mask {
            state.fill.0.ink(&state.fill.1)
        } else {
            self.shared.pixels.ink(self.document, image, id, resources)
        };
        self.add(PaintKind::Picture { ppi, one_bit }, state.matrix.area(Area([0.0, 0.0, 1.0, 1.0])), ink, state);
    }

    pub(super) fn shading(&mut self, operands: &[Object], resources: &[&'d Dictionary], state: &State) {
        let Some(Ok(name)) = operands.first().map(Object::as_name) else { return };
        if let Some(shading) = resource(self.document, resources, b"Shading", name) {
            self.shade(shading, resources, state);
        }
    }

    pub(super) fn shade(&mut self, shading: &Object, resources: &[&'d Dictionary], state: &State) {
        let Ok((_, shading)) = self.document.dereference(shading) else { return };
        let dictionary = match shading {
            Object::Stream(stream) => &stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => return,
        };
        let space = dictionary.get(b"ColorSpace").map(|space| Space::of(self.document, space, resources));
        let ink = match space.unwrap_or(Space::Gray) {
            Space::Gray | Space::Cmyk | Space::None => Ink::Pattern,
            other => other.ink(&[]),
        };
        if let Some(clip) = state.clip {
            self.add(PaintKind::Shading, clip, ink, state);
        }
    }
}
