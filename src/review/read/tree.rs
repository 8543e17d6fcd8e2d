//! The structure tree of a tagged PDF (ISO 32000-1, 14.7).

use std::collections::{HashMap, HashSet};

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, String as PdfString};

/// Most elements of a tree.
const ELEMENT_LIMIT: usize = 400_000;
/// Deepest tree.
const DEPTH_LIMIT: usize = 60;

/// An element of structure.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct Element {
    /// Its role, mapped to a standard one where the file says how.
    pub role: String,
    /// How far its text is raised, in points.
    pub raised: f32,
    /// Words that stand for it.
    pub alternative: Option<String>,
    /// A header cell of a row.
    pub of_row: bool,
    pub children: Vec<Child>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) enum Child {
    Element(Element),
    /// Marked content of a page.
    Content {
        page: usize,
        mcid: i32,
    },
}

/// Reads the tree; nothing, where the file is not tagged.
pub(super) fn tree(pdf: &Pdf) -> Result<Option<Vec<Element>>, ()> {
    let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return Ok(None) };
    let Some(root) = catalog.get::<Dict<'_>>(b"StructTreeRoot") else { return Ok(None) };
    let pages = pdf.pages().iter().enumerate();
    let pages = pages.filter_map(|(number, page)| Some((page.raw().obj_id()?, number))).collect();
    let roles = root.get::<Dict<'_>>(b"RoleMap").unwrap_or_else(Dict::empty);
    let mut reader = Reader { pages, roles, seen: HashSet::new(), left: ELEMENT_LIMIT };
    let mut children = Vec::new();
    reader.kids(&root, None, 0, &mut children)?;
    let elements = children.into_iter().filter_map(|child| match child {
        Child::Element(element) => Some(element),
        Child::Content { .. } => None,
    });
    Ok(Some(elements.collect()))
}

struct Reader<'a> {
    pages: HashMap<ObjectIdentifier, usize>,
    roles: Dict<'a>,
    seen: HashSet<ObjectIdentifier>,
    left: usize,
}

impl<'a> Reader<'a> {
    fn kids(&mut self, of: &Dict<'a>, page: Option<usize>, depth: usize, out: &mut Vec<Child>) -> Result<(), ()> {
        match of.get::<Object<'a>>(b"K") {
            Some(Object::Array(array)) => {
                for kid in array.iter::<Object<'a>>() {
                    self.kid(kid, page, depth, out)?;
                }
                Ok(())
            }
            Some(kid) => self.kid(kid, page, depth, out),
            None => Ok(()),
        }
    }

    fn kid(&mut self, kid: Object<'a>, page: Option<usize>, depth: usize, out: &mut Vec<Child>) -> Result<(), ()> {
        self.left = self.left.checked_sub(1).ok_or(())?;
        match kid {
            Object::Number(_) => {
                if let (Some(page), Some(mcid)) = (page, kid.into_i32()) {
                    out.push(Child::Content { page, mcid });
                }
            }
            Object::Dict(dict) => {
                let own = self.page(&dict).or(page);
                if let Some(mcid) = dict.get::<i32>(b"MCID") {
                    out.extend(own.map(|page| Child::Content { page, mcid }));
                } else if dict.contains_key(b"S") && depth < DEPTH_LIMIT {
                    // An element that is reached twice would be read for ever.
                    if dict.obj_id().is_none_or(|id| self.seen.insert(id)) {
                        let element = self.element(&dict, own, depth)?;
                        out.push(Child::Element(element));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn page(&self, dict: &Dict<'a>) -> Option<usize> {
        match dict.get_raw::<Dict<'a>>(b"Pg")? {
            MaybeRef::Ref(reference) => self.pages.get(&reference.into()).copied(),
            MaybeRef::NotRef(_) => None,
        }
    }

    fn element(&mut self, dict: &Dict<'a>, page: Option<usize>, depth: usize) -> Result<Element, ()> {
        let own = dict.get::<Name<'a>>(b"S").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let mapped = self.roles.get::<Name<'a>>(own.as_bytes()).map(|name| name.as_str().to_owned());
        let mut children = Vec::new();
        self.kids(dict, page, depth + 1, &mut children)?;
        let attributes = attributes(dict);
        Ok(Element {
            role: mapped.unwrap_or(own),
            raised: attributes.iter().find_map(|attribute| attribute.get::<f32>(b"BaselineShift")).unwrap_or(0.0),
            alternative: dict.get::<PdfString<'a>>(b"Alt").map(|text| super::text_string::text(text.as_bytes())),
            of_row: attributes
                .iter()
                .filter_map(|attribute| attribute.get::<Name<'a>>(b"Scope"))
                .any(|scope| matches!(scope.as_str(), "Row" | "Both")),
            children,
        })
    }
}

/// Lists the attribute objects of an element.
fn attributes<'a>(dict: &Dict<'a>) -> Vec<Dict<'a>> {
    match dict.get::<Object<'a>>(b"A") {
        Some(Object::Dict(attribute)) => vec![attribute],
        Some(Object::Array(several)) => Array::iter::<Dict<'a>>(&several).collect(),
        _ => Vec::new(),
    }
}
