//! Layers: optional content, shown or not by the file's default (ISO 32000-1, 8.11).

use std::collections::HashSet;

use hayro::hayro_syntax::content::ops::TypedInstruction;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as PdfString};
use hayro::hayro_syntax::page::Page;

use crate::unit::Digest;

use super::text_string::text;

/// Most layers of a file.
const LIMIT: usize = 10_000;

/// Lists the layers by name, with whether they are shown when the file is opened.
pub(super) fn layers(catalog: &Dict<'_>) -> Vec<(String, bool)> {
    let Some(properties) = catalog.get::<Dict<'_>>(b"OCProperties") else { return Vec::new() };
    let off = off(catalog);
    let Some(groups) = properties.get::<Array<'_>>(b"OCGs") else { return Vec::new() };
    let dicts = groups.iter::<Dict<'_>>().take(LIMIT);
    let named = dicts.map(|group| {
        let name = group.get::<PdfString<'_>>(b"Name").map(|name| text(name.as_bytes())).unwrap_or_default();
        (name, group.obj_id().is_none_or(|id| !off.contains(&id)))
    });
    named.collect()
}

/// The layers that are hidden when the file is opened.
pub(super) fn off(catalog: &Dict<'_>) -> HashSet<ObjectIdentifier> {
    let mut off = HashSet::new();
    let Some(properties) = catalog.get::<Dict<'_>>(b"OCProperties") else { return off };
    let Some(default) = properties.get::<Dict<'_>>(b"D") else { return off };
    let ids = |of: &Dict<'_>, key: &[u8]| -> Vec<ObjectIdentifier> {
        let Some(groups) = of.get::<Array<'_>>(key) else { return Vec::new() };
        groups.raw_iter().take(LIMIT).filter_map(|group| Some(group.as_obj_ref()?.into())).collect()
    };
    if default.get::<Name<'_>>(b"BaseState").is_some_and(|state| state.as_str() == "OFF") {
        off.extend(ids(&properties, b"OCGs"));
    }
    for shown in ids(&default, b"ON") {
        off.remove(&shown);
    }
    off.extend(ids(&default, b"OFF"));
    off
}

/// Reads the words of a page that stand in layers which are hidden when the file is opened, as its fonts encode them, and names
/// the forms that are drawn there.
pub(super) fn hidden_words<'a>(page: &Page<'a>, off: &HashSet<ObjectIdentifier>) -> Vec<String> {
    let mut hidden: Vec<bool> = Vec::new();
    let mut words = Vec::new();
    if off.is_empty() {
        return words;
    }
    let resources = page.resources();
    let mut operations = page.typed_operations();
    while let Some(operation) = operations.next() {
        let is_hidden = hidden.last().copied().unwrap_or(false);
        match operation {
            TypedInstruction::BeginMarkedContentWithProperties(begin) => {
                let layer = match &begin.1 {
                    Object::Name(name) if begin.0.as_str() == "OC" => layer_ids(&resources.properties, name.as_str()),
                    _ => Vec::new(),
                };
                hidden.push(is_hidden || (!layer.is_empty() && layer.iter().all(|id| off.contains(id))));
            }
            TypedInstruction::BeginMarkedContent(_) => hidden.push(is_hidden),
            TypedInstruction::EndMarkedContent(_) => _ = hidden.pop(),
            TypedInstruction::XObject(drawn) => {
                let form = resources.get_x_object(drawn.0);
                let layer = form.as_ref().map(|form| layer_ids(form.dict(), "OC")).unwrap_or_default();
                if is_hidden || (!layer.is_empty() && layer.iter().all(|id| off.contains(id))) {
                    let content = form.and_then(|form| Some(form.decoded().ok()?.into_owned())).unwrap_or_default();
                    words.push(format!("a form ({})", Digest::of(&content)));
                }
            }
            TypedInstruction::ShowText(shown) if is_hidden => words.push(readable(shown.0.as_bytes())),
            TypedInstruction::NextLineAndShowText(shown) if is_hidden => words.push(readable(shown.0.as_bytes())),
            TypedInstruction::ShowTextWithParameters(shown) if is_hidden => words.push(readable(shown.2.as_bytes())),
            TypedInstruction::ShowTexts(shown) if is_hidden => {
                let pieces = shown.0.iter::<Object<'_>>().filter_map(Object::into_string);
                words.push(pieces.map(|piece| readable(piece.as_bytes())).collect());
            }
            _ => {}
        }
    }
    words
}

/// The layers that a name leads to: one, or those of a membership.
fn layer_ids(dict: &Dict<'_>, name: &str) -> Vec<ObjectIdentifier> {
    let of_membership = dict.get::<Dict<'_>>(name.as_bytes()).and_then(|layer| layer.get::<Array<'_>>(b"OCGs"));
    match of_membership {
        Some(groups) => groups.raw_iter().filter_map(|group| Some(group.as_obj_ref()?.into())).collect(),
        None => dict.get_ref(name.as_bytes()).map(ObjectIdentifier::from).into_iter().collect(),
    }
}

/// The letters of an encoded text, where most are letters; otherwise its digest.
fn readable(bytes: &[u8]) -> String {
    let printable = bytes.iter().filter(|byte| byte.is_ascii_graphic() || **byte == b' ').count();
    if 2 * printable > bytes.len() { text(bytes) } else { format!("({})", Digest::of(bytes)) }
}
