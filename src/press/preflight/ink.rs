//! Total ink, lines and resolution: what the press can hold.

use super::super::profile::Limits;
use super::collector::FindingCollector;
use super::display_list::{DisplayItem, Ink, Page, PaintKind, rounded};
use super::wanted::Wanted;
use crate::diag::code;

/// Pictures may fall short of the resolution by this share, for rounded sizes.
const ROUNDING: f64 = 0.99;

/// Checks total ink, hairlines and the resolution of pictures of a page.
pub(super) fn check(page: &Page, wanted: &Wanted<'_>, report: &mut FindingCollector) {
    // What lies outside the bleed are marks, cut away.
    let bled = page.boxes.bled();
    for painted in page.painted.iter().filter(|painted| bled.overlap(painted.area).is_some()) {
        total(page, painted, &wanted.limits, report);
        match painted.what {
            PaintKind::Picture { ppi, one_bit } => resolution(page, painted, (ppi, one_bit), &wanted.limits, report),
            PaintKind::Stroke { width } => thin(page, painted, "a line", width, &wanted.limits, report),
            PaintKind::Fill { upright: true } => {
                let width = painted.area.width().min(painted.area.height());
                let length = painted.area.width().max(painted.area.height());
                // A sliver left of a clipped shape is no line.
                if width > 1e-6 && length > 4.0 {
                    thin(page, painted, "a filled shape", width, &wanted.limits, report);
                }
            }
            _ => {}
        }
    }
}

fn total(page: &Page, painted: &DisplayItem, limits: &Limits, report: &mut FindingCollector) {
    let Some(total) = painted.ink.total().filter(|total| *total > limits.ink + 0.5) else { return };
    let name = painted.what.name();
    let message = format!("{name} has {} % of ink; the limit is {} %", rounded(total), rounded(limits.ink));
    report.area(page.on, painted.area, code::preflight::TOTAL_INK, message);
}

fn resolution(
    page: &Page,
    painted: &DisplayItem,
    (ppi, one_bit): (f64, bool),
    limits: &Limits,
    report: &mut FindingCollector,
) {
    let needed = f64::from(limits.image_ppi) * if one_bit { 2.0 } else { 1.0 };
    if ppi < needed * ROUNDING {
        let message = format!("a picture has {ppi:.0} pixels per inch; {needed:.0} are needed");
        report.area(page.on, painted.area, code::preflight::IMAGE_RESOLUTION, message);
    }
    if painted.ink == Ink::Unread {
        let message = "the total ink of a picture is not measured: its packing is not read here";
        report.remark(page.on, Some(painted.area), code::preflight::IMAGE_NOT_READ, message);
    }
}

fn thin(page: &Page, painted: &DisplayItem, name: &str, width: f64, limits: &Limits, report: &mut FindingCollector) {
    if width < limits.hairline.0 - 0.002 {
        let (width, needed) = (rounded(width), rounded(limits.hairline.0));
        let message = format!("{name} is {width} pt wide; a press holds {needed} pt");
        report.area(page.on, painted.area, code::preflight::HAIRLINE, message);
    }
}
