//! Pages and their boxes, one after the other: only one page is held at a time.

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::diag::{Code, Severity, code};

use super::super::super::geometry::Area;
use super::super::cache::Forms;
use super::super::collector::{FindingCollector, Notes, On};
use super::super::display_list::{Boxes, DisplayItem, PAINTED, Page};
use super::super::identity::Identity;
use super::super::pixels::Pixels;
use super::super::resources::area;
use super::super::transparency;
use super::state::State;
use super::{CODE, CONTENT, OPERATIONS, Run, Shared};

/// Most pages that are looked at.
const PAGES: usize = 20_000;

const TOO_LARGE: Code = code::preflight::TOO_LARGE;

/// Interprets all pages and hands on each.
pub(in super::super) fn pages(
    document: &Document,
    forms: &Forms,
    report: &mut FindingCollector,
    mut check: impl FnMut(&Page, &mut FindingCollector),
) {
    let (identity, pixels) = (Identity::new(document), Pixels::default());
    let mut shared = Shared { forms, identity, pixels, budget: OPERATIONS };
    for (index, id) in document.page_iter().enumerate() {
        if index == PAGES {
            return report.whole(Severity::Error, TOO_LARGE, format!("only the first {PAGES} pages are checked"));
        }
        let Ok(dictionary) = document.get_dictionary(id) else { continue };
        let boxes = page_boxes(document, dictionary);
        let finished = boxes.finished().0;
        let on = On { page: u32::try_from(index + 1).unwrap_or(u32::MAX), origin: [finished[0], finished[1]] };
        let (painted, notes) = Run::fresh(document, &mut shared).page(id, dictionary, &boxes);
        report.notes(on, notes);
        if painted.len() >= PAINTED {
            report.page(on, TOO_LARGE, format!("the page paints more than {PAINTED} things"));
        }
        check(&Page { on, boxes, painted }, report);
        if shared.budget == 0 {
            let message = format!("the file paints more than {OPERATIONS} things");
            return report.whole(Severity::Error, TOO_LARGE, message);
        }
    }
}

impl<'d> Run<'_, '_, 'd> {
    fn page(mut self, id: ObjectId, page: &'d Dictionary, boxes: &Boxes) -> (Vec<DisplayItem>, Notes) {
        if inherited(self.document, page, b"MediaBox").is_none() {
            self.notes.error(code::preflight::MISSING_BOX, "the page has no MediaBox");
        }
        transparency::page(self.document, page, &mut self.notes);
        annotations(self.document, page, &mut self.notes);
        let resources = inherited(self.document, page, b"Resources").and_then(|found| found.as_dict().ok());
        let mut content = Vec::new();
        for part in self.document.get_page_contents(id) {
            let room = CONTENT - content.len().min(CONTENT);
            match self.document.get_object(part).and_then(Object::as_stream) {
                Ok(stream) => content.extend(self.plain(stream, room)),
                Err(error) => self.notes.error(CODE, format!("content cannot be unpacked: {error}")),
            }
            content.push(b'\n');
        }
        self.content(&content, resources.as_slice(), State::new(boxes.media));
        (self.painted, self.notes)
    }
}

fn page_boxes(document: &Document, page: &Dictionary) -> Boxes {
    let own = |key: &[u8]| area(document, page, key);
    let media = std::iter::successors(Some(page), |page| parent(document, page))
        .take(32)
        .find_map(|page| area(document, page, b"MediaBox"))
        .unwrap_or(Area([0.0, 0.0, 612.0, 792.0]));
    Boxes { media, bleed: own(b"BleedBox"), trim: own(b"TrimBox") }
}

fn parent<'d>(document: &'d Document, page: &'d Dictionary) -> Option<&'d Dictionary> {
    page.get_deref(b"Parent", document).and_then(Object::as_dict).ok()
}

/// Finds an attribute of a page that may stand at a node above it.
fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    std::iter::successors(Some(page), |page| parent(document, page))
        .take(32)
        .find_map(|page| page.get_deref(key, document).ok())
}

fn annotations(document: &Document, page: &Dictionary, notes: &mut Notes) {
    let annotations = page.get_deref(b"Annots", document).and_then(Object::as_array);
    if annotations.is_ok_and(|annotations| !annotations.is_empty()) {
        notes
            .error(code::preflight::ANNOTATION, "the page has annotations, which are not printed or printed by chance");
    }
}
