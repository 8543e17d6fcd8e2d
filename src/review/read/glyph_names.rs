//! Names of glyphs that the reader of PDFs does not know, by the rules of the Adobe Glyph List (AGL 2.0, section 2): `f_i` is two
//! letters, `uni0054` and `u1F600` are code points, and what stands behind a full stop is the style of a glyph.
//!
//! The fonts of a file are given what is missing before it is read: a `ToUnicode` map for such names and, where a font is not in the
//! file, the names by which its substitute has these glyphs.

use std::collections::BTreeMap;
use std::fmt::Write;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Object};
use lopdf::{Dictionary, Document, Object as Value, ObjectId, Stream};

/// Most fonts of a page that are looked at.
const FONTS: usize = 1_000;

/// Tells whether a font of some page has such names.
pub(super) fn has_such(pdf: &Pdf) -> bool {
    pdf.pages().iter().any(|page| {
        let fonts = &page.resources().fonts;
        let keys: Vec<_> = fonts.keys().take(FONTS).collect();
        keys.iter().filter_map(|key| fonts.get::<Dict<'_>>(key.as_ref() as &[u8])).any(|font| {
            let names =
                font.get::<Dict<'_>>(b"Encoding").and_then(|encoding| encoding.get::<Array<'_>>(b"Differences"));
            let names = names.map(|names| names.iter::<Object<'_>>().filter_map(Object::into_name).collect::<Vec<_>>());
            names.into_iter().flatten().any(|name| letters(name.as_str()).is_some())
        })
    })
}

/// Returns the file with what its fonts lack; nothing, where it cannot be written anew.
pub(super) fn completed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(bytes).ok().filter(|document| !document.is_encrypted())?;
    let is_font = |value: &Value| value.as_dict().is_ok_and(|dict| dict.has(b"Encoding") && dict.has(b"BaseFont"));
    let fonts: Vec<ObjectId> = document.objects.iter().filter(|(_, value)| is_font(value)).map(|(id, _)| *id).collect();
    for id in fonts {
        complete(&mut document, id);
    }
    let mut completed = Vec::new();
    document.save_to(&mut completed).ok()?;
    Some(completed)
}

fn complete(document: &mut Document, id: ObjectId) -> Option<()> {
    let font = document.get_dictionary(id).ok()?;
    let has_map = font.has(b"ToUnicode");
    let is_embedded =
        document.get_dictionary(font.get(b"FontDescriptor").and_then(Value::as_reference).ok().unwrap_or_default());
    let is_embedded = is_embedded
        .is_ok_and(|descriptor| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key)));
    let encoding = font.get(b"Encoding").ok()?;
    let place = encoding.as_reference().ok();
    let mut encoding = match place {
        Some(place) => document.get_dictionary(place).ok()?.clone(),
        None => encoding.as_dict().ok()?.clone(),
    };
    let names = named(encoding.get_mut(b"Differences").and_then(Value::as_array_mut).ok()?, is_embedded);
    if names.is_empty() {
        return None;
    }
    match place {
        Some(place) => _ = document.objects.insert(place, Value::Dictionary(encoding)),
        None => document.get_dictionary_mut(id).ok()?.set("Encoding", Value::Dictionary(encoding)),
    }
    if !has_map {
        let map = document.add_object(Stream::new(Dictionary::new(), to_unicode(&names).into_bytes()));
        document.get_dictionary_mut(id).ok()?.set("ToUnicode", Value::Reference(map));
    }
    Some(())
}

/// The letters of the codes with such names; of a font that is not in the file the names are written as its substitute has them.
fn named(differences: &mut [Value], is_embedded: bool) -> BTreeMap<u8, String> {
    let mut names = BTreeMap::new();
    let mut code = 0_i64;
    for value in differences {
        if let Ok(first) = value.as_i64() {
            code = first;
            continue;
        }
        let own = value.as_name().ok().and_then(|name| letters(std::str::from_utf8(name).ok()?));
        if let (Some(letters), Ok(code)) = (own, u8::try_from(code)) {
            if let Some(name) = common_name(&letters).filter(|_| !is_embedded) {
                *value = Value::Name(name.into_bytes());
            }
            names.insert(code, letters);
        }
        code = code.saturating_add(1);
    }
    names
}

/// The letters of a name that says them by these rules alone; nothing for names that every reader knows, and for others.
fn letters(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or_default();
    let parts: Vec<&str> = stem.split('_').collect();
    let is_such = parts.len() > 1 || is_code_point(stem);
    if !is_such {
        return None;
    }
    parts.into_iter().map(letters_of_part).collect()
}

fn is_code_point(part: &str) -> bool {
    let digits = part.strip_prefix("uni").or_else(|| part.strip_prefix('u'));
    digits
        .is_some_and(|digits| (4..=6).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

fn letters_of_part(part: &str) -> Option<String> {
    if is_code_point(part) {
        let digits = part.trim_start_matches("uni").trim_start_matches('u');
        return u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    }
    let mut letters = part.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(letter.to_string()),
        _ => FIGURES.iter().position(|figure| *figure == part).map(|figure| figure.to_string()),
    }
}

const FIGURES: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// The name that fonts have for a letter, a figure, or a ligature.
fn common_name(letters: &str) -> Option<String> {
    let mut several = letters.chars();
    match (several.next()?, several.next()) {
        (letter, None) if letter.is_ascii_alphabetic() => Some(letters.to_owned()),
        (figure, None) => {
            figure.to_digit(10).and_then(|figure| FIGURES.get(figure as usize)).map(|name| (*name).to_owned())
        }
        _ if matches!(letters, "fi" | "fl") => Some(letters.to_owned()),
        _ => None,
    }
}

/// Writes a `ToUnicode` map (ISO 32000-1, 9.10.3).
fn to_unicode(names: &BTreeMap<u8, String>) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Names def\n/CMapType 2 def\n\
         1 begincodespacerange\n<00> <FF>\nendcodespacerange\n",
    );
    for (code, letters) in names {
        let units: String = letters.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        _ = write!(map, "1 beginbfchar\n<{code:02X}> <{units}>\nendbfchar\n");
    }
    map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_by_the_rules_of_the_list() {
        for (name, letters_of_it) in [
            ("f_i", "fi"),
            ("T_h.liga", "Th"),
            ("f_f_l", "ffl"),
            ("uni0054", "T"),
            ("u1F600", "\u{1f600}"),
            ("one_seven", "17"),
        ] {
            assert_eq!(letters(name).as_deref(), Some(letters_of_it), "{name}");
        }
        for name in ["fi", "A", "five", "f_nosuch", "uniD800", "universal", ".notdef"] {
            assert_eq!(letters(name), None, "{name}");
        }
    }
}
