//! Everything is in the four inks.

use lopdf::{Dictionary, Document, Object};

use super::collector::FindingCollector;
use super::display_list::{Ink, Page};
use super::resources::Space;
use crate::diag::{Severity, code};

/// Checks the colour of everything painted on a page, and tells whether anything is in RGB.
pub(super) fn check(page: &Page, report: &mut FindingCollector) -> bool {
    // The colour of marks may touch the edge of the bleed.
    let inside = page.boxes.bled().grown(-0.1);
    for painted in &page.painted {
        let name = painted.what.kind();
        match &painted.ink {
            Ink::Rgb => report.area(page.on, painted.area, code::preflight::RGB, format!("{name} is in RGB")),
            Ink::Independent(space) => {
                let message = format!("{name} is in the colour space `{space}`, which is no ink");
                report.area(page.on, painted.area, code::preflight::INDEPENDENT_COLOUR, message);
            }
            Ink::Spot(plate) => {
                let message = format!("{name} is on a plate of its own, `{plate}`");
                report.area(page.on, painted.area, code::preflight::SPOT_COLOUR, message);
            }
            Ink::All if inside.overlap(painted.area).is_some() => {
                let message = format!("{name} is in the colour of marks, on every plate, inside the bleed");
                report.area(page.on, painted.area, code::preflight::REGISTRATION_COLOUR, message);
            }
            _ => {}
        }
    }
    page.painted.iter().any(|painted| painted.ink == Ink::Rgb)
}

/// Looks at pictures and blends that stand in the file, painted or not.
pub(super) fn unpainted(document: &Document, report: &mut FindingCollector) {
    for object in document.objects.values() {
        let dictionary = match object {
            Object::Stream(stream) => &stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            _ => continue,
        };
        let what = if dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            "a picture"
        } else if dictionary.has(b"ShadingType") {
            "a blend"
        } else {
            continue;
        };
        if is_rgb(document, dictionary) {
            report.whole(Severity::Error, code::preflight::RGB, format!("{what} that no page paints is in RGB"));
        }
    }
}

fn is_rgb(document: &Document, dictionary: &Dictionary) -> bool {
    let space = dictionary.get(b"ColorSpace").map(|space| Space::of(document, space, &[]));
    space.is_ok_and(|space| space.ink(&[]) == Ink::Rgb)
}
