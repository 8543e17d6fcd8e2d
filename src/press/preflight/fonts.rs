//! Fonts are embedded.

use lopdf::{Dictionary, Document, Object};

use super::collector::Notes;
use crate::diag::code;

/// Checks one font.
pub(super) fn check(document: &Document, font: &Object, notes: &mut Notes) {
    let Ok(font) = document.dereference(font).and_then(|(_, font)| font.as_dict()) else { return };
    // The letters of a Type 3 font are content streams of the file itself.
    if font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type3") {
        return;
    }
    let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
    let described: Vec<&Dictionary> = match descendants {
        Ok(all) => {
            all.iter().filter_map(|descendant| document.dereference(descendant).ok()?.1.as_dict().ok()).collect()
        }
        Err(_) => vec![font],
    };
    if described.is_empty() || !described.iter().all(|font| is_embedded(document, font)) {
        let name = font.get_deref(b"BaseFont", document).and_then(Object::as_name).unwrap_or(b"without name");
        let message = format!("the font `{}` is not embedded", String::from_utf8_lossy(name));
        notes.error(code::preflight::FONT_NOT_EMBEDDED, message);
    }
}

fn is_embedded(document: &Document, font: &Dictionary) -> bool {
    let Ok(descriptor) = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict) else { return false };
    let file = |key: &[u8]| descriptor.get_deref(key, document).and_then(Object::as_stream);
    [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
        .iter()
        .any(|key| file(key).is_ok_and(|file| !file.content.is_empty()))
}
