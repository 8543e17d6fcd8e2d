//! Objects of a file as words, and the trees that hold them by name or number.

use hayro::hayro_syntax::object::{Array, Dict, Object, String as PdfString};

use crate::unit::Digest;

use super::text_string::text;

/// Most leaves of a node, and features of a file.
pub(super) const LIMIT: usize = 100_000;
/// Deepest nesting of trees, fields and bookmarks.
pub(super) const DEEPEST: usize = 40;

/// Goes through the leaves of a name tree or number tree (ISO 32000-1, 7.9.6 and 7.9.7).
pub(super) fn leaves<'a>(node: &Dict<'a>, of: &[u8], depth: usize, each: &mut dyn FnMut(Object<'a>, Object<'a>)) {
    if depth > DEEPEST {
        return;
    }
    if let Some(pairs) = node.get::<Array<'a>>(of) {
        let mut items = pairs.iter::<Object<'a>>().take(LIMIT);
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            each(key, value);
        }
    }
    if let Some(kids) = node.get::<Array<'a>>(b"Kids") {
        kids.iter::<Dict<'a>>().take(LIMIT).for_each(|kid| leaves(&kid, of, depth + 1, each));
    }
}

pub(super) fn key_bytes(key: &Object<'_>) -> Vec<u8> {
    match key {
        Object::String(key) => key.as_bytes().to_vec(),
        Object::Name(key) => key.as_str().as_bytes().to_vec(),
        _ => Vec::new(),
    }
}

/// Writes a simple object as words.
pub(super) fn words(object: &Object<'_>) -> String {
    match object {
        Object::String(words) => text(words.as_bytes()),
        Object::Name(name) => name.as_str().to_owned(),
        Object::Boolean(value) => value.to_string(),
        Object::Number(number) => number.as_f64().to_string(),
        Object::Stream(stream) => stream.decoded().map(|content| text(&content)).unwrap_or_default(),
        Object::Array(array) => {
            array.iter::<Object<'_>>().take(64).map(|item| words_of_leaf(&item)).collect::<Vec<_>>().join(", ")
        }
        Object::Dict(signature) if signature.contains_key(b"ByteRange") => signed(signature),
        Object::Dict(file) => file_name(file),
        Object::Null(_) => String::new(),
    }
}

fn words_of_leaf(object: &Object<'_>) -> String {
    if matches!(object, Object::Array(_)) { "…".to_owned() } else { words(object) }
}

/// Says who signed, when, and why (ISO 32000-1, 12.8.1).
fn signed(signature: &Dict<'_>) -> String {
    let words = |key: &[u8]| signature.get::<PdfString<'_>>(key).map(|words| text(words.as_bytes()));
    let said = [words(b"Name"), words(b"M"), words(b"Reason")].into_iter().flatten();
    let content = words(b"Contents").map(|content| Digest::of(content.as_bytes()).short(4));
    let said = said.chain(content).collect::<Vec<_>>().join(", ");
    format!("signed: {said}")
}

fn file_name(file: &Dict<'_>) -> String {
    let name = file.get::<PdfString<'_>>(b"UF").or_else(|| file.get::<PdfString<'_>>(b"F"));
    name.map(|name| text(name.as_bytes())).unwrap_or_default()
}
