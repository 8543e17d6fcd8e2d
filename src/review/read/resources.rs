//! What pages draw with, known by its content: the numbers of objects and how their streams are stored make no difference.
//!
//! The interpreter tells neither what a soft mask, a pattern or a shading holds nor how a picture is decoded. Pages that differ in
//! any of it must be drawn and compared.

use std::collections::HashMap;

use hayro::hayro_interpret::CacheKey;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::Page;

use crate::unit::Digest;

/// Deepest nesting of objects within one.
const DEEPEST: usize = 64;
/// Most objects of a file.
const LIMIT: usize = 2_000_000;
/// Members that lead elsewhere, or say nothing of what is drawn.
const ELSEWHERE: [&[u8]; 19] = [
    b"A",
    b"AA",
    b"CreationDate",
    b"Dest",
    b"LastModified",
    b"M",
    b"Metadata",
    b"NM",
    b"Name",
    b"OC",
    b"OCGs",
    b"P",
    b"Parent",
    b"PieceInfo",
    b"Popup",
    b"StructParent",
    b"StructParents",
    b"Thumb",
    b"Type",
];
/// Members that say how a stream is stored.
const STORAGE: [&[u8]; 4] = [b"DL", b"F", b"Filter", b"Length"];
/// What of an annotation says how it looks.
const LOOK: [&[u8]; 19] = [
    b"AP",
    b"AS",
    b"BE",
    b"BS",
    b"Border",
    b"C",
    b"CA",
    b"DA",
    b"DS",
    b"IC",
    b"InkList",
    b"L",
    b"LE",
    b"MK",
    b"Q",
    b"QuadPoints",
    b"RC",
    b"Sy",
    b"Vertices",
];

/// Digests of objects by their content.
pub(super) struct Contents<'a> {
    pdf: &'a Pdf,
    known: HashMap<ObjectIdentifier, Digest>,
    /// Names of fonts by their keys.
    names: HashMap<u128, String>,
    left: usize,
    /// Streams are looked at as they are unpacked; else those that are packed otherwise are not the same.
    unpacks: bool,
}

impl<'a> Contents<'a> {
    /// Digests streams as they are packed: to find pages that may look otherwise and must be drawn.
    pub(super) fn packed(pdf: &'a Pdf) -> Self {
        Self { pdf, known: HashMap::new(), names: HashMap::new(), left: LIMIT, unpacks: false }
    }

    /// Digests streams as they are unpacked, whatever that costs.
    pub(super) fn unpacked(pdf: &'a Pdf) -> Self {
        Self { unpacks: true, ..Self::packed(pdf) }
    }

