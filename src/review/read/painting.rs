//! What of a page is drawn otherwise than a press or another reader draws it: fonts that are not embedded, and overprint.

use std::collections::BTreeSet;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Array, Dict, Name, Number};
use hayro::hayro_syntax::page::Page;

/// Most fonts and graphics states of a page.
const LIMIT: usize = 1_000;
/// Programs of fonts (ISO 32000-1, 9.9).
const PROGRAMS: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];

/// Names the fonts of the pages that are not embedded: another one with the same widths stands for each.
pub(super) fn substituted(pdf: &Pdf) -> BTreeSet<String> {
    pdf.pages().iter().flat_map(|page| substituted_on(page)).collect()
}

fn substituted_on(page: &Page<'_>) -> Vec<String> {
    let fonts = &page.resources().fonts;
    let dicts = fonts.keys().take(LIMIT).filter_map(|name| fonts.get::<Dict<'_>>(name.as_str().as_bytes()));
    dicts.filter(|font| !is_embedded(font)).filter_map(|font| name(&font, b"BaseFont")).collect()
}

fn is_embedded(font: &Dict<'_>) -> bool {
    if name(font, b"Subtype").as_deref() == Some("Type3") {
        return true;
    }
    let descendant = font.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>(b"FontDescriptor");
    descriptor.is_some_and(|descriptor| PROGRAMS.iter().any(|program| descriptor.contains_key(program)))
}

fn name(dict: &Dict<'_>, key: &[u8]) -> Option<String> {
    Some(dict.get::<Name<'_>>(key)?.as_str().to_owned())
}

/// Says how a page overprints (ISO 32000-1, 8.6.7), which its drawing does not show; nothing, where it does not.
pub(super) fn overprint(page: &Page<'_>) -> Option<String> {
    let states = &page.resources().ext_g_states;
    let mut found = BTreeSet::new();
    for key in states.keys().take(LIMIT) {
        let Some(state) = states.get::<Dict<'_>>(key.as_str().as_bytes()) else { continue };
        let is_on = |key: &[u8]| state.get::<bool>(key).unwrap_or(false);
        let lines = is_on(b"OP");
        let fills = if state.contains_key(b"op") { is_on(b"op") } else { lines };
        let mode = state.get::<Number>(b"OPM").map_or(0.0, |mode| mode.as_f64());
        found.extend(lines.then(|| "lines".to_owned()));
        found.extend(fills.then(|| "fills".to_owned()));
        found.extend((mode > 0.0 && (lines || fills)).then(|| "zero components left as they are".to_owned()));
    }
    (!found.is_empty()).then(|| found.into_iter().collect::<Vec<_>>().join(", "))
}
