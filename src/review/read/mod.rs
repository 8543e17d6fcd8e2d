//! A PDF, read: glyphs with their places and marked content, the structure tree, and what the file says of itself.
//!
//! Any PDF is read by hayro. Nothing of a file is believed: pages, glyphs and elements are counted against limits, and
//! a fault of the reader becomes a finding.

mod actions;
mod drawn;
mod encryption;
mod facts;
mod glyph_names;
mod interactive;
mod layers;
mod object_streams;
mod objects;
mod painting;
mod resources;
mod sheet;
mod text_string;
mod tree;

use hayro::hayro_syntax::{LoadPdfError, Pdf};

use crate::diag::{Finding, catch_panic, code};

pub(super) use facts::Facts;
pub(super) use interactive::Feature;
pub(super) use sheet::{Glyph, Outline, Sheet, Sight};
pub(super) use tree::{Child, Element};

/// The largest PDF that is read, in bytes.
pub(in crate::review) const SIZE_LIMIT: usize = 256 << 20;
/// Most pages.
const PAGE_LIMIT: usize = 2_000;

/// Where the end of a file is looked for: something may stand behind it.
const TAIL: usize = 2048;
/// The stack of a reader, in bytes; it is taken as it is used.
const STACK: usize = 256 << 20;
/// Deepest nesting of a page's content.
const DEEPEST: usize = 10_000;

/// A PDF, read.
#[derive(Default)]
pub(super) struct Reading {
    pub pages: Vec<Sheet>,
    /// The structure tree, where the file is tagged.
    pub tree: Option<Vec<Element>>,
    pub facts: Facts,
    /// A font names its glyphs in ways that the reader does not know.
    pub has_other_names: bool,
}

/// Reads a PDF.
///
/// # Errors
/// Returns an error if the file is none, is encrypted, is larger than any report, or cannot be read to its end.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Reading, Finding> {
    let fault = |message: String| Finding::error(code::review::UNREADABLE, message).in_file(name.to_owned());
    if bytes.len() > SIZE_LIMIT {
        return Err(fault(format!("the file has more than {SIZE_LIMIT} bytes")));
    }
    if bytes.starts_with(b"%PDF") && !has_end(bytes) {
        return Err(fault("the file is cut off: its end is missing".to_owned()));
    }
    let reading = || {
        catch_panic(|| {
            let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
                LoadPdfError::Decryption(_) => "the file is encrypted",
                LoadPdfError::Invalid => "the file is no PDF, or is damaged",
            })?;
            whole(&pdf)
        })
    };
    match with_room(reading).flatten() {
        Some(Ok(reading)) => Ok(reading),
        Some(Err(what)) => Err(fault(what.to_owned())),
        None => Err(fault("the reader failed on this file".into())),
    }
}

/// Returns a file with what its fonts lack to be read and drawn; nothing, where it cannot be written anew.
pub(super) fn with_names(bytes: &[u8]) -> Option<Vec<u8>> {
    with_room(|| catch_panic(|| glyph_names::completed(bytes)).flatten()).flatten()
}

/// Tells whether the pictures of a page are the same in two files, however they are packed.
pub(super) fn have_same_pictures(files: [&[u8]; 2], page: usize) -> bool {
    let unpacked = |bytes: &[u8]| drawn::unpacked_pictures(&Pdf::new(bytes.to_vec()).ok()?, page);
    let look = || catch_panic(|| files.map(unpacked));
    with_room(look).flatten().is_some_and(|[old, new]| old.is_some() && old == new)
}

/// Returns a file with the objects of its large streams unpacked; nothing, where it has none.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let within_limit = bytes.len() <= SIZE_LIMIT;
    within_limit.then(|| with_room(|| catch_panic(|| object_streams::unpacked(bytes)).flatten()).flatten()).flatten()
}

/// Tells whether a file ends as a PDF must (ISO 32000-1, 7.5.5); a reader that repairs would take a part for the whole.
fn has_end(bytes: &[u8]) -> bool {
    const END: &[u8] = b"%%EOF";
    let bytes = bytes.trim_ascii_end();
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    tail.windows(END.len()).any(|window| window == END)
}

/// Runs a step on a stack of its own: the reader goes as deep as a file nests.
pub(super) fn with_room<T: Send>(step: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, step);
        thread.ok()?.join().ok()
    })
}

/// Tells whether content nests deeper than a stack reaches: arrays, dictionaries and saved states.
fn is_bottomless(content: &[u8]) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for byte in content {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest > DEEPEST
}

fn whole(pdf: &Pdf) -> Result<Reading, &'static str> {
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err("the file has no page");
    }
    if pages.len() > PAGE_LIMIT {
        return Err("the file has more pages than a report can have");
    }
    if pages.iter().any(|page| page.page_stream().is_some_and(is_bottomless)) {
        return Err("a page nests deeper than content can");
    }
    let sheets = drawn::sheets(pdf).ok_or("the pages hold more than a report can hold")?;
    let tree = tree::tree(pdf).map_err(|()| "the structure tree is larger than a report's can be")?;
    let has_other_names = glyph_names::has_such(pdf);
    Ok(Reading { pages: sheets, tree, facts: facts::facts(pdf), has_other_names })
}
