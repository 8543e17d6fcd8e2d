//! Pages of a typeset PDF become forms of another one.
//!
//! Only what the pages reach is copied, each object once, so the pages of one report share their fonts. A group
//! around a form says how transparent things in it would mix; there are none in press pages (preflight holds
//! that), so groups are left out.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::diag::{Finding, code};

use super::geometry::Area;
use super::packed::Packed;

/// A typeset PDF, opened.
pub(super) struct Source {
    document: Document,
    pages: Vec<ObjectId>,
    /// Content of the pages, packed once for all files.
    contents: Vec<Packed>,
}

impl Source {
    /// Opens typeset press pages.
    pub(super) fn open(pdf: &[u8]) -> Result<Self, Finding> {
        let document = Document::load_mem(pdf).map_err(fault)?;
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let contents = pages.iter().map(|page| Ok(Packed::of(&content(&document, *page)?)));
        let contents = contents.collect::<Result<_, Finding>>()?;
        Ok(Self { document, pages, contents })
    }

    /// Returns the number of pages.
    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Returns where a page is finished, from the lower left corner of its sheet.
    pub(super) fn trim(&self, page: usize) -> Result<Area, Finding> {
        let dictionary = self.page(page)?;
        let found = dictionary.get(b"TrimBox").or_else(|_| dictionary.get(b"MediaBox")).map_err(fault)?;
        let numbers = self.document.dereference(found).map_err(fault)?.1.as_array().map_err(fault)?;
        let numbers: Vec<f64> = numbers.iter().filter_map(|number| number.as_float().ok()).map(f64::from).collect();
        let area: [f64; 4] = numbers.try_into().map_err(|_| fault("a page box has no four corners"))?;
        Ok(Area(area))
    }

    fn page(&self, page: usize) -> Result<&Dictionary, Finding> {
        let id = self.pages.get(page).ok_or_else(|| fault("a page is missing"))?;
        self.document.get_dictionary(*id).map_err(fault)
    }
}

/// Returns all content of a page.
fn content(document: &Document, page: ObjectId) -> Result<Vec<u8>, Finding> {
    let mut content = Vec::new();
    for id in document.get_page_contents(page) {
        let stream = document.get_object(id).and_then(Object::as_stream).map_err(fault)?;
        content.extend(stream.get_plain_content().map_err(fault)?);
        content.push(b'\n');
    }
    Ok(content)
}

/// Copies from one source into one document.
pub(super) struct Import<'a> {
    source: &'a Source,
    into: &'a mut Document,
    known: BTreeMap<ObjectId, ObjectId>,
}

impl<'a> Import<'a> {
    pub(super) fn new(source: &'a Source, into: &'a mut Document) -> Self {
        Self { source, into, known: BTreeMap::new() }
    }

    /// Puts a page in the place of an object, as a form whose origin is the corner of the finished page.
    pub(super) fn page(&mut self, page: usize, bleed: f64, id: ObjectId) -> Result<(), Finding> {
        let trim = self.source.trim(page)?;
        let resources =
            self.source.page(page)?.get(b"Resources").cloned().unwrap_or(Object::Dictionary(Dictionary::new()));
        let resources = self.copy(&resources)?;
        let numbers = |values: [f64; 4]| Object::Array(values.map(|value| Object::Real(value as f32)).to_vec());
        let dictionary = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => numbers(trim.grown(bleed).0),
            "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), Object::Real(-trim.0[0] as f32), Object::Real(-trim.0[1] as f32)],
            "Resources" => resources,
        };
        let content = self.source.contents.get(page).ok_or_else(|| fault("a page is missing"))?;
        self.into.objects.insert(id, Object::Stream(content.stream(&dictionary)));
        Ok(())
    }

    fn copy(&mut self, object: &Object) -> Result<Object, Finding> {
        Ok(match object {
            Object::Reference(id) => Object::Reference(self.object(*id)?),
            Object::Array(items) => Object::Array(items.iter().map(|item| self.copy(item)).collect::<Result<_, _>>()?),
            Object::Dictionary(dictionary) => Object::Dictionary(self.dictionary(dictionary)?),
            Object::Stream(stream) => {
                let mut copied = stream.clone();
                copied.dict = self.dictionary(&stream.dict)?;
                Object::Stream(copied)
            }
            other => other.clone(),
        })
    }

    fn object(&mut self, id: ObjectId) -> Result<ObjectId, Finding> {
        if let Some(known) = self.known.get(&id) {
            return Ok(*known);
        }
        let new = self.into.new_object_id();
        self.known.insert(id, new);
        let copied = self.copy(self.source.document.get_object(id).map_err(fault)?)?;
        self.into.objects.insert(new, copied);
        Ok(new)
    }

    fn dictionary(&mut self, dictionary: &Dictionary) -> Result<Dictionary, Finding> {
        let mut copied = Dictionary::new();
        for (key, value) in dictionary
            .iter()
            .filter(|(key, _)| !matches!(key.as_slice(), b"Group" | b"StructParent" | b"StructParents"))
        {
            copied.set(key.clone(), self.copy(value)?);
        }
        Ok(copied)
    }
}

/// A fault in what the program itself has typeset.
pub(super) fn fault(error: impl std::fmt::Display) -> Finding {
    Finding::error(code::internal::PRESS, format!("the typeset pages cannot be read: {error}"))
}
