//! Colour that reaches the edge goes on past it, and nothing else comes near the edge.

use super::super::geometry::Area;
use super::painted::{Ink, Page, Painted, What, rounded};
use super::report::Report;
use super::{Expected, Wanted};

/// Bleed that is expected where no profile is given, an eighth of an inch.
const USUAL_BLEED: f64 = 9.0;
/// How near to the edge something reaches it.
const REACHES: f64 = 0.5;

/// Checks bleed and safe area of all pages.
pub(super) fn check(pages: &[Page], wanted: &Wanted<'_>, report: &mut Report) {
    let bleed = wanted.profile.map_or(USUAL_BLEED, |profile| profile.bleed.0);
    let safe = wanted.profile.map(|profile| profile.safe.0);
    // Pages of inner leaves move toward the spine, and their colour with them.
    let creep = match (wanted.profile, wanted.expected) {
        (Some(profile), Expected::Sheets(_) | Expected::Any) => profile.caliper.0 * pages.len() as f64,
        _ => 0.0,
    };
    for page in pages {
        let trim = page.boxes.finished();
        for painted in page.painted.iter().filter(|painted| counts(painted, trim)) {
            bleeds(page, painted, trim, (bleed - creep.min(bleed / 2.0)).max(0.0), report);
            if let Some(safe) = safe {
                is_safe(page, painted, trim, safe, report);
            }
        }
    }
}

/// Tells whether something lies on the finished page and is no bare paper.
fn counts(painted: &Painted, trim: Area) -> bool {
    let paper = matches!(painted.ink, Ink::Process([c, m, y, k]) if c + m + y + k < 0.001) && !is_picture(painted);
    !paper && trim.grown(-0.01).overlap(painted.area).is_some()
}

fn is_picture(painted: &Painted) -> bool {
    matches!(painted.what, What::Picture { .. })
}

/// Returns how far an area reaches out of another on each side: left, bottom, right, top.
fn out(area: Area, of: Area) -> [f64; 4] {
    let ([a, b, c, d], [e, f, g, h]) = (area.0, of.0);
    [e - a, f - b, c - g, d - h]
}

const SIDES: [&str; 4] = ["left", "lower", "right", "upper"];

fn bleeds(page: &Page, painted: &Painted, trim: Area, bleed: f64, report: &mut Report) {
    if matches!(painted.what, What::Text { .. }) {
        return;
    }
    let reach = out(painted.area, trim);
    for (side, by) in SIDES.iter().zip(reach).filter(|(_, by)| *by > -REACHES && *by < bleed - REACHES) {
        let message = format!(
            "{} reaches the {side} edge and goes {} pt past it; {} pt are needed",
            painted.what.name(),
            rounded(by.max(0.0)),
            rounded(bleed)
        );
        report.area(page.on, painted.area, "preflight::bleed-missing", message);
    }
}

fn is_safe(page: &Page, painted: &Painted, trim: Area, safe: f64, report: &mut Report) {
    let text = matches!(painted.what, What::Text { .. });
    let reach = out(painted.area, trim);
    // What reaches the edge is checked for its bleed; text never does.
    let near = |by: &f64| *by > -safe + 0.01 && (text || *by <= -REACHES);
    for (side, by) in SIDES.iter().zip(reach).filter(|(_, by)| near(by)) {
        let message = format!(
            "{} stands {} pt from the {side} edge; {} pt must be free",
            painted.what.name(),
            rounded(-by),
            rounded(safe)
        );
        report.area(page.on, painted.area, "preflight::safe-area", message);
    }
}
