//! Nothing is transparent, and nothing overprints unseen (ISO 32000-1, 11).

use lopdf::{Dictionary, Document, Object};

use super::collector::Notes;
use super::resources::number;
use crate::diag::{Code, code};

const CODE: Code = code::preflight::TRANSPARENCY;

/// Checks a graphics state.
pub(super) fn state(document: &Document, state: &Dictionary, notes: &mut Notes) {
    let value = |key: &[u8]| state.get_deref(key, document).ok();
    for key in [b"ca".as_slice(), b"CA"] {
        if value(key).and_then(number).is_some_and(|alpha| alpha < 1.0) {
            notes.error(CODE, "something is painted with an opacity under 1");
        }
    }
    if value(b"SMask").is_some_and(|mask| mask.as_name().map_or(true, |name| name != b"None")) {
        notes.error(CODE, "something is painted through a soft mask");
    }
    let modes = value(b"BM").map(|mode| mode.as_array().map_or(vec![mode], |modes| modes.iter().collect()));
    let first = modes.into_iter().flatten().find_map(|mode| mode.as_name().ok());
    if first.is_some_and(|mode| mode != b"Normal" && mode != b"Compatible") {
        let mode = String::from_utf8_lossy(first.unwrap_or_default()).into_owned();
        notes.error(CODE, format!("something is painted in the blend mode `{mode}`"));
    }
    let overprints = |key: &[u8]| value(key).and_then(|value| value.as_bool().ok()).unwrap_or(false);
    if overprints(b"OP") || overprints(b"op") {
        notes.remark(
            code::preflight::OVERPRINT,
            "something overprints: its ink adds to what lies under it, which is not measured",
        );
    }
}

/// Checks the group of a page.
pub(super) fn page(document: &Document, page: &Dictionary, notes: &mut Notes) {
    if is_group(document, page) {
        notes.error(CODE, "the page is a transparency group");
    }
}

/// Checks the group of a form.
pub(super) fn form(document: &Document, form: &Dictionary, notes: &mut Notes) {
    if is_group(document, form) {
        notes.error(CODE, "a form is a transparency group");
    }
}

/// Checks the mask of a picture.
pub(super) fn image(document: &Document, image: &Dictionary, notes: &mut Notes) {
    if image.get_deref(b"SMask", document).is_ok_and(|mask| mask.as_stream().is_ok()) {
        notes.error(CODE, "a picture has a soft mask");
    }
}

fn is_group(document: &Document, of: &Dictionary) -> bool {
    let group = of.get_deref(b"Group", document).and_then(Object::as_dict);
    group.is_ok_and(|group| {
        group.get_deref(b"S", document).and_then(Object::as_name).is_ok_and(|kind| kind == b"Transparency")
    })
}
