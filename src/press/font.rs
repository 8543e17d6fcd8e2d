//! The font of slug lines, cut down to the letters that a file shows.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use subsetter::GlyphRemapper;

use crate::diag::Finding;

use super::import::fault;
use super::profile::Profile;

/// Begins the name of a font that is not whole (ISO 32000-1, 9.6.4).
const TAG: &str = "PLATEN+";

/// Puts the letters that a file shows in the place of the whole font.
///
/// Codes stay as they are, the numbers of the whole font's glyphs: a map leads from them to the glyphs that are left.
pub(super) fn cut_down(profile: &Profile, document: &mut Document) -> Result<(), Finding> {
    let (_, whole) = &profile.marks.font;
    let is_whole = |object: &Object| object.as_stream().is_ok_and(|stream| stream.content == *whole);
    let found = document.objects.iter().find(|(_, object)| is_whole(object)).map(|(id, _)| *id);
    // A font of another kind has no map, and stays whole.
    let Some(file) = found.filter(|_| is_true_type(whole)) else { return Ok(()) };
    let mut glyphs = GlyphRemapper::new();
    let mut map = Vec::new();
    for code in codes(document) {
        map.resize(map.len().max(2 * (usize::from(code) + 1)), 0);
        let at = 2 * usize::from(code);
        map[at..at + 2].copy_from_slice(&glyphs.remap(code).to_be_bytes());
    }
    let cut = subsetter::subset(whole, 0, &glyphs).map_err(fault)?;
    let length = i64::try_from(cut.len()).map_err(fault)?;
    let stream = Stream::new(lopdf::dictionary! { "Length1" => length }, cut);
    document.objects.insert(file, Object::Stream(stream));
    let map = document.add_object(Stream::new(Dictionary::new(), map));
    document.objects.values_mut().for_each(|object| rename(object, file, map));
    Ok(())
}

/// Tells whether a font has TrueType outlines (OpenType 1.9, 4.5.1).
fn is_true_type(font: &[u8]) -> bool {
    font.starts_with(&[0, 1, 0, 0]) || font.starts_with(b"true")
}

/// Returns the codes of the letters that are shown: those whose widths are told.
fn codes(document: &Document) -> Vec<u16> {
    let composite =
        |object: &Object| Some(object.as_dict().ok()?.get(b"DescendantFonts").ok()?.as_array().ok()?.clone());
    let fonts = document.objects.values().filter_map(composite).flatten();
    let mut codes = Vec::new();
    for font in fonts {
        let widths = font.as_dict().and_then(|font| font.get(b"W")).and_then(Object::as_array);
        let widths = widths.map(Vec::as_slice).unwrap_or_default();
        for pair in widths.chunks_exact(2) {
            let (Ok(first), Ok(widths)) = (pair[0].as_i64(), pair[1].as_array()) else { continue };
            codes.extend((first..).take(widths.len()).filter_map(|code| u16::try_from(code).ok()));
        }
    }
    codes
}

/// Gives the parts of the cut font their new name, and the composite font its map.
fn rename(object: &mut Object, file: ObjectId, map: ObjectId) {
    let Ok(dictionary) = object.as_dict_mut() else { return };
    let is_descriptor = dictionary.get(b"FontFile2").and_then(Object::as_reference).is_ok_and(|id| id == file);
    if is_descriptor {
        tag(dictionary, b"FontName");
    }
    let Ok(descendants) = dictionary.get_mut(b"DescendantFonts").and_then(Object::as_array_mut) else { return };
    for font in descendants.iter_mut().filter_map(|font| font.as_dict_mut().ok()) {
        tag(font, b"BaseFont");
        font.set("CIDToGIDMap", map);
    }
    tag(dictionary, b"BaseFont");
}

fn tag(dictionary: &mut Dictionary, key: &[u8]) {
    if let Ok(name) = dictionary.get(key).and_then(Object::as_name) {
        let name = [TAG.as_bytes(), name].concat();
        dictionary.set(key.to_vec(), Object::Name(name));
    }
}