    /// Digests what a page draws with beside its operators and the outlines of its fonts.
    pub(super) fn page(&mut self, page: &Page<'_>) -> Digest {
        let mut out = Vec::new();
        let resources = page.resources();
        for dict in [
            &resources.ext_g_states,
            &resources.color_spaces,
            &resources.x_objects,
            &resources.patterns,
            &resources.shadings,
        ] {
            self.dict(dict, &mut out, 0);
        }
        self.fonts(&resources.fonts, &mut out, 0);
        let annotations = page.raw().get::<Array<'_>>(b"Annots");
        if let Some(annotations) = annotations {
            for annotation in annotations.iter::<Dict<'_>>() {
                out.extend(self.look(&annotation).bytes());
            }
        }
        // Of more than can be held nothing is known to be the same.
        if self.left == 0 { Digest::of(self.pdf.data().as_ref()) } else { Digest::of(&out) }
    }

    /// The name that the file gives a font; its program may have none.
    pub(super) fn font_name(&self, key: u128) -> Option<&String> {
        self.names.get(&key)
    }

    /// Digests how an annotation looks.
    pub(super) fn look(&mut self, annotation: &Dict<'_>) -> Digest {
        self.members(annotation, &LOOK)
    }

    /// Digests the appearances of a field, whichever of them is shown.
    pub(super) fn appearance(&mut self, place: &Dict<'_>) -> Digest {
        self.members(place, &[b"AP", b"MK", b"DA"])
    }

    fn members(&mut self, annotation: &Dict<'_>, keys: &[&[u8]]) -> Digest {
        let mut out = Vec::new();
        for key in keys {
            if let Some(value) = annotation.get_raw::<Object<'_>>(*key) {
                out.extend(*key);
                self.member(value, &mut out, 0);
            }
        }
        Digest::of(&out)
    }

    /// Digests a picture; one within a page's content has no number by which it is known.
    pub(super) fn picture(&mut self, picture: &Stream<'_>) -> Digest {
        let id = picture.dict().contains_key(b"Subtype").then(|| picture.obj_id());
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return *known;
        }
        let mut out = Vec::new();
        self.stream(picture, &mut out, 0);
        let digest = Digest::of(&out);
        self.known.extend(id.map(|id| (id, digest)));
        digest
    }

    /// Digests an object by its number.
    pub(super) fn numbered(&mut self, id: ObjectIdentifier) -> Digest {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        // An object that leads to itself is met as one of no content.
        self.known.insert(id, Digest::of(b""));
        let mut out = Vec::new();
        if let Some(object) = self.pdf.xref().get::<Object<'_>>(id) {
            self.object(&object, &mut out, 0);
        }
        let digest = Digest::of(&out);
        self.known.insert(id, digest);
        digest
    }

    fn member(&mut self, member: MaybeRef<Object<'_>>, out: &mut Vec<u8>, depth: usize) {
        match member {
            MaybeRef::Ref(id) => out.extend(self.numbered(id.into()).bytes()),
            // What stands alone in an object of its own is digested as such, so that it may be moved into one.
            MaybeRef::NotRef(object) => {
                let mut own = Vec::new();
                self.object(&object, &mut own, depth + 1);
                out.extend(Digest::of(&own).bytes());
            }
        }
    }

    fn object(&mut self, object: &Object<'_>, out: &mut Vec<u8>, depth: usize) {
        self.left = self.left.saturating_sub(1);
        if depth > DEEPEST || self.left == 0 {
            return;
        }
        match object {
            Object::Null(_) => out.push(b'0'),
            Object::Boolean(value) => out.push(if *value { b't' } else { b'f' }),
            Object::Number(number) => out.extend(number.as_f64().to_le_bytes()),
            Object::String(text) => out.extend(Digest::of(text.as_bytes()).bytes()),
            Object::Name(name) => out.extend(Digest::of(name.as_str().as_bytes()).bytes()),
            Object::Array(array) => {
                out.push(b'[');
                array.raw_iter().for_each(|item| self.member(item, out, depth));
            }
            Object::Dict(dict) => self.dict(dict, out, depth),
            Object::Stream(stream) => self.stream(stream, out, depth),
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, out: &mut Vec<u8>, depth: usize) {
        out.push(b'<');
        for (name, value) in dict.entries() {
            let name = name.as_str().as_bytes();
            match name {
                b"Font" => self.fonts(&dict.get::<Dict<'_>>(b"Font").unwrap_or_default(), out, depth + 1),
                _ if ELSEWHERE.contains(&name) => {}
                _ => {
                    out.extend(name);
                    self.member(value, out, depth);
                }
            }
        }
    }

    /// Digests the fonts whose glyphs are drawn by operators; the outlines of all others are seen where they are drawn.
    fn fonts(&mut self, fonts: &Dict<'_>, out: &mut Vec<u8>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for (name, font) in fonts.entries() {
            let Some(dict) = fonts.get::<Dict<'_>>(name.as_str().as_bytes()) else { continue };
            let base = dict.get::<Name<'_>>(b"BaseFont").map(|name| name.as_str().to_owned());
            self.names.extend(base.map(|base| (dict.cache_key(), base)));
            let is_drawn = dict.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_str() == "Type3");
            if is_drawn {
                self.member(font, out, depth);
            }
        }
    }

    fn stream(&mut self, stream: &Stream<'_>, out: &mut Vec<u8>, depth: usize) {
        let is_picture = is_picture(stream.dict());
        for (name, value) in stream.dict().entries() {
            let name = name.as_str().as_bytes();
            let is_storage = STORAGE.contains(&name) || (!is_picture && matches!(name, b"DecodeParms" | b"DP"));
            if name == b"Resources" || !(is_storage || ELSEWHERE.contains(&name)) {
                out.extend(name);
                self.member(value, out, depth);
            }
        }
        let unpacked = if is_picture || !self.unpacks { None } else { stream.decoded().ok() };
        out.extend(Digest::of(&unpacked.unwrap_or_else(|| stream.raw_data())).bytes());
    }
}

/// Tells whether a stream is stored as only pictures are.
fn is_picture(dict: &Dict<'_>) -> bool {
    let filter = [&b"Filter"[..], b"F"].iter().find_map(|key| dict.get::<Object<'_>>(key));
    let is_of_pictures = |name: &Name<'_>| {
        matches!(name.as_str(), "CCITTFaxDecode" | "CCF" | "JBIG2Decode" | "DCTDecode" | "DCT" | "JPXDecode")
    };
    match filter {
        Some(Object::Name(name)) => is_of_pictures(&name),
        Some(Object::Array(names)) => names.iter::<Name<'_>>().any(|name| is_of_pictures(&name)),
        _ => false,
    }
}
