//! The boxes of a page: all there, one in the other, and of the profile's size; and the number of pages.

use super::super::geometry::{Area, Grid};
use super::super::profile::Profile;
use super::super::sheets::page_count_warning;
use super::collector::FindingCollector;
use super::display_list::{Boxes, Page, rounded};
use super::wanted::{Expected, Wanted};
use crate::diag::{Severity, code};

/// How far a box may be off, in points.
const TOLERANCE: f64 = 0.01;

/// Checks the boxes of a page.
pub(super) fn check(page: &Page, wanted: &Wanted<'_>, report: &mut FindingCollector) {
    nested(page, report);
    if let Some(profile) = wanted.profile {
        sized(page, profile, wanted.expected, report);
    }
}

fn nested(page: &Page, report: &mut FindingCollector) {
    let Boxes { media, bleed, trim } = page.boxes;
    for (name, area) in [("TrimBox", trim), ("BleedBox", bleed)] {
        if area.is_none() {
            report.page(page.on, code::preflight::MISSING_BOX, format!("the page has no {name}"));
        }
    }
    if !media.holds(page.boxes.bled(), TOLERANCE) {
        report.page(page.on, code::preflight::BOX_ORDER, "the BleedBox reaches out of the MediaBox");
    }
    if !page.boxes.bled().holds(page.boxes.finished(), TOLERANCE) {
        report.page(page.on, code::preflight::BOX_ORDER, "the TrimBox reaches out of the BleedBox");
    }
}

/// Lists the finished sizes that are right, each with the bleed around it.
fn sizes(profile: &Profile, expected: &Expected) -> Vec<(f64, f64)> {
    let sheets = profile.sheets.iter().filter(|plan| match expected {
        Expected::Pages => false,
        Expected::Sheets { plan: name, .. } => plan.name == *name,
        Expected::Any => true,
    });
    let grids = sheets.map(|plan| Grid::of(profile, &plan.scheme)).map(|grid| (grid.width(), grid.height()));
    let single = (profile.trim.0.0, profile.trim.1.0);
    let single = (!matches!(expected, Expected::Sheets { .. })).then_some(single);
    single.into_iter().chain(grids).collect()
}

fn sized(page: &Page, profile: &Profile, expected: &Expected, report: &mut FindingCollector) {
    let Some(trim) = page.boxes.trim else { return };
    let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
    let right = sizes(profile, expected);
    if !right.iter().any(|(width, height)| near(trim.width(), *width) && near(trim.height(), *height)) {
        let listed: Vec<String> =
            right.iter().map(|(width, height)| format!("{} by {}", rounded(*width), rounded(*height))).collect();
        let message = format!(
            "the finished page is {} by {} pt; the profile has {} pt",
            rounded(trim.width()),
            rounded(trim.height()),
            listed.join(", ")
        );
        report.page(page.on, code::preflight::BOX_SIZE, message);
    }
    let Some(Area(bleed)) = page.boxes.bleed else { return };
    let Area(wanted) = trim.grown(profile.bleed.0);
    if !bleed.iter().zip(wanted).all(|(edge, wanted)| near(*edge, wanted)) {
        let message = format!("the BleedBox is not {} pt outside the TrimBox on all sides", rounded(profile.bleed.0));
        report.page(page.on, code::preflight::BOX_SIZE, message);
    }
}

/// Warns of pages that leave blank ones in an imposition.
pub(super) fn count(pages: &[Boxes], wanted: &Wanted<'_>, report: &mut FindingCollector) {
    let Some(profile) = wanted.profile else { return };
    let (width, height) = (profile.trim.0.0, profile.trim.1.0);
    let is_single = |page: &Boxes| {
        let trim = page.finished();
        (trim.width() - width).abs() <= TOLERANCE && (trim.height() - height).abs() <= TOLERANCE
    };
    if matches!(wanted.expected, Expected::Sheets { .. }) || !pages.iter().all(is_single) {
        return;
    }
    for warning in profile.sheets.iter().filter_map(|plan| page_count_warning(plan, pages.len())) {
        report.whole(Severity::Warning, code::preflight::PAGE_COUNT, warning);
    }
}
