//! The ink of a picture's pixels.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::display_list::Ink;
use super::jpeg;
use super::open::STREAM_LIMIT;
use super::resources::{Space, number};

/// The heaviest pixels of a file's pictures, each looked for once.
#[derive(Default)]
pub(super) struct Pixels(BTreeMap<ObjectId, Ink>);

impl Pixels {
    /// Returns the ink of a picture: of four inks that of its heaviest pixel.
    pub(super) fn ink(
        &mut self,
        document: &Document,
        image: &Stream,
        id: Option<ObjectId>,
        resources: &[&Dictionary],
    ) -> Ink {
        let space = image.dict.get(b"ColorSpace").or_else(|_| image.dict.get(b"CS"));
        let Ok(space) = space else { return Ink::Unread };
        match Space::of(document, space, resources) {
            Space::Cmyk => self.heaviest(document, image, id),
            // One ink can never exceed a limit of more than one.
            Space::Gray | Space::None => Ink::Process([0.0; 4]),
            other => other.ink(&[1.0]),
        }
    }

    fn heaviest(&mut self, document: &Document, image: &Stream, id: Option<ObjectId>) -> Ink {
        if let Some(known) = id.and_then(|id| self.0.get(&id)) {
            return known.clone();
        }
        let ink = pixels(image).map_or(Ink::Unread, |pixels| heaviest(&pixels, is_inverted(document, image)));
        self.0.extend(id.map(|id| (id, ink.clone())));
        ink
    }
}

/// Unpacks a picture of four inks and eight bits.
fn pixels(image: &Stream) -> Option<Vec<u8>> {
    let bits = image.dict.get(b"BitsPerComponent").or_else(|_| image.dict.get(b"BPC"));
    let bits = bits.ok().and_then(number).unwrap_or(8.0);
    if (bits - 8.0).abs() > 0.1 {
        return None;
    }
    let filters = image.filters().unwrap_or_default();
    let Some((b"DCTDecode" | b"DCT", before)) = filters.split_last().map(|(last, before)| (*last, before)) else {
        return image.get_plain_content_with_limit(STREAM_LIMIT).ok();
    };
    if before.is_empty() {
        return jpeg::inks(&image.content);
    }
    let before: Vec<Object> = before.iter().map(|filter| Object::Name(filter.to_vec())).collect();
    let packed = Stream::new(lopdf::dictionary! { "Filter" => before }, image.content.clone());
    jpeg::inks(&packed.get_plain_content_with_limit(STREAM_LIMIT).ok()?)
}

/// Tells whether the picture counts ink from the full tone down, as Photoshop's JPEGs do (ISO 32000-1, 8.9.5.2).
fn is_inverted(document: &Document, image: &Stream) -> bool {
    let decode = image.dict.get_deref(b"Decode", document).or_else(|_| image.dict.get(b"D")).and_then(Object::as_array);
    decode.is_ok_and(|decode| decode.first().and_then(number).is_some_and(|first| first > 0.5))
}

fn heaviest(pixels: &[u8], inverted: bool) -> Ink {
    let (mut heaviest, mut most, mut last) = ([0u8; 4], None, None);
    for pixel in pixels.as_chunks::<4>().0 {
        // Pictures have long runs of one colour.
        if last == Some(*pixel) {
            continue;
        }
        last = Some(*pixel);
        let inks = if inverted { pixel.map(|ink| 255 - ink) } else { *pixel };
        let sum = inks.iter().map(|ink| u16::from(*ink)).sum::<u16>();
        if most.is_none_or(|most| sum > most) {
            (heaviest, most) = (inks, Some(sum));
        }
    }
    Ink::Process(heaviest.map(|ink| f64::from(ink) / 255.0))
}
